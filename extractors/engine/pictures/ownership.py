"""Which of a page's pictures are the story's own: those of its region, and those above it that something ties to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Picture, Run
from extractors.engine.pictures.files import address_of
from extractors.engine.pieces import Piece

_ELSEWHERE = Role.NAV | Role.FOOTER | Role.ASIDE | Role.FORM
_OTHERS = frozenset(
    {Label.AD, Label.RELATED, Label.PROMO, Label.NEWSLETTER, Label.SOCIAL, Label.AUTHOR_BIO, Label.COMMENTS, Label.NAV}
)


class Ours:
    """Which pictures are the story's: those of the region, and those above it whose captions are known.

    A caption stands right after its picture, or with it in a figure. Where no picture of the story is one that the
    page's data tell of, the last above the region that is belongs to it without a caption. Those right below the
    region, in a box without text beside it, close the story.
    """

    def __init__(self, outline: Outline, pieces: list[Piece], region: Box, shown: str) -> None:
        lead = [piece.run for piece in pieces if piece.run.box.order < region.order]
        told = set(map(id, lead))
        self.region = region
        self.above = {box.order for run in lead for box in figures_of(run.box)}
        told_at = {i for i, run in enumerate(outline.runs) if id(run) in told} if told else set[int]()
        self.right_before = {picture.run: picture for picture in outline.pictures if picture.run in told_at}
        self.closing = _closing_of(outline, region)
        self.lead: Picture | None = None
        for picture in takewhile(lambda p: p.box.order < region.order, outline.pictures) if shown else ():
            if not picture.box.roles & _ELSEWHERE & ~region.roles and is_told(picture, shown):
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
            return box.order <= self.region.last or picture in self.closing
        nearest = self.right_before.get(picture.run)
        if nearest and (nearest.box is box or (nearest.box.roles ^ box.roles) & Role.NOSCRIPT):
            return True
        return bool(self.above and box.roles & Role.FIGURE and any(b.order in self.above for b in figures_of(box)))


def _closing_of(outline: Outline, region: Box) -> list[Picture]:
    """Return the pictures in the boxes right after a region, up to the next text, each in one that holds no text."""
    around = region.parent
    if around is None or region.last == around.last:
        return []
    below = [picture for picture in outline.pictures if region.last < picture.box.order <= around.last]
    return [picture for picture in below if _is_right_below(picture, region, outline.runs, around)]


def _is_right_below(picture: Picture, region: Box, runs: Sequence[Run], around: Box) -> bool:
    """Tell whether no text stands between a region and a picture below it, nor in the picture's box."""
    at = picture.run
    after = runs[at].box.order if at < len(runs) else around.last + 1
    return at > 0 and runs[at - 1].box.order <= region.last < after and _stands_alone(picture.box, around, after)


def _stands_alone(box: Box, around: Box, text: int) -> bool:
    """Tell whether a picture's box, and those around it inside that one, hold no text and are called nothing else."""
    here: Box | None = box
    while here is not None and here is not around:
        if here.last >= text or here.roles & _ELSEWHERE & ~around.roles or not here.hints.isdisjoint(_OTHERS):
            return False
        here = here.parent
    return True


def is_told(picture: Picture, stem: str) -> bool:
    """Tell whether a picture's file is that one, in whatever size it is loaded."""
    shown = picture.attributes.get("src") or ""
    return (shown[:5] != "data:" and stem in shown) or stem in (address_of(picture.attributes, picture.sources) or "")


def figures_of(box: Box) -> list[Box]:
    """Return the box and those around it up to the figure that they stand in."""
    found = [box]
    while box.parent is not None and box.parent.roles & Role.FIGURE:
        box = box.parent
        found.append(box)
    return found
