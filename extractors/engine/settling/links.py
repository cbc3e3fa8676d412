"""Lines that are links to other stories: the items of a list, and what stands behind a label in bold.

Links that a heading opens are told in `sections`.
"""

from __future__ import annotations

from itertools import pairwise

from extractors.article import Label
from extractors.engine.pieces import Piece

_ITEM = 0.4  # of an item's characters, or of a line's with a label, that are links
_WHOLE = 0.8  # the same of an item without a label
_LABELS = frozenset(":|?!")
FILLED = 0.93  # share of a line that is link, or label and link
_LABEL = 50  # characters among which the label ends
_LOUD = 3  # characters of a label in capitals that is no abbreviation
_FAR = 24  # lines that share a paragraph with a label, at most


def settle_links(pieces: list[Piece], *, unknown: bool) -> None:
    """Label lists in which each item is a link or a label with one, and links behind a label in bold.

    A list of sources leads to other sites; one whose items are sentences, or which says more than its links, tells.
    """
    run: list[Piece] = []
    for piece in pieces:
        box = piece.block
        if run and box.parent is not run[-1].block.parent:
            _close_links(run)
            run = []
        if box.tag == "li":
            run.append(piece)
        elif piece.line.linked > _ITEM and _is_labelled_link(piece, unknown):
            piece.set(Label.RELATED, "links: behind a label", "typography: the label in bold")
    _close_links(run)
    for i, (piece, under) in enumerate(pairwise(pieces)):
        if under.run.paragraph == piece.run.paragraph and under.label is Label.RELATED and _is_bold(piece):
            rest = [p for p in pieces[i + 2 : i + 2 + _FAR] if p.run.paragraph == piece.run.paragraph]
            if all(p.label is Label.RELATED and not p.line.abroad for p in (under, *rest)):
                piece.set(Label.RELATED, "structure: a heading over links", "typography: bold")


def _is_bold(piece: Piece) -> bool:
    """Tell a line of the story that is all bold, says no sentence and links nowhere."""
    line = piece.line
    return piece.label is Label.BODY and not line.sentence and line.strong > 0.9 and not line.linked


def _close_links(items: list[Piece]) -> None:
    if len(items) > 1 and all(_is_linked(p) and not p.line.abroad for p in items):
        for piece in items:
            if piece.label is Label.LIST:
                piece.set(Label.RELATED, "links: each item of the list is one")


def _is_linked(item: Piece) -> bool:
    """Tell whether an item is a link, or a label with one."""
    line = item.line
    return line.linked > _WHOLE or (line.linked > _ITEM and not _LABELS.isdisjoint(line.text[:_LABEL]))


def _is_labelled_link(piece: Piece, unknown: bool) -> bool:
    """Tell a paragraph of a label in bold, parted by a bar, and a link that fills the rest.

    A colon parts as well after capitals, and where the language is `unknown`: no lexicon has its "read more".
    """
    line, run = piece.line, piece.run
    return (
        line.strong > 0
        and piece.label is Label.BODY
        and not line.abroad
        and run.linked + run.strong >= FILLED * len(line.text)
        and (" |" in line.text[:_LABEL] or (":" in line.text[:_LABEL] and (unknown or _is_loud(line.text))))
    )


def _is_loud(text: str) -> bool:
    """Tell whether a label is set in capitals."""
    label = text.partition(":")[0]
    return len(label) > _LOUD and label.isupper()
