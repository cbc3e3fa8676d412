"""CSV: an article a row, for spreadsheets. A text of a stranger must not become a formula there."""

from __future__ import annotations

import csv
import re
from dataclasses import fields
from io import TextIOWrapper
from typing import Any, BinaryIO

from extractors import Article
from spiders.exports.rows import KNOWN, row_of
from spiders.record import Record
from spiders.surfaces.values import as_json, text

COLUMNS = ("address", *(f.name for f in fields(Article) if f.name != "blocks"), *KNOWN)
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # full-width too: Japanese spreadsheets read them the same way


class Cells:
    """Writes CSV (RFC 4180, UTF-8) with a line of names: every field but `blocks`.

    Lists and objects are JSON in their cell, no value is an empty cell, yes and no are "true" and "false".

    Args:
        neutral: see `neutralised`.
    """

    def __init__(self, stream: BinaryIO, *, neutral: bool) -> None:
        self._neutral = neutral
        self._stream = TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._stream)
        self._writer.writerow(COLUMNS)

    def write(self, record: Record) -> None:
        """Write one article."""
        row = row_of(record)
        self._writer.writerow([cell(row[name], neutral=self._neutral) for name in COLUMNS])

    def finish(self) -> None:
        """Let go of the stream."""
        self._stream.detach()


def cell(value: Any, *, neutral: bool = True) -> str:
    """Return a JSON value as a cell has it.

    >>> cell(None), cell(-5), cell(True), cell(["Ann", "Bo"]), cell("=1+1")
    ('', '-5', 'true', '["Ann","Bo"]', "'=1+1")
    """
    match value:
        case None | [] | {} | ():
            return ""
        case str():
            return neutralised(text(value)) if neutral else text(value)
    return as_json(value)


def neutralised(value: str) -> str:
    r"""Put an apostrophe before a text that a spreadsheet would take for a formula; texts that differ stay different.

    Taking one apostrophe off wherever some stand before such a sign gives the text back.

    >>> neutralised("=1+1"), neutralised("'=1+1"), neutralised("-5"), neutralised("'tis so")
    ("'=1+1", "''=1+1", "'-5", "'tis so")
    """
    return f"'{value}" if _FORMULA.match(value) else value
