"""Lines that stand in the body on many pages of a site, at the same place: what a site file could call noise.

Nothing is learnt here. A lesson is a proposal: a selector, what it would take out (examples) and what it would take out
besides (counter-examples), both seen by reading the pages with it. Whether a line recurs is a matter of its words, its
figures and the names of its page's authors aside; pages that are one story at two addresses count once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from extractors import Article, Label, clean
from extractors.article import BODY_LABELS, FIELD_LABELS
from extractors.engine.markup.hints import hints_of
from extractors.engine.prose import is_sentence, key_of
from extractors.site import Site
from spiders.specimens.pages import Specimen
from spiders.verbs.places import edges_of, elements_of, plainness, says_words, selectors_of

LEAST = 3  # pages on which a line stands
SHARE = 0.05  # of the pages
SAME = 0.75  # of a page's lines stand on one other page: it is the same story; a short one may well be half noise
NEARLY = 0.85  # of two lines is the same: they recur with one another
_END = 6  # letters, at the beginning or the end, that such lines share
_NAME = 6  # letters of a name that hardly stand in a line by chance
_TRIED = 100  # selectors that are compared with one another
_WORDS = re.compile(r"[.#=\[\]' >:()]+")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page's body; `key` is what it has in common with those that recur with it."""

    url: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A selector to be called noise in a template: `examples` go and recur, `counter_examples` go and do not.

    `doubt` says why what goes may be the story's, though it recurs.
    """

    template: str
    selector: str
    label: Label
    examples: tuple[Line, ...]
    counter_examples: tuple[Line, ...]
    doubt: str | None = None

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
    authors: tuple[str, ...] = ()
    lines: dict[str, str] = field(default_factory=dict)

    def steady(self, selector: str) -> set[str]:
        """Return where in what they stand in the elements stand that a selector finds, counted from its two ends."""
        return {edge for node in self.specimen.page().nodes(selector) for edge in edges_of(node)}


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
        placed = {line.key for lesson in found for line in lesson.examples}
        lines = {key: next(s.lines[key] for s in own if key in s.lines) for key in recurring}
        unplaced += [(lines[key], number) for key, number in recurring.items() if key not in placed]
    unplaced.sort(key=lambda told: (not is_sentence(told[0]), -told[1]))  # headings recur on any site
    return Lessons(len(sheets), tuple(proposals), tuple(unplaced), unread)


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
        lines = {_key(text, article.authors): text for text in article.body.split("\n\n")}
        sheet = _Sheet(specimen, article.template, article.authors, lines)
        shared = Counter(seen[key] for key in sheet.lines if key in seen)
        if shared and shared.most_common(1)[0][1] > SAME * len(sheet.lines):
            continue  # the same story at another address
        for key in sheet.lines:
            seen.setdefault(key, len(sheets))
        sheets.append(sheet)
    return sheets, unread


def _recurring(sheets: Sequence[_Sheet]) -> dict[str, int]:
    """Return the keys of lines that stand on many pages, and of those that nearly say the same, and on how many."""
    least = max(LEAST, SHARE * len(sheets))
    numbers = {key: number for key, number in Counter(key for s in sheets for key in s.lines).most_common() if key}
    often = {key: number for key, number in numbers.items() if number >= least}
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for key in often:
        ends[key[:_END]].append(key)
        ends[key[-_END:]].append(key)
    near = {
        key: number
        for key, number in numbers.items()
        if key not in often and any(_is_near(key, one) for end in {key[:_END], key[-_END:]} for one in ends[end])
    }
    return often | near


def _is_near(one: str, other: str) -> bool:
    """Say whether two lines are alike but for a word or so, such as a weekday."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEARLY


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
            lines = [(key in recurring, Line(sheets[n].specimen.url, sheets[n].lines[key], key)) for n, key in gone]
            examples, counter = (tuple(line for recurs, line in lines if recurs == wanted) for wanted in (True, False))
            doubt = _doubt(selector, [sheets[n] for n in sorted({n for n, _ in good})], sheets)
            yield Lesson(type(template).__name__, selector, label, examples, counter, doubt)


def _doubt(selector: str, shown: Sequence[_Sheet], sheets: Sequence[_Sheet]) -> str | None:
    """Say why the lines that a selector takes out of some of the pages may be of their stories."""
    if says_words(selector):
        steady = Counter(edge for sheet in shown for edge in sheet.steady(selector))
        if max(steady.values(), default=0) < SAME * len(shown):
            return "it stands now here, now there in the stories, as a sentence of theirs may"
    authors = {sheet.authors for sheet in shown}
    if len(authors) == 1 and (only := authors.pop()) and len({sheet.authors for sheet in sheets}) > 1:
        return f"all of these pages are by {' and '.join(only)}, who may well close a story so"
    return None


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
        kept = _keys(article, sheets[number].authors) if isinstance(article, Article) else set()
        gone += [(number, key) for key in sheets[number].lines if key not in kept]
    return gone


def _label(selector: str, lines: Sequence[str]) -> Label:
    """Return what names in a selector hint at, else what the words of its lines do; a promotion where neither tells."""
    hinted = hints_of(_WORDS.sub(" ", selector))[0] - BODY_LABELS - FIELD_LABELS
    told = Counter(block.label for line in lines[:LEAST] for block in clean(line).removed)
    return min(hinted - {Label.PROMO}, default=next((label for label, _ in told.most_common(1)), Label.PROMO))


def _keys(article: Article, authors: Sequence[str]) -> set[str]:
    return {_key(text, authors) for text in article.body.split("\n\n")}


def _key(text: str, authors: Sequence[str]) -> str:
    """Return what makes a line the same on two pages: its words, whatever figures and authors of its page are in it."""
    key = key_of(text)
    for name in map(key_of, authors):
        key = key.replace(name, "0") if len(name) >= _NAME else key
    return _FIGURES.sub("0", key)
