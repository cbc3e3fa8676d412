"""The vital signs of pages inside a transaction of the store: noted with each reading, judged, marked, accepted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import orjson

from extractors import Article
from extractors.article import parse_when
from spiders.addresses import site_of
from spiders.record import Change
from spiders.store.connection import Database
from spiders.surfaces.values import as_json, text
from spiders.vitals.health import Health
from spiders.vitals.judgement import A_DAY, MEMORY, Drift, drifts
from spiders.vitals.lasting import Sight
from spiders.vitals.signs import SIGNS
from spiders.vitals.vital import Vital, vital_of, vital_of_none

_OLD = timedelta(days=30)
_NOTE = """
    INSERT OR IGNORE INTO vital (key, stands, site, seen, raw, signs)
    VALUES (:key, :stands, :site, :seen, :raw, :signs)"""
_NOTE_AGAIN = """
    UPDATE vital SET site = :site, raw = :raw, signs = :signs, suspect = :suspect,
        seen = CASE WHEN raw = :raw OR NOT stands THEN seen ELSE :seen END
    WHERE key = :key AND stands = :stands AND (raw IS NULL OR :raw IS NULL OR raw <= :raw)"""
# Of a busy day a few by lot: a site is held against its weeks, however many pages it has. The lot falls by the row's
# number, so that it is the same each time, and in no order.
_SIGHTS = """
    SELECT key, seen, signs, suspect, max(1.0, CAST(pages AS REAL) / :a_day), raw FROM vital JOIN (
        SELECT rowid AS number, pages FROM (
            SELECT rowid, seen, row_number() OVER (day ORDER BY rowid * 7919 % 1009) AS lot, count(*) OVER day AS pages
            FROM vital WHERE site = :site AND seen > (
                SELECT strftime('%Y-%m-%d', max(seen), :span) FROM vital WHERE site = :site)
            WINDOW day AS (PARTITION BY substr(seen, 1, 10)))
        WHERE lot <= :a_day ORDER BY seen DESC, number DESC LIMIT :most) AS chosen ON vital.rowid = chosen.number
    ORDER BY seen, number"""
_SPAN = "-120 days"  # before its last page
_SINCE = "SELECT key, signs FROM vital WHERE site = ? AND seen >= ? AND stands"
_OF_RUN = """
    SELECT DISTINCT site FROM url JOIN vital USING (key) WHERE run = ? AND settled = run AND kind = 'article'
    ORDER BY site"""
_MARK = """
    UPDATE vital SET suspect = json_patch(suspect, json_object(:sign, :day))
    WHERE key = :key AND stands AND suspect ->> ('$."' || :sign || '"') IS NULL"""


class Vitals:
    """The vital signs of an open store's sites, for whoever may write it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def judge(self, run: int) -> list[Drift]:
        """Judge the sites of which a run has read pages, mark the articles in doubt, and return what has drifted."""
        with self._database.transaction() as t:
            sites = [site for (site,) in t.execute(_OF_RUN, (run,))]
            clear(t, set(sites) & set(marked(t)))
            found = [drift for site in sites for drift in health(t, site).drifts]
            mark(t, found)
            return found

    def clear(self, sites: Iterable[str] | None = None) -> int:
        """Take off the marks of what is mended, at some sites or all; return how many articles lose one by that."""
        with self._database.transaction() as t:
            return clear(t, marked(t) if sites is None else sites)

    def mark(self, drifts: Iterable[Drift]) -> int:
        """Mark the articles in doubt; return how many were not marked so before."""
        with self._database.transaction() as t:
            return mark(t, drifts)

    def accept(self, drifts: Iterable[Drift]) -> int:
        """Take what has changed for usual from its day on; return how many articles lose a mark by that."""
        with self._database.transaction() as t:
            return accept(t, drifts)


def note(
    connection: sqlite3.Connection,
    key: str,
    url: str,
    article: Article | None,
    flag: str | None,
    change: Change | None,
    *,
    hints: Mapping[str, str],
    raw: int | None,
    now: str,
) -> None:
    """Write down the vital signs of a reading; one of an older response changes nothing.

    A page that goes on giving no article, and is asked for again and again, is of the time when it first gave none. A
    mark stays while what it is about is as it was. What is dated `_OLD` before, by its listing or else by itself, says
    nothing of its site as it is, unless it was read when it was young.

    Args:
        flag: why the page gave no article, if so.
        change: what storing it did.
        hints: what its listing says.
    """
    site = site_of(url)
    if site is None or _is_old(connection, key, _told(article, hints), now):
        return
    vital = vital_of(article, hints) if article else vital_of_none(flag)
    if vital is None:
        return
    stands = article is not None and change is not Change.KEPT
    row = {"key": key, "stands": int(stands), "site": text(site), "seen": now, "raw": raw}
    row |= {"signs": as_json(vital.as_dict())}
    if not connection.execute(_NOTE, row).rowcount:
        row["suspect"] = as_json(_doubts(connection, key, stands, vital))
        connection.execute(_NOTE_AGAIN, row)
    if stands:
        connection.execute("DELETE FROM vital WHERE key = ? AND NOT stands", (key,))


def _told(article: Article | None, hints: Mapping[str, str]) -> date | None:
    """Return when a page was published by its listing; where that does not say, by the page."""
    return parse_when(hints.get("published")) or (article.published if article else None)


def _is_old(connection: sqlite3.Connection, key: str, told: date | None, now: str) -> bool:
    if told is None or told.isoformat()[:10] >= (datetime.fromisoformat(now) - _OLD).isoformat()[:10]:
        return False
    return connection.execute("SELECT 1 FROM vital WHERE key = ?", (key,)).fetchone() is None


def _doubts(connection: sqlite3.Connection, key: str, stands: bool, vital: Vital) -> Mapping[str, str]:
    """Return the marks of a page that are as true of its new reading."""
    query = "SELECT signs, suspect FROM vital WHERE key = ? AND stands = ?"
    row = connection.execute(query, (key, stands)).fetchone()
    if row is None or row[1] == "{}":
        return {}
    before = Vital.read(row[0])
    marks = _marks(row[1]) if before else {}
    return {
        name: day for name, day in marks.items() if before and SIGNS[name].value(before) == SIGNS[name].value(vital)
    }


def sites(connection: sqlite3.Connection) -> list[str]:
    """Return the sites of which there are vital signs."""
    return [site for (site,) in connection.execute("SELECT DISTINCT site FROM vital ORDER BY site")]


def health(connection: sqlite3.Connection, site: str) -> Health:
    """Judge a site."""
    query = "SELECT count(*), count(*) FILTER (WHERE stands AND suspect <> '{}') FROM vital WHERE site = ?"
    pages, suspect = connection.execute(query, (site,)).fetchone()
    return Health.of(site, list(sights(connection, site)), accepted(connection, site), pages, suspect)


def accepted(connection: sqlite3.Connection, site: str) -> dict[str, str]:
    """Return by the name of a sign since when what it tells of a site is usual."""
    return dict(connection.execute("SELECT sign, since FROM accepted WHERE site = ?", (site,)).fetchall())


def sights(connection: sqlite3.Connection, site: str) -> Iterator[Sight]:
    """Yield readings of a site's newest pages, the last at the end; damaged rows are left out."""
    row = {"site": site, "span": _SPAN, "a_day": A_DAY, "most": MEMORY}
    for key, seen, signs, suspect, weight, raw in connection.execute(_SIGHTS, row):
        if vital := Vital.read(signs):
            yield Sight(key, seen, vital, tuple(_marks(suspect)), weight, raw)


def _marks(suspect: str | None) -> dict[str, str]:
    """Read the marks of a page: by the name of a sign the day since when its site has changed."""
    try:
        marks = orjson.loads(suspect or "{}")
    except ValueError:  # a damaged row, which scrapy verify names
        return {}
    return {name: str(day) for name, day in marks.items() if name in SIGNS} if isinstance(marks, dict) else {}


def marked(connection: sqlite3.Connection) -> list[str]:
    """Return the sites with articles in doubt."""
    return [site for (site,) in connection.execute("SELECT DISTINCT site FROM vital WHERE suspect <> '{}'")]


def clear(connection: sqlite3.Connection, sites: Iterable[str]) -> int:
    """Take off marks where the pages, as they are read now, would not have told of a change when the last one came.

    A site that has gone back by itself has mended none of the articles that were read before; reading them anew does.
    """
    cleared: set[str] = set()
    for site in sites:
        seen = list(sights(connection, site))
        innocent = [replace(sight, doubts=()) for sight in seen]
        usual = accepted(connection, site)
        for name in sorted({name for sight in seen for name in sight.doubts}):
            last = max(at for at, sight in enumerate(seen) if name in sight.doubts)
            if name not in {drift.sign for drift in drifts(site, innocent[: last + 1], usual)}:
                cleared |= _take_off(connection, site, name)
    return len(cleared)


def _take_off(connection: sqlite3.Connection, site: str, sign: str) -> set[str]:
    """Take a mark off all pages of a site; return their keys."""
    query = "SELECT key, stands, suspect FROM vital WHERE site = ? AND suspect <> '{}'"
    found = set()
    for key, stands, suspect in connection.execute(query, (site,)).fetchall():
        marks = _marks(suspect)
        if marks.pop(sign, None) is not None:
            found.add(key)
            row = as_json(marks), key, stands
            connection.execute("UPDATE vital SET suspect = ? WHERE key = ? AND stands = ?", row)
    return found


def mark(connection: sqlite3.Connection, told: Iterable[Drift]) -> int:
    """Mark the articles that show what has drifted: see `Vitals.mark`."""
    found: set[str] = set()
    for drift in told:
        for key, signs in connection.execute(_SINCE, (drift.site, drift.since)).fetchall():
            row = {"sign": drift.sign, "day": drift.day, "key": key}
            if (vital := Vital.read(signs)) and drift.shows(vital) and connection.execute(_MARK, row).rowcount:
                found.add(key)
    return len(found)


def accept(connection: sqlite3.Connection, told: Iterable[Drift]) -> int:
    """Take what has drifted for usual: see `Vitals.accept`."""
    cleared: set[str] = set()
    for drift in told:
        connection.execute("INSERT OR REPLACE INTO accepted VALUES (?, ?, ?)", (drift.site, drift.sign, drift.since))
        cleared |= _take_off(connection, drift.site, drift.sign)
    return len(cleared)


def reason(suspect: str | None) -> str | None:
    """Return what is told of an article that is in doubt; None of one that is not.

    >>> reason('{"the date is empty": "2026-11-18"}'), reason("{}")
    ('the date is empty, as on many pages of the site since 2026-11-18', None)
    """
    marks = _marks(suspect).items()
    return "; ".join(f"{sign}, as on many pages of the site since {day}" for sign, day in marks) or None


def forget(connection: sqlite3.Connection, key: str) -> None:
    """Take out what is known of a page."""
    connection.execute("DELETE FROM vital WHERE key = ?", (key,))
