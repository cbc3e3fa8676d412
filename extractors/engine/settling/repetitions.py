"""What a page prints a second time: paragraphs for another layout, links, quotations set large to catch the eye."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.noise.cues import WHOLLY_LINKED
from extractors.engine.pieces import Piece, labelled
from extractors.engine.prose import ends_sentence, is_quoted, key_of

ALIKE = 8  # paragraphs with one opening that a later one is compared with: a page of thousands must not take hours
OPENING = 60  # characters of a paragraph that tell it from all others
REPEATED = 3  # times that a link stands on a page, from which on it is none of the story's
PULLED = 6  # words of a quotation that is pulled out of the text, at least
_PARTS = 4  # words of each of its sentences, between which the text says who spoke
_MOST = 40  # quotations of a page that are looked for in its text: a page of thousands must not take hours
_UNDER, _LINES = 8, 2  # words of a line under one that says whose it is; such lines
_PULLED = re.compile(r"(?:^|[\s_-])(?:pull[_-]{0,2}quotes?|pulled|pull(?![_-]))", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])[\s”\"’»]+")


def settle_repetitions(pieces: list[Piece]) -> None:
    """Label what stands a second time: a paragraph printed for two layouts, the whole text once more, a link thrice."""
    told: list[str] = []
    again: set[str] = set()
    seen: dict[str, list[int]] = {}  # the opening of a paragraph -> where in `told` the first with it are
    links = [p.line.text for p in pieces if p.line.abroad and p.line.linked > WHOLLY_LINKED]
    counts = Counter(links) if len(links) >= REPEATED else {}
    for piece in pieces:
        text = piece.line.text
        if counts and counts.get(text, 0) >= REPEATED and piece.story:
            piece.set(Label.RELATED, "repetition: the same link stands several times", "links")
        elif piece.line.sentence and len(text) > OPENING and piece.story:
            opening = text[:OPENING]
            if (alike := seen.get(opening)) is None:
                seen[opening] = [len(told)]
            else:
                if text in again or any(_repeats(text, told, i) for i in alike):
                    piece.set(Label.TECH, "repetition: the paragraph stands above already")
                again.add(text)
                if len(alike) < ALIKE:
                    alike.append(len(told))
            told.append(text)


def _repeats(text: str, told: list[str], at: int) -> bool:
    """Tell whether a text is a paragraph above, that paragraph cut short, or all paragraphs from there on in one."""
    other = told[at]
    if text == other or (text.endswith(("...", "…")) and other.startswith(text.rstrip(" .…"))):
        return True
    return text.startswith(other) and at + 1 < len(told) and told[at + 1] in text


def settle_pulled(pieces: list[Piece]) -> None:
    """Label a quotation set large that a paragraph of the story has word for word, and the lines that say whose it is.

    Its class must call it pulled, or it is quoted in an aside: what else is told twice may be told to be discussed.
    """
    own = {names for names in {piece.block.names for piece in pieces} if _calls_pulled(names)}
    boxes = [box for box in {piece.block.parent for piece in pieces} if box is not None]
    around = {box.order for box in boxes if _calls_pulled(f"{box.names} {box.parent.names if box.parent else ''}")}
    asides = {box.order for box in boxes if box.roles & Role.ASIDE} - around
    if not (own or around or asides):
        return
    called = [piece.block.names in own or _order_around(piece) in around for piece in pieces]
    quoted = [called[at] or (_order_around(p) in asides and is_quoted(p.line.text)) for at, p in enumerate(pieces)]
    pulled = [at for at, p in enumerate(pieces) if quoted[at] and p.story and p.line.words >= PULLED][:_MOST]
    if not pulled:
        return
    told = [piece.line.key for piece in labelled(pieces, Label.BODY)]
    for at in pulled:
        if _is_told(pieces[at], told):
            pieces[at].set(Label.PROMO, "repetition: a paragraph of the story has it", "hint: class says pulled")
            for i, name in enumerate(takewhile(_says_whose, pieces[at + 1 : at + 1 + _LINES]), at + 1):
                if called[i]:
                    name.set(Label.PROMO, "position: under a quotation that is repeated", "hint: class says pulled")


def _order_around(piece: Piece) -> int:
    around = piece.block.parent
    return around.order if around is not None else -1


def _says_whose(piece: Piece) -> bool:
    return piece.story and piece.line.words <= _UNDER and not ends_sentence(piece.line.text)


def _calls_pulled(names: str) -> bool:
    """Tell whether class names call an element a quotation that is pulled out of the text."""
    return "pull" in names.lower() and _PULLED.search(names) is not None


def _is_told(piece: Piece, told: list[str]) -> bool:
    """Tell whether one paragraph has the whole of a quotation, or each of its sentences."""
    parts = [part for part in _SENTENCE.split(piece.line.text) if len(part.split()) >= _PARTS]
    keys = [piece.line.key] if len(parts) < 2 else [key_of(part) for part in parts]
    own = piece.line.key
    return any(text != own and all(key in text for key in keys) for text in told)
