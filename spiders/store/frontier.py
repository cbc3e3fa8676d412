"""The frontier inside a transaction of the store: addresses leased, ended and counted. How they enter is `intake`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import orjson

from spiders.lease import Lease
from spiders.manners.validators import Validators
from spiders.record import Failure, Kind, Listing, State
from spiders.store import hosts
from spiders.surfaces.scrubbing import scrub_text, scrub_url
from spiders.surfaces.values import as_json, text

MAX_ATTEMPTS = 8  # of an address that fails in passing, over all runs, before only who gives it makes it due again
_LEASE = """
    UPDATE url SET state = 'leased', attempts = attempts + 1 WHERE rowid IN (SELECT value FROM json_each(?))
    RETURNING rowid, key, url, kind, run, attempts, hints, article, answered, etag, last_modified,
        reading"""
_END = """
    UPDATE url SET state = :state, reason = :reason, due = :due, settled = run, article = coalesce(:article, article),
        published = :published{told}
    WHERE key = :key AND run = :run AND state = 'leased'"""
_TOLD = ", answered = :answered, etag = :etag, last_modified = :changed, reading = :reading"
_LISTINGS = """
    SELECT url, state, reason, state = 'failed' AND due IS NOT NULL, coalesce(now.links, 0),
        coalesce((SELECT links FROM listing WHERE key = url.key AND run <= url.run AND links > 0
            ORDER BY run DESC LIMIT 1), 0), hints ->> 'found' IS NOT NULL
    FROM url LEFT JOIN listing AS now USING (key, run)
    WHERE url.run = ? AND kind <> 'article' ORDER BY url.rowid"""


def lease(connection: sqlite3.Connection, run: int, limit: int, *, per_host: int | None, now: float) -> list[Lease]:
    """Take up to `limit` addresses of the run that are due, in the order in which they were listed: see `hosts`."""
    turns = hosts.turns(connection, run, limit, per_host=per_host, now=now)
    rows = sorted(connection.execute(_LEASE, (as_json(turns),)).fetchall())
    return [
        Lease(key, url, Kind(kind), number, attempt, orjson.loads(hints), _validators(*told), article is not None)
        for _, key, url, kind, number, attempt, hints, article, *told in rows
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
    published: str | None = None,
    told: Validators | None = None,
) -> None:
    """End a lease.

    Args:
        due: when (Unix time) the address is asked again by itself.
        article: the address of the article that it led to.
        published: the date that it is excluded for.
        told: with what to ask whether a response that was read, and stands in the store, has changed.
    Raises:
        ValueError: it is not open.
    """
    row = {"state": state, "reason": reason and scrub_text(text(reason)), "due": due, "article": article}
    row |= {"published": published, "key": lease.key, "run": lease.run}
    if told:
        row |= {"answered": told.answered or None, "etag": told.etag, "changed": told.last_modified}
        row |= {"reading": told.reading}
    ended = connection.execute(_END.format(told=_TOLD if told else ""), row)
    if ended.rowcount != 1:
        raise ValueError(f"no open lease on {lease.url}")


def release(connection: sqlite3.Connection, lease: Lease) -> None:
    """Give a lease back unused: the address stays due and the attempt does not count."""
    connection.execute(
        "UPDATE url SET state = 'new', attempts = attempts - 1 WHERE key = ? AND run = ? AND state = 'leased'",
        (lease.key, lease.run),
    )


def article_of(connection: sqlite3.Connection, key: str) -> str | None:
    """Return the address of the article that an address led to, if it did."""
    (address,) = connection.execute("SELECT article FROM url WHERE key = ?", (key,)).fetchone()
    return address and str(address)


def last_listed(connection: sqlite3.Connection, key: str) -> int:
    """Return how many links a listing listed when it was last read, or found as it was."""
    row = connection.execute("SELECT links FROM listing WHERE key = ? ORDER BY links = 0, run DESC LIMIT 1", (key,))
    return int((row.fetchone() or (0,))[0])


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
        Listing(scrub_url(url), State(state), why, bool(again), listed, used_to, bool(found))
        for url, state, why, again, listed, used_to, found in rows
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


def failures(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield rows for `failure`: the addresses that failed, the latest run first."""
    yield from connection.execute(
        f"SELECT url, run, attempts, reason, due FROM url WHERE state = 'failed' AND {where} ORDER BY run DESC, rowid",
        values,
    )


def failure(row: tuple[Any, ...]) -> Failure:
    """Return what a row says."""
    url, run, attempts, reason, due = row
    return Failure(scrub_url(url), run, attempts, reason or "", due)


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


def _validators(answered: str | None, *told: str | None) -> Validators | None:
    return Validators(answered, *told) if answered else None
