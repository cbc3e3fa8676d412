"""XML as sites write it, mended as far as a parser can go on from there: charset, junk before it, ampersands, entities.

What is hostile is not mended: a document that declares entities is left as it is, for `listing` to refuse.
"""

from __future__ import annotations

import re
from html.entities import html5

from extractors.charset import utf8
from spiders.surfaces.values import text

# CDATA is passed by; else an ampersand that begins none of the references that XML itself knows.
_LOOSE = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)([A-Za-z]\w{0,31};)?",
    re.DOTALL,
)
# Halves of a pair of surrogates, each written by itself: emoji are, by writers that count letters in UTF-16.
_HALVES = re.compile(rb"(?:&#(?:5[5-7][0-9]{3}|[xX]0{0,4}[dD][89a-fA-F][0-9a-fA-F]{2});)+")
_BLANK = b" \t\r\n\0\xef\xbb\xbf"  # the last three: marks that were written twice
_JUNK = 65_536  # bytes before a document in which its start is looked for: a server's warnings stand there
_OPENING = re.compile(rb"<[?!]|<html\b", re.IGNORECASE)
_START = re.compile(rb"<\?xml\s|<(?:\w+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)[\s>]", re.IGNORECASE)


def mended(xml: bytes, encoding: str | None = None) -> bytes:
    """Return a document as UTF-8, from its first mark on, without what a parser could not recover from.

    A parser that recovers leaves out what follows a bare ampersand, which makes another address of an address, and
    every entity of HTML, which makes one word of two.

    Args:
        encoding: the charset of the HTTP header, believed only where the bytes agree; so is what the document declares.

    >>> mended(b"PHP Warning: x <rss><link>/a?b=1&c=2&amp;d</link>caf&eacute;")
    b'<rss><link>/a?b=1&amp;c=2&amp;d</link>caf&#233;'
    >>> mended(b"<rss>&#55357;&#56578; &#xD83D;").decode()
    '<rss>🔂 \ufffd'
    """
    xml = utf8(xml, encoding).strip(_BLANK)
    if not _OPENING.match(xml) and (start := _START.search(xml, 0, _JUNK)) and start.start():
        xml = xml[start.start() :]
    if b"&#" in xml:
        xml = _HALVES.sub(_whole, xml)  # of which a parser that recovers makes bytes that are no text
    if b"&" not in xml or b"<!ENTITY" in xml:
        return xml
    return _LOOSE.sub(_mended, xml)


def _whole(halves: re.Match[bytes]) -> bytes:
    numbers = (part.decode() for part in halves[0].removesuffix(b";").split(b";"))
    letters = (chr(int(n[3:], 16) if n[2] in "xX" else int(n[2:])) for n in numbers)
    return text("".join(letters)).encode()


def _mended(loose: re.Match[bytes]) -> bytes:
    whole = loose[0]
    if whole[:1] == b"<":
        return whole
    meant = html5.get(loose[1].decode()) if loose[1] else None
    return "".join(f"&#{ord(c)};" for c in meant).encode() if meant else b"&amp;" + whole[1:]
