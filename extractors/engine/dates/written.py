"""Dates as people write them, in the languages of `calendar.toml`: the day, its time and zone, what it is the date of.

Where on a page to look for one is in `printed`; what machines write for machines is read in `machine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from extractors.engine.dates.calendars import calendar, day_of, year_of_era
from extractors.engine.dates.clocks import CLOCK, clock_in

LONGEST = 400  # characters of a text that is looked at
_LONGEST_MONTH = 24  # characters of a month's name and what parts it from its day
LONGEST_DAY, _ANY_YEAR = 32, 2024  # characters of a day without a year; one that has every day
_BEFORE = 60  # characters before a date that may say what it is the date of

PUBLISHED, MODIFIED, AS_OF, OTHER = "published", "modified", "as_of", "other"

_NAME = r"[^\s\d_!-/:-@\[-`{-~·•–—|،]{2,12}"  # (letters would leave out the vowels of Indian scripts)
_WORD = rf"(?:{_NAME}(?:\s(?:الثاني|الأول|الاول))?|[ก-๎]{{1,3}}\.[ก-ฮ]\.)"
_YEAR = r"(?:1[349]|2[05])\d\d"
_DATE = re.compile(
    rf"""(?=\d)(?<!\d)(?<!\d:)(?:
      (?P<y1>{_YEAR})\s?(?P<s1>[-/.年년])(?:[(（]\w{{2,7}}[)）])?\s?(?P<m1>\d{{1,2}})\s?[-/.月월]\s?(?P<d1>\d{{1,2}})(?!\d)
    | (?P<n1>\d{{1,2}})(?P<s2>[-/.])\s?(?P<n2>\d{{1,2}})(?P=s2)\s?(?P<y2>{_YEAR}|\d\d)(?!\d|[./]\d|-\d(?!\d?:))
    | (?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|ste|de|e|\.|º|°|ª|η)?[\s/-]{{0,3}}(?:(?:de|of)\s|d['’]\s?)?
      (?P<w3>{_WORD})(?:\s?/\s?{_WORD})?[.,׳']?[\s,/-]{{0,3}}(?:(?:de|del|of|г|พ\.ศ)\.?\s)?(?P<y3>{_YEAR})(?!\d)
    | (?P<d4>\d{{1,2}})\s+(?:tháng\s+|th)(?P<m4>\d{{1,2}})(?:,|\snăm)?\s+(?P<y4>{_YEAR})(?!\d)
    | (?P<y7>{_YEAR})\.\sgada\s(?P<d7>\d{{1,2}})\.\s(?P<w7>{_WORD})
    | (?P<y5>{_YEAR})[.,]?\s?(?:m\.\s)?(?P<w5>{_WORD})\.?\s(?P<d5>\d{{1,2}})(?!\d)
    )|(?<![^\W\d_])(?P<w6>{_WORD})\.?\s{{0,2}}(?P<d6>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s?,\s?|\s)(?:of\s)?(?P<y6>{_YEAR})(?!\d)
    |(?P<era>令和|平成|昭和|民[国國])(?P<y8>\d{{1,3}}|元)年\s?(?P<m8>\d{{1,2}})月\s?(?P<d8>\d{{1,2}})(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOUR = re.compile(r"\d{1,2}(?:[:.h]\d{2}){0,2} ?(?:[ap]\.?m\.?|uhr|hs?|min\.?)?", re.IGNORECASE)
_AFTER = re.compile(
    rf"[\s,;:|•·/@()T日일г.–—-]{{0,8}}(?:\(?[^\W\d_]{{1,9}}\)?[\s,.]{{0,3}}){{0,2}}(?:–|-|@)?\s?(?<!\d){CLOCK}",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"(?<![\d:.]){CLOCK}\)?[\s,;|•·/–—-]{{0,5}}"
    r"(?:(?:on|am|le|el|il|den|,)\s)?(?:[^\W\d_]{2,12}\.?,?\s{0,2})?$",
    re.IGNORECASE,
)
# Every date has this, and most lines have not; a digit first is found fast.
DATELIKE = re.compile(r"\d(?:\d{3}|\d?年|月|[./-]\s?\d{1,2}[./-]\s?\d\d)")
_DIGIT, _CLOCKLIKE = re.compile(r"\d"), re.compile(r"\d\s?(?:[:.h時]\s?\d|[ap]\.?\s?m)", re.IGNORECASE)
_DIGITS = {
    zero + n: str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10)
}  # to those of ASCII
_NUMERIC = ("y2", "n1", "n2")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # which tell what 3/4/2026 means
_WEEKDAY = re.compile(rf"(?<![^\W\d_])({'|'.join(_WEEKDAYS)})[a-z]{{0,6}}[.,]?\s?\Z", re.IGNORECASE)
_FORMS = (_NUMERIC, *((f"y{n}", f"d{n}", f"{'w' if n in (3, 5, 6, 7) else 'm'}{n}") for n in (6, 3, 1, 4, 5, 7, 8)))
_SAID_AFTER = re.compile(  # of what the date before is: a word of a script without spaces, a participle of German
    r"[\s日일]{0,2}([\u3040-\u9fff\uac00-\ud7a3]\S)(?!\S{0,3}[:：]?\s?\d)"
    r"|\s?(?:Uhr\s)?(ge[a-zäöü]+|[a-zäöü]+t)(?=[.,;)]| und | von |$)"
)
_STARTS = re.compile(r"(?<![^\W\d_])[^\W\d_]|©|[\u3040-\u9fff\uac00-\ud7a3]")  # of words; some scripts have no spaces


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a text: its value, what the words before it make it the date of (or None), where it stands."""

    value: datetime | date
    kind: str | None
    start: int
    end: int


def is_dated(text: str) -> bool:
    """Tell a line that is a date, perhaps with its place, from one that names a date."""
    dates = written_in(text)
    return bool(dates) and dates[-1].end - dates[0].start > len(text) // 2


def is_day(text: str) -> bool:
    """Tell a day without its year, perhaps with that of the week, and nothing else.

    >>> is_day("Monday, 4 May"), is_day("Mon May 4"), is_day("Montag, 4. Mai"), is_day("4 boats")
    (True, True, True, False)
    """
    if len(text) > LONGEST_DAY or not any(map(str.isdigit, text)):
        return False
    dates = written_in(f"{text}, {_ANY_YEAR}")
    return bool(dates) and dates[0].end > len(text) and not text[: dates[0].start].strip(" ,.").count(" ")


def is_hour(text: str) -> bool:
    """Tell a time of day, or a length of time, and nothing else.

    >>> is_hour("4:35 p.m."), is_hour("14.20 Uhr"), is_hour("4 men")
    (True, True, False)
    """
    return _HOUR.fullmatch(text) is not None


def written_in(
    text: str, language: str | None = None, *, day_first: bool = True, known: date | None = None
) -> list[Written]:
    """Find the dates in a line of text; a wall clock without a zone is naive.

    `day_first` tells what 3/4/2026 means, unless it is a `known` date in the other order.

    >>> [(w.kind, str(w.value)) for w in written_in("Published 4 March 2026 10:12 GMT, updated 5.3.2026")]
    [('published', '2026-03-04 10:12:00+00:00'), ('modified', '2026-03-05')]
    """
    text = text[:LONGEST]
    return list(_found(text, language, day_first, known)) if DATELIKE.search(text) else []


def _found(text: str, language: str | None, day_first: bool, known: date | None) -> Iterator[Written]:
    last = 0
    digit = _DIGIT.search(text)
    if not text.isascii():
        text = text.translate(_DIGITS)
    for match in _DATE.finditer(text, max(digit.start() - _LONGEST_MONTH, 0)) if digit else ():
        day = _day(match, language, day_first, known)
        if day is None:
            continue
        before = text[max(match.start() - _BEFORE, last) : match.start()]
        after = _AFTER.match(text, match.end())
        if after and kind_of(text[match.end() : after.start("h")]):
            after = None  # the time of the next date: "updated 10:20"
        clock = clock_in(after, day, language, before=match.end()) if after else None
        end = match.end()
        if after and clock:
            end = after.end() if clock.tzinfo or not after["zone"] else after.start("zone")
        if clock is None and _CLOCKLIKE.search(before) and (ahead := _AHEAD.search(before)):
            clock = clock_in(ahead, day, language, before=0)
        kind, last = kind_of(before), end
        if kind is None and (said := _SAID_AFTER.match(text, end)) and (kind := kind_of(said[1] or said[2])):
            last = said.end()
        yield Written(datetime.combine(day, clock) if clock else day, kind, match.start(), end)


def kind_of(before: str) -> str | None:
    """Tell what the words before a date make it the date of: the last one that says so counts.

    >>> kind_of("Published by A, last updated on "), kind_of("Saltmouth, ")
    ('modified', None)
    """
    text = before.casefold()
    table = _kinds()
    last, end = None, 0
    for start in _STARTS.finditer(text):
        at = start.start()
        for word, kind in table.get(text[at : at + 2], ()) if at >= end else ():
            if text.startswith(word.rstrip(), at) and (word[-1] != " " or not text[at + len(word) - 1 :][:1].isalpha()):
                last, end = kind, at + len(word)
                break
    return last


def _day(match: re.Match[str], language: str | None, day_first: bool, known: date | None) -> date | None:
    form = next(form for form in _FORMS if match[form[0]])
    year, day_text, month_text = (match[name] for name in form)
    if match["era"]:
        year = str(year_of_era(match["era"], year))
    if form is _NUMERIC:
        day, month = int(day_text), int(month_text)
        full = int(year) + (2000 if len(year) == 2 else 0)
        told = known is not None and (known.year, known.month, known.day) == (full, day, month)
        if month > 12 or told or (not day_first and match["s2"] == "/" and day <= 12):
            day, month = month, day
        found = day_of(full, month, day, language)
        if found is not None and month != day <= 12 and (weekday := _WEEKDAY.search(match.string, 0, match.start())):
            other = day_of(full, day, month, language)
            wanted = _WEEKDAYS.index(weekday[1].casefold())
            return other if other is not None and found.weekday() != wanted == other.weekday() else found
        return found
    return day_of(int(year), int(month_text) if month_text.isdecimal() else month_text, int(day_text), language)


@cache
def _kinds() -> dict[str, list[tuple[str, str]]]:
    """Return the words that say what a date is the date of, with their kind, by their first two letters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, words in calendar()["words"].items():
        for word in map(str.casefold, words):
            found.setdefault(word[:2], []).append((word, kind))
    return {key: sorted(words, key=lambda w: -len(w[0])) for key, words in found.items()}
