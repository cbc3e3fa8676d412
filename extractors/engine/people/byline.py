"""Who wrote the article: people, never the outlet, a role or an address; wire services apart.

Candidates are whom the page declares (`declared`) and the printed byline (`signature`). How names are read out of a
line is told in `names`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from extractors.engine.addresses import host_of
from extractors.engine.data.schema import names_of, text_of
from extractors.engine.lexicon import Lexicon
from extractors.engine.outlet import opened
from extractors.engine.people.agencies import wire_of
from extractors.engine.people.declared import ACCOUNT, OWN, SHARED, are_shared, called, declared_by
from extractors.engine.people.house import Outlet
from extractors.engine.people.likeness import NOBODY, PERSON
from extractors.engine.people.line import Printed
from extractors.engine.people.names import NONE, Names, names_in
from extractors.engine.people.openers import after_opening
from extractors.engine.people.places import Print
from extractors.engine.people.signature import in_its_case, line_naming, printed_byline
from extractors.engine.prose import key_of
from extractors.page import Page
from extractors.text import fold

_AND = 5  # characters between two names
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
    for names, told, owned in declared_by(page, article, lexicon):
        found = _together([names_in(name, lexicon, site, owned=owned) for name in names])
        agency = agency or wire_of(found.agency, lexicon)
        if told and found.rank > declared.rank:
            declared, source = found, told
        if declared.rank == PERSON:
            break
    if any(map(str.isupper, declared.people)):
        declared = replace(declared, people=tuple(in_its_case(print_, name) for name in declared.people))
    if declared.rank == PERSON and source == OWN:
        if (signed := _signed_in_house(print_, declared, lexicon, site)) is not None:
            return Byline(signed.text, signed.names.people, agency or wire_of(signed.names.agency, lexicon), "byline")
        line = line_naming(print_, declared.people)
        if line and len(line) > sum(map(len, declared.people)) + 5:
            told_there = names_in(line, lexicon, site)
            agency = agency or wire_of(told_there.agency, lexicon)
            if told_there.opened and _is_fuller(line, told_there, declared):
                return Byline(line, told_there.people, agency, "byline")
        return Byline(line, declared.people, agency, source)
    silent = declared.rank < PERSON or source == SHARED
    printed = printed_byline(print_, lexicon, site, silent=silent, account=source == ACCOUNT)
    if declared.rank == NOBODY and agency is None and (printed is None or not printed.names.people):
        declared, source = called(page, lexicon, site), "class of the element"
    if printed is None:
        return Byline(None, declared.people, agency, source if declared.people else None)
    agency = agency or wire_of(printed.names.agency, lexicon)
    if _believed(printed, declared, source):
        return Byline(printed.text, printed.names.people, agency, "byline")
    agrees = printed.sure or are_shared(printed.names, declared)
    return Byline(printed.text if agrees else None, declared.people, agency, source if declared.people else None)


def _signed_in_house(print_: Print, declared: Names, lexicon: Lexicon, site: Outlet) -> Printed | None:
    """Return the byline that names somebody else where the page's data calls the outlet a person, and its author."""
    if not all(site.is_called(name, person=True, owned=False) for name in declared.people):
        return None
    printed = printed_byline(print_, lexicon, site, silent=False, account=False)
    if printed is None or not printed.sure or printed.names.rank < PERSON or are_shared(printed.names, declared):
        return None
    return printed


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


def _believed(printed: Printed, declared: Names, source: str | None) -> bool:
    """Tell whether the printed byline is believed before what the page's data says.

    Other data than the article's own names whoever put the page up as often as its author.
    """
    names = printed.names
    if names.rank != declared.rank or names.rank < PERSON or source == OWN:
        return names.rank > declared.rank
    if are_shared(names, declared):
        return _is_fuller(printed.text, names, declared)
    return printed.sure


def _is_fuller(line: str, printed: Names, declared: Names) -> bool:
    """Tell whether a line is the names of several people and nothing else, of whom the page's data tells some.

    Two that a comma parts may be one and a place.
    """
    if printed.rank != PERSON or len(printed.people) <= len(declared.people) or not are_shared(printed, declared):
        return False
    first, last = printed.people[0], printed.people[-1]
    span = line[line.find(first) : line.rfind(last) + len(last)]
    several = len(printed.people) > 2 or "," not in span
    return several and len(span) <= sum(len(name) + _AND for name in printed.people)
