"""Which links look like articles: a verdict on each, with the reason. The network, and the store, are not asked.

Evidence adds up, in units in which the score of an even chance is 0. It comes from the address (`shapes`), the words
in it (`vocabulary`), where on a page the link stands (`anchors`), from what links of the same shape and markup look
like, and from what a site's addresses of a shape have turned out to be before. No rule names a site.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean

from spiders.listings.anchors import Candidate, Place
from spiders.listings.shapes import Reading, reading_of
from spiders.listings.traps import trap_in
from spiders.listings.vocabulary import KINDS, Word
from spiders.record import Kind

Counts = Mapping[str, tuple[int, int]]  # by shape: how many turned out to be articles, and how many not

_FILES = frozenset(
    """pdf jpg jpeg png gif webp svg avif ico mp3 mp4 m4a m4v mov avi webm ogg wav zip gz rar exe apk dmg doc docx xls
    xlsx ppt pptx odt csv xml rss atom json txt ics js css epub""".split()
)
_PAGERS = frozenset("page pag seite pagina paged str start offset pg p".split())
_TOGGLES = frozenset("replytocom share print outputtype redirect redirect_to returnto return_to s q query".split())
_PAGE = re.compile(
    r"/(?:page|seite|pagina|strona|sida|stranica)[/-]?\d+$|/comment-page-\d+$|/comments?$", re.IGNORECASE
)
_TEMPTING = 0.5  # share of a feed's entries from which a word in all of them says nothing
_FEW, _MANY = 3, 8  # links from which a group, and a page's clear articles, are more than chance
_CLEAR = 3.0
_NEARLY = 0.92
_KNOWN = 3  # outcomes from which a shape's own record counts more than its words
_CHILDREN = 3  # links that lie under an address which makes a section of it
_SHELVES = frozenset(("tag", "list", "author", "archive"))  # an article may lie in such a folder, further down
_PLAYED = frozenset(("video", "gallery", "audio"))
_HOUSED = frozenset((*_PLAYED, "service", "sponsored", "account"))  # a host called after one of these has no other
_PLAYABLE = {name: word for name, word in KINDS.items() if word.firm and word.kind in _PLAYED}  # also "replay-radio"
_NAMED = ("author-", "autor-", "autorin-", "auteur-", "autore-")
_WIDE = "\u2e80"  # scripts from here on say in one character what takes others two or three


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a link looks like an article, and what spoke most for that."""

    url: str
    article: bool
    reason: str
    trap: str | None = None  # the part of the address that makes a trap of it


@dataclass(slots=True)
class _Case:
    """A candidate, and the evidence on it so far: weight and reason."""

    one: Candidate
    reading: Reading
    evidence: list[tuple[float, str]]
    settled: str | None = None  # a reason that needs no weighing: it is none
    word: Word | None = None
    trap: str | None = None

    @property
    def score(self) -> float:
        return sum(weight for weight, _ in self.evidence)

    def verdict(self) -> Verdict:
        """Sum up."""
        if self.settled:
            return Verdict(self.one.url, False, self.settled, self.trap)
        article = self.score > 0
        weights = self.evidence if article else [(-weight, reason) for weight, reason in self.evidence]
        return Verdict(self.one.url, article, max(weights)[1])


def judge(candidates: Sequence[Candidate], counts: Counts | None = None, listed: Kind = Kind.FRONT) -> list[Verdict]:
    """Return a verdict on each candidate, in their order.

    Args:
        candidates: the links of one listing: their evidence on each other counts.
        counts: what the site's addresses of each shape (`shape_of`) turned out to be.
        listed: the kind of listing. What a feed lists is an article unless there are strong signs.
    """
    feed = listed is Kind.FEED
    cases = [_opened(one) for one in candidates]
    _settle_words(cases, counts or {}, feed=feed)
    sections = _sections(cases)
    for case in cases:
        case.evidence += _of_address(case.reading, case.word)
        if feed:
            case.evidence.append((5.0, "a feed lists it"))
        else:
            case.evidence += _of_page(case.one)
            _settle_section(case, sections)
        if known := _of_record(case.reading.shape, counts or {}):
            case.evidence.append(known)
    if not feed:
        _compare(cases)
    return [case.verdict() for case in cases]


def _opened(one: Candidate) -> _Case:
    reading = reading_of(one.url)
    case = _Case(one, reading, [])
    if trap := trap_in(reading):
        case.trap, case.settled = trap
    elif not reading.last or (reading.last in ("index", "default", "home") and not (reading.folders or reading.keys)):
        case.settled = "a front page"
    elif reading.extension in _FILES:
        case.settled = f"a file, not a page (.{reading.extension})"
    elif _TOGGLES & {key.lower() for key in reading.keys}:
        case.settled = "another form of a page"
    elif _PAGE.search(reading.path):
        case.settled = "a further page of a list"
    elif reading.bare:
        case.settled = "an archive: its address ends with a date"
    return case


# --- the words of an address ------------------------------------------------------------------------------------------


def _settle_words(cases: Iterable[_Case], counts: Counts, *, feed: bool) -> None:
    """Take for none what lies in a folder of none, unless a whole feed or the site's own record say otherwise."""
    found: dict[str, list[_Case]] = defaultdict(list)
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


def _word(case: _Case) -> tuple[str, Word] | None:
    """Return the word that says most of what lies at an address: a firm one, else the last faint one."""
    reading = case.reading
    faint: tuple[str, Word] | None = None
    for index, name in enumerate((*reading.folders, reading.last)):
        below = len(reading.folders) - index  # segments that follow
        word = KINDS.get(name) or (_PLAYABLE.get(name.partition("-")[0]) if below else None)
        if word is None or word.kind == "article":
            continue
        if word.firm and not (word.kind in _SHELVES and below > 1 and _is_filed(reading)):
            return name, word
        faint = name, Word(word.kind, word.said, False) if below else word
    mark = KINDS.get(reading.mark)
    if mark and mark.kind in _PLAYED and reading.mark not in case.one.text.lower():  # else it is of the headline
        return reading.mark, mark
    label = reading.host.partition(".")[0]
    if label in KINDS and reading.host.count(".") > 1 and KINDS[label].kind != "article":
        return label, KINDS[label]._replace(firm=KINDS[label].firm or KINDS[label].kind in _HOUSED)
    return faint


def _is_filed(reading: Reading) -> bool:
    """Say whether what lies in a folder of topics or authors is as good as an article."""
    return reading.words >= 3 and (reading.numbered or bool(reading.dated))


def _is_telling(reading: Reading) -> bool:
    return reading.words >= 3 or reading.numbered or reading.dated in ("day", "month")


# --- the address itself -----------------------------------------------------------------------------------------------

_PHRASES = tuple(f"{name}-" for name, word in KINDS.items() if word.kind == "static" and word.firm and "-" in name)
_DATED = {"day": (3.0, "a date in its address"), "month": (2.2, "a month in its address")}
_DATED |= {"year": (1.2, "a year in its address")}
_WORDS = (0.0, -0.6, 0.2, 1.2, 1.8, 2.4)


def _of_address(reading: Reading, word: Word | None) -> list[tuple[float, str]]:
    told = [(-1.0, "nothing speaks for it")]
    if reading.dated:
        told.append(_DATED[reading.dated])
    weight = _WORDS[min(reading.words, 5)]
    told.append((weight, "a headline in its address" if weight > 0 else "no headline in its address"))
    if reading.numbered:
        told.append((1.8, "an identifier in its address"))
    elif not reading.dated and reading.words < 3:
        told.append((-1.2, "neither date, headline nor identifier in its address"))
    if _says_article(reading):
        told.append((1.0, "its address says article"))
    if word and not word.firm:
        told.append((-2.0 if reading.dated or reading.numbered else -3.0, f"perhaps {word.said}"))
    if reading.last.startswith(_PHRASES):
        told.append((-2.0, "its address begins like that of a page about the site"))
    if reading.last.startswith(_NAMED) and reading.words <= 4:
        told.append((-2.5, "its address is that of an author"))
    if reading.keys:
        told.append(_of_query(reading))
    return told


def _says_article(reading: Reading) -> bool:
    return any(name in KINDS and KINDS[name].kind == "article" for name in (*reading.folders, reading.last))


def _of_query(reading: Reading) -> tuple[float, str]:
    keys = {key.lower() for key in reading.keys}
    if keys & _PAGERS:
        return -3.0, "a further page of a list"
    if any(key.endswith("id") for key in keys):
        return (0.3 if reading.words >= 3 or reading.numbered else 1.5), "an identifier in its query"
    return 0.0, "a query"


# --- the page ---------------------------------------------------------------------------------------------------------

_PLACES = {Place.BODY: (0.5, "it stands in the page's middle"), Place.SIDE: (0.0, "it stands beside the page")}
_PLACES |= {Place.HEAD: (-1.2, "it stands in the page's head"), Place.MENU: (-2.5, "it stands in a menu")}
_PLACES |= {Place.FOOT: (-3.5, "it stands at the page's foot")}


def _of_page(one: Candidate) -> list[tuple[float, str]]:
    told = [_PLACES[one.place], _of_text(one.text, one.headed)]
    if one.headed:
        told.append((1.0, "its text is a heading"))
    return told


def _of_text(text: str, headed: bool) -> tuple[float, str]:
    if not text:
        return 0.0, "it has no text"
    if not any(c.isalpha() for c in text):
        return -2.5, "its text has no letters"
    length = len(text) if text.isascii() else len(text) + 1.5 * sum(c >= _WIDE for c in text)
    if length >= 40:
        return 2.4, "its text is as long as a headline"
    if length >= 24:
        return 1.5, "its text is as long as a headline"
    if length >= 15:
        return 0.2, "its text is short"
    return (-0.5 if headed else -1.5), "its text is a word or two"


def _sections(cases: Iterable[_Case]) -> Mapping[str, int]:
    """Count the links that lie under each address."""
    below: dict[str, int] = defaultdict(int)
    for case in cases:
        path = case.reading.path
        while (path := path.rpartition("/")[0]).count("/"):
            below[f"{case.reading.host}{path}"] += 1
    return below


def _settle_section(case: _Case, sections: Mapping[str, int]) -> None:
    reading = case.reading
    below = sections.get(f"{reading.host}{reading.path}", 0)
    if below >= _CHILDREN and not _is_telling(reading) and not reading.keys:
        case.settled = case.settled or f"a section: {below} of the links lie under it"


# --- what others of its kind are --------------------------------------------------------------------------------------


def _of_record(shape: str, counts: Counts) -> tuple[float, str] | None:
    """Weigh what a shape's addresses turned out to be, by the odds of it."""
    articles, others = counts.get(shape, (0, 0))
    if not articles + others:
        return None
    weight = max(-8.0, min(8.0, 2.0 * log((articles + 0.5) / (others + 0.5))))
    return weight, f"{articles} of {articles + others} addresses of its shape were articles"


def _compare(cases: Sequence[_Case]) -> None:
    """Let links of one shape, and links in one markup, speak for each other, and all for what articles have."""
    scores = [-6.0 if case.settled else max(-6.0, min(6.0, case.score)) for case in cases]
    told: list[tuple[int, float, str]] = []
    for name, key in (("shape", _by_shape), ("markup", _by_markup)):
        groups: dict[str, list[int]] = defaultdict(list)
        for index, case in enumerate(cases):
            groups[key(case)].append(index)
        for members in groups.values():
            if len(members) >= _FEW:
                weight, reason = _of_group([scores[index] for index in members], name)
                told += [(index, weight, reason) for index in members]
    told += _unlike(cases, scores)
    for index, weight, reason in told:
        cases[index].evidence.append((weight, reason))


def _of_group(scores: Sequence[float], name: str) -> tuple[float, str]:
    """Weigh the mean of a group, less where its links are of two minds."""
    agreement = abs(sum(scores)) / (sum(map(abs, scores)) or 1.0)
    weight = 0.5 * fmean(scores) * agreement * (1 - 1 / len(scores))
    return weight, f"{'like' if weight > 0 else 'no articles, like'} the {len(scores)} links of its {name}"


Test = Callable[[Reading], bool]
# What nearly all of the clear articles of a page have in their addresses, what the others lack, how much that weighs.
_HABITS: tuple[tuple[str, Test, Test, float], ...] = (
    ("date", lambda r: bool(r.dated), lambda r: not r.dated, -2.5),
    ("identifier", lambda r: r.numbered or bool(r.keys), lambda r: not (r.numbered or r.keys), -2.0),
    ("headline", lambda r: r.words >= 2, lambda r: r.words < 2, -1.5),
    ("headline at all", lambda r: r.words >= 3, lambda r: not r.words, -2.0),
    ("folder of articles", lambda r: _says_article(r), lambda r: not _says_article(r), -2.5),
)


def _unlike(cases: Sequence[_Case], scores: Sequence[float]) -> Iterator[tuple[int, float, str]]:
    """Yield the links that lack what the addresses of a page's clear articles have, nearly all of them."""
    clear = [case.reading for case, score in zip(cases, scores, strict=True) if score >= _CLEAR]
    if len(clear) < _MANY:
        return
    for name, common, lacks, weight in _HABITS:
        if sum(map(common, clear)) >= _NEARLY * len(clear):
            for index, case in enumerate(cases):
                if lacks(case.reading):
                    yield index, weight, f"no {name} in its address, where articles of the site have one"


def _by_shape(case: _Case) -> str:
    """Return the shape without the names of its sections; after a date, a word is a headline as well."""
    *folders, last = case.reading.shape.split("/")[1:]
    forms = [form if "<" in form else "*" for form in folders]
    return f"{case.reading.host}/{'/'.join(forms)}/{last.replace('<word>', '<slug>')}"


def _by_markup(case: _Case) -> str:
    return f"{case.one.place} {case.one.markup}"
