"""The store for the length of a crawl: a thread of its own writes, so that the event loop never waits for the disk."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from spiders.errors import StoreError
from spiders.lease import Finish, Finished, Lease
from spiders.record import Link, Listing, State
from spiders.store import GivenUp, Notice, Store, Wait
from spiders.vitals.judgement import Drift

_BATCH = 50  # finishes in one transaction at most: what a crash may have to fetch again
_GATHERING = 0.03  # seconds that a finish waits for others: a transaction costs as much as what is in it

P = ParamSpec("P")
T = TypeVar("T")


class Writer:
    """Write to a store from a coroutine; only the writer may use the store from then on.

    Finishes that come within a moment, or while a transaction is being written, are the next one, together: under load
    one flush to the disk serves many pages. All methods raise what those of `Store` raise.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._waiting: deque[tuple[Finish, asyncio.Future[Finished]]] = deque()
        self._batches: asyncio.Task[None] | None = None
        self._begun: int | None = None
        self.closed = False  # a spider may be closed before it has begun, or while it asks for more

    async def begin(
        self, spider: str, links: Sequence[Link], *, resume: bool = True, sites: Sequence[str] | None = None
    ) -> int:
        """Open a run: see `Store.begin`."""

        def opened() -> int:
            self._begun = self._store.begin(spider, links, resume=resume, sites=sites)
            return self._begun

        return await self._on_thread(opened)

    async def begun(self) -> int | None:
        """Return the run that was opened, also where whoever asked for it was stopped before it was; None: no run."""
        return await self._on_thread(lambda: self._begun)

    async def lease(self, run: int, limit: int, *, per_host: int | None = None) -> list[Lease]:
        """Take up to `limit` addresses of the run that are due; none of a store that is closed: see `Store.lease`."""
        if self.closed:
            return []
        return await self._on_thread(self._store.lease, run, limit, per_host=per_host)

    async def postpone(self, lease: Lease, seconds: float, reason: str | None) -> None:
        """Put an address back for a later try: see `Store.postpone`."""
        await self._on_thread(self._store.postpone, lease, seconds, reason)

    async def failing(self) -> dict[str, int]:
        """Return the hosts that failed last, and how many times: see `Hosts.failing`."""
        return await self._on_thread(self._store.hosts.failing)

    async def hold(self, host: str, seconds: float, failures: int, reason: str | None) -> None:
        """Ask a host for nothing for a while: see `Hosts.hold`."""
        await self._on_thread(self._store.hosts.hold, host, seconds, failures, reason)

    async def wait(self, run: int) -> Wait | None:
        """Say when an address of the run will be due; None also of a store that is closed."""
        return None if self.closed else await self._on_thread(self._store.hosts.wait, run)

    async def give_up(self, run: int) -> list[GivenUp]:
        """Call every address of the run that waits failed: see `Hosts.give_up`."""
        return [] if self.closed else await self._on_thread(self._store.hosts.give_up, run)

    async def finish(self, finish: Finish) -> Finished:
        """End a lease; return when it is on the disk.

        Raises:
            StoreError: it could not be written, or the store is closed.
        """
        self._refuse_closed()
        told: asyncio.Future[Finished] = asyncio.get_running_loop().create_future()
        self._waiting.append((finish, told))
        if self._batches is None:
            self._batches = asyncio.create_task(self._write())
        return await told

    async def release(self, lease: Lease) -> None:
        """Give a lease back unused."""
        await self._on_thread(self._store.release, lease)

    async def counts(self, run: int) -> dict[State, int]:
        """Count the run's articles by state."""
        return await self._on_thread(self._store.counts, run)

    async def carried(self, run: int) -> dict[State, int]:
        """Count the run's articles that were done before it went on with an interrupted one."""
        return await self._on_thread(self._store.carried, run)

    async def listings(self, run: int) -> list[Listing]:
        """Say how the run's listings fared."""
        return await self._on_thread(self._store.listings, run)

    async def shapes(self, sites: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Return what addresses of sites turned out to be: see `Store.shapes`."""
        return await self._on_thread(self._store.shapes, sites)

    def now(self) -> datetime:
        """Return the time by the store's clock."""
        return self._store.now()

    async def remembered(self, sites: Sequence[str]) -> list[tuple[Link, State]]:
        """Return what earlier runs found for sites: see `Store.remembered`."""
        return await self._on_thread(self._store.remembered, sites)

    async def notice(self, address: str) -> Notice | None:
        """Return what such a file of a host last said: see `Store.notice`."""
        return await self._on_thread(self._store.notice, address)

    async def note_notice(self, notice: Notice) -> None:
        """Remember what it says now."""
        await self._on_thread(self._store.note_notice, notice)

    async def judge(self, run: int) -> list[Drift]:
        """Say what has changed at the run's sites, and mark the articles in doubt: see `Vitals.judge`."""
        return await self._on_thread(self._store.vitals.judge, run)

    async def end(
        self, run: int, reason: str, *, status: int | None = None, outcomes: Mapping[str, int] | None = None
    ) -> None:
        """Close the run's books: see `Store.end`."""
        await self._on_thread(self._store.end, run, reason, status=status, outcomes=outcomes)

    async def prune(self, keep: timedelta | None) -> int:
        """Empty the bodies of old responses: see `Store.prune`."""
        return await self._on_thread(self._store.prune, keep)

    async def close(self) -> None:
        """Let go of the store when all that waits is written."""
        self.closed = True
        if self._batches:
            await self._batches
        await asyncio.get_running_loop().run_in_executor(self._thread, self._store.close)
        self._thread.shutdown()

    async def _write(self) -> None:
        """Write what waits, a batch at a time, until nothing does."""
        while self._waiting:
            if len(self._waiting) < _BATCH and not self.closed:
                await asyncio.sleep(_GATHERING)
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _BATCH))]
            finishes = [finish for finish, _ in batch]
            written = asyncio.get_running_loop().run_in_executor(self._thread, self._store.finish_all, finishes)
            await asyncio.wait([written])
            error = written.exception()
            results = [] if error else written.result()
            for (_, told), finished in zip(batch, results, strict=False):
                if not told.done():  # whoever waited may have been cancelled
                    told.set_result(finished)
            left = batch[len(results) :]
            if error is None:  # the file failed half-way: what is left is asked for again, and says so
                self._waiting.extendleft(reversed(left))
                continue
            for _, told in left:
                if not told.done():
                    told.set_exception(error)
        self._batches = None

    def _refuse_closed(self) -> None:
        if self.closed:
            raise StoreError("the store is closed: the run has ended")

    async def _on_thread(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self._refuse_closed()
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: call(*args, **kwargs))
