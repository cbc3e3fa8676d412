"""Shadow roots that a page declares in its markup, as elements: a parser without scripts puts them out of the tree."""

from __future__ import annotations

import re

_TAG, _MARK = b"<template", b"shadowroot"
_LONGEST = 400  # characters of a tag that is looked at
_TEMPLATE = re.compile(rb"<(/?)template\b([^<>]*)>", re.IGNORECASE)


def with_open_roots(html: bytes) -> bytes:
    """Return a page with each declared shadow root as an element of its own, or the same page where there is none.

    >>> with_open_roots(b'<x-p><template shadowrootmode="open"><p><slot></slot></p></template>Hello</x-p>')
    b'<x-p><shadow-root><p><slot></slot></p></shadow-root>Hello</x-p>'
    """
    at = html.find(_TAG)
    while at >= 0 and _MARK not in html[at : at + _LONGEST].partition(b">")[0]:
        at = html.find(_TAG, at + 1)
    if at < 0:  # as on most pages, whose scripts may speak of roots
        return html
    opened: list[bool] = []  # of the templates around, whether they are roots
    return _TEMPLATE.sub(lambda tag: _renamed(tag, opened), html)


def _renamed(tag: re.Match[bytes], opened: list[bool]) -> bytes:
    if tag[1]:
        return b"</shadow-root>" if opened and opened.pop() else tag[0]
    opened.append(_MARK in tag[2].lower())
    return b"<shadow-root>" if opened[-1] else tag[0]
