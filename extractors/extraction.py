"""The way of a page on one screen: page -> template -> blocks -> fields -> Article."""

from __future__ import annotations

from datetime import datetime

from extractors.article import Article, Hints
from extractors.engine.blocks import Known, blocks_of, pieces_of
from extractors.engine.lexicon import lexicon_for
from extractors.engine.region import region_of, weigh
from extractors.engine.runs import outline_of
from extractors.errors import MissingFieldError
from extractors.page import Page


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
    """First."""
    page = Page.parse(html, url, encoding=encoding)
    body = page.tree.body
    if body is None:
        raise MissingFieldError("no body found")
    outline = outline_of(body)
    weigh(outline)
    box = region_of(outline)
    if box is None:
        raise MissingFieldError("no body found")
    h1 = page.tree.css_first("h1")
    head = page.first("og:title") or (h1.text() if h1 else None)
    known = Known(headline=head, description=page.first("og:description", "description"))
    pieces = pieces_of(outline, box, known, lexicon_for((page.tree.root.attributes.get("lang") or "en")[:2]))
    return Article(url=url, headline=head, blocks=blocks_of(pieces))


def clean(text: str, *, url: str | None = None) -> Article:
    """First."""
    raise NotImplementedError
