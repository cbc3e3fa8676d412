"""The text of an article: labelled runs, the body that they make, their JSON form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from extractors.label import BODY_LABELS, LABELS, Label

_USUAL = frozenset({"text", "label", "paragraph", "why"})  # what most blocks tell of themselves


class Block(NamedTuple):  # a page has many, and a frozen dataclass is made in five times the time
    """A labelled run of text. Runs with the same `paragraph` number are one paragraph of the page, in order."""

    text: str
    label: Label
    paragraph: int
    why: tuple[str, ...] = ()  # the cues behind the label; empty for plain body
    entry: int | None = None  # the entry of a live blog that it belongs to, counted from 0
    when: datetime | date | None = None  # the time that an entry's clock stands for

    @property
    def row(self) -> tuple[str, Label, int, tuple[str, ...], int | None, str | None]:
        """The block in short, for another process; `of_row` reads it back from JSON."""
        return self.text, self.label, self.paragraph, self.why, self.entry, iso_of(self.when)

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Self:
        """Read a row back.

        Raises:
            ValueError, TypeError, KeyError: it is none.
        """
        text, label, paragraph, why, entry, when = row
        return cls(text, LABELS[label], paragraph, tuple(why), entry, parse_when(when))

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form, in which nothing is empty: told field by field in a quarter of the time."""
        form: dict[str, Any] = {"text": self.text, "label": str.__str__(self.label), "paragraph": self.paragraph}
        if self.why:
            form["why"] = list(self.why)
        if self.entry is not None:
            form["entry"] = self.entry
        if self.when is not None:
            form["when"] = iso_of(self.when)
        return form

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> Self:
        """Read the JSON form back.

        Raises:
            ValueError, TypeError, KeyError: it is none.
        """
        label = LABELS[form["label"]]  # which takes half the time of `Label(…)`
        known = form["text"], label, form["paragraph"], tuple(form.get("why", ()))
        if form.keys() <= _USUAL:
            return cls(*known)
        rest = {name: value for name, value in form.items() if name not in _USUAL}
        if "when" in rest:
            rest["when"] = parse_when(rest["when"])
        return cls(*known, **rest)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a live blog, seen in its blocks: `clock` is its time as printed, `published` what that stands for."""

    headline: str | None
    body: str
    clock: str | None
    published: datetime | date | None


def join_body(blocks: Iterable[Block]) -> str:
    """Join the body blocks: runs of one paragraph closed up, paragraphs parted by a blank line.

    >>> join_body([Block("One", Label.BODY, 0), Block(" two.", Label.BODY, 0), Block("Ad", Label.AD, 1)])
    'One two.'
    """
    paragraphs: dict[int, list[str]] = {}
    for block in blocks:
        if block.label in BODY_LABELS:
            paragraphs.setdefault(block.paragraph, []).append(block.text)
    return "\n\n".join(text for parts in paragraphs.values() if (text := "".join(parts).strip()))


def entries_of(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """Return the entries of a live blog in the page's order."""
    told: dict[int, list[Block]] = {}
    for block in blocks:
        if block.entry is not None:
            told.setdefault(block.entry, []).append(block)
    return tuple(map(_entry, told.values()))


def _entry(blocks: list[Block]) -> Entry:
    clock = next((b for b in blocks if b.label is Label.LIVE and any(map(str.isdigit, b.text))), None)
    headline = " ".join(b.text.strip() for b in blocks if b.label is Label.ENTRY)
    body = join_body(b for b in blocks if b.label is not Label.ENTRY)
    return Entry(headline or None, body, clock.text.strip() if clock else None, clock.when if clock else None)


def parse_when(value: str | None) -> datetime | date | None:
    """Read back an ISO 8601 date or date and time; a date without a time stays a `date`.

    >>> parse_when("2026-03-01"), parse_when("2026-03-01T08:30:00+02:00").utcoffset().seconds
    (datetime.date(2026, 3, 1), 7200)
    """
    if not value:
        return None
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


def iso_of(value: datetime | date | None) -> str | None:
    """Return the ISO 8601 form of a date, or of a date and time."""
    return value.isoformat() if value else None
