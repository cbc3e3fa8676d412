"""What a lexicon says of a line: the hit in it, and the phrases by which hits are found."""

from __future__ import annotations

from typing import NamedTuple

from extractors.article import Label


class Wording(NamedTuple):
    """One hit in the lexicon: the label, how it was found, and the phrase."""

    label: Label
    how: str  # "line", "start", "open", "begin", "ask", "thing" or "inside"
    phrase: str


Said = list[tuple[str, Label | None]]  # phrases of noise with their labels; None: by which a line speaks to the reader


def wording_among(said: Said) -> Wording | None:
    """Return the first phrase of noise."""
    for phrase, label in said:
        if label is not None:
            return Wording(label, "inside", phrase)
    return None


class Entry(NamedTuple):
    """A phrase that opens or closes a line; what stands for # and * is tried where there is any."""

    label: Label
    how: str  # "line", "open", "begin" or "use": how a line opens that asks to do something with a thing of the page
    phrase: str
    opens: bool = False  # it leaves something open, and the whole line must match it
