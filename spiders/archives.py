"""WARC files that others wrote, read as responses: warcio's, Common Crawl's, wget's. Writing one is `exports.warc`.

An archive is a stranger's file. The lengths that it states, bodies that unpack to gigabytes and headers without end
are held to the limits of a download; what is cut short or damaged is told and never taken for a page.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType

from spiders.answers import BrokenAnswerError, RefusedAnswerError, codings_of, decoded
from spiders.errors import ArchiveError
from spiders.record import Raw
from spiders.settings import DOWNLOAD_MAXSIZE
from spiders.values import text

MAX_HEAD = 64 * 1024  # bytes of HTTP headers
MAX_FIELDS = 200  # of them
MAX_TRIES = 10_000  # places in a broken archive that may be its next record
MAX_TOLD = 50  # damages told one by one; all are counted

_GZIP = b"\x1f\x8b"
_MARKS = {_GZIP: b"\x1f\x8b\x08", b"\x28\xb5": b"\x28\xb5\x2f\xfd", b"WA": b""}  # of packed records
_RECORD = b"\r\n\r\nWARC/1."
_WINDOW = 1 << 20
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})(?:[ ;][^\r\n]{0,200})?\r?\n")
_PAGES = "text/html", "application/xhtml+xml"
_UNTOLD = "", "text/plain", "application/octet-stream", "unknown/unknown"  # types that say nothing
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|!--)", re.IGNORECASE)
_SPENT = {"transfer-encoding", "content-encoding", "content-length"}  # said of the body as it came over the wire

Headers = list[tuple[str, str]]


class _Block(NamedTuple):
    """A record: where it begins, its headers, and what it holds (None where that is longer than a page may be)."""

    at: int
    headers: Any
    content: bytes | None

    @property
    def url(self) -> str:
        """The address that it says it comes from, in either of the spellings that there are."""
        return text(self.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")


class _DamageError(Exception):
    """A record that is not what it says; the message ends a sentence that begins with its address."""


class Archive:
    """The pages of a WARC file (plain, gzip or zstd), in its order, read one at a time as they are asked for.

    A page is a response with status 200 that is HTML. Other responses are counted in `passed_over`, by reason. Pages
    that are cut short or damaged are counted in `damaged`, the first of them told in `damages`, and reading goes on
    behind them. All three are complete when the iteration ends, and begin anew with the next.

    Args:
        limit: bytes of a body, packed or not.
    Raises:
        ArchiveError: while iterating: the file cannot be read, or is no WARC file.
    """

    def __init__(self, path: Path | str, *, limit: int = DOWNLOAD_MAXSIZE) -> None:
        self.path = Path(path)
        self.passed_over: Counter[str] = Counter()
        self.damages: list[str] = []
        self.damaged = 0
        self._limit = limit

    def __iter__(self) -> Iterator[Raw]:
        """Yield the pages."""
        self.passed_over.clear()
        self.damages, self.damaged = [], 0
        try:
            for block in _blocks(self.path, self._limit + MAX_HEAD, self._note):
                if raw := self._page(block):
                    yield raw
        except EOFError as error:
            raise ArchiveError(f"the file {self.path} is no WARC archive") from error
        except OSError as error:
            raise ArchiveError(f"the archive {self.path} cannot be read: {error.strerror or error}") from error

    def _page(self, block: _Block) -> Raw | None:
        why: str | None
        if not block.url.lower().startswith(("http://", "https://")):
            why = "not of the web"
        elif block.content is None:
            why = "too large"
        else:
            try:
                status, headers, body = _http(block.content)
                if not (why := _no_page(status, headers, body)):
                    return self._raw(block, status, headers, body)
            except (_DamageError, BrokenAnswerError, RefusedAnswerError) as damage:
                self._note(f"{block.url}: {damage}")
                return None
        self.passed_over[why] += 1
        return None

    def _raw(self, block: _Block, status: int, headers: Headers, body: bytes) -> Raw:
        _check_whole(block, headers, body)
        if any("chunked" in value.lower() for value in _values(headers, "transfer-encoding")):
            body = _unchunked(body)
        codings = codings_of(value.encode("latin-1") for value in _values(headers, "content-encoding"))
        plain = decoded(body, codings, self._limit)  # None: whoever archived it unpacked it, and kept its headers
        body = body if plain is None else plain
        kept = tuple((n, text(v)) for n, v in headers if n.lower() not in _SPENT and n.lower() != "set-cookie")
        when = _fetched(block.headers.get("WARC-Date") or "")
        return Raw(block.url, status, kept, body, when, _server(block.headers.get("WARC-IP-Address") or ""))

    def _note(self, damage: str) -> None:
        self.damaged += 1
        if len(self.damages) < MAX_TOLD:
            self.damages.append(damage)


def _blocks(path: Path, limit: int, note: Callable[[str], None]) -> Iterator[_Block]:
    """Yield the response records; where the file is broken, say so and go on at what next looks like a record.

    That is done in packed archives only: in a plain one, a page could hold what looks like a record of another site.

    Raises:
        EOFError: there is no record in it.
    """
    with path.open("rb") as file:
        mark = _MARKS.get(file.read(2))
    at: int | None = None if mark is None else 0
    known = told = 0
    for _ in range(MAX_TRIES):
        if at is None:
            break
        last = at
        try:
            for place, block in _intact(path, at, limit):
                last, known = place, known + 1
                if block:
                    yield block
            break
        except _DamageError as damage:
            if known > told:  # else it is the one that has been told, met again
                note(str(damage))
            told, at = known, _next(path, mark, last + 1) if mark else None
    else:
        note("the rest of the archive was not read: too much of it is broken")
    if not known:
        raise EOFError


def _intact(path: Path, start: int, limit: int) -> Iterator[tuple[int, _Block | None]]:
    """Yield the place of each record from `start` on, and the record itself if it is a response.

    Raises:
        _DamageError: the file breaks off or cannot be unpacked, in the record that was yielded last or behind it.
    """
    last = start
    with path.open("rb") as file:
        file.seek(start)
        try:
            for record in ArchiveIterator(file, parse_http=False, quirks_mode=True, fsspec_args=False):
                last = record.stream_pos
                block = _block(record, limit)
                yield last, None if isinstance(block, str) else block
                if isinstance(block, str):
                    raise _DamageError(block)
            _check_end(file, last)
        except OSError as error:
            if error.errno is not None:  # the disk's, not the format's
                raise
            raise _DamageError(f"the archive is broken behind byte {last}: {error}") from error


def _block(record: Any, limit: int) -> _Block | str | None:
    """Read a response, no more of it than `limit`; or say how its length lies. None for other kinds."""
    if record.record_type != WarcRecordType.response:
        return None
    length = record.content_length
    content = record.reader.read(length) if length <= limit else None
    block = _Block(record.stream_pos, record.headers, content)
    if length != (record.reader.consume() if content is None else len(content)):
        return f"{block.url}: it breaks off: {length} bytes are announced"
    if content and _RECORD in content and not _agrees(block):
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
        raise _DamageError(f"the archive breaks off behind byte {last}")


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


def _http(content: bytes) -> tuple[int, Headers, bytes]:
    """Read an HTTP response, its lines ended by CRLF or by LF alone."""
    end = _HEAD_END.search(content, 0, MAX_HEAD)
    status = _STATUS.match(content)
    if not status or not end:
        raise _DamageError("there is no HTTP response in it")
    lines = content[: end.start()].decode("latin-1").splitlines()[1:]
    if len(lines) > MAX_FIELDS:
        raise _DamageError(f"it has more than {MAX_FIELDS} headers")
    pairs = (line.partition(":") for line in lines if ":" in line and not line.startswith((" ", "\t")))
    return int(status[1]), [(name.strip(), value.strip()) for name, _, value in pairs], content[end.end() :]


def _unchunked(body: bytes) -> bytes:
    """Join the chunks of a transfer coding; a body that does not begin with a chunk has been joined before."""
    parts: list[bytes] = []
    at = 0
    if not _CHUNK.match(body):
        return body
    while head := _CHUNK.match(body, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(parts)
        at = head.end() + size
        if at > len(body):
            break
        parts.append(body[head.end() : at])
    raise _DamageError("it breaks off between its chunks")


def _values(headers: Headers, name: str) -> list[str]:
    return [value for n, value in headers if n.lower() == name]


def _no_page(status: int, headers: Headers, body: bytes) -> str | None:
    """Say why a response is no page that a crawl would look at; None where it is one."""
    if status != 200:
        return f"HTTP {status}"
    kind = next(iter(_values(headers, "content-type")), "").partition(";")[0].strip().lower()
    packed = _values(headers, "content-encoding") + _values(headers, "transfer-encoding")
    if kind in _PAGES or (kind in _UNTOLD and (packed or _MARKUP.match(body))):
        return None
    return "not HTML"


def _check_whole(block: _Block, headers: Headers, body: bytes) -> None:
    """Raise where a record says itself that it is not whole, or its lengths or digest do."""
    if why := block.headers.get("WARC-Truncated"):
        raise _DamageError(f"it was cut short when it was archived ({text(why)[:40]})")
    announced = next(iter(_values(headers, "content-length")), "")
    if announced.isascii() and announced.isdigit() and len(announced) < 16 and len(body) < int(announced):
        raise _DamageError(f"it breaks off: {len(body)} of {announced} bytes")
    if _agrees(block) is False:
        raise _DamageError(f"it does not agree with its digest (at byte {block.at} of the file)")


def _agrees(block: _Block) -> bool | None:
    """Say whether a record is what its digest says; None where it has none that we know."""
    kind, _, told = (block.headers.get("WARC-Block-Digest") or "").strip().partition(":")
    if kind.lower() != "sha1" or block.content is None:
        return None
    digest = hashlib.sha1(block.content, usedforsecurity=False)
    return told.lower() in (digest.hexdigest(), base64.b32encode(digest.digest()).decode().lower())


def _fetched(date: str) -> datetime:
    try:
        when = datetime.fromisoformat(date.strip())
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise _DamageError(f"it has no time: its WARC-Date is {text(date)[:40]!r}") from error


def _server(address: str) -> str | None:
    try:
        return str(ip_address(address.strip()))
    except ValueError:
        return None
