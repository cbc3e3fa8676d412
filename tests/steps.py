"""How many steps a regular expression takes over a text: counted and not timed, so that no busy machine can tell otherwise.

The expression is tried as `re` tries it, way after way, from the tree that `re` makes of it. What has one width and no
long repeat is left to `re` and is a step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tests.attacks import LONG, REPEATS, long_repeats

MANY = 100_000  # steps: nothing takes as many over our texts that is linear
FEW = 4  # times: what a repeat with an end is cut to, far below the sizes that are compared

Ends = Callable[[str, int], Iterator[int]]  # where a part may end that begins here, in the order in which it is tried


class TooManyError(Exception):
    """More steps than anything linear takes."""


class Counted:
    """A pattern whose steps are counted."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.steps = 0
        self._groups: dict[int, tuple[int, int]] = {}
        tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        self._ends = self._sequence(tree, 0)
        self._begins = _begins(tree, 0)

    def over(self, text: str, *, searched: bool) -> int:
        """Return the steps that it takes to find all of a pattern in a text, or to match it at its beginning."""
        self.steps = at = 0
        while at <= len(text):
            self._step()
            begins = at == len(text) or self._begins(text[at])
            end = next(self._ends(text, at), at) if begins else at
            if not searched:
                any(end == len(text) for end in self._ends(text, 0))
                break
            at = max(end, at + 1)
        return self.steps

    def _step(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > MANY:
            raise TooManyError

    def _sequence(self, tree: Any, flags: int) -> Ends:
        parts: list[Ends] = []
        plain: list[Any] = []
        for item in [*tree, None]:
            if item and _is_plain(tree, item):
                plain.append(item)
                continue
            if plain:
                parts.append(self._plain(_match(tree, plain, flags)))
                plain = []
            if item:
                parts.append(self._part(item[0], item[1], flags))

        def ends(text: str, at: int, part: int = 0) -> Iterator[int]:
            if part == len(parts):
                yield at
                return
            for end in parts[part](text, at):
                yield from ends(text, end, part + 1)

        return ends if len(parts) != 1 else parts[0]

    def _plain(self, match: Callable[[str, int], Any]) -> Ends:
        def ends(text: str, at: int) -> Iterator[int]:
            self._step()
            if found := match(text, at):
                yield found.end()

        return ends

    def _part(self, op: Any, value: Any, flags: int) -> Ends:
        if op is codes.BRANCH:
            return self._branch([(self._sequence(tree, flags), _begins(tree, flags)) for tree in value[1]])
        if op is codes.SUBPATTERN:
            assert not value[2], "flags that are taken away are not known here"
            return self._group(value[0], self._sequence(value[3], flags | value[1]))
        if op is codes.GROUPREF:
            return self._again(value)
        if op is codes.ATOMIC_GROUP:
            return _first(self._sequence(value, flags))
        if op in REPEATS:
            least, most = value[0], value[1]
            if most is not codes.MAXREPEAT and most >= LONG:
                most = max(FEW, least)
            is_greedy = op is not codes.MIN_REPEAT
            if all(_is_plain(value[2], item) for item in value[2]):
                ways = self._row(_match(value[2], list(value[2]), flags), least, most, is_greedy=is_greedy)
            else:
                ways = self._repeat(self._sequence(value[2], flags), least, most, is_greedy=is_greedy)
            return _first(ways) if op is codes.POSSESSIVE_REPEAT else ways
        assert op in (codes.ASSERT, codes.ASSERT_NOT), op
        assert value[0] > 0, "nothing long stands behind"
        return _ahead(self._sequence(value[1], flags), wanted=op is codes.ASSERT)

    def _branch(self, branches: list[tuple[Ends, Callable[[str], bool]]]) -> Ends:
        @cache
        def open_to(letter: str) -> list[Ends]:
            return [ways for ways, begins in branches if not letter or begins(letter)]

        def ends(text: str, at: int) -> Iterator[int]:
            for ways in open_to(text[at : at + 1]):
                self._step()
                yield from ways(text, at)

        return ends

    def _group(self, number: int | None, ways: Ends) -> Ends:
        def ends(text: str, at: int) -> Iterator[int]:
            for end in ways(text, at):
                self._groups[number or 0] = at, end
                yield end

        return ends

    def _again(self, number: int) -> Ends:
        def ends(text: str, at: int) -> Iterator[int]:
            start, end = self._groups.get(number, (0, 0))
            self._step(end - start)
            if text.startswith(text[start:end], at):
                yield at + end - start

        return ends

    def _row(self, match: Callable[[str, int], Any], least: int, most: int, *, is_greedy: bool) -> Ends:
        """Return the ends of a repeat of one width, without a frame for each."""

        def ends(text: str, at: int) -> Iterator[int]:
            times = 0
            while True:
                if times >= least:
                    yield at
                self._step()
                found = match(text, at) if times < most else None
                if not found:
                    return
                at, times = found.end(), times + 1

        return ends if not is_greedy else lambda text, at: reversed([*ends(text, at)])

    def _repeat(self, ways: Ends, least: int, most: int, *, is_greedy: bool) -> Ends:
        def ends(text: str, at: int, times: int = 0) -> Iterator[int]:
            self._step()
            if not is_greedy and times >= least:
                yield at
            for end in ways(text, at) if times < most else ():
                if end > at or times < least:
                    yield from ends(text, end, times + 1)
            if is_greedy and times >= least:
                yield at

        return ends


def _first(ways: Ends) -> Ends:
    def ends(text: str, at: int) -> Iterator[int]:
        yield from [end for end, _ in zip(ways(text, at), range(1), strict=False)]

    return ends


def _ahead(ways: Ends, *, wanted: bool) -> Ends:
    def ends(text: str, at: int) -> Iterator[int]:
        if any(True for _ in ways(text, at)) == wanted:
            yield at

    return ends


def _is_plain(tree: Any, item: tuple[Any, Any]) -> bool:
    """Tell a part of one width without a long repeat in it, which `re` may match by itself."""
    if item[0] is codes.GROUPREF or (item[0] is codes.SUBPATTERN and item[1][0]):
        return False
    least, most = parser.SubPattern(tree.state, [item]).getwidth()
    return bool(least == most) and not any(True for _ in long_repeats([item]))


def _match(tree: Any, items: list[Any], flags: int) -> Callable[[str, int], Any]:
    return compiler.compile(parser.SubPattern(tree.state, items), flags).match  # type: ignore[no-any-return]


def _begins(tree: Any, flags: int) -> Callable[[str], bool]:
    """Return what says whether a pattern may begin with a letter."""
    op: Any = None
    value: Any = None
    if tree:
        op, value = tree[0]
    if op in (codes.LITERAL, codes.NOT_LITERAL, codes.IN):
        match = _match(tree, [tree[0]], flags)
        return cache(lambda letter: match(letter, 0) is not None)
    if op is codes.BRANCH:
        branches = [_begins(branch, flags) for branch in value[1]]
        return cache(lambda letter: any(begins(letter) for begins in branches))
    if op is codes.SUBPATTERN and value[3].getwidth()[0]:
        return _begins(value[3], flags | value[1])
    if op is codes.ATOMIC_GROUP and value.getwidth()[0]:
        return _begins(value, flags)
    if op in REPEATS and value[0] and value[2].getwidth()[0]:
        return _begins(value[2], flags)
    return lambda letter: True
