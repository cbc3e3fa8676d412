"""The one SQLite file: frontier, raw responses, articles with their revisions, runs.

Nothing is done until it is stored: `Store.finish` writes the raw response, what it linked to, its article and the end
of its lease in one transaction, so that a crash costs a refetch and never an article. A lock makes the leases ours:
those that a dead run left are opened again when the next one begins. No other module speaks SQL, but for those of
this package: `schema` (the tables), `articles` (article rows), `lock`. What may go into a row is `spiders.values`.
"""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from extractors import Article
from spiders.errors import StoreError, StoreFullError
from spiders.record import Change, Kind, Lease, Link, Listing, Raw, Record, State, address_of, as_hints, key_of
from spiders.store import articles
from spiders.store.lock import StoreLock
from spiders.store.schema import migrate, refuse_unknown
from spiders.values import as_json, text

MAX_ATTEMPTS = 5  # of an address that fails in passing, over all runs, before only a new listing makes it due again
_MAGIC = b"SQLite format 3\0"
_PRAGMAS = "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"
_LIST = """
    INSERT INTO url (key, url, kind, spider, state, due, hints, found_on, run)
    VALUES (:key, :url, :kind, :spider, 'new', 0, :hints, :found_on, :run)
    ON CONFLICT (key) DO UPDATE SET url = excluded.url, kind = excluded.kind, spider = excluded.spider, state = 'new',
        attempts = 0, due = 0, reason = NULL, hints = excluded.hints, found_on = excluded.found_on, run = excluded.run
    WHERE run <> excluded.run"""
_ADOPT = """
    UPDATE url SET run = :run, state = 'new'
    WHERE spider = :spider AND kind = 'article'
        AND (state = 'new' OR state = 'failed' AND due <= :now AND attempts < :most)"""
_LEASE = """
    UPDATE url SET state = 'leased', attempts = attempts + 1
    WHERE key IN (SELECT key FROM url WHERE run = ? AND state = 'new' AND due <= ? ORDER BY due, rowid LIMIT ?)
    RETURNING rowid, key, url, kind, run, attempts, hints"""
_LISTINGS = """
    SELECT url, state, reason, state = 'failed' AND due IS NOT NULL,
        (SELECT count(*) FROM url AS found WHERE found.found_on = url.key AND found.run = url.run),
        (SELECT count(*) FROM url AS found WHERE found.found_on = url.key)
    FROM url WHERE run = ? AND kind <> 'article' ORDER BY rowid"""


class Store:
    """An open store; one run at a time has it.

    Raises:
        StoreLockedError: another run has it.
        StoreFullError: there is no room on its disk.
        StoreError: it cannot be opened or written, it is not a store, or a newer Copydesk wrote it.
    """

    def __init__(self, path: Path | str, *, clock: Callable[[], float] = time.time) -> None:
        self.path = Path(path)
        self._clock = clock
        try:
            _refuse_foreign(self.path)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = StoreLock(self.path)
        except OSError as error:
            raise _failure(f"the store {path} cannot be opened: {error.strerror}", error) from error
        try:
            self._connection = sqlite3.connect(self.path, isolation_level=None, timeout=10)
            self._set_up()
        except (sqlite3.Error, StoreError) as error:
            self._lock.release()
            raise _failure(f"the store {path} cannot be used: {error}", error) from error

    def _set_up(self) -> None:
        try:
            refuse_unknown(self._connection)
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            migrate(self._connection)
        except (sqlite3.Error, StoreError):
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; open leases stay for the next run."""
        self._connection.close()
        self._lock.release()

    def begin(self, spider: str, links: Iterable[Link], *, resume: bool = True) -> int:
        """Open a run: every lease of a dead run is open again, and `links` are due.

        Args:
            resume: also take over the articles that earlier runs of this spider left undone or failed at in passing.
        Returns:
            The run's number.
        """
        with self._transaction() as t:
            t.execute("UPDATE url SET state = 'new' WHERE state = 'leased'")
            run = t.execute("INSERT INTO run (spider, started) VALUES (?, ?)", (spider, self._now())).lastrowid
            assert run is not None
            if resume:
                t.execute(_ADOPT, {"run": run, "spider": spider, "now": self._clock(), "most": MAX_ATTEMPTS})
            self._list(links, run=run, spider=spider, found_on=None)
        return run

    def lease(self, run: int, limit: int) -> list[Lease]:
        """Take up to `limit` addresses of the run that are due, in the order in which they were listed."""
        with self._transaction() as t:
            rows = sorted(t.execute(_LEASE, (run, self._clock(), limit)).fetchall())
        return [
            Lease(key, url, Kind(kind), number, attempt, json.loads(hints))
            for _, key, url, kind, number, attempt, hints in rows
        ]

    def finish(
        self,
        lease: Lease,
        raw: Raw | None = None,
        links: Iterable[Link] = (),
        article: Article | None = None,
        *,
        state: State = State.DONE,
        reason: str | None = None,
        retry_in: float | None = None,
    ) -> Change | None:
        """End a lease in one transaction: the raw response, what it lists, its article and the new state.

        Args:
            retry_in: seconds after which a failed address is due again by itself.
        Returns:
            What storing the article did; None without an article.
        Raises:
            StoreError: it could not be written, for lack of room (StoreFullError) or else; nothing was.
            ValueError: the lease is not open.
        """
        due = None if retry_in is None else self._clock() + retry_in
        with self._transaction() as t:
            ended = t.execute(
                "UPDATE url SET state = ?, reason = ?, due = ? WHERE key = ? AND run = ? AND state = 'leased'",
                (state, reason and text(reason), due, lease.key, lease.run),
            )
            if ended.rowcount != 1:
                raise ValueError(f"no open lease on {lease.url}")
            row = self._keep(lease.key, raw) if raw else None
            (spider,) = t.execute("SELECT spider FROM run WHERE id = ?", (lease.run,)).fetchone()
            self._list(links, run=lease.run, spider=spider, found_on=lease.key)
            if article is None:
                return None
            address = address_of(article, raw.url if raw else lease.url)
            return articles.put(t, text(address), article, key=lease.key, raw=row, now=self._now())

    def release(self, lease: Lease) -> None:
        """Give a lease back unused: the address stays due and the attempt does not count."""
        with self._transaction() as t:
            t.execute("UPDATE url SET state = 'new', attempts = attempts - 1 WHERE key = ?", (lease.key,))

    def counts(self, run: int) -> dict[State, int]:
        """Count the run's articles by state. A listing counts by what it lists, not itself."""
        rows = self._connection.execute(
            "SELECT state, count(*) FROM url WHERE run = ? AND kind = 'article' GROUP BY state", (run,)
        )
        return dict.fromkeys(State, 0) | {State(state): n for state, n in rows}

    def listings(self, run: int) -> list[Listing]:
        """Say how the run's listings fared, in the order in which they were listed."""
        rows = self._connection.execute(_LISTINGS, (run,))
        return [Listing(url, State(state), why, bool(again), *counts) for url, state, why, again, *counts in rows]

    def end(self, run: int, reason: str) -> None:
        """Close the run's books."""
        counts = as_json({str(state): n for state, n in self.counts(run).items()})
        with self._transaction() as t:
            t.execute(
                "UPDATE run SET ended = ?, reason = ?, counts = ? WHERE id = ?", (self._now(), reason, counts, run)
            )

    def records(self, address: str | None = None) -> Iterator[Record]:
        """Yield the stored articles, or the one of an address, as they are now."""
        return articles.read(self._connection, "article", address and key_of(address))

    def revisions(self, address: str | None = None) -> Iterator[Record]:
        """Yield earlier versions, oldest first."""
        return articles.read(self._connection, "article_revision", address and key_of(address))

    def raw(self, key: str) -> list[Raw]:
        """Return every response kept for an address, oldest first."""
        rows = self._connection.execute(
            "SELECT url, status, headers, body, seen FROM raw WHERE key = ? ORDER BY id", (key,)
        )
        return [
            Raw(url, status, tuple((n, v) for n, v in json.loads(h)), zlib.decompress(b), datetime.fromisoformat(seen))
            for url, status, h, b, seen in rows
        ]

    def _keep(self, key: str, raw: Raw) -> int:
        fetched = raw.fetched.isoformat()
        values = (key, text(raw.url), raw.status, as_json(raw.headers), hashlib.sha256(raw.body).hexdigest())
        (number,) = self._connection.execute(
            "INSERT INTO raw (key, url, status, headers, sha256, body, fetched, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET seen = excluded.seen, url = excluded.url, headers = excluded.headers "
            "RETURNING id",
            (*values, zlib.compress(raw.body), fetched, fetched),
        ).fetchone()
        return int(number)

    def _list(self, links: Iterable[Link], *, run: int, spider: str, found_on: str | None) -> None:
        fixed = {"run": run, "spider": spider, "found_on": found_on}
        for link in links:
            row = {"key": text(key_of(link.url)), "url": text(link.url), "kind": str(link.kind)}
            self._connection.execute(_LIST, row | {"hints": as_json(as_hints(link.hints))} | fixed)

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:  # full, locked, read-only; other kinds are faults of ours
            raise _failure(f"the store {self.path} cannot be written: {error}", error) from error
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def _failure(sentence: str, error: Exception) -> StoreError:
    full = (
        getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == errno.ENOSPC
    )
    return StoreFullError(sentence) if full else StoreError(sentence)


def _refuse_foreign(path: Path) -> None:
    """Raise before a lock is put beside a file that is not SQLite's."""
    if path.exists():
        with path.open("rb") as file:
            if (start := file.read(len(_MAGIC))) and start != _MAGIC:
                raise StoreError(f"the store {path} cannot be used: it is not an SQLite database")
