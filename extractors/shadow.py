"""Shadow roots that a page declares in its markup, as elements: a parser without scripts puts them out of the tree."""

from __future__ import annotations

import re

_MARK = b"shadowroot"
_TEMPLATE = re.compile(rb"<(/?)template\b([^<>]*)>", re.IGNORECASE)


def with_open_roots(html: bytes) -> bytes:
    """Return a page with each declared shadow root as an element of its own, or the same page where there is none.

    >>> with_open_roots(b'<x-p><template shadowrootmode="open"><p><slot></slot></p></template>Hello</x-p>')
    b'<x-p><shadow-root><p><slot></slot></p></shadow-root>Hello</x-p>'
    """
    if _MARK not in html.lower():
        return html
    opened: list[bool] = []  # of the templates around, whether they are roots
    return _TEMPLATE.sub(lambda tag: _renamed(tag, opened), html)


def _renamed(tag: re.Match[bytes], opened: list[bool]) -> bytes:
    if tag[1]:
        return b"</shadow-root>" if opened and opened.pop() else tag[0]
    opened.append(_MARK in tag[2].lower())
    return b"<shadow-root>" if opened[-1] else tag[0]
