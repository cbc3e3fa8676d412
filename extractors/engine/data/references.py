"""Data that a page sends as a table, so that nothing is sent twice: its objects hold the places of their values.

Nuxt (`__NUXT_DATA__`, by the library devalue) numbers the values of objects and lists; the streams of Remix and React
Router (turbo-stream) number the names as well, as `"_3": 4`.
"""

from __future__ import annotations

from typing import Any

FEWEST = 6  # values in such a table
DEEPEST = 48  # levels that are followed
_LONGEST_NAME = 12  # characters of a name that is the place of one


def resolved(value: Any) -> Any:
    """Return such a table as the value that it stands for, and any other value as it is.

    An object or a list that is named twice is told where it is first named, so that no table grows.

    >>> resolved([{"story": 1, "home": 2}, {"title": 3, "parts": 4}, "/", "A", [5, 6], "b", "c"])
    {'story': {'title': 'A', 'parts': ['b', 'c']}, 'home': '/'}
    """
    if not isinstance(value, list) or len(value) < FEWEST or not value[0] or not isinstance(value[0], dict | list):
        return value
    if not all(map(_is_entry, value)):
        return value
    return _Table(value).value(0, 0)


def _is_entry(value: Any) -> bool:
    """Tell what may stand in such a table: no value of an object or a list is told there, but its place."""
    if isinstance(value, dict):
        return all(type(place) is int for place in value.values())
    if isinstance(value, list) and not _has_kind(value):
        return all(type(place) is int for place in value)
    return True


def _has_kind(value: list[Any]) -> bool:
    """Tell a value of a kind that JSON has not: `["Reactive", 7]`, `["Date", "2026-05-04T06:30:00Z"]`."""
    return bool(value) and isinstance(value[0], str) and not any(isinstance(item, dict | list) for item in value)


class _Table:
    def __init__(self, values: list[Any]) -> None:
        self.values = values
        self.told: set[int] = set()

    def value(self, place: int, depth: int) -> Any:
        if not 0 <= place < len(self.values) or depth > DEEPEST:
            return None
        found = self.values[place]
        if not isinstance(found, dict | list):
            return found
        if place in self.told:
            return None
        self.told.add(place)
        if isinstance(found, dict):
            return {self._name(name): self.value(at, depth + 1) for name, at in found.items()}
        if not _has_kind(found):
            return [self.value(at, depth + 1) for at in found]
        if len(found) != 2:
            return None
        return self.value(found[1], depth + 1) if type(found[1]) is int else found[1]

    def _name(self, name: str) -> str:
        if name[:1] == "_" and len(name) < _LONGEST_NAME and name[1:].isdecimal():
            told = self.value(int(name[1:]), DEEPEST)
            return told if isinstance(told, str) else name
        return name
