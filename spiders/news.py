"""The news spider: discover, fetch, extract and store, driven by the store's frontier.

A site's spider is plain data (`spiders.sites`). What a listing lists is `discovery`, what an error means `outcomes`.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Coroutine, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, UsageError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from extractors import Article, CopydeskError, ExtractionError
from spiders.challenges import pairs_of, refuse_challenge, refuse_landing, unmasked
from spiders.edition import reading
from spiders.errors import HeldError, LetGoError, StoreError
from spiders.ledger import Ledger, outcome_recorded
from spiders.listings.listing import Listed
from spiders.listings.quota import Quota
from spiders.listings.sitemaps import MAX_BYTES
from spiders.outcomes import Outcome, outcome_of
from spiders.patience import Patience, given_up
from spiders.record import Change, Finish, Kind, Lease, Link, Raw, State, charset_in, hints_of
from spiders.scrubbing import scrub_article
from spiders.store import GivenUp
from spiders.store.writer import Writer
from spiders.terminal import printable
from spiders.workers.pool import Pool

logger = logging.getLogger(__name__)

UNCHANGED = 304  # says a site of what stands in the store
_IN_FLIGHT = 256  # leases open at a time, of all hosts: each holds a file and the page that came
_TICK = 2.0  # seconds after which a silent run is looked at


class NewsSpider(Spider):
    """A site as plain data: domains, feeds, sitemaps, and section pages with the selector of their links.

    Before it starts, `extensions.storeroom` hands it the open store, `extensions.workroom` the pool of workers.
    """

    domains: ClassVar[tuple[str, ...]] = ()
    feeds: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[Mapping[str, str]] = {}
    sitemaps: ClassVar[tuple[str, ...]] = ()
    resumes: ClassVar[bool] = True  # take over what earlier runs of this spider left undone

    store: Writer
    pool: Pool
    patience: Patience

    def __init__(self, **arguments: str) -> None:
        if arguments:
            raise UsageError(f"the spider {self.name} takes no argument {', '.join(sorted(arguments))}")
        super().__init__()
        self.ledger = Ledger()
        self.run: int | None = None
        self._open: dict[str, Lease] = {}
        self._freed = 0  # leases, since others were asked for
        self._settling: set[str] = set()  # leases whose end is being written
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._quota = Quota()

    @classmethod
    def listings(cls) -> list[Link]:
        """Return where the site lists its articles, a section page with the selector of its links."""
        return [
            *(Link(url, Kind.FEED) for url in cls.feeds),
            *(Link(url, Kind.SECTION, {"selector": told}) for url, told in cls.sections.items()),
            *(Link(url, Kind.SITEMAP) for url in cls.sitemaps),
        ]

    def seeds(self) -> list[Link]:
        """Return the addresses that every run begins with."""
        return self.listings()

    async def begin(self) -> int:
        """Open the run in the store, with the addresses that it begins with; return its number."""
        return await self.store.begin(self.name, self.seeds(), resume=self.resumes)

    def scope(self, lease: Lease) -> tuple[str, ...]:
        """Return the domains that a lease stays on, and whose links count on a listing; none for no bounds."""
        return self.domains

    def since(self, lease: Lease) -> datetime | None:
        """Return since when what a sitemap lists counts, None for all of it."""
        return None

    def reading(self, lease: Lease) -> str | None:
        """Name the way in which a listing is read, None for an article: read in another, it may list something else."""
        if lease.kind is Kind.ARTICLE:
            return None
        told = reading(), sorted(self.scope(lease)), lease.hints.get("selector")
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    async def start(self) -> AsyncIterator[Request]:
        """Poll the frontier: request what is due until nothing is and nothing is under way."""
        if self.store.closed:
            return
        try:
            self.patience = Patience(self.crawler, self.store, self._open)
            await self.patience.begin()
            self.run = await self.begin()
            while leases := await self._due(self.run):
                for lease in leases:
                    yield self._request(lease)
        except CopydeskError as error:
            raise self._stopped(error) from error

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Article]:
        """Store what a response lists or says; anything raised here ends in `middlewares.outcomes`."""
        lease: Lease = response.meta["lease"]
        if response.status == UNCHANGED:
            await self._settle(lease, Outcome(lease.url, State.DONE), None, unchanged=True)
            return
        raw = _raw(response)
        refuse_challenge(raw.status, raw.headers)
        if lease.kind is not Kind.ARTICLE:
            await self._settle(lease, Outcome(lease.url, State.DONE), raw, await self.listed(lease, response))
            return
        refuse_landing(lease.url, raw.url)
        article = await self.pool.extract(
            response.body,
            response.url,
            fetched_at=raw.fetched,
            encoding=charset_of(response),
            hints=hints_of(lease.hints),
        )
        article = scrub_article(article)
        if await self._settle(lease, Outcome(lease.url, State.DONE, article=article), raw):
            yield article

    def failed(self, failure: Failure) -> None:
        """End the lease of a request that got no response to read."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        assert error is not None  # Scrapy hands over failures of its own making
        lease: Lease = request.meta["lease"]
        if isinstance(error, HeldError):
            self._soon(self._give_back(lease))
        elif isinstance(error, LetGoError):
            self._soon(self.store.release(lease))
        else:
            self.settle_error(lease, error, error.response if isinstance(error, HttpError) else None)

    def settle_error(self, lease: Lease, error: BaseException, response: Response | None) -> None:
        """Give a lease the outcome that an error means; what was fetched is kept for another day.

        Raises:
            CloseSpider: the error is not the page's and the run cannot go on.
        """
        fetched = response is not None and not isinstance(error, HttpError)
        if response is not None and isinstance(error, ExtractionError):
            error = unmasked(error, response.status, pairs_of(response), response.body)
        try:
            outcome = outcome_of(error, lease.url, lease.attempt, fetched=fetched)
        except CopydeskError as stop:
            if not isinstance(stop, StoreError):
                self._soon(self.store.release(lease))
            raise self._stopped(stop) from error
        if outcome.fault:
            logger.error("%s", printable(f"{lease.url}: {outcome.reason}"), exc_info=error)
        if outcome.passing and self.patience.tries_again:
            self._soon(self._put_off(lease, outcome))
        else:
            self._soon(self._settle(lease, outcome, _raw(response) if response is not None and fetched else None))

    async def settled(self) -> None:
        """Wait until every outcome under way is stored, or has failed to be."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _settle(
        self,
        lease: Lease,
        outcome: Outcome,
        raw: Raw | None,
        listing: Listed | None = None,
        *,
        unchanged: bool = False,
    ) -> bool:
        """Store an outcome, then write it down; say whether it is an article that stands in the store now."""
        if lease.key not in self._open or lease.key in self._settling:
            return False
        self._settling.add(lease.key)
        told = outcome.article, outcome.state, outcome.reason, outcome.retry_in, outcome.flag
        links, passed = (tuple(listing.links), tuple(listing.passed)) if listing else ((), ())
        finish = Finish(lease, raw, links, *told, outcome.rights, passed, unchanged, self.reading(lease))
        try:
            finished = await self.store.finish(finish)
        finally:
            self._settling.discard(lease.key)
        if finished.state is not outcome.state:  # it could not be stored, or was forgotten
            outcome = replace(outcome, state=finished.state, reason=finished.reason, kind=finished.kind, article=None)
        outcome = replace(outcome, article=outcome.article or finished.article)
        self.ledger.known += finished.known
        self._closed(lease)
        self.ledger.sieve.note((*passed, *finished.over))
        self._book(outcome, finished.change, lease.kind)
        return outcome.article is not None and finished.change is not Change.KEPT

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

    def _request(self, lease: Lease) -> Request:
        meta: dict[str, Any] = {"lease": lease}
        if lease.kind is Kind.SITEMAP:
            meta["download_maxsize"] = MAX_BYTES
        return Request(lease.url, self.parse, errback=self.failed, meta=meta, dont_filter=True)

    async def listed(self, lease: Lease, response: Response) -> Listed:
        """Return what a listing lists."""
        selector, depth, domains = lease.hints.get("selector"), int(lease.hints.get("depth", 0)), self.scope(lease)
        listing = await self.pool.links(
            lease.kind,
            response.body,
            response.url,
            domains,
            selector,
            depth=depth,
            encoding=charset_of(response),
            counts=await self.store.shapes(domains),
            since=self.since(lease),
        )
        if listing.note:
            logger.warning("%s", printable(listing.note))
        return self._quota.kept(listing)

    async def _due(self, run: int) -> list[Lease]:
        """Lease what is due; wait for it as long as something under way may list more."""
        while True:
            self._wake.clear()
            room = _IN_FLIGHT - len(self._open)
            leases: list[Lease] = []
            if room > 0 and self.patience.asks(self._freed):
                self._freed = 0
                leases = await self.store.lease(run, room, per_host=self.patience.per_host)
            self._open |= {lease.key: lease for lease in leases}
            if self._wake.is_set() and not leases:  # what has ended meanwhile may have listed more
                continue
            if leases:
                return leases
            if not self._open:
                if await self.patience.rest(run):
                    continue
                self._give_up(await self.store.give_up(run))
                return []
            try:
                await asyncio.wait_for(self._wake.wait(), _TICK)
            except TimeoutError:
                self._freed = _IN_FLIGHT  # whatever there is to ask for
                await self._settle_lost()

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


def _raw(response: Response) -> Raw:
    server = str(response.ip_address) if response.ip_address else None
    headers = pairs_of(response)
    return Raw(response.url, response.status, headers, response.body, datetime.now(UTC).replace(microsecond=0), server)


def charset_of(response: Response) -> str | None:
    """Return the charset that a response declares in its header, as it spells it."""
    return charset_in((response.headers.get("Content-Type") or b"").decode("latin-1"))
