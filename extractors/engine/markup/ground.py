"""The part of a page that is worth a walk: from the first heading to the end of what holds the paragraphs.

The C side finds the paragraphs, so that Python need not look at a site's header, its lists of other stories and its
footer node by node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from selectolax.lexbor import LexborNode

from extractors.engine.data.recipes import recipe_of
from extractors.page import Page

PARAGRAPH, ENOUGH = 60, 600  # characters of a paragraph that counts, and of all of them together
SHARE = 0.8  # of the text in paragraphs, that stands in the element where the walk begins
# The walk may end with the element that `region` would take for the story, or with one around it: these are its
# rule's figures, a little more generous.
DECAY, GAIN, GROWTH = 0.62, 0.1, 0.7
MUCH, FAR = 0.05, 1  # a share of the text that is a part of a split story, not a comment; it counts from no farther
WRAPPED = 0.02  # more text than this makes an element more than a wrapper


@dataclass(slots=True)
class Ground:
    """Where a walk begins, and the element (`mem_id`) with whose end it may end, once the heading has been met."""

    root: LexborNode
    end: int | None = None  # None: it goes on to the last
    headed: bool = False  # whether there is a heading to meet
    story: bool = False  # whether all of it stands in an `article` or `main`
    around: int | None = None  # the smallest element (`mem_id`) around heading and story; None: the root


def ground_of(page: Page) -> Ground:
    """Return the ground; the whole body where paragraphs are few, or where a recipe's parts may stand anywhere."""
    body = page.body
    if recipe_of(page).steps:
        return Ground(body)
    masses, parents = _paragraphs(body)
    total = sum(masses.values())
    if total < ENOUGH:
        return Ground(body)
    trail = _trail(parents[max(masses, key=masses.__getitem__)], body)
    places = {node.mem_id: i for i, node in enumerate(trail)}
    beside, scores = [0] * len(trail), [0.0] * len(trail)
    for identity, mass in masses.items():
        here: LexborNode | None = parents[identity]
        steps = 0
        while here is not None and here.mem_id not in places:
            here = here.parent
            steps += 1
        if here is not None:
            place = places[here.mem_id]
            beside[place] += mass
            scores[place] += mass * DECAY ** (min(steps, FAR) if mass > MUCH * total else steps)
    end = _grown(beside, scores)
    inside = list(accumulate(beside))
    root = page.heading
    while root is not None and ((i := places.get(root.mem_id, -1)) < end or inside[i] < SHARE * total):
        root = root.parent
    around = root.mem_id if root is not None else None
    if root is not None and around != body.mem_id:
        root = root.parent  # what stands right before and after it may belong to it
    root = root or body
    story = any(node.tag in ("article", "main") for node in _trail(root, body))
    return Ground(root, trail[end].mem_id, page.heading is not None, story, around)


def ground_around(page: Page, story: Sequence[LexborNode]) -> Ground:
    """Return the ground of a story whose nodes are known, in page order: it and what stands between heading and it.

    It is the whole body where there is no heading.
    """
    body = page.body
    trail = _trail(story[0], body)
    places = {node.mem_id: i for i, node in enumerate(trail)}
    end = _meeting(story[-1], places)
    if page.heading is None:
        return Ground(body, trail[end].mem_id)
    root = trail[max(end, _meeting(page.heading, places))]
    named = any(node.tag in ("article", "main") for node in _trail(root, body))
    return Ground(root, trail[end].mem_id, story=named, around=root.mem_id)


def _meeting(node: LexborNode, places: Mapping[int, int]) -> int:
    """Return the place on a trail of the first element around a node (or itself) that stands there."""
    here: LexborNode | None = node
    while here is not None:
        if (place := places.get(here.mem_id)) is not None:
            return place
        here = here.parent
    return len(places) - 1


def _grown(beside: list[int], scores: list[float]) -> int:
    """Return the place on a trail of the element that holds the story.

    For each place `beside` tells how much text of paragraphs stands in it and not in the one before, and `scores` the
    same with its distance counted in.
    """
    mass, score = best_mass, best_score = beside[0], scores[0]
    best = 0
    for i, (more, weight) in enumerate(zip(beside[1:], scores[1:], strict=True), 1):
        if more > WRAPPED * mass:
            mass, score = mass + more, (score + weight) * DECAY
        if mass > (1 + GAIN) * best_mass and score > GROWTH * best_score:
            best, best_mass, best_score = i, mass, score
    return best


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
