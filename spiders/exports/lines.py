"""JSON lines: an article a line, every field."""

from __future__ import annotations

from typing import BinaryIO

from spiders.exports.rows import line_of, row_of
from spiders.record import Record


class Lines:
    """Writes JSON lines in UTF-8: `row_of` a record, a line each."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, record: Record) -> None:
        """Write one article."""
        self._stream.write(line_of(row_of(record)))

    def finish(self) -> None:
        """Do nothing: the last line ended the file."""
