"""What may go into a row or a JSON text: the gate that keeps a value of a page from breaking either."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

import orjson


def iso(moment: float) -> str:
    """Return a time (Unix) as rows have it: ISO 8601, UTC, whole seconds.

    >>> iso(0)
    '1970-01-01T00:00:00+00:00'
    """
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def storable(value: Any) -> Any:
    """Return a JSON value that SQLite and JSON both hold: no lone surrogates, no NUL, finite numbers only.

    >>> storable({"a\\ud800": ["x\\x00y", float("nan"), 2**70]})
    {'a�': ['xy', None, 1180591620717411303424]}
    """
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {text(str(k)): storable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [storable(v) for v in value]
    return value


def text(value: str) -> str:
    """Return text that UTF-8 can hold (pairs of surrogates joined, lone ones replaced), without NUL."""
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value.replace("\x00", "")


def as_json(value: Any) -> str:
    """Return the JSON text of a value; what is not storable in it is made so."""
    return as_utf8(value).decode()


def as_utf8(value: Any) -> bytes:
    """Return the JSON text of a value in UTF-8, as it is hashed and sent."""
    try:
        form = orjson.dumps(value)
    except TypeError:  # a surrogate, or a number beyond 64 bits
        return _encode(storable(value)).encode()
    return form if b"\\u0000" not in form else _encode(storable(value)).encode()


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
