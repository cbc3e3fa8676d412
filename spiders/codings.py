"""What an HTTP body is wrapped in (chunks, gzip, deflate, brotli, zstd), taken off without being flooded or cheated.

A crawl leaves this to Scrapy; this is for responses that others have archived as they came over the wire.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Iterable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_CODINGS = 2  # one inside the other: more are a bomb
_STEP = 1 << 16
_GZIP = b"\x1f\x8b"
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")


class CodingError(ValueError):
    """A body that cannot be unpacked, or must not be; the message ends a sentence that begins with its name."""


def unpacked(body: bytes, codings: Iterable[str], limit: int) -> bytes:
    """Take content codings off a body, the last one first.

    A body that is plain markup although a coding is declared is returned as it is: many archives keep the header of a
    body that they have unpacked.

    Args:
        codings: the values of Content-Encoding, in order.
        limit: bytes, of the result and of every step on the way.
    Raises:
        CodingError: it is cut short, broken, too large, in too many codings or in an unknown one.
    """
    names = [name.strip().lower() for value in codings for name in value.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MAX_CODINGS:
        raise CodingError(f"is packed {len(names)} times over")
    for name in reversed(names):
        if _MARKUP.match(body):
            return body
        if name not in _CODINGS:
            raise CodingError(f"is in the unknown coding {name[:40]!r}")
        body = _CODINGS[name](body, limit) if body else body
    return body


def unchunked(body: bytes) -> bytes:
    """Join the chunks of a transfer coding; a body that does not begin with a chunk is returned as it is.

    Raises:
        CodingError: a chunk is cut short or the last one is missing.
    """
    if _MARKUP.match(body) or not _CHUNK_SIZE.match(body):
        return body
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK_SIZE.match(body, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(parts)
        at = head.end() + size
        if at > len(body):
            break
        parts.append(body[head.end() : at])
    raise CodingError("is cut short between its chunks")


def _inflated(body: bytes, limit: int, *, wbits: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    stream = zlib.decompressobj(wbits)
    try:
        while body and not stream.eof:
            parts.append(stream.decompress(body, _STEP))
            body, size = stream.unconsumed_tail, size + len(parts[-1])
            _check(size, limit)
            if stream.eof and stream.unused_data.startswith(_GZIP):  # gzip may go on in another member
                body, stream = stream.unused_data, zlib.decompressobj(wbits)
    except zlib.error as error:
        raise CodingError("is not packed as it says, or broken") from error
    if not stream.eof:
        raise CodingError("is cut short")
    return b"".join(parts)


def _gunzipped(body: bytes, limit: int) -> bytes:
    return _inflated(body, limit, wbits=31)


def _deflated(body: bytes, limit: int) -> bytes:
    """Unpack deflate, with the frame that the standard asks for or without, as some servers send it."""
    framed = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _inflated(body, limit, wbits=15 if framed else -15)


def _unbrotlied(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    stream = brotli.Decompressor()
    try:
        while not stream.is_finished():
            parts.append(stream.process(body, output_buffer_limit=_STEP))
            body, size = b"", size + len(parts[-1])
            _check(size, limit)
            if not parts[-1]:
                break
    except brotli.error as error:
        raise CodingError("is not packed as it says, or broken") from error
    if not stream.is_finished():
        raise CodingError("is cut short")
    return b"".join(parts)


def _unzstded(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    stream = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})  # 8 MB, as RFC 9659 asks
    try:
        while not stream.eof and (body or not stream.needs_input):
            parts.append(stream.decompress(body, _STEP))
            body, size = b"", size + len(parts[-1])
            _check(size, limit)
    except zstd.ZstdError as error:
        raise CodingError("is not packed as it says, or broken") from error
    if not stream.eof:
        raise CodingError("is cut short")
    return b"".join(parts)


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise CodingError(f"unpacks to more than {limit >> 20} MB")


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _unbrotlied,
    "zstd": _unzstded,
}
