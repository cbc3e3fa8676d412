"""Which sites have gone quiet: fewer new articles than on the same day of the weeks before, and not by chance.

The day is the 24 hours up to a moment; it is compared with the 24 hours that ended at the same time one week, two
weeks … before. If the articles of a site came by chance at one rate on all of these days, then each of them fell on
this one with the same probability as on any other; how few of them did is judged by that alone (the conditional test
of two Poisson rates), so the rate need not be known. A site is named where so few would fall on the day less than
once in `1 / FALSE_ALARM` days, and where it was never so quiet on any of the days remembered, for the case that its
numbers vary more than chance would have it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spiders.store.history import Arrival
from spiders.vitals.chance import ways

FALSE_ALARM = 0.001  # of a site each time that it is judged, at most: once a day, of 100 sites, one in ten days
_WEEK = 7
_MEMORY = 8  # weeks
_LEAST = 3  # of these, on which the site was asked
DAYS = _WEEK * _MEMORY + 2


@dataclass(frozen=True, slots=True)
class Silence:
    """A site that has gone quiet: new articles of the last 24 hours, and of the same hours of earlier weeks."""

    site: str
    articles: int
    before: tuple[int, ...]  # last week's first

    def sentence(self) -> str:
        """Return what a person is told."""
        least, most = min(self.before), max(self.before)
        usual = f"{least}" if least == most else f"{least} to {most}"
        return (
            f"{self.site} has gone quiet: {self.articles} new within 24 hours, {usual} on the same day of "
            f"{len(self.before)} earlier weeks"
        )


def by_day(arrivals: Iterable[Arrival]) -> dict[str, dict[int, int]]:
    """Return how many articles each site gave, by how many days that is ago."""
    days: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for arrival in arrivals:
        days[arrival.site][arrival.ago] = arrival.articles
    return days


def silences(arrivals: Iterable[Arrival]) -> list[Silence]:
    """Return the sites that have gone quiet, by name.

    A day counts on which the site was asked for what it lists, and of the earlier ones only those before which it was
    asked on the day before, too: what has piled up says nothing of a day.
    """
    found = []
    for site, counts in sorted(by_day(arrivals).items()):
        weeks = range(_WEEK, DAYS - 1, _WEEK)
        before = tuple(counts[ago] for ago in weeks if ago in counts and ago + 1 in counts)
        if 0 in counts and len(before) >= _LEAST and is_quiet(counts[0], before):
            found.append(Silence(site, counts[0], before))
    return found


def is_quiet(articles: int, before: tuple[int, ...]) -> bool:
    """Say whether a day is quiet beside those that are remembered.

    >>> is_quiet(0, (9, 12, 10)), is_quiet(2, (9, 12, 10)), is_quiet(0, (2, 1, 2))
    (True, False, False)
    """
    return articles < min(before) and chance(articles, sum(before), len(before)) < FALSE_ALARM


def chance(articles: int, others: int, days: int) -> float:
    """Return the probability that so few of all articles, or fewer, fall on one day if they fall on all days alike.

    Args:
        articles: of the day.
        others: of so many other `days`, together.

    >>> [round(chance(*told), 6) for told in ((0, 2, 1), (1, 1, 1), (0, 0, 3))]
    [0.25, 0.75, 1.0]
    """
    total = articles + others
    hit, miss = math.log(1 / (days + 1)), math.log(days / (days + 1))
    return min(1.0, math.fsum(math.exp(ways(total, n) + n * hit + (total - n) * miss) for n in range(articles + 1)))
