"""A run of the region on its way to become a block, and what the fields already know of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.article import Label
from extractors.engine.data.recipes import Recipe
from extractors.engine.data.schema import Review
from extractors.engine.markup.outline import Box, Run
from extractors.engine.noise.lines import Line

_STORY = frozenset({Label.BODY, Label.QUOTE, Label.LIST, Label.TABLE})


@dataclass(slots=True)
class Piece:
    """A run of the region on its way to become a block."""

    run: Run
    line: Line
    label: Label = Label.BODY
    why: tuple[str, ...] = ()
    story: bool = True  # it is text of the story, headings apart, by its label
    entry: int | None = None  # of a live blog
    named: bool = False  # a template has said what it is, or the page's data
    block: Box = field(init=False)  # that its text flows in

    def __post_init__(self) -> None:
        self.block = self.run.box.line

    def set(self, label: Label, *why: str) -> None:
        """Label the piece anew; what a template has named stays what it is."""
        if not self.named:
            self.label, self.why, self.story = label, why, label in _STORY

    def only(self, families: str | tuple[str, ...]) -> bool:
        """Tell whether each of its cues is of one of some families, told by how such cues begin."""
        return all(why.startswith(families) for why in self.why)


def is_unseen_label(piece: Piece) -> bool:
    """Tell words that only a screen reader says before what they name: "Image source,", "Author,"."""
    return piece.line.text[-1] == "," and Label.TECH in piece.line.hints


def labels_of(pieces: Iterable[Piece]) -> set[Label]:
    """Return the labels that there are: most pages have few, and what settles the others need not look at them."""
    return {piece.label for piece in pieces}


def labelled(pieces: Iterable[Piece], label: Label) -> list[Piece]:
    """Return the pieces with a label."""
    return [piece for piece in pieces if piece.label is label]


def set_as(piece: Piece) -> tuple[str, ...]:
    """Return how a piece is set, without what numbers it: its tag, its names, those of the element around it."""
    box = piece.block
    return (*box.kind, box.parent.kind[1] if box.parent else "")


@dataclass(slots=True)
class Known:
    """What the fields already know when blocks are judged: texts, each None or empty where unknown."""

    headlines: tuple[str, ...] = ()  # as the page prints it, and as its data tells it
    description: str | None = None
    authors: tuple[str, ...] = ()
    byline: str | None = None  # as printed
    captions: tuple[str, ...] = ()
    outlet: str | None = None
    site: str | None = None  # the name that its addresses share: `bbc`
    titles: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()
    review: Review = field(default_factory=Review)
    recipe: Recipe = field(default_factory=Recipe)
