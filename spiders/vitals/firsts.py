"""The first page that fails, where there are too few for `judgement`: all of the days before were right, none is since.

Only signs count that hardly a page shows while its site is as it was: no article, a site file that does not fit, one of
its selectors that finds nothing, a headline or date that is empty or not the listing's, an engine that disagrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from spiders.vitals.judgement import Drift, Sight, drifts, is_judged
from spiders.vitals.signs import SIGNS, Level, Share, Sign

_FAR = 0.3  # of agreement, beneath the least of the pages before


def first_failures(site: str, sights: Sequence[Sight]) -> list[Drift]:
    """Return since which page a site fails, by each sign: what `drifts` says where there are enough pages.

    Args:
        sights: the site's pages, those that came last at the end; `doubtful` names the first that fails first.
    """
    if is_judged(sights):
        return drifts(site, sights)
    found = [drift for name, sign in SIGNS.items() if (drift := _first(site, name, sign, sights))]
    return sorted(found, key=lambda drift: drift.since)


def _first(site: str, name: str, sign: Sign, sights: Sequence[Sight]) -> Drift | None:
    told: list[tuple[Sight, Any]] = [(s, value) for s in sights if (value := sign.value(s.vital)) is not None]
    if isinstance(sign, Share) and (sign.days == 1 or "selector" in name):
        odd = [bool(value) for _, value in told]
    elif isinstance(sign, Level) and sign.points:
        least = [2.0, *accumulate((value for _, value in told), min)]  # of those before each
        start = next((at for at, (_, value) in enumerate(told) if value < least[at] - _FAR and at), len(told))
        odd = [at >= start and value < least[start] - _FAR for at, (_, value) in enumerate(told)]
    else:
        return None
    start = odd.index(True) if True in odd else 0
    if not start or not all(odd[start:]) or told[start - 1][0].seen == told[start][0].seen:
        return None
    new = [sight for sight, _ in told[start:]]
    return Drift(site, name, new[0].seen, len(new), len(new), f"none of {start} before", tuple(s.key for s in new))
