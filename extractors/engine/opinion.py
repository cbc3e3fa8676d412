"""Second opinion: trafilatura, asked only where the engine is unsure of what it found.

Its answer is never copied: the runs of the page that it kept say where the story stands, and the engine labels them.
"""

from __future__ import annotations

from typing import Any

from extractors.engine.cards import story_beside
from extractors.engine.claim import around_claim
from extractors.engine.data.schema import told_by
from extractors.engine.fields import Fields
from extractors.engine.lexicon import Lexicon
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.pictures.captions import essay_of
from extractors.engine.prose import key_of
from extractors.engine.recipe import around_recipe
from extractors.engine.region import around_told, region_of
from extractors.engine.settling.threads import story_above
from extractors.engine.weight import weigh
from extractors.page import Page
from extractors.text import fold

SMALL = 260.0  # characters of prose that a story has at least, where the page has much more
SHARE = 0.2  # of the page's prose that a region holds at least, to be sure of it


def find_region(
    page: Page, outline: Outline, data: dict[str, Any], fields: Fields, lexicon: Lexicon
) -> tuple[Box | None, str]:
    """Return the region and whose choice it is: "generic", or "second opinion" where the engine was unsure."""
    title = key_of(fields.heading or "")
    told = told_by(data)
    weigh(outline, title, told)
    region = around_claim(outline, around_told(outline, region_of(outline), told), fields.review)
    region = around_recipe(outline, region, fields.recipe)
    if (above := story_above(outline, region, lexicon)) is not None:
        return above, "generic"
    if (essay := essay_of(outline, region)) is not None:
        return essay, "generic"
    if region is not None and (short := story_beside(outline, region, title)) is not None:
        return short, "generic"
    if not outline.runs or not is_unsure(outline, region) or not (text := _trafilatura(page)):
        return region, "generic"
    weigh(outline, title, text)
    return region_of(outline), "second opinion"


def is_unsure(outline: Outline, region: Box | None) -> bool:
    """Tell whether the region is too small beside the rest of the page's prose to be believed."""
    page = outline.boxes[0].mass
    return region is None or (region.mass < SMALL and region.mass < SHARE * page)


def _trafilatura(page: Page) -> str:
    """Return the text that trafilatura keeps of the page, on one line; empty where it finds none."""
    from trafilatura import extract  # half a second to import: only for the pages that need it

    return fold(extract(page.body.html or "", favor_recall=True, include_comments=False) or "")
