"""A run of the region on its way to become a block, and what the fields already know of the page."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.article import Label
from extractors.engine.lines import Line
from extractors.engine.markup.outline import Run

_STORY = (Label.BODY, Label.QUOTE, Label.LIST, Label.TABLE)


@dataclass(slots=True)
class Piece:
    """A run of the region on its way to become a block."""

    run: Run
    line: Line
    label: Label = Label.BODY
    why: tuple[str, ...] = ()
    entry: int | None = None  # of a live blog
    named: bool = False  # a template has said what it is

    @property
    def story(self) -> bool:
        """Whether it is text of the story, headings apart."""
        return self.label in _STORY

    def set(self, label: Label, *why: str) -> None:
        """Label the piece anew; what a template has named stays what it is."""
        if not self.named:
            self.label, self.why = label, why


@dataclass(slots=True)
class Known:
    """What the fields already know when blocks are judged: texts, each None or empty where unknown."""

    headlines: tuple[str, ...] = ()  # as the page prints it, and as its data tells it
    description: str | None = None
    authors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    outlet: str | None = None
    site: str | None = None  # the name that its addresses share: `bbc`
    titles: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()
