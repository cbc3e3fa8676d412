"""The entries of a live blog: which pieces of a region belong to which, their headings and clocks.

An entry is the largest box around a clock that holds no other clock. A list of comments or teasers is no live blog:
the entries hold the region's prose. How entries are seen from outside is `Article.entries`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box
from extractors.engine.pieces import Piece

FEWEST = 3  # entries of a live blog
SHARE = 0.5  # of the region's sentences, that stand in its entries
LONGEST = 40  # characters of a clock
_CLOCK = re.compile(
    r"\W*(?:(?:[01]?\d|2[0-4])\s?[:.h]\s?[0-5]\d|\d{1,2} ?(?:h|am|pm|Uhr))\b(?:[:.]\d{2})?[^\d:]{0,16}", re.IGNORECASE
)
# A clock and whose the entry is, between which only their elements stand: "21:40Ada Quill".
_SIGNED = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?=[^\W\d_])(?![hap]m?\b)[^\d:]{4,40}")
_APART = frozenset({Label.LIVE, Label.TIMESTAMP, Label.BYLINE, Label.NAV, Label.PROMO, Label.RELATED, Label.AUTHOR_BIO})


def settle_entries(pieces: list[Piece]) -> None:
    """Number the pieces of a live blog's entries; label their clocks and headings."""
    clocks = list(_clocks(pieces))
    if len(clocks) < FEWEST:
        return
    entries = [entry for entry in _filled(pieces, list(_boxes(clocks))) if any(map(_is_told, entry))]
    told = sum(_is_told(p) for entry in entries for p in entry)
    if len(entries) < FEWEST or told < SHARE * sum(map(_is_told, pieces)):
        return
    opened = set(map(id, clocks))
    for number, entry in enumerate(entries):
        _settle(entry, number, opened)
    signed = {id(clock) for clock in clocks if clock.entry is not None and _SIGNED.fullmatch(clock.line.text)}
    if signed:
        pieces[:] = [part for piece in pieces for part in (_parted(piece) if id(piece) in signed else (piece,))]


def _parted(piece: Piece) -> tuple[Piece, Piece]:
    """Part a clock from the name right behind it."""
    text = piece.run.text
    at = next(n for n in range(3, len(text)) if text[n].isalpha())
    clock, name = (
        Piece(
            replace(piece.run, text=t), replace(piece.line, text=t.strip()), piece.label, piece.why, False, piece.entry
        )
        for t in (text[:at], text[at:])
    )
    label = Label.KICKER if name.line.text.isupper() else Label.BYLINE  # "KEY EVENT"
    name.set(label, "position: right behind the clock of an entry")
    return clock, name


def _clocks(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the clocks: short lines of a time that stand in no paragraph with a sentence."""
    spoken: set[int] | None = None
    for piece in pieces:
        text = piece.line.text
        if len(text) <= LONGEST and not piece.line.sentence and (piece.run.when or text[:1].isdigit()):
            if not (piece.run.when or _CLOCK.fullmatch(text) or _SIGNED.fullmatch(text)) or not any(
                c.isdigit() for c in text
            ):
                continue
            if spoken is None:
                spoken = {p.run.paragraph for p in pieces if p.line.sentence}
            if piece.run.paragraph not in spoken:
                yield piece


def _boxes(clocks: list[Piece]) -> Iterator[Box]:
    """Yield for each clock the largest box around it without another clock."""
    orders = [clock.run.box.order for clock in clocks]
    for i, clock in enumerate(clocks):
        before = orders[i - 1] if i else -1
        after = orders[i + 1] if i + 1 < len(orders) else None
        box = clock.run.box
        while (parent := box.parent) is not None and before < parent.order and (after is None or after > parent.last):
            box = parent
        yield box


def _filled(pieces: list[Piece], boxes: list[Box]) -> list[list[Piece]]:
    """Return the pieces that stand in each of the boxes, which are in page order and apart."""
    starts = [box.order for box in boxes]
    filled: list[list[Piece]] = [[] for _ in boxes]
    for piece in pieces:
        order = piece.run.box.order
        at = bisect_right(starts, order) - 1
        if at >= 0 and order <= boxes[at].last:
            filled[at].append(piece)
    return filled


def _is_told(piece: Piece) -> bool:
    return piece.story and piece.line.sentence


def _settle(entry: list[Piece], number: int, clocks: set[int]) -> None:
    """Number the pieces of one entry; label its clock, and what opens it as its heading."""
    opening = True
    for piece in entry:
        piece.entry = number
        heading = bool(piece.line.roles & Role.HEADING)
        if id(piece) in clocks:
            piece.set(Label.LIVE, "structure: the clock of an entry")
        elif opening and _heads(piece, heading):
            piece.set(Label.ENTRY, "structure: heads an entry of a live blog")
            opening = False
        elif _is_told(piece):
            opening = False


def _heads(piece: Piece, heading: bool) -> bool:
    """Tell whether a piece before an entry's first sentence is its heading."""
    if heading:
        own = piece.label is Label.HEADLINE and piece.run.box.line.tag != "h1"
        return own or piece.label is Label.CROSSHEAD or piece.label in _APART or piece.story
    if Label.HEADLINE in piece.line.hints and piece.label is Label.NAV and not piece.line.linked:
        return True
    return piece.story and piece.line.strong > 0.9 and not piece.line.linked
