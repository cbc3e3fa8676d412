"""When a stored article is looked at again: often while it is young, seldom later, then never (setting `REVISIT`).

Pure: the store asks with the times that it knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from spiders.errors import SettingError
from spiders.listings.listing import latest
from spiders.verbs.moments import span


@dataclass(frozen=True, slots=True)
class Revisits:
    """The table: up to which age (seconds, ascending) after which pause. Without a row, nothing is looked at again."""

    rows: tuple[tuple[float, float], ...] = ()

    def due(self, now: float, *, published: datetime | date | None, first_seen: datetime) -> float | None:
        """Return when (Unix time) an article that was looked at `now` is due again; None for never.

        No article is older than its first sight, whatever it says; a day, and a time without a zone, mean the latest
        instant that they can.
        """
        born = min(first_seen, latest(published)) if published else first_seen
        age = now - born.timestamp()
        return next((now + pause for most, pause in self.rows if age <= most), None)


def revisits(table: Mapping[str, str]) -> Revisits:
    """Read the setting.

    Raises:
        SettingError: an age or a pause is none.

    >>> revisits({"2h": "20m", "1d": "3h"}).rows
    ((7200.0, 1200.0), (86400.0, 10800.0))
    """
    return Revisits(tuple(sorted((_seconds(age), _seconds(pause)) for age, pause in table.items())))


def _seconds(told: object) -> float:
    length = span(str(told))
    if length is None:
        raise SettingError(f"REVISIT has {told!r}: an age and a pause are written 20m, 12h, 2d or 1w")
    return length.total_seconds()
