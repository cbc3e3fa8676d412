"""The byline as the page prints it: the lines around the headline and the story's end that name who wrote it.

How names are read out of a line is told in `names`; whether the print is believed before the page's data, in `byline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.article import Label
from extractors.engine.elements import Role
from extractors.engine.lexicon import Lexicon
from extractors.engine.names import NOBODY, NONE, PERSON, SOMEBODY, Names, Outlet, after_opening, names_in
from extractors.engine.prose import key_of, unspaced
from extractors.engine.runs import Box, Outline, Run
from extractors.text import fold

_PARAGRAPH = 140  # characters that a paragraph of the story has, and a byline's line has not
_BEFORE, _AFTER = 4, 24  # runs around the heading among which a byline stands
_TOGETHER = 2  # lines at most from one author's to the next
_TAIL = 6  # runs after the story's last paragraph
_APART = Role.NAV | Role.FOOTER | Role.FORM | Role.CAPTION | Role.FIGURE | Role.QUOTE
_OTHERS = frozenset({Label.COMMENTS, Label.RELATED, Label.CREDIT, Label.CAPTION, Label.NEWSLETTER, Label.AD})
_CLASS = ("byline", "author", "autor", "writer", "verfasser", "redakteur", "auteur")
_PROFILE = frozenset(
    """author authors autor autoren autores autorin autorinnen auteur auteurs autore autori staff people person profile
    profiles profil team experts expert contributor contributors columnists journalists editors writers writer
    redaktion redakteure by bio reporters reporter user users u member members newsteam autor-in""".split()
)  # parts of an address that goes to someone's page
_LONGEST = 160  # characters of a byline
_DATED = re.compile(
    r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d\d|\d{4}-\d\d-\d\d"
    r"|\b\d{1,2}\.? [^\W\d]{3,9}\.?,? \d{4}|\b[^\W\d]{3,9}\.? \d{1,2},? \d{4}"
)
_CIPHER = re.compile(r"\d")
_OTHER_HANDS = re.compile(
    r"\W*(?:\w+ )?(?:review|edit|fact[- ]?check|photo|foto|image|illustrat|translat|produce|narrate|übersetz|bild|curat"
    r"|recommend|geprüft|traduit|traduzione)",
    re.IGNORECASE,
)
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


def printed_byline(outline: Outline, lexicon: Lexicon, outlet: Outlet, *, silent: bool) -> Printed | None:
    """Return the line printed as the byline, with those of fellow authors beside it.

    It stands between headline and story; where the page's data is `silent` about people, elsewhere too, if it is
    marked as an author's.
    """
    runs = outline.runs
    start, end = _zone(runs)
    best = _best(_read(_lines(runs[start:end]), lexicon, outlet))
    if (best is None or not best.names.people) and silent:
        hinted = [run for run in runs[end:] if Label.BYLINE in run.box.hints and not _is_apart(run.box)]
        best = _best(_read(_lines(hinted[:8]), lexicon, outlet))
    if (best is None or not best.names.people) and silent:
        best = _best(_read(_lines(_tail(runs, end)), lexicon, outlet))
    return best


def line_naming(outline: Outline, people: tuple[str, ...]) -> str | None:
    """Return the line beside the headline that names the people whom the page's data tells."""
    start, end = _zone(outline.runs)
    for line in _lines(outline.runs[start:end]):
        if any(people[0] in run.text for run in line if len(run.text) < _LONGEST) and not line[0].box.roles & _APART:
            return _text(line)
    return None


def _zone(runs: list[Run]) -> tuple[int, int]:
    """Return where a byline may stand, as places among the runs: around the heading, up to the story."""
    heading = next((i for i, run in enumerate(runs) if run.box.line.tag == "h1" and len(run.text) > 8), 0)
    end, paragraphs = heading, 0
    for end in range(heading, min(heading + _AFTER, len(runs))):
        run = runs[end]
        if len(run.text) > _PARAGRAPH and run.linked * 2 < len(run.text):
            paragraphs += 1
            if paragraphs > 1:
                break
    return max(0, heading - _BEFORE), end + 1


def _tail(runs: list[Run], end: int) -> list[Run]:
    """Return the runs after the story's last paragraph, and that one itself."""
    story = next((r for r in runs[max(end - 2, 0) :] if len(r.text) > _PARAGRAPH and r.linked * 2 < len(r.text)), None)
    if story is None:
        return []
    around = story.box.line.parent
    last = max(i for i, r in enumerate(runs) if r is story or (len(r.text) > 80 and r.box.line.parent is around))
    return runs[last + 1 : last + 1 + _TAIL]


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Put the runs of one printed line together; a line that only opens a byline goes with the next."""
    line: list[Run] = []
    for run in runs:
        if line and (run.paragraph != line[-1].paragraph or run.text[0] == "\n"):
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _read(lines: Iterable[list[Run]], lexicon: Lexicon, outlet: Outlet) -> Iterator[Printed]:
    before, last = "", 1_000
    for place, line in enumerate(lines):
        if place > last:
            break
        text = before + _text(line)
        before = ""
        if len(text) > _LONGEST and not any(_says_author(r.box) for r in line if r.box.line is not r.box):
            continue
        rest = after_opening(text, lexicon)
        if rest == "":
            before = text + " "
        elif (found := _judged(line, text, rest is not None, lexicon, outlet)) and not _is_apart(line[0].box):
            found.place = place
            yield found
            if found.sure:
                last = place + _TOGETHER


def _text(line: list[Run]) -> str:
    """Return a line's text; what stands in elements of its own does not grow together."""
    return fold(" ".join(dict.fromkeys(run.line for run in line))) if len(line) > 1 else line[0].line


def _judged(line: list[Run], text: str, opened: bool, lexicon: Lexicon, outlet: Outlet) -> Printed | None:
    """Read a line as a byline; None where nothing says that it is one."""
    box = line[0].box
    inner = [run for run in line if run.box.line is not run.box and _says_author(run.box)]
    hinted = bool(inner) or _says_author(box) or (box.parent is not None and _says_author(box.parent))
    hrefs = [href for run in line for href in run.hrefs if not _PROFILE.isdisjoint(href.lower().split("/"))]
    linked = bool(hrefs)
    dated = not (opened or hinted or linked) and _CIPHER.search(text) is not None
    dated = dated and _DATED.search(text) is not None
    if not (opened or hinted or linked or dated) or _OTHER_HANDS.match(text):
        return None
    names = NONE
    if inner and not opened:
        names = names_in(", ".join(run.line for run in inner), lexicon, outlet, owned=True)
    if not names.people:
        names = names_in(text, lexicon, outlet, owned=True, strict=not hinted)
    size = sum(map(len, names.people))
    if names.rank == PERSON and unspaced(text) and not (opened or inner or _named_by(hrefs, names.people)):
        return None  # without spaces and capitals anything looks like a name
    if names.rank == PERSON and (opened or hinted or linked):
        return Printed(text, names, SAID, box, opened or _named_by(hrefs, names.people))
    if names.rank == SOMEBODY and (
        inner or (opened and hinted) or (hinted and len(text) < 26) or _named_by(hrefs, names.people)
    ):
        return Printed(text, names, MARKED, box)
    if names.rank == PERSON and len(names.people) == 1 and size + 30 > len(text):
        return Printed(text, names, MARKED, box)
    return Printed(text, names, NOBODY, box) if names.agency else None


def _named_by(hrefs: list[str], people: tuple[str, ...]) -> bool:
    """Tell whether a profile's address has a person's name in it."""
    return any(key_of(name) in key_of(href) for href in hrefs for name in people)


def _best(found: Iterable[Printed]) -> Printed | None:
    """Return the first of the strongest lines, with the lines beside it that are made as it is."""
    lines = list(found)
    if not lines:
        return None
    best = max(lines, key=lambda line: line.strength)  # the first of several
    people, place = dict.fromkeys(best.names.people), best.place
    for line in lines[lines.index(best) + 1 :]:
        if line.strength != SAID or line.place > place + _TOGETHER or line.box.names != best.box.names:
            break
        people |= dict.fromkeys(line.names.people)
        place = line.place
    return replace(best, names=replace(best.names, people=tuple(people)))


def _says_author(box: Box) -> bool:
    if Label.BYLINE in box.hints:
        return True
    return bool(box.names) and _calls_author(box.names)


@lru_cache(maxsize=4096)
def _calls_author(names: str) -> bool:
    """Tell whether an author's word stands in a class name, also where nothing parts it from the next."""
    lower = names.lower()
    return any(word in lower for word in _CLASS)


def _is_apart(box: Box | None) -> bool:
    """Tell whether a line is of a comment, a teaser or a picture, by the boxes around it."""
    if box is not None and box.roles & _APART:
        return True
    for _ in range(5):
        if box is None:
            return False
        if not _OTHERS.isdisjoint(box.hints):
            return True
        box = box.parent
    return False
