"""Values that a script writes in its own language and not as JSON: names without quotation marks, `void 0`, dates.

So SvelteKit (`kit.start(app, element, {data: [...]})`) and Nuxt (`(function(a,b){return {...}}("x",7))`) hand on what
they have read. Nothing is run: what is no plain value is read as none, or ends the reading.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

DEEPEST = 48  # values in each other
MOST = 400_000  # parts of one value that are read
_NAMES = r"\bfunction\s*+\((?P<names>[\w$,\s]*+)\)\s*+\{\s*+return\s*+"
OPENING = re.compile(rf"(?:{_NAMES}|\breturn\b\s*+|\bdata\s*+:\s*+)(?=[\[{{])")
_CALLED = re.compile(r"[;\s]*+\}\s*+\)?\s*+\(")  # behind what a function returns: what it is given
_PART = re.compile(
    r"\s*+(?:(?P<mark>[\[\]{}(),:])|(?P<text>\"(?:[^\"\\]|\\.)*+(?:\"|\Z)|'(?:[^'\\]|\\.)*+(?:'|\Z))"
    r"|(?P<number>-?\.?\d[\w.+]*+)|(?P<word>(?:new\s++|void\s++|[!-]\s*+)?+[\w$.]++))",
    re.DOTALL,
)
_ASSIGNED = re.compile(r"(?:\[\d{1,6}\])?\s*+=(?![=>])|\[\d{1,6}\]")  # behind the name of what is told again elsewhere
_PLAIN = {"true": True, "!0": True, "false": False, "!1": False}
_ESCAPE = re.compile(r"\\(?:u\{?([0-9a-fA-F]{1,6})\}?|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}


class NoValueError(ValueError):
    """What stands there is no value, from this place on."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class _Name(str):
    """The name of what a function is given."""

    __slots__ = ()


def literal_at(text: str, at: int, names: str | None = None) -> tuple[Any, int]:
    """Return the value that a script writes at a place, and where it ends; `names` are those of what it is given.

    >>> literal_at("f({title: 'A', day: new Date(0), by: void 0, on: !0})", 2)[0]
    {'title': 'A', 'day': '1970-01-01T00:00:00+00:00', 'by': None, 'on': True}
    >>> literal_at('{title:a,by:b}}("A","Ada Quill"))', 0, "a,b")[0]
    {'title': 'A', 'by': 'Ada Quill'}
    """
    reader = _Reader(text, at)
    value = reader.value(0)
    if names is None or (called := _CALLED.match(text, reader.at)) is None:
        return _given(value, {}), reader.at
    reader.at = called.end()
    given: list[Any] = []
    while reader.next_mark(")") is None:
        given.append(reader.value(0))
        reader.next_mark(",")
    told = zip(names.replace(" ", "").split(","), given, strict=False)
    plain = {name: value for name, value in told if not isinstance(value, dict | list | _Name)}
    return _given(value, plain), reader.at


def _given(value: Any, told: dict[str, Any]) -> Any:
    """Put in what names stand for: only what is no object, so that nothing grows."""
    if isinstance(value, dict):
        return {name: _given(item, told) for name, item in value.items()}
    if isinstance(value, list):
        return [_given(item, told) for item in value]
    return told.get(value) if isinstance(value, _Name) else value


class _Reader:
    """Reads one value, part after part, each once."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at, self.left = text, at, MOST

    def part(self) -> re.Match[str]:
        found = _PART.match(self.text, self.at)
        self.left -= 1
        if found is None or self.left < 0:
            raise NoValueError(self.at)
        self.at = found.end()
        return found

    def next_mark(self, mark: str) -> str | None:
        """Go past a mark if it is the next part."""
        found = _PART.match(self.text, self.at)
        if found is None or found["mark"] != mark:
            return None
        self.at = found.end()
        return mark

    def value(self, depth: int) -> Any:
        if depth > DEEPEST:
            raise NoValueError(self.at)
        found = self.part()
        mark, word = found["mark"], found["word"]
        if mark == "{":
            return self.object(depth)
        if mark == "[":
            return self.list(depth, "]")
        if found["text"] is not None:
            return _plain(found["text"])
        if found["number"] is not None:
            return _number(found["number"])
        if mark is not None:
            raise NoValueError(self.at)
        if self.next_mark("("):  # a date, a set, or what is none of ours
            return _made(word.removeprefix("new").strip(), self.list(depth, ")"))
        if (again := _ASSIGNED.match(self.text, self.at)) is not None:
            self.at = again.end()
            return self.value(depth + 1) if again[0][-1] == "=" else None
        return _PLAIN.get(word, None if word.startswith(("void", "null", "undefined", "-", "!")) else _Name(word))

    def list(self, depth: int, end: str) -> list[Any]:
        items: list[Any] = []
        while self.next_mark(end) is None:
            if self.next_mark(",") is None:
                items.append(self.value(depth + 1))
        return items

    def object(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while self.next_mark("}") is None:
            key = self.part()
            if key["mark"] == ",":
                continue
            name = _plain(key["text"]) if key["text"] is not None else key["word"] or key["number"]
            if name is None or self.next_mark(":") is None:
                raise NoValueError(self.at)
            items[name] = self.value(depth + 1)
        return items


def _plain(quoted: str) -> str:
    """Return a string without its quotation marks and escapes."""
    try:
        return str(json.loads(quoted, strict=False))
    except ValueError:
        return _ESCAPE.sub(_letter, quoted[1:-1])


def _letter(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(min(int(code, 16), 0x10FFFF)) if code else _SHORT.get(escape[3], escape[3])


def _number(told: str) -> float | int | None:
    try:
        return int(told) if len(told) <= 20 and told.lstrip("-").isdecimal() else float(told)
    except ValueError:
        return None


def _made(kind: str, told: list[Any]) -> Any:
    """Return what a script makes of what it is given: a date, the same in a set; None of what is none of ours."""
    if kind == "Date" and told:
        return _date(told[0])
    return told[0] if kind in ("Set", "Map", "URL") and told else None


def _date(told: Any) -> str | None:
    """Return a date as machines write it; of a number it is that of milliseconds."""
    if isinstance(told, str):
        return told
    try:
        return datetime.fromtimestamp(told / 1000, UTC).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
