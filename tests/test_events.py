"""Busy days, seasons and holidays are no drift; what is wrong on a part of the pages is one, for as long as it is so."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from spiders.vitals.judgement import drifts
from spiders.vitals.lasting import Sight, evened
from spiders.vitals.vital import Vital
from tests.redesigns import FIRST

History = Callable[[random.Random, int], Iterator[Vital]]


def usual(lot: random.Random, day: int, **told: Any) -> Iterator[Vital]:
    """Yield a day's pages as they always are: five a day, two at weekends, some without a standfirst or an author."""
    for number in range(2 if day % 7 > 4 else 5):
        yield Vital("Own", **(_page(lot, f"{day}-{number}") | told))


def _page(lot: random.Random, key: str) -> dict[str, Any]:
    size = int(lot.lognormvariate(7.6, 0.5))
    empty = tuple(
        name for name, rate in (("standfirst", 0.15), ("authors", 0.2), ("images", 0.2)) if lot.random() < rate
    )
    sizes = {"length": size, "paragraphs": max(1, size // 300), "blocks": size // 250 + lot.randint(1, 4)}
    names = {"authors": f"a{lot.randint(1, 7)}", "headline": key, "opening": key, "closing": f"end {key}"}
    known = {"agreement": 0.98, "hits": ("headline",), "missed": (), "timeless": False, "garbled": False}
    return sizes | names | known | {"empty": empty, "removed": ("caption",) if lot.random() < 0.8 else ()}


def _item(lot: random.Random, key: str) -> Vital:
    """Return a short item, such as a result or a line of a ticker."""
    small = {"length": lot.randint(150, 500), "paragraphs": 1, "blocks": 2, "removed": ()}
    return Vital("Own", **(_page(lot, key) | small | {"empty": ("standfirst", "authors", "images"), "authors": ""}))


def _election(lot: random.Random, day: int) -> Iterator[Vital]:
    yield from usual(lot, day)
    yield from (_item(lot, f"{day} item {n}") for n in range(9 if 42 <= day < 47 else 0))


def _one_odd_day(lot: random.Random, day: int) -> Iterator[Vital]:
    yield from (_item(lot, f"{day} item {n}") for n in range(9)) if day == 44 else usual(lot, day)


def _holiday_of_the_author(lot: random.Random, day: int) -> Iterator[Vital]:
    yield from usual(lot, day, authors="bram" if 35 <= day < 49 else "ada")


def _columnist(lot: random.Random, day: int) -> Iterator[Vital]:
    for vital in usual(lot, day):
        yield vital if day < 28 or lot.random() > 0.45 else Vital("Own", **(_page(lot, f"{day}") | {"authors": "hal"}))


def _games(lot: random.Random, day: int) -> Iterator[Vital]:
    yield from usual(lot, day)
    told = {"length": 9000, "paragraphs": 40, "blocks": 70, "live": True, "agreement": None}
    yield from (Vital("generic", **(_page(lot, f"{day} live {n}") | told)) for n in range(3 if 35 <= day < 49 else 0))


def _wall_for_a_day(lot: random.Random, day: int) -> Iterator[Vital]:
    yield from (Vital(walled=day in (44, 45)) if day in (44, 45) else vital for vital in usual(lot, day))


def _few(lot: random.Random, day: int) -> Iterator[Vital]:
    yield from usual(lot, day) if not 30 <= day < 44 or day % 3 == 0 else ()


def _weekend_of_the_agency(lot: random.Random, day: int) -> Iterator[Vital]:
    bare = {"empty": ("images",), "removed": ()} if day in (40, 41) else {}
    for number in range(6 if day % 7 > 4 else 8):
        yield Vital("Own", **(_page(lot, f"{day}-{number}") | bare))


def _weeks_of_the_agency(lot: random.Random, day: int) -> Iterator[Vital]:
    for number in range(8):
        wire = lot.random() < (0.75 if 35 <= day < 45 else 0.2)
        told = {"authors": "", "empty": (), "missed": ("authors",)} if wire else {"hits": ("headline", "authors")}
        yield Vital("Own", **(_page(lot, f"{day}-{number}") | told))


def _guests(lot: random.Random, day: int) -> Iterator[Vital]:
    for vital in usual(lot, day):
        yield replace(vital, authors=f"guest{lot.randint(1, 9)}") if day >= 28 and lot.random() < 0.5 else vital


def _pairs(lot: random.Random, day: int) -> Iterator[Vital]:
    for vital in usual(lot, day):
        yield replace(vital, signers=2 if lot.random() < (0.7 if 35 <= day < 42 else 0.1) else 1)


def _dated_anew(lot: random.Random, day: int) -> Iterator[Vital]:
    for number in range(12 if day in (35, 36, 37) else 6):
        told = {"shifted": lot.random() < (0.5 if day in (35, 36, 37) else 0.1)}
        yield Vital("Own", **(_page(lot, f"{day}-{number}") | told))


QUIET: dict[str, History] = {
    "an election brings short items beside the rest": _election,
    "on one day there are short items alone": _one_odd_day,
    "the one author is away for two weeks": _holiday_of_the_author,
    "a new columnist writes much": _columnist,
    "the games bring live blogs": _games,
    "a wall stands for two days": _wall_for_a_day,
    "hardly anything comes in the holidays": _few,
    "a weekend is the agency's, which sends no pictures": _weekend_of_the_agency,
    "for some weeks most is the agency's": _weeks_of_the_agency,
    "half of the pages are by guests": _guests,
    "in one week most is written in pairs": _pairs,
    "for days the listing dates anew what is updated": _dated_anew,
}


def judged(history: History, seed: int, days: range) -> Iterator[tuple[int, set[str]]]:
    """Yield what is told at the end of some days."""
    lot, sights = random.Random(seed), list[Sight]()
    for day in range(days.stop):
        came = list(history(lot, day))
        lot.shuffle(came)
        for number, vital in enumerate(came):
            sights.append(Sight(f"{day}-{number}", (FIRST + timedelta(day, 1800 * number)).isoformat(), vital))
        if day in days:
            yield day, {drift.sentence for drift in drifts("site", sights)}


@pytest.mark.parametrize("name", QUIET)
def test_an_event_is_no_drift(name: str) -> None:
    for seed in range(3):
        assert [told for _, told in judged(QUIET[name], seed, range(29, 62, 3)) if told] == []


def test_what_comes_on_top_for_more_than_two_weeks_is_told() -> None:
    def more(lot: random.Random, day: int) -> Iterator[Vital]:
        yield from usual(lot, day)
        yield from (_item(lot, f"{day} item {n}") for n in range(6 if day >= 35 else 0))

    told = [bool(found) for _, found in judged(more, 1, range(42, 62, 4))]
    assert told == [False, True, True, True, True]


def test_what_is_wrong_on_half_of_the_pages_is_told_until_it_is_mended() -> None:
    def some(lot: random.Random, day: int) -> Iterator[Vital]:
        for vital in usual(lot, day):
            yield replace(vital, template="generic" if 30 <= day < 50 and lot.random() < 0.5 else "Own")

    for seed in range(3):
        told = [{one.partition(" on ")[0] for one in found} for _, found in judged(some, seed, range(37, 61))]
        assert told[:13] == [{"site: the site file fits no more"}] * 13
        assert told[-3:] == [set()] * 3


def test_a_wall_before_a_part_of_the_stories_is_no_event() -> None:
    def some(lot: random.Random, day: int) -> Iterator[Vital]:
        yield from (Vital(walled=True) if day >= 30 and lot.random() < 0.4 else vital for vital in usual(lot, day))

    for seed in range(3):
        (told,) = (found for _, found in judged(some, seed, range(38, 39)))
        assert {one.partition(" on ")[0] for one in told} == {"site: a wall stands in the article's place"}


def test_a_day_of_many_pages_weighs_little_more_than_others() -> None:
    moments = [FIRST + timedelta(day, 60 * n) for day in range(9) for n in range(400 if day == 4 else 8)]
    sights = [Sight(str(n), when.isoformat(), Vital()) for n, when in enumerate(moments)]
    assert [number for _, number in sorted(Counter(sight.seen[:10] for sight in evened(sights)).items())] == [
        *(8, 8, 8, 8, 12, 8, 8, 8, 8)
    ]
