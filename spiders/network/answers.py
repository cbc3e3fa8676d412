"""What an answer has to be before anybody reads it: whole, of a bearable size, in content codings that we know.

Pure: bytes in, bytes out, or one of two errors that say in a sentence what is wrong. Asking again, where that may help,
is the business of `download` (at once) and of the frontier (later).
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli
from scrapy.exceptions import DownloadFailedError, IgnoreRequest

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_CODINGS = 2  # one in the other: three gzips make a gigabyte of 1,788 bytes, and no honest site needs them
_MAX_STREAMS = 100  # streams in a row that one body may be made of; each costs a copy of the rest
_STEP = 65536  # bytes taken in and given out at a time
_WINDOW_LOG = 23  # 8 MiB, the most that RFC 9659 lets a server ask of us

_ROOTS = rb"(?:html|rss|feed|rdf:rdf|urlset|sitemapindex)"
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!--|\?xml\s|(?:!doctype|head|body|%b)[\s>])" % _ROOTS, re.I)
_END = re.compile(rb"</%b\s*>" % _ROOTS, re.I)
_TAIL = 2048  # bytes at the end of a page in which its end is looked for, or two fetches of it are compared


class BrokenAnswerError(DownloadFailedError):
    """An answer that came in part, or garbled; another try may bring it whole."""


class RefusedAnswerError(IgnoreRequest):
    """An answer that is more than we take, or lies about itself; another try would bring the same."""


def decoded(body: bytes, codings: list[str], limit: int) -> bytes | None:
    """Undo the content codings of a body, to at most `limit` bytes; return None where it is plain in spite of them.

    What comes back is whole: each stream was read to its end.

    Raises:
        BrokenAnswerError: a stream breaks off or is damaged.
        RefusedAnswerError: there are too many codings, one that we do not know, or more than `limit` bytes.
    """
    if not codings or not body or _MARKUP.match(body):
        return None
    if len(codings) > MAX_CODINGS:
        raise RefusedAnswerError(f"the body is packed {len(codings)} times over, we unpack {MAX_CODINGS}")
    for coding in reversed(codings):
        body = _unpacked(body, coding, limit)
    return body


def codings_of(headers: Iterable[bytes]) -> list[str]:
    """Return the content codings that `Content-Encoding` headers name, in the order of their making.

    >>> codings_of([b"GZIP, identity", b"br"])
    ['gzip', 'br']
    """
    names = (name.strip().lower() for header in headers for name in header.decode("latin-1").split(","))
    return [name for name in names if name not in ("", "identity", "none")]


def ends(body: bytes) -> bool:
    """Say whether the end of a document is seen: of HTML, a feed or a sitemap."""
    return bool(_END.search(body, max(0, len(body) - _TAIL)))


def agree(one: bytes, other: bytes) -> bool:
    """Say whether two fetches of a page end alike. A page may print the hour at its top; where it is cut is chance."""
    return bool(one) == bool(other) and one[-_TAIL:] == other[-_TAIL:]


def too_large(limit: int, what: str = "") -> RefusedAnswerError:
    """Return the error for an answer above the limit."""
    return RefusedAnswerError(f"the {what}body is larger than {limit / (1 << 20):g} MiB")


def _unpacked(body: bytes, coding: str, limit: int) -> bytes:
    """Undo one coding piece by piece, so that a bomb costs the memory of the limit and not more."""
    if coding not in _UNPACKERS:
        raise RefusedAnswerError(f"the body is packed as {coding[:40]!r}, which we cannot unpack")
    pieces, size = [], 0
    try:
        for piece in _UNPACKERS[coding](body):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                pieces.clear()  # the error's traceback would keep them until it is settled
                raise too_large(limit, "unpacked ")
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise BrokenAnswerError(f"the body is declared {coding} and cannot be unpacked") from error
    return b"".join(pieces)


def _gunzipped(body: bytes, window: int = zlib.MAX_WBITS | 16) -> Iterator[bytes]:
    for _ in range(_MAX_STREAMS):
        stream = zlib.decompressobj(window)
        start = 0
        while start < len(body) and not stream.eof:
            rest = body[start : start + _STEP]
            start += len(rest)
            while rest and not stream.eof:
                yield stream.decompress(rest, _STEP)
                rest = stream.unconsumed_tail
        if not stream.eof:
            yield stream.decompress(b"", _STEP)
        if not stream.eof:
            raise _cut()
        body = stream.unused_data + body[start:]
        if not body.startswith(b"\x1f\x8b"):  # what else may follow is padding
            return
    raise _too_many()


def _inflated(body: bytes) -> Iterator[bytes]:
    """Undo `deflate`, which should have a header of zlib's; some servers leave it out."""
    has_header = len(body) >= 2 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _gunzipped(body, zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


def _unbrotlied(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    yield stream.process(body, output_buffer_limit=_STEP)
    while not stream.is_finished():
        piece = stream.process(b"", output_buffer_limit=_STEP)
        if not piece and not stream.is_finished():
            raise _cut()
        yield piece


def _unzstd(body: bytes) -> Iterator[bytes]:
    for _ in range(_MAX_STREAMS):
        stream = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})
        yield stream.decompress(body, _STEP)
        while not stream.eof:
            if stream.needs_input:
                raise _cut()
            yield stream.decompress(b"", _STEP)
        if not (body := stream.unused_data):
            return
    raise _too_many()


_UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstd,
}


def _too_many() -> RefusedAnswerError:
    return RefusedAnswerError(f"the body is made of more than {_MAX_STREAMS} compressed streams")


def _cut() -> BrokenAnswerError:
    return BrokenAnswerError("the compressed body breaks off")
