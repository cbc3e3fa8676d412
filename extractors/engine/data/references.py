"""Data that a page sends so that nothing is sent twice: its objects hold the places or the names of their values.

Nuxt (`__NUXT_DATA__`, by the library devalue) numbers the values of objects and lists; the streams of Remix and React
Router (turbo-stream) number the names as well, as `"_3": 4`. Apollo and Relay keep each object under its name and refer
to it (`{"__ref": "Author:7"}`); JSON:API keeps what is referred to under `included`. Astro writes each value beside the
number of its kind (`[0, "A"]`), Qwik the places in figures and letters (`{"objs": [{"story": "1a"}]}`).
"""

from __future__ import annotations

from itertools import islice
from typing import Any

STORES = ("ROOT_QUERY", "client:root")  # names that only a store of objects has: Apollo's, Relay's
SEARCHED = 8  # levels in which a store is looked for
SMALL, SHORT, AGAIN = 12, 120, 4_000  # values and characters of an object that is told again; how often, in all
FEWEST = 6  # values in such a table
DEEPEST = 48  # levels that are followed
_LONGEST_NAME = 12  # characters of a name that is the place of one


def resolved(value: Any) -> Any:
    """Return such data as the value that they stand for, and any other value as it is.

    An object or a list that is named twice is told where it is first named, so that nothing grows; of an object under
    a name the names in it are told again: who wrote one story has written others.

    >>> resolved([{"story": 1, "home": 2}, {"title": 3, "parts": 4}, "/", "A", [5, 6], "b", "c"])
    {'story': {'title': 'A', 'parts': ['b', 'c']}, 'home': '/'}
    >>> resolved({"ROOT_QUERY": {"story": {"__ref": "Story:1"}}, "Story:1": {"title": "A"}})["ROOT_QUERY"]
    {'story': {'title': 'A'}}
    >>> resolved({"story": [0, {"title": [0, "A"], "parts": [1, [[0, "b"]]]}]})
    {'story': {'title': 'A', 'parts': ['b']}}
    """
    if isinstance(value, dict):
        if value and all(map(_is_pair, value.values())):
            return {name: _unpaired(item, 0) for name, item in value.items()}
        if isinstance(rows := value.get("objs"), list) and "ctx" in value:
            table = _Table(list(map(_numbered, rows)))
            return [told for at in reversed(range(len(rows))) if isinstance(told := table.value(at, 0), dict | list)]
        return _joined(value, 0)
    if not isinstance(value, list) or len(value) < FEWEST or not value[0] or not isinstance(value[0], dict | list):
        return value
    if not all(map(_is_entry, value)):
        return value
    return _Table(value).value(0, 0)


def _numbered(value: Any) -> Any:
    """Return an object or a list of Qwik's table with the places that it names as numbers."""
    if isinstance(value, dict):
        return {name: _place(told) for name, told in value.items()}
    return list(map(_place, value)) if isinstance(value, list) else value


def _place(told: Any) -> int:
    is_place = isinstance(told, str) and 0 < len(told) < _LONGEST_NAME and told.isalnum() and told.isascii()
    return int(told, 36) if is_place else -1


def _is_pair(value: Any) -> bool:
    """Tell a value beside the number of its kind."""
    return isinstance(value, list) and len(value) == 2 and type(value[0]) is int and 0 <= value[0] < FEWEST * 2


def _unpaired(pair: Any, depth: int) -> Any:
    if not _is_pair(pair) or depth > DEEPEST:
        return None
    told = pair[1]
    if isinstance(told, dict):
        return {name: _unpaired(item, depth + 1) for name, item in told.items()}
    return [_unpaired(item, depth + 1) for item in told] if isinstance(told, list) else told


def _joined(value: Any, depth: int) -> Any:
    """Return a value with what its stores of objects refer to in its place; a store may stand deep inside."""
    if not isinstance(value, dict) or depth > SEARCHED:
        return value
    if any(isinstance(value.get(name), dict) for name in STORES):
        store = _Store(value)
        return {name: store.named(name, 0) for name in value if name not in store.told}
    if isinstance(included := value.get("included"), list) and "data" in value:
        store = _Store({_name_of(item): item for item in included if isinstance(item, dict)})
        return {"data": store.value(value["data"], 0)}
    return {name: _joined(item, depth + 1) for name, item in value.items()}


def _name_of(item: dict[str, Any]) -> str:
    return f"{item.get('type')}:{item.get('id')}"


class _Store:
    """Objects under their names."""

    def __init__(self, objects: dict[str, Any]) -> None:
        self.objects = objects
        self.told: set[str] = set()
        self.left = AGAIN

    def named(self, name: str, depth: int) -> Any:
        """Return an object in full, the first time; then its names."""
        found = self.objects.get(name)
        if name not in self.told:
            self.told.add(name)
            return self.value(found, depth)
        self.left -= 1
        if not isinstance(found, dict) or self.left < 0:
            return None
        inner = found.get("attributes")
        first = islice((inner if isinstance(inner, dict) else found).items(), SMALL)
        return {key: v for key, v in first if key.lower().endswith("name") and isinstance(v, str) and len(v) <= SHORT}

    def value(self, value: Any, depth: int) -> Any:
        if depth > DEEPEST:
            return None
        if isinstance(value, list):
            return [self.value(item, depth + 1) for item in value]
        if not isinstance(value, dict):
            return value
        if (names := _names_in(value, self.objects)) is not None:
            meant = [self.named(name, depth + 1) for name in names]
            return meant[0] if len(meant) == 1 else meant
        told = dict(value)
        if isinstance(related := told.pop("relationships", None), dict):
            links = {name: link["data"] for name, link in related.items() if isinstance(link, dict) and "data" in link}
            own = told.pop("attributes", None)
            told = links | told | (own if isinstance(own, dict) else {})
        return {name: self.value(item, depth + 1) for name, item in told.items()}


def _names_in(value: dict[str, Any], objects: dict[str, Any]) -> list[str] | None:
    """Return the names that a value refers to, None where it is no reference."""
    if isinstance(name := value.get("__ref"), str):
        return [name]
    if isinstance(names := value.get("__refs"), list):
        return [name for name in names if isinstance(name, str)] or None
    if "id" in value and "type" in value and len(value) <= 4 and "attributes" not in value:
        name = value["id"] if value["type"] == "id" else _name_of(value)
        return [name] if isinstance(name, str) and name in objects else None
    return None


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
