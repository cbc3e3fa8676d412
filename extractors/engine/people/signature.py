"""The byline as the page prints it: the lines around the headline and the story's end that name who wrote it.

How names are read out of a line is told in `names`; whether the print is believed before the page's data, in `byline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.article import Label
from extractors.engine.dates.written import DATELIKE, Written, written_in
from extractors.engine.lexicon import Lexicon
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Run
from extractors.engine.people.house import Outlet
from extractors.engine.people.likeness import NOBODY, PERSON, SOMEBODY
from extractors.engine.people.names import NONE, Names, names_in
from extractors.engine.people.openers import after_opening
from extractors.engine.people.places import APART, Print
from extractors.engine.prose import key_of, unspaced
from extractors.text import fold

_NOT_SIGNED = Role.HEADING | Role.LIST | Role.TABLE | Role.CAPTION | Role.FIGURE | Role.CONTROL | Role.NAV | Role.FOOTER
_TOGETHER = 2  # lines at most from one author's to the next
_CLASS = ("byline", "author", "autor", "writer", "verfasser", "redakteur", "auteur")
_NAMED = 400  # characters of the names of an element that are looked at
_PROFILE = frozenset(
    """author authors autor autoren autores autorin autorinnen auteur auteurs autore autori staff profile profiles
    profil team experts expert contributor contributors columnists journalists editors writers writer redaktion
    redakteure by bio reporters reporter user users u member members newsteam autor-in""".split()
)  # parts of an address that goes to someone's page
_ENTRANCES = frozenset("login logout signin signup sign-in sign-up register registration".split())  # to it, for anybody
_SIGNATURE = 45  # characters of a line that is names and nothing else
_BOLD = 0.9  # share of a line's characters that are bold where it is set so
_LABEL = 32  # characters of what says what a person did
_BESIDE, _BESIDE_ALL = 20, 30  # characters beside a name and its date; beside a single word
_ALONE = 26  # characters of a line that is an author's one name
_LONGEST = 160  # characters of a byline
_LINK = 18  # characters that a linked headline has more than
_ABOUT = frozenset("about bio biography credentials description job position role".split())  # what an author is
_OTHER_HANDS = re.compile(
    r"\W{0,8}(?:\w{1,24} )?"
    r"(?:review|edit|fact[- ]?check|photo|foto|image|illustrat|translat|produce|narrate|übersetz|bild|curat|recommend"
    r"|geprüft|traduit|traduzione)",
    re.IGNORECASE,
)
_OTHERS_LABEL = re.compile(rf"(?i:{_OTHER_HANDS.pattern})[\w-]*(?: [a-zà-ÿ]+){{0,2}}:?")
_REPORTER = re.compile(  # signs in Korean, in Chinese
    "[\uac00-\ud7af]{2,4} ?(?:선임|수습|인턴|객원)?기자(?![\uac00-\ud7af])"
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


def printed_byline(
    page: Print, lexicon: Lexicon, outlet: Outlet, *, silent: bool, account: bool = False
) -> Printed | None:
    """Return the line printed as the byline, with those of fellow authors beside it.

    It stands between headline and story; where the page's data is `silent` about people, elsewhere too, if it is
    marked as an author's, or closes the story. Where the data names an `account` of the publishing system, a name in
    bold that opens the story is whose it is.
    """
    best = _best(_read(page.around_heading(), page, lexicon, outlet))
    for lines in (page.marked, page.after_story) if silent else ():
        if best is not None and best.names.people:
            break
        best = _best(_read(lines(), page, lexicon, outlet)) or best
    nobody = best is None or not best.names.people
    asked = account or (silent and nobody)
    signed = _signed(page, lexicon, outlet, places=(1, -1) if silent else (-1,)) if asked else None
    if signed and (nobody or signed.sure):
        best = signed
    return None if best and silent and _in_turn(best, page, lexicon, outlet) else best


def _in_turn(best: Printed, page: Print, lexicon: Lexicon, outlet: Outlet) -> bool:
    """Tell whether a line is one of several made alike that part or close the story: readers sign their letters so."""
    around, first, last = page.story
    if around is None or not first < page.place_of(best.box) <= last + 1:
        return False
    alike = [r for r in page.runs[first : last + 2] if r.box.names == best.box.names and len(r.line) < _SIGNATURE]
    read = (names_in(r.line, lexicon, outlet, strict=True) for r in alike if not r.box.roles & _NOT_SIGNED)
    return len({names.people for names in read if names.rank == PERSON}) > 1


def _signed(page: Print, lexicon: Lexicon, outlet: Outlet, places: Iterable[int]) -> Printed | None:
    """Return the line right before or after the story (`places`: -1, 1) that is names and nothing else.

    Words that the story itself writes small, as a title's are, are no name.
    """
    around, first, last = page.story
    if around is None:
        return None
    for place in (last + 1 if side > 0 else first - 1 for side in places):
        run = page.runs[place] if 0 <= place < len(page.runs) else None
        if run is None or run.box.line.parent is not around or run.linked or run.box.roles & _NOT_SIGNED:
            continue
        if page.is_apart(run.box) or _is_about(run.box.names):
            continue
        if place and is_others_label(page.runs[place - 1].line):
            continue
        if (names := _only_names(run.line, lexicon, outlet)) is not None:
            told = page.runs[first : last + 1]
            if any(key_of(name) in page.headline for name in names.people):
                continue  # whom the story is about, under her picture
            words = {word.lower() for name in names.people for word in name.split() if len(word) > 2}
            if words.isdisjoint(word for r in told for word in r.text.split()):
                bold = place < first and run.strong >= _BOLD * len(run.line)
                return Printed(run.line, names, MARKED, run.box, sure=bold)
    return None


def line_naming(page: Print, people: tuple[str, ...]) -> str | None:
    """Return the line beside the headline that names the people whom the page's data tells."""
    for line in page.around_heading():
        if any(people[0] in run.text for run in line if len(run.text) < _LONGEST) and not line[0].box.roles & APART:
            return _text(line)
    return None


def _only_names(text: str, lexicon: Lexicon, outlet: Outlet) -> Names | None:
    """Return the names of a line that is full names and nothing else."""
    if not 5 < len(text) < _SIGNATURE or text[-1] in ".:!?…" or "_" in text or unspaced(text):
        return None
    names = names_in(text, lexicon, outlet, strict=True)
    size = sum(len(name) + 3 for name in names.people)
    return names if names.rank == PERSON and size >= len(text) else None


def _read(lines: Iterable[list[Run]], page: Print, lexicon: Lexicon, outlet: Outlet) -> Iterator[Printed]:
    """Read lines as bylines; one that only opens a byline goes with the next."""
    before, last, of_others = "", 1_000, False
    for place, line in enumerate(lines):
        if place > last:
            break
        if of_others:
            of_others = False
            continue
        text = before + _text(line)
        before = ""
        if len(text) > _LONGEST and not any(_says_author(r.box) for r in line if r.box.flow != r.box.order):
            continue
        rest = after_opening(text, lexicon)
        if rest == "":
            before = text + " "
        elif is_others_label(text):
            of_others = True
        elif (found := _judged(line, text, rest, page, lexicon, outlet)) and not page.is_apart(line[0].box):
            found.place = place
            yield found
            if found.sure:
                last = place + _TOGETHER


def _text(line: list[Run]) -> str:
    """Return a line's text; what stands in elements of its own does not grow together."""
    return fold(" ".join(dict.fromkeys(run.line for run in line))) if len(line) > 1 else line[0].line


def _judged(
    line: list[Run], text: str, rest: str | None, page: Print, lexicon: Lexicon, outlet: Outlet
) -> Printed | None:
    """Read a line as a byline; None where nothing says that it is one."""
    box, opened = line[0].box, rest is not None or _REPORTER.match(text) is not None
    inner = [run for run in line if run.box.names and run.box.flow != run.box.order and _says_author(run.box)]
    hinted = bool(inner) or _says_author(box) or _is_in_authors(box.parent, page)
    hrefs = [href for run in line if run.hrefs for href in run.hrefs if _is_profile(href)]
    linked = bool(hrefs)
    said = opened or hinted or linked
    if not said and (box.roles & Role.HIDDEN or not DATELIKE.search(text)):  # notes of machines are dated too
        return None
    if _OTHER_HANDS.match(text) or text[-1:] in _STOPS:
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
    hinted = _says_author(box)
    if rest is None or not names.opened:
        return hinted and len(text) < _ALONE and not box.roles & Role.CONTROL
    return hinted or bool(written_in(text)) or " " in text[: -len(rest)].strip()


def is_others_label(text: str) -> bool:
    """Tell whether a line says what others did and leaves their names to the next: "Fact checked by"."""
    return len(text) < _LABEL and _OTHERS_LABEL.fullmatch(text) is not None


def _is_in_authors(around: Box | None, page: Print) -> bool:
    """Tell whether the box around a line says that it is an author's, and holds not the heading as well."""
    return around is not None and _says_author(around) and not around.order <= page.heading <= around.last


def _is_profile(href: str) -> bool:
    parts = href.lower().partition("?")[0].split("/")
    return not _PROFILE.isdisjoint(parts) and _ENTRANCES.isdisjoint(parts)


def _named_by(hrefs: list[str], people: tuple[str, ...]) -> bool:
    """Tell whether a profile's address has a person's name in it."""
    return any(key_of(name) in key_of(href) for href in hrefs for name in people)


def _best(found: Iterable[Printed]) -> Printed | None:
    """Return the first of the strongest lines, with the lines beside it that are made as it is."""
    lines = list(found)
    if not lines:
        return None
    best = max(lines, key=lambda line: (line.strength, line.sure))  # the first of several
    people, place = dict.fromkeys(best.names.people), best.place
    for line in lines[lines.index(best) + 1 :]:
        if line.strength != SAID or line.place > place + _TOGETHER or line.box.names != best.box.names:
            break
        people |= dict.fromkeys(line.names.people)
        place = line.place
    if len(people) == len(best.names.people):
        return best
    return replace(best, names=replace(best.names, people=tuple(people)))


def _says_author(box: Box) -> bool:
    if not box.names:
        return False
    return calls_author(box.names[:_NAMED]) or (Label.BYLINE in box.hints and not _is_about(box.names[:_NAMED]))


@lru_cache(maxsize=4096)
def calls_author(names: str) -> bool:
    """Tell whether an author's word stands in a class name, also where nothing parts it from the next."""
    lower = names.lower()
    return any(word in lower for word in _CLASS) and not _is_about(lower)


def _is_about(names: str) -> bool:
    """Tell whether a class says that an element tells what an author is."""
    return bool(names) and not _ABOUT.isdisjoint(_PARTS.split(names.lower()))
