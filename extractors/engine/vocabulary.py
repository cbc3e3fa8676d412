"""The language that a text's small words show, by the lists of `vocabulary.toml`: no model, and no claim of the page.

What the script of a text tells, and whether a page's claim or its text is believed, is in `language`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_READ = 800  # characters
_FEWEST = 4  # words that must be known
_SHARE = 0.08  # of the words that must be known
_LEAD = 1.2  # of the first language over the second
_PIECES = 0.15  # share of known words under which the beginnings and ends of words are looked at

# What overrules a claim: so many words, so many of them known, and so much more than those of the claimed language.
_WORDS_AGAINST = 30
_SHARE_AGAINST = 0.18
_LEAD_AGAINST = 2


@dataclass(frozen=True, slots=True, eq=False)  # by identity: one word's languages are one object, quick to count
class Sharing:
    """The languages that have a word."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the small words of a text show; `found` counts them by the languages that have them."""

    words: int
    found: dict[Sharing | None, int]

    @property
    def language(self) -> str | None:
        """The language that the text is in, or None where no language is clearly first."""
        if not (order := self._order()):
            return None
        if self.known(order[0]) < max(_FEWEST, _SHARE * self.words):
            return None
        first, second = (self.weight(language) for language in (*order, "")[:2])
        most = max(map(self.known, order))  # (a single rare word may weigh more than three common ones)
        return order[0] if first > _LEAD * second and self.known(order[0]) == most else None

    def known(self, language: str) -> int:
        """Return how many of the words are small words of a language."""
        return sum(number for word, number in self.found.items() if word and language in word.languages)

    def weight(self, language: str) -> float:
        """Return how many of the words are small words of a language, shared with others the ones that others have."""
        weight = 0.0
        for word, number in self.found.items():
            if word and language in word.languages:
                weight += number / len(word.languages)
        return weight

    def against(self, claim: str) -> str | None:
        """Return the language that has far more of the words than the one claimed, or None: the claim may be right."""
        hits = self.words - self.found.get(None, 0)
        weight = self.weight(claim)
        if self.words < _WORDS_AGAINST or (1 + _LEAD_AGAINST) * weight >= hits or not (order := self._order()):
            return None  # (no other language can have weight enough)
        first = order[0]
        plain = self.known(first) >= _SHARE_AGAINST * self.words
        return first if plain and self.weight(first) > _LEAD_AGAINST * weight else None

    def _order(self) -> list[str]:
        """Return the languages of which there are words, the one with most weight first."""
        languages = {language for word in self.found if word for language in word.languages}
        return sorted(languages, key=self.weight, reverse=True)


def shown_by(text: str) -> Shown:
    """Count the small words in the opening of a text.

    >>> shown_by("The river rose in the night, and by the morning it had reached the mill.").language
    'en'
    >>> shown_by("Müller, Meier, Schmidt").language
    """
    words = text[:_READ].lower().replace("’", " ").replace("'", " ").split()
    lists = _lists()
    found = Counter(map(lists.words.get, words))
    if found[None] > (1 - _PIECES) * len(words):
        found = Counter(lists.words.get(w) or lists.begun.get(w[:3]) or lists.ended.get(w[-3:]) for w in words)
    return Shown(len(words), found)


def is_listed(language: str) -> bool:
    """Tell whether there are words of a language to know it by."""
    return language in _lists().languages


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists turned over: a word, or three letters that words begin or end with -> the languages that have it."""

    languages: frozenset[str]
    words: dict[str, Sharing]
    begun: dict[str, Sharing]
    ended: dict[str, Sharing]


@cache
def _lists() -> _Lists:
    lists = tomllib.loads(files("extractors.engine").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    spoken: dict[str, tuple[str, ...]] = {}
    for language, words in lists.items():
        for word in words.split():
            spoken[word] = (*spoken.get(word, ()), language)
    sharing = {languages: Sharing(languages) for languages in spoken.values()}
    known = {word: sharing[languages] for word, languages in spoken.items()}
    begun = {word[:-1]: shared for word, shared in known.items() if word.endswith("-")}
    ended = {word[1:]: shared for word, shared in known.items() if word.startswith("-")}
    return _Lists(frozenset(lists), known, begun, ended)
