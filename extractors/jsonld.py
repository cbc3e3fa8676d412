"""JSON-LD as pages write it: wrapped, with trailing commas and junk, sometimes hostile; every string scrubbed.

What the objects mean for an article is in `engine.schema`.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from extractors.text import fold, scrub

MAX_CHARACTERS = 2_000_000  # of one script

_OPENING = re.compile(r"(?:\s*+(?://\s*+)?(?:<!--|(?:/\*\s*+)?<!\[CDATA\[(?:\s*+\*/)?)){0,3}\s*+")
_EXTRA_COMMA = re.compile(r'("(?:[^"\\]|\\.?)*+"?)|,(?=\s*[}\]])', re.DOTALL)  # what never ends is a string as well
# Escapes of what the text gate would take out: only a script that has them needs its strings scrubbed one by one.
_POISON = re.compile(
    r"\\(?:[bfr]|u(?:00(?:[018][0-9a-f]|7f|9[0-9a-f]|ad)|d[89a-f]|20(?:0b|2[89a-e]|6[0-9])|feff|fff[9abef]))",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\s,;]*")


def objects(text: str) -> list[dict[str, Any]]:
    """Return the objects of one JSON-LD script in order, lists and `@graph` opened.

    Numbers that no database holds (NaN, infinity, 19 digits and more) become None.

    >>> objects('<!-- {"@graph": [{"@type": "Person", "name": "A"},]}; -->')
    [{'@type': 'Person', 'name': 'A'}]

    Raises:
        ValueError: it is too long, or cannot be read even with small repairs.
        RecursionError: it nests too deeply.
    """
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"{len(text):,} characters are too many")
    text = text.strip()
    if text[:1] in ("<", "/") and (opening := _OPENING.match(text)):
        text = text[opening.end() :]  # what closes a wrapper follows the last value, where nothing is read
    if text.startswith(("{&quot;", "[{&quot;")):
        text = html.unescape(text)
    text = scrub(text)
    decoder = _SCRUBBING if _POISON.search(text) else _PLAIN
    try:
        values = _values(text, decoder)
    except ValueError:
        values = _values(_EXTRA_COMMA.sub(lambda m: m[1] or "", text), decoder)
    return _opened(values)


def property_of(items: Sequence[dict[str, Any]], name: str) -> list[str]:
    """Return the texts of a property: of the first object with a headline that has it, else of the first that has it.

    An object's text is its name, or that of the object which it refers to.

    >>> property_of([{"@id": "#a", "name": "Ada"}, {"headline": "H", "author": [{"@id": "#a"}, "B &amp; C"]}], "author")
    ['Ada', 'B & C']
    """
    items = [
        part
        for item in items
        for part in (item, item.get("mainEntity"), item.get("mainEntityOfPage"))
        if isinstance(part, dict)
    ]
    known = {item["@id"]: item for item in items if isinstance(item.get("@id"), str)}
    found = sorted((item for item in items if item.get(name)), key=lambda item: not item.get("headline"))
    value = found[0][name] if found else ()
    texts: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            part = part.get("name") or known.get(str(part.get("@id")), {}).get("name")
        if isinstance(part, str) and (text := fold(html.unescape(part))):
            texts.append(text)
    return texts


def _values(text: str, decoder: json.JSONDecoder) -> list[Any]:
    """Read one value after another; what follows the last one is not ours to judge."""
    values: list[Any] = []
    at = 0
    while text.startswith(("{", "["), at):
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
    if text and not values:
        raise ValueError("there is no object in it")
    return values


def _opened(values: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    stack = values[::-1]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            stack.append(value.pop("@graph", None))
            if value.keys() - {"@context", "@id"}:
                found.append(value)
    return found


def _gated(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    return [_gated(item) for item in value] if isinstance(value, list) else value


def _number(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _decoder(hook: Callable[[list[tuple[str, Any]]], Any] | None) -> json.JSONDecoder:
    return json.JSONDecoder(
        strict=False,
        object_pairs_hook=hook,
        parse_constant=lambda _: None,
        parse_float=_number,
        parse_int=lambda text: int(text) if len(text) < 19 else None,
    )


_PLAIN = _decoder(None)
_SCRUBBING = _decoder(lambda pairs: {scrub(key): _gated(value) for key, value in pairs})
