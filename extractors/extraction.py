"""The way of a page on one screen: page -> outline -> fields -> region -> blocks -> Article.

That of a page which a site file knows is told in `template`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from types import NoneType
from typing import Any

from extractors.article import Article, Hints
from extractors.engine import plain
from extractors.engine.assembly import Found, assemble
from extractors.engine.blocks import pieces_of
from extractors.engine.data.embedded import embedded_story
from extractors.engine.data.schema import article_of
from extractors.engine.fields import fields_of
from extractors.engine.kinds.refusal import refuse_other_kinds
from extractors.engine.language import language_in
from extractors.engine.lexicon import lexicon_for
from extractors.engine.markup.ground import ground_of
from extractors.engine.markup.walk import outline_of
from extractors.engine.opinion import find_region
from extractors.engine.prose import key_of
from extractors.errors import MissingFieldError
from extractors.page import Page
from extractors.registry import template_of
from extractors.site import Site
from extractors.template import by_template
from extractors.text import fold


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
        url: where it was got, "" if nobody knows; its host finds the site file, relative links are resolved against it.
        fetched_at: when it was got; a page dated later gets a warning. It filters nothing.
        encoding: the charset of the HTTP header, believed only where the bytes agree.
        sites: False for the generic engine alone.
        check: False to leave out the engine's run beside a template; `agreement` is then None, and a template is
            believed that finds but a part of the story.
        hints: what the caller knows from elsewhere: the listing's date, title and language, titles of the site's other
            pages. A field that only they fill has the source "listing"; a date of which the page tells the day and the
            listing the time of it, the page's and ", listing".

    Raises:
        NotArticleError: the page is of another kind, which `kind` names.
        UnsupportedContentError: there is no page in these bytes, or a hostile one.
        MissingFieldError: an article page without a body.
        SiteError: the site file of this page is wrong; AmendError: its code fails at this page.
        TypeError: an argument is not what it should be.
    """
    _expect("html", html, bytes, str)
    _expect("url", url, str)
    _expect("fetched_at", fetched_at, datetime, NoneType)
    _expect("hints", hints, Hints, NoneType)
    _expect("hints.published", hints and hints.published, date, NoneType)
    page = Page.parse(html, fold(url), encoding=encoding)
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
    article = by_template(page, *fit, data, hints, fetched_at, check=check)
    if article is not None:
        return article
    article = _by_engine(page, data, hints, fetched_at)
    aside = f"{type(fit[0]).__name__} of the site file was left aside: it finds too little of the story"
    return replace(article, warnings=(*article.warnings, aside))


def _by_engine(page: Page, data: dict[str, Any], hints: Hints, fetched_at: datetime | None) -> Article:
    """Read a page as one of any site."""
    outline = outline_of(ground_of(page))
    if outline.templated and (whole := page.with_open_roots()) is not None:
        return _by_engine(whole, data, hints, fetched_at)
    language = language_in(page, outline, hints.language)
    lexicon = lexicon_for(language)
    fields = fields_of(page, data, outline, lexicon)
    region, name = find_region(page, outline, data, fields, lexicon)
    if told := embedded_story(page, data, outline, region, key_of(fields.headline or "")):
        outline, region = told.outline, told.region
        fields = fields.filled(page, data, told.beside, lexicon)
        fields.sources["body"] = told.source
    refuse_other_kinds(page, outline, data, region, language, hints.headline)
    if region is None:
        raise MissingFieldError("no body: the page has no text that reads like a story")
    pieces = pieces_of(outline, region, fields.known(hints), lexicon)
    return assemble(Found(page, data, outline, region, pieces, fields, language, lexicon, name, hints, fetched_at))


def clean(text: str, *, url: str | None = None) -> Article:
    """Turn text that another scraper left noisy into an article: lines labelled, fields found, nothing lost.

    Raises:
        UnsupportedContentError: there is no text.
        TypeError: an argument is not what it should be.
    """
    _expect("text", text, str)
    _expect("url", url, str, NoneType)
    return plain.article_of(text, fold(url or "") or None)


def _expect(name: str, given: object, *kinds: type) -> None:
    """Refuse what would go wrong deep inside, or worse, come out again as a field."""
    if not isinstance(given, kinds):
        wanted = " or ".join("None" if kind is NoneType else kind.__name__ for kind in kinds)
        raise TypeError(f"{name} must be {wanted}, not {type(given).__name__}")
