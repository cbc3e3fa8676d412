"""Bodies: cut, false and stacked content codings, bombs, hostile HTML, charsets."""

from __future__ import annotations

import sys
import zlib
from functools import cache

import brotli

from tests.misbehaving.news import article, own_article
from tests.misbehaving.wire import Ask, Wire, route

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MIB = 1 << 20
CHARSETS = {  # declared in the header -> how the page is written
    "utf-8": "utf-8",
    "rot13": "utf-8",
    "base64": "utf-8",
    "idna": "utf-8",
    "undefined": "utf-8",
    "hex": "utf-8",
    "unicode_escape": "utf-8",
    "windows-1252": "cp1252",
    "utf-16": "utf-16",
}


def coded(body: bytes, coding: str) -> bytes:
    """Return a body in a content coding."""
    match coding:
        case "gzip":
            return _deflated(body, 31)
        case "deflate":
            return zlib.compress(body, 6)
        case "br":
            return bytes(brotli.compress(body, quality=4))
        case "zstd":
            return zstd.compress(body)
    return body


@cache
def bomb(coding: str, mib: int = 1024) -> bytes:
    """Return a stream that unpacks to so many MiB of spaces; the checksum at the end is not reached by who is careful."""
    block = b" " * MIB
    match coding:
        case "gzip" | "deflate":  # a flushed block can be repeated
            packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
            start = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
            again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
            return start + again * (mib - 1) + packer.flush()
        case "br":
            press = brotli.Compressor(quality=5, lgwin=24)
            return bytes(b"".join(press.process(block) for _ in range(mib)) + press.finish())
        case "zstd":
            squeeze = zstd.ZstdCompressor()
            return b"".join(squeeze.compress(block) for _ in range(mib)) + squeeze.flush()
    raise ValueError(coding)


@route("coded")
async def whole(ask: Ask, wire: Wire) -> None:
    """/coded/gzip, /deflate, /br, /zstd: an article in a content coding (two: /coded/gzip,br)"""
    await _send(ask, wire, ask.rest, _stacked(own_article(ask).encode(), ask.rest))


@route("coded-cut")
async def cut(ask: Ask, wire: Wire) -> None:
    """/coded-cut/gzip, …: two thirds of the coded article, with a Content-Length to match (times=1: once)"""
    body = _stacked(own_article(ask).encode(), ask.rest)
    whole = ask.count > int(ask.options.get("times", 1_000_000))
    await _send(ask, wire, ask.rest, body if whole else body[: len(body) * 2 // 3])


@route("coded-false")
async def false(ask: Ask, wire: Wire) -> None:
    """/coded-false/gzip, …: declared coded, but plain HTML (garbage=1: bytes that are neither)"""
    body = bytes(range(256)) * 8 if ask.options.get("garbage") else own_article(ask).encode()
    await _send(ask, wire, ask.rest, body)


@route("bomb")
async def bombs(ask: Ask, wire: Wire) -> None:
    """/bomb/br, /gzip, /zstd, /deflate: 1 GB in a small body; /bomb/gzip,gzip: in a smaller one (mib=1024)"""
    inner, _, outer = ask.rest.partition("/")[0].partition(",")
    body = bomb(inner, int(ask.options.get("mib", 1024)))
    await _send(ask, wire, ask.rest.partition("/")[0], _stacked(body, outer))


@route("stacked")
async def stacked(ask: Ask, wire: Wire) -> None:
    """/stacked/3: an article with so many content codings, one in the other"""
    codings = ",".join(["gzip"] * int(ask.rest))
    await _send(ask, wire, codings, _stacked(own_article(ask).encode(), codings))


@route("endless")
async def endless(ask: Ask, wire: Wire) -> None:
    """a body without length and without end (chunked=1: in chunks)"""
    block = b"<p>and on and on, sentence after sentence, and never a last one.</p>" * 900
    if ask.options.get("chunked"):
        await wire.head("200 OK", "Transfer-Encoding: chunked")
        block = f"{len(block):x}\r\n".encode() + block + b"\r\n"
    else:
        await wire.head()
    while True:
        await wire.raw(block)


@route("large")
async def large(ask: Ask, wire: Wire) -> None:
    """an article after so many MB of comment (mb=11), with an honest length"""
    await wire.page(article(1, ask.base + ask.path, before=f"<!--{'x' * (int(ask.options.get('mb', 11)) * MIB)}-->"))


@route("hostile")
async def hostile(ask: Ask, wire: Wire) -> None:
    """/hostile/nested, … (group C): an article in or after markup that hurts; n=… sets how much of it"""
    await wire.page(hostile_page(ask.rest, ask.base + ask.path, int(ask.options.get("n", 0))))


def hostile_page(kind: str, url: str, size: int = 0) -> bytes:
    """Return a page of group C with an article in it; `size` counts what `kind` has too many of.

    Kinds: nested, nested-open, misnested, attributes, less-than, ampersand, paragraphs, links, breaks, script, base64,
    comment, nul, nul-in-tag, second-html.
    """
    count = size or _SIZES[kind]
    before, after = "", ""
    match kind:
        case "nested":
            before, after = "<div>" * count, "</div>" * count
        case "nested-open":
            before = "<div>" * count
        case "misnested":
            before = "<b><i></b>" * count
        case "attributes":
            before = "<div " + " ".join(f"a{k}=1" for k in range(count)) + "></div>"
        case "less-than" | "ampersand":
            after = {"less-than": "<", "ampersand": "&"}[kind] * count
        case "paragraphs" | "links" | "breaks":
            unit = {"paragraphs": "<p>words and words</p>", "links": '<a href="/x">x</a>', "breaks": "<br>"}[kind]
            after = unit * count
        case "script":
            before = f"<script>var a = '{'x' * count}';</script>"
        case "base64":
            before = f'<img src="data:image/png;base64,{"A" * count}">'
        case "comment":
            before = f"<!--{'x' * count}-->"
    page = article(1, url, before=before, after=after)
    match kind:
        case "nul":
            page = page.replace("winter", "win\0ter" * count).replace("</p>", "\0</p>")
        case "nul-in-tag":
            page = page.replace("<article>", "<art\0icle>").replace("<p>", "<p\0>", 1)
        case "second-html":
            page = page.replace("<article>", "<!DOCTYPE html><html><head></head><body class=x><article>" * count)
    return page.encode()


_SIZES = {
    "nested": 100_000,
    "nested-open": 100_000,
    "misnested": 8_000,
    "attributes": 100_000,
    "less-than": 10_000_000,
    "ampersand": 10_000_000,
    "paragraphs": 200_000,
    "links": 250_000,
    "breaks": 1_000_000,
    "script": 9_000_000,
    "base64": 9_000_000,
    "comment": 9_000_000,
    "nul": 1,
    "nul-in-tag": 1,
    "second-html": 1,
}


@route("charset")
async def charset(ask: Ask, wire: Wire) -> None:
    """/charset/rot13, /base64, /undefined, …: an article that declares this charset"""
    body = own_article(ask).replace('<meta charset="utf-8">', "").encode(CHARSETS[ask.rest], "xmlcharrefreplace")
    await wire.head("200 OK", f"Content-Length: {len(body)}", kind=f"text/html; charset={ask.rest}")
    await wire.raw(body)


def _stacked(body: bytes, codings: str) -> bytes:
    for coding in codings.split(","):
        body = coded(body, coding.strip())
    return body


def _deflated(body: bytes, window: int) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, window)
    return packer.compress(body) + packer.flush()


async def _send(ask: Ask, wire: Wire, codings: str, body: bytes) -> None:
    await wire.page(body, f"Content-Encoding: {codings}")
