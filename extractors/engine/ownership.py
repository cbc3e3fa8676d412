"""Which of a page's pictures are the story's own: those of its region, and those above it that something ties to it."""

from __future__ import annotations

from itertools import takewhile

from extractors.engine.files import address_of
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Picture
from extractors.engine.pieces import Piece

_ELSEWHERE = Role.NAV | Role.FOOTER | Role.ASIDE | Role.FORM


class Ours:
    """Which pictures are the story's: those of the region, and those above it whose captions are known.

    A caption stands right after its picture, or with it in a figure. Where no picture of the story is one that the
    page's data tell of, the last above the region that is belongs to it without a caption.
    """

    def __init__(self, outline: Outline, pieces: list[Piece], region: Box, shown: str) -> None:
        lead = [piece.run for piece in pieces if piece.run.box.order < region.order]
        told = set(map(id, lead))
        self.region = region
        self.above = {box.order for run in lead for box in figures_of(run.box)}
        told_at = {i for i, run in enumerate(outline.runs) if id(run) in told} if told else set[int]()
        self.right_before = {picture.run: picture for picture in outline.pictures if picture.run in told_at}
        self.lead: Picture | None = None
        for picture in takewhile(lambda p: p.box.order < region.order, outline.pictures) if shown else ():
            if not picture.box.roles & _ELSEWHERE and is_told(picture, shown):
                self.lead = picture
        if self.lead is not None:
            inside = (p for p in outline.pictures if self.holds(p) and p is not self.lead)
            if self._holds(self.lead) or any(is_told(p, shown) for p in inside):
                self.lead = None

    def holds(self, picture: Picture) -> bool:
        """Tell whether a picture is the story's."""
        return picture is self.lead or self._holds(picture)

    def _holds(self, picture: Picture) -> bool:
        box = picture.box
        if box.order >= self.region.order:
            return box.order <= self.region.last
        nearest = self.right_before.get(picture.run)
        if nearest and (nearest.box is box or (nearest.box.roles ^ box.roles) & Role.NOSCRIPT):
            return True
        return bool(self.above and box.roles & Role.FIGURE and any(b.order in self.above for b in figures_of(box)))


def is_told(picture: Picture, stem: str) -> bool:
    """Tell whether a picture's file is that one, in whatever size it is loaded."""
    shown = picture.attributes.get("src") or ""
    return (shown[:5] != "data:" and stem in shown) or stem in (address_of(picture.attributes) or "")


def figures_of(box: Box) -> list[Box]:
    """Return the box and those around it up to the figure that they stand in."""
    found = [box]
    while box.parent is not None and box.parent.roles & Role.FIGURE:
        box = box.parent
        found.append(box)
    return found
