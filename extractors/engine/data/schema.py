"""The page's own data about its article: the JSON-LD object that describes it, read defensively.

JSON-LD is a candidate like any other; which candidate wins is decided where the field is made (`headline`, `byline`,
`dates`, `images`). Values may be text, lists or objects at every level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from extractors.engine.prose import key_of
from extractors.page import Page
from extractors.text import fold

_ARTICLE = re.compile(
    r"(?:^|/)(?:[A-Za-z]*NewsArticle|Article|BlogPosting|LiveBlogPosting|Report|Review|[A-Za-z]*Article|SocialMediaPosting)$"
)
_LONGEST_STORY = 100_000  # characters
_LONGEST = 10_000  # characters of any other value: stores and terminals print them whole
_TAG = re.compile(r"<[^<>]{1,200}>")
_CLAIM = 20  # characters of the key of a claim, which no other line of the page can be


def types_of(item: dict[str, Any]) -> list[str]:
    """Return the types of a JSON-LD object."""
    kind = item.get("@type")
    return [str(k) for k in kind] if isinstance(kind, list) else [str(kind)] if kind else []


def article_of(page: Page) -> dict[str, Any]:
    """Return the JSON-LD object of the page's article, or an empty one.

    Where several stand on the page, the one with most of headline, author, date and body is it.
    """
    found: list[dict[str, Any]] = []
    for item in page.jsonld:
        found += [part for part in (item, *_inside(item)) if any(_ARTICLE.search(t) for t in types_of(part))]
    if not found:
        return {}
    return max(
        found, key=lambda item: sum(bool(item.get(k)) for k in ("headline", "author", "datePublished", "articleBody"))
    )


def _inside(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("mainEntity", "mainEntityOfPage", "hasPart"):
        value = item.get(key)
        if isinstance(value, dict):
            yield value


def text_of(value: Any, longest: int = _LONGEST) -> str | None:
    """Return a JSON-LD value as one line of plain text, markup and character references resolved; no longer one."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("headline")
    if not isinstance(value, str):
        return None
    value = unescape(value)
    text = fold(_TAG.sub(" ", value) if "<" in value else value)
    return text if 0 < len(text) <= longest else None


def told_by(article: dict[str, Any]) -> str:
    """Return the article's text as its data tell it, on one line; none that is longer than any story.

    Each line of a page is looked for in it.
    """
    return text_of(article.get("articleBody"), _LONGEST_STORY) or ""


def names_of(value: Any) -> list[tuple[str, str]]:
    """Return (name, type) of a JSON-LD author or publisher value; a plain string has an empty type."""
    names: list[tuple[str, str]] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            name = item.get("name")
            kind = (types_of(item) or [""])[0]
            names += [(text, kind) for n in (name if isinstance(name, list) else [name]) if (text := text_of(n))]
        elif text := text_of(item):
            names.append((text, ""))
    return names


def named_in(page: Page, item: dict[str, Any], key: str) -> list[tuple[str, str]]:
    """Return (name, type) of a JSON-LD object's authors or publisher; where it refers to an object of the page, its."""
    value = item.get(key)
    named: list[tuple[str, str]] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and "://" in one:
            one = {"@id": one}
        named += names_of(_full(one, page) if isinstance(one, dict) and not one.get("name") else one)
    return named


def _full(item: dict[str, Any], page: Page) -> dict[str, Any]:
    """Return the object of the page that a reference means, with the parts of its name put together."""
    if identity := item.get("@id"):
        item = next((other for other in page.jsonld if other.get("@id") == identity and other.get("name")), item)
    parts = [text for key in ("givenName", "familyName") if (text := text_of(item.get(key)))]
    return {**item, "name": " ".join(parts)} if parts and not item.get("name") else item


def pictures_in(value: Any) -> list[str]:
    """Return the addresses of a JSON-LD image value."""
    told = [v.get("url") or v.get("contentUrl") if isinstance(v, dict) else v for v in _listed(value)]
    return [address for address in told if isinstance(address, str)]


def objects_in(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a JSON-LD value that may be one, a list of them, or something else."""
    return [v for v in _listed(value) if isinstance(v, dict)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class Review:
    """The claims that a fact-check is about and its verdicts, as keys."""

    claims: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()


def review_of(page: Page) -> Review:
    """Return what the page's data tells of claims."""
    reviews = [item for item in page.jsonld if item.get("claimReviewed")]
    claims = [key_of(text_of(item["claimReviewed"]) or "") for item in reviews]
    ratings = [rating for item in reviews for rating in objects_in(item.get("reviewRating"))]
    verdicts = [key_of(text_of(rating.get("alternateName")) or "") for rating in ratings]
    return Review(frozenset(key for key in claims if len(key) > _CLAIM), frozenset(filter(None, verdicts)))
