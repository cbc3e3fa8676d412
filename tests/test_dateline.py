"""The dateline: place and wire service are fields, and every word of it stays in the body."""

from __future__ import annotations

import pytest

from extractors import Label, clean
from tests.gazette import STORIES, STORY, page, paragraphs, read

OPENINGS = [
    ("en", "SALTMOUTH (Reuters) — ", "SALTMOUTH", "Reuters"),
    ("en", "SALTMOUTH, March 4 (Reuters) - ", "SALTMOUTH", "Reuters"),
    ("en", "SALTMOUTH, Wales, March 4, 2026 (AP) - ", "SALTMOUTH, Wales", "AP"),
    ("en", "(Reuters) - ", None, "Reuters"),
    ("en", "Gull Point, May 4 (PTI) ", "Gull Point", "PTI"),
    ("en", "SALTMOUTH – ", "SALTMOUTH", None),
    ("de", "Salzmund/Ostufer (dpa) - ", "Salzmund/Ostufer", "dpa"),
    ("de", "Salzmund (dpa/lno) – ", "Salzmund", "dpa"),
    ("de", "Salzmund (KNA) ", "Salzmund", "KNA"),
    ("de", "Salzmund (epd). ", "Salzmund", "epd"),
    ("es", "Bocasal, 3 mar (EFE).- ", "Bocasal", "EFE"),
    ("es", "BOCASAL, 4 Mar. (EUROPA PRESS) - ", "BOCASAL", "EUROPA PRESS"),
    ("es", "(EFE).- ", None, "EFE"),
    ("it", "(ANSA) - SALINA, 04 MAR - ", "SALINA", "ANSA"),
    ("he", "נמל המלח (רויטרס) - ", "נמל המלח", "רויטרס"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "opening", "place", "agency"), OPENINGS)
def test_a_dateline_names_place_and_agency(language: str, opening: str, place: str | None, agency: str | None) -> None:
    story = STORIES[language]
    told = [opening + story[0], *story[1:]]
    for found in (read(page(paragraphs(*told), language=language)), clean("\n\n".join(told))):
        assert (found.dateline, found.agency) == (place, agency)
        assert found.body == "\n\n".join(told)
        assert [block.text for block in found.blocks if block.label is Label.DATELINE] == [opening.strip()]


@pytest.mark.parametrize(
    "opening",
    [
        "The Associated Press (AP) Reporters of the coast have asked for a pier of their own. ",
        "The harbour master – a man of few words – said that it went down. ",
        "The pier (built in 1871) - all of it - is gone. ",
        "Tern Island, March 4, and nobody is at home. ",
    ],
)
def test_a_sentence_is_no_dateline(opening: str) -> None:
    found = read(page(paragraphs(opening + STORY[0], *STORY[1:])))
    assert (found.dateline, found.agency) == (None, None)
