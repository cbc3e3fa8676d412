"""Rows of tables, and rows and steps that no element makes: ratings, prices, specifications, numbered paragraphs.

Rows stand outside the paragraphs' container as navigation does, which is all that speaks against them. What tells them
from it: many are set just alike, they differ, the story goes on between or after them, and no link stands beside them
in their box, as in the cards of shops and of other stories.
"""

from __future__ import annotations

import re
from itertools import groupby

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.pieces import Piece, labelled, set_as

MANY = 7  # lines set alike, from which on they are the story's: fewer are teasers, counters, labels of pictures
_CELL = ("links", "structure", "position")
_SAID = (*_CELL, "wording", "typography")
_SAYING = frozenset({Label.RELATED, Label.TIMESTAMP, Label.AD})  # what a cell may be taken for by its words
STEPS = 3  # numbered paragraphs, at least
_STEP = re.compile(r"(?:[^\W\d]{1,8}\s?)?([0-9]{1,2}|[①-⑳])(?=[^\d%])")
_CIRCLED = ord("①") - 1
_ASKING = frozenset({Label.NEWSLETTER, Label.PAYWALL, Label.PROMO, Label.RELATED, Label.SOCIAL, Label.PLAYER})
_WORDED = "wording", "register", "typography", "position: at"
# The clocks of a live blog stand so too, and whose the pictures of a gallery are.
_OTHER = re.compile(r"\d{1,2}[:h]\d{2}(?!\d)|(?<!\w)ago(?!\w)|©")


def settle_steps(pieces: list[Piece]) -> None:
    """Give the story its numbered paragraphs, where more of them are its: guides ask for what the page asks for too."""
    if not any(piece.label in _ASKING and _STEP.match(piece.line.text) for piece in pieces):
        return
    steps: list[Piece] = []
    last = 0
    for piece in pieces:
        number = _number_of(piece.line.text)
        if steps and number != last + 1:
            _settle(steps)
            steps = []
        if number:
            steps.append(piece)
        last = number
    _settle(steps)


def _settle(steps: list[Piece]) -> None:
    told = sum(piece.story for piece in steps)
    for piece in steps if len(steps) >= STEPS and 2 * told > len(steps) > told else ():
        if not piece.story and piece.only(_WORDED):
            piece.set(Label.BODY)


def _number_of(text: str) -> int:
    """Return the number that opens a step, behind a word such as "Step" or without one; 0 where none does."""
    if (step := _STEP.match(text)) is None:
        return 0
    return int(step[1]) if step[1].isascii() else ord(step[1]) - _CIRCLED


def settle_rows(pieces: list[Piece]) -> None:
    """Give the story its rows."""
    rows: dict[tuple[str, ...], list[Piece]] = {}
    for piece in labelled(pieces, Label.NAV):
        line = piece.line
        apart = line.outside and not (line.lead or line.tail or line.sentence) and not piece.run.linked
        if apart and piece.only(("structure", "position")):
            rows.setdefault(set_as(piece), []).append(piece)
    rows = {how: row for how, row in rows.items() if len(row) >= MANY and len({p.line.text for p in row}) > 1}
    lines = [piece.block for piece in pieces if rows and piece.run.linked]
    linked = {box.order for line in lines for box in (line, line.parent) if box is not None}
    for row in rows.values():
        if 2 * sum(_is_other(piece, linked) for piece in row) <= len(row):
            for piece in row:
                piece.set(Label.LIST)


def _is_other(piece: Piece, linked: set[int]) -> bool:
    """Tell a line that is something else, or beside a link; `linked` is the boxes of links and those around them."""
    box = piece.block
    around = box.parent.order if box.parent is not None else -1
    return box.order in linked or around in linked or _OTHER.search(piece.line.text) is not None


def restore_cells(pieces: list[Piece]) -> None:
    """Give back names, days and kinds of business in the rows of a table whose other cells are story."""
    if not any(piece.line.roles & Role.TABLE and piece.label in _SAYING for piece in pieces):
        return
    for row, group in groupby(pieces, _row_of):
        cells = list(group) if row else []
        if len(cells) == len({piece.block.order for piece in cells}) and any(piece.story for piece in cells):
            for piece in cells:
                linked = piece.label is Label.RELATED
                told = piece.label in _SAYING and piece.only(_CELL if linked else _SAID)
                if told and not piece.line.tail and (linked or not piece.line.lead):
                    piece.set(Label.TABLE)


def _row_of(piece: Piece) -> int | None:
    """Return the row of a cell, which may hold one paragraph."""
    box = piece.block
    if box.tag == "p" and box.parent is not None and box.parent.last == box.order:
        box = box.parent
    return box.parent.order if box.tag in ("td", "th") and box.parent is not None else None
