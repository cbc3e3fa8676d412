"""Find the main content of a page: the box that holds the story.

Method: each run of prose gives its mass to the boxes around it, less with every step outwards, so that the box which
holds most prose closest wins (after the idea of Arc90's readability); then the region grows while its parent holds
clearly more prose of the same kind. Boxes whose class or role says navigation, comments or related stories hand on
only a part of their mass, which weighs and never decides alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from extractors.article import Label
from extractors.engine.elements import Role
from extractors.engine.prose import ends_sentence, key_of, unspaced
from extractors.engine.runs import Box, Outline, Run

DECAY = 0.62  # of a box's score, for each step outwards that meets other prose
OPENING = 1.4  # for the boxes around the first paragraph after the headline
WRAPPER = 0.7  # a box with more of the page's prose than this is damped by nothing
HALF = 0.55  # the same for a box that no class calls anything else, only its element: hidden, an aside, in noscript
SPLIT = 1.15  # of the prose in a story's container, that it has with the others of its name
OTHERS = 0.6  # of the prose beside an article, that stands in other articles where the page has several
GROWTH = 0.75  # of the region's score, that a parent with more prose must have
CARD = 0.15  # of a story's prose, that a card about another has at most
_PARAGRAPH = 60.0  # of prose mass, that a paragraph has
SAMPLE = 300  # characters that tell a page's language
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_NO_PROSE = Role.CONTROL | Role.CAPTION
_DAMPED_ROLES: tuple[tuple[int, float], ...] = (
    (Role.NAV, 0.2),
    (Role.FOOTER, 0.3),
    (Role.FORM, 0.3),
    (Role.ASIDE, 0.4),
    (Role.FIGURE, 0.3),
    (Role.HIDDEN, 0.3),
    (Role.NOSCRIPT, 0.2),
)
_SET_APART = Role.ASIDE | Role.NOSCRIPT | Role.ARTICLE
_ANY_DAMPED = Role.NAV | Role.FOOTER | Role.FORM | Role.ASIDE | Role.FIGURE | Role.HIDDEN | Role.NOSCRIPT
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
    if size - run.linked < 10:
        return 0.0
    if run.box.roles & _NO_PROSE or run.linked * 2 > size:
        return 0.0
    mass = float(size - run.linked)
    if unspaced(run.text):
        mass *= 2.5
    if mass < 25:
        return 0.0
    if run.box.roles & (Role.HEADING | Role.TABLE):
        return mass * 0.1
    return mass if ends_sentence(run.text) else mass * (0.35 if mass < 140 else 0.8)


def sample_of(outline: Outline) -> str:
    """Return enough of the page's prose to tell its language by."""
    texts: list[str] = []
    size = 0
    for run in outline.runs:
        wide = 2.5 if unspaced(run.text) else 1
        if len(run.text) * wide > 60 and run.linked * 2 < len(run.text):
            texts.append(run.text)
            size += int(len(run.text) * wide)
            if size > SAMPLE:
                break
    return " ".join(texts or [run.text for run in outline.runs[:60]])


def weigh(outline: Outline, headline: str = "", article_text: str = "") -> None:
    """Fill in every box's `mass` (all prose inside) and `score` (prose, damped by distance and hints).

    `headline` and `article_text` are keys (`key_of`) of what the page's own data says: prose right after the headline
    weighs more, and so does a run that stands in the text which the page's data calls its body.
    """
    for box in outline.boxes:
        box.mass = box.score = 0.0
    outline.opening = opening = _opening(outline.runs, headline)
    for run in outline.runs:
        if mass := prose_mass(run):
            run.mass = mass
            if article_text and len(run.text) > 30:
                mass *= 3.0 if key_of(run.text) in article_text else 0.4
            run.box.mass += mass
            run.box.score += mass
    boxes, unfinished = outline.boxes, outline.unfinished
    for box in reversed(boxes):
        if box.parent is not None:
            box.parent.mass += box.mass
    wrapper = WRAPPER * boxes[0].mass
    holding = [box for box in boxes if box.mass]
    half = HALF * boxes[0].mass
    factors = {
        box.order: 1.0 if box.mass > wrapper or (box.mass > half and _is_only_set_apart(box)) else damping_of(box)
        for box in holding
    }
    for box in reversed(holding):
        if (parent := box.parent) is not None:
            # A wrapper around one box costs nothing; there is more in one that the walk has not seen the end of.
            more = parent.mass > box.mass * 1.02 or (parent.order in unfinished and box.order not in unfinished)
            parent.score += box.score * factors[box.order] * (DECAY if more else 1.0)
    inherited = {boxes[0].order: 1.0}
    for box in holding:
        if box.parent is not None:
            inherited[box.order] = inherited[box.parent.order] * factors[box.order]
        box.score *= inherited[box.order] * (1.25 if box.body else 1.0)
    here = opening.box if opening else None
    while here is not None:
        here.score *= OPENING
        here = here.parent


def _is_only_set_apart(box: Box) -> bool:
    return not box.hints and (box.body or not box.own & ~_SET_APART)


def damping_of(box: Box) -> float:
    """Return the factor (0 to 1) by which a box's own role and hints lower the weight of what it holds."""
    factor = 1.0
    if box.own & _ANY_DAMPED:
        factor = min(f for role, f in _DAMPED_ROLES if box.own & role)
    for hint in box.hints:
        factor *= _DAMPING.get(hint, 1.0)
    return factor


def _opening(runs: list[Run], headline: str) -> Run | None:
    """Return the first real paragraph after the headline as printed on the page.

    One in teasers is it only where no other prose, in an aside perhaps, stands above it and none below.
    """
    after = False
    prose: list[Run] = []
    for run in runs:
        if not after:
            text = run.text
            after = run.box.tag == "h1" or (
                bool(headline) and len(text) < 300 and run.box.roles & Role.HEADING > 0 and key_of(text) == headline
            )
        elif len(run.text) > 30 and prose_mass(run) > 80:
            if _is_free(run) and not _in_teasers(run.box):
                return run
            prose.append(run)
    return prose[0] if prose and _is_free(prose[0]) else None


def _is_free(run: Run) -> bool:
    return not run.box.hints and not run.box.roles & _ANY_DAMPED


def _in_teasers(box: Box | None) -> bool:
    while box is not None:
        if Label.RELATED in box.hints:
            return True
        box = box.parent
    return False


def region_of(outline: Outline) -> Box | None:
    """Return the box that holds the story, or None where the page has no prose."""
    best = max(reversed(outline.boxes), key=lambda b: b.score)
    if best.score <= 0:
        return None
    best = _unless_cards(outline, best)
    if (alone := _unless_articles(outline, best)) is not best:
        return alone
    best = _unless_split(outline, best)
    if best.tag in _PARAGRAPHS and (home := best.parent) is not None:
        best = home if home.order > outline.around or home.mass < SPLIT * best.mass else best
    while (parent := best.parent) is not None and (
        _grows(best, parent, outline.around) or _opens(outline, best, parent)
    ):
        best = parent
    return best


def _unless_cards(outline: Outline, best: Box) -> Box:
    """Return the box, or that of the first paragraph after the heading where the box is all cards beside the story.

    Cards have a few paragraphs each; a story has as many under one parent as any of them.
    """
    opening = outline.opening
    if opening is None or best.order <= opening.box.order <= best.last or (home := opening.box.line.parent) is None:
        return best
    counts: dict[int, int] = {}
    for run in outline.runs:
        parent = run.box.line.parent
        if run.mass > _PARAGRAPH and parent is not None and (parent is home or best.order <= parent.order <= best.last):
            counts[parent.order] = counts.get(parent.order, 0) + 1
    return home if counts.get(home.order, 0) >= max(2, *counts.values()) else best


def _unless_articles(outline: Outline, best: Box) -> Box:
    """Return the article in which the story starts, where the rest of the box is other ones.

    It holds the page's heading, or the others are small beside it.

    Pages go on with the next stories, or with whole other posts as cards.
    """
    opening = outline.opening
    if opening is None or best.tag == "article":
        return best
    here: Box | None = opening.box
    while here is not None and here.tag != "article":
        here = here.parent
    if here is None or here.order <= best.order:
        return best
    others = largest = 0.0
    last = -1
    for box in outline.boxes[best.order : best.last + 1]:
        if box.tag == "article" and box.order > last and (box.order < here.order or box.order > here.last):
            others, largest, last = others + box.mass, max(largest, box.mass), box.last
    apart = _has_heading(outline, here) or largest < CARD * here.mass
    return here if others > OTHERS * (best.mass - here.mass) > 0 and apart else best


def _unless_split(outline: Outline, best: Box) -> Box:
    """Return the box around all the containers of the story's name, where its text stands in several of them.

    Following stories have containers of that name too, each in an article of its own or under a heading of its own.
    """
    if not best.body or not best.names:
        return best
    last, parts = -1, []
    for box in outline.boxes:
        if box.order > last and box.mass > 0 and box.names == best.names and box.tag == best.tag:
            parts.append(box)
            last = box.last
    told = sum(box.mass for box in parts)
    if told < SPLIT * best.mass:
        return best
    first, last = parts[0].order, parts[-1].last
    if any(box.tag in ("article", "h1") for box in outline.boxes[first : last + 1]):
        return best
    around = best
    while around.parent is not None and not (around.order <= first and last <= around.last):
        around = around.parent
    return around if around.mass < told / OTHERS else best


def _has_heading(outline: Outline, box: Box) -> bool:
    return any(b.tag in ("h1", "h2") for b in outline.boxes[box.order : box.last + 1])


def _opens(outline: Outline, box: Box, parent: Box) -> bool:
    """Tell whether the first paragraph after the headline stands right above a box that names itself the body."""
    opening = outline.opening
    if (
        opening is None
        or not box.body
        or parent.order <= outline.around
        or not parent.order <= opening.box.order < box.order
    ):
        return False
    return parent.mass - box.mass < OPENING * opening.mass


def _grows(box: Box, parent: Box, around: int) -> bool:
    """Tell whether the parent holds clearly more of the same story; the box around heading and story seldom does."""
    gain = parent.mass - box.mass
    if gain <= 0:
        return False
    if parent.order <= around:
        return box.mass < 250 and parent.mass > box.mass * 2
    if box.mass < 200:
        return True
    return not (box.body and not parent.body) and gain > 0.15 * box.mass and parent.score > GROWTH * box.score


def enclosing(outline: Outline, marks: Mapping[int, Label]) -> Box | None:
    """Return the smallest box around all the elements that a template marks as body; None where the walk met none.

    What a script holds, or the site's own footer, is on the page for a selector and never in the walk.
    """
    boxes = [box for box in outline.boxes if marks.get(box.node) is Label.BODY]
    if not boxes:
        return None
    first, last = min(b.order for b in boxes), max(b.last for b in boxes)
    alone = len(boxes) == 1 and boxes[0].last > boxes[0].order  # the container, not one of its paragraphs
    around = boxes[0] if alone else boxes[0].parent or boxes[0]
    while around.parent is not None and not (around.order <= first and last <= around.last):
        around = around.parent
    return around
