"""The first page that fails, where there are too few for `judgement`: all of the days before were right, none is since.

Only signs count that hardly a page shows while its site is as it was: no article, a site file that does not fit, one of
its selectors that finds nothing, a headline or date that is empty or not the listing's, an engine that disagrees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from operator import gt
from typing import Any

from spiders.vitals.judgement import Drift, drifts, is_judged
from spiders.vitals.lasting import Sight
from spiders.vitals.signs import SIGNS, Level, Share, Sign

_FAR = 0.3  # of agreement, beneath the least of the pages before


def first_failures(site: str, sights: Sequence[Sight]) -> list[Drift]:
    """Return since which page a site fails, by each sign: what `drifts` says where there are enough pages.

    Args:
        sights: the site's pages, those that came last at the end.
    """
    if is_judged(sights):
        return drifts(site, sights)
    found = [drift for name, sign in SIGNS.items() if (drift := _first(site, name, sign, sights))]
    return sorted(found, key=lambda drift: drift.since)


def _first(site: str, name: str, sign: Sign, sights: Sequence[Sight]) -> Drift | None:
    told: list[tuple[Sight, Any]] = [(s, value) for s in sights if (value := sign.value(s.vital)) is not None]
    is_odd: Callable[[Any], bool] = bool
    if isinstance(sign, Level) and sign.points:
        least = list(accumulate((value for _, value in told), min))  # of those up to each
        low = next((least[at] for at, (_, value) in enumerate(told[1:]) if value < least[at] - _FAR), 0.0)
        is_odd = partial(gt, low - _FAR)
    elif not isinstance(sign, Share) or (sign.days > 1 and "selector" not in name):
        return None
    odd = [is_odd(value) for _, value in told]
    start = odd.index(True) if True in odd else 0
    if not start or not all(odd[start:]) or told[start - 1][0].seen == told[start][0].seen:
        return None
    first, number = told[start][0], len(told) - start
    return Drift(site, name, first.seen, first.key, number, number, f"none of {start} before", is_odd)
