"""What a page says that stands in the place of an article, by the phrases of `walls.toml`.

Such a page names its kind. So does a story about such pages: whether it is one is weighed in `doubt`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any, NamedTuple

from extractors.engine.lexicon.folding import fold_line, fold_lines
from extractors.engine.prose import unspaced
from extractors.engine.scripts import BEYOND_LATIN

_READ = 65_536  # bytes of a page that are looked at for marks
_WORD = re.compile(r"\w+")
_WHOLE = re.compile(r"(?<![\w*#])\w+(?![\w*#])")  # a phrase's words but those that * or # leave open
_OPEN = re.compile("[*#]")  # what a phrase leaves open: the rest of a word, a number


class Wall(NamedTuple):
    """A kind of page, the phrase that names it, and whether that stands in the title or a heading."""

    kind: str
    phrase: str
    in_heads: bool


Near = tuple[str, str, str]  # a phrase's kind, its longest plain part, the phrase


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases that are looked for in long texts, each with its longest plain part: few texts have that of one."""

    kinds: tuple[str, ...]
    plain: dict[str, tuple[Near, ...]]  # by the word without which a phrase cannot stand
    others: tuple[Near, ...]  # those without such a word
    beyond: tuple[Near, ...]  # those of them whose letters are not Latin

    def named_in(self, text: str) -> list[tuple[str, str]]:
        """Return the kinds that a text names, each with the first of its phrases there."""
        words = self.plain.keys() & set(_WORD.findall(text))
        beyond = self.beyond if BEYOND_LATIN.search(text) else ()
        near = chain(self.others, beyond, *(self.plain[word] for word in words))
        told = [(kind, phrase) for kind, part, phrase in near if part in text]
        found: list[tuple[str, str]] = []
        for kind in self.kinds if told else ():
            phrases = tuple(sorted(phrase for its, phrase in told if its == kind))
            if phrases and (hit := _pattern(phrases).search(text)):
                found.append((kind, hit.group()))
        return found


def walls_in(heads: Sequence[str], texts: Sequence[str]) -> list[Wall]:
    """Return the kinds that a page names itself: first those in its title and headings, then those in its text.

    >>> walls_in(["Just a moment…"], [])
    [Wall(kind='bot wall', phrase='just a moment', in_heads=True)]
    """
    folded = "\n".join(fold_lines([" ".join(text.split()) for text in texts]))
    titles = "\n".join(map(fold_line, heads))
    found = [Wall(kind, phrase, True) for kind, phrase in _phrases(heads=True).named_in(titles)]
    return found + [Wall(kind, phrase, False) for kind, phrase in _phrases(heads=False).named_in(folded)]


def guard_in(html: bytes) -> bool:
    """Tell whether a page has in its markup what guards write into the pages that they answer with."""
    head = html[:_READ]
    return any(mark in head for mark in _guards())


@cache
def _guards() -> tuple[bytes, ...]:
    return tuple(mark.encode() for mark in _table()["guards"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("walls.toml").read_text("utf-8"))


@cache
def _phrases(*, heads: bool) -> _Phrases:
    """Keep the phrases of all kinds by the longest of the words that each has as a whole."""
    kinds = {name: kind for name, kind in _table().items() if name != "guards"}
    plain: dict[str, tuple[Near, ...]] = {}
    others, beyond = list[Near](), list[Near]()
    for name, kind in kinds.items():
        for phrase in (*kind["says"], *(kind.get("heads", ()) if heads else ())):
            folded = fold_line(phrase)
            near = name, max(_OPEN.split(folded), key=len), phrase
            if words := [] if _is_anywhere(phrase) else _WHOLE.findall(folded):
                word = max(words, key=len)
                plain[word] = (*plain.get(word, ()), near)
            else:
                (beyond if BEYOND_LATIN.search(near[1]) else others).append(near)
    return _Phrases(tuple(kinds), plain, tuple(others), tuple(beyond))


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Compile phrases into one pattern: whole words, beginnings of words where they end in *, # for a number."""
    spaced = [p for p in phrases if not _is_anywhere(p)]
    parts = [re.escape(fold_line(p)) for p in phrases if _is_anywhere(p)]
    words = "|".join(_word(p) for p in sorted(spaced, key=len, reverse=True))
    return re.compile("|".join([*([rf"(?<!\w)(?:{words})"] if words else []), *parts]))


def _is_anywhere(phrase: str) -> bool:
    """Tell whether a phrase may stand inside a word: nothing parts words, or endings and verbs grow on to them."""
    return unspaced(phrase) or unspaced(phrase[0]) or "\uac00" <= phrase[0] <= "\ud7a3"


def _word(phrase: str) -> str:
    parts = [re.escape(part).replace(r"\#", r"\d{1,5}") for part in fold_line(phrase).split("*")]
    return r"\w*".join(parts) if phrase.endswith("*") else r"\w*".join(parts) + r"(?!\w)"
