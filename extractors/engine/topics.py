"""What a page says that its article is about: its section and its tags, without what only machines read."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from extractors.engine.data.schema import objects_in, text_of, types_of
from extractors.engine.prose import key_of, word_count
from extractors.page import Page

_SECTIONS = 3  # names with commas between them that may still be one: "Arts, Books, and Music"
_LONGEST = 4  # words of a section among the steps to an article, whose last is the article
_MANY = 40  # tags
_KEYED = 3  # tags of a key and a value, from which on a page's are of its publishing system
_UNSET = frozenset(
    """null undefined none unknown default tag tags post posts page pages article articles index uncategorized
    uncategorised""".split()
)  # what a publishing system calls a page that is in no section
# "@river", "/article", "www.gazette.example", "type_news", "PACKAGE:WORLD-NEWS", a number of a database.
_MACHINE = re.compile(
    r"[@_/].*|www\..*|\S*://.*|[a-z0-9-]+(?:_[a-z0-9-]+)+|[\w.-]{2,}:[^\s:].*|[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}",
    re.ASCII,
)
_PAIR = re.compile(r"[\w.-]{2,}(?: [\w-]+)?: \S.*")


def section_of(page: Page, article: dict[str, Any], *names: str | None) -> tuple[str | None, str | None]:
    """Return the article's section and its source; one called as the article or the outlet (`names`) is none."""
    told = page.first("article:section", "og:article:section", "parsely-section", "sailthru.section")
    others = {key_of(name) for name in names if name}
    for value, source in (
        (told, "meta article:section"),
        (text_of(article.get("articleSection")), "json-ld articleSection"),
        (_crumb(page, others), "json-ld BreadcrumbList"),
    ):
        section = _first(text_of(value))
        if section and section.lower() not in _UNSET and key_of(section) not in others:
            return section, source
    return None, None


def _crumb(page: Page, others: Container[str]) -> str | None:
    """Return the last step of the way from the front page to the article that is neither of the two."""
    trail = next((item for item in page.jsonld if "BreadcrumbList" in types_of(item)), {})
    for step in reversed(objects_in(trail.get("itemListElement"))[1:]):
        place = next(iter(objects_in(step.get("item"))), {"@id": step.get("item")})
        name = text_of(step.get("name")) or text_of(place.get("name")) or ""
        address = text_of(place.get("@id") or place.get("url")) or page.url  # the last step need not say where it is
        if _path(address) != _path(page.url) and 0 < word_count(name) <= _LONGEST and key_of(name) not in others:
            return name if name.lower() not in _UNSET else None
    return None


def _path(url: str) -> str:
    return url.partition("//")[2].partition("/")[2].partition("?")[0].partition("#")[0].strip("/")


def _first(told: str | None) -> str | None:
    """Return a section as told, or the first of a list of them; None for an address."""
    if not told or "://" in told:
        return None
    sections = told.strip(" ,").split(",")
    named = [section.strip() for section in sections]
    listed = (
        len(sections) > _SECTIONS or len(set(named)) < len(named) or not all(s.startswith(" ") for s in sections[1:])
    )
    return (sections[0] if listed else ",".join(sections)) or None


def tags_of(page: Page, article: dict[str, Any]) -> tuple[str, ...]:
    """Return the words that the page gives its article, in order."""
    found = list(page.meta.get("article:tag", ()))
    if not found:
        words = article.get("keywords") or page.first("news_keywords", "keywords") or ()
        found = [w for w in words if isinstance(w, str)] if isinstance(words, list | tuple) else [str(words)]
    tags = [text for word in found if (text := text_of(word))]
    if len(tags) == 1:
        tags = [text for word in tags[0].split("," if "," in tags[0] else ";") if (text := word.strip())]
    tags = [tag for tag in tags if not _MACHINE.fullmatch(tag)]
    if sum(_PAIR.fullmatch(tag) is not None for tag in tags) >= _KEYED:
        tags = [tag for tag in tags if not _PAIR.fullmatch(tag)]
    return tuple(dict.fromkeys(tags))[:_MANY]
