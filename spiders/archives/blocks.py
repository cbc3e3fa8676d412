"""The records of a WARC file, one after the other; where the file is broken, reading goes on behind the damage."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType

from spiders.surfaces.values import text

MAX_TRIES = 10_000  # places in a row that look like a record and are none

_GZIP = b"\x1f\x8b"
_MARKS = {_GZIP: b"\x1f\x8b\x08", b"\x28\xb5": b"\x28\xb5\x2f\xfd", b"WA": b""}  # of packed records
_RECORD = b"\r\n\r\nWARC/1."
_WINDOW = 1 << 20
# What a person may take for a page, besides responses.
_OTHERS = (WarcRecordType.revisit, WarcRecordType.resource, WarcRecordType.conversion)


class Block(NamedTuple):
    """A record: where it begins, its headers, and what it holds; None where that is too long, or is no response."""

    at: int
    headers: Any
    content: bytes | None

    @property
    def url(self) -> str:
        """The address that it says it comes from, in either of the spellings that there are."""
        return text(self.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")

    @property
    def kind(self) -> str:
        """Such as `response`."""
        return text(self.headers.get("WARC-Type") or "").strip().lower()


class DamageError(Exception):
    """A record that is not what it says; the message ends a sentence that begins with its address."""


def response_blocks(path: Path, limit: int, note: Callable[[str], None]) -> Iterator[Block]:
    """Yield the response records, and of other kinds those that may hold a page.

    Where the file is broken, it says so and goes on at what next looks like a record.
    That is done in packed archives only: in a plain one, a page could hold what looks like a record of another site.

    Raises:
        EOFError: there is no record in it.
    """
    with path.open("rb") as file:
        mark = _MARKS.get(file.read(2))
    at: int | None = None if mark is None else 0
    apart = mark and _next(path, mark, 1) is not None  # each record is packed by itself
    known = told = tries = 0
    while at is not None:
        last = at
        try:
            for place, block in _intact(path, at, limit, lenient=not apart):
                last, known, tries = place, known + 1, 0
                if block:
                    yield block
            break
        except DamageError as damage:
            if known > told:  # else it is the one that has been told, met again
                note(str(damage))
            told, tries = known, tries + 1
            at = _next(path, mark, last + 1) if mark and tries < MAX_TRIES else None
    if tries >= MAX_TRIES:
        note("the rest of the archive was not read: too much of it is broken")
    if not known:
        raise EOFError


def _intact(path: Path, start: int, limit: int, *, lenient: bool) -> Iterator[tuple[int, Block | None]]:
    """Yield the place of each record from `start` on, and the record itself if it is one to yield.

    Args:
        lenient: look for the next record where something else stands, instead of raising.
    Raises:
        DamageError: the file breaks off or cannot be unpacked, in the record that was yielded last or behind it.
    """
    last = start
    with path.open("rb") as file:
        file.seek(start)
        try:
            for record in ArchiveIterator(file, parse_http=False, quirks_mode=lenient, fsspec_args=False):
                last = record.stream_pos
                block = _block(record, limit)
                yield last, None if isinstance(block, str) else block
                if isinstance(block, str):
                    raise DamageError(block)
            _check_end(file, last)
        except OSError as error:
            if error.errno is not None:  # the disk's, not the format's
                raise
            raise DamageError(f"the archive is broken behind byte {last}: {error}") from error


def _block(record: Any, limit: int) -> Block | str | None:
    """Read a response, no more of it than `limit`; or say how its length lies. None for what holds no page."""
    if record.record_type in _OTHERS:
        return Block(record.stream_pos, record.headers, None)
    if record.record_type != WarcRecordType.response:
        return None
    length = record.content_length
    content = record.reader.read(length) if length <= limit else None
    block = Block(record.stream_pos, record.headers, content)
    if length != (record.reader.consume() if content is None else len(content)):
        return f"{block.url}: it breaks off: {length} bytes are announced"
    if content and _RECORD in content and not agrees(block):
        return f"{block.url}: its length takes in other records"
    return block


def _check_end(file: BinaryIO, last: int) -> None:
    """Raise where the gzip member at `last`, or one behind it, has no end: what is in it has not been seen."""
    file.seek(last)
    if not file.peek(2).startswith(_GZIP):  # type: ignore[attr-defined]
        return
    stream, data = zlib.decompressobj(31), file.read(_WINDOW)
    try:
        while data:
            stream.decompress(data, _WINDOW)
            data = stream.unconsumed_tail or stream.unused_data or file.read(_WINDOW)
            if stream.eof and data:
                stream = zlib.decompressobj(31)
    except zlib.error:  # no member begins there
        return
    if not stream.eof:
        raise DamageError(f"the archive breaks off behind byte {last}")


def _next(path: Path, mark: bytes, start: int) -> int | None:
    """Return where `mark` next stands in the file."""
    rest = b""
    with path.open("rb") as file:
        file.seek(start)
        while window := file.read(_WINDOW):
            if (found := (rest + window).find(mark)) >= 0:
                return start - len(rest) + found
            start += len(window)
            rest = (rest + window)[-len(mark) + 1 :]
    return None


def agrees(block: Block) -> bool | None:
    """Say whether a record is what its digest says; None where it has none that we know."""
    kind, _, told = (block.headers.get("WARC-Block-Digest") or "").strip().partition(":")
    if kind.lower() != "sha1" or block.content is None:
        return None
    digest = hashlib.sha1(block.content, usedforsecurity=False)
    return told.lower() in (digest.hexdigest(), base64.b32encode(digest.digest()).decode().lower())
