"""The one SQLite file: frontier, raw responses, articles with their revisions, runs.

Nothing is done until it is stored: `Store.finish_all` writes the raw response, what it linked to, its article and the
end of its lease in one transaction, so that a crash costs a refetch and never an article. A lock makes the leases ours:
those that a dead run left are opened again when the next one begins. `Store` writes, `reader` reads beside it, `writer`
is the thread that a crawl writes through. No other package speaks SQL; the rooms of this one: `schema` (the tables,
made by `steps`), `intake` (what is listed), `frontier`, `archive` (raw responses, packed by `bodies`), `articles`,
`whereabouts` (of an article), `endings` (of leases), `oblivion` (what was forgotten), `hosts` (who is held), `notices`
(of hosts), `shapes` (of addresses), `remembered` (listings of sites), `history` (of runs), `vitals` (signs by which
drift is known), `search`, `checks` (checksums), `connection` (transactions, and what their failures mean), `lock`. What
may go into a row is `spiders.surfaces.values`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from extractors import Article
from spiders.addresses import kept_at
from spiders.errors import StoreError
from spiders.lease import Finish, Finished, Lease
from spiders.manners.revisits import Revisits
from spiders.record import Change, Link, Listing, Record, State
from spiders.store import archive, articles, endings, frontier, history, intake, notices, oblivion, remembered, shapes
from spiders.store.archive import StoredRaw
from spiders.store.connection import Database
from spiders.store.frontier import MAX_ATTEMPTS
from spiders.store.hosts import FARTHEST, GivenUp, Hosts, Wait
from spiders.store.notices import Notice
from spiders.store.vitals import Vitals
from spiders.surfaces.values import iso

__all__ = ["MAX_ATTEMPTS", "GivenUp", "Notice", "Store", "StoredRaw", "Wait"]

# What a value of a page can do to a row; of SQLite's errors, those of the file are StoreErrors by then.
_POISON = sqlite3.Error, OverflowError, TypeError, ValueError, LookupError, AttributeError, RecursionError

_NEVER = Revisits()  # no article is looked at again


class Store:
    """An open store; one run at a time has it.

    Args:
        watch: says when an article is looked at again.
        host_budget: how many articles of one host a run takes of its listings; None for any number.
        entry: the entry of a plan that its runs are for.
    Raises:
        StoreLockedError: another run has it.
        StoreFullError: there is no room on its disk.
        StoreError: it cannot be opened or written, it is not a store, or a newer Copydesk wrote it.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        clock: Callable[[], float] = time.time,
        watch: Revisits = _NEVER,
        host_budget: int | None = None,
        entry: str | None = None,
    ) -> None:
        self.path = Path(path)
        self._watch, self._entry, self._host_budget = watch, entry, host_budget
        self._clock = clock
        self._database = Database(self.path)
        self.hosts = Hosts(self._database, clock)
        self.vitals = Vitals(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; open leases stay for the next run."""
        self._database.close()

    def begin(
        self, spider: str, links: Iterable[Link], *, resume: bool = True, sites: Iterable[str] | None = None
    ) -> int:
        """Open a run: every lease of a dead run is open again, and `links` are due, each once and none forgotten.

        What they list is due when it is new, or when its own time has come. A run that was interrupted within the last
        day is gone on with: what it had done of the links counts as done in this one.

        Args:
            resume: also take over the articles that earlier runs of this spider left undone, failed at in passing, or
                are to be looked at again; and all that one had done that was interrupted.
            sites: of them, only those that belong to these (`domains` in the hints of their links).
        Returns:
            The run's number.
        """
        with self._database.transaction() as t:
            run = intake.begin(t, spider, links, resume=resume, now=self._clock(), sites=sites)
            history.note_entry(t, run, self._entry)
        return run

    def discover(self, run: int, links: Iterable[Link]) -> None:
        """Make more addresses due in a run that is under way, as `begin` does."""
        with self._database.transaction() as t:
            intake.give(t, links, run=run)

    def lease(self, run: int, limit: int, *, per_host: int | None = None) -> list[Lease]:
        """Take up to `limit` addresses of the run that are due, in the order in which they were listed.

        Args:
            per_host: how many leases of one host may be open (one of a host that failed last); None: any number.
        """
        with self._database.transaction() as t:
            return frontier.lease(t, run, limit, per_host=per_host, now=self._clock())

    def postpone(self, lease: Lease, seconds: float, reason: str | None) -> None:
        """Put an address that failed in passing back into its run, due in so many seconds; the attempt counts."""
        with self._database.transaction() as t:
            due = self._clock() + min(seconds, FARTHEST)
            frontier.postpone(t, lease, due=due, reason=reason)

    def finish_all(self, finishes: Sequence[Finish]) -> list[Finished]:
        """End leases, all in one transaction; where a row is poison, each in its own, and that one is parked as failed.

        Returns:
            What each of them did; where the file fails half-way, only those that were written before.
        Raises:
            StoreError: none could be written.
        """
        try:
            with self._database.transaction() as t:
                return [self._finish(t, finish) for finish in finishes]
        except _POISON:
            finished: list[Finished] = []
        for finish in finishes:
            try:
                finished.append(self._finish_or_park(finish))
            except StoreError:
                if not finished:
                    raise
                break
        return finished

    def release(self, lease: Lease) -> None:
        """Give a lease back unused: the address stays due and the attempt does not count."""
        with self._database.transaction() as t:
            frontier.release(t, lease)

    def counts(self, run: int) -> dict[State, int]:
        """Count the run's articles by state. A listing counts by what it lists, not itself."""
        with self._database.reading() as connection:
            return frontier.counts(connection, run)

    def carried(self, run: int) -> dict[State, int]:
        """Count the run's articles that had their outcome before: in the interrupted run that it goes on with."""
        with self._database.reading() as connection:
            return frontier.carried(connection, run)

    def listings(self, run: int) -> list[Listing]:
        """Say how the run's listings fared, in the order in which they were listed."""
        with self._database.reading() as connection:
            return frontier.listings(connection, run)

    def now(self) -> datetime:
        """Return the time by the clock that the store lives by."""
        return datetime.fromtimestamp(self._clock(), UTC)

    def remembered(self, sites: Iterable[str]) -> list[tuple[Link, State]]:
        """Return the feeds and sitemaps that earlier runs found for sites, and how each of them last fared."""
        with self._database.reading() as connection:
            return remembered.listings(connection, sites)

    def notice(self, address: str) -> Notice | None:
        """Return what a host's robots.txt, or a file of that kind, last said; how old that may be, the caller says."""
        with self._database.reading() as connection:
            return notices.find(connection, address)

    def note_notice(self, notice: Notice) -> None:
        """Remember what such a file says now."""
        with self._database.transaction() as t:
            notices.note(t, notice)

    def shapes(self, sites: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return by shape how many addresses of sites turned out to be articles, and how many not."""
        with self._database.reading() as connection:
            return shapes.known(connection, sites)

    def end(
        self, run: int, reason: str, *, status: int | None = None, outcomes: Mapping[str, int] | None = None
    ) -> None:
        """Close the run's books; of what was passed over, drop what no run of the last 30 days has come upon.

        Args:
            reason: Scrapy's word for how it ended.
            status: what the shell is told.
            outcomes: the outcomes of its articles, by kind.
        """
        with self._database.transaction() as t:
            frontier.close(t, run, reason, self._now())
            history.note_end(t, run, status, outcomes or {})
            shapes.prune(t, self._now())

    def prune(self, keep: timedelta | None) -> int:
        """Empty the bodies of responses last seen longer ago than `keep`, all of them for None; return how many.

        What was fetched, when, from where, and the hash of it stay known.
        """
        before = (self.now() - keep).isoformat(timespec="seconds") if keep is not None else None
        pruned = 0
        while True:
            with self._database.transaction() as t:
                count = archive.prune(t, before)
            if not count:
                return pruned
            pruned += count

    def forget(self, named: str) -> int:
        """Take an address out for good, or a site (its host): articles, revisions and responses, also from the disk.

        The addresses are excluded from now on: never listed, fetched or stored again.

        Returns:
            The number of articles taken out.
        """
        with self._database.erasing(), self._database.transaction() as t:
            return oblivion.forget(t, named, self._now())

    def revise(self, page: StoredRaw | Record, article: Article | None, *, flag: str | None = None) -> Change | None:
        """Store what today's extractors read from a stored response; the network is not asked.

        Args:
            page: the response, or the record that was read from it.
            article: None where the page is no article: `flag` says why.
        Returns:
            What it changed; None where there is neither an article nor one that the page was before, or where it was
            forgotten.
        """
        with self._database.transaction() as t:
            return endings.revise(t, page, article, flag)

    def standing(self, address: str) -> tuple[Article, datetime] | None:
        """Return the article of an address and when the response it was read from last came; None without either."""
        with self._database.reading() as connection:
            rows = articles.rows(connection, "article", "address = ?", (kept_at(address),))
            for record in map(articles.record, rows):
                for row in archive.rows(connection, "id = ?", (record.raw,)):
                    return record.article, archive.stored(row, connection).seen
        return None

    def _finish(self, t: sqlite3.Connection, finish: Finish) -> Finished:
        due = None if finish.retry_in is None else self._clock() + min(finish.retry_in, FARTHEST)
        return endings.write(t, finish, due=due, at=self._clock(), watch=self._watch, budget=self._host_budget)

    def _finish_or_park(self, finish: Finish) -> Finished:
        """Write one finish; where that cannot be, what of it can: the response, or the end of the lease alone."""
        try:
            with self._database.transaction() as t:
                return self._finish(t, finish)
        except _POISON as error:
            reason = f"cannot be stored: {type(error).__name__}: {error}"[:300]
        for attempt in endings.remains(finish, reason):
            try:
                with self._database.transaction() as t:
                    return self._finish(t, attempt)
            except _POISON:  # with nothing left, the lease itself is not open
                continue
        return Finished(State.FAILED, reason=reason, kind="not storable")

    def _now(self) -> str:
        return iso(self._clock())
