"""The part of a page that is worth a walk: from the first heading to the end of what holds the paragraphs.

The C side finds the paragraphs, so that Python need not look at a site's header, its lists of other stories and its
footer node by node.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from selectolax.lexbor import LexborNode

from extractors.page import Page

SHARE = 0.8  # of the text in paragraphs, that the ground holds at least
PARAGRAPH, ENOUGH = 60, 1200  # characters of a paragraph that counts, and of all of them together


@dataclass(slots=True)
class Ground:
    """Where a walk begins, and the element (`mem_id`) with whose end it may end, once the heading has been met."""

    root: LexborNode
    end: int | None = None  # None: it goes on to the last
    headed: bool = False  # whether there is a heading to meet


def ground_of(page: Page) -> Ground:
    """Return the ground; the whole body where paragraphs are few."""
    body = page.body
    masses, parents = _paragraphs(body)
    total = sum(masses.values())
    if total < ENOUGH:
        return Ground(body)
    trail = _trail(_middle(masses, parents, total), body)
    places = {node.mem_id: i for i, node in enumerate(trail)}
    inside = [0] * len(trail)
    for identity, mass in masses.items():
        here: LexborNode | None = parents[identity]
        while here is not None and here.mem_id not in places:
            here = here.parent
        if here is not None:
            inside[places[here.mem_id]] += mass
    end = next(i for i, mass in enumerate(accumulate(inside)) if mass >= SHARE * total)
    root = page.heading
    while root is not None and places.get(root.mem_id, -1) < end:
        root = root.parent
    return Ground(root or body, trail[end].mem_id, headed=page.heading is not None)


def _middle(masses: dict[int, int], parents: dict[int, LexborNode], total: int) -> LexborNode:
    """Return the parent of the paragraph in the middle of the text: what holds most of the text holds it."""
    so_far = 0
    for identity, mass in masses.items():
        so_far += mass
        if so_far * 2 >= total:
            return parents[identity]
    raise AssertionError("a total is reached by its parts")


def _paragraphs(body: LexborNode) -> tuple[dict[int, int], dict[int, LexborNode]]:
    """Return how much text the paragraphs right inside each element have, and these elements."""
    masses: dict[int, int] = {}
    parents: dict[int, LexborNode] = {}
    for node in body.css("p"):
        if (size := len(node.text())) >= PARAGRAPH and (parent := node.parent) is not None:
            identity = parent.mem_id
            if identity in masses:
                masses[identity] += size
            else:
                masses[identity], parents[identity] = size, parent
    return masses, parents


def _trail(node: LexborNode, body: LexborNode) -> list[LexborNode]:
    """Return a node and all around it up to the body."""
    trail: list[LexborNode] = []
    here: LexborNode | None = node
    end = body.mem_id
    while here is not None:
        trail.append(here)
        if here.mem_id == end:
            break
        here = here.parent
    return trail
