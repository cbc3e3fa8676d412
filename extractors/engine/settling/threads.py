"""What readers say below a story: a thread of comments, each under the name of whoever wrote it.

A class or a heading calls it so, and it is signed: as many short lines stand in it as there are comments. The one
without the other is a story about comments, or one in parts with headings.
"""

from __future__ import annotations

from extractors.article import Label
from extractors.engine.lexicon import Lexicon
from extractors.engine.lexicon.folding import fold_line
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Run
from extractors.engine.pieces import Piece, labels_of
from extractors.engine.prose import is_sentence, word_count

LONGEST = 60  # characters of a heading
NAME = 6  # words of the line over a comment, at most
FEWEST = 2  # comments of a thread
SPOKEN = 3  # paragraphs of a comment, at most, on the average
_TEXT = frozenset({"p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})


def story_above(outline: Outline, region: Box | None, lexicon: Lexicon) -> Box | None:
    """Return the box of the short story over the thread that was taken for the region; None where it is none."""
    opening = outline.opening
    if region is None or opening is None or region.order <= opening.box.order:
        return None
    runs = outline.runs
    at = next((i for i, run in enumerate(runs) if run.box.order >= region.order), len(runs))
    inside = [run for run in runs[at:] if run.box.order <= region.last]
    heading = next((run for run in (runs[at - 1], inside[0]) if _is_heading(run, lexicon)), None) if inside else None
    if heading is None or not _is_signed(inside):
        return None
    told = [run.box.order for run in runs[:at] if run.box.order >= opening.box.order and run is not heading]
    around = opening.box.widened(min(told), max(told))
    return around.parent or around if around.tag in _TEXT else around


def settle_threads(pieces: list[Piece], region: Box, outline: Outline) -> None:
    """Label the comments below the story, however much more they say than it does."""
    start = last = outline.opening.box.order if outline.opening is not None else region.last
    called = [box for box in outline.boxes[start + 1 : region.last + 1] if box.hints and Label.COMMENTS in box.hints]
    if not called and Label.COMMENTS not in labels_of(pieces):
        return
    heading: Piece | None = None
    place = 0
    for at, piece in enumerate(pieces):
        order = piece.run.box.order
        while place < len(called) and called[place].last < order:
            place += 1
        if order > last:
            by_class = place < len(called) and called[place].order <= order
            box = called[place] if by_class else _under(piece.run.box, heading) if heading is not None else None
            if box is not None:
                inside = _thread(pieces, at, box)
                last = inside[-1].run.box.order
                _close(inside)
        if piece.label is Label.COMMENTS and piece.why[0].startswith("wording") and not piece.line.sentence:
            heading = None if _leads_there(piece.run) else piece
        elif piece.story:
            heading = None


def _close(thread: list[Piece]) -> None:
    """Label what is still called story in a thread, if it is signed."""
    if _is_signed([piece.run for piece in thread]):
        for piece in thread:
            if piece.story or piece.label is Label.CROSSHEAD:
                piece.set(Label.COMMENTS, "structure: in a thread of comments", "wording: its heading, or class")


def _under(box: Box, heading: Piece) -> Box | None:
    """Return the outermost box around that begins after a heading, where it is no paragraph."""
    while box.parent is not None and box.parent.order > heading.run.box.order:
        box = box.parent
    return None if box.tag in _TEXT else box


def _thread(pieces: list[Piece], at: int, box: Box) -> list[Piece]:
    """Return the pieces from a place on that stand in a box, or right after it in boxes of its kind beside it."""
    last = box.last
    for later in range(at, len(pieces)):
        here = pieces[later].run.box
        if here.order > last:
            while here.parent is not None and here.parent.order > box.order:
                here = here.parent
            if here.parent is not box.parent or here.kind != box.kind:
                return pieces[at:later]
            last = here.last
    return pieces[at:]


def _is_heading(run: Run, lexicon: Lexicon) -> bool:
    wording = lexicon.find(fold_line(run.line)) if len(run.line) < LONGEST and not _leads_there(run) else None
    return wording is not None and wording.label is Label.COMMENTS and wording.how in ("line", "start")


def _leads_there(run: Run) -> bool:
    """Tell a link or a button that leads to the comments, from wherever it stands, from their heading."""
    return bool(run.box.roles & Role.CONTROL or (run.linked and not run.box.roles & Role.HEADING))


def _is_signed(runs: list[Run]) -> bool:
    """Tell whether short lines set alike stand between the paragraphs, one to a few of these, and differ."""
    names: dict[tuple[str, str], set[str]] = {}
    spoken = 0
    for run in runs:
        line = run.line
        if is_sentence(line):
            spoken += 1
        elif word_count(line) <= NAME:
            names.setdefault(run.box.kind, set()).add(line)
    return spoken >= FEWEST and SPOKEN * max(map(len, names.values()), default=0) >= spoken
