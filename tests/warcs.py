"""WARC files for tests, written byte by byte as others write them, well and badly."""

from __future__ import annotations

import gzip
import sys
import zlib
from pathlib import Path

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from tests.newsroom import FERRY, MARKET, TOWER, page

PAGES = {FERRY: page("the ferry", FERRY), TOWER: page("the tower", TOWER), MARKET: page("the market", MARKET)}


def http(body: bytes | str, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """Return a response as it came over the wire."""
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *headers]
    return "\r\n".join([*lines, "", ""]).encode() + (body.encode() if isinstance(body, str) else body)


def record(
    url: str,
    content: bytes,
    *headers: str,
    kind: str = "response",
    length: int | None = None,
    date: str = "2026-05-04T06:30:00Z",
) -> bytes:
    """Return one record; `length` is what it says of itself."""
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: {date}"]
    lines += ["WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>", *headers]
    lines += ["Content-Type: application/http; msgtype=response"]
    lines += [f"Content-Length: {len(content) if length is None else length}", "", ""]
    return "\r\n".join(lines).encode() + content + b"\r\n\r\n"


def packed(form: str, *records: bytes) -> bytes:
    """Join records: plain ("warc"), each packed by itself ("warc.gz", "warc.zst"), or all at once ("gz")."""
    match form:
        case "warc.gz":
            return b"".join(map(gzip.compress, records))
        case "warc.zst":
            return b"".join(map(zstd.compress, records))
        case "gz":
            return gzip.compress(b"".join(records))
    return b"".join(records)


def responses() -> list[bytes]:
    """Return a record for each of `PAGES`."""
    return [record(url, http(text)) for url, text in PAGES.items()]


def bomb(url: str, size: int) -> bytes:
    """Return a gzip member with a record whose body is `size` zeros, made in flat memory."""
    content = http(b"")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(record(url, content, length=len(content) + size)[:-4])]
    parts += [packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join([*parts, packer.compress(b"\r\n\r\n"), packer.flush()])


def written(path: Path, *records: bytes) -> Path:
    """Write an archive in the form that its name tells."""
    path.write_bytes(packed(path.name.partition(".")[2], *records))
    return path
