"""Where a line of a page stands, as selectors that a site file could name: the nearest names first.

Only plain names are taken from a page: what a stranger wrote ends up in a file of code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborNode

from extractors.engine.prose import is_sentence, key_of
from extractors.page import Page

_UP = 4  # elements above a line whose names may tell its place
_NAME = re.compile(r"[A-Za-z][\w-]{1,60}", re.ASCII)
# Names that a build tool makes: the same element has another one next month.
_HASHED = re.compile(r"__(?=\w{0,5}[A-Z0-9])\w{5,6}(?=__|$)", re.ASCII)
_MADE = re.compile(rf"{_HASHED.pattern}|\d{{3}}|(?<!\w)(?=\w*\d)(?=\w*[a-z])\w{{6,}}$", re.ASCII)
_LINK = re.compile(r"[\w/:.,;!?=&%+#~@-]{2,120}", re.ASCII)
_PLAIN_WORDS = re.compile(r"(?:[^\W\d_]|[ ,.:!?’–-]){1,60}(?!\w)")
_TELLING = 16  # characters of a text by which a line can be known
_WORD = re.compile(r"[a-z]{6,30}", re.ASCII)  # of the address that a link leads to
_CONTAINS = ":lexbor-contains("
_EDGE = re.compile(r":(?:first|last|nth)-")
_LEAST = 6  # letters of what is left of a name that a tool made
_ATTRIBUTES = ("data-testid", "data-component", "data-type", "itemprop", "role")
_NEAR = 3  # places from the beginning or the end of what an element stands in
_INLINE = frozenset({"a", "em", "i", "mark", "small", "span", "u"})  # marks words of any sentence
# "What happens next" may stand over many stories: neither how a heading begins nor where it stands makes it noise.
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong"})
_BOLD = frozenset({"b", "strong"})  # a sentence in bold is no heading
_OUTSIDE = frozenset({"-text", "-comment", "script", "style", "body", "html"})


def elements_of(page: Page, keys: Collection[str]) -> dict[str, list[LexborNode]]:
    """Return the innermost elements whose whole text is one of these lines, by the line's key."""
    longest = max(map(len, keys), default=0)
    found: dict[str, list[LexborNode]] = {}
    for node in page.body.traverse():
        if node.tag in _OUTSIDE or len(text := node.text()) > 4 * longest + 200:
            continue
        if (key := key_of(text)) in keys:
            known = found.setdefault(key, [])
            if known and known[-1].mem_id in {above.mem_id for above in _above(node)}:
                known.pop()
            known.append(node)
    return found


def selectors_of(node: LexborNode) -> Iterator[str]:
    """Yield selectors that match an element or what is around it, no two alike, those that say most of it first."""
    yield from dict.fromkeys(_selectors(node))


def edges_of(node: LexborNode) -> Iterator[str]:
    """Yield where an element, or what it is all of, stands in its parent, if near the beginning or the end."""
    return _edges(_block(node))


def says_words(selector: str) -> bool:
    """Say whether a selector goes by the words of a line."""
    return _CONTAINS in selector


def plainness(selector: str) -> tuple[int, bool, int]:
    """Return how odd a selector is: by names that a build tool made, by telling only where a line stands, by length.

    The end of a story is the end of another story too, on pages that nobody has seen yet.
    """
    return len(_MADE.findall(selector)), _EDGE.search(selector) is not None, len(selector)


def _selectors(node: LexborNode) -> Iterator[str]:
    yield from _names(node)
    above = list(_above(node))[:_UP]
    for parent in above:
        yield from _names(parent)
    block = _block(node)
    yield from _links(block)
    named = next((name for parent in above for name in _names(parent)), None)
    if named:
        yield from (f"{named} {link}" for link in _links(block))
    if named and node.tag not in _HEADINGS and block.tag not in _INLINE:
        yield f"{named} {block.tag}"
        yield from (f"{named} > {block.tag}:{edge}" for edge in _edges(block))
    if named and (node.tag not in _HEADINGS or (node.tag in _BOLD and is_sentence(node.text()))):
        yield from (f'{named} {node.tag}{_CONTAINS}"{words}")' for words in _words(node))


def _block(node: LexborNode) -> LexborNode:
    """Return the element that a mark of words is all of; what is no such mark is that itself."""
    while node.tag in _INLINE and node.parent is not None and key_of(node.parent.text()) == key_of(node.text()):
        node = node.parent
    return node


def _above(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None and parent.tag not in ("body", "html", "-undef"):
        yield parent
        parent = parent.parent


def _names(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    for name in (attributes.get("class") or "").split():
        if _NAME.fullmatch(name):
            yield f".{name}"
            if (hashed := _HASHED.search(name)) and hashed.start() >= _LEAST:
                yield f"[class*={name[: hashed.start()]}]"
    if (name := attributes.get("id") or "") and _NAME.fullmatch(name):
        yield f"#{name}"
    for attribute in _ATTRIBUTES:
        if (name := attributes.get(attribute) or "") and _NAME.fullmatch(name):
            yield f"[{attribute}={name}]"


def _links(node: LexborNode) -> Iterator[str]:
    for link in node.css("a[href]")[:3]:
        address = link.attributes.get("href") or ""
        if _LINK.fullmatch(address):
            yield f"{node.tag}:has(a[href='{address}'])"
        path = address.partition("://")[2].partition("/")[2] or address
        yield from (f"{node.tag}:has(a[href*={word}])" for word in _WORD.findall(path[:200])[:3])


def _words(node: LexborNode) -> Iterator[str]:
    """Yield how an element's own text begins, as far as that is plain words without figures."""
    own = (child.text_content or "" for child in node.iter(include_text=True) if child.tag == "-text")
    begins = _PLAIN_WORDS.match(max(own, key=len, default="").strip())
    if begins and len(words := begins[0].strip()) >= _TELLING:
        yield words


def _edges(node: LexborNode) -> Iterator[str]:
    """Yield where an element stands in its parent, as far as that is near the beginning or the end."""
    parent = node.parent
    row = [child for child in parent.iter() if child.tag not in _OUTSIDE] if parent is not None else []
    after_beginning = next((n for n, child in enumerate(row, start=1) if child.mem_id == node.mem_id), _NEAR + 1)
    before_end = len(row) - after_beginning + 1
    if after_beginning <= _NEAR:
        yield "first-child" if after_beginning == 1 else f"nth-child({after_beginning})"
    if before_end <= _NEAR:
        yield "last-child" if before_end == 1 else f"nth-last-child({before_end})"
    same = [child for child in row if child.tag == node.tag]
    if same and same[-1].mem_id == node.mem_id:
        yield "last-of-type"
