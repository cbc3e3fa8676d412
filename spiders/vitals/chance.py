"""How likely it is that chance alone makes the newest pages of a site differ so much from those before them.

Both tests ask one thing: if the pages of a site came in any order alike, how often would so many of the odd ones, or of
the small ones, be the newest? No rate and no distribution need be known for that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby


def share_chance(odd: int, of: int, before: int, of_before: int) -> float:
    """Return the probability that so many or more of all odd pages are among the newest (Fisher's exact test).

    Args:
        odd, of: pages among the newest that are odd, and the newest.
        before, of_before: the same of those before them.

    >>> round(share_chance(2, 2, 0, 2), 6), share_chance(0, 5, 3, 9)
    (0.166667, 1.0)
    """
    if not odd:
        return 1.0
    total, marked = of + of_before, odd + before
    whole = ways(total, of)
    most = min(of, marked)
    terms = (ways(marked, n) + ways(total - marked, of - n) - whole for n in range(odd, most + 1))
    return min(1.0, math.fsum(map(math.exp, terms)))


def rank_chances(newest: Sequence[float], before: Sequence[float]) -> tuple[float, float]:
    """Return the probabilities that the newest values are so low, and so high, beside the earlier ones.

    The test is Wilcoxon's of the sum of ranks, by its normal approximation with ties and continuity reckoned in. The
    exact distribution has thinner ends, so what is less likely than one in a thousand is less likely still in truth.
    """
    n, m = len(newest), len(before)
    ranks, ties = ranks_of([*newest, *before])
    total = n + m
    spread = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    if spread <= 0:
        return 1.0, 1.0
    off = sum(ranks[:n]) - n * (total + 1) / 2
    return tuple(_tail((side * off - 0.5) / math.sqrt(spread)) for side in (-1, 1))  # type: ignore[return-value]


def ranks_of(values: Sequence[float]) -> tuple[list[float], int]:
    """Return the rank of each value from 1 on, equal ones sharing theirs, and the sum of t³ - t over the ties.

    >>> ranks_of([7, 5, 7])
    ([2.5, 1.0, 2.5], 6)
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    done = ties = 0
    for _, alike in groupby(order, key=values.__getitem__):
        places = list(alike)
        for place in places:
            ranks[place] = done + (len(places) + 1) / 2
        done += len(places)
        ties += len(places) ** 3 - len(places)
    return ranks, ties


def _tail(z: float) -> float:
    return 0.5 * math.erfc(z / math.sqrt(2))


def ways(total: int, taken: int) -> float:
    """Return the logarithm of the number of ways to take so many of a total.

    >>> round(math.exp(ways(49, 6)))
    13983816
    """
    return math.lgamma(total + 1) - math.lgamma(taken + 1) - math.lgamma(total - taken + 1)
