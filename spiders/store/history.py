"""Past runs inside a transaction of the store: what they were for, how they ended, and what came on which day."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from spiders.record import Run, State
from spiders.store.search import joined, moment
from spiders.surfaces.values import as_json

_COLUMNS = "id, spider, started, ended, reason, counts, status, outcomes, entry"
_OF_SITE = """id IN (
    WITH own AS (SELECT host FROM (SELECT DISTINCT host FROM url) WHERE is_of('https://' || host || '/', ?))
    SELECT listing.run FROM listing JOIN url USING (key) WHERE host IN own
    UNION SELECT run FROM url WHERE host IN own
    UNION SELECT settled FROM url WHERE host IN own AND settled IS NOT NULL)"""
# The site of an article is that of its page, else its host. A site was asked on a day when a run of that day read a
# listing on which articles of the site were found.
_ARRIVALS = """
    WITH came AS (
        SELECT coalesce(article.site, url.host) AS site, found_on,
            (:until - CAST(strftime('%s', first_seen) AS INTEGER)) / 86400 AS ago
        FROM article JOIN url USING (key) WHERE first_seen > :start AND first_seen <= :end),
    days AS MATERIALIZED (
        SELECT id, (:until - CAST(strftime('%s', started) AS INTEGER)) / 86400 AS ago
        FROM run WHERE started > :start AND started <= :end),
    asked AS (SELECT DISTINCT key AS found_on, ago FROM days JOIN listing ON listing.run = days.id),
    gave AS (SELECT DISTINCT site, found_on FROM came)
    SELECT site, ago, sum(number) FROM (
        SELECT site, ago, 1 AS number FROM came
        UNION ALL SELECT DISTINCT site, ago, 0 FROM gave JOIN asked USING (found_on))
    WHERE :site IS NULL OR is_of('https://' || site || '/', :site)
    GROUP BY site, ago"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How many new articles of a site came on one day, so many days ago."""

    site: str
    ago: int
    articles: int


def note_entry(connection: sqlite3.Connection, run: int, entry: str | None) -> None:
    """Write down the entry of a plan that a run is for."""
    if entry:
        connection.execute("UPDATE run SET entry = ? WHERE id = ?", (entry, run))


def note_end(connection: sqlite3.Connection, run: int, status: int | None, outcomes: Mapping[str, int]) -> None:
    """Write down what the shell is told of a run, and the outcomes of its articles by kind."""
    told = status if status is None else int(status)
    connection.execute("UPDATE run SET status = ?, outcomes = ? WHERE id = ?", (told, as_json(dict(outcomes)), run))


def runs(connection: sqlite3.Connection, site: str | None, since: date | None) -> Iterable[tuple[Any, ...]]:
    """Yield the rows of `run`, the newest first."""
    tests: list[tuple[str, Any]] = [(_OF_SITE, site)] if site else []
    if since:
        tests.append(("started >= ?", moment(since).isoformat(timespec="seconds")))
    where, values = joined(tests)
    return connection.execute(f"SELECT {_COLUMNS} FROM run WHERE {where} ORDER BY id DESC", values)


def run(row: tuple[Any, ...]) -> Run:
    """Return what a row of `runs` says."""
    number, spider, started, ended, reason, counts, status, outcomes, entry = row
    told = {State(state): n for state, n in json.loads(counts or "{}").items()}
    return Run(number, spider, started, ended, reason, told, status, json.loads(outcomes or "{}"), entry)


def last_runs(connection: sqlite3.Connection) -> Iterable[tuple[Any, ...]]:
    """Yield the row of the last run for each entry of a plan."""
    last = "SELECT max(id) FROM run WHERE entry IS NOT NULL GROUP BY entry"
    return connection.execute(f"SELECT {_COLUMNS} FROM run WHERE id IN ({last})")


def arrivals(connection: sqlite3.Connection, until: datetime, days: int, site: str | None) -> Iterable[tuple[Any, ...]]:
    """Yield rows for `Arrival`."""
    start, end = ((until - timedelta(days=n)).astimezone(UTC).isoformat(timespec="seconds") for n in (days, 0))
    told = {"until": int(until.timestamp()), "start": start, "end": end, "site": site}
    return connection.execute(_ARRIVALS, told)
