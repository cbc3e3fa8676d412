"""A plan: which crawls are repeated, how often, and when not; read from a TOML file or the settings.

What a table of it may say is shown by `scrapy schedule --help`.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from scrapy.exceptions import UsageError

from spiders.addresses import is_web
from spiders.errors import PlanError, SettingError
from spiders.plans.hours import DAY, WEEK, Quiet, Times
from spiders.roster import near
from spiders.verbs.moments import span
from spiders.verbs.options import refuse_settings

_KEYS = "name", "spider", "sites", "every", "jitter", "quiet", "zone", "store", "settings"
_ANY = "article"  # the spider of any site
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")  # it becomes a part of names of files and units
_SETTING = re.compile(r"[A-Z][A-Z0-9_]*")
_OURS = {"COPYDESK_STORE": "store = … says where it is kept", "PLAN_ENTRY": "name = … says it"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One crawl of a plan."""

    name: str
    spider: str
    sites: tuple[str, ...]  # for the spider of any site
    listed: Path | None  # or the file that lists them; absolute
    every: timedelta
    jitter: timedelta
    times: Times
    store: Path  # absolute
    settings: Mapping[str, str]


def read(path: Path) -> list[dict[str, Any]]:
    """Return the tables of a plan's file.

    Raises:
        UsageError: it cannot be read.
        PlanError: it is not TOML, or has something beside [[crawl]].
    """
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"the plan {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PlanError(f"the plan {path} is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"the plan {path} is not TOML: {error}") from error
    crawls = told.pop("crawl", None)
    if told:
        raise PlanError(f"the plan {path}: {next(iter(told))} is not known: a plan is made of [[crawl]] tables")
    if not isinstance(crawls, list) or not crawls:
        raise PlanError(f"the plan {path} has no [[crawl]]: scrapy schedule --help shows one")
    return crawls


def entries(
    tables: Sequence[Any], source: str, *, spiders: Sequence[str], store: Path, given: Mapping[str, str]
) -> list[Entry]:
    """Return the entries of a plan.

    Args:
        source: what to call the plan where it is wrong.
        spiders: the names of those there are.
        store: where an entry's articles go that does not say it.
        given: settings for all of them, which those of an entry take precedence over.
    Raises:
        PlanError: one is wrong; the message names source, entry and key.
    """
    found: dict[str, Entry] = {}
    for number, table in enumerate(tables, start=1):
        entry = _Table(source, number, table).entry(spiders, store, given)
        if entry.name in found:
            raise PlanError(f"{source}: crawl {number}: name = {entry.name!r} is taken by an earlier one")
        found[entry.name] = entry
    return list(found.values())


class _Table:
    """One table of a plan; each method reads a key, and says what is wrong with it."""

    def __init__(self, source: str, number: int, table: Any) -> None:
        self._where = f"{source}: crawl {number}"
        if not isinstance(table, dict):
            raise PlanError(f"{self._where}: it is no table")
        self._table: dict[str, Any] = table
        if isinstance(name := table.get("name"), str):
            self._where += f" ({name[:64]})"

    def entry(self, spiders: Sequence[str], store: Path, given: Mapping[str, str]) -> Entry:
        """Return what it says."""
        for key in self._table:
            if key not in _KEYS:
                close = difflib.get_close_matches(key, _KEYS, n=1)
                hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_KEYS)}"
                raise PlanError(f"{self._where}: {key} is not known; {hint}")
        spider, sites, listed = self._what(spiders)
        name, every, jitter = self._name(spider), self._every(), self._jitter()
        if jitter >= every:
            self._wrong("jitter", "it must be shorter than every")
        try:
            times = Times.of(name, _minutes(every), _minutes(jitter), self._quiet(), self._zone())
        except ValueError:
            self._wrong("quiet", "with the jitter, it leaves no time of the day to begin at")
        kept = Path(self._text("store") or store).resolve()
        return Entry(name, spider, sites, listed, every, jitter, times, kept, {**given, **self._settings()})

    def _what(self, spiders: Sequence[str]) -> tuple[str, tuple[str, ...], Path | None]:
        """Return the spider, and the sites that it is to crawl, or the file that lists them."""
        if ("spider" in self._table) == ("sites" in self._table):
            raise PlanError(f"{self._where}: say either spider = … or sites = […]")
        if (spider := self._text("spider")) is not None:
            if spider not in spiders:
                self._wrong("spider", f"there is none of that name; {near(spider, spiders)}")
            if spider == _ANY:
                self._wrong("spider", 'it crawls what it is given: say sites = ["https://news.example"] instead')
            return spider, (), None
        sites = self._table["sites"]
        if isinstance(sites, str):
            return _ANY, (), self._file("sites")
        if not isinstance(sites, list) or not sites:
            self._wrong("sites", 'it is a list of addresses: ["https://news.example"]')
        for site in sites:
            if not _is_address(site):
                self._wrong("sites", f"{site!r} is not a web address: write https://news.example")
        return _ANY, tuple(sites), None

    def _file(self, key: str) -> Path:
        path = Path(self._text(key) or "").absolute()
        try:
            path.open("rb").close()
        except OSError as error:
            self._wrong(key, f"the file {path} cannot be read: {error.strerror}")
        return path

    def _name(self, spider: str) -> str:
        name = self._text("name")
        if name is None:
            if spider == _ANY:
                raise PlanError(f"{self._where}: an entry of sites needs a name = …")
            name = spider
        if not _NAME.fullmatch(name):
            self._wrong("name", "letters, digits, - and _ make a name, at most 64 of them")
        return name

    def _every(self) -> timedelta:
        every = self._span("every")
        if every is None:
            raise PlanError(f'{self._where}: every = … is missing: write every = "30m", 6h, 1d or 1w')
        if DAY % _minutes(every) and _minutes(every) != WEEK:
            self._wrong("every", "it does not divide a day: write 5m, 30m, 1h, 6h, 1d and the like, or 1w")
        return every

    def _jitter(self) -> timedelta:
        return self._span("jitter") or timedelta()

    def _span(self, key: str) -> timedelta | None:
        if (text := self._text(key)) is None:
            return None
        told = span(text)
        if told is None:
            self._wrong(key, "it is no length of time: write 30m, 2h, 1d or 1w")
        return told

    def _quiet(self) -> Quiet | None:
        text = self._text("quiet")
        try:
            return Quiet.of(text) if text is not None else None
        except ValueError:
            self._wrong("quiet", "write two different times of the day: 23:00-06:00")

    def _zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self._text("zone") or "UTC")
        except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
            self._wrong("zone", "it is no zone: write one such as Europe/Oslo")
        except KeyError:
            self._wrong("zone", "this system knows no zone of that name: write one such as Europe/Oslo")

    def _settings(self) -> dict[str, str]:
        settings = self._table.get("settings", {})
        if not isinstance(settings, dict):
            self._wrong("settings", "it is a table: { DOWNLOAD_DELAY = 2 }")
        for name in settings:
            if not _SETTING.fullmatch(name):
                raise PlanError(f"{self._where}: settings: {name!r} is no setting's name")
            if name in _OURS:
                raise PlanError(f"{self._where}: settings: {name} has no place here: {_OURS[name]}")
        told = {name: _plain(value) for name, value in settings.items()}
        try:
            refuse_settings(f"{name}={value}" for name, value in told.items())
        except SettingError as error:
            raise PlanError(f"{self._where}: settings: {error}") from error
        return told

    def _text(self, key: str) -> str | None:
        value = self._table.get(key)
        if value is not None and (not isinstance(value, str) or not value or not value.isprintable()):
            self._wrong(key, "it is a text of one line")
        return value

    def _wrong(self, key: str, why: str) -> NoReturn:
        value = self._table[key]
        raise PlanError(f"{self._where}: {key} = {json.dumps(value, default=str, ensure_ascii=False)[:80]}: {why}")


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)


def _is_address(site: Any) -> bool:
    return isinstance(site, str) and site.isprintable() and "," not in site and is_web(site)


def _plain(value: Any) -> str:
    """Return a setting as `-s` takes it: Scrapy reads tables from JSON, and a list from words with commas between."""
    if isinstance(value, list):
        return ",".join(map(_plain, value))
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
