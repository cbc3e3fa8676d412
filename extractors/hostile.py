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

_FEW = 3_000  # tags: in any order they cost at most 0.4 s
_MANY = 20_000  # tags: more than real pages have, so worth a look at each
_WINDOW = 8_192

_CLOSE = re.compile(rb"</")
# A quote means something only behind an equals sign; elsewhere real pages have odd ones.
_TAG = re.compile(rb"""<(/?)([A-Za-z][^\s/>]{0,40})((?:[^>=<]+|=\s*(?:"[^"]*"|'[^']*')|=)*+)""")
_TAG_START = re.compile(rb"<[A-Za-z][\w:-]{0,40}[\s/]")
_ATTRIBUTE = re.compile(rb"""[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""")
_RAW = re.compile(rb"<(?:(script|style|textarea|title|iframe|xmp)[\s/>]|!--)")

_FORMATTING = frozenset(b"b big code em font i nobr s small strike strong tt u".split())
# The letter alone tells most tags apart, at a third of the time.
_FORMATTED = re.compile(rb"<(?=[bcefinstuBCEFINSTU])(?i:" + b"|".join(sorted(_FORMATTING)) + rb")[\s>/]")
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
    count = _tags_in(html)
    # A script's `a<b` looks like a tag until scripts are taken out.
    if _has_huge(html) or (count > _FEW and (count > _MANY or _may_copy(html, count))):
        _refuse_costly(_without_raw(html))


def _without_raw(html: bytes) -> bytes:
    """Return the page without what scripts, comments and their like hold; what is left open runs to the page's end."""
    lower = html.lower()
    parts: list[bytes] = []
    at = 0
    while found := _RAW.search(lower, at):
        parts.append(html[at : found.start()])
        at = lower.find(b"</" + found[1] if found[1] else b"-->", found.end())
        if at < 0:
            return b"".join(parts)
    return b"".join([*parts, html[at:]])


def _may_copy(html: bytes, tags: int) -> bool:
    """Say whether the page could be costly, from counts alone: open elements times tags, summed over windows.

    A script's text has tags that are never closed; what is no deeper than a parser takes, and has few formatting
    elements to repeat, is not costly.
    """
    if tags <= MAX_DEPTH and not _repeats(html, tags):
        return False
    still_open = deepest = copies = 0
    for start in range(0, len(html), 2 * _WINDOW):
        window = html[start : start + 2 * _WINDOW]
        count, closed = _tags_in(window), len(_CLOSE.findall(window))
        copies += (max(still_open, 0) + count - closed) * (count - closed)
        deepest = max(deepest, still_open + count - closed)
        still_open += count - 2 * closed
    return copies > MAX_COPIES and (deepest > MAX_DEPTH or _repeats(html, tags))


def _repeats(html: bytes, tags: int) -> bool:
    return len(_FORMATTED.findall(html)) * tags > MAX_COPIES


def _tags_in(html: bytes) -> int:
    return len(html) - len(html.replace(b"<", b""))  # in half the time of `count`


def _has_huge(html: bytes) -> bool:
    """Tell whether a page opens a tag with too many attributes.

    Only a tag that runs on through a window without a `<` is looked at: elsewhere few attributes find room.
    """
    inside = False
    for start in range(0, len(html), _WINDOW):
        if html.find(b"<", start, start + _WINDOW) >= 0:
            inside = False
        elif not inside:
            inside = True
            tag = max(0, html.rfind(b"<", max(0, start - _WINDOW), start))
            if _TAG_START.match(html, tag) and (match := _TAG.match(html, tag)) and _is_huge(match):
                return True
    return False


def _refuse_costly(html: bytes) -> None:
    """Look at each tag of a page without scripts and comments."""
    depth = formatting = copies = 0
    opened: dict[bytes, int] = {}
    for match in _TAG.finditer(html):
        slash, name = match[1], match[2].lower()
        if _is_huge(match):
            raise UnsupportedContentError("the page has a tag with too many attributes to be parsed")
        if slash and not opened.get(name):
            continue  # closes nothing
        copies += 0 if slash else formatting
        if name in _FLAT or (match[3].endswith(b"/") and opened.get(b"svg")):
            continue
        step = -1 if slash else 1
        opened[name] = opened.get(name, 0) + step
        depth += step
        formatting += step if name in _FORMATTING else 0
        if depth > MAX_DEPTH or copies > MAX_COPIES:
            raise UnsupportedContentError("the page is too deeply nested to be parsed")


def _is_huge(tag: re.Match[bytes]) -> bool:
    attributes = tag[3]
    if len(attributes) < 2 * MAX_ATTRIBUTES:
        return False
    return sum(1 for _ in _ATTRIBUTE.finditer(attributes)) > MAX_ATTRIBUTES
