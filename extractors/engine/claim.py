"""The claim that a fact-check is about, and the verdict on it: its story begins with them, in boxes of their own.

What they say is told by the page's data (schema.org `ClaimReview`); only lines that the page prints are taken. A claim
in somebody's own words, between quotation marks, is a card about who said it, and stays out.
"""

from __future__ import annotations

from extractors.article import Label
from extractors.engine.data.schema import Review
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.pieces import Piece
from extractors.engine.prose import is_quoted, key_of

MORE = 1.5  # times the story's prose, that is around it and the claim at most
NEAR = 12  # lines from a claim to the verdict on it
_NO_STORY = Role.NAV | Role.FOOTER | Role.FORM | Role.HIDDEN | Role.CONTROL | Role.CAPTION | Role.HEADING


def around_claim(outline: Outline, region: Box | None, review: Review) -> Box | None:
    """Return the box around a story and the claim above it; the story's own where none is printed there."""
    if region is None or not review.claims:
        return region
    for run in outline.runs:
        if run.box.order >= region.order:
            break
        if not run.box.roles & _NO_STORY and not is_quoted(run.line) and key_of(run.text) in review.claims:
            around = region.widened(run.box.order, region.last)
            return around if around.mass <= MORE * (region.mass + run.mass) else region
    return region


def settle_claim(pieces: list[Piece], review: Review) -> None:
    """Label as story the claim, where nothing but its box speaks against it, and the verdict right under it."""
    under = 0
    for piece in pieces if review.claims else ():
        under -= 1
        line = piece.line
        claim = line.key in review.claims and not line.roles & Role.HEADING and not is_quoted(line.text)
        if claim or (under > 0 and line.key in review.verdicts):
            piece.set(Label.BODY)
            line.outside = False
            under = NEAR if claim else under
