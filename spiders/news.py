"""The news spider: discover, fetch, extract and store, driven by the store's frontier.

A site's spider is plain data (`spiders.sites`). What a listing lists is `discovery`, what an error means `ledger`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from email.message import Message
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, UsageError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from extractors import Article, CopydeskError, Hints, extract
from extractors.article import parse_when
from spiders.discovery import feed_links, section_links
from spiders.errors import StoreError
from spiders.ledger import Ledger, outcome_recorded
from spiders.outcomes import Outcome, outcome_of
from spiders.record import Kind, Lease, Link, Raw, State
from spiders.store import Store
from spiders.terminal import printable

logger = logging.getLogger(__name__)

_IN_FLIGHT = 32  # leases open at a time: what a crash may have to fetch again
_TICK = 2.0  # seconds after which a silent run is looked at


class NewsSpider(Spider):
    """A site as plain data: its domains, its feeds, and its section pages with the selector of their links.

    The extension `extensions.storeroom` hands it the open store before it starts.
    """

    domains: ClassVar[tuple[str, ...]] = ()
    feeds: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[Mapping[str, str]] = {}
    resumes: ClassVar[bool] = True  # take over what earlier runs of this spider left undone

    store: Store

    def __init__(self, **arguments: str) -> None:
        if arguments:
            raise UsageError(f"the spider {self.name} takes no argument {', '.join(sorted(arguments))}")
        super().__init__()
        self.ledger = Ledger()
        self.run: int | None = None
        self._open: dict[str, Lease] = {}
        self._wake = asyncio.Event()

    def seeds(self) -> list[Link]:
        """Return the addresses that every run begins with."""
        return [Link(url, Kind.FEED) for url in self.feeds] + [Link(url, Kind.SECTION) for url in self.sections]

    async def start(self) -> AsyncIterator[Request]:
        """Poll the frontier: request what is due until nothing is and nothing is under way."""
        try:
            self.run = self.store.begin(self.name, self.seeds(), resume=self.resumes)
            while leases := await self._due(self.run):
                for lease in leases:
                    yield Request(lease.url, self.parse, errback=self.failed, meta={"lease": lease}, dont_filter=True)
        except CopydeskError as error:
            raise self._stopped(error) from error

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Article]:
        """Store what a response lists or says; anything raised here ends in `middlewares.outcomes`."""
        lease: Lease = response.meta["lease"]
        raw = _raw(response)
        if lease.kind is not Kind.ARTICLE:
            self._settle(lease, Outcome(lease.url, State.DONE), raw, links=self._listed(lease, response))
            return
        article = extract(
            response.body, response.url, fetched_at=raw.fetched, encoding=charset_of(response), hints=_hints(lease)
        )
        self._settle(lease, Outcome(lease.url, State.DONE, article=article), raw)
        yield article

    def failed(self, failure: Failure) -> None:
        """End the lease of a request that got no response to read."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        assert error is not None  # Scrapy hands over failures of its own making
        self.settle_error(request.meta["lease"], error, error.response if isinstance(error, HttpError) else None)

    def settle_error(self, lease: Lease, error: BaseException, response: Response | None) -> None:
        """Give a lease the outcome that an error means; what was fetched is kept for another day.

        Raises:
            CloseSpider: the error is not the page's and the run cannot go on.
        """
        fetched = response is not None and not isinstance(error, HttpError)
        try:
            outcome = outcome_of(error, lease.url, lease.attempt, fetched=fetched)
            if outcome.fault:
                logger.error("%s", printable(f"{lease.url}: {outcome.reason}"), exc_info=error)
            if lease.key in self._open:
                self._settle(lease, outcome, _raw(response) if response is not None and fetched else None)
        except CopydeskError as stop:
            if not isinstance(stop, StoreError):
                self.store.release(lease)
            raise self._stopped(stop) from error

    def _settle(self, lease: Lease, outcome: Outcome, raw: Raw | None, links: list[Link] | None = None) -> None:
        change = self.store.finish(
            lease,
            raw,
            links or (),
            outcome.article,
            state=outcome.state,
            reason=outcome.reason,
            retry_in=outcome.retry_in,
        )
        del self._open[lease.key]
        self._wake.set()
        self.ledger.record(outcome, change, lease.kind)
        if lease.kind is Kind.ARTICLE:
            self.crawler.signals.send_catch_log(outcome_recorded, outcome=outcome)

    def _listed(self, lease: Lease, response: Response) -> list[Link]:
        if lease.kind is Kind.FEED:
            return feed_links(response.body, response.url, self.domains)
        return section_links(response.body, response.url, self.sections[lease.url], self.domains)

    async def _due(self, run: int) -> list[Lease]:
        """Lease what is due; wait for it as long as something under way may list more."""
        while True:
            room = _IN_FLIGHT - len(self._open)
            leases = self.store.lease(run, room) if room > 0 else []
            self._open |= {lease.key: lease for lease in leases}
            if leases or not self._open:
                return leases
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), _TICK)
            except TimeoutError:
                self._settle_lost()

    def _settle_lost(self) -> None:
        """End leases whose requests are nowhere in Scrapy any more (some component dropped them without a word)."""
        engine = self.crawler.engine
        slot = engine.scraper.slot
        if engine.downloader.active or not (slot and slot.is_idle()):
            return
        if engine.scheduler and engine.scheduler.has_pending_requests():
            return
        for lease in list(self._open.values()):
            self._settle(lease, Outcome(lease.url, State.FAILED, "the request was dropped", fault=True), None)

    def _stopped(self, error: CopydeskError) -> CloseSpider:
        self.ledger.stopped_by = self.ledger.stopped_by or error
        return CloseSpider("stopped")


def _raw(response: Response) -> Raw:
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if name.lower() != b"set-cookie"
    )
    server = str(response.ip_address) if response.ip_address else None
    return Raw(response.url, response.status, headers, response.body, datetime.now(UTC).replace(microsecond=0), server)


def charset_of(response: Response) -> str | None:
    """Return the charset that a response declares in its header, as it spells it."""
    message = Message()
    message["Content-Type"] = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return message.get_content_charset()


def _hints(lease: Lease) -> Hints | None:
    if not lease.hints:
        return None
    given = lease.hints
    published = parse_when(given.get("published"))
    return Hints(headline=given.get("headline"), summary=given.get("summary"), published=published)
