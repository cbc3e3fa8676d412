"""The instant that a listing tells of the day that the page tells."""

from __future__ import annotations

from datetime import date, datetime

from extractors.engine.dates.publication import FULL, When, rank_of


def timed(page: When, modified: datetime | date | None, listed: date | None, fetched_at: datetime | None) -> When:
    """Return a page's day of publication with the time of day that its listing tells, both in the source.

    The days must agree on the clock of the listing or of the page. A time at which, or after which, the page was
    changed is that of the change, and one after the fetch is not on the clock that it says.
    """
    day = page.value
    if day is None or rank_of(page) == FULL or not isinstance(listed, datetime) or rank_of(When(listed, None)) < FULL:
        return page
    if (isinstance(day, datetime) and rank_of(page) and not day.tzinfo) or abs(listed.year - day.year) > 1:
        return page  # it tells a time itself, if not its zone
    for end in (modified, fetched_at):
        if isinstance(end, datetime) and end.tzinfo and listed >= end:
            return page
    zones = (v.tzinfo for v in (listed, day, modified) if isinstance(v, datetime) and v.tzinfo)
    clocks = (listed.astimezone(zone) for zone in zones)
    told = next((clock for clock in clocks if clock.isoformat()[:10] == day.isoformat()[:10]), None)
    return When(told, f"{page.source}, listing") if told else page
