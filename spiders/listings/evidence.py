"""What speaks for a link and what against it, from its address and from where on a page it stands.

Weights are in units in which an even chance is 0. What links say of each other is `company`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spiders.listings.anchors import Candidate, Place
from spiders.listings.shapes import INDEX, Reading
from spiders.listings.vocabulary import KINDS, Word

_PAGERS = frozenset("page pag seite pagina paged str start offset pg p".split())
_NAMED = ("author-", "autor-", "autorin-", "auteur-", "autore-")
_WIDE = re.compile("[\u2e80-\U0010ffff]")  # scripts that say in one character what takes others two or three


@dataclass(slots=True)
class Case:
    """A candidate, and the evidence on it so far: weights with their reasons."""

    one: Candidate
    reading: Reading
    evidence: list[tuple[float, str]]
    settled: str | None = None  # a reason that needs no weighing: it is none
    word: Word | None = None
    trap: str | None = None
    filed: bool = False  # it is a word of its address that settles it, which says nothing of others of its shape

    @property
    def score(self) -> float:
        """The sum of it."""
        return sum(weight for weight, _ in self.evidence)


def is_filed(kind: str, reading: Reading) -> bool:
    """Say whether what lies further down in a folder of topics, authors or old issues is as good as an article."""
    if kind == "author":  # their names lie between
        return reading.words > 3 or (reading.words == 3 and reading.numbered)
    if kind == "archive":
        return reading.numbered or (reading.dated == "day" and reading.words > 1)
    return reading.words >= 3 and (reading.numbered or bool(reading.dated))


def is_telling(reading: Reading) -> bool:
    """Say whether an address has what those of articles have: a headline, an identifier or a date."""
    return reading.words >= 3 or reading.numbered or reading.dated in ("day", "month")


_PHRASES = tuple(f"{name}-" for name, word in KINDS.items() if word.kind == "static" and word.firm and "-" in name)
_ENDS = tuple(f"-{phrase[:-1]}" for phrase in _PHRASES)
_DATED = {"day": (3.0, "a date in its address"), "month": (2.2, "a month in its address")}
_DATED |= {"year": (1.2, "a year in its address")}
_WORDS = (0.0, -0.6, 0.2, 1.2, 1.8, 2.4)


def of_address(reading: Reading, word: Word | None) -> list[tuple[float, str]]:
    """Return what an address says; `word` is one in it that may be the name of another kind."""
    told = [(-1.0, "nothing speaks for it")]
    if reading.dated:
        told.append(_DATED[reading.dated])
    weight = _WORDS[min(reading.words, 5)]
    told.append((weight, "a headline in its address" if weight > 0 else "no headline in its address"))
    if reading.numbered:
        told.append((1.8, "an identifier in its address"))
    elif not reading.dated and reading.words < 3 and not reading.chosen:
        told.append((-1.2, "neither date, headline nor identifier in its address"))
    if says_article(reading):
        told.append((1.0, "its address says article"))
    if word and not word.firm:
        weight = -2.0 if reading.dated or reading.numbered else -3.5
        weight = -5.0 if word.kind == "sponsored" else weight
        told.append((weight, f"perhaps {word.said}"))
    if reading.last.startswith(_PHRASES) or reading.last.endswith(_ENDS):
        told.append((-2.0, "its address reads like that of a page about the site"))
    if reading.last.startswith(_NAMED) and reading.words <= 4:
        told.append((-2.5, "its address is that of an author"))
    if reading.keys:
        told.append(_of_query(reading))
    return told


def says_article(reading: Reading) -> bool:
    """Say whether a folder or the file is called after articles."""
    return any(name in KINDS and KINDS[name].kind == "article" for name in (*reading.folders, reading.last))


def _of_query(reading: Reading) -> tuple[float, str]:
    keys = {key.lower() for key in reading.keys}
    if not reading.last or (reading.last in INDEX and reading.chosen):
        return 2.5, "an identifier in its query"
    if keys & _PAGERS:
        return -3.0, "a further page of a list"
    if reading.chosen or any(key.endswith("id") for key in keys):
        return (0.3 if reading.words >= 3 or reading.numbered else 1.5), "an identifier in its query"
    return 0.0, "a query"


NEAR_STORIES = (Place.BODY, Place.SIDE)  # what stands in a menu is of other kinds
_NAMING = 4  # words of a name; a headline has more
_PLACES = {Place.BODY: (0.5, "it stands in the page's middle"), Place.SIDE: (0.0, "it stands beside the page")}
_PLACES |= {Place.HEAD: (-1.2, "it stands in the page's head"), Place.MENU: (-3.0, "it stands in a menu")}
_PLACES |= {Place.FOOT: (-3.5, "it stands at the page's foot")}


def of_page(one: Candidate, reading: Reading) -> list[tuple[float, str]]:
    """Return what a page says of a link: by its place, and by its text."""
    told = [_PLACES[one.place], _of_text(one.text, one.headed or one.timed)]
    if one.headed:
        told.append((1.0, "its text is a heading"))
    elif not (one.timed or reading.numbered or reading.dated) and _is_named(one, reading):
        weight = -1.0 if one.place in NEAR_STORIES else -2.0
        told.append((weight, "it is called what its address says, like a topic"))
    if one.timed:
        told.append((1.0, "a time stands beside it"))
    return told


def _is_named(one: Candidate, reading: Reading) -> bool:
    """Say whether a link has as many words as its address, and in the page's middle no more than a name."""
    words = len(one.text.split())
    return words == reading.words and (words <= _NAMING or one.place not in NEAR_STORIES)


def length_of(text: str) -> float:
    """Return how long a text is, in characters of scripts that need as many as this one."""
    return len(text) if text.isascii() else len(text) + 1.5 * len(_WIDE.findall(text))


def _of_text(text: str, told: bool) -> tuple[float, str]:
    if not text:
        return 0.0, "it has no text"
    if not any(c.isalpha() for c in text):
        return -2.5, "its text has no letters"
    length = length_of(text)
    if length >= 40:
        return 2.4, "its text is as long as a headline"
    if length >= 24:
        return 1.5, "its text is as long as a headline"
    if length >= 15:
        return 0.2, "its text is short"
    return (-0.5 if told else -1.5), "its text is a word or two"
