"""Redirects: round in circles, away to private hosts in all spellings, to other schemes, with secrets on board."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.misbehaving.news import own_article
from tests.misbehaving.wire import Ask, Wire, route

# Ways to write 127.0.0.2 as the host of an address.
SPELLINGS = {
    "plain": "127.0.0.2",
    "decimal": "2130706434",
    "hex": "0x7f000002",
    "hex-dotted": "0x7f.0.0.0x2",
    "octal": "0177.0.0.02",
    "short": "127.2",
    "mapped": "[::ffff:127.0.0.2]",
    "mapped-hex": "[::ffff:7f00:2]",
    "nat64": "[64:ff9b::7f00:2]",
    "full-width": "１２７.０.０.２",
    "ideographic-dots": "127。0。0。2",
    "circled": "①②⑦.⓪.⓪.②",
    "trailing-dot": "127.0.0.2.",
    "user": "news.example@127.0.0.2",
}


def spelled(name: str, port: int) -> str:
    """Return the address of 127.0.0.2 in a spelling of the table."""
    return f"http://{SPELLINGS[name]}:{port}/private"


@route("redirect-self")
async def redirect_self(ask: Ask, wire: Wire) -> None:
    """redirects to itself"""
    await _move(wire, ask.path)


@route("redirect-endless")
async def redirect_endless(ask: Ask, wire: Wire) -> None:
    """redirects to a new address each time: /redirect-endless/3 to /redirect-endless/4"""
    await _move(wire, f"/redirect-endless/{int(ask.rest or 0) + 1}")


@route("meta-refresh")
async def meta_refresh(ask: Ask, wire: Wire) -> None:
    """a page that refreshes to itself (to=…: to that address)"""
    await wire.page(f'<meta http-equiv="refresh" content="0;url={ask.options.get("to", ask.path)}"><p>Moved.</p>')


@route("redirect")
async def redirect(ask: Ask, wire: Wire) -> None:
    """/redirect?to=ADDRESS, percent-encoded; status=302"""
    await _move(wire, ask.options.get("to", "/news/1"), ask.options.get("status", "302"))


@route("private")
async def private(ask: Ask, wire: Wire) -> None:
    """/private/hex?port=80: redirects to 127.0.0.2 in a spelling; /private alone is a page that nobody should get"""
    if ask.rest:
        await _move(wire, spelled(ask.rest, int(ask.options.get("port", 80))))
    else:
        await wire.page(own_article(ask))


@route("scheme")
async def scheme(ask: Ask, wire: Wire) -> None:
    """/scheme/file, /data, /ftp, /javascript, /gopher: redirects to an address of that kind"""
    targets = {
        "file": "file:///etc/hostname",
        "data": "data:text/html,<p>from%20a%20data%20address</p>",
        "ftp": "ftp://127.0.0.2/a",
        "javascript": "javascript:alert(1)",
        "gopher": "gopher://127.0.0.2/1",
    }
    await _move(wire, targets[ask.rest])


@route("secrets")
async def secrets(ask: Ask, wire: Wire) -> None:
    """/secrets?port=8001&token=…: redirects to another port of this host, where /secrets-seen waits"""
    host = urlsplit(ask.base).hostname
    await _move(wire, f"http://{ask.options.get('host', host)}:{ask.options['port']}/secrets-seen")


@route("secrets-seen")
async def secrets_seen(ask: Ask, wire: Wire) -> None:
    """an article; what the request carried is in `asked`"""
    await wire.page(own_article(ask))


async def _move(wire: Wire, to: str, status: str = "302") -> None:
    location = to.encode("utf-8").decode("latin-1")  # headers are bytes: UTF-8, as browsers take them
    await wire.page("<p>Moved.</p>", f"Location: {location}", status=f"{status} Moved")
