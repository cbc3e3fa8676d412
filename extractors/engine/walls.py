"""What a page says that stands in the place of an article, by the phrases of `walls.toml`; whether it tells a story.

Such a page names its kind and speaks to its reader. A story about such pages names the kind as well, but most of its
sentences are about something else: `told` measures them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractors.engine.lexicon.folding import fold_line, fold_lines
from extractors.engine.prose import unspaced, word_count

_READ = 65_536  # bytes of a page that are looked at for marks
_SHORTEST = 30  # characters of a sentence that tells anything
_EVERYDAY = frozenset({"waiting room", "rate limit", "maintenance", "geo-block"})  # words of any story
_FEW = 120  # words of a page that is one of these and names itself with none of the phrases
_WIDE = 2.5  # what a character weighs in a script without spaces
_UNASKED = 1.7  # what it weighs in a text that speaks to nobody
_WORD = re.compile(r"\w+")
_WHOLE = re.compile(r"(?<![\w*#])\w+(?![\w*#])")  # a phrase's words but those that * or # leave open
_OPEN = re.compile("[*#]")  # what a phrase leaves open: the rest of a word, a number
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？؟])\s*|\n")
_QUOTED = re.compile(r"“[^“”]{0,300}”|„[^„“”]{0,300}[“”]|«[^«»]{0,300}»|「[^「」]{0,300}」|\"[^\"]{0,300}\"")


class Wall(NamedTuple):
    """A kind of page, the phrase that names it, and whether that stands in the title or a heading."""

    kind: str
    phrase: str
    in_heads: bool


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases that are looked for in long texts: few texts have what is plain in one of them."""

    plain: dict[str, tuple[str, ...]]  # the longest plain part of each, by the word without which it cannot stand
    others: tuple[str, ...]  # the same of those without such a word
    all: tuple[str, ...]

    @property
    def any(self) -> re.Pattern[str]:
        """The pattern of them all; it is compiled once there is a text that may have one."""
        return _pattern(self.all)

    def search(self, text: str, words: set[str]) -> re.Match[str] | None:
        """Return the first of them in a text; `words` are those of the text."""
        if any(map(text.__contains__, self.others)):
            return self.any.search(text)
        found = self.plain.keys() & words
        return self.any.search(text) if any(part in text for word in found for part in self.plain[word]) else None


@dataclass(frozen=True, slots=True)
class _Kind:
    says: _Phrases
    heads: _Phrases
    topic: re.Pattern[str]
    self: re.Pattern[str] | None


def walls_in(heads: Sequence[str], texts: Sequence[str], *, kinds: Iterable[str] | None = None) -> list[Wall]:
    """Return the kinds that a page names itself: first those in its title and headings, then those in its text.

    Args:
        kinds: those that are looked for; None: all.

    >>> walls_in(["Just a moment…"], [])
    [Wall(kind='bot wall', phrase='just a moment', in_heads=True)]
    """
    folded = "\n".join(fold_lines([" ".join(text.split()) for text in texts]))
    titles = "\n".join(map(fold_line, heads))
    looked = [(name, _kinds()[name]) for name in (_kinds() if kinds is None else kinds)]
    words = set(_WORD.findall(titles))
    found = [Wall(name, hit.group(), True) for name, kind in looked if (hit := kind.heads.search(titles, words))]
    words = set(_WORD.findall(folded))
    said = [Wall(name, hit.group(), False) for name, kind in looked if (hit := kind.says.search(folded, words))]
    return found + said


def told(wall: Wall, texts: Iterable[str], *, strict: bool = False, dated: bool = False) -> float | None:
    """Return how much of a text neither names the kind nor speaks to the reader: characters of its sentences.

    None stands for a text that does not speak of itself: nowhere to the reader, or nowhere of what such pages are about
    (both where the kind's name is an everyday word). What somebody is quoted with is not said to the reader. In a
    script without spaces a character weighs more, and in a text that speaks to nobody.

    Args:
        strict: leave out sentences about such pages as well.
        dated: the page tells the day of its story: that may well speak to the reader.
    """
    kind, address = _kinds()[wall.kind], _address()
    amount, spoken, named = 0.0, False, False
    for text in texts:
        for sentence in _SENTENCE.split(_QUOTED.sub(" ", text)):
            line = fold_line(sentence)
            about, said = kind.topic.search(line) is not None, address.search(line) is not None
            named, spoken = named or about, spoken or said
            size = len(line) * (_WIDE if unspaced(line) else 1)
            asks, names = said and not dated, about and (strict or kind.says.any.search(line))
            if size >= _SHORTEST and not asks and not names:
                amount += size
    if not (named and spoken if wall.kind in _EVERYDAY else named or spoken):
        return None
    return amount if spoken else amount * _UNASKED


def speaks(texts: Iterable[str]) -> bool:
    """Tell whether a text speaks to its reader somewhere, quotations aside."""
    return any(_address().search(fold_line(_QUOTED.sub(" ", text))) for text in texts)


def spoken_in(heads: Sequence[str], texts: Sequence[str]) -> Wall | None:
    """Return the kind of a page that speaks of itself and to its reader and tells nothing else, whatever its words.

    It is of a few lines, in which each sentence has a word of the kind or speaks to the reader, and one of them means
    this very page, this address or the reader's own browser (`self`). A short notice in a paper does not. One that
    speaks to nobody has more such words.

    >>> spoken_in(["Oh dear"], ["The link you followed is broken, or the page has moved."])
    Wall(kind='soft 404', phrase='the link you', in_heads=False)
    >>> spoken_in(["Registry moved"], ["The registry has moved to a new address. Please bring your papers with you."])
    """
    lines = [fold_line(part) for text in (*heads, *texts) for part in _SENTENCE.split(_QUOTED.sub(" ", text))]
    sentences = [line for line in lines[len(heads) :] if len(line) * (_WIDE if unspaced(line) else 1) >= _SHORTEST]
    if not sentences or sum(map(word_count, lines)) > _FEW:
        return None
    for name, kind in _kinds().items():
        if kind.self and (hit := next(filter(None, map(kind.self.search, lines)), None)):
            about = (kind.topic.search(line) or _address().search(line) for line in sentences)
            if len(_found(name, lines)) > (1 if speaks(lines) else 2) and all(about):
                return Wall(name, hit.group(), False)
    return None


def _found(name: str, lines: Iterable[str]) -> set[str]:
    topic = _kinds()[name].topic
    return {hit.group() for line in lines for hit in topic.finditer(line)}


def guard_in(html: bytes) -> bool:
    """Tell whether a page has in its markup what guards write into the pages that they answer with."""
    head = html[:_READ]
    return any(mark in head for mark in _guards())


@cache
def _guards() -> tuple[bytes, ...]:
    return tuple(mark.encode() for mark in _table()["guards"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("extractors.engine").joinpath("walls.toml").read_text("utf-8"))


@cache
def _address() -> re.Pattern[str]:
    return _pattern(tuple(_table()["address"]))


@cache
def _kinds() -> dict[str, _Kind]:
    kinds = {name: kind for name, kind in _table().items() if name not in ("address", "guards")}
    return {
        name: _Kind(
            _phrases(kind["says"]),
            _phrases([*kind["says"], *kind.get("heads", ())]),
            _pattern(tuple(kind["topic"])),
            _pattern(tuple(kind["self"])) if "self" in kind else None,
        )
        for name, kind in kinds.items()
    }


def _phrases(phrases: Sequence[str]) -> _Phrases:
    """Compile phrases, with the longest of the words that each has as a whole and of what it does not leave open."""
    plain: dict[str, tuple[str, ...]] = {}
    others: list[str] = []
    for phrase in phrases:
        folded = fold_line(phrase)
        part = max(_OPEN.split(folded), key=len)
        if words := [] if _is_anywhere(phrase) else _WHOLE.findall(folded):
            word = max(words, key=len)
            plain[word] = (*plain.get(word, ()), part)
        else:
            others.append(part)
    return _Phrases(plain, tuple(others), tuple(phrases))


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Compile phrases into one pattern: whole words, beginnings of words where they end in *, # for a number."""
    spaced = [p for p in phrases if not _is_anywhere(p)]
    parts = [re.escape(fold_line(p)) for p in phrases if _is_anywhere(p)]
    words = "|".join(_word(p) for p in sorted(spaced, key=len, reverse=True))
    return re.compile("|".join([*([rf"(?<!\w)(?:{words})"] if words else []), *parts]) or "(?!)")


def _is_anywhere(phrase: str) -> bool:
    """Tell whether a phrase may stand inside a word: nothing parts words, or endings and verbs grow on to them."""
    return unspaced(phrase) or unspaced(phrase[0]) or "\uac00" <= phrase[0] <= "\ud7a3"


def _word(phrase: str) -> str:
    parts = [re.escape(part).replace(r"\#", r"\d{1,5}") for part in fold_line(phrase).split("*")]
    return r"\w*".join(parts) if phrase.endswith("*") else r"\w*".join(parts) + r"(?!\w)"
