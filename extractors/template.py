"""The way of a page that a site file's template reads, and what the engine makes of it beside the template."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from extractors.article import Article, Hints
from extractors.engine.assembly import Found, agreement_of, assemble, has_words, is_part
from extractors.engine.blocks import pieces_of
from extractors.engine.data.schema import told_by
from extractors.engine.fields import Fields, fields_of
from extractors.engine.kinds.refusal import ASKING, refuse_other_kinds
from extractors.engine.language import language_in
from extractors.engine.lexicon import Lexicon, lexicon_for
from extractors.engine.markup.ground import Ground, ground_around, ground_of
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.markup.walk import outline_of
from extractors.engine.opinion import find_region
from extractors.engine.pieces import Piece
from extractors.engine.prose import key_of
from extractors.engine.region import enclosing
from extractors.engine.weight import measure
from extractors.errors import NotArticleError
from extractors.page import Page
from extractors.site import Site, amended, marks_of, missed, selected


def by_template(
    page: Page,
    template: Site,
    story: list[LexborNode],
    data: dict[str, Any],
    hints: Hints,
    fetched_at: datetime | None,
    *,
    check: bool,
) -> Article | None:
    """Read a page with a template, whose `body` matches the nodes `story`; None where too little of the story is there.

    Only the story and what stands between it and the heading are walked, and no region is looked for.
    """
    ground = ground_around(page, story)
    marks = marks_of(template, story, ground.root)
    outline = outline_of(ground, marks)
    box = enclosing(outline, marks)
    if box is None:
        return None
    language = language_in(page, outline, hints.language)
    lexicon = lexicon_for(language)
    fields = fields_of(page, data, outline, lexicon)
    measure(outline, key_of(fields.heading or ""), told_by(data))
    _refuse_other_kinds(page, outline, data, box, fields, hints, lexicon, language)
    texts = selected(template, page)
    own = fields.overridden(texts, lexicon)
    pieces = pieces_of(outline, box, own.known(hints), lexicon, marks)
    if not has_words(pieces):
        return None
    name, agreement = type(template).__name__, None
    if check:
        alone = _alone(page, data, fields, hints, lexicon)
        if is_part(pieces, alone, own):
            return None
        agreement = agreement_of(alone, pieces)
    found = Found(page, data, outline, box, pieces, own, language, lexicon, name, hints, fetched_at, agreement)
    found.missed = missed(template, texts, own.sources)
    return amended(template, assemble(found), page)


def _refuse_other_kinds(
    page: Page,
    outline: Outline,
    data: dict[str, Any],
    box: Box,
    fields: Fields,
    hints: Hints,
    lexicon: Lexicon,
    language: str | None,
) -> None:
    """Refuse a page of another kind in which a template's story stands; the opening of a paid story asks for a login.

    What asks is told from a whole page that does by all of the page's text.
    """
    try:
        refuse_other_kinds(page, outline, data, box, language, hints.headline)
    except NotArticleError as error:
        if error.kind not in ASKING:
            raise
        whole = outline_of(Ground(page.body))
        region, _ = find_region(page, whole, data, fields, lexicon)
        refuse_other_kinds(page, whole, data, region, language, hints.headline)


def _alone(page: Page, data: dict[str, Any], fields: Fields, hints: Hints, lexicon: Lexicon) -> list[Piece]:
    """Return what the engine alone makes of a page that a template reads; empty where it finds no story."""
    outline = outline_of(ground_of(page))
    region, _ = find_region(page, outline, data, fields, lexicon)
    return pieces_of(outline, region, fields.known(hints), lexicon) if region is not None else []
