"""When a site has gone quiet: never more false alarms than told, and none without memory."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.store.history import Arrival
from spiders.verbs.rhythm import DAYS, FALSE_ALARM, chance, is_quiet, silences


def watched(*weeks: int, today: int, site: str = "a.example", other: int = 5) -> list[Arrival]:
    """Return what came to a site that was asked every day: on this day of each week, and on all others."""
    counts = {7 * n: articles for n, articles in enumerate(weeks, start=1)} | {0: today}
    return [Arrival(site, ago, counts.get(ago, other)) for ago in range(7 * len(weeks) + 2)]


@given(st.integers(0, 40), st.integers(0, 120), st.integers(3, 8))
def test_the_chance_is_that_of_a_throw_of_dice(articles: int, others: int, days: int) -> None:
    total = articles + others
    exact = sum(Fraction(math.comb(total, n) * days ** (total - n), (days + 1) ** total) for n in range(articles + 1))
    assert chance(articles, others, days) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize("days", [3, 8])
@pytest.mark.parametrize("rate", [0.5, 3, 8, 20, 45])
def test_a_site_whose_articles_come_by_chance_is_named_no_oftener_than_told(rate: float, days: int) -> None:
    def poisson(mean: float, n: int) -> float:
        return math.exp(n * math.log(mean) - mean - math.lgamma(n + 1))

    spread = range(int(rate * days + 12 * math.sqrt(rate * days)) + 20)
    alarms = 0.0
    for others in spread:  # all that may come on the days before, and on this one
        articles = 0
        while chance(articles, others, days) < FALSE_ALARM:
            alarms += poisson(rate * days, others) * poisson(rate, articles)
            articles += 1
    assert alarms <= FALSE_ALARM
    assert rate < 8 or alarms > FALSE_ALARM / 50  # and the rule is not one that never speaks


@given(st.lists(st.integers(0, 60), min_size=3, max_size=8), st.integers(0, 60))
def test_what_is_quiet_is_quieter_still_with_less_and_never_above_a_day_remembered(
    before: list[int], today: int
) -> None:
    if is_quiet(today, tuple(before)):
        assert today < min(before)
        assert all(is_quiet(fewer, tuple(before)) for fewer in range(today))
        assert is_quiet(today, (*before, max(before)))


def test_a_site_is_measured_by_the_same_day_of_other_weeks_alone() -> None:
    assert silences(watched(1, 0, 1, 2, today=0, other=40)) == []  # a Sunday that is like every Sunday
    (found,) = silences(watched(31, 28, 35, today=9, other=40))
    assert (found.articles, found.before) == (9, (31, 28, 35))
    assert found.sentence() == (
        "a.example has gone quiet: 9 new within 24 hours, 28 to 35 on the same day of 3 earlier weeks"
    )
    assert [
        one.site for one in silences(watched(31, 28, 35, today=9, site="b.example") + watched(30, 30, 30, today=30))
    ] == ["b.example"]


def test_without_three_such_days_of_memory_nothing_is_said() -> None:
    assert silences(watched(50, 60, today=0)) == []
    assert len(silences(watched(50, 60, 55, today=0))) == 1
    assert len(silences(watched(*[50] * 8, today=0))) == 1
    assert len(watched(*[50] * 8, today=0)) == DAYS


def test_days_on_which_nobody_asked_say_nothing() -> None:
    whole = watched(50, 60, 55, today=0)
    assert silences([one for one in whole if one.ago]) == []  # not asked on this day
    assert silences([one for one in whole if one.ago != 14]) == []
    assert silences([one for one in whole if one.ago != 15]) == []  # what came then had piled up
