"""An HTTP response as an archive has it: bytes in, status, headers and body out, or why it is no page."""

from __future__ import annotations

import re

from spiders.archives.blocks import DamageError
from spiders.network.answers import codings_of, decoded

MAX_HEAD = 64 * 1024  # bytes of HTTP headers
MAX_FIELDS = 200  # of them

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})(?:[ ;][^\r\n]{0,200})?\r?\n")
_PAGES = "text/html", "application/xhtml+xml"
_UNTOLD = "", "text/plain", "application/octet-stream", "unknown/unknown"  # types that say nothing
_MARKUP = re.compile(rb"\s*+(?:\xef\xbb\xbf\s*+)?<(?:!doctype html|html|head|body|!--)", re.IGNORECASE)
_SPENT = {"transfer-encoding", "content-encoding", "content-length"}  # said of the body as it came over the wire

Headers = list[tuple[str, str]]


def response(content: bytes) -> tuple[int, Headers, bytes]:
    """Read an HTTP response, its lines ended by CRLF or by LF alone."""
    end = _HEAD_END.search(content, 0, MAX_HEAD)
    status = _STATUS.match(content)
    if not status or not end:
        raise DamageError("there is no HTTP response in it")
    lines = content[: end.start()].decode("latin-1").splitlines()[1:]
    if len(lines) > MAX_FIELDS:
        raise DamageError(f"it has more than {MAX_FIELDS} headers")
    pairs = (line.partition(":") for line in lines if ":" in line and not line.startswith((" ", "\t")))
    return int(status[1]), [(name.strip(), value.strip()) for name, _, value in pairs], content[end.end() :]


def plain(headers: Headers, body: bytes, limit: int) -> tuple[Headers, bytes]:
    """Take off what a body was packed in for its transfer, and the headers that said so.

    Raises:
        DamageError, BrokenAnswerError, RefusedAnswerError: it breaks off, or it unpacks to more than `limit` bytes.
    """
    announced = next(iter(_values(headers, "content-length")), "")
    if announced.isascii() and announced.isdigit() and len(announced) < 16 and len(body) < int(announced):
        raise DamageError(f"it breaks off: {len(body)} of {announced} bytes")
    if any("chunked" in value.lower() for value in _values(headers, "transfer-encoding")):
        body = _unchunked(body)
    codings = codings_of(value.encode("latin-1") for value in _values(headers, "content-encoding"))
    unpacked = decoded(body, codings, limit)  # None: whoever archived it unpacked it, and kept its headers
    kept = [(name, value) for name, value in headers if name.lower() not in _SPENT]
    return kept, body if unpacked is None else unpacked


def no_page(status: int, headers: Headers, body: bytes) -> str | None:
    """Say why a response is no page that a crawl would look at; None where it is one."""
    if status != 200:
        return f"HTTP {status}"
    kind = next(iter(_values(headers, "content-type")), "").partition(";")[0].strip().lower()
    packed = _values(headers, "content-encoding") + _values(headers, "transfer-encoding")
    if kind in _PAGES or (kind in _UNTOLD and (packed or _MARKUP.match(body))):
        return None
    return "not HTML"


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
    raise DamageError("it breaks off between its chunks")


def _values(headers: Headers, name: str) -> list[str]:
    return [value for n, value in headers if n.lower() == name]
