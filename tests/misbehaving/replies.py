"""What goes wrong on the wire: silence, drips, resets, cut and contradictory answers, headers without end, storms."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.misbehaving.news import article, own_article
from tests.misbehaving.wire import CRLF, Ask, Wire, route

_LONG = 600.0  # seconds: longer than any crawl waits


@route("hang")
async def hang(ask: Ask, wire: Wire) -> None:
    """takes the request and never answers"""
    await asyncio.sleep(_LONG)


@route("drip-header")
async def drip_header(ask: Ask, wire: Wire) -> None:
    """a header line every tenth of a second, for ever"""
    await wire.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
    for k in range(int(_LONG * 10)):
        await wire.raw(f"X-{k % 50}: drip\r\n".encode())
        await asyncio.sleep(0.1)


@route("drip-body")
async def drip_body(ask: Ask, wire: Wire) -> None:
    """a byte of the body every tenth of a second"""
    body = own_article(ask).encode()
    await wire.head("200 OK", f"Content-Length: {len(body)}")
    for k in range(len(body)):
        await wire.raw(body[k : k + 1])
        await asyncio.sleep(0.1)


@route("reset")
async def reset(ask: Ask, wire: Wire) -> None:
    """resets the connection at once; /reset/…?times=1 does it once and then answers"""
    if ask.count > int(ask.options.get("times", 1_000_000)):
        await wire.page(own_article(ask))
    else:
        wire.reset()


async def half_sent(ask: Ask, wire: Wire) -> bool:
    """Send the head of an article and half of its body; the whole, and say False, when it was asked for often enough."""
    body = own_article(ask).encode()
    if ask.count > int(ask.options.get("times", 1_000_000)):
        await wire.page(body)
        return False
    await wire.head("200 OK", f"Content-Length: {len(body)}")
    await wire.raw(body[: len(body) // 2])
    return True


@route("reset-middle")
async def reset_middle(ask: Ask, wire: Wire) -> None:
    """resets the connection in the middle of the body (times=1: once)"""
    if await half_sent(ask, wire):
        await asyncio.sleep(0.05)
        wire.reset()


@route("short")
async def short(ask: Ask, wire: Wire) -> None:
    """a body half as long as its Content-Length (times=1: once)"""
    await half_sent(ask, wire)


@route("chunked")
async def chunked(ask: Ask, wire: Wire) -> None:
    """a chunked body, whole"""
    await _chunks(ask, wire, b"0\r\n\r\n")


@route("chunked-cut")
async def chunked_cut(ask: Ask, wire: Wire) -> None:
    """a chunked body without its last chunk (times=1: once)"""
    await _chunks(ask, wire, b"0\r\n\r\n" if ask.count > int(ask.options.get("times", 1_000_000)) else b"")


@route("nolength")
async def nolength(ask: Ask, wire: Wire) -> None:
    """no length, and a whole body (open=1: without </body></html>, as some sites end)"""
    body = own_article(ask)
    await wire.head()
    await wire.raw((body.removesuffix("</body></html>") if ask.options.get("open") else body).encode())


@route("nolength-cut")
async def nolength_cut(ask: Ask, wire: Wire) -> None:
    """no length, and a body cut after a third, then a half, … (times=1: cut once; same=1: always at the same place)"""
    body = own_article(ask).encode()
    await wire.head()
    if ask.count > int(ask.options.get("times", 1_000_000)):
        await wire.raw(body)
    else:
        part = 0.5 if ask.options.get("same") else ask.count / (ask.count + 2)
        await wire.raw(body[: int(len(body) * part)])


@route("not-http")
async def not_http(ask: Ask, wire: Wire) -> None:
    """an answer that is not HTTP"""
    await wire.raw(b"220 mail.example ESMTP ready\r\n250 hello\r\n")


@route("length-negative")
async def length_negative(ask: Ask, wire: Wire) -> None:
    """Content-Length: -1"""
    await wire.head("200 OK", "Content-Length: -1")
    await wire.raw(own_article(ask).encode())


@route("length-double")
async def length_double(ask: Ask, wire: Wire) -> None:
    """two Content-Lengths that differ"""
    body = own_article(ask).encode()
    await wire.head("200 OK", f"Content-Length: {len(body)}", f"Content-Length: {len(body) - 5}")
    await wire.raw(body)


@route("length-and-chunked")
async def length_and_chunked(ask: Ask, wire: Wire) -> None:
    """Content-Length and Transfer-Encoding in one answer"""
    await _chunks(ask, wire, b"0\r\n\r\n", "Content-Length: 9")


@route("header-line")
async def header_line(ask: Ask, wire: Wire) -> None:
    """a header line of 20 MB (mb=1: of 1 MB)"""
    await wire.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Long: ")
    for _ in range(int(ask.options.get("mb", 20)) * 16):
        await wire.raw(b"x" * 65536)
    await wire.raw(CRLF * 2, own_article(ask).encode())


@route("headers")
async def headers(ask: Ask, wire: Wire) -> None:
    """500,000 headers (n=150: as many as that)"""
    total = int(ask.options.get("n", 500_000))
    await wire.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n")
    for start in range(0, total, 1000):
        await wire.raw("".join(f"X-{k}: {k}\r\n" for k in range(start, min(start + 1000, total))).encode())
    await wire.raw(CRLF, own_article(ask).encode())


@route("interim")
async def interim(ask: Ask, wire: Wire) -> None:
    """500,000 interim answers (100 Continue) before an article (n=3: as many as that)"""
    for _ in range(int(ask.options.get("n", 500_000))):
        await wire.raw(b"HTTP/1.1 100 Continue\r\nX-Wait: on\r\n\r\n")
    await wire.page(own_article(ask))


@route("cookie-bomb")
async def cookie_bomb(ask: Ask, wire: Wire) -> None:
    """an article with 100 cookies of 4,000 bytes (n=100, size=4000); 431 for whoever brings them back"""
    if len(ask.headers.get("cookie", "")) > 16384:
        await wire.page("too large", status="431 Request Header Fields Too Large")
        return
    size = int(ask.options.get("size", 4000))
    cookies = (f"Set-Cookie: c{k}={'x' * size}; Path=/" for k in range(int(ask.options.get("n", 100))))
    await wire.page(own_article(ask), *cookies)


@route("storm")
async def storm(ask: Ask, wire: Wire) -> None:
    """503 for some seconds after the first request, then an article (for=5, after=…: a Retry-After; n=3: so often)"""
    if ask.count <= int(ask.options["n"]) if "n" in ask.options else ask.since < float(ask.options.get("for", 5)):
        after = ask.options.get("after")
        await wire.page("busy", *([f"Retry-After: {after}"] if after else []), status="503 Service Unavailable")
    else:
        await wire.page(own_article(ask))


@route("retry-after")
async def retry_after(ask: Ask, wire: Wire) -> None:
    """429 once, then an article; /retry-after/seconds (s=1), /date (s=2), /past, /absurd, /words, /negative"""
    if ask.count > 1:
        await wire.page(own_article(ask))
        return
    seconds = int(ask.options.get("s", 1))
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    forms = {"seconds": str(seconds), "date": later, "past": "Mon, 01 Jan 2001 00:00:00 GMT", "absurd": "9" * 40}
    forms |= {"words": "in a moment", "negative": "-5"}
    await wire.page("slow down", f"Retry-After: {forms[ask.rest]}", status="429 Too Many Requests")


@route("status")
async def status(ask: Ask, wire: Wire) -> None:
    """/status/503: this status, always (coding=gzip: with a body that pretends to be packed)"""
    coding = ask.options.get("coding")
    body = b"\0\1\2" if coding else f"<title>{ask.rest}</title><p>Status {ask.rest}</p>".encode()
    headers = [f"Content-Encoding: {coding}"] if coding else []
    await wire.page(body, *headers, status=f"{ask.rest} Status")


@route("not-modified")
async def not_modified(ask: Ask, wire: Wire) -> None:
    """304 although nothing was asked for; /not-modified/…?good=1 gives an article to the first who asks"""
    if ask.options.get("good") and ask.count == 1:
        await wire.page(own_article(ask), 'ETag: "wrong"', "Last-Modified: Fri, 31 Dec 9999 23:59:59 GMT")
    else:
        await wire.head("304 Not Modified", 'ETag: "wrong"')


@route("empty")
async def empty(ask: Ask, wire: Wire) -> None:
    """200 and an empty body; good=1 gives an article to the first who asks"""
    good = ask.options.get("good") and ask.count == 1
    await wire.page(own_article(ask) if good else b"")


@route("blocked-later")
async def blocked_later(ask: Ask, wire: Wire) -> None:
    """an article to the first who asks, then a block page with status 200 (short=1: then its first paragraph only)"""
    if ask.count == 1:
        await wire.page(own_article(ask))
    elif ask.options.get("short"):
        page = article(1, ask.base + ask.path)
        start, end = page.index("</p>") + 4, page.index("</article>")
        await wire.page(page[:start] + page[end:])
    else:
        await wire.page("<title>Access denied</title><h1>Access denied</h1><p>You have been blocked.</p>")


async def _chunks(ask: Ask, wire: Wire, end: bytes, *more: str) -> None:
    await wire.head("200 OK", "Transfer-Encoding: chunked", *more)
    body = own_article(ask).encode()
    for k in range(0, len(body), 500):
        part = body[k : k + 500]
        await wire.raw(f"{len(part):x}".encode() + CRLF + part + CRLF)
    await wire.raw(end)
