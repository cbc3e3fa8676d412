"""A line as the noise rule sees it, what is known of its page, and the cues that its own text gives.

Which cues make it noise is decided in `noise`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from unicodedata import category

from extractors.article import Label
from extractors.engine.lexicon import Said
from extractors.engine.lexicon.folding import fold_line, fold_lines
from extractors.engine.markup.hints import NONE
from extractors.engine.prose import is_sentence, key_of, word_count

_CONTACT = re.compile(
    r"(?<![\w.])@\w{2,}|https?://|www\.\w|\b[\w.+-]{1,64}@[\w-]{1,64}\.[^\W\d_]{2,}|\b(?:t\.me|bit\.ly|wa\.me)/"
)
_PLATFORMS = (
    "facebook twitter instagram tiktok telegram whatsapp youtube linkedin viber reddit pinterest bluesky threads "
    "flipboard snapchat фейсбук телеграм інстаграм инстаграм вконтакте вайбер פייסבוק טוויטר טלגרם אינסטגרם וואטסאפ"
).split()
_SAID_BY = re.compile(r"[\s,.!?…][–—] ?(\w)")  # what parts speech from who says it, where a dash opens speech
_LISTED = re.compile(
    r"[A-Za-zА-Яа-яі\u05d0-\u05ea]{2}(?: ?[|/·•]|,) ?[A-ZА-ЯІ\u05d0-\u05eaa-z]"
)  # names parted by marks
_OPENING_MARKS = (*"»›→▶►▸➤➡➔➜≫👉📌🔴⇒⬇☛", "<<", ">>", "* ", "• ")
_CLOSING = (">>", "»", "≫", "→", "▶", "►", "›")
_CLOSING_MARKS = frozenset("".join(_CLOSING))
_BRACKETS = {"(": ")", "[": "]", "【": "】", "（": "）"}


@dataclass(slots=True)
class Line:
    """A run as the noise rule sees it. Shares are 0 to 1 of its characters."""

    text: str
    roles: int = 0
    hints: frozenset[Label] = NONE
    linked: float = 0.0
    strong: float = 0.0
    emphasis: float = 0.0
    outside: bool = False  # not in the container where the story stands
    lead: bool = False  # before the first paragraph of the story
    tail: bool = False  # after the last paragraph of the story
    last: bool = False  # among the last lines of the story itself
    first: bool = False  # the first paragraph of the story
    abroad: bool = False  # it carries links, and all of them lead to other sites
    pictured: bool = False  # a picture stands in the same small box
    alone: bool = False  # it has that box to itself, under the picture
    sentence: bool = field(init=False)
    plain: bool | None = field(init=False, default=None)  # as `is_plain` tells, once it was asked
    said: Said | None = field(init=False, default=None)  # what it says of the lexicon's phrases, once it was looked for
    _folded: str | None = field(init=False, default=None)
    _key: str | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.sentence = is_sentence(self.text)

    @property
    def folded(self) -> str:
        """The text as `fold_line` folds it."""
        if self._folded is None:
            self._folded = fold_line(self.text)
        return self._folded

    @property
    def key(self) -> str:
        """The text as `key_of` folds it."""
        if self._key is None:
            self._key = key_of(self.text)
        return self._key

    @property
    def words(self) -> int:
        """The number of words."""
        return word_count(self.text)


def fold_all(lines: list[Line]) -> None:
    """Fold lines in one go."""
    folded = fold_lines([line.text.replace("\n", " ") for line in lines])  # a preformatted text has several lines
    for line, text in zip(lines, folded, strict=True):
        line._folded = text


@dataclass(slots=True)
class Facts:
    """What is known of the page as a whole. Sets hold `key_of` keys."""

    captions: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()
    outlet: str = ""  # its name as `fold_line` folds it, where that is no word of any story
    house: str = ""  # the noun of that name by which it calls itself
    known: bool = field(init=False)  # whether there is anything in the sets
    _longest: int = field(init=False)  # characters of a line that may be one of these
    _initials: frozenset[str] = field(init=False)
    _heads: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        keys = self.captions | self.titles | self.recurring
        self._longest = 40 + 2 * max(map(len, keys), default=0)
        self._initials = frozenset([key[:1] for key in keys])
        self._heads = frozenset([key[:3] for key in keys])
        self.known = bool(keys)

    def may_have(self, text: str) -> bool:
        """Tell whether a text may be one of these, by its length and first letters: its key need not be made else."""
        if len(text) > self._longest:
            return False
        if text[:4].isascii() and text[:3].isalnum():
            return text[:3].lower() in self._heads
        # Marks before the first letter, marks on it, and compatibility forms are for `key_of` to fold.
        return text[0].casefold()[:1] in self._initials or text[0] >= "\uf900" or not text[:2].isalnum()


def address_in(text: str) -> str | None:
    """Return the first address or handle in a text."""
    told = "@" in text or "www." in text or ("/" in text and ("//" in text or ".me/" in text or ".ly/" in text))
    if told and (found := _CONTACT.search(text)):
        return found.group()
    return None


def contact_of(line: Line) -> str | None:
    """Return the contact token in a line: an address, a handle, or two platforms listed with separators."""
    text = line.text
    if address := address_in(text):
        return address
    if (
        len(text) < 300
        and ("," in text or "|" in text or "/" in text or "·" in text or "•" in text)
        and any(map(line.folded.__contains__, _PLATFORMS))
    ):
        names = [name for name in _PLATFORMS if name in line.folded]
        if len(names) > 1 and _LISTED.search(text):
            return " ".join(names[:2])
    return None


def typography_of(line: Line) -> str | None:
    """Return what is odd in how a line is set: arrows, brackets around it all, a sign, capitals, italic, bold."""
    text = line.text
    if not text[:1].isalnum():
        if text[:1] not in "©®" and category(text[0]) == "So":  # an emoji or a bullet
            return "mark"
        if text.startswith(_OPENING_MARKS):
            return "arrow"
        if text.startswith(("—", "– ")) and not _is_spoken(text):
            return "dash"
        if len(text) < 300 and text.rstrip(".")[-1:] == _BRACKETS.get(text[:1], "none"):
            return "brackets"
    if text[-1:] in _CLOSING_MARKS and text.endswith(_CLOSING) and "«" not in text:
        return "arrow"
    if len(text) > 12 and text.isupper():
        return "capitals"
    if line.emphasis > 0.95:
        return "italic"
    return "bold" if line.strong > 0.95 else None


def _is_spoken(text: str) -> bool:
    """Tell speech behind a dash, and behind another one who says it: "– No comment – said the coach."."""
    return any(found[1].islower() for found in _SAID_BY.finditer(text, 2))
