"""Times of day as people write them: clocks of twelve and of twenty-four hours, and the zones of `calendar.toml`."""

from __future__ import annotations

import re
from datetime import date, time, timedelta, timezone

from extractors.engine.dates.calendars import calendar

_ZONE = (
    r"(?P<zone>(?:gmt|utc)?\s?[+−-]\d{1,2}(?::?\d\d)?(?!\d)|(?:eastern|central|mountain|pacific)\s(?:\w+\s)?time"
    r"|[^\W\d_]{1,4}(?![^\W\d_]))"
)
_MINUTES = (
    r"(?P<sep>\s?[:.：h時时시]\s?)(?P<m>\d\d)(?:\s?분|分)?(?:[:.](?P<s>\d\d)(?:\.\d{1,6})?)?"
    r"(?!\d(?!\d? [^\W\d_]))"  # nothing may part a clock from how long the story is to read: "10:308 min"
)
_HALF = r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
_UNIT = r"(?P<unit>\s?(?:uhr|hrs?|hs|uur|ч|น)\b\.?)?"
CLOCK = rf"(?P<h>\d{{1,2}})(?!\d)(?:{_MINUTES})?{_HALF}{_UNIT}[\s,]{{0,2}}\(?(?:{_ZONE})?"
# Words that tell the half of the day, before the hour or after it
_LATE = re.compile(r"午後|下午|晚上|오후|(?<!\w)(?:م|مساءً?|μ\.?\s?μ|CH|ÖS|ب\.?\s?ظ)(?!\w)")
_EARLY = re.compile(r"午前|上午|凌晨|오전|(?<!\w)(?:ص|صباحا?ً?|π\.?\s?μ|SA|ÖÖ|ق\.?\s?ظ)(?!\w)")
_BEHIND = 8  # characters after a clock that may tell its half
_SPOKEN = re.compile(r"(?<!\w)(?:kl|klo|klokken|ore|alle|godz|pukul|jam|um|om|ob|kell|at)\W*$", re.IGNORECASE)
_DOTTED = frozenset({"da", "fi", "id", "it", "nb", "nn", "no", "sv", "tr"})  # languages whose clocks have a full stop
_AMERICAN = {"e": -5, "c": -6, "m": -7, "p": -8}  # hours from UTC in winter, by the first letter of the zone
_ALL_YEAR = re.compile(
    r"[ECMP]T|(?i:[ecmp]\w+\s(?:\w+\s)?time)"
)  # names of a zone that leave out which half of the year


def clock_in(match: re.Match[str], day: date, language: str | None, *, before: int) -> time | None:
    """Return the time of a match of `CLOCK`, whose words begin at `before`; None where it is more likely a number."""
    hour, minute, second = int(match["h"]), int(match["m"] or 0), int(match["s"] or 0)
    text, half = match.string, match["half"]
    zone = _zone(match["zone"], day, hour)
    told = zone is not None or half or match["unit"]
    between = text[before : match.start("h")]
    if not match["m"] and not (half or match["unit"]):
        return None
    if (
        match["m"]
        and match["sep"].strip() == "."
        and not (told or _SPOKEN.search(between) or _is_dotted(match, language))
    ):
        return None
    if not text.isascii() and not half:
        end = max(map(match.end, ("h", "m", "s")))
        around = f"{between} {text[end : end + _BEHIND]}"
        half = "p" if _LATE.search(around) else "a" if _EARLY.search(around) else None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        return time(hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _is_dotted(match: re.Match[str], language: str | None) -> bool:
    return language in _DOTTED and len(match["h"]) == 2


def _zone(text: str | None, day: date, hour: int) -> timezone | None:
    if not text:
        return None
    name = text.strip().casefold().replace("−", "-")
    if _ALL_YEAR.fullmatch(text.strip()):
        hours = _AMERICAN[name[0]] + (_is_summer(day, hour) if "standard" not in name else 0)
        return timezone(timedelta(hours=hours))
    if (minutes := calendar()["zones"].get(name)) is None:
        sign = max(name.find("+"), name.find("-"))
        if sign < 0:
            return None
        digits = name[sign + 1 :].replace(":", "")
        hours, rest = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        minutes = (hours * 60 + rest) * (-1 if name[sign] == "-" else 1)
    return timezone(timedelta(minutes=minutes)) if abs(minutes) <= 14 * 60 else None


def _is_summer(day: date, hour: int) -> bool:
    """Tell whether the clocks of North America are an hour ahead, which they are put to at two in the morning."""
    new = day.year >= 2007
    start, end = _sunday(day.year, 3, 2) if new else _sunday(day.year, 4, 1), _sunday(day.year, 11, 1 if new else 0)
    return (start, 2) <= (day, hour) < (end, 2)


def _sunday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=6 - first.weekday() + 7 * (number - 1))
