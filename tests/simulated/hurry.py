"""A crawl under the clock of the simulated web: its store lives by it, and each request says when it was let go."""

from __future__ import annotations

import time

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.cassettes import CassetteDownloadHandler
from spiders.extensions.storeroom import Storeroom
from spiders.news import NewsSpider
from tests.simulated.clock import Clock
from tests.simulated.server import STARTED


class HurriedStoreroom(Storeroom):
    """Gives the spider a store that lives by the clock of the simulated web."""

    def __init__(self, crawler: Crawler, spider: NewsSpider) -> None:
        super().__init__(crawler, spider)
        spider.store._store._clock = Clock.in_force().now


class StampedDownloads(CassetteDownloadHandler):
    """Tells the server when each request was let go: what a busy machine adds on the way is not the crawl's haste."""

    async def download_request(self, request: Request) -> Response:
        """Stamp the request, and ask."""
        request.headers[STARTED] = repr(time.time())
        return await super().download_request(request)
