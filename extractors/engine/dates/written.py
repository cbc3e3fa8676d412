"""Dates as people write them, in the languages of `calendar.toml`: the day, its time and zone, what it is the date of.

Where on a page to look for one is in `printed`; what machines write for machines is read in `machine`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

EARLIEST, LATEST = 1990, 2100
LONGEST = 400  # characters of a text that is looked at
_LONGEST_MONTH = 24  # characters of a month's name and what parts it from its day
_BEFORE = 60  # characters before a date that may say what it is the date of

PUBLISHED, MODIFIED, AS_OF, OTHER = "published", "modified", "as_of", "other"

_WORD = r"[^\W\d_]{3,12}(?:\s(?:الثاني|الأول|الاول))?"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""(?<![\d:])(?:
      (?P<y1>{_YEAR})\s?(?P<s1>[-/.年년])\s?(?P<m1>\d{{1,2}})\s?[-/.月월]\s?(?P<d1>\d{{1,2}})(?!\d)
    | (?P<n1>\d{{1,2}})(?P<s2>[-/.])\s?(?P<n2>\d{{1,2}})(?P=s2)\s?(?P<y2>{_YEAR}|\d\d)(?!\d|[./-]\d)
    | (?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|ste|de|e|\.|º|°|ª|η)?[\s/-]{{0,3}}(?:(?:de|of)\s|d['’]\s?)?
      (?P<w3>{_WORD})[.,]?[\s,/-]{{0,3}}(?:(?:de|del|of|г)\.?\s)?(?P<y3>{_YEAR})(?!\d)
    | (?P<d4>\d{{1,2}})\s+tháng\s+(?P<m4>\d{{1,2}})(?:,|\snăm)?\s+(?P<y4>{_YEAR})(?!\d)
    | (?P<y5>{_YEAR})[.,]?\s?(?:m\.\s)?(?P<w5>{_WORD})\.?\s(?P<d5>\d{{1,2}})(?!\d)
    )|(?<![^\W\d_])(?P<w6>{_WORD})\.?\s{{0,2}}(?P<d6>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s?,\s?|\s)(?:of\s)?(?P<y6>{_YEAR})(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ZONE = r"(?P<zone>(?:gmt|utc)?\s?[+−-]\d{1,2}(?::?\d\d)?(?!\d)|[^\W\d_]{1,4}(?![^\W\d_]))"
_CLOCK = r"(?P<h>\d{1,2})(?P<sep>\s?[:.：h時时시]\s?)(?P<m>\d\d)(?:\s?분|分)?(?:[:.](?P<s>\d\d)(?:\.\d{1,6})?)?(?!\d)"
_HALF = r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
_AFTER = re.compile(
    rf"""[\s,;|•·/@()T日일г.–—-]{{0,8}}(?:\(?[^\W\d_]{{1,9}}\)?[\s,.]{{0,3}}){{0,2}}(?:–|-|@)?\s?
    (?<!\d){_CLOCK}{_HALF}(?P<unit>\s?(?:uhr|hrs?|hs|uur|ч|น)\b\.?)?\s{{0,2}}\(?(?:{_ZONE})?""",
    re.VERBOSE | re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"(?<![\d:.]){_CLOCK}{_HALF}(?P<unit>\s?(?:uhr|hrs?|hs|uur|ч)\b\.?)?\s{{0,2}}\(?(?:{_ZONE})?\)?[\s,;|•·/–—-]{{0,5}}"
    r"(?:(?:on|am|le|el|il|den|,)\s)?(?:[^\W\d_]{2,12}\.?,?\s{0,2})?$",
    re.IGNORECASE,
)


_DIGIT, _CLOCKLIKE = re.compile(r"\d"), re.compile(r"\d\s?[:.h時]\s?\d")
_NUMERIC = ("y2", "n1", "n2")
_FORMS = (_NUMERIC, *((f"y{n}", f"d{n}", f"{'w' if n in (3, 5, 6) else 'm'}{n}") for n in (6, 3, 1, 4, 5)))
_STARTS = re.compile(r"(?<![^\W\d_])[^\W\d_]|©|[\u3040-\u9fff\uac00-\ud7a3]")  # of words; some scripts have no spaces


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a text: its value, what the words before it make it the date of (or None), where it stands."""

    value: datetime | date
    kind: str | None
    start: int
    end: int


def written_in(text: str, language: str | None = None, *, day_first: bool = True) -> list[Written]:
    """Find the dates in a line of text. `day_first` tells what 3/4/2026 means; a wall clock without a zone is naive.

    >>> [(w.kind, str(w.value)) for w in written_in("Published 4 March 2026 10:12 GMT, updated 5.3.2026")]
    [('published', '2026-03-04 10:12:00+00:00'), ('modified', '2026-03-05')]
    """
    return list(_found(text[:LONGEST], language, day_first))


def _found(text: str, language: str | None, day_first: bool) -> Iterator[Written]:
    last = 0
    digit = _DIGIT.search(text)
    for match in _DATE.finditer(text, max(digit.start() - _LONGEST_MONTH, 0)) if digit else ():
        day = _day(match, language, day_first)
        if day is None:
            continue
        before = text[max(match.start() - _BEFORE, last) : match.start()]
        after = _AFTER.match(text, match.end())
        if after and kind_of(text[match.end() : after.start("h")]):
            after = None  # the time of the next date: "updated 10:20"
        clock = _clock(after) if after else None
        end = match.end()
        if after and clock:
            end = after.end() if clock.tzinfo or not after["zone"] else after.start("zone")
        if clock is None and _CLOCKLIKE.search(before) and (ahead := _AHEAD.search(before)):
            clock = _clock(ahead)
        yield Written(datetime.combine(day, clock) if clock else day, kind_of(before), match.start(), end)
        last = end


def kind_of(before: str) -> str | None:
    """Tell what the words before a date make it the date of: the last one that says so counts.

    >>> kind_of("Published by A, last updated on "), kind_of("Saltmouth, ")
    ('modified', None)
    """
    text = before.casefold()
    table = _kinds()
    last = None
    for start in _STARTS.finditer(text):
        at = start.start()
        for word, kind in table.get(text[at : at + 2], ()):
            if text.startswith(word.rstrip(), at) and (word[-1] != " " or not text[at + len(word) - 1 :][:1].isalpha()):
                last = kind
                break
    return last


def _day(match: re.Match[str], language: str | None, day_first: bool) -> date | None:
    form = next(form for form in _FORMS if match[form[0]])
    year, day_text, month_text = (match[name] for name in form)
    if form is _NUMERIC:
        day, month = int(day_text), int(month_text)
        if month > 12 or (not day_first and match["s2"] == "/" and day <= 12):
            day, month = month, day
    else:
        day, month = int(day_text), int(month_text) if month_text.isdecimal() else _month(month_text, language)
    return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def _month(word: str, language: str | None) -> int:
    """Return the number of a month by its name, 0 for a word that is none."""
    name = word.casefold()
    for names in (_months(language), _months(None)):
        # Hebrew writes "in" onto the month, and a name may be cut short
        if number := names.get(name) or names.get(name.removeprefix("ב")):
            return number
    return 0


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"] or 0)
    zone, half = _zone(match["zone"]), match["half"]
    if match["sep"].strip() == "." and not (half or match["unit"] or zone):
        return None  # more likely a number than a time
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        return time(hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    name = text.strip().casefold().replace("−", "-")
    if (minutes := _calendar()["zones"].get(name)) is None:
        sign = max(name.find("+"), name.find("-"))
        digits = name[sign + 1 :].replace(":", "")
        if sign < 0 or not digits.isdecimal():
            return None
        hours, rest = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        minutes = (hours * 60 + rest) * (-1 if name[sign] == "-" else 1)
    return timezone(timedelta(minutes=minutes)) if abs(minutes) <= 14 * 60 else None


@cache
def _calendar() -> dict[str, Any]:
    return tomllib.loads(files("extractors.engine.dates").joinpath("calendar.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _months(language: str | None) -> dict[str, int]:
    """Return the numbers of the months by their names in a language, or in all of them."""
    tables = _calendar()["months"]
    chosen = tables.values() if language is None else [tables[language]] if language in tables else []
    found: dict[str, int] = {}
    for names in chosen:
        for number, forms in enumerate(names, 1):
            for form in forms.split("/"):
                found.setdefault(form.casefold(), number)
    return found


@cache
def _kinds() -> dict[str, list[tuple[str, str]]]:
    """Return the words that say what a date is the date of, with their kind, by their first two letters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, words in _calendar()["words"].items():
        for word in map(str.casefold, words):
            found.setdefault(word[:2], []).append((word, kind))
    return {key: sorted(words, key=lambda w: -len(w[0])) for key, words in found.items()}
