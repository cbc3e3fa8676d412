"""Days as people name them: months in the languages of `calendar.toml`, eras, the Buddhist and the Persian year."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

EARLIEST, LATEST = 1990, 2100
_MARKS = re.compile("[\u0300-\u036f.׳']")  # accents that capitals may lack, and points of abbreviations
_SHORTEST = 3  # letters of a name cut short
_BUDDHIST, _SOLAR = 2500, 1500  # years from which on, and up to which, a year is no common one
_SOLAR_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # years of 366 days in the 33 of a cycle
_SOLAR_START = 1300, date(1921, 3, 21)
_HALF_YEAR = 6  # months of 31 days


@cache
def calendar() -> dict[str, Any]:
    """Return the tables of `calendar.toml`."""
    return tomllib.loads(files("extractors.engine.dates").joinpath("calendar.toml").read_text(encoding="utf-8"))


def day_of(year: int, month: int | str, day: int, language: str | None = None) -> date | None:
    """Return a day, its month by number or name, in the calendar that its year and its language tell; None for no day.

    >>> day_of(2026, "Mai", 4), day_of(2569, "พค", 4, "th"), day_of(1405, 2, 14, "fa"), day_of(2026, 2, 30)
    (datetime.date(2026, 5, 4), datetime.date(2026, 5, 4), datetime.date(2026, 5, 4), None)
    """
    if year < _SOLAR:
        number = _solar_months().get(plain(month), 0) if isinstance(month, str) else month if language == "fa" else 0
        return _of_solar(year, number, day)
    if year >= _BUDDHIST and (language == "th" or "ก" <= str(month)[0] <= "๎"):
        year -= 543
    number = month if isinstance(month, int) else _month(month, language)
    try:
        return date(year, number, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def year_of_era(era: str, year: str) -> int:
    """Return the common year of a year of an era, of which the first may be told by a word.

    >>> year_of_era("令和", "8"), year_of_era("令和", "元")
    (2026, 2019)
    """
    start: int = calendar()["eras"][era]
    return start + (int(year) if year.isdecimal() else 1)


def plain(word: str) -> str:
    """Return a word without case, accents and points, as capitals and abbreviations have it."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", word.casefold())).replace("ı", "i")


def _month(word: str, language: str | None) -> int:
    """Return the number of a month by its name, 0 for a word that is none."""
    name = plain(word)
    for names in (_months(language), _months(None)):
        # Hebrew writes "in" onto the month, and a name may be cut short
        if number := names.get(name) or names.get(name.removeprefix("ב")):
            return number
    return 0


@lru_cache(maxsize=64)
def _months(language: str | None) -> dict[str, int]:
    """Return the numbers of the months by their names in a language, cut short or not; or by those of all languages."""
    tables = calendar()["months"]
    found: dict[str, int] = {}
    for names in tables.values() if language is None else [tables.get(language, [])]:
        for number, forms in enumerate(names, 1):
            for form in forms.split("/"):
                found.setdefault(plain(form), number)
    cut: dict[str, set[int]] = {}
    for form, number in found.items() if language is not None else ():
        for end in range(_SHORTEST, len(form)):
            cut.setdefault(form[:end], set()).add(number)
    return {name: min(numbers) for name, numbers in cut.items() if len(numbers) == 1} | found


@cache
def _solar_months() -> dict[str, int]:
    return {plain(name): number for number, name in enumerate(calendar()["solar_months"], 1)}


def _of_solar(year: int, month: int, day: int) -> date | None:
    first, start = _SOLAR_START
    if year < first or not 1 <= month <= 12 or not 1 <= day <= (31 if month <= _HALF_YEAR else 30):
        return None
    days = sum(366 if y % 33 in _SOLAR_LEAP else 365 for y in range(first, year))
    common = start + timedelta(days + (month - 1) * 31 - max(month - _HALF_YEAR - 1, 0) + day - 1)
    return common if EARLIEST <= common.year <= LATEST else None
