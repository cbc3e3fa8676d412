"""The nouns: what an article is made of, and their one JSON form. Those of its text are in `block`.

Frozen, and without behaviour of their own. The worker, the store, cassettes and exports all speak
`Article.as_dict()`; `Article.from_dict()` is its inverse. How a page becomes one of these is told in `extraction`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, Self

from extractors.block import Block, Entry, entries_of, iso_of, join_body, parse_when
from extractors.label import BODY_LABELS, FIELD_LABELS, Label

__all__ = [
    "BODY_LABELS", "FIELD_LABELS", "Article", "Block", "Entry", "Hints", "Image", "Label", "Translation", "join_body",
    "parse_when",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article. `url` is that of its largest file, None where the text only tells of it."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """A headline and summary that somebody else put into another language."""

    language: str
    headline: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What a caller knows of a page from elsewhere; the engine weighs it and never needs it."""

    titles: frozenset[str] = frozenset()  # headlines of other pages of the site
    recurring: frozenset[str] = frozenset()  # lines that stand on many pages of the site
    published: datetime | date | None = None  # the feed's date
    summary: str | None = None  # the feed's summary
    headline: str | None = None  # the feed's headline
    language: str | None = None  # the tag that the feed, or the news sitemap, gives


_TOLD_APART = frozenset({"blocks", "body"})  # the blocks say the body
_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})  # most values are


@cache
def _names(noun: Any) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(noun))


@cache
def _values(noun: Any) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*_names(noun))


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: dates as ISO 8601, tuples as lists, dataclasses as objects."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        noun = type(value)
        pairs = zip(_names(noun), _values(noun)(value), strict=True)
        return {n: v if type(v) in _AS_THEY_ARE else _plain(v) for n, v in pairs if v is not None and v != ()}
    return value


def _told(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return blocks as JSON has them."""
    return [block.as_dict() for block in blocks]


_DATES = {"serializer": iso_of}  # Scrapy's feeds ask the field; their own form would drop the zone
_DEEP = {"serializer": _plain}


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says. `body`, the fields and `removed` partition `blocks` by label; nothing is lost.

    `url` is where we got the page (None for text), `canonical_url` what the page calls itself. `published` and
    `modified` are a `datetime` (naive where the page gives no zone), a `date` where it gives no time, or None.
    `template` is "generic", "second opinion", or the name of the site class that read the page; `agreement` is the
    share (0 to 1) of words on which that class and the engine agree, and `missed` names the fields for which that class
    has a selector that finds nothing on the page: they are the engine's. `corrections` are the notes on what was
    changed, `disclosures` those on interests and on how the text was made; `machine_translated` and `affiliate` tell
    that the page says so of the text and of its links, `sponsored` that somebody paid for it. `paywalled` is None where
    the page does not say; `visible_share` is the share (0 to 1) of a paywalled text that the page shows, where it says
    how much there is. `sources` says for each field where it came from.
    """

    url: str | None
    headline: str | None = None
    body: str = field(init=False, default="")  # paragraphs joined by a blank line
    kicker: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    contributors: str | None = None
    dateline: str | None = None
    outlet: str | None = None
    site: str | None = None
    published: datetime | date | None = field(default=None, metadata=_DATES)
    modified: datetime | date | None = field(default=None, metadata=_DATES)
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    canonical_url: str | None = None
    next_url: str | None = None  # the next part of a story in several pages
    images: tuple[Image, ...] = field(default=(), metadata=_DEEP)
    translations: tuple[Translation, ...] = field(default=(), metadata=_DEEP)
    corrections: tuple[str, ...] = ()
    disclosures: tuple[str, ...] = ()
    machine_translated: bool = False
    affiliate: bool = False
    sponsored: bool = False
    paywalled: bool | None = None
    visible_share: float | None = None
    template: str = "generic"
    agreement: float | None = None
    missed: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict, hash=False)
    warnings: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), metadata={"serializer": _told})

    def __post_init__(self) -> None:
        object.__setattr__(self, "body", join_body(self.blocks))

    @property
    def removed(self) -> tuple[Block, ...]:
        """The blocks that are neither body nor a field, each with its label and reason."""
        return tuple(b for b in self.blocks if b.label not in BODY_LABELS and b.label not in FIELD_LABELS)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of a live blog in the page's order; empty for any other article."""
        return entries_of(self.blocks)

    def as_dict(self, *, blocks: bool = True) -> dict[str, Any]:
        """Return the JSON form: every field, dates as ISO 8601; without `blocks` and body where they go another way."""
        noun: Any = type(self)
        return {
            name: _told(self.blocks) if name == "blocks" else _plain(getattr(self, name))
            for name in _names(noun)
            if blocks or name not in _TOLD_APART
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], blocks: Iterable[Block] | None = None) -> Self:
        """Read the JSON form back; `blocks` are its blocks where it has none itself.

        Raises:
            ValueError, TypeError, KeyError: `data` is not what `as_dict` gives.
        """
        values: dict[str, Any] = {
            name: tuple(v) if isinstance(v, list) else v for name, v in data.items() if name != "body"
        }
        values["published"], values["modified"] = (parse_when(data.get(k)) for k in ("published", "modified"))
        values["images"] = tuple(Image(**i) for i in data.get("images") or ())
        values["translations"] = tuple(Translation(**t) for t in data.get("translations") or ())
        values["blocks"] = tuple(map(Block.from_dict, data.get("blocks") or ()) if blocks is None else blocks)
        return cls(**values)
