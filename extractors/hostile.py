"""Markup built to exhaust a parser, told from real pages before it is parsed.

Three shapes cost a parser time or memory that grows with the square of the page: deep nesting, thousands of
attributes on one tag, and formatting elements left open, which every later block repeats. The scan is linear, cheap
on ordinary pages and not complete: the memory and time limits of a worker process are the net behind it.
"""

from __future__ import annotations

import re

from extractors.errors import UnsupportedContentError

MAX_BYTES = 50_000_000
MAX_DEPTH = 4_096  # open elements; Lexbor takes 0.03 s for them; real pages reach some 300
MAX_COPIES = 1_000_000  # elements that open formatting makes the parser repeat; some 0.3 s
MAX_ATTRIBUTES = 2_048  # on one tag; 0.01 s

_FEW = 2_048  # tags: in any order they cost at most 0.2 s
_MANY = 20_000  # tags: more than real pages have, so worth a look at each
_WINDOW = 16_384

_CLOSE = re.compile(rb"</")
_TAG = re.compile(rb"""<(/?)([A-Za-z][^\s/>]{0,40})((?:[^>"'<]|"[^"]*"|'[^']*')*)""")
_ATTRIBUTE = re.compile(rb"""[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""")
_RAW = re.compile(rb"<(script|style|textarea|title|iframe|noembed|xmp)\b.*?</\1\b|<!--.*?-->", re.I | re.DOTALL)

_FORMATTING = frozenset(b"b big code em font i nobr s small strike strong tt u".split())
# Elements without an end, and those that the next of their kind ends: they do not nest by themselves.
_FLAT = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th tbody "
    b"thead tfoot rt rp a".split()
)


def refuse_hostile(html: bytes) -> None:
    """Return for a page that a parser can take.

    Raises:
        UnsupportedContentError: the page is too large, nests too deeply, or has too many attributes on a tag.
    """
    if len(html) > MAX_BYTES:
        raise UnsupportedContentError(f"the page is too large: {len(html):,} bytes, the limit is {MAX_BYTES:,}")
    _refuse_attributes(html)
    count = html.count(b"<")
    if count > _FEW and (count > _MANY or _may_copy(html)):
        _refuse_nesting(_RAW.sub(b"", html))


def _may_copy(html: bytes) -> bool:
    """Say whether the page could be costly, from counts alone: open elements times tags, summed over windows."""
    still_open = copies = 0
    for start in range(0, len(html), _WINDOW):
        window = html[start : start + _WINDOW]
        opened, closed = window.count(b"<"), len(_CLOSE.findall(window))
        copies += (max(still_open, 0) + opened - closed) * (opened - closed)
        still_open += opened - 2 * closed
    return copies > MAX_COPIES


def _refuse_nesting(html: bytes) -> None:
    depth = formatting = copies = 0
    opened: dict[bytes, int] = {}
    for match in _TAG.finditer(html):
        slash, name = match[1], match[2].lower()
        if len(match[3]) > 4 * MAX_ATTRIBUTES:
            _refuse_tag(match[3])
        step = -1 if slash else 1
        if slash and not opened.get(name):
            continue  # closes nothing
        if not slash:
            copies += formatting
        if name not in _FLAT:
            opened[name] = opened.get(name, 0) + step
            depth += step
            formatting += step if name in _FORMATTING else 0
        if depth > MAX_DEPTH or copies > MAX_COPIES:
            raise UnsupportedContentError("the page is too deeply nested to be parsed")


def _refuse_attributes(html: bytes) -> None:
    """Look for a tag as long as two windows: only there can thousands of attributes hide without a single `<`."""
    for start in range(0, len(html) - 1, _WINDOW // 2):
        if html.find(b"<", start, start + _WINDOW // 2) < 0:
            tag = html.rfind(b"<", 0, start)
            if tag >= 0 and (match := _TAG.match(html, tag)) and match.end() > start:
                _refuse_tag(match[3])


def _refuse_tag(attributes: bytes) -> None:
    if sum(1 for _ in _ATTRIBUTE.finditer(attributes)) > MAX_ATTRIBUTES:
        raise UnsupportedContentError("the page has a tag with too many attributes to be parsed")
