"""Headings and what stands under them: a heading of noise closes its box or list, one without a story is none.

What single lines are by their place is told in `settling`, what they are by their links in `links`.
"""

from __future__ import annotations

from itertools import groupby, islice, pairwise

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Run
from extractors.engine.pieces import Piece, labels_of
from extractors.engine.settling.links import FILLED

SECTION_SHARE = 0.3  # of the region's prose, that a box under a heading of noise holds at most
LINKED = 0.25  # of a line's characters, that are links where the line is one of a list of links
LISTED = 3  # linked headings over the story's own sentences, from which on they are those of a list
_SECTION_LABELS = frozenset(
    {
        Label.RELATED,
        Label.NEWSLETTER,
        Label.COMMENTS,
        Label.AUTHOR_BIO,
        Label.PROMO,
        Label.COMMENT_POLICY,
        Label.DISCLOSURE,
        Label.SOCIAL,
        Label.AD,
    }
)
_ITEMS = frozenset({"li", "td", "th"})  # bold is the name in them, and no heading of the others
OVER = 3  # lines at most over a form
FIELDS = 6  # lines of a form, among which one is a newsletter's
_TITLES = 4  # headings right under each other, of which more are a list
FAR = 24  # lines under a heading, in which its first sentence stands
_NEUTRAL = frozenset(
    {Label.CAPTION, Label.CREDIT, Label.AD, Label.TECH, Label.PLAYER, Label.BYLINE, Label.TIMESTAMP, Label.LEGAL}
)


def settle_sections(pieces: list[Piece], region: Box, opening: Run | None) -> None:
    """Settle headings by what follows them, and boxes and lists by the heading that opens them."""
    linked: list[Piece] = []
    closed = 0  # up to where a list under a heading is settled
    for i, piece in enumerate(pieces):
        if piece.label in _SECTION_LABELS and not piece.line.sentence and _opens(piece):
            told = _is_told(piece)
            if not (told or _is_link(piece)):
                continue
            over_story = _is_link(piece) and not (told and _heads(piece)) and _heads_story(pieces, i, opening)
            if over_story and not told:
                if piece.line.roles & Role.HEADING:
                    linked.append(piece)
                continue
            around = piece.block.parent
            if around is not None and around is not region and not over_story and _is_aside(around, region, opening):
                _close_box(pieces, i, around, piece.label)
            closed = _close_list(pieces, max(i + 1, closed), piece.label)
    _settle_forms(pieces, region, opening)
    if len(linked) >= LISTED:
        for piece in linked:
            piece.set(Label.CROSSHEAD)
    _settle_closing_links(pieces)
    if Label.CROSSHEAD in labels_of(pieces):
        _settle_crossheads(pieces)


def _settle_forms(pieces: list[Piece], region: Box, opening: Run | None) -> None:
    """Label the heading and the sentence over a newsletter's form, where they share a box with it and nothing else."""
    for i, (before, piece) in enumerate(pairwise(pieces), 1):
        if piece.story or not piece.line.roles & Role.FORM or not (before.story or before.label is Label.CROSSHEAD):
            continue
        if any(p.label is Label.NEWSLETTER and p.line.roles & Role.FORM for p in pieces[i : i + FIELDS]):
            for n in range(min(i, OVER), 0, -1):
                if _is_over_form(pieces, i, n, region, opening):
                    for told in pieces[i - n : i]:
                        told.set(Label.NEWSLETTER, "structure: in one box with a form", "markup: in a form")
                    break


def _is_over_form(pieces: list[Piece], at: int, count: int, region: Box, opening: Run | None) -> bool:
    """Tell whether so many lines and the form under them are all that is told in a box beside the story."""
    over, form = pieces[at - count : at], pieces[at].run.box
    if not all(piece.story or piece.label is Label.CROSSHEAD for piece in over):
        return False
    box = form.widened(over[0].run.box.order, form.order)
    if box.order <= region.order or box.mass >= SECTION_SHARE * region.mass:
        return False
    if opening is not None and box.order <= opening.box.order <= box.last:
        return False
    if at > count and pieces[at - count - 1].run.box.order >= box.order:
        return False
    under = next((p for p in islice(pieces, at + 1, None) if p.story or p.label is Label.CROSSHEAD), None)
    return under is None or under.run.box.order > box.last


def _settle_crossheads(pieces: list[Piece]) -> None:
    """Label headings that have no story under them by what they do have."""
    told: list[Label] = []  # what stands under the heading that comes next, from below
    story = False
    below: Label | None = None
    items = _items_set_as_headings(pieces)
    for piece in reversed(pieces):
        if piece.label is Label.CROSSHEAD:
            if not story and id(piece) not in items:
                other = Label.TECH if below is Label.TECH else Label.PROMO  # a story that is printed again
                piece.set(told[-1] if told else other, "structure: a heading with no story under it")
            elif len(told) > 2 and all(label is Label.RELATED for label in told[-2:]):
                piece.set(Label.RELATED, "structure: a heading over links")
            if piece.label is Label.CROSSHEAD or story:
                told, story = [], False
        story = story or piece.story
        below = piece.label
        if piece.label not in _NEUTRAL:
            told.append(piece.label)


def _items_set_as_headings(pieces: list[Piece]) -> set[int]:
    """Return the ids of headings of which so many follow each other that they are a list."""
    found: set[int] = set()
    for heads, together in groupby(pieces, lambda piece: piece.label is Label.CROSSHEAD):
        ids = [id(piece) for piece in together] if heads else []
        if len(ids) > _TITLES:
            found.update(ids)
    return found


def _is_aside(box: Box, region: Box, opening: Run | None) -> bool:
    """Tell whether a box under a heading of noise holds no story: little prose, or below the story's start."""
    if box.mass < SECTION_SHARE * region.mass:
        return True
    return opening is not None and not box.body and region.order < opening.box.order < box.order


def _settle_closing_links(pieces: list[Piece]) -> None:
    """Label as related what stands under the last heading, where every line of it carries a link."""
    under: list[Piece] = []
    for piece in reversed(pieces):
        line = piece.line
        if not piece.story and piece.label is not Label.CROSSHEAD:
            continue
        if piece.label is Label.CROSSHEAD or (line.strong > 0.9 and not line.sentence):
            if len(under) > 2:
                piece.set(Label.RELATED, "structure: a heading over links")
                for linked in under:
                    linked.set(Label.RELATED, "links: each line carries one", "position: under the closing heading")
            return
        if line.linked < LINKED:
            return
        under.append(piece)


def _opens_alike(opening: Run | None, box: Box) -> bool:
    """Tell whether the story's first paragraph stands in a box like this one, if it is known at all."""
    here = opening.box.line.parent if opening else box
    while here is not None and (here.tag, here.names) != (box.tag, box.names):
        here = here.parent
    return here is not None


def _is_told(piece: Piece) -> bool:
    """Tell whether its words or its own class say what a heading opens.

    That it is a link says nothing of what follows it, and the class of a box around says as much of each line in it.
    """
    box = piece.run.box
    return (
        any(why.startswith(("wording", "markup", "copy")) for why in piece.why)
        or piece.label in box.hints | box.line.hints
    )


def _is_link(piece: Piece) -> bool:
    return any(why.startswith("links") for why in piece.why)


def _heads(piece: Piece) -> bool:
    """Tell a heading from a label with its one link ("Read also: …"), which is whole and opens nothing."""
    return bool(piece.line.roles & Role.HEADING) or piece.line.linked > FILLED


def _heads_story(pieces: list[Piece], at: int, opening: Run | None) -> bool:
    """Tell whether the first sentence under a heading, before the next one, is the story's and in the heading's box.

    A linked heading in a box of its own between two paragraphs is a link to another story; one in a box beside the
    story, with a paragraph or two, opens a card, unless it is numbered or leads to another site.
    """
    heading = pieces[at]
    around = heading.block.parent
    for piece in pieces[at + 1 : at + 1 + FAR]:
        if piece.line.sentence and piece.story:
            if around is None or piece.run.box.order > around.last or piece.line.outside:
                return False
            return heading.line.abroad or heading.line.text[:1].isdigit() or _opens_alike(opening, around)
        if piece.line.roles & Role.HEADING:
            return False
    return False


def _opens(piece: Piece) -> bool:
    line = piece.line
    bold = line.strong > 0.9 and piece.block.tag not in _ITEMS
    named = piece.label is Label.AUTHOR_BIO and piece.why[0].startswith("copy")
    return bool(line.roles & Role.HEADING) or bold or named or line.text.endswith(":")


def _close_box(pieces: list[Piece], at: int, box: Box, label: Label) -> None:
    """Give all that stands in a box the label of the heading that opens it."""
    if at and box.order <= pieces[at - 1].run.box.order <= box.last:
        return  # the heading stands in the middle of the box
    for later in range(at + 1, len(pieces)):
        piece = pieces[later]
        if piece.run.box.order > box.last:
            break
        if piece.story or piece.label is Label.CROSSHEAD:
            piece.set(label, "structure: in the box of a heading of that kind", "wording: the heading")


def _close_list(pieces: list[Piece], start: int, label: Label) -> int:
    """Give list items and links right under a heading its label; return the place of the first line that is story.

    What an item tells behind a link is of the story that it leads to.
    """
    item: Box | None = None
    for at in range(start, len(pieces)):
        piece, line = pieces[at], pieces[at].line
        box = piece.block
        if line.linked > 0.5:
            item = box if box.tag == "li" and not line.abroad else None
        elif item is box:
            piece.set(label, "structure: in an item of a list under a heading of that kind", "links: behind one")
            continue
        if line.linked <= 0.5 and (line.roles & Role.HEADING or line.sentence or piece.story):
            return at
        if piece.story or piece.label is Label.CROSSHEAD:
            piece.set(label, "structure: under a heading of that kind", "links")
    return len(pieces)
