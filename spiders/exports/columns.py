"""Parquet: an article a row, its columns derived from the dataclass."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, BinaryIO, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from extractors import Article
from extractors.article import parse_when
from spiders.exports.rows import row_of
from spiders.record import Record
from spiders.rights.statement import Statement
from spiders.surfaces.values import storable

_GROUP = 1000  # rows of a row group
_GROUP_SIZE = 16 << 20  # characters in one, which keeps memory flat whatever a page holds
_INSTANT = pa.timestamp("us", tz="UTC")
_PLAIN = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}


class _Writer(pq.ParquetWriter):  # type: ignore[misc]
    def __del__(self) -> None:
        """Leave a file that is not finished as it is: its stream is closed, and to end it would raise unheard."""


class Columns:
    """Writes Parquet (zstd): `address`, every field of `Article`, and what the crawl knows.

    A time that a page gives stays the text that JSON has, since it may be a day, or have no zone; where it is an
    instant, the column `published_utc` or `modified_utc` has that as a timestamp in UTC. `first_seen` and `last_seen`
    are the crawl's own, and timestamps. Lists, objects and the map `sources` are what Parquet has for them.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._rows: list[dict[str, Any]] = []
        self._size = 0
        self._writer = _Writer(stream, SCHEMA, compression="zstd")

    def write(self, record: Record) -> None:
        """Add one article to the row group, and write that when it is full."""
        row = storable(row_of(record))
        row |= {f"{name}_utc": _instant(row[name]) for name in _TIMES}
        row |= {name: _instant(row[name]) for name in ("first_seen", "last_seen")}
        row["sources"] = list(row["sources"].items())
        self._rows.append(row)
        self._size += sum(len(block["text"]) for block in row["blocks"])
        if len(self._rows) >= _GROUP or self._size >= _GROUP_SIZE:
            self._write_group()

    def finish(self) -> None:
        """Write the last row group and the index of them all."""
        self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        if self._rows:
            self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, schema=SCHEMA))
        self._rows, self._size = [], 0


def _type_of(hint: Any) -> pa.DataType:
    """Return the Arrow type of a field's annotation."""
    options = [a for a in get_args(hint) if a is not NoneType] if isinstance(hint, UnionType) else [hint]
    if datetime in options or date in options:
        return pa.string()
    (only,) = options
    if get_origin(only) is tuple:
        return pa.list_(_type_of(get_args(only)[0]))
    if get_origin(only) is dict:
        return pa.map_(*map(_type_of, get_args(only)))
    if dataclasses.is_dataclass(only) or issubclass(only, tuple):
        return pa.struct([(name, _type_of(hint)) for name, hint in get_type_hints(only).items()])
    return pa.string() if issubclass(only, StrEnum) else _PLAIN[only]


def _schema() -> pa.Schema:
    hints = get_type_hints(Article)
    columns = [("address", pa.string())]
    for field in dataclasses.fields(Article):
        columns.append((field.name, _type_of(hints[field.name])))
        if field.name in _TIMES:
            columns.append((f"{field.name}_utc", _INSTANT))
    columns += [("version", pa.int64()), ("first_seen", _INSTANT), ("last_seen", _INSTANT)]
    columns += [("extractor", pa.string()), ("flag", pa.string()), ("suspect", pa.string())]
    return pa.schema([*columns, ("rights", pa.list_(_type_of(Statement)))])


def _instant(value: str | None) -> datetime | None:
    """Return the instant that a text in ISO 8601 stands for; None for a day, or a time without a zone."""
    when = parse_when(value)
    if not isinstance(when, datetime) or when.tzinfo is None:
        return None
    try:
        return when.astimezone(UTC)
    except OverflowError:  # the first or the last day there is
        return None


_TIMES = tuple(name for name, hint in get_type_hints(Article).items() if datetime in get_args(hint))
SCHEMA = _schema()
