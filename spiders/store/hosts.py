"""Hosts: who is held (not asked for a while) and since how many failures; whose addresses have their turn.

The policy, how long a host is held and when, is `spiders.manners.patience`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from spiders.record import Kind
from spiders.store.connection import Database
from spiders.surfaces.scrubbing import scrub_text, scrub_url
from spiders.surfaces.values import text

FARTHEST = 6 * 3600.0  # seconds: nothing is put off for longer; a time beyond it was written by another clock

_LOOKED_AT = 64  # hosts whose turn it may be, each time somebody asks: of a thousand, not all

# The hosts that an address of the run waits for, one look at the index each, however long the frontier is.
_WAITING = """
    WITH RECURSIVE waiting (host) AS (
        SELECT min(host) FROM url WHERE run = :run AND state = 'new'
        UNION ALL
        SELECT (SELECT min(host) FROM url WHERE run = :run AND state = 'new' AND host > waiting.host)
        FROM waiting WHERE host IS NOT NULL)"""
_FREE = f"""{_WAITING}
    SELECT waiting.host, coalesce(failures, 0) > 0,
        (SELECT count(*) FROM url WHERE run = :run AND state = 'leased' AND url.host = waiting.host)
    FROM waiting LEFT JOIN host USING (host)
    WHERE waiting.host IS NOT NULL AND NOT (coalesce(held, 0) > :now AND held <= :now + :farthest) ORDER BY 3, 1"""
_TURNS = """
    SELECT due, rowid FROM url
    WHERE run = :run AND state = 'new' AND host = :host AND NOT (due > :now AND due <= :now + :farthest)
    ORDER BY due, rowid LIMIT :room"""
_FIRST_DUE = f"""{_WAITING}
    SELECT max(coalesce(held, 0), (SELECT min(due) FROM url WHERE run = :run AND state = 'new' AND host = waiting.host))
        AS instant, waiting.host, reason
    FROM waiting LEFT JOIN host USING (host) WHERE waiting.host IS NOT NULL ORDER BY instant LIMIT 1"""
_HOLD = """
    INSERT INTO host (host, held, failures, reason) VALUES (:host, :held, :failures, :reason)
    ON CONFLICT (host) DO UPDATE SET held = excluded.held, failures = excluded.failures, reason = excluded.reason"""
_GIVE_UP = """
    UPDATE url SET state = 'failed', settled = run,
        due = max(due, coalesce((SELECT held FROM host WHERE host.host = url.host), 0)),
        reason = CASE WHEN attempts > 0 AND reason IS NOT NULL THEN reason ELSE 'not asked: the host is left alone ('
            || coalesce((SELECT reason FROM host WHERE host.host = url.host), 'it failed') || ')' END
    WHERE run = ? AND state = 'new' RETURNING rowid, url, kind, reason, max(due - ?, 0)"""


@dataclass(frozen=True, slots=True)
class Wait:
    """When the first of the addresses that wait will be due, in seconds; `reason` is why its host is held."""

    seconds: float
    host: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An address that its run does not wait for; it is due in `retry_in` seconds, for another run."""

    url: str
    kind: Kind
    reason: str
    retry_in: float


class Hosts:
    """The hosts of a store; all methods raise the StoreErrors of `Store`."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def failing(self) -> dict[str, int]:
        """Return the hosts that failed when they were last asked, and how many times in a row."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT host, failures FROM host WHERE failures > 0"))

    def hold(self, host: str, seconds: float, failures: int, reason: str | None) -> None:
        """Ask a host for nothing for so many seconds; 0, with no failures, once it has answered again."""
        held = self._clock() + min(seconds, FARTHEST) if seconds > 0 else 0.0
        told = reason and scrub_text(text(reason))
        with self._database.transaction() as t:
            t.execute(_HOLD, {"host": text(host), "held": held, "failures": failures, "reason": told})

    def wait(self, run: int) -> Wait | None:
        """Say when an address of the run will be due; None where none waits."""
        now = self._clock()
        with self._database.reading() as connection:
            row = connection.execute(_FIRST_DUE, {"run": run}).fetchone()
        if row is None:
            return None
        instant, host, reason = row
        return Wait(max(instant - now, 0.0) if instant <= now + FARTHEST else 0.0, host, reason)

    def give_up(self, run: int) -> list[GivenUp]:
        """Call every address of the run that waits failed, each due again in its time, in the order of the list."""
        with self._database.transaction() as t:
            rows = sorted(t.execute(_GIVE_UP, (run, self._clock())).fetchall())
        return [GivenUp(scrub_url(url), Kind(kind), reason, retry_in) for _, url, kind, reason, retry_in in rows]


def turns(connection: sqlite3.Connection, run: int, limit: int, *, per_host: int | None, now: float) -> list[int]:
    """Choose up to `limit` rows of the frontier that are due, none of a host that is held.

    Args:
        per_host: how many leases of one host may be open, one where it failed last; None: any number.
    """
    times = {"run": run, "now": now, "farthest": FARTHEST}
    most = limit if per_host is None else per_host
    free = connection.execute(_FREE, times).fetchall()  # those with the fewest open leases first
    due: list[tuple[int, float, int]] = []
    for host, failing, leased in free[: max(limit, _LOOKED_AT)]:
        room = min(limit, (1 if failing and per_host else most) - leased)
        if room > 0:
            rows = connection.execute(_TURNS, times | {"host": host, "room": room})
            due += ((leased + place, *row) for place, row in enumerate(rows))
    return [row for _, _, row in sorted(due)[:limit]]
