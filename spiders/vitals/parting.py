"""The place at which a row of pages falls into two parts: the likeliest one, if each part is alike in itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

_CALM = 0.01  # the least variance of a part: where all pages are the same, one that is not must not outweigh the rest


def of_flags(flags: Sequence[bool]) -> int:
    """Return where the second part begins, of which more are odd than of the first; an odd one stands there.

    >>> of_flags([False, True, False, False, True, True, False, True])
    4
    """
    sums = [0, *accumulate(map(int, flags))]
    total, whole = sums[-1], len(flags)

    def likelihood(at: int) -> float:
        return _of_share(sums[at], at) + _of_share(total - sums[at], whole - at)

    places = [at for at in range(whole) if flags[at] and (total - sums[at]) * at >= sums[at] * (whole - at)]
    return max(places, key=likelihood)


def of_values(values: Sequence[float], flags: Sequence[bool], *, logarithmic: bool) -> int:
    """Return where the second part begins, by the values; the first odd one from there on.

    >>> of_values([9, 8, 5, 9, 8, 2, 2, 2], [False] * 5 + [True] * 3, logarithmic=False)
    5
    """
    sizes = [math.log1p(value) for value in values] if logarithmic else list(values)
    sums, squares = [0, *accumulate(sizes)], [0, *accumulate(size * size for size in sizes)]
    whole = len(sizes)

    def likelihood(at: int) -> float:
        return _of_spread(sums[at], squares[at], at) + _of_spread(
            sums[whole] - sums[at], squares[whole] - squares[at], whole - at
        )

    first = max(range(2, whole - 1), key=likelihood)
    return next((at for at in range(first, whole) if flags[at]), first)


def mended(flags: Sequence[bool], stretch: int) -> int:
    """Return the end of the last stretch of so many that are not odd: what was odd before it is another story."""
    return next((at for at in range(len(flags), stretch - 1, -1) if not any(flags[at - stretch : at])), 0)


def _of_share(odd: int, of: int) -> float:
    return sum(n * math.log(n / of) for n in (odd, of - odd) if n)


def _of_spread(total: float, squares: float, of: int) -> float:
    return -of / 2 * math.log(max(squares / of - (total / of) ** 2, 0.0) + _CALM)
