"""Who wrote the article: people, never the outlet, a role or an address; wire services apart.

Candidates are the page's own data, its meta elements, elements marked as the author's, and the printed byline;
the first that gives a person wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborNode

from extractors.article import Label
from extractors.engine.lexicon import Lexicon, bare, fold_line
from extractors.engine.prose import ends_sentence, key_of
from extractors.engine.runs import Outline, Run
from extractors.engine.schema import names_of
from extractors.page import Page
from extractors.text import fold

META = (
    "author", "article:author", "byl", "byline", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "dc.contributor", "article.author", "vr:author", "og:article:author", "article:author_name", "authors", "creator",
    "cxenseparse:author", "citation_author", "mediator_author", "article-author", "tweetmeme-author",
)  # fmt: skip
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:txt|com|org|net|ru|de|fr|uk|ua|il)\b|[<>{}=_]|\d{3}", re.IGNORECASE)
_DATE_TAIL = re.compile(r"\s*(?:[|•·]|(?:on|updated|published)\b|\d{1,2}[./: ]|\bum\b).*$", re.IGNORECASE)
_EXTRA = re.compile(r"\s*\([^)]{1,60}\)\s*")
_ROLE = re.compile(
    r"[,–—|/]?\s*\b(?:\w+ )?(?:staff writer|reporter|editor|correspondent|columnist|contributor|writer|reviewer"
    r"|redakteurin|redakteur)s?\b.*$",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*(?:[,;|/•·、，]|\s-\s)\s*")
_BODIES = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})  # types of author that are no people
_LONGEST = 60  # characters of a person's name


@dataclass(slots=True)
class Byline:
    """The byline as printed, the people in it, the agency beside them, and where the people came from."""

    line: str | None
    authors: tuple[str, ...]
    agency: str | None
    source: str | None


def byline_of(page: Page, article: dict[str, Any], outline: Outline, outlet: str | None, lexicon: Lexicon) -> Byline:
    """Find the byline, its people and its agency."""
    agency: str | None = None
    for names, source in _candidates(page, article, outline, lexicon):
        authors, wire = people_of(names, outlet, lexicon)
        agency = agency or wire
        if authors:
            return Byline(names[0] if source == "byline" else None, authors, agency, source)
    return Byline(None, (), agency, None)


def _candidates(
    page: Page, article: dict[str, Any], outline: Outline, lexicon: Lexicon
) -> Iterator[tuple[list[str], str]]:
    named = names_of(article.get("author"))
    people = [name for name, kind in named if kind not in _BODIES]
    yield people or [name for name, _ in named], "json-ld author"
    for name in META:
        if contents := page.meta.get(name):
            yield list(contents), f"meta {name}"
    for marked in (_named(page), page.properties.get("author", [])):
        if 0 < len(marked) <= 8:
            yield [fold(n.attributes.get("content") or n.text()) for n in marked], "marked as author"
    if printed := printed_byline(outline.runs, lexicon):
        yield [fold(printed.text)], "byline"


def _named(page: Page) -> list[LexborNode]:
    """Return the names inside the elements marked as the author's."""
    return [name for node in page.properties.get("author", [])[:8] for name in node.css("[itemprop~='name']")]


def printed_byline(runs: Iterable[Run], lexicon: Lexicon) -> Run | None:
    """Return the line printed as a byline: one whose class says so, or that opens as bylines do."""
    opening: Run | None = None
    for run in runs:
        size = len(run.text)
        if not 4 < size < 160:
            continue
        box = run.box
        hinted = Label.BYLINE in box.hints or (box.parent is not None and Label.BYLINE in box.parent.hints)
        opens = run.text[:16].lstrip().casefold().startswith(lexicon.bylines)
        if hinted and (opens or _capitalised(run.text)):
            return run
        if opens and opening is None and size < 90 and _capitalised(run.text) and not ends_sentence(run.text):
            opening = run
    return opening


def _capitalised(text: str) -> bool:
    words = [w for w in text.split() if w[:1].isalpha()]
    return 2 <= len(words) <= 16 and sum(w[0].isupper() or not w[0].islower() for w in words) >= 2


def people_of(names: Iterable[str], outlet: str | None, lexicon: Lexicon) -> tuple[tuple[str, ...], str | None]:
    """Parse people out of raw author strings; return them in order, and the agency named among them."""
    people: dict[str, str] = {}
    agency: str | None = None
    for raw in names:
        if "://" in raw:
            continue
        for part in _split(raw, lexicon):
            name = _person(part)
            folded = bare(fold_line(name))
            if folded in lexicon.agencies:
                agency = agency or name
            elif name and _is_person(name, folded, outlet, lexicon):
                people.setdefault(key_of(name), name)
    return tuple(people.values()), agency


def _split(raw: str, lexicon: Lexicon) -> list[str]:
    text = _EXTRA.sub(" ", fold(raw))
    folded = fold_line(text)
    for opening in lexicon.bylines:
        if folded.startswith(opening):
            text = text[len(opening) :]
            break
    return _SEPARATORS.split(_joiners(lexicon.joiners).sub(", ", text))


@lru_cache(maxsize=64)
def _joiners(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(map(re.escape, words))})\s+")


def _person(part: str) -> str:
    name = _ROLE.sub("", part).strip(" .,:;-–—|*\"'")
    return _DATE_TAIL.sub("", name) if re.search(r"\d", name) else name


def _is_person(name: str, folded: str, outlet: str | None, lexicon: Lexicon) -> bool:
    if not 2 < len(name) <= _LONGEST or _ADDRESS.search(name) or len(name.split()) > 6:
        return False
    if folded in lexicon.staff or any(w in lexicon.staff for w in folded.split()):
        return False
    key, site = key_of(name), key_of(outlet or "")
    return not (site and (key == site or site in key or (len(key) > 5 and key in site))) and any(
        c.isalpha() for c in name
    )
