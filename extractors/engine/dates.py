"""When an article was published and modified, as the page says it; never one date for another.

A `datetime` keeps the page's own offset and is naive where the page gives none; a date without a time stays a `date`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from extractors.article import Label
from extractors.engine.elements import Role
from extractors.engine.runs import Outline
from extractors.engine.schema import objects_in, text_of
from extractors.page import Page

PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date",
    "dcterms.date", "date", "article.published", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "vr:published_time", "article_date_original", "article:published", "publication_date", "rnews:datepublished",
    "originalpublicationdate", "citation_publication_date", "article-publication-date", "last-published",
    "published_at", "datecreated", "article:create_time", "og:article:published_time", "publish_time", "release_date",
    "og:pubdate", "published-date", "published_time", "dc.date.created", "date.issued", "pdate",
    "mediator_published_time",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "lastmod", "last-modified",
    "article:updated_time", "modified", "dc.date.modified",
)  # fmt: skip
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:](\d{1,9}))?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?", re.IGNORECASE
)  # fmt: skip
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=[/_-])")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_LONGEST = 64  # characters of a date: dateparser takes seconds over a long one
EARLIEST = 1990
_BEFORE, _AFTER = 4, 16  # runs around the heading among which a byline's time stands
_APART = Role.ASIDE | Role.NAV | Role.FOOTER | Role.LIST | Role.FORM | Role.FIGURE


@dataclass(slots=True)
class When:
    """A time and where it came from."""

    value: datetime | date | None
    source: str | None


NEVER = When(None, None)


def read_date(text: str) -> datetime | date | None:
    """Read a machine's date: ISO 8601 and its usual deformations, RFC 2822, Unix times. None for anything else.

    >>> read_date("2026-03-01"), str(read_date("2026-03-01T08:30:00.25+0200"))
    (datetime.date(2026, 3, 1), '2026-03-01 08:30:00.250000+02:00')
    """
    text = text.strip()
    if not 8 <= len(text) <= _LONGEST:
        return None
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), UTC)
        if found := _ISO.match(text):
            return _from_iso(found)
        return _from_rfc(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _from_iso(found: re.Match[str]) -> datetime | date | None:
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    if not EARLIEST <= int(year) <= 2100:
        return None
    if hour is None:
        return date(int(year), int(month), int(day))
    stamp = f"{year}-{month}-{day}T{int(hour):02}:{minute}:{second or '00'}"
    if fraction:
        stamp += "." + (fraction + "000000")[:6]
    if zone:
        if zone[0] in "+-":
            digits = zone[1:].replace(":", "")
            digits = f"{int(digits):02}00" if len(digits) <= 2 else digits.zfill(4)
            stamp += f"{zone[0]}{digits[:2]}:{digits[2:]}"
        else:
            stamp += "+00:00"
    return datetime.fromisoformat(stamp)


def _from_rfc(text: str) -> datetime | date | None:
    from email.utils import parsedate_to_datetime

    if re.search(r"\d{1,2}:\d{2}", text) and re.search(r"[A-Za-z]{3}", text):
        return parsedate_to_datetime(text)
    return None


def published_of(page: Page, article: dict[str, Any], outline: Outline) -> When:
    """Return when the article was published; a candidate with a zone beats one without, one with a time a bare date.

    Where the page's own data is silent, its first time element speaks, then the day in its address.
    """
    found = _best(_candidates(page, article, "datePublished", PUBLISHED))
    return found if found.value is not None else _best((*_printed(outline), *_addressed(page.url)))


def modified_of(page: Page, article: dict[str, Any]) -> When:
    """Return when the article was last changed."""
    return _best(_candidates(page, article, "dateModified", MODIFIED))


def _candidates(page: Page, article: dict[str, Any], key: str, names: Iterable[str]) -> Iterator[When]:
    if (text := text_of(article.get(key))) and (value := read_date(text)):
        yield When(value, f"json-ld {key}")
    for name in names:
        for content in page.meta.get(name, ())[:1]:
            if value := read_date(content):
                yield When(value, f"meta {name}")
    for node in page.properties.get(key, ())[:3] if key.encode() in page.html else ():
        attributes = node.attributes
        text = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or node.text()
        if text and (value := read_date(text.strip())):
            yield When(value, f"itemprop {key}")
    if key == "datePublished":
        for item in page.jsonld:
            for part in (item, *objects_in(item.get("mainEntity"))):
                if part is not article and (text := text_of(part.get(key))) and (value := read_date(text)):
                    yield When(value, f"json-ld {key} of another object")


def _printed(outline: Outline) -> Iterator[When]:
    """Read the time elements beside the page's heading: elsewhere they may be a teaser's or a comment's."""
    heading = next((i for i, run in enumerate(outline.runs) if run.box.line.tag == "h1"), None)
    if heading is None:
        return
    for run in outline.runs[max(heading - _BEFORE, 0) : heading + _AFTER]:
        apart = run.box.roles & _APART or Label.RELATED in run.box.hints
        if run.when and not apart and (value := read_date(run.when)):
            yield When(value, "time element")
            return


def _addressed(url: str) -> Iterator[When]:
    if (found := _IN_ADDRESS.search(url)) and (value := read_date("-".join(found.groups()))):
        yield When(value, "address")


def _best(candidates: Iterable[When]) -> When:
    """Take the first candidate, unless a later one tells the same day with more: a time, or its zone."""
    best = NEVER
    for candidate in candidates:
        if _rank(best) == _FULL:
            break
        if best.value is None or (_rank(candidate) > _rank(best) and _same_day(candidate.value, best.value)):
            best = candidate
    return best


_FULL = 2  # a time of day with its zone: nothing tells more


def _rank(when: When) -> int:
    if not isinstance(when.value, datetime):
        return 0
    midnight = when.value.hour == when.value.minute == when.value.second == 0
    return (1 if when.value.tzinfo is None else 2) - (1 if midnight else 0)


def _same_day(a: datetime | date | None, b: datetime | date | None) -> bool:
    if a is None or b is None:
        return False
    days = [v.date() if isinstance(v, datetime) else v for v in (a, b)]
    return abs((days[0] - days[1]).days) <= 1
