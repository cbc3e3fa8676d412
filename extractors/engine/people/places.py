"""Where on a page a byline stands: the lines around the heading, and those that close the story.

What makes one of them a byline is told in `signature`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise, takewhile

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Run
from extractors.engine.prose import is_sentence, key_of, unspaced

_TITLE = 8  # characters that a heading has more than
_SENTENCE, _UNSPACED = 80, 32  # characters of a sentence of the story; the same where words have no spaces
_PARAGRAPH = 140  # characters that a paragraph of the story has, and a byline's line has not
_BEFORE, _AFTER = 6, 24  # runs around the heading among which a byline stands
_LINKED, _HEADLINE = 0.9, 20  # share of a teaser's characters that are link, how many it has more than
_TAIL = 6  # runs after the story's last paragraph
APART = Role.NAV | Role.FOOTER | Role.FORM | Role.CAPTION | Role.FIGURE | Role.QUOTE
OTHERS = frozenset({Label.COMMENTS, Label.RELATED, Label.CREDIT, Label.CAPTION, Label.NEWSLETTER, Label.AD})
_CREDITS = frozenset({Label.CREDIT})
_ABOVE = OTHERS - {Label.COMMENTS}


def headings_in(runs: Sequence[Run]) -> list[int]:
    """Return the places of the runs that stand in a heading."""
    return [i for i, run in enumerate(runs) if run.box.roles & Role.HEADING]


class Print:
    """Where on a page a byline may stand: around the heading up to the story, and after the story."""

    def __init__(self, runs: Sequence[Run], headings: Iterable[int], headline: str | None) -> None:
        self.runs = runs
        heading = next((i for i in headings if runs[i].box.line.tag == "h1" and len(runs[i].text) > _TITLE), None)
        if heading is None and headline:
            heading = next((i for i, run in enumerate(runs) if headline in run.text and run.line == headline), None)
        self.heading = runs[heading].box.order if heading is not None else -1
        self.headline = key_of(runs[heading].text if heading is not None else headline or "")
        start = heading or 0
        end, paragraphs = start, 0
        for end in range(start, min(start + _AFTER, len(runs))):
            if _is_prose(runs[end]):
                paragraphs += 1
                if paragraphs > 1:
                    break
        self.close = _next_story(runs, heading, headings)
        self.start, self.end = max(0, start - _BEFORE), min(end + 1, self.close)

    def around_heading(self) -> list[list[Run]]:
        """Return the lines around the heading, up to the story's second paragraph."""
        return _lines(self._without_cards(self.start, self.end))

    def marked(self) -> list[list[Run]]:
        """Return the first lines further down whose class says that they are an author's."""
        rest = self._without_cards(self.end, self.close)
        named = [run for run in rest if run.box.hints and Label.BYLINE in run.box.hints]
        return _lines([run for run in named if not self.is_apart(run.box)][:8])

    def after_story(self) -> list[list[Run]]:
        """Return the lines after the story's last paragraph."""
        around, _, last = self.story
        return _lines(self._without_cards(last + 1, min(last + 1 + _TAIL, self.close))) if around is not None else []

    def place_of(self, box: Box) -> int:
        """Return the place of the run that opens a box; -1 where none does."""
        return next((i for i, run in enumerate(self.runs) if run.box is box), -1)

    def _without_cards(self, start: int, end: int) -> Sequence[Run]:
        """Return the runs without the bylines right under linked headlines, where several are: of other stories."""
        runs = self.runs[start:end]
        under = [
            run
            for above, run in pairwise(runs)
            if (hints := run.box.hints)
            and above.paragraph != run.paragraph
            and Label.BYLINE in hints
            and self._is_teaser(above)
        ]
        return [run for run in runs if run not in under] if len(under) > 1 else runs

    def _is_teaser(self, run: Run) -> bool:
        """Tell a line that is all link and long as a headline, and is not the page's own."""
        long = run.linked > _LINKED * len(run.text) and len(run.text) > _HEADLINE
        return long and run.box.order != self.heading

    @cached_property
    def story(self) -> tuple[Box | None, int, int]:
        """The box that holds most prose, and the places of its first and last paragraph."""
        mass: dict[int, int] = {}
        places: dict[int, tuple[Box, int, int]] = {}
        for i in range(self.start, len(self.runs)):
            run = self.runs[i]
            if not _is_told(run):
                continue
            if (around := run.box.line.parent) is not None and _is_prose(run, _UNSPACED):
                mass[around.order] = mass.get(around.order, 0) + len(run.text)
                places[around.order] = (around, places.get(around.order, (around, i, i))[1], i)
        if not mass:
            return None, 0, 0
        around, first, last = places[max(mass, key=lambda order: mass[order])]
        rest = takewhile(lambda run: run.box.line.parent is around and is_sentence(run.line), self.runs[last + 1 :])
        return around, first, last + sum(1 for _ in rest)

    def is_apart(self, box: Box | None, *, signed: bool = False) -> bool:
        """Tell whether a line is of a comment, a teaser or a picture, by the boxes around it up to the heading's.

        What a phrase opens as whose words these are (`signed`) may stand among the credits of a whole story.
        """
        roles = box.roles & APART if box is not None else 0
        if roles & ~Role.FOOTER:
            return True
        around, first, _ = self.story
        opening = self.runs[first].box.order if around is not None else -1
        if roles and box is not None and not self.heading <= box.order < opening:  # a footer may head a story
            return True
        for _ in range(5):
            if box is None or box.order <= self.heading <= box.last:
                return False
            # Readers comment below a story: what is called comments above it tells their number.
            others = OTHERS if box.last >= opening else _ABOVE
            if not others.isdisjoint(box.hints) and not (signed and box.hints == _CREDITS):
                return True
            box = box.parent
        return False


def _next_story(runs: Sequence[Run], heading: int | None, headings: Iterable[int]) -> int:
    """Return the place of the heading that the next story has, made as the page's own; of none, behind the last."""
    if heading is None:
        return len(runs)
    own = runs[heading].box.line
    if own.tag != "h1" and not own.names:
        return len(runs)
    told = next((at for at in range(heading + 1, len(runs)) if _is_told(runs[at])), len(runs))
    for at in headings:
        other = runs[at].box.line
        if at > told and other is not own and other.kind == own.kind:
            return at
    return len(runs)


def _is_told(run: Run) -> bool:
    """Tell a line as long as a sentence of the story."""
    size = len(run.text)
    return size > _SENTENCE or (size > _UNSPACED and unspaced(run.text))


def _is_prose(run: Run, size: int = _PARAGRAPH) -> bool:
    return len(run.text) > size and run.linked * 2 < len(run.text) and not run.box.roles & (Role.CAPTION | Role.FIGURE)


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Put the runs of one printed line together."""
    lines: list[list[Run]] = []
    paragraph = -1
    for run in runs:
        if run.paragraph != paragraph or run.text[0] == "\n":
            lines.append([run])
            paragraph = run.paragraph
        else:
            lines[-1].append(run)
    return lines
