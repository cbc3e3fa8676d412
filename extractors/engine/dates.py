"""When an article was published and modified, as the page says it; never one date for another.

A `datetime` keeps the page's own offset and is naive where the page gives none; a date without a time stays a `date`.
The page's own data speaks first, then its print (`printed_dates`), then what it carries out of sight (`hidden_dates`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from typing import Any

from extractors.engine.hidden_dates import addressed, guessed, marked_in, month_of, scripted_in
from extractors.engine.printed_dates import ENOUGH, Printed, printed_all_over, printed_near
from extractors.engine.runs import Outline
from extractors.engine.schema import objects_in, text_of
from extractors.engine.written_dates import EARLIEST, MODIFIED, PUBLISHED, Written, written_in
from extractors.page import Page

PUBLISHED_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "dc.date.issued", "dcterms.created", "dcterms.issued",
    "article.published", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "vr:published_time",
    "article_date_original", "article:published", "article:published:time", "publication_date", "rnews:datepublished",
    "originalpublicationdate", "citation_publication_date", "article-publication-date", "published", "bt:pubdate",
    "published_at", "datecreated", "article:create_time", "og:article:published_time", "publish_time", "release_date",
    "og:pubdate", "published-date", "published_time", "publicationdate", "dc.date.created", "date.issued", "dc:created",
    "mediator_published_time", "citation_online_date", "article.created", "date_published", "ptime",
)  # fmt: skip
DATE_NAMES = (  # of which date they are is not said
    "date", "dc.date", "dc:date", "dcterms.date", "pdate", "last-published", "displaydate", "article:date", "gentime",
)  # fmt: skip
MODIFIED_NAMES = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "lastmod", "last-modified",
    "article:updated_time", "modified", "dc.date.modified", "article:modified", "article:modified:time", "moddate",
    "og:article:modified_time", "updated", "date_modified", "revised", "article_date_updated",
)  # fmt: skip
_PUBLISHED_NAME = re.compile(r"publi[sc]h?|pub.?date|date.?pub|issued|creat|released?$")
_OTHER_NAME = re.compile(r"publisher|expir|unpub|modif|updat|by$|author|creator|event|until|depub")
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:](\d{1,9}))?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?", re.IGNORECASE
)  # fmt: skip
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_LONGEST = 64  # characters of a date
_LIKELY = 4.2  # weight of a printed date that outweighs a meta element which does not say of what it is the date
_EARLIER, _EARLIER_DAY = 4.5, 3.5  # of one that outweighs later data: an instant, a bare date
_FARTHEST, _STEP = timedelta(hours=14), timedelta(minutes=30)  # of the offsets of zones, but for a few
_HALF_A_DAY = timedelta(hours=12)  # more likely an afternoon whose "p.m." is not said
_MONTH_FIRST_HOSTS = ("com", "org", "net", "us", "edu", "gov", "mil", "info", "co", "io", "ph")
_HOST_END = re.compile(r"\w+://[^/:?#]*\.([a-zA-Z]+)(?=[:/?#]|$)")
_DAY_FIRST_TAGS = re.compile(r"en[-_](?!us|ph|ca)", re.IGNORECASE)


@dataclass(slots=True)
class When:
    """A time and where it came from."""

    value: datetime | date | None
    source: str | None


NEVER = When(None, None)


def read_date(text: str, language: str | None = None, *, day_first: bool = True) -> datetime | date | None:
    """Read a date that stands alone: ISO 8601 and its usual deformations, RFC 2822, Unix times, as people write it.

    >>> read_date("2026-03-01"), str(read_date("2026-03-01T08:30:00.25+0200"))
    (datetime.date(2026, 3, 1), '2026-03-01 08:30:00.250000+02:00')
    """
    if value := _machine_date(text):
        return value
    written = written_in(text, language, day_first=day_first) if 8 <= len(text) <= _LONGEST else []
    return written[0].value if len(written) == 1 else None


class Reading:
    """How a page writes dates: its language, and whether the day stands before the month."""

    def __init__(self, page: Page, language: str | None) -> None:
        self._page, self._language = page, language

    def value(self, text: str) -> datetime | date | None:
        """Read a date that stands alone, as `read_date`."""
        return _machine_date(text) or read_date(text, self._language, day_first=self._day_first)

    def line(self, text: str) -> list[Written]:
        """Find the dates in a line."""
        return written_in(text, self._language, day_first=self._day_first)

    @cached_property
    def _day_first(self) -> bool:
        """Whether the page writes the day before the month: all the world does, but for American English."""
        if self._language != "en":
            return True
        root = self._page.tree.root
        told = (root.attributes.get("lang") if root is not None else None, self._page.first("og:locale"))
        if any(_DAY_FIRST_TAGS.match(tag) for tag in told if tag):
            return True
        host = _HOST_END.match(self._page.url)
        return host is not None and host[1].lower() not in _MONTH_FIRST_HOSTS


def _machine_date(text: str) -> datetime | date | None:
    text = text.strip()
    if not 8 <= len(text) <= _LONGEST:
        return None
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), UTC)
        found = _ISO.match(text)
        return _from_iso(found) if found else None
    except (ValueError, OverflowError):
        return None  # no day of any calendar in that form


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


def dates_of(
    page: Page, article: dict[str, Any], outline: Outline, headline: str | None, language: str | None
) -> tuple[When, When]:
    """Return when the article was published and when it was last changed.

    A candidate with a zone beats one without, one with a time a bare date, where both tell the same day. Print counts
    where the page's own data is silent, or tells less than an instant.
    """
    reading = Reading(page, language)
    published = _best(_candidates(page, article, "datePublished", PUBLISHED_NAMES, reading))
    modified = _best(_candidates(page, article, "dateModified", MODIFIED_NAMES, reading))
    if _rank(published) == _FULL and _offset(published.value):
        return published, modified
    printed = _weighed(printed_near(outline, headline, reading, published.value), page.url)
    if published.value is None and not any(_believed(printed)):
        printed = _weighed((*printed, *printed_all_over(outline, reading)), page.url)
    ours = [p for p in printed if p.kind != MODIFIED]
    if modified.value is None:
        modified = next(_believed(p for p in printed if p.kind == MODIFIED), NEVER)
    if published.value is not None:
        return _compared(published, ours), modified
    return _without_data(page, ours, modified, reading), modified


def _offset(value: datetime | date | None) -> timedelta | None:
    return value.utcoffset() if isinstance(value, datetime) else None


def _compared(published: When, printed: list[Printed]) -> When:
    """Compare what the page's data says with its print, which may tell more of the same day, or an earlier one.

    Data that is later than the date under the headline was stamped anew when the page was put out again.
    """
    for one in printed:
        enough = _EARLIER if isinstance(published.value, datetime) else _EARLIER_DAY
        if one.weight >= enough and one.kind == PUBLISHED and _days_between(published.value, one.value) > 1:
            return _best((When(one.value, one.source), *_believed(printed)))
    if _rank(published) < _FULL:
        return _best((published, *(p for p in _believed(printed) if _same_clock(p.value, published.value))))
    if _offset(published.value) == timedelta():
        return next((w for p in _believed(printed) if (w := _at_home(published, p.value))), published)
    return published


def _at_home(published: When, printed: datetime | date | None) -> When | None:
    """Put an instant in UTC on the page's own clock where that shows another day: the difference is its offset."""
    instant = published.value
    if not (isinstance(instant, datetime) and isinstance(printed, datetime)) or _is_one_day(instant, printed):
        return None
    offset = printed.replace(tzinfo=UTC, second=0) - instant.replace(second=0, microsecond=0)
    if printed.tzinfo is not None and printed.utcoffset() != offset:
        return None
    if not offset or abs(offset) > _FARTHEST or abs(offset) == _HALF_A_DAY or offset % _STEP:
        return None
    return When(instant.astimezone(timezone(offset)), published.source)


def _without_data(page: Page, printed: list[Printed], modified: When, reading: Reading) -> When:
    """Find the day of publication where no data names it."""
    named = _best(_named(page, _unlisted_names(page), reading))
    if named.value is not None:
        return named
    undetermined = _best(_named(page, DATE_NAMES, reading))
    if printed and (undetermined.value is None or printed[0].weight >= _LIKELY) and printed[0].weight >= ENOUGH:
        return _best((*_believed(printed), undetermined))
    if undetermined.value is not None:
        return undetermined
    if day := addressed(page.url):
        return When(day, "address")
    marked = _weighed(
        (p for p in marked_in(page, reading) if p.kind != MODIFIED and not _is_one_day(p.value, modified.value)),
        page.url,
    )
    if marked and len({str(p.value)[:10] for p in marked if p.weight == marked[0].weight}) == 1:
        return When(marked[0].value, marked[0].source)
    if value := scripted_in(page, reading):
        return When(value, "script")
    if modified.value is None and (day := guessed(page)):
        return When(day, "htmldate")
    return NEVER


def _believed(printed: Iterable[Printed]) -> Iterator[When]:
    return (When(p.value, p.source) for p in printed if p.weight >= ENOUGH)


def _weighed(printed: Iterable[Printed], url: str) -> list[Printed]:
    """Weigh printed dates against the day or month in the page's address; return the likeliest first."""
    found = list(printed)
    day, month = (addressed(url), month_of(url)) if found else (None, None)
    for one in found:
        if one.kind == MODIFIED:
            continue
        if day:
            one.weight += 3.0 if _same_day(one.value, day) else -4.0
        elif month:
            months = (one.value.year - month[0]) * 12 + one.value.month - month[1]
            one.weight += 1.0 if months == 0 else -2.5 if abs(months) > 1 else 0.0
    return sorted(found, key=lambda p: -p.weight)


def _candidates(
    page: Page, article: dict[str, Any], key: str, names: Iterable[str], reading: Reading
) -> Iterator[When]:
    if (text := text_of(article.get(key))) and (value := reading.value(text)):
        yield When(value, f"json-ld {key}")
    yield from _named(page, names, reading)
    for node in page.properties.get(key, ())[:3] if key.encode() in page.html else ():
        attributes = node.attributes
        text = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or node.text()
        if text and (value := reading.value(text)):
            yield When(value, f"itemprop {key}")
    if key == "datePublished":
        for item in page.jsonld:
            for part in (item, *objects_in(item.get("mainEntity"))):
                if part is not article and (text := text_of(part.get(key))) and (value := reading.value(text)):
                    yield When(value, f"json-ld {key} of another object")


def _named(page: Page, names: Iterable[str], reading: Reading) -> Iterator[When]:
    for name in names:
        for content in page.meta.get(name, ())[:1]:
            if value := reading.value(content):
                yield When(value, f"meta {name}")


def _unlisted_names(page: Page) -> Iterator[str]:
    """Yield the names of meta elements that say "published" in the site's own way."""
    return (name for name in page.meta if _PUBLISHED_NAME.search(name) and not _OTHER_NAME.search(name))


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
    return a is not None and b is not None and abs(_days_between(a, b)) <= 1


def _is_one_day(a: datetime | date | None, b: datetime | date | None) -> bool:
    return a is not None and b is not None and a.isoformat()[:10] == b.isoformat()[:10]


def _days_between(a: datetime | date | None, b: datetime | date | None) -> int:
    if a is None or b is None:
        return 0
    days = [v.date() if isinstance(v, datetime) else v for v in (a, b)]
    return (days[0] - days[1]).days


def _same_clock(a: datetime | date | None, b: datetime | date | None) -> bool:
    """Tell whether two times may be one: where both have minutes they agree, whatever the zones of their hours."""
    if not (isinstance(a, datetime) and isinstance(b, datetime)) or _rank(When(b, None)) == 0:
        return True
    return (a.minute - b.minute) % 15 == 0
