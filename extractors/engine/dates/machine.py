"""Dates as machines write them for machines, ISO 8601 and its usual deformations; and how a page writes its own.

Where on a page to look for one is in `publication`; what people write for people is read in `written`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property

from extractors.engine.addresses import host_of
from extractors.engine.dates.calendars import EARLIEST, LATEST
from extractors.engine.dates.written import Written, written_in
from extractors.page import Page

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:](\d{1,9}))?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?", re.IGNORECASE
)  # fmt: skip
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_LONGEST = 64  # characters of a date
_MONTH_FIRST_HOSTS = ("com", "org", "net", "us", "edu", "gov", "mil", "info", "co", "io", "ph")
_DAY_FIRST_TAGS = re.compile(r"en[-_](?!us|ph|ca)", re.IGNORECASE)

_AMERICAN = re.compile(r"\d.{0,4}\b[ECMP][SD]?T\b")  # an hour in a zone of the United States
_FIGURES = re.compile(r"\d/\s?\d{1,2}/")  # what the order of day and month matters to
_YEAR, _BEFORE = re.compile(rb"/20\d\d(?=[<\s,])"), re.compile(rb"[>\s](\d{1,2})/(\d{1,2})$")  # in a page's bytes


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
        self.known: date | None = None  # what the page's data says, which figures in either order may repeat

    def value(self, text: str) -> datetime | date | None:
        """Read a date that stands alone, as `read_date`."""
        return _machine_date(text) or read_date(text, self._language, day_first=self._has_day_first(text))

    def line(self, text: str) -> list[Written]:
        """Find the dates in a line."""
        return written_in(text, self._language, day_first=self._has_day_first(text), known=self.known)

    def _has_day_first(self, text: str) -> bool:
        if "/" not in text or not _FIGURES.search(text):
            return True
        return self._day_first and not (self._language == "en" and _AMERICAN.search(text))

    @cached_property
    def _day_first(self) -> bool:
        """Whether the page writes the day before the month: all the world does, but for American English."""
        if self._language != "en":
            return True
        root = self._page.tree.root
        told = (root.attributes.get("lang") if root is not None else None, self._page.first("og:locale"))
        if any(_DAY_FIRST_TAGS.match(tag) for tag in told if tag):
            return True
        _, dot, suffix = host_of(self._page.url).rpartition(".")
        if dot != "" and suffix.isalpha() and suffix not in _MONTH_FIRST_HOSTS:
            return True
        html = self._page.html
        dates = (_BEFORE.search(html[max(year.start() - 6, 0) : year.start()]) for year in _YEAR.finditer(html))
        figures = [(int(date[1]), int(date[2])) for date in dates if date]
        # Other dates of the page, of which the order is sure.
        return {first > 12 for first, second in figures if (first > 12) != (second > 12)} == {True}


def _machine_date(text: str) -> datetime | date | None:
    text = text.strip()
    if not 8 <= len(text) <= _LONGEST:
        return None
    try:
        if text.isdecimal() and _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), UTC)
        found = _ISO.match(text)
        return _from_iso(found) if found else None
    except (ValueError, OverflowError):
        return None  # no day of any calendar in that form


def _from_iso(found: re.Match[str]) -> datetime | date | None:
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    if not EARLIEST <= int(year) <= LATEST:
        return None
    if hour is None:
        return date(int(year), int(month), int(day))
    return datetime(
        int(year), int(month), int(day), int(hour), int(minute), int(second or 0),
        int((fraction + "000000")[:6]) if fraction else 0, _zone(zone) if zone else None,
    )  # fmt: skip


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset) if offset else UTC
