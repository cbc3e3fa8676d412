"""What proves a row: its checksum when it is written, and the search for rows that are no longer what was written.

`article.sha256` and `raw.sha256` prove the JSON form and the body; `checksum` proves the other columns of the row.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from spiders.record import Damage, Kind, State
from spiders.store.bodies import unpacked
from spiders.surfaces.scrubbing import scrub_url
from spiders.vitals.vital import Vital

COVERED = {
    "raw": ("key", "asked", "url", "status", "headers", "sha256", "fetched", "seen", "server", "pruned"),
    "article": (
        *("address", "key", "raw", "version", "content_hash", "first_seen", "last_seen"),
        *("headline", "standfirst", "body", "byline", "authors", "agency", "outlet", "site", "section", "language"),
        *("published", "modified", "template", "extractor", "sha256", "rights"),
    ),
    "article_revision": (
        *("address", "version", "raw", "content_hash", "first_seen", "last_seen", "headline", "body"),
        *("template", "extractor", "flag", "sha256"),
    ),
}
_NAMES = {"raw": "key", "article": "address", "article_revision": "address"}
_PROVED = {"raw": "body", "article": "article", "article_revision": "article"}  # by the row's `sha256`

UNREADABLE = sqlite3.Error, UnicodeDecodeError  # what SQLite says of a damaged file need not be text
_KINDS, _STATES = ("', '".join(values) for values in (Kind, State))
_ODD = f"SELECT key FROM url WHERE kind NOT IN ('{_KINDS}') OR state NOT IN ('{_STATES}') OR NOT json_valid(hints)"
_SIGNS = "SELECT key, signs, json_valid(suspect) FROM vital"

_encode = json.JSONEncoder(ensure_ascii=False).encode
_SAME = frozenset({str, int, type(None)})  # types of which both write the same


def digest(*values: Any) -> str:
    """Return the checksum of a row's values, in the order of `COVERED`: of their JSON list as Python writes it."""
    return hashlib.sha256(b"[%b]" % b", ".join(map(_form, values))).hexdigest()


def _form(value: Any) -> bytes:
    """Return the JSON form of a value; orjson makes the same of most in a fifth of the time."""
    if type(value) in _SAME:
        try:
            return orjson.dumps(value)
        except TypeError:  # a lone surrogate, or a number beyond 64 bits
            pass
    return _encode(value).encode("utf-8", "surrogatepass")


def seal(table: str, row: Mapping[str, Any]) -> str:
    """Return the checksum of a row of a table, given by column."""
    return digest(*(row[column] for column in COVERED[table]))


def damage(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Yield what is damaged: what SQLite itself finds, then each row whose checksums say so or that cannot be read."""
    try:
        for (line,) in connection.execute("PRAGMA integrity_check"):
            if line != "ok":
                yield Damage("", "", line)
        for table, number, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield Damage(table, "", f"row {number} belongs to no row of {parent}")
        for key, signs, marked in connection.execute(_SIGNS):
            if not marked or Vital.read(signs) is None:
                yield Damage("vital", scrub_url(key), "its signs or marks cannot be read")
        for (key,) in connection.execute(_ODD):  # integrity_check looks at no CHECK where it may not write
            yield Damage("url", key, "its kind, state or hints are none that there are")
    except UNREADABLE as error:
        yield Damage("", "", str(error))
    for table in COVERED:
        yield from _damage_of(connection, table)


def _damage_of(connection: sqlite3.Connection, table: str) -> Iterator[Damage]:
    name, proved = _NAMES[table], _PROVED[table]
    query = f"SELECT {name}, checksum, sha256, {proved}, {', '.join(COVERED[table])} FROM {table} WHERE rowid = ?"
    try:
        numbers = [number for (number,) in connection.execute(f"SELECT rowid FROM {table}")]
    except UNREADABLE as error:
        yield Damage(table, "", str(error))
        return
    for number in numbers:
        try:
            row = connection.execute(query, (number,)).fetchone()
        except UNREADABLE as error:
            yield Damage(table, "", f"row {number} cannot be read: {error}")
            continue
        if row is None:
            yield Damage(table, "", f"row {number} cannot be found")
        elif fault := _fault_of(*row):
            yield Damage(table, scrub_url(str(row[0])), fault)


def _fault_of(_: Any, checksum: Any, sha256: Any, proved: Any, *covered: Any) -> str | None:
    try:
        if checksum != digest(*covered):
            return "the row is not what was written"
        content = proved.encode() if isinstance(proved, str) else unpacked(proved) if proved else None
    except (TypeError, ValueError) as error:
        return f"the row cannot be read: {error}"
    if content is not None and hashlib.sha256(content).hexdigest() != sha256:
        return "the content is not what was written"
    return None
