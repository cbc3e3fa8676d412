"""Find the main content of a page: the box that holds the story.

Method: the box which holds most prose closest wins (see `weight`); then the region grows while its parent holds
clearly more prose of the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from extractors.article import Label
from extractors.engine.articles import OTHERS, unless_articles, unless_entry
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.prose import word_count
from extractors.engine.weight import OPENING, stands_in

SPLIT = 1.15  # of the prose in a story's container, that it has with the others of its name
PARTED = 2.0  # the same, at most, where the container does not call itself the body
GROWTH = 0.75  # of the region's score, that a parent with more prose must have
HEADLINE = 4  # words of one that no element calls so, at least
LINKLESS = 3  # paragraphs to a linked headline, that cards about other stories have at most
COLUMN = 0.8  # of a layout's prose, that the column with the story has
_SMALL = 200.0  # of prose mass, with less of which a box is but a part of the story
_STORY = 400.0  # of prose mass: so much may be a story by itself
_PARAGRAPH = 60.0  # of prose mass, that a paragraph has
_TABLES = frozenset({"table", "tbody", "tr"})
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})


def region_of(outline: Outline) -> Box | None:
    """Return the box that holds the story, or None where the page has no prose."""
    if not outline.holding:
        return None
    best = max(reversed(outline.holding), key=attrgetter("score"))
    best = unless_entry(outline, _unless_cards(outline, _unless_columns(outline, best)))
    if (alone := unless_articles(outline, best)) is not best:
        return alone
    best = _with_opening(outline, _unless_split(outline, best))
    if best.tag in _PARAGRAPHS and (home := best.parent) is not None:
        best = home if home.order > outline.around or home.mass < SPLIT * best.mass else best
    while (parent := best.parent) is not None:
        if not (_opens(outline, best, parent) or _goes_on(outline, best, parent)):
            while _SMALL <= best.mass >= parent.mass and parent.parent is not None:  # wrappers
                parent = parent.parent
            apart = parent is not best.parent
            if not _grows(best, parent, outline.around) or (apart and _is_carded(outline, parent, best)):
                break
        best = parent
    return best


def _unless_columns(outline: Outline, best: Box) -> Box:
    """Return the box, or the innermost cell with nearly all of it where it is a table that lays out the page."""
    if best.tag not in _TABLES or best.roles & Role.TABLE:
        return best
    inside = (box for box in outline.holding if best.order < box.order <= best.last and box.tag == "td")
    return max((box for box in inside if box.mass > COLUMN * best.mass), key=attrgetter("order"), default=best)


def _unless_cards(outline: Outline, best: Box) -> Box:
    """Return the box, or that of the first paragraph after the heading where the box is all cards beside the story.

    Cards carry linked headlines and have a few paragraphs each; a story has as many under one parent as any of them.
    """
    opening = outline.opening
    if opening is None or best.order <= opening.box.order <= best.last or (home := opening.home) is None:
        return best
    counts: dict[int, int] = {}
    for run in outline.runs:
        if run.mass <= _PARAGRAPH or (parent := run.home) is None:
            continue
        if parent is home or best.order <= parent.order <= best.last:
            counts[parent.order] = counts.get(parent.order, 0) + 1
    return home if counts.get(home.order, 0) >= max(2, *counts.values()) and _is_carded(outline, best) else best


def _is_carded(outline: Outline, box: Box, but: Box | None = None) -> bool:
    """Tell whether linked headlines stand among the paragraphs of a box, without those of one in it."""
    told = headlines = 0
    for run in outline.runs:
        place = run.box.order
        if box.order <= place <= box.last and (but is None or not but.order <= place <= but.last):
            told += run.mass > _PARAGRAPH
            if run.linked * 5 > len(run.text) * 4:
                headlines += run.box.roles & Role.HEADING > 0 or word_count(run.text) >= HEADLINE
    return headlines * LINKLESS >= told


def _unless_split(outline: Outline, best: Box) -> Box:
    """Return the box around all the containers of the story's name, where its text stands in several of them.

    Following stories have containers of that name too, each in an article of its own or under a heading of its own.
    Where the name does not say that it is a body, hardly anything else may stand between them, and most in the first.
    """
    if not best.names:
        return best
    last, parts = -1, []
    for box in outline.holding:
        alike = box.order > last and box.names == best.names and box.tag == best.tag
        if alike and (best.body or box.mass > _PARAGRAPH):
            parts.append(box)
            last = box.last
    if not parts:
        return best
    told = sum(box.mass for box in parts)
    opens = _opens_in(outline, parts[0], best)
    if told < SPLIT * best.mass:
        if not opens:
            return best
        parts = [box for box in parts if box.order <= best.order]
    first, last = parts[0].order, parts[-1].last
    if _is_parted(outline, parts):
        return parts[0] if opens and parts[0].mass > _STORY else best
    around = best.widened(first, last)
    if not best.body and (around.order <= outline.around or told > PARTED * best.mass or around.mass > SPLIT * told):
        return best
    return around if around.mass < told / OTHERS else best


def _with_opening(outline: Outline, best: Box) -> Box:
    """Return the box around a story's opening and the rest of it, where it opens above in a box that names itself body.

    Hardly anything else may stand between the two.
    """
    here: Box | None = outline.opening.box if outline.opening is not None else None
    if here is None or here.order >= best.order:
        return best
    while here is not None and not here.body:
        here = here.parent
    if here is None or here.order <= best.order <= here.last:
        return best
    around = best.widened(here.order, best.last)
    return around if around.mass < SPLIT * (here.mass + best.mass) else best


def _is_parted(outline: Outline, parts: list[Box]) -> bool:
    """Tell whether one of the parts after the first stands in an article of its own or under a heading of its own."""
    return any(
        box.tag == "h1" or (box.tag == "article" and any(box.order <= part.order <= box.last for part in parts[1:]))
        for box in outline.boxes[parts[0].last + 1 : parts[-1].last + 1]
    )


def _opens_in(outline: Outline, part: Box, best: Box) -> bool:
    """Tell whether the story opens in a part of it that stands before the box which holds most of it."""
    opening = outline.opening
    return opening is not None and part.last < best.order and part.order <= opening.box.order <= part.last


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


def _goes_on(outline: Outline, box: Box, parent: Box) -> bool:
    """Tell whether a story goes on in a box, as behind a paywall, of which the body begins above."""
    return (
        parent.body
        and not box.body
        and any(run.mass > _PARAGRAPH and parent.order <= run.box.order < box.order for run in outline.runs)
    )


def _grows(box: Box, parent: Box, around: int) -> bool:
    """Tell whether the parent holds clearly more of the same story; the box around heading and story seldom does."""
    gain = parent.mass - box.mass
    if gain <= 0:
        return False
    if parent.order <= around:
        return box.mass < 250 and parent.mass > box.mass * 2
    if box.mass < _SMALL:
        return True
    return not (box.body and not parent.body) and gain > 0.15 * box.mass and parent.score > GROWTH * box.score


def around_told(outline: Outline, region: Box | None, told: str) -> Box | None:
    """Return the box around the paragraphs that the page's data tell, where the region has fewer than are beside it.

    What else stands in the box is little beside them. `told` is what the data call the story's text, on one line.
    """
    if region is None or not told or region.mass * 2 > outline.boxes[0].mass:
        return region
    runs = [run for run in outline.runs if run.mass > _PARAGRAPH and stands_in(told, run.text)]
    inside = sum(run.mass for run in runs if region.order <= run.box.order <= region.last)
    whole = sum(run.mass for run in runs)
    if whole <= 2 * inside:
        return region
    around = region.widened(min(run.box.order for run in runs), max(run.box.order for run in runs))
    held = sum(run.mass for run in outline.runs if around.order <= run.box.order <= around.last)
    return around if held < PARTED * whole else region


def enclosing(outline: Outline, marks: Mapping[int, Label]) -> Box | None:
    """Return the smallest box around all the elements that a template marks as body; None where the walk met none.

    What a script holds, or the site's own footer, is on the page for a selector and never in the walk.
    """
    told = {node for node, label in marks.items() if label is Label.BODY}
    boxes = [box for box in outline.boxes if box.node in told]
    if not boxes:
        return None
    first, last = min(b.order for b in boxes), max(b.last for b in boxes)
    alone = len(boxes) == 1 and boxes[0].last > boxes[0].order  # the container, not one of its paragraphs
    return (boxes[0] if alone else boxes[0].parent or boxes[0]).widened(first, last)
