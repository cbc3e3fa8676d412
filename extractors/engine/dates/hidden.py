"""Dates that a page carries out of sight: in attributes of elements, in scripts, in its address; htmldate last of all.

None of this is looked at where the page's own data or its print gives a date.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from selectolax.lexbor import LexborNode

from extractors.engine.dates.calendars import LATEST, day_of
from extractors.engine.dates.printed import CLOCK, SEVERAL, STRANGE, Printed, Reader, changed_by_name
from extractors.engine.dates.written import OTHER, PUBLISHED, kind_of
from extractors.engine.markup.hints import hints_of
from extractors.page import Page
from extractors.text import fold, scrub

_MARKED = (
    "time, date, abbr[title], .published, .updated, [class*='date' i], [id*='date' i], [class*='datum' i], "
    "[class*='publish' i], [class*='posted' i], [class*='timestamp' i], [class*='timeago' i], "
    "[class*='submitted' i], relative-time, time-ago, local-time, "
    "[property*='date' i]:not(meta), [data-timestamp], [data-datetime], [data-date], [data-published]"
)
_TOLD = ("datetime", "title", "content", "data-datetime", "data-timestamp", "data-time", "data-published", "data-date")
_TIMES = frozenset({"time", "relative-time", "time-ago", "local-time"})
_MANY = "p ~ p ~ p, ul, table, h1, h2, article, section, form"  # what no element has that holds but a date
_LARGEST = 3_000_000  # bytes of a page that is searched element by element
_MOST, _LONGEST = 60, 160  # elements that are looked at, characters of the text of one
_ABOVE = 8  # ancestors whose names are asked
_APART = frozenset({"footer", "nav", "aside", "figure", "figcaption"})
_SCRIPTED = tuple(  # each opens with letters of its own, for which the C side searches fast
    re.compile(
        rb"""(%s\w{0,14})["'\\]{0,4}\s?:\s?(?:["'\\]{1,4}([^"'\\<>{}]{8,40})["'\\]|(1\d{9}(?:\d{3})?)\b)""" % opening
    )
    for opening in (
        rb"ublish",
        rb"ublication_?[dD]ate",
        rb"pub_?[dD]ate",
        rb"first_?[pP]ub",
        rb"eploy_?[dD]t",
        rb"reg_?[dD]t",  # as Korean systems have it
    )
)
_WORD_END = re.compile(rb"\w*$")
_DIGIT = re.compile(r"\d")
_IN_ADDRESS = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=[/_.-]|$)"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/[A-Za-z_]{3,20}/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=/)"),
    re.compile(r"[/_-](?P<y>(?:19|20)\d\d)(?P<gap>-?)(?P<m>[01]\d)(?P=gap)(?P<d>[0-3]\d)(?=[/_.-]|$)"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>[01]\d)(?P<d>[0-3]\d)(?=/)"),
    re.compile(r"/(?P<y>20(?P<short>\d\d))/(?P<m>[01]\d)/(?P=short)(?P=m)(?P<d>[0-3]\d)(?=[/_.-]|$)"),
    re.compile(r"/(?P<y>20\d\d)/(?P<m>[a-z]{3,9})/(?P<d>\d{1,2})(?=/)"),
    re.compile(r"[/_-](?P<d>[0-3]\d)[.-](?P<m>[01]\d)[.-](?P<y>(?:19|20)\d\d)(?=[/_.-]|$)"),
)
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]\d)(?=/)")


def marked_in(page: Page, read: Reader) -> Iterator[Printed]:
    """Yield the dates of the elements that are marked as dates anywhere on the page, but for comments and teasers."""
    if len(page.html) > _LARGEST:
        return
    nodes = page.tree.css(_MARKED)[:_MOST]
    entries = {node.mem_id for node in nodes if node.tag == "time" and CLOCK.fullmatch(fold(node.text()))}
    for node in nodes:
        if node.mem_id in entries and len(entries) >= SEVERAL:
            continue  # clocks of a live blog
        attributes = node.attributes
        told = [v for n in _TOLD if (v := attributes.get(n)) and len(v) < _LONGEST]
        if node.tag == "body" or node.css_first(_MANY) is not None or _is_apart(node):
            continue  # (a quick look: the text of boxes within boxes would be read again and again)
        text = fold(node.text())
        if not told and len(text) > _LONGEST:
            continue
        text = text[:_LONGEST]
        for shown in (*told, text):
            dates = read.line(shown)
            if value := dates[0].value if dates else read.value(shown):
                names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
                said = dates[0].kind if dates else None
                kind = said or kind_of(_DIGIT.split(text, 1)[0]) or changed_by_name(names)
                if kind != OTHER:
                    weight = 1.0 if node.tag in _TIMES or "published" in names else 0.0
                    yield Printed(value, kind or PUBLISHED, weight, "element marked as a date")
                break


def _is_apart(node: LexborNode) -> bool:
    here: LexborNode | None = node
    for _ in range(_ABOVE):
        if here is None or here.tag == "body":
            return False
        attributes = here.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if here.tag in _APART or not STRANGE.isdisjoint(hints_of(names)[0]):
            return True
        here = here.parent
    return False


def scripted_in(page: Page, read: Reader) -> date | datetime | None:
    """Return the date that the page's scripts give its story: that of the first such name, if it has but one day."""
    days: dict[bytes, list[date | datetime]] = {}
    for pattern in _SCRIPTED:
        for match in islice(pattern.finditer(page.html), _MOST):
            if _is_read(page, match.start()):
                continue
            name = _WORD_END.findall(page.html[max(match.start() - 16, 0) : match.start()])[0] + match[1]
            if value := read.value((match[2] or match[3]).decode("utf-8", "replace")):
                days.setdefault(name, []).append(value)
    for values in days.values():
        if len({value.isoformat()[:10] for value in values}) == 1:
            return max(values, key=lambda v: isinstance(v, datetime))
    return None


def _is_read(page: Page, at: int) -> bool:
    """Tell whether a place of the page is in JSON-LD that was read as such: what its objects are is known."""
    script = page.html.rfind(b"<script", 0, at)
    return script >= 0 and b"ld+json" in page.html[script : script + 100] and not page.warnings


def addressed(url: str) -> date | None:
    """Return the day in an address, of the story at that address.

    >>> addressed("https://a.example/2026/05/04/pier"), addressed("https://a.example/2026/05/pier-4")
    (datetime.date(2026, 5, 4), None)
    """
    for pattern in _IN_ADDRESS if "20" in url or "19" in url else ():
        if found := pattern.search(url):
            month = found["m"]
            if day := day_of(int(found["y"]), int(month) if month.isdecimal() else month, int(found["d"]), "en"):
                return day
    return None


def month_of(url: str) -> tuple[int, int] | None:
    """Return year and month in an address.

    >>> month_of("https://a.example/2026/05/pier")
    (2026, 5)
    """
    found = _MONTH_IN_ADDRESS.search(url)
    return (int(found[1]), int(found[2])) if found else None


def guessed(page: Page) -> date | None:
    """Return what htmldate takes for the day of publication, without its search through all of the text.

    The first of a month is what it makes of a month without a day: that is no day the page gives.
    """
    if len(page.html) > _LARGEST:
        return None
    from htmldate import find_date  # heavy to import: only for the pages that give no date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    bound = f"{LATEST}-01-01"  # of its own: the clock is none of the page's
    html = scrub(page.tree.html or "")  # lxml raises where it moves a control character
    try:
        found = find_date(html, url=page.url, original_date=True, extensive_search=False, max_date=bound)
    except ValueError:  # it makes times of zones that there cannot be: "+99:99"
        return None
    day = date.fromisoformat(found) if found else None
    return day if day and day.day > 1 else None
