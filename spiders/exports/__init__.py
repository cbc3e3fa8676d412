"""Exports: what is stored, written out for others. Everything here can be made again from the store at any time.

A form is a module and a class: `lines` (JSON lines), `cells` (CSV), `columns` (Parquet) write articles, `warc` writes
raw responses. `replacement` puts the file in place, whole or not at all; `rows` is the one form of a row; `feeds`
gives Scrapy's own feeds (`-O`) the same care. Choosing what to write is the command's business (`commands.export`).
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from spiders.errors import ExportError, ExportFullError, StoreDamageError, StoreError

FORMS = ("jsonl", "csv", "parquet", "warc.gz", "warc.zst")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Writer(Protocol):
    """What writes one form to a stream, a record or response at a time."""

    def write(self, item: Any) -> None:
        """Write one."""

    def finish(self) -> None:
        """Write what ends the file; the stream stays open."""


def form_of(name: str) -> str | None:
    """Return the form that a file's name tells; None where it tells none.

    >>> form_of("news/May.WARC.gz"), form_of("may.xlsx")
    ('warc.gz', None)
    """
    return next((form for form in FORMS if Path(name).name.lower().endswith(f".{form}")), None)


def writer(form: str, stream: BinaryIO, *, neutral: bool = True) -> Writer:
    """Return what writes a form to a stream.

    Args:
        neutral: in CSV, keep a spreadsheet from taking a text for a formula.
    """
    if form == "jsonl":
        from spiders.exports.lines import Lines

        return Lines(stream)
    if form == "csv":
        from spiders.exports.cells import Cells

        return Cells(stream, neutral=neutral)
    if form == "parquet":
        from spiders.exports.columns import Columns

        return Columns(stream)
    from spiders.exports.warc import Warc

    return Warc(stream, form.removeprefix("warc."))


def failure(name: str, error: OSError) -> ExportError:
    """Return the error that a failure to write means."""
    if error.errno in FULL:
        return ExportFullError(f"{name} cannot be written: there is no room for it; what was there is as it was")
    return ExportError(f"{name} cannot be written: {error.strerror or error}")


def write_all(items: Iterable[Any], into: Writer, leave_out: Callable[[StoreError], None]) -> int:
    """Write every item and what ends the file; return how many there were.

    Args:
        leave_out: is told of what the store has damaged, or no longer has; all else is written.
    """
    count = 0
    try:
        for item in items:
            try:
                into.write(item)
            except StoreError as error:  # a response whose body cannot be had
                leave_out(error)
            else:
                count += 1
    except StoreDamageError as error:
        leave_out(error)
    into.finish()
    return count
