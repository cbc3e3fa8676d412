"""Points in time as a person names them on a command line: a day, an instant, or how long ago."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from scrapy.exceptions import UsageError

_SPAN = re.compile(r"([1-9][0-9]{0,3})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    rf"{_DAY.pattern}[T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
)
WHEN = "a day (2026-05-04), a time (2026-05-04T06:30, UTC unless it says +02:00) or how long ago (12h, 7d, 2w)"


def moment(text: str, now: datetime) -> date:
    """Return the day or the instant, in UTC, that `text` names.

    Args:
        text: a day (2026-05-04), which stays a `date`; an instant (2026-05-04T06:30, with seconds and a zone or
            without, which is UTC); or a span before `now` (30m, 12h, 7d, 2w).
    Raises:
        UsageError: it is none of these.

    >>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    >>> [moment(t, noon).isoformat()[:16] for t in ("2026-05-01", "2026-05-01T06:30+02:00", "12h")]
    ['2026-05-01', '2026-05-01T04:30', '2026-05-04T00:00']
    """
    try:
        if told := span(text):
            return now.astimezone(UTC) - told
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _INSTANT.fullmatch(text):
            told_at = datetime.fromisoformat(text)
            return told_at.astimezone(UTC) if told_at.tzinfo else told_at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the 31st of February, the 25th hour, an hour before the year 1
        pass
    raise UsageError(f"{text[:60]!r} is no time: write {WHEN}")


def span(text: str) -> timedelta | None:
    """Return the length of time that `text` names (30m, 12h, 7d, 2w), or None where it names none.

    >>> span("7d"), span("7 days")
    (datetime.timedelta(days=7), None)
    """
    told = _SPAN.fullmatch(text)
    return timedelta(**{_UNITS[told[2]]: int(told[1])}) if told else None
