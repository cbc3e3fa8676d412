"""Which sites have drifted: their newest pages differ from those before, not by chance and more than ever.

Three things must hold of the newest pages of a site, as many as any of `_NEWEST`, for a sign to be told:

- Chance alone would do it less than once in `1 / FALSE_ALARM` judgements, all signs and numbers of pages together
  (Bonferroni), if the pages came in any order alike.
- The difference matters: a share of odd pages larger by `oddity.MORE`, a median as far off as the sign says.
- No stretch of as many earlier pages was like it: weekends, series and the like, which come in turn, are no drift.

What may be but an event, such as an election, is told by `lasting`. The day since when is that of the page at which
the two parts differ most. Pages that were marked before, and not mended since, are no measure of what is usual.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from statistics import median
from typing import Any

from spiders.vitals.lasting import LIKELY, Sight, evened, is_event, lately, outlasts
from spiders.vitals.oddity import Test, oddity
from spiders.vitals.parting import mended, of_flags, of_values
from spiders.vitals.signs import SIGNS, Level, Share, Turnover
from spiders.vitals.vital import Vital

FALSE_ALARM = 0.0001  # of a site each time that it is judged, at most, where its pages come in any order alike
MEMORY = 500  # pages of a site that are looked at, of each day as many as `A_DAY`, drawn by lot
A_DAY = 16
LEAST = 30  # earlier pages that are needed
SPAN = timedelta(days=7)  # over which they must lie: a weekend is among them
_NEWEST = 8, 12, 18, 27, 40, 60, 90, 135, 200, 300  # pages that are held against those before them
_LAST = _NEWEST[0]  # pages that must still be like it
_NEAR = timedelta(days=3)  # between changes that are taken for one
_RARE = FALSE_ALARM / (len(SIGNS) * len(_NEWEST))


@dataclass(frozen=True, slots=True)
class Drift:
    """A site has changed in a field since a day. `first` is the key of the first page that shows it."""

    site: str
    sign: str  # its name in `SIGNS`
    since: str  # ISO 8601: when the first such page came
    first: str
    odd: int  # of the pages since then that were looked at
    of: int
    usual: str  # what it was before, in words
    is_odd: Callable[[Any], bool] = dataclasses.field(repr=False, compare=False)

    def shows(self, vital: Vital) -> bool:
        """Say whether a page shows it."""
        value = SIGNS[self.sign].value(vital)
        return value is not None and bool(self.is_odd(value))

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
class _Change:
    """What is told of a site by one sign: the pages that it is of, which are odd, and at which they fall in two."""

    name: str
    pages: tuple[Sight, ...]
    values: tuple[Any, ...]
    is_odd: Test
    flags: tuple[bool, ...]
    start: int

    @property
    def since(self) -> datetime:
        """When the first new page came."""
        return datetime.fromisoformat(self.pages[self.start].seen)

    @property
    def sharpness(self) -> float:
        """How far the shares of odd pages in the two parts lie apart."""
        return (
            sum(self.flags[self.start :]) / len(self.flags[self.start :]) - sum(self.flags[: self.start]) / self.start
        )

    def dated(self, others: Sequence[_Change]) -> _Change:
        """Return it as of the day of a sharper change near it: a few odd pages may stand before it by chance."""
        near = [one for one in others if abs(one.since - self.since) <= _NEAR and one.sharpness > self.sharpness]
        if not near:
            return self
        since = max(near, key=lambda one: one.sharpness).since
        seen = [datetime.fromisoformat(page.seen) >= since for page in self.pages]
        start = next((at for at, (late, odd) in enumerate(zip(seen, self.flags, strict=True)) if late and odd), 0)
        by_chance = (sum(self.flags[: self.start]) / self.start) ** sum(self.flags[self.start : start]) >= LIKELY
        return replace(self, start=start or self.start) if by_chance or isinstance(SIGNS[self.name], Level) else self

    def told(self, site: str) -> Drift:
        """Return what is told of it."""
        start, sign = self.start, SIGNS[self.name]
        odd = [page for page, flag in zip(self.pages[start:], self.flags[start:], strict=True) if flag]
        usual = f"before: {sum(self.flags[:start]) / start:.0%}".replace("%", " %")
        if isinstance(sign, Level):
            now, before = median(self.values[start:]), median(self.values[:start])
            form = ".2f" if sign.points else ",.0f"
            usual = f"the median is {now:{form}}, before: {before:{form}}"
        first = odd[0]
        return Drift(site, self.name, first.seen, first.key, len(odd), len(self.pages) - start, usual, self.is_odd)


def drifts(site: str, sights: Sequence[Sight], accepted: Mapping[str, str] | None = None) -> list[Drift]:
    """Return what has changed at a site, what began first before the rest.

    Args:
        sights: the site's pages, those that came last at the end.
        accepted: by the name of a sign the time since when what it tells is usual: what was before does not count.
    """
    found = []
    even = evened(sights[-MEMORY:])
    for name in SIGNS:
        begin = (accepted or {}).get(name, "")
        change = _change(name, [sight for sight in even if sight.seen >= begin])
        if change and not _is_event(change, [sight for sight in sights[-MEMORY:] if sight.seen >= begin]):
            found.append(change)
    return sorted((one.dated(found).told(site) for one in found), key=lambda drift: drift.day)  # else as the signs are


def is_judged(sights: Sequence[Sight]) -> bool:
    """Say whether a site has enough of a past to be judged."""
    return _is_past(evened(sights[-MEMORY:])[:-_LAST])


def _change(name: str, sights: Sequence[Sight]) -> _Change | None:
    """Judge a site by one sign."""
    sign = SIGNS[name]
    told = [(sight, value) for sight in sights if (value := sign.value(sight.vital)) is not None]
    for newest, more in pairwise((*_NEWEST, MEMORY)):
        # Of what began between two numbers of pages, the first pages must not make the rest known from before.
        end = more if isinstance(sign, Turnover) else newest
        early, late = [one for one in told[:-end] if name not in one[0].doubts], told[-newest:]
        if not _is_past([sight for sight, _ in early]):
            return None
        before = [value for _, value in early]
        if (is_odd := oddity(sign, before, [value for _, value in late], _RARE)) is None:
            continue
        odd, usual = [is_odd(value) for _, value in late], list(map(is_odd, before))
        if sum(odd) <= _most(usual, newest):
            continue
        if not outlasts(sign.days, [sight.seen for sight, _ in late], odd, sum(usual), len(usual)):
            continue
        if change := _parted(name, told, is_odd, lately(sum(odd) / newest, 0, _LAST)):
            return change
    return None


def _is_past(sights: Sequence[Sight]) -> bool:
    if len(sights) < LEAST:
        return False
    return datetime.fromisoformat(sights[-1].seen) - datetime.fromisoformat(sights[0].seen) >= SPAN


def _most(flags: Iterable[bool], of: int) -> int:
    """Return the largest number of odd ones in any stretch of so many, or in all where there are fewer."""
    sums = [0, *accumulate(map(int, flags))]
    return max(sums[at] - sums[max(at - of, 0)] for at in range(len(sums)))


def _parted(name: str, told: Sequence[tuple[Sight, Any]], is_odd: Test, last: int) -> _Change | None:
    """Say since when the pages are odd; None where the `last` ones are not any more."""
    if not any(is_odd(value) for _, value in told[-last:]):
        return None
    end = mended([is_odd(value) for _, value in told], last)
    pages = [one for at, one in enumerate(told) if at >= end or name not in one[0].doubts]
    sign, values = SIGNS[name], tuple(value for _, value in pages)
    flags = tuple(map(is_odd, values))
    start = of_values(values, flags, logarithmic=not sign.points) if isinstance(sign, Level) else of_flags(flags)
    if not start or not _holds(flags, start):
        return None
    if isinstance(sign, Level) and not sign.differs(median(values[start:]), median(values[:start])):
        return None
    return _Change(name, tuple(sight for sight, _ in pages), values, is_odd, flags, start)


def _is_event(change: _Change, sights: Sequence[Sight]) -> bool:
    """Say whether what is odd comes but on top of what there is: only of signs for which that is usual."""
    sign = SIGNS[change.name]
    told = [(sight, value) for sight in sights if (value := sign.value(sight.vital)) is not None]
    since = change.pages[change.start].seen
    beside = not isinstance(sign, Share) or sign.beside
    return beside and sign.days > 1 and is_event([(sight, change.is_odd(value)) for sight, value in told], since)


def _holds(flags: Sequence[bool], start: int) -> bool:
    """Say whether the last pages are more like those from the start to the last odd one than like those before."""
    end = max((at for at, odd in enumerate(flags) if odd), default=0) + 1
    if end <= start:
        return False
    shown, before = sum(flags[start:end]) / (end - start), sum(flags[:start]) / start
    last = lately(shown, before, _LAST)
    return sum(flags[-last:]) / last >= (shown + before) / 2
