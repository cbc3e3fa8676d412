"""Whom a page declares to be its authors: its data, its meta elements, elements marked as an author's.

Which of them is believed is decided in `byline`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from extractors.engine.data.schema import named_in, types_of
from extractors.engine.lexicon import Lexicon, lexicon_for
from extractors.engine.markup.hints import hints_of
from extractors.engine.people.house import Outlet
from extractors.engine.people.likeness import PERSON
from extractors.engine.people.line import calls_author, is_others_label
from extractors.engine.people.names import NONE, Names, names_in
from extractors.engine.people.openers import after_opening
from extractors.engine.people.places import OTHERS
from extractors.engine.prose import key_of
from extractors.page import Page
from extractors.text import fold

META = (
    "author", "article:author", "byl", "byline", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "dc.contributor", "article.author", "vr:author", "og:article:author", "article:author_name", "authors", "creator",
    "cxenseparse:author", "citation_author", "mediator_author", "article-author", "tweetmeme-author",
    "shareaholic:article_author_name",
)  # fmt: skip
_BODIES = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})  # types of author that are no people
_CALLED = "[class*='author' i]:not([class*='comment' i]), [class*='byline' i]"
_CARD = ":is(h2, h3, h4) a, a :is(h2, h3, h4)"  # the linked headline of a story, which another's page has not
_MANY, _ABOVE = 8, 8  # elements that are looked at, ancestors of one
OWN, ACCOUNT = "json-ld author", "json-ld author, by reference"
SHARED = "meta twitter:data1"  # of the card that other pages show of this one
_TITLE = 15  # characters of a headline that cannot be another's beginning
_LONGEST = 160  # characters of an element marked as the author's


def declared_by(page: Page, article: dict[str, Any], lexicon: Lexicon) -> Iterator[tuple[list[str], str, bool]]:
    """Return author strings, where they stand, and whether the page says that they are of a person."""
    named = named_in(page, article, "author")
    people = [name for name, kind in named if kind not in _BODIES]
    if bodies := [name for name, kind in named if kind in _BODIES]:
        yield bodies, "", False  # no people, but perhaps an agency
    yield people, ACCOUNT if _is_account(article.get("author")) else OWN, any(k.lower() == "person" for _, k in named)
    for name in META:
        if contents := page.meta.get(name):
            yield list(contents), f"meta {name}", False
    if writer := _labelled(page, lexicon):
        yield [writer], SHARED, False
    yield _marked(page), "marked as author", False
    for item in page.jsonld:
        if "WebPage" in types_of(item) and item.get("author"):
            yield [name for name, _ in named_in(page, item, "author")], "json-ld author of the page", True


def _labelled(page: Page, lexicon: Lexicon) -> str | None:
    """Return what the page's card calls "Written by", in the page's language or in English."""
    label = page.first("twitter:label1")
    said = label and any(after_opening(f"{label} ", told) == "" for told in (lexicon, lexicon_for("en")))
    return page.first("twitter:data1") if said else None


def _is_account(author: Any) -> bool:
    """Tell whether an author value refers to an object of the page, as a publishing system's accounts are told."""
    values = author if isinstance(author, list) else [author]
    return any(isinstance(v, dict) and "@id" in v and "@type" not in v for v in values)


def _marked(page: Page) -> list[str]:
    """Return the texts of the elements marked as the author's: the first, and those that stand beside it."""
    texts: list[str] = []
    nodes = page.properties.get("author", [])
    around: set[int] = set()
    for node in nodes[:_MANY]:
        if _is_of_another(node, page):
            continue
        inside = node.css("[itemprop~='name']") or [node]
        found = [fold(n.attributes.get("content") or n.text()) for n in inside]
        found = [text for text in found if 1 < len(text) < _LONGEST]
        parents = {p.mem_id for p in (node.parent, node.parent.parent if node.parent else None) if p is not None}
        if texts and not parents & around:
            break
        if found:
            around |= parents
            texts += found
    return texts


def called(page: Page, lexicon: Lexicon, site: Outlet) -> Names:
    """Return the people whom elements name whose class calls them an author's, where these agree, in all the page.

    Asked only where all else is silent; those in teasers and comments are of others.
    """
    found = NONE
    label = False
    for node in page.body.css(_CALLED)[:_MANY]:
        if not calls_author(node.attributes.get("class") or "") or _is_of_another(node, page):
            continue
        text = fold(node.text(separator=" "))
        of_others, label = label, is_others_label(text)
        if of_others or label:
            continue
        if 1 < len(text) < _LONGEST and (names := names_in(text, lexicon, site)).rank == PERSON:
            if found.people and not are_shared(names, found):
                return NONE  # those of other stories
            found = found if found.people else names
    return found


def _is_of_another(node: LexborNode, page: Page) -> bool:
    """Tell whether an element stands in a comment, a quotation or another story's card, below what has the heading."""
    here: LexborNode | None = node
    own = key_of(node.text())
    for _ in range(_ABOVE):
        if here is None or page.heading is None:
            return False
        if (over := _title_over(here)) is not None and over.mem_id != page.heading.mem_id:
            return key_of(over.text()) not in key_of(page.first("og:title") or page.title or "")
        if here.css_first("h1") is not None:
            return False
        headlines = (key_of(headline.text()) for headline in here.css(_CARD))
        if listed := next((key for key in headlines if key not in own), None):  # the name may be set as a heading
            told = key_of(page.first("og:title") or "")  # the story may be listed on its own page
            return listed != key_of(page.heading.text()) and not (len(listed) > _TITLE and told.startswith(listed))
        if here.tag == "blockquote" or not OTHERS.isdisjoint(hints_of(here.attributes.get("class") or "")[0]):
            return True
        here = here.parent
    return False


def _title_over(node: LexborNode) -> LexborNode | None:
    """Return the heading of a story right over an element: the nearest `h1`, alone in its box."""
    before = node.prev
    for _ in range(_ABOVE):
        if before is None:
            break
        if before.tag != "-text" and (titles := before.css("h1")):  # itself among them
            return titles[-1] if key_of(before.text()) == key_of(titles[-1].text()) else None
        before = before.prev
    return None


def are_shared(printed: Names, declared: Names) -> bool:
    """Tell whether a declared name stands in a printed one."""
    keys = [key_of(name) for name in printed.people]
    return any(key_of(name) in key for name in declared.people for key in keys)
