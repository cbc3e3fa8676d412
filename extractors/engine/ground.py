"""The part of a page that is worth a walk: all that holds the paragraphs and the first heading.

The C side finds the paragraphs, so that Python need not look at a site's header and footer node by node.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from extractors.page import Page

SHARE = 0.8  # of the text in paragraphs, that the ground holds at least
PARAGRAPH, ENOUGH = 60, 1200  # characters of a paragraph that counts, and of all of them together


def ground_of(page: Page) -> LexborNode:
    """Return the ground; the whole body where paragraphs are few, or there is no heading to hold on to."""
    body = page.body
    heading = body.css_first("h1")
    inside = _paragraphs(body)
    total = inside.get(body.mem_id, 0)
    if heading is None or total < ENOUGH:
        return body
    above: list[LexborNode] = []
    here: LexborNode | None = heading
    while here is not None and here.mem_id != body.mem_id:
        above.append(here)
        here = here.parent
    ground = body
    for node in reversed(above):
        if inside.get(node.mem_id, 0) < SHARE * total:
            break
        ground = node
    return ground


def _paragraphs(body: LexborNode) -> dict[int, int]:
    """Return how much text the paragraphs inside each element have."""
    masses: dict[int, int] = {}
    parents: dict[int, LexborNode] = {}
    for node in body.css("p"):
        if (size := len(node.text())) >= PARAGRAPH and (parent := node.parent) is not None:
            masses[parent.mem_id] = masses.get(parent.mem_id, 0) + size
            parents.setdefault(parent.mem_id, parent)
    inside = dict(masses)
    for identity, node in parents.items():
        while (around := node.parent) is not None:
            inside[around.mem_id] = inside.get(around.mem_id, 0) + masses[identity]
            node = around
    return inside
