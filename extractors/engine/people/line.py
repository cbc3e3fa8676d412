"""One printed line as a byline: what marks it as one, how strongly, and whose names are in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.article import Label
from extractors.engine.dates.written import DATELIKE, Written, written_in
from extractors.engine.lexicon import Lexicon
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Run
from extractors.engine.people.house import Outlet
from extractors.engine.people.likeness import NOBODY, PERSON, SOMEBODY, caseless
from extractors.engine.people.names import NONE, Names, names_in
from extractors.engine.people.places import Print
from extractors.engine.prose import key_of, unspaced

_CLASS = ("byline", "author", "autor", "writer", "verfasser", "redakteur", "auteur", "muhabir")
_NAMED = 400  # characters of the names of an element that are looked at
_PROFILE = frozenset(
    """author authors autor autoren autores autorin autorinnen auteur auteurs autore autori staff profile profiles
    profil team experts expert contributor contributors columnists journalists editors writers writer redaktion
    redakteure by bio reporters reporter user users u member members newsteam autor-in""".split()
)  # parts of an address that goes to someone's page
_ENTRANCES = frozenset("login logout signin signup sign-in sign-up register registration".split())  # to it, for anybody
_LABEL = 32  # characters of what says what a person did
_BESIDE, _BESIDE_ALL = 20, 30  # characters beside a name and its date; beside a single word
_ALONE = 26  # characters of a line that is an author's one name
_LINK = 18  # characters that a linked headline has more than
_ABOUT = frozenset(  # what an author is, or whose words are quoted
    "about bio biography credentials description job position role quote pullquote blockquote quotation".split()
)
_OTHER_HANDS = re.compile(
    r"\W{0,8}(?:\w{1,24} )?"
    r"(?:review|edit|fact[- ]?check|photo|foto|image|illustrat|translat|produce|narrate|übersetz|bild|curat|recommend"
    r"|geprüft|traduit|traduzione)",
    re.IGNORECASE,
)
_OTHERS_LABEL = re.compile(rf"(?i:{_OTHER_HANDS.pattern})[\w-]*(?: [a-zà-ÿ]+){{0,2}}:?")
_REPORTER = re.compile(  # signs in Korean, in Chinese
    "[\uac00-\ud7af]{2,4} ?(?:선임|수습|인턴|객원)?기자(?![\uac00-\ud7af])"
    "|[\u4e00-\u9fff々]{2,6} ?記者$"
    "|[\u4e00-\u9fff]{2,12}(?:记者|記者|作者|评论员|評論員) [\u4e00-\u9fff·]{2,12}(?: [\u4e00-\u9fff·]{2,12}){0,3}$"
)
_STOPS = frozenset("。！？")
_PARTS = re.compile(r"[\W_]+")
MARKED, SAID = 1, 2  # how strongly a line says that it is a byline


@dataclass(slots=True)
class Printed:
    """A printed line that is a byline: its text, the names in it, and how strongly it says so."""

    text: str
    names: Names
    strength: int
    box: Box
    sure: bool = False  # words open it, or its link goes to the page of whom it names
    place: int = 0  # among the lines that were looked at


def judged(
    line: list[Run], text: str, rest: str | None, page: Print, lexicon: Lexicon, outlet: Outlet
) -> Printed | None:
    """Read a line as a byline; None where nothing says that it is one. `rest` is what follows words that open one."""
    box, opened = line[0].box, rest is not None or _REPORTER.match(text) is not None
    inner = [run for run in line if run.box.names and run.box.flow != run.box.order and says_author(run.box)]
    hinted = bool(inner) or says_author(box) or _is_in_authors(box.parent, page)
    hrefs = [href for run in line if run.hrefs for href in run.hrefs if _is_profile(href)]
    linked = bool(hrefs)
    said = opened or hinted or linked
    if not said and (box.roles & Role.HIDDEN or not DATELIKE.search(text)):  # notes of machines are dated too
        return None
    if _OTHER_HANDS.match(text) or text[-1:] in _STOPS or (text[-1:] == "." and caseless(text)):
        return None
    if box.line.tag == "h1" or (box.roles & Role.HEADING and line[0].linked and not (opened or linked)):
        return None  # the story's headline, or the linked one of another
    names = NONE
    if inner and any(map(_is_headline, line[: line.index(inner[0])])):
        return None  # of the story that the link goes to
    if inner and not opened:
        names = names_in(", ".join(run.line for run in inner), lexicon, outlet)
    if not names.people:
        names = names_in(text, lexicon, outlet, owned=opened, strict=not hinted)  # who signs may name the outlet
    dates = written_in(text) if not said and (names.people or names.agency) else []
    if not (said or dates):
        return None
    if names.rank == PERSON and unspaced(text) and not (opened or inner or _named_by(hrefs, names.people)):
        return None  # without spaces and capitals anything looks like a name
    if names.rank == PERSON and said:
        return Printed(text, names, SAID, box, opened or _named_by(hrefs, names.people))
    if names.rank == SOMEBODY and (inner or _says_alone(box, text, rest, names) or _named_by(hrefs, names.people)):
        return Printed(text, names, MARKED, box)
    if names.rank == PERSON and len(names.people) == 1 and _is_alone(names.people[0], text, dates):
        return Printed(text, names, MARKED, box)
    return Printed(text, names, NOBODY, box) if names.agency else None


def _is_headline(run: Run) -> bool:
    """Tell the linked headline of another story from a link to a person's page."""
    whole = run.linked > _LINK and run.linked >= 0.9 * len(run.line)
    return whole and not any(map(_is_profile, run.hrefs)) and not written_in(run.line)


def _is_alone(name: str, text: str, dates: list[Written]) -> bool:
    """Tell whether a line is one name, its date, and little else; less of all where a label looks like a name."""
    if " " not in name:
        return len(text) < len(name) + _BESIDE_ALL
    return len(text) - sum(date.end - date.start for date in dates) < len(name) + _BESIDE


def _says_alone(box: Box, text: str, rest: str | None, names: Names) -> bool:
    """Tell whether a line with a single word for a name says clearly that it is an author's."""
    hinted = says_author(box)
    if rest is None or not names.opened:
        return hinted and len(text) < _ALONE and not box.roles & Role.CONTROL
    return hinted or bool(written_in(text)) or " " in text[: -len(rest)].strip()


def is_others_label(text: str) -> bool:
    """Tell whether a line says what others did and leaves their names to the next: "Fact checked by"."""
    return len(text) < _LABEL and _OTHERS_LABEL.fullmatch(text) is not None


def _is_in_authors(around: Box | None, page: Print) -> bool:
    """Tell whether the box around a line says that it is an author's, and holds not the heading as well."""
    return around is not None and says_author(around) and not around.order <= page.heading <= around.last


def _is_profile(href: str) -> bool:
    parts = href.lower().partition("?")[0].split("/")
    return not _PROFILE.isdisjoint(parts) and _ENTRANCES.isdisjoint(parts)


def _named_by(hrefs: list[str], people: tuple[str, ...]) -> bool:
    """Tell whether a profile's address has a person's name in it."""
    return any(key_of(name) in key_of(href) for href in hrefs for name in people)


def says_author(box: Box) -> bool:
    """Tell whether the names of a box say that an author stands in it."""
    if not box.names:
        return False
    return calls_author(box.names[:_NAMED]) or (Label.BYLINE in box.hints and not is_about(box.names[:_NAMED]))


@lru_cache(maxsize=4096)
def calls_author(names: str) -> bool:
    """Tell whether an author's word stands in a class name, also where nothing parts it from the next."""
    lower = names.lower()
    return any(word in lower for word in _CLASS) and not is_about(lower)


def is_about(names: str) -> bool:
    """Tell whether a class says that an element tells what an author is, or who is quoted."""
    return bool(names) and not _ABOUT.isdisjoint(_PARTS.split(names.lower()))
