"""Texts that a regular expression might try for ever: what its long repeats take, many times over, then what nothing does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LETTERS = "a0 .,-_<>\"'/=:;&?#%[({\\\n\té—“A"
ANY = 'a"'  # letters for any
LONG = 32  # times: a repeat of fewer is part of the constant
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_ENDS = "", "\0", "!\n"

Attack = tuple[str, str, str]  # what stands before, what is repeated, what stands behind


def attacks(pattern: re.Pattern[Any]) -> Iterator[Attack]:
    """Yield attacks on each long repeat of a pattern, and on what a search for it begins at."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seen: dict[Attack, None] = {}
    for before, body in long_repeats(tree):
        pieces = {_sample(body, k) for k in range(6)}
        if len(body) == 1 and body[0][0] is codes.IN:
            pieces |= set(_taken(body[0][1]))
        elif len(body) == 1 and body[0][0] in (codes.NOT_LITERAL, codes.ANY):
            pieces |= set(LETTERS)
        seen |= {(start, piece, end): None for piece in pieces if piece for start in (before, "") for end in _ENDS}
        seen |= {("", before + piece, ""): None for piece in pieces}
    for whole in (_sample(tree, k) for k in range(3)):
        seen |= {("", whole[:cut], ""): None for cut in range(1, min(len(whole), 12) + 1)}
    yield from seen


def long_repeats(tree: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the bodies of long repeats, each with a text that leads up to it."""
    for op, value in tree:
        if op in REPEATS:
            if value[1] is codes.MAXREPEAT or value[1] >= LONG:
                yield before, value[2]
            yield from long_repeats(value[2], before)
        elif op is codes.SUBPATTERN:
            yield from long_repeats(value[3], before)
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from long_repeats(branch, before)
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from long_repeats(value[1], before)
        elif op is codes.ATOMIC_GROUP:
            yield from long_repeats(value, before)
        before += _sample([(op, value)])


def _sample(tree: Any, pick: int = 0) -> str:
    """Return a text that a pattern takes, more or less; `pick` chooses among its letters and branches."""
    text = ""
    for op, value in tree:
        if op is codes.LITERAL:
            text += chr(value)
        elif op is codes.NOT_LITERAL:
            text += "b" if value == ord("a") else "a"
        elif op is codes.ANY:
            text += ANY[pick % len(ANY)]
        elif op is codes.IN:
            letters = _taken(value)
            text += letters[pick % len(letters)]
        elif op is codes.BRANCH:
            text += _sample(value[1][pick % len(value[1])], pick)
        elif op is codes.SUBPATTERN:
            text += _sample(value[3], pick)
        elif op is codes.ATOMIC_GROUP:
            text += _sample(value, pick)
        elif op in REPEATS:
            text += _sample(value[2], pick) * value[0]
    return text


def _taken(items: list[Any]) -> list[str]:
    """Return letters that a set takes."""
    named = [chr(v if op is codes.LITERAL else v[0]) for op, v in items if op in (codes.LITERAL, codes.RANGE)]
    negated = items[0][0] is codes.NEGATE
    return [c for c in (*LETTERS, *named) if any(_has(op, v, c) for op, v in items) != negated] or ["z"]


def _has(op: Any, value: Any, letter: str) -> bool:
    if op is codes.LITERAL:
        return bool(ord(letter) == value)
    if op is codes.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    if op is not codes.CATEGORY:
        return False
    name = str(value)
    word = letter.isalnum() or letter == "_"
    is_one = letter.isdigit() if "DIGIT" in name else letter.isspace() if "SPACE" in name else word
    return is_one != ("NOT" in name)
