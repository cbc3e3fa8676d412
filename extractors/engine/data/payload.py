"""The values that a page's scripts hold: JSON in script elements, assigned to variables, or pushed in pieces; and
those that elements hold for their scripts in an attribute (`data-page`, `props`).

Nothing is ever executed, and all is bounded: scripts, their characters, attempts. Which value tells the story is
decided in `embedded`, how a value becomes markup in `rendering`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from extractors.engine.data.literals import OPENING, NoValueError, literal_at
from extractors.engine.data.references import resolved
from extractors.page import Page

MAX_CHARACTERS = 4_000_000  # of all scripts together that are read
MAX_SCRIPTS = 24
MAX_ATTEMPTS = 40  # values looked for in one script
SHORTEST = 300  # characters of a script that may hold a story
OPENED = 6  # levels of objects, in which a string may be JSON itself; one time in such a string again
LITERAL = 16  # characters of a string that is told apart, in a script that is no data

_ATTRIBUTE = re.compile(rb"""=(?:"\s*+[\[{]\s*+(?:&quot;|&#34;)|'\s*+[\[{]\s*+(?:"|&quot;|&#34;))""")  # with JSON in it
_WRAPPER = re.compile(r"(?<!\s)\s*+<!--|-->\s*+$")
_PUSHED = re.compile(r"self\.__next_f\.push\(\s*\[\s*1\s*,\s*(?=\")")
_ROW = re.compile(r"^[0-9a-f]{1,6}:(?=[\[{\"])", re.MULTILINE)
_TEXT_ROW = re.compile(r"^[0-9a-f]{1,6}:T([0-9a-f]{1,6}),", re.MULTILINE)
_VALUE = re.compile(r"(?:=|\.(?:push|enqueue|concat)\()\s*(?:JSON\.parse\(\s*)?(?=[{\[\"'])")
_SINGLE = re.compile(r"'((?:[^'\\]|\\.)*+)(?:'|\Z)", re.DOTALL)
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.DOTALL)
_ENTITY, _ENTITIES = re.compile("&([aqslg]);"), {"a": "&", "q": '"', "s": "'", "l": "<", "g": ">"}
_ESCAPE = re.compile(r"\\(['\\])")
_decode = json.JSONDecoder(strict=False).raw_decode


def has_values(page: Page) -> bool:
    """Tell whether a page may have values in scripts or attributes."""
    return b"<script" in page.html or _ATTRIBUTE.search(page.html) is not None


def values_in(page: Page) -> Iterator[Any]:
    """Yield the values in the page's scripts, the longest script first."""
    budget = MAX_CHARACTERS
    scripts = page.tree.css("script:not([src]):not([type='application/ld+json' i])")
    texts = [text for node in scripts if len(text := node.text()) >= SHORTEST]
    if pushed := "".join(_pushed(text) for text in texts):
        yield {"rows": list(_rows(pushed[:budget]))}
    for text in sorted(texts, key=len, reverse=True)[:MAX_SCRIPTS]:
        budget -= len(text)
        if budget >= 0 and "self.__next_f" not in text:
            yield from (resolved(_opened(value, 0)) for value in _values(text))


def attributes_in(page: Page) -> Iterator[Any]:
    """Yield the values that elements hold for their scripts in attributes, the longest first."""
    if _ATTRIBUTE.search(page.html) is None:
        return
    values = (value for node in page.body.css("*") for value in node.attributes.values())
    texts = [text for value in values if value and len(value) >= SHORTEST and (text := value.strip())[:1] in "{["]
    budget = MAX_CHARACTERS
    for text in sorted(texts, key=len, reverse=True)[:MAX_SCRIPTS]:
        budget -= len(text)
        if budget >= 0 and (value := value_of(text)) is not None:
            yield resolved(_opened(value, 0))


def _opened(value: Any, depth: int) -> Any:
    """Return a value with what is JSON in a string of it, as the answers of a server are kept, in its place."""
    if isinstance(value, str) and len(value) >= SHORTEST and value.lstrip()[:1] in "{[":
        told = value_of(value.lstrip())
        return value if told is None else _opened(told, depth + OPENED)
    if depth > OPENED * 2 or not isinstance(value, dict):
        return value
    return {name: _opened(item, depth + 1) for name, item in value.items()}


def value_of(text: str) -> Any:
    """Read a string that is JSON itself, perhaps quoted for an address; None where it is not.

    >>> value_of('{"a": [1]}'), value_of("%7B%22a%22:1%7D"), value_of("{no}")
    ({'a': [1]}, {'a': 1}, None)
    """
    if text.startswith(("%7B", "%5B")):
        text = unquote(text)
    elif text.startswith(("{&q;", "[&q;", "[{&q;")):  # as Angular hands on its state
        text = _ENTITY.sub(lambda entity: _ENTITIES[entity[1]], text)
    if not text.startswith(("{", "[")):
        return None
    try:
        return _decode(text)[0]
    except (ValueError, RecursionError):
        return None


def plain_key(key: str) -> str:
    """Return a key as all spell it: `publishedAt`, `published_at`.

    >>> plain_key("published_at"), plain_key("publishedAt"), plain_key("published-at")
    ('publishedat', 'publishedat', 'publishedat')
    """
    return key.replace("_", "").replace("-", "").lower()


def _values(text: str) -> Iterator[Any]:
    """Yield what one script holds: the whole as JSON, each value that is assigned, else its strings."""
    bare = _WRAPPER.sub("", text).strip()
    if (value := value_of(bare)) is not None:
        yield value
        return
    yield from _written(text)
    found = False
    at = spent = 0
    for _ in range(MAX_ATTEMPTS):
        if (match := _VALUE.search(text, at)) is None or spent > MAX_CHARACTERS:
            break
        at = match.end()
        if text[at] == "'":
            quoted = _SINGLE.match(text, at)
            value, end = (_ESCAPE.sub(r"\1", quoted[1]), quoted.end()) if quoted else (None, at + 1)
        else:
            try:
                value, end = _decode(text, at)
            except json.JSONDecodeError as error:
                value, end = _written_at(text, at) if text[at] in "{[" else (None, at + 1)
                spent += max(error.pos, end) - at
                if value and end > at + 1:
                    yield value
                    value = None
            except ValueError:  # a number of more digits than are read
                value, end = None, at + 1
            except RecursionError:
                return
        at = end
        if isinstance(value, str):
            value = value_of(value)
        if value:
            found = found or isinstance(value, dict | list)
            yield value
    if not found:
        yield {"strings": _literals(text)}


def _written(text: str) -> Iterator[Any]:
    """Yield what a script hands to a function, or a function returns, in the script's own language."""
    at = spent = 0
    for _ in range(MAX_ATTEMPTS):
        if (match := OPENING.search(text, at)) is None or spent > MAX_CHARACTERS:
            return
        value, at = _written_at(text, match.end(), match["names"])
        spent += at - match.end()
        if value:
            yield value


def _written_at(text: str, at: int, names: str | None = None) -> tuple[Any, int]:
    """Return a value in the script's own language and its end; where there is none, where the reading stopped."""
    try:
        return literal_at(text, at, names)
    except NoValueError as error:
        return None, max(error.at, at + 1)


def _literals(text: str) -> list[str]:
    """Return the strings of a script that is no data: what a function is given or returns."""
    found: list[str] = []
    for match in _LITERAL.finditer(text):
        if match.end() - match.start() >= LITERAL:
            try:
                value = _decode(match.group())[0]
            except ValueError:
                continue
            if isinstance(value, str):
                found.append(value)
    return found


def _pushed(text: str) -> str:
    """Return what a script pushes to the stream of a page that is sent in pieces."""
    parts: list[str] = []
    for match in _PUSHED.finditer(text):
        try:
            value = _decode(text, match.end())[0]
        except ValueError:
            continue
        parts.append(value)
    return "".join(parts)


def _rows(stream: str) -> Iterator[Any]:
    """Yield the rows of such a stream: JSON, or text with its length before it."""
    for match in _TEXT_ROW.finditer(stream):
        data = stream[match.end() : match.end() + int(match[1], 16)].encode("utf-8", "replace")
        yield data[: int(match[1], 16)].decode("utf-8", "ignore")
    for match in _ROW.finditer(stream):
        try:
            yield _decode(stream, match.end())[0]
        except (ValueError, RecursionError):
            continue
