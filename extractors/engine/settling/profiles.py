"""What a story's end tells of its authors: the line of their names, the paragraph about one, the heading over it.

What else only neighbours can tell is settled in `settling`.
"""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import pairwise, takewhile

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.pieces import Known, Piece, labels_of
from extractors.engine.prose import key_of

# What stands before a name in the heading over what is told about someone, folded as `key_of` does.
_ABOUT = tuple("about über sobre om over àproposde про об о על עלאודות".split())
_PLACED = frozenset({Label.CROSSHEAD, Label.NAV, Label.PROMO})  # what a heading may be called by its place alone
_PARTS = Role.LIST | Role.QUOTE | Role.TABLE | Role.HEADING  # of a story, that sign nothing
_SIGNED = re.compile(r"([^()]{2,40}?)\s*\([^\W\d][^()\d]{1,60}\)")  # a desk, and who wrote it or their initials
SIGNED = 8  # words at most
_ABOVE = 24  # names above the story that are looked for, the nearest
SPEAKER = 50  # characters of a name and the colon after it
_JOINED = 3  # letters of a word between two names


def settle_authors(pieces: list[Piece], known: Known) -> None:
    """Label what tells the authors at the end: the line of their names, the paragraph that opens with one of them.

    That paragraph is about her, and not by her.
    """
    authors = tuple([key_of(author) for author in known.authors if " " in author])
    closing = list(takewhile(_closes, reversed(pieces)))
    about = any(p.line.key.startswith(_ABOUT) for p in closing if not p.line.sentence)
    named = frozenset((*authors, *_above(pieces))) if about else frozenset()
    # Who speaks several times in the transcript of a broadcast.
    in_turn = any(_speaks(p, authors) for p in closing) and sum(_speaks(p, authors) for p in pieces) > 1
    for piece in closing:
        line = piece.line
        if not line.sentence and (piece.story or piece.label in _PLACED) and _is_about(line.key, named):
            piece.set(Label.AUTHOR_BIO, "copy: ends in a name from above the story", "position: after the story")
        elif not piece.story or not line.key.startswith(authors) or (in_turn and _speaks(piece, authors)):
            continue
        elif line.sentence:
            piece.set(Label.AUTHOR_BIO, "copy: opens with the author's name", "position: at the story's end")
        elif line.tail and len(line.key) <= len("".join(authors)) + _JOINED * (len(authors) - 1):
            piece.set(Label.BYLINE, "copy: the names of the authors", "position: at the story's end")
    for before, piece in pairwise(pieces) if Label.AUTHOR_BIO in labels_of(pieces) else ():
        if before.label is Label.AUTHOR_BIO and piece.story and piece.run.paragraph == before.run.paragraph:
            piece.set(Label.AUTHOR_BIO, "structure: in a paragraph about the author")


def _closes(piece: Piece) -> bool:
    return not piece.line.sentence or piece.line.last or piece.line.tail


def _speaks(piece: Piece, authors: tuple[str, ...]) -> bool:
    return ":" in piece.line.text[:SPEAKER] and key_of(piece.line.text.partition(":")[0]) in authors


def _is_name(text: str) -> bool:
    """Tell a line of a name and nothing else: two words to four, each with a capital."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() and word[-1].isalpha() for word in words)


def _above(pieces: list[Piece]) -> list[str]:
    return [p.line.key for p in pieces if p.line.lead and _is_name(p.line.text)][-_ABOVE:]


def _is_about(key: str, named: Container[str]) -> bool:
    """Tell the heading over what is told about someone: "About", and the name of an author or one above the story."""
    return any(key[len(word) :] in named for word in _ABOUT if key.startswith(word))


def settle_signatures(pieces: list[Piece], known: Known, agencies: frozenset[str]) -> None:
    """Label the byline that closes a story, and the outlet's name, also beside agencies or before an author."""
    own = [key for name in (known.outlet, known.site) if name and (key := key_of(name))]
    for piece in reversed(pieces):
        line = piece.line
        if not line.tail:
            return
        if line.sentence or not piece.story or line.roles & _PARTS:
            continue
        if line.text == known.byline and line.text[-1] != ":" and not line.text.startswith(known.authors[:1]):
            piece.set(Label.BYLINE, "copy: the byline", "position: at the story's end")
        if line.words > SIGNED:
            continue
        signed = _SIGNED.fullmatch(line.text)
        told = [name.strip(" ()[]").casefold() for name in re.split(r"[/,]", signed[1] if signed else line.text)]
        if all(name in agencies or _is_own(name, own, signed is not None) for name in told):
            label = Label.AGENCY if not agencies.isdisjoint(told) else Label.BYLINE if signed else Label.OUTLET
            piece.set(label, "copy: the outlet's name", "position: at the story's end")


def _is_own(name: str, own: list[str], signed: bool) -> bool:
    """Tell whether a name is the outlet's; that of a desk, where initials follow, begins with it."""
    return key_of(name) in own or (signed and key_of(name.partition(" ")[0]) in own)
