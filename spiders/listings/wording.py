"""Which links are settled by a word in their addresses: a folder of videos, of tags, of authors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from spiders.listings.evidence import Case, is_filed
from spiders.listings.shapes import Counts
from spiders.listings.vocabulary import KINDS, Word

_TEMPTING = 0.5  # share of a feed's entries from which a word in all of them says nothing
_KNOWN = 3  # outcomes from which a shape's own record counts more than its words
# Articles may lie in such a folder, so many segments further down.
_SHELVES = {"tag": 2, "list": 2, "author": 2, "newsletter": 2, "archive": 1}
_PLAYED = frozenset(("video", "gallery", "audio"))
_HOUSED = frozenset((*_PLAYED, "service", "sponsored", "account"))  # a host called after one of these has no other
_PLAYABLE = {name: word for name, word in KINDS.items() if word.firm and word.kind in _PLAYED}  # also "replay-radio"


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
                case.settled = f"{case.word.said} (“{name}”)"


def _word(case: Case) -> tuple[str, Word] | None:
    """Return the word that says most of what lies at an address: a firm one, else the last faint one."""
    reading = case.reading
    faint: tuple[str, Word] | None = None
    for index, name in enumerate((*reading.folders, reading.last)):
        below = len(reading.folders) - index  # segments that follow
        word = KINDS.get(name) or (_PLAYABLE.get(name.partition("-")[0]) if below else None)
        if word is None or word.kind == "article":
            continue
        if word.firm and not (below >= _SHELVES.get(word.kind, 99) and is_filed(word.kind, reading)):
            return name, word
        faint = name, Word(word.kind, word.said, False) if below else word
    mark = KINDS.get(reading.mark)
    if mark and mark.kind in _PLAYED and reading.mark not in case.one.text.lower():  # else it is of the headline
        return reading.mark, mark
    label = reading.host.partition(".")[0]
    if label in KINDS and reading.host.count(".") > 1 and KINDS[label].kind != "article":
        return label, KINDS[label]._replace(firm=KINDS[label].firm or KINDS[label].kind in _HOUSED)
    return faint
