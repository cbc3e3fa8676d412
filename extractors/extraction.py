"""The way of a page on one screen: page -> template -> blocks -> fields -> Article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from extractors.article import Article, Hints
from extractors.engine import plain
from extractors.engine.assembly import Found, agreement_of, assemble, has_words, is_part
from extractors.engine.blocks import pieces_of
from extractors.engine.data.embedded import embedded_story
from extractors.engine.data.recipes import recipe_of
from extractors.engine.data.schema import article_of, text_of
from extractors.engine.fields import Fields, fields_of
from extractors.engine.kinds import ASKING, refuse_other_kinds
from extractors.engine.language import language_of
from extractors.engine.lexicon import Lexicon, lexicon_for
from extractors.engine.markup.ground import Ground, ground_around, ground_of
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.markup.walk import outline_of
from extractors.engine.opinion import find_region
from extractors.engine.pieces import Piece
from extractors.engine.prose import key_of
from extractors.engine.region import LONG_SAMPLE, enclosing, sample_of
from extractors.engine.weight import weigh
from extractors.errors import MissingFieldError, NotArticleError
from extractors.page import Page
from extractors.registry import template_of
from extractors.site import Site, amended, marks_of, missed, selected


def extract(
    html: bytes | str,
    url: str,
    *,
    fetched_at: datetime | None = None,
    encoding: str | None = None,
    sites: bool = True,
    check: bool = True,
    hints: Hints | None = None,
) -> Article:
    """Turn a page into an article: body, fields, and everything taken out with its reason.

    Args:
        html: the page as the server sent it (better) or as text.
        url: where it was got; its host finds the site file, relative links are resolved against it.
        fetched_at: when it was got; a page dated later gets a warning. It filters nothing.
        encoding: the charset of the HTTP header, believed only where the bytes agree.
        sites: False for the generic engine alone.
        check: False to leave out the engine's run beside a template; `agreement` is then None, and a template is
            believed that finds but a part of the story.
        hints: what the caller knows from elsewhere: the listing's date, title and language, titles of the site's other
            pages. A field that only they fill has the source "listing".

    Raises:
        NotArticleError: the page is of another kind, which `kind` names.
        UnsupportedContentError: there is no page in these bytes, or a hostile one.
        MissingFieldError: an article page without a body.
        SiteError: the site file of this page is wrong.
    """
    page = Page.parse(html, url, encoding=encoding)
    return read(page, fetched_at=fetched_at, sites=sites, check=check, hints=hints)


def read(
    page: Page,
    *,
    fetched_at: datetime | None = None,
    sites: bool | Sequence[Site] = True,
    check: bool = True,
    hints: Hints | None = None,
) -> Article:
    """Do what `extract` does, with a page that is parsed; `sites` may be templates to try in place of its site's."""
    hints = hints or Hints()
    data = article_of(page)
    fit = template_of(page, None if sites is True else sites) if sites else None
    if fit is None:
        return _by_engine(page, data, hints, fetched_at)
    article = _by_template(page, *fit, data, hints, fetched_at, check=check)
    if article is not None:
        return article
    article = _by_engine(page, data, hints, fetched_at)
    aside = f"{type(fit[0]).__name__} of the site file was left aside: it finds too little of the story"
    return replace(article, warnings=(*article.warnings, aside))


def _by_engine(page: Page, data: dict[str, Any], hints: Hints, fetched_at: datetime | None) -> Article:
    """Read a page as one of any site."""
    outline = outline_of(_ground_of(page))
    language = language_of(page, sample_of(outline), lambda: sample_of(outline, LONG_SAMPLE), listed=hints.language)
    lexicon = lexicon_for(language)
    fields = fields_of(page, data, outline, lexicon)
    region, name = find_region(page, outline, data, fields, lexicon)
    if told := embedded_story(page, data, outline, region, key_of(fields.headline or "")):
        outline, region = told.outline, told.region
        fields.sources["body"] = told.source
    refuse_other_kinds(page, outline, data, region, hints.headline)
    if region is None:
        raise MissingFieldError("no body: the page has no text that reads like a story")
    pieces = pieces_of(outline, region, fields.known(hints), lexicon)
    return assemble(Found(page, data, outline, region, pieces, fields, language, lexicon, name, hints, fetched_at))


def _by_template(
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
    language = language_of(page, sample_of(outline), lambda: sample_of(outline, LONG_SAMPLE), listed=hints.language)
    lexicon = lexicon_for(language)
    fields = fields_of(page, data, outline, lexicon)
    weigh(outline, key_of(fields.heading or ""), text_of(data.get("articleBody")) or "")
    _refuse_other_kinds(page, outline, data, box, fields, hints, lexicon)
    texts = selected(template, page)
    own = fields.overridden(texts, lexicon)
    pieces = pieces_of(outline, box, own.known(hints), lexicon, marks)
    if not has_words(pieces):
        return None
    name, agreement = type(template).__name__, None
    if check:
        alone = _alone(page, data, fields, hints, lexicon)
        if is_part(pieces, alone):
            return None
        agreement = agreement_of(alone, pieces)
    found = Found(page, data, outline, box, pieces, own, language, lexicon, name, hints, fetched_at, agreement)
    found.missed = missed(template, texts, own.sources)
    return amended(template, assemble(found), page)


def _refuse_other_kinds(
    page: Page, outline: Outline, data: dict[str, Any], box: Box, fields: Fields, hints: Hints, lexicon: Lexicon
) -> None:
    """Refuse a page of another kind in which a template's story stands; the opening of a paid story asks for a login.

    What asks is told from a whole page that does by all of the page's text.
    """
    try:
        refuse_other_kinds(page, outline, data, box, hints.headline)
    except NotArticleError as error:
        if error.kind not in ASKING:
            raise
        whole = outline_of(Ground(page.body))
        region, _ = find_region(page, whole, data, fields, lexicon)
        refuse_other_kinds(page, whole, data, region, hints.headline)


def _ground_of(page: Page) -> Ground:
    """Return the ground of a page's story; the parts of a recipe may stand anywhere."""
    return Ground(page.body) if recipe_of(page).steps else ground_of(page)


def _alone(page: Page, data: dict[str, Any], fields: Fields, hints: Hints, lexicon: Lexicon) -> list[Piece]:
    """Return what the engine alone makes of a page that a template reads; empty where it finds no story."""
    outline = outline_of(_ground_of(page))
    region, _ = find_region(page, outline, data, fields, lexicon)
    return pieces_of(outline, region, fields.known(hints), lexicon) if region is not None else []


def clean(text: str, *, url: str | None = None) -> Article:
    """Turn text that another scraper left noisy into an article: lines labelled, fields found, nothing lost.

    Raises:
        UnsupportedContentError: there is no text.
    """
    return plain.article_of(text, url)
