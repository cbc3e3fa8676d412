"""What a person asks a run to keep to: `-a since=…`, `-a until=…`, `-a limit=…`. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from scrapy.exceptions import UsageError

from extractors.article import parse_when
from spiders.record import Link, Passed
from spiders.verbs.moments import moment

_LAST = datetime.max.replace(tzinfo=UTC)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The time that articles are wanted of, days meant whole, and how many of them at most; None: no bound.

    `asked` is `since` as it was asked for: "2d" lets no more in today than it did yesterday, so a listing that has not
    changed lists nothing new.
    """

    since: datetime | date | None = None
    until: datetime | date | None = None
    limit: int | None = None
    asked: str | None = None

    def outside(self, published: datetime | date | None) -> str | None:
        """Say why an article is not wanted; None where it is, or where it may be: a day is as long as it can be."""
        if published is None:
            return None
        if self.since and _span(published)[1] <= _span(self.since)[0]:
            return f"published {_told(published)}, before {_told(self.since)}"
        if self.until and _span(published)[0] >= _span(self.until)[1]:
            return f"published {_told(published)}, after {_told(self.until)}"
        return None

    def wanted(self, links: Iterable[Link]) -> tuple[list[Link], list[Passed]]:
        """Part links by the dates that their listing tells: those to go on with, and those that nobody asks for."""
        kept, passed = [], []
        for link in links:
            if why := self.outside(parse_when(link.hints.get("published"))):
                passed.append(Passed(link.url, why, dated=True))
            else:
                kept.append(link)
        return kept, passed


def bounds_of(arguments: dict[str, str], now: datetime) -> Bounds:
    """Take the bounds out of a spider's arguments.

    Raises:
        UsageError: one of them is no time or no number, or the end comes before the beginning.
    """
    asked = arguments.get("since")
    since, until = (moment(arguments.pop(n), now) if n in arguments else None for n in ("since", "until"))
    limit = arguments.pop("limit", None)
    if limit is not None and not (limit.isascii() and limit.isdigit() and 0 < int(limit) < 10**9):
        raise UsageError(f"limit={limit[:40]} is no number of articles: write -a limit=20")
    bounds = Bounds(since, until, int(limit) if limit else None, asked)
    if since and until and _span(until)[1] <= _span(since)[0]:
        raise UsageError(f"until={_told(until)} is before since={_told(since)}")
    return bounds


def _span(when: datetime | date) -> tuple[datetime, datetime]:
    """Return the first instant of a day and the one after its last; of an instant, itself and the next."""
    if not isinstance(when, datetime):
        start = datetime.combine(when, time(), UTC)
        return start, _LAST if when.year == _LAST.year else start + _DAY
    instant = when if when.tzinfo else when.replace(tzinfo=UTC)
    return instant, _LAST if when.year == _LAST.year else instant + timedelta.resolution


def _told(when: datetime | date) -> str:
    return when.isoformat(sep=" ", timespec="minutes") if isinstance(when, datetime) else when.isoformat()
