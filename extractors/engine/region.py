"""Find the main content of a page: the box that holds the story.

Method: each run of prose gives its mass to the boxes around it, less with every step outwards, so that the box which
holds most prose closest wins (after the idea of Arc90's readability); then the region grows while its parent holds
clearly more prose of the same kind. Boxes whose class or role says navigation, comments or related stories hand on
only a part of their mass, which weighs and never decides alone.
"""

from __future__ import annotations

from extractors.article import Label
from extractors.engine.runs import Box, Outline, Role, Run
from extractors.engine.text import ends_sentence, key_of, unspaced

DECAY = 0.8  # of a run's mass, for each box outwards
REACH = 14  # boxes outwards that a run speaks for
_OUTSIDE = Role.NAV | Role.FOOTER | Role.FORM | Role.CONTROL | Role.CAPTION
_DAMPED_ROLES = Role.ASIDE | Role.FIGURE | Role.HIDDEN | Role.NOSCRIPT
_DAMPING: dict[Label, float] = {
    Label.COMMENTS: 0.1,
    Label.RELATED: 0.35,
    Label.NAV: 0.5,
    Label.LEGAL: 0.2,
    Label.AUTHOR_BIO: 0.4,
    Label.NEWSLETTER: 0.5,
    Label.PROMO: 0.6,
    Label.AD: 0.6,
    Label.SOCIAL: 0.7,
    Label.CAPTION: 0.4,
    Label.STANDFIRST: 0.9,
    Label.TECH: 0.5,
}


def prose_mass(run: Run) -> float:
    """Return how much prose a run is: its characters outside links, a fragment's counting for less."""
    size = len(run.text)
    if run.box.roles & _OUTSIDE or run.linked * 2 > size:
        return 0.0
    mass = float(size - run.linked)
    if unspaced(run.text):
        mass *= 2.5
    if mass < 25:
        return 0.0
    if run.box.roles & (Role.HEADING | Role.TABLE):
        return mass * 0.1
    return mass if ends_sentence(run.text) else mass * (0.35 if mass < 140 else 0.8)


def weigh(outline: Outline, article_text: str = "") -> None:
    """Fill in every box's `mass` (all prose inside) and `score` (prose, damped by distance and hints).

    `article_text` is the folded text that the page's own data calls its body; a run found in it weighs thrice.
    """
    for run in outline.runs:
        mass = prose_mass(run)
        if not mass:
            continue
        if run.box.roles & _DAMPED_ROLES:
            mass *= 0.25
        if article_text and len(run.text) > 30:
            mass *= 3.0 if key_of(run.text) in article_text else 0.4
        run.box.mass += mass
        box: Box | None = run.box
        weight, steps = mass, 0
        while box is not None and steps < REACH:
            for hint in box.hints:
                weight *= _DAMPING.get(hint, 1.0)
            if box.body:
                weight *= 1.25
            box.score += weight
            weight *= DECAY
            box, steps = box.parent, steps + 1
    for box in reversed(outline.boxes):
        if box.parent is not None:
            box.parent.mass += box.mass


def region_of(outline: Outline) -> Box | None:
    """Return the box that holds the story, or None where the page has no prose."""
    best = max(outline.boxes, key=lambda b: b.score)
    if best.score <= 0:
        return None
    while (parent := best.parent) is not None and _grows(best, parent, outline):
        best = parent
    return best


def _grows(box: Box, parent: Box, outline: Outline) -> bool:
    """Tell whether the parent holds clearly more of the same story."""
    if parent.tag == "body":
        return box.mass < 250 and parent.mass > box.mass * 2
    gain = parent.mass - box.mass
    if gain <= 0:
        return False
    if box.mass < 200:
        return True
    if box.body and not parent.body:
        return False
    return gain > 0.15 * box.mass and parent.score > 0.72 * box.score
