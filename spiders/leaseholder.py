"""Leases of a run: taken when their turn has come, open while they are worked off, put off, given back, given up.

What is done with a lease is the spider's business (`news`), whom a run leaves alone that of its `patience`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from scrapy import Spider
from scrapy.exceptions import CloseSpider

from extractors import CopydeskError
from spiders.lease import Lease
from spiders.ledger import Ledger, outcome_recorded
from spiders.manners.patience import Patience, given_up
from spiders.outcomes import Outcome
from spiders.record import Change, Kind, Raw, State
from spiders.store import GivenUp
from spiders.store.writer import Writer

logger = logging.getLogger(__name__)

_IN_FLIGHT = 256  # leases open at a time, of all hosts: each holds a file and the page that came
_TICK = 2.0  # seconds after which a silent run is looked at


class Leaseholder(Spider):
    """A spider that works off leases of the store, and keeps books of what became of them."""

    store: Writer
    patience: Patience

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()
        self.run: int | None = None
        self._open: dict[str, Lease] = {}
        self._freed = 0  # leases, since others were asked for
        self._settling: set[str] = set()  # leases whose end is being written
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    async def settled(self) -> None:
        """Wait until every outcome under way is stored, or has failed to be."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _settle(self, lease: Lease, outcome: Outcome, raw: Raw | None) -> bool:
        """Store an outcome, then write it down; say whether it is an article that stands in the store now."""
        raise NotImplementedError

    def _book(self, outcome: Outcome, change: Change | None, kind: Kind) -> None:
        self.ledger.record(outcome, change, kind)
        if kind is Kind.ARTICLE:
            self.crawler.signals.send_catch_log(outcome_recorded, outcome=outcome)

    async def _put_off(self, lease: Lease, outcome: Outcome) -> None:
        """Put an address that failed in passing back for a later try; after the last one, settle it."""
        if lease.key not in self._open or lease.key in self._settling:
            return
        self._settling.add(lease.key)
        try:
            later = await self.patience.put_off(lease, outcome)
        finally:
            self._settling.discard(lease.key)
        if later:
            self._closed(lease)
        else:
            await self._settle(lease, replace(outcome, retry_in=None), None)

    async def _give_back(self, lease: Lease) -> None:
        """Give a lease back unused, while its host is held."""
        await self.store.release(lease)
        self._closed(lease)

    def _closed(self, lease: Lease) -> None:
        self._open.pop(lease.key, None)
        self._freed += 1
        self._wake.set()

    def _soon(self, ending: Coroutine[Any, Any, Any]) -> None:
        """Let a lease end while Scrapy goes on; the run waits for it."""
        task = asyncio.get_running_loop().create_task(ending)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is None or self._closing or self.store.closed:
            return
        if isinstance(error, CopydeskError):
            self._stopped(error)
        else:
            logger.error("an outcome could not be stored", exc_info=error)
        engine = self.crawler.engine
        self._closing = asyncio.get_running_loop().create_task(engine.close_spider_async(reason="stopped"))

    async def _due(self, run: int) -> list[Lease]:
        """Lease what is due; wait for it as long as something under way may list more."""
        while True:
            self._wake.clear()
            room = self._room()
            leases: list[Lease] = []
            if room > 0 and self.patience.asks(self._freed):
                self._freed = 0
                asking = self.store.lease(run, room, per_host=self.patience.per_host)
                leases = await self.patience.dealt(asking)
            self._open |= {lease.key: lease for lease in leases}
            if self._wake.is_set() and not leases:  # what has ended meanwhile may have listed more
                continue
            if leases:
                return leases
            if not self._open:
                if self.ledger.full:
                    return []
                if await self.patience.rest(run):
                    continue
                self._give_up(await self.store.give_up(run))
                return []
            try:
                await asyncio.wait_for(self._wake.wait(), _TICK)
            except TimeoutError:
                self._freed = _IN_FLIGHT  # whatever there is to ask for
                await self._settle_lost()

    def _room(self) -> int:
        """Say how many more addresses may be asked for, none beyond the limit of articles."""
        room, limit = _IN_FLIGHT - len(self._open), self.ledger.limit
        return room if limit is None else min(room, limit - self.ledger.settled[State.DONE] - len(self._open))

    def _give_up(self, addresses: list[GivenUp]) -> None:
        """Write down what the run does not wait for."""
        for given in addresses:
            self._book(given_up(given), None, given.kind)

    async def _settle_lost(self) -> None:
        """End leases whose requests are nowhere in Scrapy any more (some component dropped them without a word)."""
        engine = self.crawler.engine
        slot = engine.scraper.slot
        if engine.downloader.active or not (slot and slot.is_idle()):
            return
        if engine.scheduler and engine.scheduler.has_pending_requests():
            return
        for lease in list(self._open.values()):
            await self._settle(lease, Outcome(lease.url, State.FAILED, "the request was dropped", fault=True), None)

    def _stopped(self, error: CopydeskError) -> CloseSpider:
        self.ledger.stopped_by = self.ledger.stopped_by or error
        return CloseSpider("stopped")
