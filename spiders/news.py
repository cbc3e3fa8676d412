"""The news spider: discover, fetch, extract and store, driven by the store's frontier.

A site's spider is plain data (`spiders.sites`). What a listing lists is `discovery`, what an error means `outcomes`,
which lease has its turn `leaseholder`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, UsageError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from extractors import Article, CopydeskError, ExtractionError
from spiders.bounds import bounds_of
from spiders.challenges import pairs_of, refuse_challenge, refuse_landing, unmasked
from spiders.context import charset_in, hints_of
from spiders.edition import reading
from spiders.errors import HeldError, LetGoError, StoreError
from spiders.lease import Finish, Lease
from spiders.leaseholder import Leaseholder
from spiders.listings.listing import Listed
from spiders.listings.quota import Quota
from spiders.listings.sitemaps import MAX_BYTES
from spiders.manners.patience import Patience
from spiders.outcomes import GONE, Outcome, gone, outcome_of
from spiders.record import Change, Kind, Link, Raw, State
from spiders.rights.clearance import Clearance, RightsReservedError
from spiders.surfaces.scrubbing import scrub_article
from spiders.surfaces.terminal import printable
from spiders.workers.pool import Pool

logger = logging.getLogger(__name__)

UNCHANGED = 304  # says a site of what stands in the store


class NewsSpider(Leaseholder):
    """A site as plain data: domains, feeds, sitemaps, and section pages with the selector of their links.

    Before it starts, `extensions.storeroom` hands it the open store, `extensions.workroom` the pool of workers,
    `extensions.manners` what judges whether a page may be kept.
    """

    domains: ClassVar[tuple[str, ...]] = ()
    feeds: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[Mapping[str, str]] = {}
    sitemaps: ClassVar[tuple[str, ...]] = ()
    resumes: ClassVar[bool] = True  # take over what earlier runs of this spider left undone

    pool: Pool
    clearance: Clearance

    def __init__(self, **arguments: str) -> None:
        self.bounds = bounds_of(arguments, datetime.now(UTC))
        if arguments:
            raise UsageError(f"the spider {self.name} takes no argument {', '.join(sorted(arguments))}")
        super().__init__()
        self.ledger.limit = self.bounds.limit
        self._quota = Quota()

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return the spider of a crawl.

        Raises:
            NotConfigured: it is another that keeps no books; an extension or a middleware stands aside then.
        """
        if not isinstance(crawler.spider, cls):
            raise NotConfigured
        return crawler.spider

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

    def reading(self, lease: Lease) -> str:
        """Name the way in which an address is read: in another, a listing may list more, and a page be allowed."""
        if lease.kind is Kind.ARTICLE:
            return self.clearance.terms
        told = (
            self.clearance.terms,
            reading(),
            sorted(self.scope(lease)),
            lease.hints.get("selector"),
            self.bounds.asked,
            self.bounds.until,
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    async def start(self) -> AsyncIterator[Request]:
        """Poll the frontier: request what is due until nothing is and nothing is under way."""
        try:
            self.patience = Patience(self.crawler, self.store, self._open, self._soon)
            await self.patience.begin()
            self.run = await self.begin()
            while leases := await self._due(self.run):
                for lease in leases:
                    yield self._request(lease)
        except CopydeskError as error:
            if not self.store.closed:  # a budget that is spent at once ends a run before it has begun
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
        reading = await self.pool.read(
            response.body,
            response.url,
            fetched_at=raw.fetched,
            encoding=charset_in(raw.headers),
            hints=hints_of(lease.hints),
            meta=self.clearance.asks,
        )
        rights = self.clearance.of_page(raw, reading.meta, response.meta.get("rights", ()))
        article = reading.article
        # What is stored is watched, whatever a run is asked for.
        if not lease.stored and (why := self.bounds.outside(article.published)):
            unwanted = Outcome(lease.url, State.EXCLUDED, why, kind="outside dates")
            await self._settle(lease, unwanted, None, published=str(article.published))
            return
        article = scrub_article(article)
        if await self._settle(lease, Outcome(lease.url, State.DONE, article=article, rights=rights), raw):
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
        if response is not None and fetched and lease.kind is Kind.ARTICLE:
            error = self.clearance.withheld(_raw(response), response.meta.get("rights", ())) or error
        if response is not None and isinstance(error, ExtractionError):
            error = unmasked(error, response.status, pairs_of(response), response.body)
        try:
            outcome = outcome_of(error, lease.url, lease.attempt, fetched=fetched)
        except CopydeskError as stop:
            if not isinstance(stop, StoreError):
                self._soon(self.store.release(lease))
            raise self._stopped(stop) from error
        if lease.stored and outcome.kind in GONE:
            outcome = gone(outcome)
        if outcome.fault:
            logger.error("%s", printable(f"{lease.url}: {outcome.reason}"), exc_info=error)
        kept = fetched and not isinstance(error, RightsReservedError)
        if outcome.passing and self.patience.tries_again:
            self._soon(self._put_off(lease, outcome))
        else:
            self._soon(self._settle(lease, outcome, _raw(response) if response is not None and kept else None))

    async def _settle(
        self,
        lease: Lease,
        outcome: Outcome,
        raw: Raw | None,
        listing: Listed | None = None,
        *,
        unchanged: bool = False,
        published: str | None = None,
    ) -> bool:
        """Store an outcome, then write it down; say whether it is an article that stands in the store now."""
        if lease.key not in self._open or lease.key in self._settling:
            return False
        self._settling.add(lease.key)
        told = outcome.article, outcome.state, outcome.reason, outcome.retry_in, outcome.flag
        links, passed = (tuple(listing.links), tuple(listing.passed)) if listing else ((), ())
        beside = self.reading(lease), published, self.bounds, self.clearance.terms
        finish = Finish(lease, raw, links, *told, outcome.rights, passed, unchanged, *beside)
        try:
            finished = await self.store.finish(finish)
        finally:
            self._settling.discard(lease.key)
        if finished.state is not outcome.state:  # it could not be stored, or was forgotten
            outcome = replace(outcome, state=finished.state, reason=finished.reason, kind=finished.kind, article=None)
        elif finished.article:
            outcome = replace(outcome, article=finished.article)
        self.ledger.known += finished.known
        self.ledger.outside += sum(one.dated for one in passed)
        self._closed(lease)
        self.ledger.sieve.note((*(one for one in passed if not one.dated), *finished.over))
        self._book(outcome, finished.change, lease.kind)
        return outcome.article is not None and finished.change is not Change.KEPT

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
            encoding=charset_in(pairs_of(response)),
            counts=await self.store.shapes(domains),
            since=self.since(lease),
        )
        if listing.note:
            logger.warning("%s", printable(listing.note))
        listing = self._quota.kept(listing)
        links, passed = self.bounds.wanted(listing.links)
        return replace(listing, links=links, passed=[*listing.passed, *passed])


def _raw(response: Response) -> Raw:
    server = str(response.ip_address) if response.ip_address else None
    headers = pairs_of(response)
    return Raw(response.url, response.status, headers, response.body, datetime.now(UTC).replace(microsecond=0), server)
