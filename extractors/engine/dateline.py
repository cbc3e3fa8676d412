"""The dateline: the place that opens a story's text, with the day and the wire service beside it."""

from __future__ import annotations

import re

from extractors.article import Block, Label
from extractors.engine.lexicon import Lexicon
from extractors.engine.people.agencies import agencies_in

_DAY = r"(?:[^\W\d_]{3,10}\.? \d{1,2}|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?)(?:,? (?:de )?\d{4})?"
_WIRE = r"\((?P<wire>[\w./ -]{2,30})\)"
_PLACED = re.compile(
    r"(?P<place>[^\W\d_](?:[\w.'’ ]|[/-](?=\w)){1,40}+"
    rf"(?:,\s*+(?!{_DAY})[^\W\d_][\w.'’ ]{{1,24}}){{0,2}})\s*+(?:,\s*+{_DAY})?\s*+(?:{_WIRE})?\s*+"
    r"(?:\.?\s?(?P<dash>[–—-]{1,2})\s++(?=\S)|(?<=[) ])\.?\s*+(?=[^\W\d_]))"
)
_SENT = re.compile(_WIRE + r"\s?\.?\s?[–—-]{1,2}\s++(?=\S)")  # a wire service alone, or before the place
_MARKS = frozenset("–—-(")
_FAR = 180  # characters that a dateline has at most, with its day and agency


def with_dateline(blocks: tuple[Block, ...], lexicon: Lexicon) -> tuple[tuple[Block, ...], str | None, str | None]:
    """Split the place that opens the text off as a block of its own; return the blocks, the place, the wire service.

    A place counts only where a known agency stands in brackets beside it or it is set in capitals, so that a sentence
    with a dash in it is none.
    """
    at = next((i for i, block in enumerate(blocks) if block.label is Label.BODY), None)
    if at is None or _MARKS.isdisjoint(blocks[at].text[:_FAR]):
        return blocks, None, None
    text = blocks[at].text
    place, wire, end = _read(text, lexicon)
    if not end:
        return blocks, None, None
    line = blocks[at]._replace(text=text[:end].rstrip(), label=Label.DATELINE, why=("position: opens the text",))
    rest = blocks[at]._replace(text=" " + text[end:])
    return (*blocks[:at], line, rest, *blocks[at + 1 :]), place, wire


def _read(text: str, lexicon: Lexicon) -> tuple[str | None, str | None, int]:
    """Return the place that opens a text, the wire service, and where the dateline ends: 0 where there is none."""
    sent = _SENT.match(text)
    wire = _known(sent["wire"], lexicon) if sent else None
    start = sent.end() if sent and wire else 0
    found = _PLACED.match(text, start)
    if found is None:
        return None, wire, start
    place = found["place"].strip()
    named = _known(found["wire"] or "", lexicon)
    if not found["dash"]:
        initials = "".join(filter(str.isupper, place)).casefold()
        if not named or text[found.end()].islower() or initials.endswith(named.casefold()):
            return None, wire, start  # an agency's name and its short form, or no dateline at all
    elif not (named or (place.split(",")[0].isupper() and len(place) > 2)):
        return None, wire, start
    return place, wire or named, found.end()


def _known(wire: str, lexicon: Lexicon) -> str | None:
    return agencies_in(wire, lexicon) or (wire if wire.casefold() in lexicon.agencies else None)
