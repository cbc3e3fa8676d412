"""People in a line of text: names apart from roles, places, dates, agencies and the outlet.

Where the line comes from, and which of several lines is believed, is decided in `byline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.engine.lexicon import Lexicon
from extractors.engine.lexicon.folding import bare, fold_line
from extractors.engine.people.agencies import halves_of
from extractors.engine.people.house import NOWHERE, Outlet
from extractors.engine.people.likeness import NOBODY, PERSON, SOMEBODY, is_address, is_plain, rank_of
from extractors.engine.people.openers import after_opening, narrowed
from extractors.engine.people.titles import BODIES, DAYS, ENDS, FUNCTIONS, JOINERS, OWNERS, PARTICLES, TIMES
from extractors.engine.prose import key_of
from extractors.text import fold

_LONGEST_LINE = 400
_PLACE, _PHRASE = 2, 4  # words of a place at most; of a part of a line that is neither a name nor a title
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]\s*")
_WHOLE = re.compile(r"[(\[]([^()\[\]]{3,80})[)\]]")  # as some papers sign: "(Jana Weil)"
_WEB = re.compile(r"\S*(?:@|https?:|www\.)\S*")
_HARD = re.compile(r"\s*(?:[|•·●→←»«›‹]|\s[-–—]{1,3}\s)\s*")
_SOFT = re.compile(r"\s*[,;/、，・+]\s*")
_BETWEEN = frozenset("|•·●→←»«›‹-–—,;/、，・+")  # of which either has one
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_GROWING = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
_GROWN = re.compile(r"(?<![^\W\d_])([^\W\d_]*[a-zà-ÿ])([A-ZÀ-Þ][a-zà-ÿ]+)(?![^\W\d_])")  # of two elements
_BEFORE_DAYS = DAYS | {"le", "el", "il", "am", "on"}
_CLOCK = re.compile(
    r"(?:\s+|(?<=[^\W\d]))\d{1,4}[./:-]\d|(?<=[^\W\d])\d{1,2}[.,]? [^\W\d]{3,12}\.?,? \d{4}|\s+\d.*?$|\d{4}"
)
_HAN = re.compile("[\u4e00-\u9fff·]{2,}")
_SIGNS_AFTER = re.compile("[\u4e00-\u9fff々]{2}記者$")  # in Japanese what a reporter is follows her name
_MARKS = " .,:;-–—|*\"'~“”«»&+/●"
_OF_DATES = DAYS | TIMES
_POSTS = frozenset("senior chief staff reporter journalist correspondent editor redakteur redakteurin".split())
_WITH = frozenset("mit avec con com with met med z s с з".split())  # before the agency whose text is in a story
_DESKS = frozenset("desk newsroom newsdesk bureau service network".split())


@dataclass(frozen=True, slots=True)
class Names:
    """The people in a text, how much like people they are, the agency among them, whether words opened a byline."""

    people: tuple[str, ...] = ()
    rank: int = NOBODY
    agency: str | None = None
    opened: bool = False


NONE = Names()


def names_in(
    raw: str, lexicon: Lexicon, outlet: Outlet = NOWHERE, *, owned: bool = False, strict: bool = False
) -> Names:
    """Parse the people out of one author string or byline.

    No author is made of the outlet's name, unless it is a person's and `owned`: the page itself says that this is a
    person, whom the outlet may be named after. `strict` takes full names in capitals only, as a printed line that
    nothing marks has to show.
    """
    if "://" in raw or "www." in raw or len(raw) > _LONGEST_LINE:
        return NONE
    if is_plain(raw, lexicon):
        return NONE if outlet.is_called(raw, person=True, owned=owned) else Names((raw,), PERSON)
    text = _bared(raw)
    rest = after_opening(text, lexicon)
    if rest is None:
        if _DIGIT.search(text) and all(w.casefold() in _OF_DATES for w in _WORD.findall(text)):
            return NONE  # a date and nothing else, as many lines near a headline are
        return _gathered(text, lexicon, outlet, owned=owned, strict=strict, opened=False)
    if is_plain(rest, lexicon):
        return (
            Names(opened=True)
            if outlet.is_called(rest, person=True, owned=owned)
            else Names((rest,), PERSON, opened=True)
        )
    return _gathered(_HARD.split(rest)[0], lexicon, outlet, owned=owned, strict=strict, opened=True)


def _bared(raw: str) -> str:
    """Return a line folded, without asides and addresses."""
    text = narrowed(fold(raw))
    if _GROWING.search(text):
        text = _GROWN.sub(_parted, text)
    if "【" in text:
        text = text.replace("【", "").replace("】", "")
    if "(" in text or "[" in text:
        whole = _WHOLE.fullmatch(text)
        text = whole[1] if whole else _ASIDE.sub(", ", text)
    if "@" in text or "http" in text:
        text = _WEB.sub(" ", text)
    return text


def _parted(grown: re.Match[str]) -> str:
    """Part a word where one of a date or a post begins in it, or a desk ends: "QuillMay", "DeskSalt"."""
    before, after = grown[1].casefold(), grown[2].casefold()
    apart = after in _OF_DATES or after in _POSTS or before in BODIES or before in FUNCTIONS
    return f"{grown[1]}, {grown[2]}" if apart else grown[0]


def _gathered(text: str, lexicon: Lexicon, outlet: Outlet, *, owned: bool, strict: bool, opened: bool) -> Names:
    """Return the names among a line's parts: the most like a person's, none where what is left speaks of a body."""
    found: dict[str, tuple[str, int]] = {}
    agency: str | None = None
    site = wired = False
    desk = False
    for first, part in _parts(_DATE.sub(", ", text), lexicon):
        if desk and not found and len(part.split()) <= _PLACE:
            break  # where the desk is
        desk = part.strip().rpartition(" ")[2].casefold() in _DESKS
        name = _trimmed(part, opened, first, outlet)
        folded = bare(fold_line(name))
        if (wire := _agency_in(name, folded, part, lexicon)) is not None:
            agency = agency or wire
            wired = wired or not found  # what follows in capitals is a place
            continue
        rank = rank_of(name, folded, lexicon, strict)
        if rank and outlet.is_called(name, person=rank == PERSON, owned=owned):
            rank, site = NOBODY, True
        elif not rank and (is_address(part) or (not opened and len(part.split()) > _PHRASE)):
            site = True  # or words of a sentence, of which a single one is no name
        if rank:
            found.setdefault(key_of(name), (name, rank))
    if len(found) > 1:
        found.pop(outlet.host, None)  # a person's name elsewhere, beside one the outlet's
    best = max((rank for _, rank in found.values()), default=NOBODY)
    if outlet.host and found and not next(iter(found.values()))[0].isupper():  # "Ada Quill, SALT TODAY"
        found = {key: one for key, one in found.items() if one[1] < PERSON or not one[0].isupper()}
    if best == SOMEBODY and (site or (wired and all(name.isupper() for name, _ in found.values()))):
        return Names(agency=agency, opened=opened)
    return Names(tuple(name for name, rank in found.values() if rank == best), best, agency, opened)


def _agency_in(name: str, folded: str, part: str, lexicon: Lexicon) -> str | None:
    """Return the agency that a part of a line names, alone or as whose writer someone is: "AP Auto Writer"."""
    if folded in lexicon.agencies:
        return name
    house = part.partition(" ")[0]
    is_desk = house.isupper() and house.casefold() in lexicon.agencies and part.split()[-1].casefold() in FUNCTIONS
    return house if is_desk else None


def _parts(text: str, lexicon: Lexicon) -> Iterator[tuple[bool, str]]:
    """Part a line where its names may end; tell of each part whether it is the line's first."""
    first = True
    for piece in [text] if _BETWEEN.isdisjoint(text) else _SOFT.split(_HARD.sub(", ", text)):
        for part in [half for whole in _joined(piece, lexicon) for half in halves_of(whole, lexicon)]:
            if part:
                yield first, part
                first = False


def _joined(piece: str, lexicon: Lexicon) -> list[str]:
    """Part what a word for "and" joins; where the word is not the language's own, only full names are parted."""
    words = piece.split()
    if len(words) > 2 and words[-2] in _WITH and words[-1].strip(".").casefold() in lexicon.agencies:
        return [*_joined(" ".join(words[:-2]), lexicon), words[-1]]
    if lexicon.language == "zh" and len(words) > 1 and all(map(_HAN.fullmatch, words)):
        return words  # whose reporters, and they
    for joiners in (lexicon.joiners, JOINERS):
        told, pattern = _joiners(joiners)
        if not told.isdisjoint(words):
            parts = pattern.split(piece)
            if len(parts) > 1 and (joiners is lexicon.joiners or all(len(p.split()) > 1 for p in parts)):
                return [piece] if _is_body(parts) else parts
    return [piece]


def _is_body(parts: list[str]) -> bool:
    """Tell the two halves of a body's name from two people: "Office of Tides and Fisheries"."""
    first, *rest = parts
    return all(" " not in part for part in rest) and not BODIES.isdisjoint(first.casefold().split())


@lru_cache(maxsize=64)
def _joiners(words: tuple[str, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the words, and the pattern that parts a text at one of them."""
    return frozenset(words), re.compile(rf"(?:^|(?<!\s)\s++)(?:{'|'.join(map(re.escape, words))})\s+")


def _trimmed(part: str, opened: bool, first: bool, outlet: Outlet) -> str:
    """Cut what follows a name in its part of the line (a date, a place, what the person is) or stands before it."""
    if part.endswith(":") and not (first and opened):
        return ""  # a label, whose text was parted from it
    clock = _CLOCK.search(part) if _DIGIT.search(part) else None
    if clock and not opened and part[: clock.start()].rstrip()[-1:] == ":":
        return ""  # what the date after it is
    words = (part[: clock.start()] if clock else part).strip(_MARKS).split()
    if not words or words[0].endswith(":") or words[1:2] == [":"] or (words[0] in ENDS and len(words) > 1):
        return ""  # a label that opens no byline, or the middle of a sentence
    for i, word in enumerate(words):
        folded = word.casefold()
        apart = folded in FUNCTIONS if i > 1 else word.islower() and (folded in BODIES or folded in FUNCTIONS)
        if i and (folded in ENDS or apart or word.endswith(":")):
            housed = apart and i > 2 and outlet.has_word(words[i - 1])  # "Ada Quill Gazette Staff Writer"
            words = words[: i - housed] if opened or i > 1 else []
            break
    while clock and len(words) > 1 and (words[-1].casefold().strip(".,") in _BEFORE_DAYS or words[-1].islower()):
        words.pop()
    if words and _SIGNS_AFTER.search(words[-1]):
        words[-1] = words[-1].removesuffix("記者")
    if first and words:
        while len(words) > 1 + words[-1].isascii() and words[-1].casefold().strip(".,") in FUNCTIONS:
            words.pop()
        while len(words) > 2 and _is_title(words[0].casefold()):
            words.pop(0)
    while words and words[-1] in PARTICLES:
        words.pop()
    return " ".join(words).strip(_MARKS)


def _is_title(word: str) -> bool:
    """Tell a word before a name that says what the person is, or whose: "FOCUS-Autorin", "unserem"."""
    house, _, last = word.rpartition("-")
    return last in FUNCTIONS or word in OWNERS or (bool(house) and last in BODIES)
