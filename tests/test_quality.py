"""The engine alone is as good on the recordings as it was: a fall below these figures is a fault of the engine.

Of a publisher with a site file only the body counts, and less: its pages show what the engine does not do alone.

A floor stands a little under what is reached, so that one page may go either way, and is raised as the engine learns.
The large corpora that `benchmarks/` measures are no part of the project; these few pages are.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest

from extractors import Article, ExtractionError, extract
from spiders.recordings.expectations import Recorded
from spiders.specimens.scoring import judge, total
from tests.expected import all_recorded, differences, is_article

F1 = 0.99
EXACT = 0.9  # share of bodies right to the last word
LEAKED = 2  # sentences, on all pages together
MISSING = 1  # paragraphs
NOISE = 0.95  # share of the lines that a reader calls noise and that are taken out under their label
SITED_F1 = 0.93  # of the pages that a site file reads
FIELDS = {"headline": 0.9, "authors": 0.9, "published": 0.9}  # share right; dates to the instant and its zone


class Reading(NamedTuple):
    """A recorded article, and what the engine makes of it; None where it refuses the page."""

    page: Recorded
    article: Article | None

    @property
    def body(self) -> str:
        return self.article.body if self.article else ""

    def wrong(self, key: str) -> list[str]:
        """Say what differs from the expectation in a field, or in what was removed."""
        if self.article is None:
            return [f"{key}: the page was refused"]
        found = differences(self.article, self.page.expected or {})
        return [f"{self.page.url} {line}" for line in found if line.startswith(f"{key}:")]


@cache
def readings(*, sited: bool = False) -> tuple[Reading, ...]:
    """Read the recordings that are the engine's own, or those of publishers with a site file."""
    pages = [page for page in all_recorded() if is_article(page) and (page.expected or {}).get("template")]
    return tuple(
        Reading(page, engine_alone(page))
        for page in pages
        if ((page.expected or {})["template"] not in ("generic", "second opinion")) is sited
    )


def engine_alone(page: Recorded) -> Article | None:
    try:
        return extract(page.body, page.url, encoding=page.charset, sites=False)
    except ExtractionError:
        return None


def known(page: Recorded, key: str) -> list[str]:
    return list((page.expected or {}).get(key) or [])


def test_bodies_hold_their_level() -> None:
    verdicts = {r.page.url: judge("\n".join(known(r.page, "body")), r.body) for r in readings()}
    score = total(list(verdicts.values()))
    told = "\n".join(f"{url}: {v}" for url, v in verdicts.items() if not v.exact or v.leaked)
    assert score.f1 >= F1, told
    assert score.exact >= EXACT, told
    assert score.leaked <= LEAKED, told
    assert score.missing <= MISSING, told


def test_bodies_of_publishers_with_a_site_file_hold_their_level() -> None:
    score = total([judge("\n".join(known(r.page, "body")), r.body) for r in readings(sited=True)])
    assert score.f1 >= SITED_F1


def test_noise_is_taken_out_under_its_label() -> None:
    lines = sum(len(known(reading.page, "removed")) for reading in readings())
    wrong = [line for reading in readings() if known(reading.page, "removed") for line in reading.wrong("removed")]
    assert lines >= 20, "too few recordings say what is noise"
    assert len(wrong) <= (1 - NOISE) * lines, "\n".join(wrong)


@pytest.mark.parametrize("field", FIELDS)
def test_fields_hold_their_level(field: str) -> None:
    told = [reading for reading in readings() if field in (reading.page.expected or {})]
    wrong = [line for reading in told for line in reading.wrong(field)]
    assert len(told) >= 5, f"too few recordings say what {field} must be"
    assert len(wrong) <= (1 - FIELDS[field]) * len(told), "\n".join(wrong)
