"""The lines above the story of a text: its headline and standfirst.

An entry of a press digest is read by the order of its lines: outlet and date, authors, headline, translation, address.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from extractors.article import Label, Translation
from extractors.engine.language import identify
from extractors.engine.lexicon import Lexicon
from extractors.engine.people.byline import people_of
from extractors.engine.pieces import Piece
from extractors.engine.prose import ends_sentence
from extractors.engine.scripts import script_of

_DIGEST = re.compile(
    r"(?P<outlet>[^\d\n]{2,60}?)[\s.,]*[-–—|,]\s*(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})\.?"
)
_ADDRESS = re.compile(r"[<(\[]?\s*(https?://[^\s<>()\[\]]+)\s*[>)\]]?")
_LONGEST_HEADLINE = 250  # characters
_SHORTEST_STANDFIRST = 8  # words
_CLOSERS = " '\"”’»)」』"
_ENDS = (".", ":", ";", ",", "。", "、", "")


def read_head(pieces: list[Piece], lexicon: Lexicon) -> tuple[dict[str, Any], dict[str, str]]:
    """Label the lines above the story; return the fields that they give, and the sources of these."""
    fields: dict[str, Any] = {}
    rest = list(pieces)
    digest = _DIGEST.fullmatch(rest[0].line.text)
    if digest and (day := _day(digest)):
        rest.pop(0).set(Label.OUTLET, "typography: outlet and date")
        fields |= {"outlet": digest["outlet"].strip(" .,"), "published": day}
        line = rest[0].line if rest else None
        names, _ = people_of([line.text], fields["outlet"], lexicon) if line else ((), None)
        if line and names and not line.sentence and sum(map(len, names)) > 0.7 * len(line.text.replace(" ", "")) - 8:
            rest.pop(0).set(Label.BYLINE, "position: under outlet and date")
            fields["authors"] = names
    if rest and _is_headline(rest[0]):
        fields["headline"] = rest[0].line.text
        rest.pop(0).set(Label.HEADLINE, "position: opens the text")
    for i, piece in enumerate(rest[:6]):
        if found := _ADDRESS.fullmatch(piece.line.text):
            fields["canonical_url"] = found[1]
            piece.set(Label.ADDRESS, "contact: the page's own address")
            _label_translation(rest[:i], script_told(rest[i + 1 :]))
            break
    else:
        if rest and rest[0].label is Label.BODY and _is_standfirst(rest):
            rest[0].set(Label.STANDFIRST, "position: under the headline", "register: a sentence without its full stop")
    if translations := _translations(pieces):
        fields["translations"] = translations
    return fields, dict.fromkeys(fields, "text")


def _day(digest: re.Match[str]) -> date | None:
    try:
        return date(int(digest["year"]), int(digest["month"]), int(digest["day"]))
    except ValueError:
        return None


def _is_headline(piece: Piece) -> bool:
    line = piece.line
    return (
        piece.label is Label.BODY
        and len(line.text) <= _LONGEST_HEADLINE
        and line.text.rstrip(_CLOSERS)[-1:] not in _ENDS
        and line.words > 1
    )


def _is_standfirst(rest: list[Piece]) -> bool:
    line = rest[0].line
    follows = any(p.line.sentence and p.story for p in rest[1:5])
    return follows and line.words >= _SHORTEST_STANDFIRST and not ends_sentence(line.text) and len(line.text) < 400


def _label_translation(above: list[Piece], script: str) -> None:
    for piece in above:
        if piece.label is Label.BODY and script_of(piece.line.text) not in (script, "other"):
            piece.set(Label.TRANSLATION, "language: not the article's", "position: above the address")


def _translations(pieces: list[Piece]) -> tuple[Translation, ...]:
    lines = [p.line for p in pieces if p.label is Label.TRANSLATION]
    language = identify(" ".join(line.text for line in lines))
    if not language:
        return ()
    headline = lines[0].text if not ends_sentence(lines[0].text) else None
    summary = " ".join(line.text for line in lines[1 if headline else 0 :])
    return (Translation(language, headline, summary or None),)


def script_told(pieces: list[Piece]) -> str:
    """Return the script of the text's sentences."""
    return script_of(
        " ".join(p.line.text for p in pieces[-40:] if p.line.sentence) or " ".join(p.line.text for p in pieces)
    )
