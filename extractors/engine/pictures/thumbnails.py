"""Pictures on the cards of other stories that stand within the story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Picture, Run
from extractors.engine.noise.cues import AT_PICTURES, WHOLLY_LINKED
from extractors.engine.pieces import Piece

_OF_CARDS = frozenset({Label.RELATED, Label.NEWSLETTER, Label.AUTHOR_BIO, Label.COMMENTS})
_OF_HEADS = frozenset({Label.HEADLINE, Label.STANDFIRST})
_NEAR = 3  # boxes outwards from a picture to what holds it and the card's words
_BUTTON = 2  # words of a link that enlarges the picture, at most
_CARD = 8  # the same to the box of a card
_MOST = 12  # lines of a card


def is_on_card(picture: Picture, pieces: Mapping[int, Piece], region: Box, outline: Outline) -> bool:
    """Tell whether a picture with a caption or a credit is on a card: in a box called so, or a figure, with a headline
    that links to another story and nothing of this one.
    """
    box: Box | None = picture.box
    for _ in range(_CARD):
        if box is None or box is region or box.body:
            return False
        figure = box.own & Role.FIGURE
        if figure or Label.RELATED in box.hints:
            inside = _inside(box, picture.run, outline.runs)
            found = [pieces[id(run)] for run in inside if id(run) in pieces]
            linked = [p for p in found if p.label is Label.RELATED and p.line.linked > WHOLLY_LINKED]
            if any(p.line.roles & Role.HEADING or (p.line.words > _BUTTON and not figure) for p in linked):
                return len(inside) <= _MOST and not any(p.story for p in found)
        box = box.parent
    return False


def is_thumbnail(picture: Picture, pieces: Mapping[int, Piece], region: Box, outline: Outline) -> bool:
    """Tell whether a picture is on the card of another story, or no story's; `pieces` are found by their run's `id`."""
    if _is_apart(picture, pieces, region, outline):
        return True
    return _is_in_link(picture, pieces, outline) or _is_of_card(picture, pieces, region, outline)


def _is_apart(picture: Picture, pieces: Mapping[int, Piece], region: Box, outline: Outline) -> bool:
    """Tell whether a picture stands in an aside, or in a box called advertising: no banner that opens the story."""
    if picture.box.roles & ~region.roles & Role.ASIDE:
        return True
    box: Box | None = picture.box
    while box is not None and box is not region and not box.body:
        if Label.AD in box.hints:
            above = (pieces.get(id(run)) for run in outline.runs[: picture.run])
            return any(piece is not None and piece.story for piece in above)
        box = box.parent
    return False


def _is_of_card(picture: Picture, pieces: Mapping[int, Piece], region: Box, outline: Outline) -> bool:
    """Tell whether the first lines found around a picture are few and all lead elsewhere."""
    beside = (pieces.get(id(run)) for run in outline.runs[max(picture.run - 1, 0) : picture.run + 1])
    if all(piece is None or piece.story for piece in beside):
        return False  # as it is of most
    box: Box | None = picture.box
    for _ in range(_NEAR + 1):
        if box is None or box is region or box.body:
            return False
        if runs := _inside(box, picture.run, outline.runs):
            if len(runs) > _MOST:
                return False
            found = [pieces[id(run)] for run in runs if id(run) in pieces]
            if not all(p.label is Label.AD for p in found):  # who paid for the card
                return any(p.label in _OF_CARDS for p in found) and not any(map(_is_of_story, found))
        box = box.parent
    return False


def _inside(box: Box, at: int, runs: Sequence[Run]) -> Sequence[Run]:
    """Return the runs of a box that holds a picture, which stands before the run `at`; not all of many."""
    first = last = at
    while first and at - first <= _MOST and box.order <= runs[first - 1].box.order <= box.last:
        first -= 1
    while last < len(runs) and last - at <= _MOST and box.order <= runs[last].box.order <= box.last:
        last += 1
    return runs[first:last]


def _is_in_link(picture: Picture, pieces: Mapping[int, Piece], outline: Outline) -> bool:
    """Tell whether a picture stands in one line with a link to another story, right before it."""
    run = outline.runs[picture.run] if picture.run < len(outline.runs) else None
    if run is None or run.box.line is not picture.box.line or run.text[0] == "\n":
        return False
    piece = pieces.get(id(run))
    return piece is not None and piece.label in _OF_CARDS and piece.line.linked > WHOLLY_LINKED


def _is_of_story(piece: Piece) -> bool:
    """Tell a line that no other story's card has: text, the headline, what the markup calls a caption."""
    shown = piece.line.roles & Role.CAPTION or Label.CAPTION in piece.line.hints
    return piece.story or bool(shown) or piece.label in AT_PICTURES or piece.label in _OF_HEADS
