"""What of a site's newest pages is odd beside those before them, sign by sign: more of them, larger, alike, or new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from spiders.vitals.chance import rank_chances, share_chance
from spiders.vitals.signs import Level, Sameness, Share, Sign, Turnover

Test = Callable[[Any], bool]  # whether a value is odd
MORE = 0.25  # by which a share of odd pages is larger where it matters


def oddity(sign: Sign, early: Sequence[Any], late: Sequence[Any], rare: float) -> Test | None:
    """Return the test by which the newest values are odd; None where they are not, or chance may have done it.

    Args:
        early, late: what the earlier pages give by the sign, and what the newest do.
        rare: the chance that is too small to be one.
    """
    match sign:
        case Share():
            return _more(early, late, bool, rare) if sum(late) >= sign.nearly * len(late) else None
        case Level():
            return _moved(sign, early, late, rare)
        case Sameness():
            said, ever = (Counter(filter(None, pages)).most_common(1) for pages in (late, early))
            if not said or said[0][1] < sign.nearly * len(late) or (ever and ever[0][1] >= sign.nearly * len(early)):
                return None  # or something else always stood everywhere
            same = said[0][0]
            return _more(early, late, lambda value: value == same, rare / len({*early, *late}))
        case Turnover():
            return _turned(sign, early, late, rare)


def _more(early: Sequence[Any], late: Sequence[Any], is_odd: Test, rare: float) -> Test | None:
    """Judge a share of odd pages."""
    now, before = sum(map(is_odd, late)), sum(map(is_odd, early))
    if now / len(late) - before / len(early) < MORE:
        return None
    if share_chance(now, len(late), before, len(early)) >= rare:
        return None
    return is_odd


def _moved(sign: Level, early: Sequence[float], late: Sequence[float], rare: float) -> Test | None:
    """Judge a median; odd is what lies nearer to the new one."""
    now, before = median(late), median(early)
    if not sign.differs(now, before) or rank_chances(late, early)[sign.rising] >= rare:
        return None
    middle = (now + before) / 2
    return (lambda value: value > middle) if sign.rising else (lambda value: value < middle)


def _turned(sign: Turnover, early: Sequence[str], late: Sequence[str], rare: float) -> Test | None:
    """Judge how much is new: each new thing counts once, and beside it the pages that say what was said before.

    What is said on but one of the earlier pages is as new there: so many of these would be, came they in any order.
    """
    known = Counter(early)
    new = [value for value in late if value not in known]
    if len(new) < sign.most * len(late):
        return None
    once, each = sum(times == 1 for times in known.values()), len(set(new))
    if share_chance(each, each + len(late) - len(new), once, len(early)) >= rare:
        return None
    return lambda value: value not in known
