"""Which sites have drifted: their newest pages differ from those before, not by chance and more than ever.

Three things must hold of the newest pages of a site, as many as any of `_NEWEST`, for a sign to be told:

- Chance alone would do it less than once in `1 / FALSE_ALARM` judgements, all signs and numbers of pages together
  (Bonferroni), if the pages came in any order alike.
- The difference matters: a share of odd pages larger by `_MORE`, a median as far off as the sign says.
- No stretch of as many earlier pages was like it: weekends, series and the like, which come in turn, are no drift.

The day since when is that of the page at which the two parts differ most. It holds on while the last pages are like it.
Pages that were marked before, and not mended since, are no measure of what is usual.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from statistics import median
from typing import Any

from spiders.vitals.chance import rank_chances, share_chance
from spiders.vitals.signs import SIGNS, Level, Sameness, Share, Sign
from spiders.vitals.vital import Vital

FALSE_ALARM = 0.001  # of a site each time that it is judged, at most, where its pages come in any order alike
MEMORY = 500  # pages of a site that are looked at
LEAST = 30  # earlier pages that are needed
SPAN = timedelta(days=7)  # over which they must lie: a weekend is among them
_NEWEST = 8, 12, 18, 27, 40, 60, 90, 135, 200  # pages that are held against those before them
_LAST = _NEWEST[0]  # pages that must still be like it
_MORE = 0.25
_NEARLY = 0.6  # of the newest pages, that say one thing
_RARE = FALSE_ALARM / (len(SIGNS) * len(_NEWEST))


@dataclass(frozen=True, slots=True)
class Sight:
    """A reading of a page: when it came (ISO 8601), what it gave, and the signs for which its article is marked.

    `stands` tells that it is what the store has as the article, and not one that was worse, or none.
    """

    key: str
    stands: bool
    seen: str
    vital: Vital
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """A site has changed in a field since a day; `doubtful` are the keys of the pages since then that show it."""

    site: str
    sign: str  # its name in `SIGNS`
    since: str  # ISO 8601: when the first such page came
    odd: int  # pages since then that show it
    of: int  # pages since then
    usual: str  # what it was before, in words
    doubtful: tuple[str, ...]

    @property
    def field(self) -> str:
        """The field of the article, or what else has changed."""
        return SIGNS[self.sign].field

    @property
    def day(self) -> str:
        """The day since when, in UTC: YYYY-MM-DD."""
        return self.since[:10]

    @property
    def sentence(self) -> str:
        """What a person is told."""
        return f"{self.site}: {self.sign} on {self.odd} of {self.of} pages since {self.day} ({self.usual})"

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        told = {"field": self.field, "sign": self.sign, "since": self.since, "odd": self.odd, "of": self.of}
        return told | {"usual": self.usual, "told": self.sentence}


@dataclass(frozen=True, slots=True)
class _Break:
    """How the newest pages differ: which values are odd, and what was usual."""

    is_odd: Callable[[Any], bool]
    usual: str


def drifts(site: str, sights: Sequence[Sight], accepted: Mapping[str, str] | None = None) -> list[Drift]:
    """Return what has changed at a site, what began first before the rest.

    Args:
        sights: the site's pages, those that came last at the end.
        accepted: by the name of a sign the time since when what it tells is usual: what was before does not count.
    """
    found = []
    for name in SIGNS:
        begin = (accepted or {}).get(name, "")
        pages = [sight for sight in sights[-MEMORY:] if sight.seen >= begin]
        if drift := _drift(site, name, pages):
            found.append(drift)
    return sorted(found, key=lambda drift: drift.day)  # of one day in the order of the signs


def is_judged(sights: Sequence[Sight]) -> bool:
    """Say whether a site has enough of a past to be judged."""
    return _is_past(sights[-MEMORY:-_LAST])


def _drift(site: str, name: str, sights: Sequence[Sight]) -> Drift | None:
    """Judge a site by one sign."""
    sign = SIGNS[name]
    told = [(sight, value) for sight in sights if (value := sign.value(sight.vital)) is not None]
    for newest in _NEWEST:
        early, late = [one for one in told[:-newest] if name not in one[0].doubts], told[-newest:]
        if not _is_past([sight for sight, _ in early]):
            return None
        before = [value for _, value in early]
        if (broken := _broken(sign, before, [value for _, value in late])) is None:
            continue
        flags = [broken.is_odd(value) for value in before]
        odd = [sight for sight, value in late if broken.is_odd(value)]
        days = {sight.seen[:10] for sight in odd}
        if len(days) >= sign.days and len(odd) > _most(flags, newest) and (drift := _since(site, name, told, broken)):
            return drift
    return None


def _is_past(sights: Sequence[Sight]) -> bool:
    if len(sights) < LEAST:
        return False
    return datetime.fromisoformat(sights[-1].seen) - datetime.fromisoformat(sights[0].seen) >= SPAN


def _broken(sign: Sign, early: Sequence[Any], late: Sequence[Any]) -> _Break | None:
    """Say how the newest values differ from the earlier ones; None where they do not, or chance may have done it."""
    match sign:
        case Share():
            return _more(early, late, lambda value: bool(value))
        case Level():
            return _moved(sign, early, late)
        case Sameness():
            said = Counter(filter(None, late)).most_common(1)
            if not said or said[0][1] < _NEARLY * len(late):
                return None
            same = said[0][0]
            return _more(early, late, lambda value: value == same, len({*early, *late}))


def _more(early: Sequence[Any], late: Sequence[Any], is_odd: Callable[[Any], bool], ways: int = 1) -> _Break | None:
    """Judge a share of odd pages; it is one of so many `ways` to look at them."""
    now, before = sum(map(is_odd, late)), sum(map(is_odd, early))
    if now / len(late) - before / len(early) < _MORE:
        return None
    if share_chance(now, len(late), before, len(early)) * ways >= _RARE:
        return None
    return _Break(is_odd, f"before: {before / len(early):.0%}".replace("%", " %"))


def _moved(sign: Level, early: Sequence[float], late: Sequence[float]) -> _Break | None:
    """Judge a median; odd is what lies nearer to the new one."""
    now, before = median(late), median(early)
    if not sign.differs(now, before) or rank_chances(late, early)[sign.rising] >= _RARE:
        return None
    middle = (now + before) / 2
    is_odd: Callable[[Any], bool] = (lambda value: value > middle) if sign.rising else (lambda value: value < middle)
    return _Break(
        is_odd,
        f"the median is {now:,.3g}, before: {before:,.3g}"
        if sign.points
        else f"the median is {now:,.0f}, before: {before:,.0f}",
    )


def _most(flags: Sequence[bool], of: int) -> int:
    """Return the largest number of odd ones in any stretch of so many, or in all where there are fewer."""
    sums = [0, *accumulate(map(int, flags))]
    return max(sums[at] - sums[max(at - of, 0)] for at in range(len(sums)))


def _since(site: str, name: str, told: Sequence[tuple[Sight, Any]], broken: _Break) -> Drift | None:
    """Say since when the pages are odd; None where the last ones are not any more."""
    mended = _mended([broken.is_odd(value) for _, value in told])
    pages = [one for at, one in enumerate(told) if at >= mended or name not in one[0].doubts]
    flags = [broken.is_odd(value) for _, value in pages]
    start = _parting(flags)
    new = pages[start:]
    odd = [sight for (sight, _), flag in zip(new, flags[start:], strict=True) if flag]
    if sum(flags[-_LAST:]) / _LAST < len(odd) / len(new) / 2:
        return None
    doubtful = tuple(sight.key for sight in odd if sight.stands)
    return Drift(site, name, new[0][0].seen, len(odd), len(new), broken.usual, doubtful)


def _mended(flags: Sequence[bool]) -> int:
    """Return the end of the last stretch of `_LAST` pages that are not odd; what was odd before it is another story."""
    return next((at for at in range(len(flags), _LAST - 1, -1) if not any(flags[at - _LAST : at])), 0)


def _parting(flags: Sequence[bool]) -> int:
    """Return the place at which the shares of odd ones before it and from it on are the likeliest; an odd one is there.

    >>> _parting([False, True, False, False, True, True, False, True])
    4
    """
    sums = [0, *accumulate(map(int, flags))]
    total, whole = sums[-1], len(flags)

    def likelihood(at: int) -> float:
        return _fit(sums[at], at) + _fit(total - sums[at], whole - at)

    places = [at for at in range(whole) if flags[at] and (total - sums[at]) * at >= sums[at] * (whole - at)]
    return max(places, key=likelihood)


def _fit(odd: int, of: int) -> float:
    """Return the logarithm of the likelihood of so many odd ones at the share that fits them best."""
    return sum(n * math.log(n / of) for n in (odd, of - odd) if n)
