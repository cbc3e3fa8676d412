"""Two ways to find phrases in a line at a cost that does not grow with their number; whose phrases, `Lexicon` knows.

`Openings` finds what a line begins with by bisection, `Sayings` what it says anywhere by the words that it has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

_HEAD = 4  # characters by which most lines are told to open with nothing
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")  # words have no spaces between them
_OPENING = str.maketrans("(¡¿", "   ")  # what stands before a word and is none of it
_PREFIXING = re.compile("[\u0590-\u06ff]")  # Hebrew and Arabic write prepositions and articles onto the word


class Openings(Generic[T]):
    """Values by the text that a line must open with.

    >>> found = Openings([("read", 1), ("read more", 2), ("reach", 3)])
    >>> found.of("read more here"), found.of("reading"), found.of("real")
    ([2, 1], [1], [])
    """

    __slots__ = ("_heads", "_openings", "_shorter", "_values")

    def __init__(self, entries: Iterable[tuple[str, T]] = (), beside: Openings[T] | None = None) -> None:
        values: dict[str, tuple[T, ...]] = {}
        for opening, value in entries:
            if not opening:
                raise ValueError(f"nothing is left of the phrase of {value}: every line would open with it")
            values[opening] = (*values.get(opening, ()), value)
        for opening, others in zip(beside._openings, beside._values, strict=True) if beside else ():
            values[opening] = values[opening] + others if opening in values else others
        self._openings: list[str] = sorted(values)
        self._values: list[tuple[T, ...]] = [values[opening] for opening in self._openings]
        # What a line opens with is the opening sorted right before it, or one of those that this one opens with.
        self._shorter: list[int] = []  # the place of the longest of those; -1 where there is none
        for at, opening in enumerate(self._openings):
            shorter = at - 1
            while shorter >= 0 and not opening.startswith(self._openings[shorter]):
                shorter = self._shorter[shorter]
            self._shorter.append(shorter)
        self._heads = frozenset(opening[:_HEAD] for opening in self._openings)  # a brief one is its own

    def of(self, text: str) -> list[T]:
        """Return the values of all openings that the text has, the longest opening first."""
        heads = self._heads
        if not (text[:_HEAD] in heads or text[:3] in heads or text[:2] in heads or text[:1] in heads):
            return []
        found: list[T] = []
        at = bisect_right(self._openings, text) - 1
        while at >= 0:
            if text.startswith(self._openings[at]):
                found += self._values[at]
            at = self._shorter[at]
        return found


class Sayings(Generic[T]):
    """Phrases to be found anywhere in a folded line; one of several words begins where a word of the line does.

    >>> found = Sayings([("our app", "a"), ("inbox", "b")])
    >>> found.said_in("get our apps in your inbox"), found.said_in("four apps")
    ([('our app', 'a'), ('inbox', 'b')], [])
    """

    __slots__ = ("_anywhere", "_by_word", "_words")

    def __init__(self, phrases: Iterable[tuple[str, T]] = (), beside: Sayings[T] | None = None) -> None:
        self._anywhere: list[tuple[str, T]] = []  # in any word, or no word in them is known as a whole
        self._by_word: dict[str, tuple[tuple[str, T], ...]] = {}  # the others, by a word that they have
        for said in phrases:
            if words := _whole_words(said[0]):
                rarest = max(words, key=len)  # more or less
                self._by_word[rarest] = (*self._by_word.get(rarest, ()), said)
            else:
                self._anywhere.append(said)
        if beside:
            self._anywhere += beside._anywhere
            for word, found in beside._by_word.items():
                self._by_word[word] = self._by_word[word] + found if word in self._by_word else found
        self._words = frozenset(self._by_word)

    def said_in(self, text: str) -> list[tuple[str, T]]:
        """Return the phrases in a text, those that stand first in it first."""
        return self.said_in_each([text])[0]

    def said_in_each(self, texts: Sequence[str]) -> list[list[tuple[str, T]]]:
        """Return the same for each of some texts, at less than the cost of each."""
        joined = "\n".join(texts)
        anywhere = [s for s in self._anywhere if s[0] in joined]  # hardly any
        told: list[list[tuple[str, T]]] = []
        for text in texts:
            words = (text.translate(_OPENING) if "(" in text or "¡" in text or "¿" in text else text).split()
            said = [s for s in anywhere if s[0] in text] if anywhere else []
            if found := self._words.intersection(words):
                said += [s for word in found for s in self._by_word[word] if s[0] in text]
            told.append(_in_order(said, text) if said else said)
        return told


def _in_order(said: list[tuple[str, T]], text: str) -> list[tuple[str, T]]:
    """Return those of the phrases that stand at the start of a word, by their place in the text."""
    return sorted([s for s in said if _starts_word(s[0], text)], key=lambda s: (text.find(s[0]), s[0]))


def _whole_words(phrase: str) -> list[str]:
    """Return the words that a line with the phrase must have as they are: not the last, which may go on in the line."""
    words = phrase.replace("(", " ").split()
    if _UNSPACED.search(phrase) or not phrase[:1].isalnum():
        return []
    return words[1:-1] if _PREFIXING.match(phrase) else words[:-1]


def _starts_word(phrase: str, text: str) -> bool:
    """Tell whether the phrase, which stands in the text, does so at the start of a word where it must."""
    if " " not in phrase or not phrase[0].isalnum() or _PREFIXING.match(phrase) or _UNSPACED.search(phrase):
        return True
    return text.startswith(phrase) or any(before + phrase in text for before in " (¡¿\n")
