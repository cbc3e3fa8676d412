"""The frontier inside a transaction of the store: addresses listed, leased, ended and counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import orjson

from spiders.addresses import host_of, key_of
from spiders.record import Kind, Lease, Link, Listing, State, as_hints
from spiders.scrubbing import scrub_text, scrub_url
from spiders.store import hosts
from spiders.store.hosts import FARTHEST
from spiders.values import as_json, text

MAX_ATTEMPTS = 8  # of an address that fails in passing, over all runs, before only a new listing makes it due again
_LIST = """
    INSERT INTO url (key, url, host, kind, spider, state, due, hints, found_on, run)
    SELECT :key, :url, :host, :kind, :spider, 'new', 0, :hints, :found_on, :run
    WHERE NOT EXISTS (SELECT 1 FROM forgotten WHERE address = :key)
    ON CONFLICT (key) DO UPDATE SET url = excluded.url, host = excluded.host, kind = excluded.kind,
        spider = excluded.spider, state = 'new', attempts = 0, due = 0, reason = NULL, hints = excluded.hints,
        found_on = excluded.found_on, run = excluded.run
    WHERE run <> excluded.run"""
# What a run of the last day had done when it was broken off is not done again by the one that goes on with it.
_CARRY = """
    UPDATE url SET run = :run
    WHERE key = :key AND kind = 'article' AND state IN ('done', 'excluded') AND EXISTS (
        SELECT 1 FROM run AS broken, run AS mine
        WHERE broken.id = url.run AND mine.id = :run AND broken.id <> mine.id AND broken.spider = mine.spider
            AND (broken.ended IS NULL OR broken.reason <> 'finished')
            AND julianday(mine.started) - julianday(broken.started) < 1)"""
_ADOPT = """
    UPDATE url SET run = :run, state = 'new', due = 0
    WHERE spider = :spider AND kind = 'article'
        AND (state = 'new' OR state = 'failed' AND (due <= :now OR due > :now + :farthest) AND attempts < :most)"""
_LEASE = """
    UPDATE url SET state = 'leased', attempts = attempts + 1 WHERE rowid IN (SELECT value FROM json_each(?))
    RETURNING rowid, key, url, kind, run, attempts, hints"""
_LISTINGS = """
    SELECT url, state, reason, state = 'failed' AND due IS NOT NULL, coalesce(now.links, 0),
        coalesce((SELECT links FROM listing WHERE key = url.key AND run <= url.run AND links > 0
            ORDER BY run DESC LIMIT 1), 0)
    FROM url LEFT JOIN listing AS now USING (key, run)
    WHERE url.run = ? AND kind <> 'article' ORDER BY url.rowid"""


def begin(connection: sqlite3.Connection, spider: str, *, resume: bool, now: float, started: str) -> int:
    """Open a run and every lease of a dead one; with `resume`, take over what is due of the spider's articles."""
    connection.execute("UPDATE url SET state = 'new' WHERE state = 'leased'")
    run = connection.execute("INSERT INTO run (spider, started) VALUES (?, ?)", (spider, started)).lastrowid
    assert run is not None
    if resume:
        times = {"now": now, "farthest": FARTHEST, "most": MAX_ATTEMPTS}
        connection.execute(_ADOPT, {"run": run, "spider": spider} | times)
    return run


def list_links(
    connection: sqlite3.Connection, links: Iterable[Link], *, run: int, spider: str, found_on: str | None
) -> None:
    """Make addresses due in a run, each once, but for what was forgotten or was done before an interruption."""
    fixed = {"run": run, "spider": spider, "found_on": found_on}
    for link in links:
        row = {"key": text(key_of(link.url)), "url": text(link.url), "kind": str(link.kind)}
        row["host"] = host_of(row["url"])
        connection.execute(_CARRY, {"run": run, "key": row["key"]})
        hints = as_json(as_hints(link.hints)) if link.hints else "{}"
        connection.execute(_LIST, row | {"hints": hints} | fixed)


def lease(connection: sqlite3.Connection, run: int, limit: int, *, per_host: int | None, now: float) -> list[Lease]:
    """Take up to `limit` addresses of the run that are due, in the order in which they were listed: see `hosts`."""
    turns = hosts.turns(connection, run, limit, per_host=per_host, now=now)
    rows = sorted(connection.execute(_LEASE, (as_json(turns),)).fetchall())
    return [
        Lease(key, url, Kind(kind), number, attempt, orjson.loads(hints))
        for _, key, url, kind, number, attempt, hints in rows
    ]


def postpone(connection: sqlite3.Connection, lease: Lease, *, due: float, reason: str | None) -> None:
    """Put an address back into its run, for a later try; the attempt counts."""
    connection.execute(
        "UPDATE url SET state = 'new', due = ?, reason = ? WHERE key = ? AND run = ? AND state = 'leased'",
        (due, reason and scrub_text(text(reason)), lease.key, lease.run),
    )


def end(
    connection: sqlite3.Connection,
    lease: Lease,
    state: State,
    *,
    reason: str | None = None,
    due: float | None = None,
    article: str | None = None,
) -> None:
    """End a lease; `article` is the address of the article that it led to.

    Raises:
        ValueError: it is not open.
    """
    ended = connection.execute(
        "UPDATE url SET state = ?, reason = ?, due = ?, settled = run, article = coalesce(?, article) "
        "WHERE key = ? AND run = ? AND state = 'leased'",
        (state, reason and scrub_text(text(reason)), due, article, lease.key, lease.run),
    )
    if ended.rowcount != 1:
        raise ValueError(f"no open lease on {lease.url}")


def release(connection: sqlite3.Connection, lease: Lease) -> None:
    """Give a lease back unused: the address stays due and the attempt does not count."""
    connection.execute(
        "UPDATE url SET state = 'new', attempts = attempts - 1 WHERE key = ? AND run = ? AND state = 'leased'",
        (lease.key, lease.run),
    )


def note_listing(connection: sqlite3.Connection, lease: Lease, links: int) -> None:
    """Remember how many links a listing listed in its run."""
    connection.execute(
        "INSERT INTO listing (run, key, links) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET links = excluded.links",
        (lease.run, lease.key, links),
    )


def listings(connection: sqlite3.Connection, run: int) -> list[Listing]:
    """Say how the listings of a run fared, in the order in which they were listed."""
    rows = connection.execute(_LISTINGS, (run,))
    return [
        Listing(scrub_url(url), State(state), why, bool(again), *counts) for url, state, why, again, *counts in rows
    ]


def counts(connection: sqlite3.Connection, run: int) -> dict[State, int]:
    """Count the run's articles by state. A listing counts by what it lists, not itself."""
    rows = connection.execute(
        "SELECT state, count(*) FROM url WHERE run = ? AND kind = 'article' GROUP BY state", (run,)
    )
    return dict.fromkeys(State, 0) | {State(state): n for state, n in rows}


def carried(connection: sqlite3.Connection, run: int) -> dict[State, int]:
    """Count the run's articles that had their outcome before: in the interrupted run that it goes on with."""
    rows = connection.execute(
        "SELECT state, count(*) FROM url WHERE run = ? AND kind = 'article' AND state NOT IN ('new', 'leased') "
        "AND settled <> run GROUP BY state",
        (run,),
    )
    return {State(state): n for state, n in rows}


def mend(connection: sqlite3.Connection, key: str) -> None:
    """Call an address done that had failed, or seemed to be no article, until its response was read anew."""
    connection.execute(
        "UPDATE url SET state = 'done', reason = NULL, due = NULL "
        "WHERE key = ? AND state IN ('failed', 'excluded') AND key NOT IN (SELECT address FROM forgotten)",
        (key,),
    )


def close(connection: sqlite3.Connection, run: int, reason: str, now: str) -> None:
    """Close the books of a run."""
    told = as_json({str(state): n for state, n in counts(connection, run).items()})
    connection.execute("UPDATE run SET ended = ?, reason = ?, counts = ? WHERE id = ?", (now, reason, told, run))
