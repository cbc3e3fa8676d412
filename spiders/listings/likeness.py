"""Which links look like articles: a verdict on each, with the reason. The network, and the store, are not asked.

Evidence adds up, in units in which the score of an even chance is 0. It comes from the address (`shapes`), the words
in it (`wording`), where on a page the link stands (`evidence`), from what links of the same shape and markup look
like (`company`), and from what a site's addresses of a shape have turned out to be before. No rule names a site.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from spiders.listings.anchors import Candidate
from spiders.listings.company import compare, sections_of, settle_section
from spiders.listings.evidence import NEAR_STORIES, Case, is_telling, of_address, of_page
from spiders.listings.shapes import INDEX, Counts, Reading, reading_of
from spiders.listings.traps import trap_in
from spiders.listings.wording import settle_words
from spiders.record import Kind

_FILES = frozenset(
    """pdf jpg jpeg png gif webp svg avif ico mp3 mp4 m4a m4v mov avi webm ogg wav zip gz rar exe apk dmg doc docx xls
    xlsx ppt pptx odt csv print xml rss atom json txt ics js css epub""".split()
)
_NUMBERS = frozenset("p id aid article articleid story storyid".split())  # of the address that has nothing else
_PRIORS = {Kind.FEED: (5.0, "a feed lists it"), Kind.SITEMAP: (3.0, "a sitemap lists it")}
_TOGGLES = frozenset("replytocom share print outputtype redirect redirect_to returnto return_to".split())
_SEARCHES = frozenset("s q query".split())
_TELLING = re.compile(r"\d{4}|[-_].+[-_]|[^\x00-\x7f]")  # of a last name: it is more than what a form is called
_PAGE = re.compile(
    r"/(?:page|seite|pagina|strona|sida|stranica)[/-]?\d+$|/comment-page-\d+$|/comments?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a link looks like an article, and what spoke most for that."""

    url: str
    article: bool
    reason: str
    trap: str | None = None  # the part of the address that makes a trap of it


def judge(candidates: Sequence[Candidate], counts: Counts | None = None, listed: Kind = Kind.FRONT) -> list[Verdict]:
    """Return a verdict on each candidate, in their order.

    Args:
        candidates: the links of one listing: their evidence on each other counts.
        counts: what the site's addresses of each shape (`shape_of`) turned out to be.
        listed: the kind of listing. What a feed lists is an article unless there are strong signs; a sitemap, unless
            it tells headlines, lists all pages of a site.
    """
    page = listed not in _PRIORS
    cases = [_opened(one, listed) for one in candidates]
    _settle_forms(cases)
    settle_words(cases, counts or {}, feed=listed is Kind.FEED)
    sections = sections_of(cases)
    for case in cases:
        case.evidence += of_address(case.reading, case.word)
        case.evidence += of_page(case.one, case.reading) if page else [_PRIORS[listed]]
        if listed is Kind.SITEMAP and case.one.text:
            case.evidence.append((2.0, "a sitemap tells its headline"))
        if listed is not Kind.FEED:
            settle_section(case, sections)
        known = _of_record(case.reading.shape, counts or {})
        if known and (known[0] < 0 or case.one.place in NEAR_STORIES or _is_particular(case.reading.shape)):
            case.evidence.append(known)
    if page:
        compare(cases)
    return [_summed(case) for case in cases]


def _opened(one: Candidate, listed: Kind) -> Case:
    reading = reading_of(one.url)
    case = Case(one, reading, [])
    if trap := trap_in(reading):
        case.trap, case.settled = trap[0], f"a trap: {trap[1]}"
    elif not (reading.folders or _is_chosen(reading)) and (not reading.last or reading.last in INDEX):
        case.settled = "a front page"
    elif reading.extension in _FILES:
        case.settled = f"a file, not a page (.{reading.extension})"
    elif {key.lower() for key in reading.keys} & (_TOGGLES if reading.chosen else _TOGGLES | _SEARCHES):
        case.settled = "another form of a page"
    elif _PAGE.search(reading.path):
        case.settled = "a further page of a list"
    elif one.paid:
        case.filed, case.settled = True, f"paid for: its card says “{one.paid}”"
    elif reading.bare and listed is not Kind.FEED:  # a site may number its stories 1987 and 2026 as well
        case.settled = "an archive: its address ends with a date"
    return case


def _settle_forms(cases: Sequence[Case]) -> None:
    """Take for a form of a page what differs from its address, which is listed too, by a query or a last name.

    Only where that names a page: articles lie under sections, not under one another.
    """
    pages = [c.reading for c in cases if is_telling(c.reading) and not c.reading.bare]
    plain = {(page.host, page.path) for page in pages if not page.keys}
    sure = {(page.host, page.path) for page in pages if page.words >= 3 and (page.dated or page.numbered)}
    for case in cases:
        host, path = case.reading.host, case.reading.path
        above, _, last = path.rpartition("/")
        if case.reading.keys and (host, path) in plain:
            case.settled = case.settled or "another form of a page: it is listed without its query as well"
        elif not _TELLING.search(last) and not {(host, above), (host, above.rpartition("/")[0])}.isdisjoint(sure):
            case.settled = case.settled or "another form or a part of a page that is listed as well"


def _is_chosen(reading: Reading) -> bool:
    """Say whether the query of an address that names no page says which it is."""
    return reading.chosen or not _NUMBERS.isdisjoint(reading.keys)


def _is_particular(shape: str) -> bool:
    """Say whether a shape is none that pages about the site have as well: those have no numbers."""
    return "<id>" in shape or "<date>" in shape


def _of_record(shape: str, counts: Counts) -> tuple[float, str] | None:
    """Weigh what a shape's addresses turned out to be, by the odds of it."""
    articles, others = counts.get(shape, (0, 0))
    if not articles + others:
        return None
    most = 4.0 if _is_particular(shape) else 1.5
    odds = log((articles + 0.5) / (others + 0.5))
    weight = min(most, 2.0 * odds) if odds > 0 else max(-12.0, 3.5 * odds)
    return weight, f"{articles} of {articles + others} addresses of its shape were articles"


def _summed(case: Case) -> Verdict:
    if case.settled:
        return Verdict(case.one.url, False, case.settled, case.trap)
    article = case.score > 0
    weights = case.evidence if article else [(-weight, reason) for weight, reason in case.evidence]
    return Verdict(case.one.url, article, max(weights)[1])
