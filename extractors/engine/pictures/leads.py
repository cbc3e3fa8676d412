"""The captions and credits of the pictures above the story, which no region holds."""

from __future__ import annotations

from itertools import takewhile

from extractors.article import Label
from extractors.engine.lexicon import Lexicon
from extractors.engine.markup.elements import Role
from extractors.engine.markup.hints import NONE
from extractors.engine.markup.outline import Box, Outline, Picture, Run
from extractors.engine.noise.credits import closes_with_credit, parted
from extractors.engine.noise.cues import AT_PICTURES
from extractors.engine.noise.lines import Facts, Line
from extractors.engine.noise.photographers import is_labelled
from extractors.engine.noise.rule import judge
from extractors.engine.pictures.captions import settle_captions, settle_houses
from extractors.engine.pictures.ownership import figures_of, is_told
from extractors.engine.pieces import Piece
from extractors.engine.prose import key_of

UNDER_HEADING = "position: under the headline that stands over the picture"
_LONGEST = 300  # characters of a caption
_BRIEF = 3  # words of a button
_CLOSE = 3  # boxes outwards from a line to the class that calls it a caption


def lead_pieces_of(above: list[Run], outline: Outline, heading: str | None, lexicon: Lexicon, told: str) -> list[Piece]:
    """Label the captions and credits of the pictures between the page's heading and the region; `above` is all above.

    They stand in a figure, or right after a picture where their class or the credit at their end says so. The picture
    that the page's data tell of (`told`: its stem) may stand over the heading: its caption is in its figure, or under
    the heading, where no other picture comes first.
    """
    after = {picture.run for picture in outline.pictures if picture.run < len(above)}
    if not after:
        return []
    start = _title_in(above, key_of(heading or ""))
    over = [p for p in outline.pictures if p.run <= start < len(above) and is_told(p, told)] if told else []
    pieces = _in_figure(over[-1], above[:start]) if over else list[Piece]()
    alone, below = bool(over) and not pieces, set[Run]()
    for i in range(start + 1, len(above)):
        run = above[i]
        near = i in after or (bool(pieces) and pieces[-1].run is above[i - 1])
        alone = alone and i not in after
        under = alone and Label.CAPTION in run.box.line.hints
        if (
            under
            or (run.box.roles & Role.FIGURE and not _opens_more(run))
            or (near and _tells_of_picture(run, lexicon))
        ):
            pieces.append(Piece(run, Line(run.line, pictured=True)))
            below |= {run} if under else set()
    for piece in pieces:
        piece.line.roles = piece.run.box.roles & (Role.FIGURE | Role.CAPTION)
        verdict = judge(piece.line, Facts(), lexicon)
        piece.line.hints = _shown_by(piece.run)
        where = UNDER_HEADING if piece.run in below else "position: a figure above the story"
        piece.set(verdict.label if verdict else Label.CAPTION, where)
    settle_houses(pieces, lexicon.agencies)
    settle_captions(pieces)
    return [p for p in pieces if p.label in (Label.CAPTION, Label.CREDIT)]


def _in_figure(picture: Picture, runs: list[Run]) -> list[Piece]:
    """Return what stands in the figure of a picture, or in a figcaption right after one that stands in none."""
    figure = figures_of(picture.box)[-1]
    if figure.roles & Role.FIGURE:
        inside = [run for run in runs if figure.order <= run.box.order <= figure.last and not _opens_more(run)]
    else:
        inside = list(takewhile(lambda run: run.box.roles & Role.CAPTION, runs[picture.run :]))
    return [Piece(run, Line(run.line, pictured=True)) for run in inside]


def _title_in(above: list[Run], title: str) -> int:
    """Return the place of the page's heading: of the first level, one that says the title, or one called headline."""
    headings = [i for i, run in enumerate(above) if run.box.roles & Role.HEADING]
    told = [i for i in headings if above[i].box.line.tag == "h1" or (title and key_of(above[i].text) == title)]
    return max(told or [i for i in headings if Label.HEADLINE in above[i].box.hints], default=len(above))


def _tells_of_picture(run: Run, lexicon: Lexicon) -> bool:
    """Tell a line whose class, or that of a box around it, calls it a caption, or that closes with a credit."""
    if _shown_by(run) or is_labelled(run.line) or closes_with_credit(run.line):
        return True
    return len(run.text) <= _LONGEST and all(parted(run.line, lexicon))


def _shown_by(run: Run) -> frozenset[Label]:
    """Return whether the class of a line's box or of one near around it says caption or credit."""
    here: Box | None = run.box
    for _ in range(_CLOSE):
        if here is None or not here.hints.isdisjoint(AT_PICTURES):
            return here.hints & AT_PICTURES if here is not None else NONE
        here = here.parent
    return NONE


def _opens_more(run: Run) -> bool:
    """Tell the button that enlarges or shares a figure, and the link to the rest of its caption."""
    brief = len(run.text.split()) <= _BRIEF
    return brief and (bool(run.box.roles & (Role.CONTROL | Role.FORM)) or run.line.endswith((">", "»", "›", "→")))
