"""Which addresses a rule of a host's file names: a prefix of path and query, with `*` and a `$` at its end.

The rule of RFC 9309, which the TDM Reservation Protocol has taken over: octets are compared, and it is the same whether
a letter stands percent-encoded or not. Nothing here backtracks: a rule of many stars takes no longer than a plain one.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_KEPT = "!#&'()+,/:;=?@[]%"  # what stands as it is, the signs of a rule left out


def target_of(url: str) -> str:
    """Return what a rule is compared with: path and query, each letter in its one spelling.

    >>> target_of("https://news.example/%7Eann/caf\u00e9?a=$1#top"), target_of("https://news.example")
    ('/~ann/caf%C3%A9?a=%241', '/')
    """
    parts = urlsplit(url)
    return _plain((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), _KEPT)


def names(rule: str, target: str) -> bool:
    """Say whether a rule names a target of `target_of`; an empty one names nothing.

    >>> [names(rule, "/news/a.html?p=1") for rule in ("/news/", "*.html", "/news/*$", "*.html$", "/News/", "")]
    [True, True, True, False, False, False]
    """
    if not rule:
        return False
    ends = rule.endswith("$")
    first, *rest = _plain(rule.removesuffix("$"), _KEPT + "*").split("*")
    if not target.startswith(first):
        return False
    if not rest:
        return not ends or target == first
    *middle, last = rest
    at = len(first)
    for piece in middle:
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return target.endswith(last) and len(target) - len(last) >= at if ends else target.find(last, at) >= 0


def _plain(text: str, kept: str) -> str:
    return _ESCAPE.sub(_one_spelling, quote(text, safe=kept, errors="replace"))


def _one_spelling(escape: re.Match[str]) -> str:
    octet = int(escape[1], 16)
    return chr(octet) if octet in _UNRESERVED else escape[0].upper()
