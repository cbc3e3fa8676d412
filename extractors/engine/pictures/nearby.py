"""Which captions and credits stand near a picture: around it, right after it, under it."""

from __future__ import annotations

from bisect import bisect_left

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Picture, Run
from extractors.engine.noise.photographers import is_labelled
from extractors.engine.pictures.captions import UNDER
from extractors.engine.pieces import Piece

_WHOSE = frozenset({"cite", "small"})  # elements of a caption that tell whose the picture is
_NEAR = 3  # boxes outwards from a picture to what holds it and its caption
_WIDE, _FAR = 24, 8  # boxes in one that holds more than a picture; lines from a picture to its caption in it


class Captions:
    """The caption and credit pieces, found by the box or the run that they stand in without a look at all of them."""

    def __init__(self, pieces: list[Piece], runs: list[Run]) -> None:
        self.runs = runs
        self.places = sorted((piece.run.box.order, i) for i, piece in enumerate(pieces))
        self.pieces = pieces
        self.by_run = {id(piece.run): piece for piece in pieces}

    def inside(self, box: Box) -> list[Piece]:
        """Return those in a box, in page order."""
        found = self.places[bisect_left(self.places, (box.order, -1)) : bisect_left(self.places, (box.last + 1, -1))]
        return [self.pieces[i] for i in sorted(i for _, i in found)]

    def around(self, picture: Picture, region: Box) -> list[Piece]:
        """Return those in the smallest box around a picture that holds any."""
        box: Box | None = picture.box if self.pieces else None
        credits: list[Piece] = []
        for _ in range(_NEAR + 1):
            if box is None or box is region:
                break
            if found := self.inside(box):
                if not box.roles & Role.FIGURE and box.last - box.order > _WIDE:
                    near = self.runs[max(picture.run - _FAR, 0) : picture.run + _FAR]
                    found = [piece for piece in found if piece.run in near]
                if any(not is_credit(piece) for piece in found) or not box.roles & Role.FIGURE:
                    return found
                credits = found  # the figure's caption may stand beside the box of the picture
            box = box.parent
        return credits

    def after(self, picture: Picture) -> list[Piece]:
        """Return those that stand right after a picture."""
        near = self.runs[picture.run : picture.run + 2]
        return [self.by_run[id(run)] for run in near if id(run) in self.by_run]

    def under(self, picture: Picture) -> list[Piece]:
        """Return the one that its place right under the picture has told."""
        near = self.runs[picture.run : picture.run + 1]
        return [piece for run in near if (piece := self.by_run.get(id(run))) and UNDER in piece.why]


def is_credit(piece: Piece) -> bool:
    """Tell a credit, by its label, its class or the words that open it."""
    if piece.label is Label.CREDIT or Label.CREDIT in piece.line.hints or is_labelled(piece.line.text):
        return True
    return piece.run.box.tag in _WHOSE and bool(piece.run.box.line.roles & Role.CAPTION)
