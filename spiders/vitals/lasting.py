"""Whether what is odd is more than an event: a busy day, or short items that come on top of what there always is.

A redesign takes the place of the pages as they were. On the days of an election or of the games the usual pages come
as ever, and others beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from math import ceil, sqrt
from statistics import median

from spiders.vitals.chance import share_chance
from spiders.vitals.vital import Vital

_EVENT = timedelta(days=14)  # the longest
_FEWER = 2.5  # standard deviations by which the pages as they were may be fewer in an event, by chance
LIKELY = 0.01  # more than this chance may well do
_BUSY = 1.5  # times the pages of the middle day, that count of one day
_FEW = 8  # that count of any
_SUNDAY = 6
_SEEN = 10  # odd pages that the last ones would hold, if all were as it was since the change


@dataclass(frozen=True, slots=True)
class Sight:
    """A reading of a page: when it came (ISO 8601), what it gave, and the signs for which its article is marked.

    `weight` tells for how many pages of its day it stands; `raw` is the number of the response.
    """

    key: str
    seen: str
    vital: Vital
    doubts: tuple[str, ...] = ()
    weight: float = 1.0
    raw: int | None = None


def evened(sights: Sequence[Sight]) -> list[Sight]:
    """Return pages of which no day counts much more than others: of a busy one some, at equal distances."""
    days = [list(seen) for _, seen in groupby(sights, key=lambda sight: sight.seen[:10])]
    most = max(_FEW, int(_BUSY * median(map(len, days)))) if days else 0
    return [seen[n * len(seen) // min(most, len(seen))] for seen in days for n in range(min(most, len(seen)))]


def outlasts(days: int, seen: Sequence[str], flags: Sequence[bool], odd: int, of: int) -> bool:
    """Say whether pages are odd on so many days: without the oddest, one less, chance would hardly make the rest.

    A weekend is one of them: other people make it, from what is there, and both of its days alike.

    Args:
        seen, flags: when each page came (ISO 8601), and whether it is odd.
        odd, of: how many of the pages before them are odd, and how many there are.
    """
    by_day = Counter(_day(when) for when, flag in zip(seen, flags, strict=True) if flag)
    oddest = {day for day, _ in by_day.most_common(days - 1)}
    rest = [flag for when, flag in zip(seen, flags, strict=True) if _day(when) not in oddest]
    return days == 1 or (bool(rest) and share_chance(sum(rest), len(rest), odd, of) < LIKELY)


def _day(seen: str) -> date:
    day = date.fromisoformat(seen[:10])
    return day - timedelta(day.weekday() == _SUNDAY)


def is_event(told: Sequence[tuple[Sight, bool]], since: str) -> bool:
    """Say whether the pages that are not odd come as often since a time as they came on such weekdays before.

    Args:
        told: all pages, and whether each is odd.
        since: ISO 8601.
    """
    first, start, last = map(datetime.fromisoformat, (told[0][0].seen, since, told[-1][0].seen))
    if last - start >= _EVENT:
        return False
    usual, still = [0.0] * 7, 0.0
    for sight, odd in told:
        if not odd and sight.seen < since:
            usual[datetime.fromisoformat(sight.seen).weekday()] += sight.weight
        elif not odd:
            still += sight.weight
    days = _weekdays(first, start - timedelta(1))
    expected = sum(usual[day] / days[day] * number for day, number in _weekdays(start, last).items() if days[day])
    heaviest = max(sight.weight for sight, _ in told)
    return (still > 0 or not expected) and expected - still <= _FEWER * sqrt(expected * heaviest)


def lately(share: float, before: float, least: int) -> int:
    """Return how many of the last pages tell whether so large a share is odd still, or as small a one as before.

    >>> lately(1.0, 0.1, 8), lately(0.3, 0.0, 8), lately(0.6, 0.3, 8)
    (10, 36, 69)
    """
    middle = (share + before) / 2
    apart = 25 * middle * (1 - middle) / (share - before) ** 2 if share > before else 0  # 2.5 standard deviations
    return max(least, ceil(_SEEN / share), ceil(apart))


def _weekdays(first: datetime, last: datetime) -> Counter[int]:
    """Return how often each weekday is among the days from one to another."""
    day = first.date()
    return Counter((day + timedelta(n)).weekday() for n in range((last.date() - day).days + 1))
