"""The dates that a page prints, weighed by where they stand: beside the headline, in a byline, in a comment.

How a date is written is in `written`; which of a page's dates is its own is decided in `publication`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from extractors.article import Label
from extractors.engine.dates.written import AS_OF, DATELIKE, MODIFIED, OTHER, PUBLISHED, Written, kind_of
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Run
from extractors.engine.prose import key_of


class Reader(Protocol):
    """What reads the page's dates."""

    def value(self, text: str) -> datetime | date | None:
        """Read a date that stands alone."""

    def line(self, text: str) -> list[Written]:
        """Find the dates in a line."""


ENOUGH = 2.5  # weight of a date that may be believed
# Runs before and after the heading that are near it, and runs of prose after it: what follows is no longer near.
_NEAR, _CLOSE = (10, 30, 3), (4, 12, 2)
_PROSE = 200  # characters of a run that is part of the story
_FAR = -1.0  # weight of standing elsewhere
_LONGEST = 170  # characters of a run that is read for dates
_ALONE, _AMONG = 30, 110  # characters beside a date that stands alone, and among which it is one of a sentence
_LABEL = 16  # characters at the end of the line before, which may be a label of this one
SEVERAL = 3  # clocks in places alike, from which on they are those of entries
_ASKED = 3  # elements around a run whose names may say what it is
_CHANGED = re.compile(r"updat|modif|chang|edited|revis|aktualis", re.IGNORECASE)
_SURELY_CHANGED = re.compile(r"modif|last[-_]?(?:update|change)|edited|revised", re.IGNORECASE)
CLOCK = re.compile(r"(?:at |um |à |às |a las |alle |ore )?\d{1,2}[:.h]\d\d\b.{0,12}$")
_FIRST = re.compile(r"publi|entry-date|post-?date|creat|issued", re.IGNORECASE)
_DATED = re.compile(r"(?:^|[^a-z])(?:post|entry|article|news|meta|story|blog|info)?[_-]?(?:date|datum|time|published)"
                    r"|(?:date|datum|timestamp)s?(?:$|[^a-z])|[a-z]Date", re.IGNORECASE)  # fmt: skip


@dataclass(slots=True)
class Printed:
    """A printed date, what it is the date of, and how likely it is the article's own."""

    value: datetime | date
    kind: str  # published, modified, or as_of
    weight: float
    source: str


def printed_near(
    runs: Sequence[Run],
    headings: Iterable[int],
    headline: str | None,
    read: Reader,
    known: datetime | date | None = None,
) -> list[Printed]:
    """Return the dates printed near the heading that may be the page's own, the likeliest first.

    Where a date is known from the page's data, only what stands close to the heading and may tell more is read.
    """
    anchor = _anchor(runs, headings, headline)
    found: list[Printed] = []
    prose = 0
    before, after, opening = _NEAR if known is None else _CLOSE
    told = _telling(known) if isinstance(known, datetime) else None
    entries = _entries(runs)
    for i in range(max(anchor - before, 0), min(anchor + after, len(runs))):
        run = runs[i]
        size = len(run.text)
        if i > anchor and size > _PROSE and run.linked * 2 < size:
            prose += 1
            if prose == opening:
                break
        elif run.when is not None or (size <= _LONGEST and DATELIKE.search(run.text)):
            if told and told(run):
                continue  # it tells the same day, of which the instant tells more
            if entries and run.when and _place_of(run) in entries:
                continue
            found += _of_run(runs, i, read, _nearness(i - anchor), runs[anchor].box.order)
    return sorted(found, key=lambda p: -p.weight)


def _telling(known: datetime) -> Callable[[Run], bool] | None:
    """Return what finds runs that tell but the day of an instant, which one in UTC may leave on the page's clock."""
    if known.tzinfo is None or not known.hour + known.minute:
        return None
    same, *others = (
        re.compile(rf"(?<![\d:+T])0?{(known + timedelta(days=n)).day}(?![\d:])")
        for n in ((0,) if known.utcoffset() else (0, -1, 1))
    )

    def tells(run: Run) -> bool:
        if not same.search(run.text) and not (run.when and same.search(run.when)):
            return False
        return not any(other.search(run.text) for other in others)

    return tells


def _entries(runs: Sequence[Run]) -> set[tuple[str, ...]]:
    """Return the places, by the boxes around, where clocks stand several times: in the entries of a live blog."""
    timed = [run for run in runs if run.when]
    if len(timed) < SEVERAL:
        return set()
    clocks = Counter(_place_of(run) for run in timed if CLOCK.fullmatch(run.text.strip()))
    return {place for place, count in clocks.items() if count >= SEVERAL}


def _place_of(run: Run) -> tuple[str, ...]:
    line = run.box.line
    return *run.box.kind, *line.kind, *(line.parent.kind if line.parent else ())


def printed_all_over(runs: Sequence[Run], read: Reader, known: datetime | date | None = None) -> list[Printed]:
    """Return the dates printed anywhere on the page that may be its own, and another than a known one's day."""
    found: list[Printed] = []
    entries = _entries(runs)
    told = _telling(known) if isinstance(known, datetime) else None
    for i, run in enumerate(runs):
        if entries and run.when and _place_of(run) in entries:
            continue
        if run.when is not None or (len(run.text) <= _LONGEST and DATELIKE.search(run.text)):
            if told and told(run):
                continue
            found += _of_run(runs, i, read, _FAR, -1)
    return sorted(found, key=lambda p: -p.weight)


def _anchor(runs: Sequence[Run], headings: Iterable[int], headline: str | None) -> int:
    """Return the place of the heading that prints the headline, of the first heading, or of the first prose."""
    title = key_of(headline or "")[:40]
    first = None
    for i in headings:
        if title and title in key_of(runs[i].text):
            return i
        if first is None and runs[i].box.line.tag == "h1":
            first = i
    if first is not None:
        return first
    prose = (i for i, run in enumerate(runs) if len(run.text) > _PROSE and not run.box.roles & Role.HEADING)
    return next(prose, 0)


def _nearness(distance: int) -> float:
    return 3.0 - min(abs(distance) * (0.1 if distance > 0 else 0.2), 2.0)


def _place(run: Run, heading: int) -> float:
    """Weigh the elements that a run stands in; one that holds the `heading` as well is none of another story."""
    box: Box | None = run.box
    roles, weight = run.box.roles, 0.0
    hints: set[Label] = set()
    asked = 0
    while box is not None:
        if not box.order <= heading <= box.last:
            hints |= box.hints if asked < _ASKED else box.hints & STRANGE
        elif asked < _ASKED:
            hints |= box.hints - STRANGE
        if asked < _ASKED and box.names and _DATED.search(box.names):
            hints.add(Label.TIMESTAMP)
        asked += 1
        box = box.parent
    if hints & STRANGE:
        weight -= 3.5 if hints & STRANGE == _TEASER else 6.0
    if roles & (Role.FORM | Role.FIGURE | Role.ASIDE | Role.FOOTER | Role.NAV):
        weight -= 1.5
    if Label.TIMESTAMP in hints:
        weight += 2.0
    elif hints & {Label.BYLINE, Label.NAV}:  # "entry-meta" counts as navigation
        weight += 1.0
    return weight


STRANGE = frozenset({Label.COMMENTS, Label.RELATED, Label.AD})
_TEASER = frozenset({Label.RELATED})  # many a story's own head is called a teaser


def _of_run(runs: Sequence[Run], at: int, read: Reader, weight: float, heading: int) -> list[Printed]:
    dates = list(_dates_of(runs, at, read))
    if dates:
        weight += _place(runs[at], heading)
        for one in dates:
            one.weight += weight
    return dates


def _dates_of(runs: Sequence[Run], at: int, read: Reader) -> Iterator[Printed]:
    """Yield the dates of a run, weighed by what they say of themselves."""
    run, before = runs[at], runs[at - 1].line if at else ""
    text = run.line
    said = kind_of(before[-_LABEL:]) if len(before) < _ALONE and not DATELIKE.search(before) else None
    dates = read.line(text) if len(text) <= _LONGEST else []
    rest = len(text) - sum(d.end - d.start for d in dates)
    named = changed_by_name(run.box.names + (" " + run.box.parent.names if run.box.parent is not None else ""))
    if run.when and (value := read.value(run.when)):
        kind = (dates[0].kind if dates else kind_of(text)) or said
        if kind != OTHER:
            yield Printed(value, kind or named or PUBLISHED, 2.0 + _labelled(kind, named), "time element")
    if rest > _AMONG or (run.linked > rest > _ALONE):
        return
    if len(dates) == 1 and rest <= _ALONE and at + 1 < len(runs) and CLOCK.match(runs[at + 1].line):
        dates = read.line(f"{text} {runs[at + 1].line}")
    for i, written in enumerate(dates):
        kind = written.kind or (said if i == 0 else None)
        if kind != OTHER:
            own = (1.0 if rest <= _ALONE else 0.0) - (0.5 if written.start > _ALONE else 0.0) - 0.1 * i
            yield Printed(written.value, kind or named or PUBLISHED, own + _labelled(kind, named), "page")


def _labelled(kind: str | None, named: str | None) -> float:
    """Weigh what the words before a date say of it, or its class names where no word does."""
    if kind is None:
        return 3.0 if named == MODIFIED else -1.5 if named else 0.0
    return 0.5 if kind == AS_OF else 3.0


def changed_by_name(names: str) -> str | None:
    """Tell whether class names speak of a change; a bare "updated" may be what hAtom calls any entry's date.

    >>> changed_by_name("date-modified"), changed_by_name("time updated"), changed_by_name("entry-date updated")
    ('modified', 'as_of', None)
    """
    if not _CHANGED.search(names) or _FIRST.search(names):
        return None
    return MODIFIED if _SURELY_CHANGED.search(names) else AS_OF
