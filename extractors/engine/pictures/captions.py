"""Captions that only their neighbours tell, and those of a photo essay, which are the story.

`essay_of` finds the region of an essay, whose captions are no prose to `region`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from extractors.article import Label
from extractors.engine.cards import is_cards
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Picture, Run
from extractors.engine.noise.credits import closes_with_credit, is_signed
from extractors.engine.noise.lines import Line
from extractors.engine.noise.photographers import is_labelled, photographer_at
from extractors.engine.pieces import Piece, is_unseen_label, labelled, labels_of
from extractors.engine.prose import ends_sentence, is_sentence, key_of

_NUMBERED = re.compile(r"\(?\d{1,3} ?(?:/|of|von|sur|de|di|z) ?\d{1,3}\b")
_HOUSE = re.compile(r"[A-Z][A-Z&]{1,5}|[A-Z][A-Z&]{1,11}(?:[-/][A-Z][A-Z&]{1,11})")  # "AKM-GSI"
_WHOSE = (Label.BODY, Label.AGENCY, Label.CAPTION)  # what a line may be taken for that is an agency under a picture
_GOING_ON = frozenset(",;.:)]’'")
_STORY = (Label.BODY, Label.LIST, Label.CROSSHEAD)
_SMALL = ("h5", "h6")  # headings that are set as captions
_SETTLED = frozenset({Label.CAPTION, Label.AGENCY, Label.LEGAL})  # what a caption is, and what may close one
_FRAMING = frozenset({Label.TABLE, Label.CAPTION, Label.CREDIT, Label.AGENCY})  # what a table around a picture holds
_SHOWN = frozenset({Label.CAPTION, Label.CREDIT, Label.PLAYER})
CAPTIONED = 2  # sentences in boxes called captions above a story; more of them are text beside pictures
GALLERY = 3  # captions after the first paragraph, from which on that is one too where it is set as they are
SHOTS = 4  # captions of an essay, at least
CAPTION = 40  # characters of a caption that tells something
ESSAY = 2.0  # times the story's own text, that the captions of an essay have
LONG = 1_500.0  # of prose mass: a story with so much is no essay
SOME = 200.0  # of prose mass: so much beside the captions belongs to the essay
FEW = 3  # words of a credit that opens with a small letter, at most
CLOSING = 10  # words of a line that closes a caption with whose the picture is
FRAMED = 3  # lines of a table that frames a picture, at most
LONGEST = 300  # characters of a line under a picture that may be its caption
ITALIC = 0.9  # of a line's characters, that are so
UNDER = "position: right under a picture"
TOLD = "structure: the captions are the story"


def settle_shown(pieces: list[Piece], outline: Outline, agencies: frozenset[str]) -> None:
    """Label as captions the lines right under pictures that close with an announced credit, or are numbered.

    Those set in italics are captions where several are, and few other lines. One that is an agency is the credit.
    """
    runs = outline.runs
    under = {runs[picture.run] for picture in outline.pictures if picture.run < len(runs)}
    places = [at for at, piece in enumerate(pieces) if piece.run in under]
    for piece, after in ((pieces[at], pieces[at + 1]) for at in places if at + 1 < len(pieces)):
        if after.label is Label.CREDIT and piece.label is Label.NAV and piece.only("structure"):
            piece.set(Label.CAPTION, "position: between a picture and its credit")
    settle_houses((pieces[at] for at in places), agencies)
    if any(picture.box.roles & Role.TABLE for picture in outline.pictures):
        _settle_tables(pieces, outline)
    shown = [p for at in places if (p := pieces[at]).label in _STORY and len(p.line.text) <= LONGEST]
    slanted = [p for p in shown if _is_slanted(p)]
    several = len(slanted) > 1 and 2 * len(slanted) > sum(map(_is_slanted, pieces))  # and no questions of an interview
    for piece in slanted if several else ():
        piece.set(Label.CAPTION, "typography: italic, as several are", UNDER)
    for piece in shown:
        if piece.story and closes_with_credit(piece.line.text):
            alone = is_labelled(piece.line.text)
            piece.set(Label.CREDIT if alone else Label.CAPTION, "typography: closes with whose the picture is", UNDER)
        elif piece.block.tag in _SMALL and photographer_at(piece.line.text):
            piece.set(Label.CAPTION, "typography: closes with whose the picture is", UNDER)
        elif piece.story and _NUMBERED.match(piece.line.text) and not ends_sentence(piece.line.text):
            piece.set(Label.CAPTION, "typography: numbered", UNDER)


def settle_houses(under: Iterable[Piece], agencies: frozenset[str]) -> None:
    """Label as credits the agencies that stand alone right under pictures; one that closes the story signs it."""
    for piece in under:
        captioned = piece.label is Label.CAPTION or Label.CAPTION in piece.line.hints
        credits = piece.label in _WHOSE and (captioned or not piece.line.tail)
        if credits and _is_house(piece.line.text, agencies, captioned):
            piece.set(Label.CREDIT, "typography: an agency and nothing else", UNDER)


def _is_house(text: str, agencies: frozenset[str], captioned: bool) -> bool:
    """Tell an agency that stands alone; one that nobody wrote down is a word in capitals, of two parts in the text."""
    if text.casefold() in agencies:
        return True
    return (captioned or "-" in text or "/" in text) and _HOUSE.fullmatch(text) is not None


def _settle_tables(pieces: list[Piece], outline: Outline) -> None:
    """Label as a caption what stands under the picture in a table that holds nothing else, as old pages frame them."""
    shown: dict[int, list[Picture]] = {}
    for picture in outline.pictures:
        shown.setdefault(_table_of(picture.box), []).append(picture)
    held: dict[int, list[Piece]] = {table: [] for table in shown if table}
    for piece in pieces:
        if piece.line.roles & Role.TABLE and (table := _table_of(piece.run.box)) in held:
            held[table].append(piece)
    for table, lines in held.items():
        at = shown[table][0].run
        brief = 0 < len(lines) <= FRAMED and sum(len(p.line.text) for p in lines) <= LONGEST
        if not brief or len(shown[table]) > 1 or lines[0].run not in outline.runs[at : at + 1]:
            continue
        if all(piece.label in _FRAMING for piece in lines):
            for piece in lines:
                label = Label.CREDIT if _is_whose(piece.line) or is_labelled(piece.line.text) else Label.CAPTION
                piece.set(label, "structure: all that a table holds beside a picture")


def _table_of(box: Box) -> int:
    """Return the order of the table that a box stands in; 0 where there is none."""
    here: Box | None = box if box.roles & Role.TABLE else None
    while here is not None and here.tag != "table":
        here = here.parent
    return here.order if here is not None else 0


def _is_slanted(piece: Piece) -> bool:
    return piece.label is Label.BODY and piece.line.emphasis > ITALIC and not piece.line.linked


def settle_captions(pieces: list[Piece]) -> None:
    """Label what a class calls a caption above the story, and the short line that closes a figcaption as credit."""
    hinted = [p for p in pieces if p.line.lead and p.line.sentence and p.story and Label.CAPTION in p.line.hints]
    if len(hinted) <= CAPTIONED:
        for piece in hinted:
            piece.set(Label.CAPTION, "hint: class says caption", "position: before the story")
    for before, piece in pairwise(pieces):
        under = piece.line.pictured or before.label in _SHOWN
        if under and piece.label is Label.BODY and _is_whose(piece.line):
            piece.set(Label.CREDIT, "typography: a name and a house", "position: after a picture")
    if Label.CAPTION not in labels_of(pieces):
        return
    _settle_gallery(pieces)
    for before, piece, after in zip(pieces, pieces[1:], [*pieces[2:], None], strict=False):
        if piece.label not in _SETTLED:
            continue
        source = piece.label is Label.AGENCY or (piece.label is Label.LEGAL and piece.line.text[0] == "©")
        if source and before.label is Label.CAPTION:
            piece.set(Label.CREDIT, *piece.why, "position: after a caption")
        elif piece.label is Label.CAPTION and not piece.line.roles & Role.CAPTION and is_unseen_label(before):
            for told in (before, piece):
                told.set(Label.CREDIT, *told.why, "structure: beside the caption, named for a screen reader")
        elif (
            piece.label is Label.CAPTION is before.label
            and piece.run.paragraph == before.run.paragraph
            and piece.line.roles & Role.CAPTION
            and not ends_sentence(piece.line.text)
            and piece.line.words <= CLOSING
            and not (_goes_on(before, piece) or (after is not None and _goes_on(piece, after)))
        ):
            piece.set(Label.CREDIT, *piece.why, "position: closes a caption")


def _goes_on(piece: Piece, after: Piece) -> bool:
    """Tell whether a caption goes on behind words in it that have an element of their own, such as a ship's name."""
    if after.label is not Label.CAPTION or after.run.paragraph != piece.run.paragraph:
        return False
    text = after.line.text
    if is_unseen_label(piece):
        return True
    if text[0] in _GOING_ON or ends_sentence(text) or after.line.words > CLOSING:
        return not ends_sentence(piece.line.text)
    more = (
        text[0].islower() and after.line.words > FEW and "/" not in text.partition("(")[0]
    )  # agencies write themselves small
    return more or (closes_with_credit(text) and not is_labelled(text))


def _is_whose(line: Line) -> bool:
    return not line.sentence and line.text[-1] != "." and is_signed(line.text)


def _settle_gallery(pieces: list[Piece]) -> None:
    """Label what opens the story as a caption where it is the first of several pictures' own."""
    at = next((i for i, p in enumerate(pieces) if p.line.first and p.story and p.line.pictured), len(pieces))
    following = pieces[at + 1 : at + 1 + GALLERY]
    if len(following) == GALLERY and all(p.label is Label.CAPTION for p in following):
        kind = pieces[at].block.kind
        if all(p.block.kind == kind for p in following):
            pieces[at].set(Label.CAPTION, "copy: set as the captions of the pictures that follow")


def restore_captions(pieces: list[Piece]) -> None:
    """Make the captions body where they tell the story: several sentences, far more text than stands beside them."""
    shots = {piece.line.key: piece for piece in labelled(pieces, Label.CAPTION) if _tells(piece.line.text)}
    if len(shots) < SHOTS:
        return
    told = sum(len(piece.line.text) for piece in pieces if piece.story and piece.line.sentence)
    if sum(len(piece.line.text) for piece in shots.values()) >= ESSAY * told:
        for piece in shots.values():
            piece.set(Label.BODY, TOLD)


def essay_of(outline: Outline, region: Box | None) -> Box | None:
    """Return the box around the captions that tell the story; None on pages with prose enough or few such captions."""
    printed = region.mass if region is not None else 0.0
    if printed > LONG or len(outline.pictures) < SHOTS:
        return None
    shots: dict[str, Run] = {}
    for run in outline.runs:
        if run.linked or len(run.text) < CAPTION:
            continue
        if (run.box.roles & Role.CAPTION or _is_hinted(run.box)) and _tells(run.text):
            shots.setdefault(key_of(run.text), run)
    if len(shots) < SHOTS or sum(len(run.text) for run in shots.values()) < ESSAY * printed:
        return None
    orders = [run.box.order for run in shots.values()]
    if outline.opening is not None and outline.opening.box.order < min(orders):
        orders.append(outline.opening.box.order)
    if region is not None and region.mass > SOME and not is_cards(outline, region):
        orders += [region.order, region.last]
    box = next(iter(shots.values())).box.widened(min(orders), max(orders))
    return box if box.parent is not None else None


def _is_hinted(box: Box) -> bool:
    around = box.line.parent
    return (
        Label.CAPTION in box.hints
        or Label.CAPTION in box.line.hints
        or (around is not None and Label.CAPTION in around.hints)
    )


def _tells(text: str) -> bool:
    return len(text) >= CAPTION and is_sentence(text)
