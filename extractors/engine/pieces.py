"""A run of the region on its way to become a block, and what the fields already know of the page."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from extractors.article import Label
from extractors.engine.lines import Line
from extractors.engine.runs import Run

_HOST = re.compile(r"(?:[A-Za-z][\w+.-]*:)?//(?:[^/?#@]*@)?([^/?#:@\[\]]+)")
_STORY = (Label.BODY, Label.QUOTE, Label.LIST, Label.TABLE)


@dataclass(slots=True)
class Piece:
    """A run of the region on its way to become a block."""

    run: Run
    line: Line
    label: Label = Label.BODY
    why: tuple[str, ...] = ()
    entry: int | None = None  # of a live blog

    @property
    def story(self) -> bool:
        """Whether it is text of the story, headings apart."""
        return self.label in _STORY

    def set(self, label: Label, *why: str) -> None:
        """Label the piece anew."""
        self.label, self.why = label, why


@dataclass(slots=True)
class Known:
    """What the fields already know when blocks are judged: texts, each None or empty where unknown."""

    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    outlet: str | None = None
    site: str | None = None  # the name that its addresses share: `bbc`
    titles: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()


def site_name(url: str) -> str | None:
    """Return the name that a site's addresses share under whichever suffix: the label before the public suffix.

    >>> site_name("https://www.example.co.uk/news"), site_name("https://m.example.com/"), site_name("/news")
    ('example', 'example', None)
    """
    host = _HOST.match(url)
    labels = host[1].lower().split(".") if host else []
    if len(labels) < 2:
        return None
    return labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 and labels[-3] != "www" else labels[-2]


def lead_away(hrefs: Collection[str], site: str | None) -> bool:
    """Tell whether every one of these links leads to another site.

    >>> lead_away(["https://shop.example/1"], "news"), lead_away(["/about", "https://shop.example/1"], "news")
    (True, False)
    """
    return bool(hrefs) and all(
        href.startswith(("http://", "https://", "//")) and site_name(href) not in (None, site) for href in hrefs
    )
