"""The byline as the page prints it: the lines around the headline and the story's end that name who wrote it.

What makes a line a byline is told in `line`; whether the print is believed before the page's data, in `byline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.article import Label
from extractors.engine.dates.written import DATELIKE, written_in
from extractors.engine.lexicon import Lexicon
from extractors.engine.lexicon.folding import fold_line
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Run
from extractors.engine.people.house import Outlet
from extractors.engine.people.likeness import PERSON, caseless
from extractors.engine.people.line import MARKED, SAID, Printed, is_about, is_others_label, judged, says_author
from extractors.engine.people.names import Names, names_in
from extractors.engine.people.openers import after_opening
from extractors.engine.people.places import APART, Print
from extractors.engine.people.titles import GIVEN
from extractors.engine.prose import is_sentence, key_of, unspaced
from extractors.text import fold

_NOT_SIGNED = Role.HEADING | Role.LIST | Role.TABLE | Role.CAPTION | Role.FIGURE | Role.CONTROL | Role.NAV | Role.FOOTER
_TOGETHER = 2  # lines at most from one author's to the next
_NO_NAME = ".:!?…)]"  # ends of a line that is no name: "(Eigener Bericht)"
_SIGNATURE = 45  # characters of a line that is names and nothing else
_CASELESS = 3  # spaces in a line that is more than a name, in Hebrew or Arabic
_HAMZAS = str.maketrans("أإآ", "ااا")
_BOLD = 0.9  # share of a line's characters that are bold where it is set so
_LONGEST = 160  # characters of a byline
_BRACKETS = re.compile("[（(【]([\u4e00-\u9fff々 \u3000、・]{3,30})[）)】]$")
_PARTED = re.compile("[、・]")
_NO_JAPANESE_NAME = re.compile(  # places, bodies, times, remarks; what has more or fewer signs than a name
    "[都道府県市区町村郡省庁局部課社会校院所館駅線年日時分号版編略載報紙誌]$|大学$|^.{0,2}$|^.{7,}$"
)


def printed_byline(page: Print, lexicon: Lexicon, outlet: Outlet, *, silent: bool, account: bool) -> Printed | None:
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
    signing = (r.line for r in alike if not r.box.roles & _NOT_SIGNED and not is_sentence(r.line))
    read = (names_in(line, lexicon, outlet, strict=True) for line in signing)
    return len({names.people for names in read if names.rank == PERSON}) > 1


def _signed(page: Print, lexicon: Lexicon, outlet: Outlet, places: Iterable[int]) -> Printed | None:
    """Return the line right before or after the story (`places`: -1, 1) that is names and nothing else.

    Words that the story itself writes small, as a title's are, are no name.
    """
    around, first, last = page.story
    if around is None:
        return None
    ends = 1 in places and lexicon.language == "ja"
    if ends and (bracketed := _bracketed(page.runs[last : last + 2], around, lexicon, outlet)):
        return bracketed
    told = page.runs[last].box
    for place in (last + 1 if side > 0 else first - 1 for side in places):
        run = page.runs[place] if 0 <= place < len(page.runs) else None
        if run is None or run.linked or run.box.line.parent not in (around, told.line):
            continue
        if run.box.roles & _NOT_SIGNED & ~told.roles:  # the story itself may stand in a table
            continue
        if page.is_apart(run.box) or is_about(run.box.names):
            continue
        if place and is_others_label(page.runs[place - 1].line):
            continue
        if place > last and caseless(run.line) and _goes_on(page.runs[place + 1 : place + 2], around):
            continue  # a crosshead, where no capitals tell a name
        if (names := _only_names(run.line, lexicon, outlet)) is not None:
            if any(key_of(name) in page.headline for name in names.people):
                continue  # whom the story is about, under her picture
            words = {word.lower() for name in names.people for word in name.split() if len(word) > 2}
            if words.isdisjoint(word for r in page.runs[first : last + 1] for word in r.text.split()):
                bold = place < first and run.strong >= _BOLD * len(run.line)
                return Printed(run.line, names, MARKED, run.box, sure=bold)
    return None


def _goes_on(after: Iterable[Run], around: Box) -> bool:
    """Tell whether the story goes on with what stands right after a line."""
    return any(run.box.line.parent is around and is_sentence(run.line) for run in after)


def _bracketed(closing: Iterable[Run], around: Box, lexicon: Lexicon, outlet: Outlet) -> Printed | None:
    """Return the names in brackets with which the last lines close, as Japanese reporters sign: "（青木洋介）"."""
    for run in closing:
        found = _BRACKETS.search(run.line) if run.box.line.parent is around and not run.linked else None
        if found is None or any(map(_NO_JAPANESE_NAME.search, _PARTED.split(found[1]))):
            continue
        names = names_in(found[1], lexicon, outlet, strict=True)
        if names.rank == PERSON and sum(map(len, names.people)) + len(names.people) > len(found[1]):
            return Printed(found.group(), names, MARKED, run.box)
    return None


def line_naming(page: Print, people: tuple[str, ...]) -> str | None:
    """Return the line beside the headline that names the people whom the page's data tells."""
    for line in page.around_heading():
        if any(people[0] in run.text for run in line if len(run.text) < _LONGEST) and not line[0].box.roles & APART:
            return _text(line)
    return None


def in_its_case(page: Print, name: str) -> str:
    """Return a name that the page's data has in capitals as a line beside the headline writes it, where one does."""
    small = name.casefold()
    for run in (run for line in page.around_heading() for run in line) if " " in name and name.isupper() else ():
        at = run.text.casefold().find(small) if len(run.text) < _LONGEST else -1
        if at >= 0 and (printed := run.text[at : at + len(name)]).casefold() == small and not printed.isupper():
            return printed
    return name


def _only_names(text: str, lexicon: Lexicon, outlet: Outlet) -> Names | None:
    """Return the names of a line that is full names and nothing else; where no capitals tell one, of few words."""
    if not 5 < len(text) < _SIGNATURE or text[-1] in _NO_NAME or "_" in text or unspaced(text):
        return None
    if caseless(text) and (text.count(" ") >= _CASELESS or not _is_given(text) or _is_known(text, lexicon)):
        return None
    names = names_in(text, lexicon, outlet, strict=True)
    size = sum(len(name) + 3 for name in names.people)
    return names if names.rank == PERSON and size >= len(text) else None


def _is_given(text: str) -> bool:
    """Tell a line that opens with a first name, as far as scripts without capitals have any that are known."""
    return text.partition(" ")[0].translate(_HAMZAS) in GIVEN


def _is_known(text: str, lexicon: Lexicon) -> bool:
    """Tell a line that says what lines beside stories say."""
    folded = fold_line(text)
    return lexicon.find(folded) is not None or bool(lexicon.said_in(folded))


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
        if len(text) > _LONGEST and not any(says_author(r.box) for r in line if r.box.flow != r.box.order):
            continue
        rest = after_opening(text, lexicon)
        if rest == "":
            before = text + " "
        elif is_others_label(text):
            of_others = True
        elif (found := judged(line, text, rest, page, lexicon, outlet)) and (
            not page.is_apart(box := line[0].box) or (_is_told(text, rest) and not page.is_apart(box, signed=True))
        ):
            found.place = place
            yield found
            if found.sure:
                last = place + _TOGETHER


def _is_told(text: str, rest: str | None) -> bool:
    """Tell a line that a phrase opens ("words by"), or with a date beside the name: it is no picture's credit."""
    return (bool(rest) and " " in text[: -len(rest or "")].strip()) or bool(DATELIKE.search(text) and written_in(text))


def _text(line: list[Run]) -> str:
    """Return a line's text; what stands in elements of its own does not grow together.

    Words that only a screen reader says name what follows them: "Author, Ada Quill".
    """
    label = line[0].line
    if len(line) > 1 and label[-1] == "," and Label.TECH in line[0].box.hints:
        return fold(f"{label[:-1]}: {' '.join(run.line for run in line[1:])}")
    return fold(" ".join(dict.fromkeys(run.line for run in line))) if len(line) > 1 else line[0].line


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
