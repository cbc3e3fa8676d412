"""The vital signs of pages inside a transaction of the store: noted with each reading, judged, marked, accepted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

import orjson

from extractors import Article
from spiders.addresses import site_of
from spiders.record import Change
from spiders.store.connection import Database
from spiders.values import as_json, text
from spiders.vitals.health import Health
from spiders.vitals.judgement import MEMORY, Drift, Sight
from spiders.vitals.signs import SIGNS
from spiders.vitals.vital import Vital, vital_of, vital_of_none

_NOTE = """
    INSERT INTO vital (key, stands, site, seen, raw, signs, suspect)
    VALUES (:key, :stands, :site, :seen, :raw, :signs, '{}')
    ON CONFLICT (key, stands) DO UPDATE SET site = excluded.site, raw = excluded.raw, signs = excluded.signs,
        seen = CASE WHEN raw = excluded.raw THEN seen ELSE excluded.seen END, suspect = :suspect
    WHERE raw IS NULL OR excluded.raw IS NULL OR raw <= excluded.raw"""
_SIGHTS = """
    SELECT key, stands, seen, signs, suspect FROM (
        SELECT rowid AS number, * FROM vital WHERE site = ? ORDER BY seen DESC, number DESC LIMIT ?)
    ORDER BY seen, number"""
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
            found = [drift for site in sites for drift in health(t, site).drifts]
            mark(t, found)
            return found

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
    raw: int | None,
    now: str,
) -> None:
    """Write down the vital signs of a reading; one of an older response changes nothing.

    A mark stays while what it is about is as it was.

    Args:
        flag: why the page gave no article, if so.
        change: what storing it did.
    """
    vital = _vital(connection, key, article, flag)
    site = site_of(url)
    if vital is None or site is None:
        return
    stands = article is not None and change is not Change.KEPT
    row = {"key": key, "stands": int(stands), "site": text(site), "seen": now, "raw": raw}
    row |= {"signs": as_json(vital.as_dict()), "suspect": as_json(_doubts(connection, key, stands, vital))}
    connection.execute(_NOTE, row)
    if stands:
        connection.execute("DELETE FROM vital WHERE key = ? AND NOT stands", (key,))


def _vital(connection: sqlite3.Connection, key: str, article: Article | None, flag: str | None) -> Vital | None:
    if article is None:
        return vital_of_none(flag)
    row = connection.execute("SELECT hints FROM url WHERE key = ?", (key,)).fetchone()
    return vital_of(article, orjson.loads(row[0]) if row else {})


def _doubts(connection: sqlite3.Connection, key: str, stands: bool, vital: Vital) -> Mapping[str, str]:
    """Return the marks of a page that are as true of its new reading."""
    query = "SELECT signs, suspect FROM vital WHERE key = ? AND stands = ?"
    row = connection.execute(query, (key, stands)).fetchone()
    if row is None or row[1] == "{}":
        return {}
    before = Vital.from_dict(orjson.loads(row[0]))
    marks = {name: day for name, day in orjson.loads(row[1]).items() if name in SIGNS}
    return {name: day for name, day in marks.items() if SIGNS[name].value(before) == SIGNS[name].value(vital)}


def sites(connection: sqlite3.Connection) -> list[str]:
    """Return the sites of which there are vital signs."""
    return [site for (site,) in connection.execute("SELECT DISTINCT site FROM vital ORDER BY site")]


def health(connection: sqlite3.Connection, site: str) -> Health:
    """Judge a site."""
    query = "SELECT sign, since FROM accepted WHERE site = ?"
    return Health.of(site, list(sights(connection, site)), dict(connection.execute(query, (site,)).fetchall()))


def sights(connection: sqlite3.Connection, site: str) -> Iterator[Sight]:
    """Yield the newest readings of a site's pages, the last at the end."""
    for key, stands, seen, signs, suspect in connection.execute(_SIGHTS, (site, MEMORY)):
        marks = tuple(orjson.loads(suspect)) if suspect != "{}" else ()
        yield Sight(key, bool(stands), seen, Vital.from_dict(orjson.loads(signs)), marks)


def mark(connection: sqlite3.Connection, drifts: Iterable[Drift]) -> int:
    """Mark the articles that show what has drifted: see `Vitals.mark`."""
    marked: set[str] = set()
    for drift in drifts:
        for key in drift.doubtful:
            row = {"sign": drift.sign, "day": drift.day, "key": key}
            if connection.execute(_MARK, row).rowcount:
                marked.add(key)
    return len(marked)


def accept(connection: sqlite3.Connection, drifts: Iterable[Drift]) -> int:
    """Take what has drifted for usual: see `Vitals.accept`."""
    cleared: set[str] = set()
    for drift in drifts:
        connection.execute("INSERT OR REPLACE INTO accepted VALUES (?, ?, ?)", (drift.site, drift.sign, drift.since))
        rows = connection.execute(
            "SELECT key, stands, suspect FROM vital WHERE site = ? AND suspect <> '{}'", (drift.site,)
        )
        for key, stands, suspect in rows.fetchall():
            marks = orjson.loads(suspect)
            if marks.pop(drift.sign, None) is not None:
                cleared.add(key)
                connection.execute(
                    "UPDATE vital SET suspect = ? WHERE key = ? AND stands = ?", (as_json(marks), key, stands)
                )
    return len(cleared)


def told(suspect: str | None) -> str | None:
    """Return what is told of an article that is in doubt; None of one that is not.

    >>> told('{"the date is empty": "2026-11-18"}'), told("{}")
    ('the date is empty, as on many pages of the site since 2026-11-18', None)
    """
    marks = orjson.loads(suspect or "{}")
    return "; ".join(f"{sign}, as on many pages of the site since {day}" for sign, day in marks.items()) or None


def forget(connection: sqlite3.Connection, key: str) -> None:
    """Take out what is known of a page."""
    connection.execute("DELETE FROM vital WHERE key = ?", (key,))
