"""The shape of an address: what addresses of one kind have in common at a site. Whether it is an article, `likeness`.

Numbers, dates, codes and headlines are each put under one word, folders stay: `/world/<slug>-<id>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from spiders.listings.vocabulary import KINDS

Counts = Mapping[str, tuple[int, int]]  # by shape: how many addresses turned out to be articles, and how many not

# Host, path and query: `urlsplit` takes as long as all the rest.
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#]*@)?([^/?#:]*)(?::[^/?#]*)?([^?#]*)(?:\?([^#]*))?", re.IGNORECASE
)
_PLAIN = re.compile(r"([a-z]+(?:-[a-z]+){2,})(-\d{5,})?")  # most headlines
_FILE = re.compile(r"(.+)\.([a-z][a-z0-9]{1,4})", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_PARTS = re.compile(r"[^\W_]+")  # words and numbers of a segment
_NAME = re.compile(r"[a-z]+\d{0,4}|\d{1,4}(?:st|nd|rd|th|am|pm|m|k|g|km|er|e|a)?", re.IGNORECASE)  # "covid19", "2nd"
_CODE = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]{5,}", re.IGNORECASE)
_CAMEL = re.compile(r"[a-z][A-Z]")
_SCRIPTS = frozenset(("php", "asp", "aspx", "jsp", "cfm", "cgi", "pl", "do"))  # the query says which page it is
_VOWELS = re.compile(r"[aeiouy]", re.IGNORECASE)
_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
_DATE = re.compile(r"(?:19|20)\d\d[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])")
_MONTH = re.compile(r"(?:19|20)\d\d-(?:0?[1-9]|1[0-2])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAYS = re.compile(r"(?:0?[1-9]|[12]\d|3[01])")
_CHOICE = re.compile(r"\d{3,12}")  # a page's number in a query
# Parameters whose numbers are those of lists and of pages about the site, or of a day.
_MODES = frozenset(
    "action act mod mode module op do task view show type page p a".split()
)  # whose words are as folders
_LISTS = frozenset(
    """
    cat category categoryid catid cat_id section sectionid page_id attachment_id author tag_id term m year y month day
    date data w page paged start offset limit pg
    """.split()
)
INDEX = frozenset(("index", "default", "home"))  # files that are the folder's own page
_WORDY = 3  # words that make a headline of a segment
_BRIEF = 3  # letters that are no word of a headline
_LONG = 5  # digits that make an identifier of a number
_UNSPACED = "\u2e80"  # scripts from here on write words without spaces: three characters count as one


@dataclass(frozen=True, slots=True)
class Reading:
    """An address taken apart.

    `folders` are its segments but for the last, lower case; `last` is the last without its extension; `dated` is
    "day", "month", "year" or ""; `words` counts those of the longest segment that names the page; `numbered` says
    whether an identifier stands in it; `bare` that nothing comes after the date; `mark` is the word before the
    identifier, if there is one; `keys` names the parameters of the query, `values` are
    those of theirs that say what to show, and `chosen` says that one is a number as pages have them.
    """

    host: str
    path: str
    shape: str
    folders: tuple[str, ...]
    last: str
    extension: str
    dated: str
    bare: bool
    words: int
    numbered: bool
    mark: str
    keys: tuple[str, ...]
    values: tuple[str, ...]
    chosen: bool


def shape_of(url: str) -> str:
    """Return the shape of an address, its host before it.

    >>> shape_of("https://www.news.example/world/2026/11/20/ferry-is-late-again-82714.html")
    'news.example/world/<date>/<slug>-<id>.html'
    >>> shape_of("https://news.example/story.php?id=123456"), shape_of("https://news.example/tag/ferry")
    ('news.example/story.php?id', 'news.example/tag/<word>')
    """
    return reading_of(url).shape


def reading_of(url: str) -> Reading:
    """Take an address apart; one that is none has no parts."""
    parts = _ADDRESS.match(url)
    host, path, query = parts.groups("") if parts else ("", "", "")
    host, path = host.lower().removeprefix("www."), unquote(path) if "%" in path else path
    segments = [segment for segment in path.partition(";")[0].split("/") if segment]
    extension = ""
    if segments and (file := _FILE.fullmatch(segments[-1])):
        segments[-1], extension = file[1], file[2].lower()
    dated, undated = _undated(segments)
    pairs = [pair.partition("=")[::2] for pair in query.split("&")] if query else []
    keys = tuple(sorted({key for key, _ in pairs if key}))
    last = segments[-1] if segments else ""
    bare = bool(dated) and undated[-1].startswith("<") and not any(map(_PLAIN.fullmatch, undated))
    told = [] if bare else [_form(segment, index == len(undated) - 1) for index, segment in enumerate(undated)]
    if last.lower() in INDEX:
        told = [replace(form, numbered=False) for form in told]
    named = [form for form in told[-3:] if form.words >= _WORDY or form.numbered] or told[-1:]
    forms = [segment if segment.startswith("<") else form.shape for segment, form in zip(undated, told, strict=False)]
    named_so = bare or any(form.words >= _WORDY or form.numbered for form in named)
    telling = bool(keys) and (extension in _SCRIPTS or not named_so)
    if forms and (extension in _SCRIPTS or (telling and extension)):
        forms[-1] = last.lower()[:32]
    shape = f"{host}/{'/'.join(forms or undated)}" + (f".{extension}" if extension else "")
    return Reading(
        host=host,
        path="/" + "/".join(segments),
        shape=shape + (f"?{'&'.join(keys)[:80]}" if telling else ""),
        folders=tuple(segment.lower() for segment in segments[:-1]),
        last=last.lower(),
        extension=extension,
        dated=dated or next((form.dated for form in told[-1:]), ""),
        bare=bare,
        words=max((form.words for form in named), default=0),
        numbered=any(form.numbered for form in named),
        mark=next((form.mark for form in named if form.mark), ""),
        keys=keys,
        values=tuple(value.lower() for key, value in pairs if telling and key.lower() in _MODES),
        chosen=telling and any(_CHOICE.fullmatch(value) and key.lower() not in _LISTS for key, value in pairs),
    )


@dataclass(frozen=True, slots=True)
class _Form:
    shape: str
    words: int = 0
    numbered: bool = False
    mark: str = ""
    dated: str = ""


def _undated(segments: list[str]) -> tuple[str, list[str]]:
    """Put one word for the segments that are a date; say how exact it is."""
    for index, segment in enumerate(segments):
        after = segments[index + 1 : index + 3]
        if _DATE.fullmatch(segment):
            return "day", [*segments[:index], "<date>", *segments[index + 1 :]]
        if _MONTH.fullmatch(segment):
            return "month", [*segments[:index], "<month>", *segments[index + 1 :]]
        if not _YEAR.fullmatch(segment):
            continue
        if after and (len(after[0]) == 4 and _DATE.fullmatch(segment + after[0])):
            return "day", [*segments[:index], "<date>", *segments[index + 2 :]]
        if after and _is_month(after[0]):
            if len(after) > 1 and _DAYS.fullmatch(after[1]):
                return "day", [*segments[:index], "<date>", *segments[index + 3 :]]
            return "month", [*segments[:index], "<month>", *segments[index + 2 :]]
        return "year", [*segments[:index], "<year>", *segments[index + 1 :]]
    return "", segments


def _is_month(segment: str) -> bool:
    return segment.lower() in _MONTHS or (segment.isdecimal() and 1 <= int(segment[:3]) <= 12 and len(segment) <= 2)


def _form(segment: str, last: bool) -> _Form:
    """Read one segment: a headline, an identifier, both, or a name."""
    if plain := _PLAIN.fullmatch(segment):
        head, number = plain.groups()
        mark = head.rpartition("-")[2] if number else ""
        middle = f"-{mark}" if number and (mark in KINDS or len(mark) == 1) else ""
        return _Form(f"<slug>{middle}-<id>" if number else "<slug>", head.count("-") + 1, bool(number), mark)
    if segment.isdigit():
        return _Form("<id>" if len(segment) >= _LONG else "<n>", 0, len(segment) >= _LONG - last)
    if uuid := _UUID.search(segment):
        rest = _form(segment[: uuid.start()].strip("-_"), last) if uuid.start() else _Form("")
        mark = segment[: uuid.start()].strip("-_").rpartition("-")[2].lower()
        kept = f"{mark}-" if mark and (len(mark) == 1 or mark in KINDS) else ""
        return _Form(f"{rest.shape or ''}-{kept}<id>".lstrip("-"), rest.words, True, mark)
    parts = _PARTS.findall(segment)
    kinds = list(_kinds(parts))
    words = kinds.count("<w>")
    if not segment.isascii():
        words = sum(_words_in(part) for part, kind in zip(parts, kinds, strict=True) if kind == "<w>")
    numbered = "<id>" in kinds
    dated = "day" if len(parts) > 1 and _DATE.search(segment) else ""
    if words >= _WORDY:
        mark = parts[-2].lower() if kinds[-1] == "<id>" and len(parts) > 2 else ""
        return _Form(_headline(segment, parts, kinds, mark), words, numbered, mark, dated)
    if numbered:  # a small number before it is the kind of page in some systems: "7,114883,31420110"
        told = [part if part.isdigit() and len(part) <= 3 else kind for part, kind in zip(parts, kinds, strict=True)]
        return _Form("-".join(told), words, True, "", dated)
    return _Form("<word>" if last else segment.lower()[:32], words, False, "", dated)


def _headline(segment: str, parts: list[str], kinds: list[str], mark: str) -> str:
    """Return the shape of a headline with what stands before and after it."""
    first = f"{parts[0]}," if "," in segment and parts[0].isdigit() and len(parts[0]) <= 3 else ""
    before = "<id>-" if kinds[0] == "<id>" else ""
    after = (f"-{mark}" if mark in KINDS or len(mark) == 1 else "") + "-<id>" if kinds[-1] == "<id>" else ""
    if "<id>" in kinds[-2:-1] and len(parts[-1]) <= _BRIEF:  # in some systems the kind of page: "…-20261122101500-vi"
        after = f"-<id>-{parts[-1].lower()}"
    return f"{first}{before}<slug>{after}"


def _words_in(part: str) -> int:
    return 1 if part[0] < _UNSPACED else max(len(part) // 3, 1)


def _kinds(parts: list[str]) -> Iterator[str]:
    """Say of each part of a segment whether it is a word, a number or an identifier."""
    for part in parts:
        if part.isdigit():
            yield "<id>" if len(part) >= _LONG else "<n>"
        elif _NAME.fullmatch(part):
            yield "<id>" if parts == [part] and _is_scrambled(part) else "<w>"
        else:
            yield "<id>" if _CODE.fullmatch(part) else "<w>"


def _is_scrambled(part: str) -> bool:
    """Say whether letters make no word: capitals all over, or hardly a vowel among many."""
    return len(_CAMEL.findall(part)) > 1 or (len(part) > 8 and 6 * len(_VOWELS.findall(part)) <= len(part))
