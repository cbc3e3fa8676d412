"""Lines that stand in the body on many pages of a site, at the same place: what a site file could call noise.

Nothing is learnt here. A lesson is a proposal: a selector, what it would take out (examples) and what it would take out
besides (counter-examples), both seen by reading the pages with it. Whether a line recurs is a matter of its words, its
figures aside; pages that are one story at two addresses count once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors import Article, Label, clean
from extractors.article import BODY_LABELS, FIELD_LABELS
from extractors.engine.markup.hints import hints_of
from extractors.engine.prose import key_of
from extractors.site import Site
from spiders.specimens.pages import Specimen
from spiders.verbs.places import elements_of, plainness, selectors_of

LEAST = 3  # pages on which a line stands
SHARE = 0.05  # of the pages
SAME = 0.75  # of a page's lines stand on one other page: it is the same story; a short one may well be half noise
_TRIED = 100  # selectors that are compared with one another
_WORDS = re.compile(r"[.#=\[\]' >:()]+")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page's body."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A selector to be called noise in a template: `examples` go and recur, `counter_examples` go and do not."""

    template: str
    selector: str
    label: Label
    examples: tuple[Line, ...]
    counter_examples: tuple[Line, ...]

    @property
    def pages(self) -> int:
        """On how many pages it takes out what recurs."""
        return len({line.url for line in self.examples})


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a site teaches: proposals, and lines that recur at no place of their own, each with its pages."""

    pages: int
    proposals: tuple[Lesson, ...]
    unplaced: tuple[tuple[str, int], ...]
    unread: int  # pages that no template reads


@dataclass(slots=True)
class _Sheet:
    """A page that a template reads, and the lines of its body by their keys."""

    specimen: Specimen
    template: str
    lines: dict[str, str] = field(default_factory=dict)


def lessons(templates: Sequence[Site], pages: Iterable[Specimen]) -> Lessons:
    """Return what the pages of a site teach.

    Args:
        templates: the site's, the newest first.
        pages: pages of the site.
    """
    sheets, unread = _sheets(templates, pages)
    proposals: list[Lesson] = []
    unplaced: list[tuple[str, int]] = []
    for template in templates:
        own = [sheet for sheet in sheets if sheet.template == type(template).__name__]
        recurring = _recurring(own)
        found = list(_proposals(template, own, recurring))
        proposals += found
        placed = {_key(line.text) for lesson in found for line in lesson.examples}
        lines = {key: next(s.lines[key] for s in own if key in s.lines) for key in recurring}
        unplaced += [(lines[key], number) for key, number in recurring.items() if key not in placed]
    return Lessons(len(sheets), tuple(proposals), tuple(sorted(unplaced, key=lambda u: -u[1])), unread)


def _sheets(templates: Sequence[Site], pages: Iterable[Specimen]) -> tuple[list[_Sheet], int]:
    """Read the pages; return those that a template reads, each story once, and how many none reads."""
    sheets: list[_Sheet] = []
    seen: dict[str, int] = {}
    unread = 0
    for specimen in pages:
        article = specimen.article(templates)
        if not isinstance(article, Article) or article.template not in {type(t).__name__ for t in templates}:
            unread += 1
            continue
        sheet = _Sheet(specimen, article.template, {_key(text): text for text in article.body.split("\n\n")})
        shared = Counter(seen[key] for key in sheet.lines if key in seen)
        if shared and shared.most_common(1)[0][1] > SAME * len(sheet.lines):
            continue  # the same story at another address
        for key in sheet.lines:
            seen.setdefault(key, len(sheets))
        sheets.append(sheet)
    return sheets, unread


def _recurring(sheets: Sequence[_Sheet]) -> dict[str, int]:
    """Return the keys of lines that stand on many pages, and on how many."""
    least = max(LEAST, SHARE * len(sheets))
    numbers = Counter(key for sheet in sheets for key in sheet.lines)
    return {key: number for key, number in numbers.most_common() if number >= least and key}


def _proposals(template: Site, sheets: Sequence[_Sheet], recurring: dict[str, int]) -> Iterator[Lesson]:
    """Yield proposals for a template: each takes out as much as can be of what recurs and is not taken out yet."""
    hits = _hits(template, sheets, recurring)
    left = {(n, key) for n, sheet in enumerate(sheets) for key in sheet.lines if key in recurring}
    while left and hits:
        selector = min(hits, key=lambda s: _rank(s, hits[s], left, recurring))
        promised = hits.pop(selector)
        if len({n for n, _ in promised & left}) < LEAST:
            continue
        label = _label(selector, [sheets[n].lines[key] for n, key in sorted(promised) if key in recurring])
        gone = _gone(template, selector, label, sheets, promised)
        good = [(n, key) for n, key in gone if key in recurring]
        if 2 * len(good) > len(gone) and left.intersection(good):
            left.difference_update(good)
            lines = [(key in recurring, Line(sheets[n].specimen.url, sheets[n].lines[key])) for n, key in gone]
            examples, counter = (tuple(line for recurs, line in lines if recurs == wanted) for wanted in (True, False))
            yield Lesson(type(template).__name__, selector, label, examples, counter)


def _rank(
    selector: str, gone: set[tuple[int, str]], left: set[tuple[int, str]], recurring: dict[str, int]
) -> tuple[bool, int, tuple[int, bool, int]]:
    """Return what to sort selectors by: no counter-example, then most lines, then the plainest."""
    counter = sum(key not in recurring for _, key in gone)
    return counter > 0, 2 * counter - len(gone & left), plainness(selector)


def _hits(template: Site, sheets: Sequence[_Sheet], recurring: dict[str, int]) -> dict[str, set[tuple[int, str]]]:
    """Return the selectors of the places where recurring lines stand: which lines of which pages each holds."""
    places: Counter[str] = Counter()
    for sheet in sheets:
        page = sheet.specimen.page()
        keys = {key_of(text) for key, text in sheet.lines.items() if key in recurring}
        found = elements_of(page, keys) if keys else {}
        places.update({selector for nodes in found.values() for node in nodes for selector in selectors_of(node)})
    common = [s for s, number in places.items() if number >= LEAST and s not in template.noise]
    common = sorted(common, key=lambda s: (-places[s], plainness(s)))[:_TRIED]
    hits: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    for number, sheet in enumerate(sheets):
        page = sheet.specimen.page()
        for selector in common:
            text = " ".join(key_of(node.text()) for node in page.nodes(selector))
            hits[selector] |= {(number, key) for key, line in sheet.lines.items() if text and key_of(line) in text}
    return hits


def _gone(
    template: Site, selector: str, label: Label, sheets: Sequence[_Sheet], promised: set[tuple[int, str]]
) -> list[tuple[int, str]]:
    """Read the pages on which a selector stands with that selector called noise; return which lines go."""
    kind = type(template)
    noisier: Site = type(kind.__name__, (kind,), {"noise": {**template.noise, selector: label}})()
    gone: list[tuple[int, str]] = []
    for number in sorted({number for number, _ in promised}):
        article = sheets[number].specimen.article((noisier,))
        kept = {_key(text) for text in article.body.split("\n\n")} if isinstance(article, Article) else set()
        gone += [(number, key) for key in sheets[number].lines if key not in kept]
    return gone


def _label(selector: str, lines: Sequence[str]) -> Label:
    """Return what names in a selector hint at, else what the words of its lines do; a promotion where neither tells."""
    hinted = hints_of(_WORDS.sub(" ", selector))[0] - BODY_LABELS - FIELD_LABELS
    told = Counter(block.label for line in lines[:LEAST] for block in clean(line).removed)
    return min(hinted - {Label.PROMO}, default=next((label for label, _ in told.most_common(1)), Label.PROMO))


def _key(text: str) -> str:
    """Return what makes a line the same on two pages: its words, whatever the figures in it are."""
    return _FIGURES.sub("0", key_of(text))
