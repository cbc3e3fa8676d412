"""Which links are settled by a word in their addresses: a folder of videos, of tags, of authors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from spiders.listings.evidence import Case, is_filed
from spiders.listings.shapes import Counts, Reading
from spiders.listings.vocabulary import KINDS, Word

_TEMPTING = 0.5  # share of a feed's entries from which a word in all of them says nothing
_KNOWN = 3  # outcomes from which a shape's own record counts more than its words
# Articles may lie in such a folder, so many segments further down.
_SHELVES = {"tag": 2, "list": 2, "author": 2, "newsletter": 2, "archive": 1}
_PLAYED = frozenset(("video", "gallery", "audio"))
_HOUSED = frozenset((*_PLAYED, "service", "sponsored", "account"))  # a host called after one of these has no other
_HEARD = re.compile(  # at a headline's end
    rf"-({'|'.join(name for name, word in KINDS.items() if word.part and word.kind == 'audio')})"
    r"(?:-[a-z])?(?:-[0-9a-f-]{5,})?$"
)
_NUMBER = re.compile(r"(?<=[^\W\d])[-_.,]?\d+$")  # after a file's name: "gallery301234123", "podcast-12"


def settle_words(cases: Iterable[Case], counts: Counts, *, feed: bool) -> None:
    """Take for none what lies in a folder of none, unless a whole feed or the site's own record say otherwise."""
    found: dict[str, list[Case]] = defaultdict(list)
    total = 0
    for case in cases:
        total += 1
        if case.settled is None and (told := _word(case)):
            name, case.word = told
            if case.word.firm:
                found[name].append(case)
    for name, named in found.items():
        if feed and len(named) > max(_TEMPTING * total, 2):
            for case in named:
                case.word = None
            continue
        for case in named:
            articles, others = counts.get(case.reading.shape, (0, 0))
            if articles >= _KNOWN and articles > 2 * others:
                case.word = None
            elif case.word:
                case.filed, case.settled = True, f"{case.word.said} (“{name}”)"


def _word(case: Case) -> tuple[str, Word] | None:
    """Return the word that says most of what lies at an address: a firm one, else the last faint one."""
    reading = case.reading
    faint: tuple[str, Word] | None = None
    for index, name in enumerate((*reading.folders, reading.last)):
        below = len(reading.folders) - index  # segments that follow
        word = KINDS.get(name) or (_part(name) if below else KINDS.get(_NUMBER.sub("", name).rstrip("-_")))
        if word is None or word.kind == "article":
            continue
        shelved = below >= _SHELVES.get(word.kind, 99) and is_filed(word.kind, reading)
        if word.firm and not shelved and not (word.kind == "service" and _is_story(reading, index)):
            return name, word
        faint = name, Word(word.kind, word.said, False) if below else word
    mark = KINDS.get(reading.mark)
    if mark and mark.kind in _PLAYED and not _is_of_headline(reading.mark, case.one.text):
        return reading.mark, mark
    if (heard := _HEARD.search(reading.last)) and not _is_of_headline(heard[1], case.one.text):
        return heard[1], KINDS[heard[1]]
    opening = reading.last.partition("-")[0]
    first = KINDS.get(opening)
    if first and first.part and first.kind in ("service", "audio") and _is_label(opening, case.one.text):
        return opening, first
    if told := next((value for value in reading.values if value in KINDS and KINDS[value].firm), None):
        return told, KINDS[told]
    label = reading.host.partition(".")[0]
    if label in KINDS and reading.host.count(".") > 1 and KINDS[label].kind != "article":
        return label, KINDS[label]._replace(firm=KINDS[label].firm or KINDS[label].kind in _HOUSED)
    return faint


def _part(folder: str) -> Word | None:
    """Return the word that a folder's name begins or ends with: "replay-radio", "coast-audio"."""
    first, _, rest = folder.partition("-")
    named = (KINDS.get(part) for part in (first, rest.rpartition("-")[2]))
    return next((word for word in named if word and word.part), None)


def _is_story(reading: Reading, index: int) -> bool:
    """Say whether a service's folder, such as a lottery's, holds a story: articles' folder and a headline follow."""
    after = any(name in KINDS and KINDS[name].kind == "article" for name in reading.folders[index + 1 :])
    named = reading.words >= 3 and bool(reading.dated or reading.numbered)
    return after and named and reading.folders[index] not in reading.last


def _is_of_headline(mark: str, text: str) -> bool:
    """Say whether the word at a headline's end is part of it, and does not stand before or after it as a label."""
    text = text.lower()
    return mark in text and not _is_label(mark, text) and not re.search(rf"\s[–—|:-]\s*{mark}$", text)


def _is_label(word: str, text: str) -> bool:
    """Say whether a text begins with a word as a label: "Quiz: How well do you know fog?"."""
    return re.match(rf"{word}\s*[:|–—]", text, re.IGNORECASE) is not None
