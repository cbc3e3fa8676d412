"""The patience of a run: what failed in passing is tried again, and hosts in trouble are left alone for a while.

The numbers are in `pauses`; what is put off and who is held stand in the store, so that the next run knows it too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.addresses import host_of
from spiders.cassettes import replays
from spiders.errors import HeldError, LetGoError
from spiders.lease import Lease
from spiders.manners.pauses import hold
from spiders.outcomes import PASSING, Outcome, of_answer
from spiders.record import State
from spiders.store import MAX_ATTEMPTS, GivenUp
from spiders.store.writer import Writer
from spiders.surfaces.terminal import printable

logger = logging.getLogger(__name__)

_A_HOST = 2  # leases of one host that are open at a time: the next page is ready when its turn comes
_UNPACED = 64  # of one that may be asked without a pause: half of them are being read or stored
_AT_ONCE = 16  # of them that are asked for together: each asking is a transaction
_LOOK = 30.0  # seconds after which a run that waits looks at the clock again, which may have been set

Soon = Callable[[Coroutine[Any, Any, Any]], None]  # does it while Scrapy goes on; the run waits for it
sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Patience:
    """Whom a run leaves alone, and how long it waits. A replay waits for nobody: nothing in a recording will pass.

    `tries_again` says whether it asks for an address a second time.
    """

    def __init__(self, crawler: Crawler, store: Writer, leases: Mapping[str, Lease], soon: Soon) -> None:
        """Take the leases that are open, as they will be at any time, and who sees to what the store is told."""
        self._crawler, self._store, self._leases, self._soon = crawler, store, leases, soon
        replayed = replays(crawler)
        self._left = 0.0 if replayed else crawler.settings.getfloat("PATIENCE")  # seconds that the run may still wait
        self.tries_again = self._left > 0
        self._paced = crawler.settings.getfloat("DOWNLOAD_DELAY") > 0
        self.per_host = _A_HOST if self._paced else _UNPACED
        self._failures: dict[str, int] = {}
        self._last: dict[str, str] = {}  # the address of the host that failed last
        self._under_way: dict[str, list[Lease]] = {}  # that were open when their host was last held
        self._told: set[str] = set()
        self._latest: set[str] = set()  # hosts held since leases were last asked for
        self._unheard: set[str] = set()  # of them, those of which the store has not heard yet
        if not replayed:
            # It is sent before the next request of the host is let go.
            crawler.signals.connect(self.heard, signals.response_downloaded)

    async def begin(self) -> None:
        """Learn which hosts were in trouble when the last run ended."""
        self._failures = await self._store.failing()

    async def put_off(self, lease: Lease, outcome: Outcome) -> bool:
        """Put an address that failed in passing back for a later try, and hold its host where that is due.

        Returns:
            Whether there is a later try: not after `MAX_ATTEMPTS`.
        """
        self._trouble(lease, outcome)
        if lease.attempt >= MAX_ATTEMPTS:
            return False
        await self._store.postpone(lease, outcome.retry_in or 0.0, outcome.reason)
        return True

    def heard(self, response: Response, request: Request) -> None:
        """Hold a host that asks for it at once, while its answer is still on its way; trust one that has answered."""
        lease = request.meta.get("lease")
        if lease is None:
            return
        if response.status in PASSING:
            if (outcome := of_answer(lease.url, response, lease.attempt)).host_wide:
                self._trouble(lease, outcome)
        elif self._failures and not self.knew(lease) and self._failures.pop(host_of(lease.url), 0):
            self._note(host_of(lease.url), 0.0, 0, None)

    def _trouble(self, lease: Lease, outcome: Outcome) -> None:
        """Count a failure of a host, and hold it where that is due: what waits for its turn there is given back."""
        host = host_of(lease.url)
        again = self._last.get(host) == lease.key and not outcome.host_wide  # one page that fails is no host that does
        self._last[host] = lease.key
        if self.knew(lease) or again:
            return
        self._failures[host] = failures = self._failures.get(host, 0) + 1
        seconds = hold(failures, outcome.told, asked=outcome.host_wide)
        self._note(host, seconds, failures, outcome.reason)
        if seconds:
            self._latest.add(host)
            self._unheard.add(host)
            self._under_way[host] = [one for one in self._leases.values() if host_of(one.url) == host]
            logger.info("%s", printable(f"{host} is left alone for {_span(seconds)}: {outcome.reason}"))
            let_go(self._crawler, host)

    def _note(self, host: str, seconds: float, failures: int, reason: str | None) -> None:
        """Tell the store; a lease that it deals before it has heard of it is given back."""
        self._soon(self._told_of(host, seconds, failures, reason))

    async def _told_of(self, host: str, seconds: float, failures: int, reason: str | None) -> None:
        await self._store.hold(host, seconds, failures, reason)
        if seconds:
            self._unheard.discard(host)

    def knew(self, lease: Lease) -> bool:
        """Say whether a lease was under way when its host was held: what comes of it tells nothing new."""
        return any(lease is one for one in self._under_way.get(host_of(lease.url), ()))

    def asks(self, ended: int) -> bool:
        """Say whether it is time to ask for leases, so many having ended since that was done last."""
        return self._paced or ended >= _AT_ONCE or len(self._leases) + _AT_ONCE <= _UNPACED

    async def dealt(self, asking: Awaitable[list[Lease]]) -> list[Lease]:
        """Wait for leases; give back those of hosts that were held while the store dealt them."""
        self._latest &= self._unheard
        leases = await asking
        early = [lease for lease in leases if host_of(lease.url) in self._latest]
        for lease in early:
            await self._store.release(lease)
        return [lease for lease in leases if lease not in early]

    async def rest(self, run: int) -> bool:
        """Wait, with nothing else to do, for an address that will be due; say False where none is worth it."""
        wait = await self._store.wait(run)
        if wait is None or wait.seconds > self._left:
            return False
        if wait.host not in self._told and wait.seconds >= 1:
            self._told.add(wait.host)
            why = f" ({wait.reason})" if wait.reason else ""
            logger.info("%s", printable(f"waiting for {wait.host}{why}: its next turn is in {_span(wait.seconds)}"))
        seconds = min(max(wait.seconds, 0.01), _LOOK)
        await sleep(seconds)
        self._left -= seconds
        return True


def let_go(crawler: Crawler, host: str | None = None) -> None:
    """Give back what waits for its turn with a host: a run that is stopped finishes what is being fetched, no more.

    Scrapy would fetch all of it first, at the pace that the host is owed.

    Args:
        host: only what waits for this one, which is held; the run goes on.
    """
    for slot in crawler.engine.downloader.slots.values():
        for request, turn in [waiting for waiting in slot.queue if "lease" in waiting[0].meta]:
            if host in (None, host_of(request.meta["lease"].url)):
                slot.queue.remove((request, turn))
                turn.errback(LetGoError(request.url) if host is None else HeldError(request.url))


def given_up(given: GivenUp) -> Outcome:
    """Return the outcome of an address that its run does not wait for."""
    reason = f"{given.reason}; due again in {_span(given.retry_in)}"
    return Outcome(given.url, State.FAILED, reason, retry_in=given.retry_in, kind="put off")


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
