"""A small day on the simulated web: crawls as a person runs them, under its clock, judged by what the hosts saw.

`python -m tests.simulated --day --hosts 200` is the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.simulated.day import Day, lived, same

SEED, HOSTS, FEWER = 110, 8, 3  # of the faults, none that takes long: nothing hangs
ROUNDS, SPEED = 2, 100.0
PATIENCE = {"PATIENCE": 120}  # seconds of that web: what fails for ever need not be waited for


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Day, Day]]:
    """A day, and the first round of one of the same seed with fewer hosts, both at a time."""
    live = partial(lived, SEED, speed=SPEED, busy=2, settings=PATIENCE)
    with ThreadPoolExecutor(2) as both:
        first = both.submit(live, HOSTS, tmp_path_factory.mktemp("day"), rounds=ROUNDS)
        second = both.submit(live, FEWER, tmp_path_factory.mktemp("day"), rounds=1)
        yield first.result(), second.result()


def test_nothing_is_lost_and_no_fault_goes_unnamed(days: tuple[Day, Day]) -> None:
    assert [str(line) for line in days[0].lines if line.wrong] == []


def test_no_host_is_asked_faster_than_it_allows(days: tuple[Day, Day]) -> None:
    assert days[0].manners.breaches == ()
    assert days[0].manners.shortest >= 0.9


def test_each_round_ends_and_its_sum_is_right(days: tuple[Day, Day]) -> None:
    assert [turn.last for day in days for turn in day.turns if not turn.ended_well] == []


def test_what_is_known_is_asked_for_conditionally(days: tuple[Day, Day]) -> None:
    day = days[0]
    assert day.turns[1].requests < day.turns[0].requests
    assert day.manners.conditional > 0


def test_one_seed_has_one_ledger(days: tuple[Day, Day]) -> None:
    first = [line for line in days[0].ledgers[0] if line.host < FEWER]
    assert same(first, days[1].lines) == []


def test_the_report_says_what_was_planted_and_found(days: tuple[Day, Day]) -> None:
    printed = "\n".join(days[0].report())
    assert "gone 1/1" in printed
    assert "0 breaches" in printed
    assert "WRONG" not in printed
