"""Which of a page's several articles is the story, or whether all of them are: the entries of a live blog."""

from __future__ import annotations

from bisect import bisect_right

from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.prose import word_count

OTHERS = 0.6  # of the prose beside an article, that stands in other articles where the page has several
CARD = 0.15  # of a story's prose, that a card about another has at most
MORE = 1.1  # of the prose of an entry, that all of them have
ENTRIES = 3  # articles of a live blog, at least
HEADLINE = 5  # words of a linked line that is another story's headline
CLOCK = 40  # characters of a line with an entry's time


def unless_articles(outline: Outline, best: Box) -> Box:
    """Return the article in which the story starts, where the rest of the box is other ones.

    It holds the page's heading, or the others are small beside it: pages go on with the next stories, or with whole
    other posts as cards.
    """
    opening = outline.opening
    if opening is None or best.tag == "article":
        return best
    here = _article_around(opening.box)
    if here is None or here.order <= best.order:
        return best
    others = largest = 0.0
    last = -1
    for box in outline.boxes[best.order : best.last + 1]:
        if box.tag == "article" and box.order > last and (box.order < here.order or box.order > here.last):
            others, largest, last = others + box.mass, max(largest, box.mass), box.last
    apart = _has_heading(outline, here) or largest < CARD * here.mass
    if not (others > OTHERS * (best.mass - here.mass) > 0 and apart):
        return best
    return best if _are_entries(outline, here, best) else here


def unless_entry(outline: Outline, best: Box) -> Box:
    """Return the box, or that of all entries where it is the longest entry of a live blog or stands in it."""
    here = _article_around(best)
    around = here and here.parent
    if here is None or around is None or around.mass < MORE * here.mass:
        return best
    return around if _are_entries(outline, here, around) else best


def _article_around(box: Box | None) -> Box | None:
    """Return the innermost article that a box is or stands in."""
    while box is not None and box.tag != "article":
        box = box.parent
    return box


def _are_entries(outline: Outline, first: Box, best: Box) -> bool:
    """Tell the entries of a live blog: articles of one name under the page's heading, each with a clock, and no link to
    what it tells: cards are linked whole, or by their headlines."""
    inside = outline.boxes[best.order : best.last + 1]
    name = _name_of(first)
    entries = [box for box in inside if box.tag == "article" and _name_of(box) == name]
    titles = [box.order for box in outline.boxes[: best.last + 1] if box.tag == "h1"]
    if len(entries) < ENTRIES or not titles or titles[-1] > first.order:
        return False
    starts = [box.order for box in entries]
    timed, linked = set[int](), set[int]()
    for run in outline.runs:
        if best.order <= run.box.order <= best.last and (at := bisect_right(starts, run.box.order) - 1) >= 0:
            if len(run.text) <= CLOCK and (run.when or any(map(str.isdigit, run.text))):
                timed.add(at)
            if run.linked * 2 > len(run.text) and (run.box.roles & Role.HEADING or word_count(run.text) >= HEADLINE):
                linked.add(at)
    return len(timed) == len(entries) and len(linked) * 2 < len(entries)


def _name_of(box: Box) -> str:
    """Return the first of a box's names; what follows may tell entries apart: "block block--summary"."""
    return box.kind[1].partition(" ")[0]


def _has_heading(outline: Outline, box: Box) -> bool:
    return any(b.tag in ("h1", "h2") for b in outline.boxes[box.order : box.last + 1])
