"""The sentence in which a page tells when its article was first published and that it was updated since."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from extractors.engine.dates.written import MODIFIED, PUBLISHED, written_in
from extractors.engine.markup.outline import Run

_FIRST = re.compile(
    r"\b(?:originally|first|initially) published\b|\b(?:ursprünglich|zuerst|erstmals) (?:veröffentlicht )?am\b"
    r"|\b(?:initialement|d'abord) publiée? le\b|\b(?:originalmente|inicialmente) publicad[oa]\b"
    r"|\bpublicad[oa] (?:originalmente|inicialmente|por primera vez)\b|\boorspronkelijk gepubliceerd\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bupdat|\brevis|aktualisier|überarbeitet|mise? à jour|actualiz|atualiz|bijgewerkt|aggiornat", re.IGNORECASE
)
_SHORTEST, _LONGEST = 40, 300  # characters of such a sentence
_NEAR = 24  # lines from the beginning and from the end
_NEXT = 24  # from the words to the date: "on Monday, the "

Told = tuple[datetime | date, datetime | date | None]


def first_told(runs: Sequence[Run], language: str | None) -> Told | None:
    """Return the day of publication, and that of the update where it has one, of a sentence that tells of both.

    One that tells of no update is of a story that stood elsewhere first.
    """
    for run in (*runs[:_NEAR], *runs[max(len(runs) - _NEAR, _NEAR) :]):
        if not _SHORTEST < len(run.text) <= _LONGEST or not ("ubli" in run.text or "fentlich" in run.text):
            continue  # the patterns cost much more
        text = run.line
        if (said := _FIRST.search(text)) is None or not _SINCE.search(text):
            continue
        dates = written_in(text, language)
        first = next((d for d in dates if d.kind == PUBLISHED and said.start() <= d.start <= said.end() + _NEXT), None)
        if first is not None:
            return first.value, next((d.value for d in dates if d.kind == MODIFIED and d.start > first.start), None)
    return None
