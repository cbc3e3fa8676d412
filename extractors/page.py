"""A fetched page, decoded and parsed once: tree, meta, JSON-LD, `select()`.

Nothing here knows what an article is. The charset rule lives in `charset`, the refusal of other formats in `formats`,
of hostile markup in `hostile`, the gate that cleans text in `text`, the reading of JSON-LD in `jsonld`.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import Any, Self

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode, SelectolaxError

from extractors.charset import utf8
from extractors.copies import TOOLBAR, without_house
from extractors.errors import SiteError, UnsupportedContentError
from extractors.formats import refuse_binary, refuse_other_text
from extractors.hostile import MAX_BYTES, refuse_hostile
from extractors.jsonld import objects, property_of
from extractors.shadow import with_open_roots
from extractors.text import fold, scrub

_JSONLD = "script[type='application/ld+json' i]"
_IN_HEAD = f"title, meta, {_JSONLD}, link[rel='canonical'], link[rel='next'], base[href]"
# (Lexbor gives a node twice that two parts of a selector match: these parts exclude each other.)
_IN_BODY = f"meta, {_JSONLD}, [itemprop]:not(meta, script), [rel]:is([rel~='author'], a[rel~='next']):not([itemprop])"
_NAMING = frozenset({"name", "property", "itemprop", "http-equiv"})
_DATA = re.compile(r"::data\(\s*(\w+)\s*\)")
_ATTR = re.compile(r"::attr\(\s*([\w:.-]+)\s*\)")
_SPLIT = "br, p, div, li, td, th, dt, dd, tr, h1, h2, h3, h4, h5, h6, blockquote, figcaption, script, style"
_TOOLBARS = 2  # that an archive's page has
_SPLITTING = frozenset(_SPLIT.split(", "))


class Page:
    """A page as the rest works on it; build it with `Page.parse`.

    `html` is what was parsed: UTF-8, whatever the page was fetched in. `url` is the page's own address, `got` the one
    at which it was got, perhaps as a copy (see `copies`). `warnings` tells what could not be read.
    """

    def __init__(self, html: bytes, url: str, got: str | None = None) -> None:
        self.html = html
        self.url = url
        self.got = url if got is None else got
        self.tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)  # no events: a tenth cheaper
        self.warnings: list[str] = []

    @classmethod
    def parse(cls, html: bytes | str, url: str, *, encoding: str | None = None) -> Self:
        """Decode and parse a page; `encoding` is the charset of its HTTP header, believed only if it fits.

        Raises:
            UnsupportedContentError: there is nothing to parse, it is not HTML, or it would exhaust a parser.
        """
        if len(html) > MAX_BYTES:
            raise UnsupportedContentError(f"the page is too large: {len(html):,} bytes, the limit is {MAX_BYTES:,}")
        if isinstance(html, bytes):
            refuse_binary(html)
        data = utf8(html, encoding)
        refuse_other_text(data)
        refuse_hostile(data)
        html, own = without_house(data, url)
        try:
            page = cls(html, own, url)
        except SelectolaxError as error:
            raise UnsupportedContentError(f"the page cannot be parsed: {error}") from error
        for _ in range(_TOOLBARS if html is not data else 0):  # asked anew each time: one may be within another
            if (toolbar := page.tree.css_first(TOOLBAR)) is not None:
                toolbar.decompose()
        return page

    def with_open_roots(self) -> Page | None:
        """Return the page with its declared shadow roots as elements of it; None where it declares none."""
        html = with_open_roots(self.html)
        return Page(html, self.url, self.got) if html != self.html else None

    @cached_property
    def _marked(self) -> tuple[list[tuple[str, LexborNode]], list[tuple[str, LexborNode]]]:
        """The nodes of head and body that carry data, by their tags: one walk over the page, a fifth of its parsing."""
        return _tagged(self.tree.head, _IN_HEAD), _tagged(self.tree.body, _IN_BODY)

    @cached_property
    def meta(self) -> dict[str, tuple[str, ...]]:
        """The page's meta elements: lower-cased name, property, itemprop or http-equiv -> contents in page order.

        Some pages write `value` for `content`.
        """
        found: dict[str, tuple[str, ...]] = {}
        for tag, node in chain(*self._marked):
            if tag != "meta":
                continue
            attributes = node.attributes
            content = fold(attributes.get("content") or attributes.get("value") or "")
            last = ""
            for key, told in attributes.items() if content else ():
                if told and key in _NAMING and (name := scrub(told).strip().lower()) != last:
                    found[name] = (*found[name], content) if name in found else (content,)
                    last = name
        return found

    @cached_property
    def jsonld(self) -> tuple[dict[str, Any], ...]:
        """The JSON-LD objects of the page in order, lists and `@graph` opened, every string scrubbed."""
        scripts = [node.text() for tag, node in chain(*self._marked) if tag == "script"]
        return tuple(chain.from_iterable(map(self._objects, scripts)))

    @cached_property
    def properties(self) -> dict[str, list[LexborNode]]:
        """The elements of the body with an `itemprop` or an author's `rel`, by that name, in page order."""
        found: dict[str, list[LexborNode]] = {}
        for _, node in self._marked[1]:
            attributes = node.attributes
            for name in {*(attributes.get("itemprop") or "").split(), *(attributes.get("rel") or "").split()}:
                found.setdefault(name, []).append(node)
        return found

    @cached_property
    def links(self) -> dict[str, str]:
        """The page's canonical and next addresses by `rel`, its head's, the next also its pager's; its `base`."""
        nodes = [(tag, node.attributes) for tag, node in self._marked[0] if tag in ("link", "base")]
        found = {said["rel"] or "" if tag == "link" else tag: said.get("href") or "" for tag, said in reversed(nodes)}
        for node in self.properties.get("next", ()) if "next" not in found else ():
            if node.tag == "a" and (address := node.attributes.get("href")) is not None:
                return {**found, "next": address}
        return found

    @cached_property
    def body(self) -> LexborNode:
        """The body element, which Lexbor makes where a page has none.

        Raises:
            UnsupportedContentError: the page is a set of frames.
        """
        if self.tree.body is None:
            raise UnsupportedContentError("the page has no body: it is a set of frames")
        return self.tree.body

    @cached_property
    def heading(self) -> LexborNode | None:
        """The first `h1` of the page."""
        return self.body.css_first("h1")

    @cached_property
    def title(self) -> str | None:
        """What the title element says."""
        node = next((node for tag, node in self._marked[0] if tag == "title"), None) or self.tree.css_first("title")
        return fold(node.text()) or None if node else None

    def first(self, *names: str) -> str | None:
        """Return the first content among these names of meta elements, in the order asked."""
        meta = self.meta
        for name in names:
            if name in meta:
                return meta[name][0]
        return None

    def nodes(self, selector: str) -> list[LexborNode]:
        """Return the nodes that a CSS selector matches, in page order.

        Raises:
            SiteError: the selector is not one that Lexbor understands.
        """
        try:
            return self.tree.css(selector)
        except (SelectolaxError, ValueError) as error:
            raise SiteError(f"bad selector {selector!r}: {error}") from error

    def select(self, selector: str) -> list[str]:
        """Return the texts that a selector matches, one line each, no empty ones; `::attr(name)` reads attributes.

        `::data(name)`, which stands alone, reads a property of the page's JSON-LD.

        Raises:
            SiteError: the selector is bad, or asks for two different attributes.
        """
        if data := _DATA.fullmatch(selector):
            return property_of(self.jsonld, data[1])
        names = set(_ATTR.findall(selector))
        if len(names) > 1:
            raise SiteError(f"bad selector {selector!r}: more than one ::attr()")
        nodes = self.nodes(_ATTR.sub("", selector))
        name = next(iter(names), None)
        texts = (fold(_text(node) if name is None else node.attributes.get(name) or "") for node in nodes)
        return [text for text in texts if text]

    def _objects(self, script: str) -> list[dict[str, Any]]:
        try:
            return objects(script)
        except (ValueError, RecursionError) as error:
            self.warnings.append(f"JSON-LD left out: {fold(str(error))[:120]}")
            return []


def _tagged(root: LexborNode | None, selector: str) -> list[tuple[str, LexborNode]]:
    """Return the nodes under another that a selector matches, by their tags; a set of frames has no body."""
    return [(node.tag or "", node) for node in root.css(selector)] if root else []


def _text(node: LexborNode) -> str:
    """Return a node's text with a space where a line or block ends, so that words of two lines do not grow together."""
    if not node.css_first(_SPLIT):
        return node.text()
    parts: list[str] = []
    for child in node.traverse(include_text=True):
        if child.tag == "-text":
            parent = child.parent
            parts.append("" if parent is not None and parent.tag in ("script", "style") else child.text_content or "")
        elif child.tag in _SPLITTING:
            parts.append(" ")
    return "".join(parts)
