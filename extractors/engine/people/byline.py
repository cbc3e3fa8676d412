"""Who wrote the article: people, never the outlet, a role or an address; wire services apart.

Candidates are the page's own data, its meta elements, elements marked as the author's, and the printed byline. How
names are read out of a line is told in `names`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborNode

from extractors.engine.addresses import host_of
from extractors.engine.data.schema import named_in, names_of, text_of, types_of
from extractors.engine.lexicon import Lexicon, lexicon_for
from extractors.engine.markup.hints import hints_of
from extractors.engine.outlet import opened
from extractors.engine.people.agencies import wire_of
from extractors.engine.people.house import Outlet
from extractors.engine.people.likeness import NOBODY, PERSON
from extractors.engine.people.line import Printed, calls_author, is_others_label
from extractors.engine.people.names import NONE, Names, names_in
from extractors.engine.people.openers import after_opening
from extractors.engine.people.places import OTHERS, Print
from extractors.engine.people.signature import line_naming, printed_byline
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
_OWN, _ACCOUNT = "json-ld author", "json-ld author, by reference"
_SHARED = "meta twitter:data1"  # of the card that other pages show of this one
_TITLE = 15  # characters of a headline that cannot be another's beginning
_AND = 5  # characters between two names
_LONGEST = 160  # characters of an element marked as the author's
_LONGEST_NAME = 60  # characters of a desk's name


@dataclass(slots=True)
class Byline:
    """The byline as printed, the people in it, the agency beside them, and where the people came from."""

    line: str | None
    authors: tuple[str, ...]
    agency: str | None
    source: str | None


def byline_of(page: Page, article: dict[str, Any], print_: Print, outlet: str | None, lexicon: Lexicon) -> Byline:
    """Find the byline, its people and its agency."""
    site = _site(page, article, outlet)
    declared = NONE
    source: str | None = None
    agency: str | None = None
    for names, told, owned in _declared(page, article, lexicon):
        found = _together([names_in(name, lexicon, site, owned=owned) for name in names])
        agency = agency or wire_of(found.agency, lexicon)
        if told and found.rank > declared.rank:
            declared, source = found, told
        if declared.rank == PERSON:
            break
    if declared.rank == PERSON and source == _OWN:
        line = line_naming(print_, declared.people)
        if line and len(line) > sum(map(len, declared.people)) + 5:
            told_there = names_in(line, lexicon, site)
            agency = agency or wire_of(told_there.agency, lexicon)
            if told_there.opened and _is_fuller(line, told_there, declared):
                return Byline(line, told_there.people, agency, "byline")
        return Byline(line, declared.people, agency, source)
    silent = declared.rank < PERSON or source == _SHARED
    printed = printed_byline(print_, lexicon, site, silent=silent, account=source == _ACCOUNT)
    if declared.rank == NOBODY and agency is None and (printed is None or not printed.names.people):
        declared, source = _called(page, lexicon, site), "class of the element"
    if printed is None:
        return Byline(None, declared.people, agency, source if declared.people else None)
    agency = agency or wire_of(printed.names.agency, lexicon)
    if _believed(printed, declared, source):
        return Byline(printed.text, printed.names.people, agency, "byline")
    agrees = printed.sure or _shared(printed.names, declared)
    return Byline(printed.text if agrees else None, declared.people, agency, source if declared.people else None)


def people_of(names: Iterable[str], outlet: str | None, lexicon: Lexicon) -> tuple[tuple[str, ...], str | None]:
    """Parse people out of raw author strings; return them in order, and the agency named among them."""
    site = Outlet(frozenset({key_of(outlet)} if outlet else ()))
    found = _together([names_in(name, lexicon, site) for name in names])
    return found.people, found.agency


def credited(texts: Iterable[str], lexicon: Lexicon) -> tuple[tuple[str, ...], str | None]:
    """Return whom texts name that a person has said are the authors' (a site file), and the agency among them.

    Names are read out of lines as ever. A desk, an outlet or an agency stays as well: the site signs so.
    """
    found: dict[str, str] = {}
    agency: str | None = None
    for text in texts:
        names = names_in(text, lexicon)
        whole = after_opening(fold(text), lexicon) or fold(text)
        alone = [whole] if len(whole) <= _LONGEST_NAME and "://" not in whole and "@" not in whole else []
        told = [*names.people, *filter(None, [names.agency])] if names.people else alone
        found |= {key_of(name): name for name in told if key_of(name) not in found}
        agency = agency or names.agency
    return tuple(found.values()), agency


def _together(read: list[Names]) -> Names:
    """Put several author strings together: where some are people's names, the others are none."""
    if len(read) == 1 and len(read[0].people) < 2:
        return read[0]
    rank = max((names.rank for names in read), default=NOBODY)
    people: dict[str, str] = {}
    for name in (n for names in read if names.rank == rank for n in names.people):
        key = key_of(name)
        if not any(key.endswith(k) or k.endswith(key) for k in people):
            people[key] = name
    agency = next((names.agency for names in read if names.agency), None)
    return Names(tuple(people.values()), rank, agency, any(names.opened for names in read))


def _site(page: Page, article: dict[str, Any], outlet: str | None) -> Outlet:
    """Return what the site calls itself: its name, its publisher, the word of its host."""
    host = host_of(page.url).removeprefix("www.")
    _, closing = opened(page.title)
    names = [outlet, *(name for name, _ in names_of(article.get("publisher"))), *closing]
    words = host.split(".")[:-1]
    section = page.first("article:section") or text_of(article.get("articleSection"))
    return Outlet(
        frozenset(k for n in names if len(k := key_of(n or "")) > 2),
        key_of(max(words or [""], key=len)),
        frozenset({key_of(host), key_of(section or "")}),
    )


def _declared(page: Page, article: dict[str, Any], lexicon: Lexicon) -> Iterator[tuple[list[str], str, bool]]:
    """Return author strings, where they stand, and whether the page says that they are of a person."""
    named = named_in(page, article, "author")
    people = [name for name, kind in named if kind not in _BODIES]
    if bodies := [name for name, kind in named if kind in _BODIES]:
        yield bodies, "", False  # no people, but perhaps an agency
    yield people, _ACCOUNT if _is_account(article.get("author")) else _OWN, any(k.lower() == "person" for _, k in named)
    for name in META:
        if contents := page.meta.get(name):
            yield list(contents), f"meta {name}", False
    if writer := _labelled(page, lexicon):
        yield [writer], _SHARED, False
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


def _called(page: Page, lexicon: Lexicon, site: Outlet) -> Names:
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
            if found.people and not _shared(names, found):
                return NONE  # those of other stories
            found = found if found.people else names
    return found


def _is_of_another(node: LexborNode, page: Page) -> bool:
    """Tell whether an element stands in a comment or in another story's card, below what it shares with the heading."""
    here: LexborNode | None = node
    own = key_of(node.text())
    for _ in range(_ABOVE):
        if here is None or page.heading is None or here.css_first("h1") is not None:
            return False
        headlines = (key_of(headline.text()) for headline in here.css(_CARD))
        if listed := next((key for key in headlines if key not in own), None):  # the name may be set as a heading
            told = key_of(page.first("og:title") or "")  # the story may be listed on its own page
            return listed != key_of(page.heading.text()) and not (len(listed) > _TITLE and told.startswith(listed))
        if not OTHERS.isdisjoint(hints_of(here.attributes.get("class") or "")[0]):
            return True
        here = here.parent
    return False


def _believed(printed: Printed, declared: Names, source: str | None) -> bool:
    """Tell whether the printed byline is believed before what the page's data says.

    Other data than the article's own names whoever put the page up as often as its author.
    """
    names = printed.names
    if names.rank != declared.rank or names.rank < PERSON or source == _OWN:
        return names.rank > declared.rank
    if _shared(names, declared):
        return _is_fuller(printed.text, names, declared)
    return printed.sure


def _is_fuller(line: str, printed: Names, declared: Names) -> bool:
    """Tell whether a line is the names of several people and nothing else, of whom the page's data tells some.

    Two that a comma parts may be one and a place.
    """
    if printed.rank != PERSON or len(printed.people) <= len(declared.people) or not _shared(printed, declared):
        return False
    first, last = printed.people[0], printed.people[-1]
    span = line[line.find(first) : line.rfind(last) + len(last)]
    several = len(printed.people) > 2 or "," not in span
    return several and len(span) <= sum(len(name) + _AND for name in printed.people)


def _shared(printed: Names, declared: Names) -> bool:
    """Tell whether a declared name stands in a printed one."""
    keys = [key_of(name) for name in printed.people]
    return any(key_of(name) in key for name in declared.people for key in keys)
