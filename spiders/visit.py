"""One page, fetched as a crawl would fetch it (robots.txt, the gate, cassettes), without the store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from spiders.errors import VisitError
from spiders.extensions.sentinel import fault_of
from spiders.outcomes import outcome_of


class Visit(Spider):
    """A spider for a single address; what came of it is in `response` or `error`."""

    name = "visit"
    response: Response | None = None
    error: BaseException | None = None

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the one address."""
        yield Request(self._address, self.parse, errback=self.failed)

    def parse(self, response: Response, **_: Any) -> None:
        """Keep the response."""
        self.response = response

    def failed(self, failure: Failure) -> None:
        """Keep the error."""
        self.error = failure.value


def visit(address: str, settings: Settings) -> Response:
    """Fetch a page; starts Scrapy's reactor, so it can be done once in a process.

    Raises:
        VisitError: it could not be fetched; the message says why.
        KeyboardInterrupt: it was broken off.
        CassetteError: the recording that the settings name is broken.
        GuardError: nothing was fetched: the guard is not in force.
    """
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Visit)
    task = process.crawl(crawler, address=address)
    process.start()
    if not task.done() or task.cancelled():
        raise KeyboardInterrupt
    if error := task.exception():
        raise error
    if fault := fault_of(crawler):
        raise fault
    spider = crawler.spider
    assert isinstance(spider, Visit)
    if spider.response is None:
        error = spider.error or TimeoutError()
        fetched = error if isinstance(error, HttpError) else None
        raise VisitError(f"{address}: {outcome_of(error, address, fetched=fetched is not None).reason}")
    return spider.response
