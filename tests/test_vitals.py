"""The tests by which a drift is told: as exact as they say they are, and silent where chance alone is at work."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.vitals.chance import rank_chances, share_chance
from spiders.vitals.firsts import first_failures
from spiders.vitals.judgement import LEAST, drifts
from spiders.vitals.lasting import Sight
from spiders.vitals.signs import SIGNS
from spiders.vitals.vital import Vital
from tests.redesigns import FIRST


def signs(lot: random.Random, days: int) -> Iterator[Sight]:
    """Yield the pages of a site on which everything comes by chance, at rates of its own, more of it at weekends."""
    rates = {name: lot.random() * 0.4 for name in ("standfirst", "authors", "section", "tags", "images")}
    odd = lot.random() * 0.4
    middle, staff = lot.uniform(6.5, 8), [f"a{n}" for n in range(lot.randint(1, 12))]
    for day in range(days):
        more = 1.5 if day % 7 > 4 else 1
        for number in range(lot.randint(0, 8)):
            size = int(lot.lognormvariate(middle - (more - 1), 0.6))
            yield Sight(
                f"{day}-{number}",
                (FIRST + timedelta(day, 600 * number)).isoformat(),
                Vital(
                    "Own",
                    size,
                    max(1, size // 250),
                    size // 200 + lot.randint(0, 8),
                    min(1, lot.betavariate(30, 1)),
                    empty=tuple(name for name, rate in rates.items() if lot.random() < rate * more),
                    hits=("headline",),
                    missed=(),
                    removed=("caption",) if lot.random() < 0.7 else (),
                    authors=lot.choice(staff) if lot.random() < 0.8 else f"guest {day}-{number}",
                    signers=lot.choice((1, 1, 1, 2)),
                    standfirst=f"{day}-{number}",
                    opening=f"word {lot.randint(1, 40)}",
                    shifted=lot.random() < odd,
                    prefixed=lot.random() < odd,
                    cut=lot.random() < odd,
                    unsaid=lot.random() < odd,
                    doubled=lot.random() < odd,
                    headline=f"{day}-{number}",
                    summary=lot.randint(60, 300),
                ),
            )


def test_chance_alone_raises_hardly_an_alarm() -> None:
    judged = alarms = 0
    for seed in range(15):
        pages = list(signs(random.Random(seed), 60))
        for end in range(2 * LEAST, len(pages), 30):
            judged += 1
            alarms += bool(drifts("site", pages[:end]))
    assert judged > 70
    assert alarms == 0  # promised is less than one in ten thousand


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), min_size=1, max_size=60),
    st.sampled_from((0, 20, 40)),
)
def test_whatever_a_site_has_been_through_is_judged(told: list[tuple[bool, bool, int]], healthy: int) -> None:
    marks = tuple(SIGNS)
    pages = [(False, False, 3)] * 40 + told + [(False, False, 3)] * healthy
    sights = [
        Sight(
            str(number),
            (FIRST + timedelta(hours=8 * number)).isoformat(),
            Vital("Own", size, size, size, size / 3, empty=("published",) if odd else (), missed=(), hits=()),
            marks if odd and marked else (),
        )
        for number, (odd, marked, size) in enumerate(pages)
    ]
    for drift in drifts("site", sights):
        assert 0 < drift.odd <= drift.of <= len(sights)
        assert drift.since > sights[0].seen


def test_a_change_that_is_over_and_was_marked_is_told_no_more() -> None:
    odd = [(FIRST + timedelta(hours=8 * n), n in range(40, 50)) for n in range(58)]
    sights = [
        Sight(
            f"{at}",
            at.isoformat(),
            Vital("Own", empty=("published",) if bad else ()),
            ("the date is empty",) * bad,
        )
        for at, bad in odd
    ]
    assert drifts("site", sights) == []
    assert [(drift.odd, drift.of) for drift in drifts("site", sights[:50])] == [(10, 10)]


@given(st.integers(0, 12), st.integers(1, 12), st.integers(0, 40), st.integers(1, 40))
def test_the_chance_of_a_share_is_that_of_all_ways_to_deal_the_odd_ones(
    odd: int, of: int, before: int, rest: int
) -> None:
    odd, before = min(odd, of), min(before, rest)
    ways = [
        comb(odd + before, n) * comb(of + rest - odd - before, of - n) for n in range(odd, min(of, odd + before) + 1)
    ]
    assert share_chance(odd, of, before, rest) == pytest.approx(sum(ways) / comb(of + rest, of))


@given(st.integers(4, 7), st.integers(6, 12), st.randoms(use_true_random=False))
def test_the_chance_of_ranks_is_no_smaller_than_it_is_where_it_counts(
    newest: int, rest: int, lot: random.Random
) -> None:
    values = list(range(newest + rest))
    chosen = sorted(lot.sample(values[: newest + 3], newest))
    low, high = rank_chances(chosen, [value for value in values if value not in chosen])
    sums = [sum(one) for one in combinations(values, newest)]
    exact = sum(one <= sum(chosen) for one in sums) / len(sums)
    assert low + high == pytest.approx(1, abs=0.2)
    assert low > exact or exact > 0.001


def test_a_change_that_nobody_has_looked_at_for_weeks_is_dated_where_it_began() -> None:
    sights = [
        Sight(f"{n}", (FIRST + timedelta(hours=4 * n)).isoformat(), Vital("Own", empty=("published",) * (n >= 60)))
        for n in range(300)
    ]
    assert [(drift.since, drift.odd) for drift in drifts("site", sights)] == [(sights[60].seen, 240)]


def own(agreement: float = 0.95, **told: Any) -> Vital:
    """Return a page that a site file reads."""
    return Vital("Own", 900, 4, 9, agreement, hits=("headline",), missed=(), **told)


GENERIC, NONE = Vital("generic", 900, 4, 9), Vital()


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ((own(), own(), GENERIC, GENERIC), {"the site file fits no more": 2}),
        ((own(), own(), NONE), {"the page gives no article": 2}),
        ((own(), GENERIC, own()), {}),  # the last one is right
        ((GENERIC, own(), GENERIC), {}),  # it was so before
        ((own(0.95), own(0.7), own(0.35), own(0.2)), {"the engine agrees less with the site file": 2}),
        ((own(0.35), own(0.2)), {}),  # it never agreed much
        ((own(0.95), own(0.66)), {}),  # nor does it disagree much
        ((own(0.95), own(0.3), own(0.9)), {}),
        ((own(), own(empty=("headline",)), own(empty=("headline",))), {"the headline is empty": 1}),
        ((own(), own(empty=("tags",))), {}),  # a page or two may well have none
    ],
)
def test_the_first_page_that_fails_is_one_after_which_all_do(pages: Sequence[Vital], told: dict[str, int]) -> None:
    sights = [Sight(str(n), (FIRST + timedelta(n)).isoformat(), vital) for n, vital in enumerate(pages)]
    assert {drift.sign: int(drift.first) for drift in first_failures("site", sights)} == told
    assert first_failures("site", [replace(sight, seen=sights[0].seen) for sight in sights]) == []  # all of one moment
