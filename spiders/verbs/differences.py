"""What differs between two readings of an article, word by word.

Lines are compared first and words only where lines differ, so that a long story with one new word costs little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from extractors import Article, Label

_CONTEXT = 6  # words shown before and after a change
_LONG = 40  # words of one change shown in full
_COMPARED = 3_000  # words, or lines, of each side that are compared; more are told as gone and new altogether
# A word with the space before it; a letter of a script that has no spaces (Thai to Burmese, kana, ideographs); spaces.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"\s*(?:[{_UNSPACED}]|[^\s{_UNSPACED}]+)|\s+")


class Fate(StrEnum):
    """What became of a run of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text and its fate; `SAME` and `GONE` together are the old text, `SAME` and `NEW` the new one."""

    text: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs."""

    field: str
    runs: tuple[Run, ...]

    def marked(self) -> str:
        """Return one line for a terminal: what is gone in [-…-], what is new in {+…+}, little around them.

        >>> Difference("headline", compared("A night ferry returns", "A ferry returns at last")).marked()
        'headline: A[- night-] ferry returns{+ at last+}'
        """
        ways = {Fate.SAME: "{}", Fate.GONE: "[-{}-]", Fate.NEW: "{{+{}+}}"}
        return f"{self.field}: " + "".join(ways[run.fate].format(run.text) for run in shortened(self.runs))


def differences(before: Article, after: Article) -> list[Difference]:
    """Compare what a reader reads, who wrote it and when, and how the page's lines were labelled."""
    fields = [
        *((name, getattr(before, name) or "", getattr(after, name) or "") for name in ("headline", "standfirst")),
        ("authors", ", ".join(before.authors), ", ".join(after.authors)),
        *((name, *(_when(getattr(a, name)) for a in (before, after))) for name in ("published", "modified")),
        ("corrections", "\n".join(before.corrections), "\n".join(after.corrections)),
        ("body", before.body, after.body),
    ]
    told = [Difference(name, compared(old, new)) for name, old, new in fields if old != new]
    return told + [Difference("label", runs) for runs in _relabelled(before, after)]


def compared(old: str, new: str) -> tuple[Run, ...]:
    """Return how the words of a text became those of another."""
    return tuple(_joined(_compared_lines(old.splitlines(keepends=True), new.splitlines(keepends=True))))


def shortened(runs: Iterable[Run], context: int = _CONTEXT, long: int = _LONG) -> Iterator[Run]:
    """Yield runs with the words cut that nobody needs to see: far from a change, or deep inside a long one."""
    runs = list(runs)
    for number, run in enumerate(runs):
        if run.fate is Fate.SAME:
            head = context if number else 0
            tail = context if number < len(runs) - 1 else 0
        else:
            head = tail = long // 2
        yield Run(_cut(run.text, head, tail, told=run.fate is not Fate.SAME), run.fate)


def _compared_lines(old: list[str], new: list[str]) -> Iterator[Run]:
    for fate, gone, put in _steps(old, new):
        before, after = "".join(gone), "".join(put)
        if fate is Fate.SAME:
            yield Run(before, Fate.SAME)
            continue
        for same, left, right in _steps(_WORD.findall(before), _WORD.findall(after)):
            if same is Fate.SAME:
                yield Run("".join(left), Fate.SAME)
            else:
                yield Run("".join(left), Fate.GONE)
                yield Run("".join(right), Fate.NEW)


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[Fate, list[str], list[str]]]:
    """Yield stretches that are the same, or that took each other's place; too many are not compared."""
    if max(len(old), len(new)) > _COMPARED:
        yield (Fate.SAME if old == new else Fate.NEW), old, new
        return
    for step, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        yield (Fate.SAME if step == "equal" else Fate.NEW), old[a:b], new[c:d]


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours of one fate and leave out the empty."""
    kept: list[Run] = []
    for run in (r for r in runs if r.text):
        if kept and kept[-1].fate is run.fate:
            kept[-1] = Run(kept[-1].text + run.text, run.fate)
        else:
            kept.append(run)
    return iter(kept)


def _cut(text: str, head: int, tail: int, *, told: bool) -> str:
    words = list(re.finditer(r"\S+", text))
    if len(words) <= head + tail + 2:
        return text
    before = text[: words[head - 1].end()] + " " if head else ""
    after = " " + text[words[-tail].start() :] if tail else ""
    left_out = f"… {len(words) - head - tail} words …" if told else "…"
    return before + left_out + after


def _relabelled(before: Article, after: Article) -> Iterator[tuple[Run, ...]]:
    """Yield the lines that are in both readings under different labels; one may stand under several in each."""
    known, changed = defaultdict[str, list[Label]](list), list[tuple[str, Label]]()
    for block in before.blocks:
        known[" ".join(block.text.split())].append(block.label)
    for block in after.blocks:
        text = " ".join(block.text.split())
        if block.label in known[text]:
            known[text].remove(block.label)
        else:
            changed.append((text, block.label))
    for text, label in changed:
        if known[text]:
            yield Run(known[text].pop(0), Fate.GONE), Run(label, Fate.NEW), Run(f" {text}", Fate.SAME)


def _when(value: date | None) -> str:
    return value.isoformat() if value else ""
