"""The way of a page on one screen: page -> template -> blocks -> fields -> Article."""

from __future__ import annotations

from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from extractors.article import Article, Block, Hints, Label
from extractors.errors import MissingFieldError, UnsupportedContentError


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
    """Placeholder of the first hour."""
    if not html:
        raise UnsupportedContentError("the page is empty")
    tree = LexborHTMLParser(html)
    blocks = tuple(Block(p.text().strip(), Label.BODY, i) for i, p in enumerate(tree.css("p")))
    if not blocks:
        raise MissingFieldError("no body found")
    h1 = tree.css_first("h1")
    return Article(url=url, headline=h1.text() if h1 else None, blocks=blocks)


def clean(text: str, *, url: str | None = None) -> Article:
    """Placeholder of the first hour."""
    return Article(url=url, blocks=tuple(Block(t, Label.BODY, i) for i, t in enumerate(text.splitlines()) if t.strip()))
