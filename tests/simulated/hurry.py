"""A crawl under the clock of the simulated web: its store lives by it, and each request says when it was let go."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from unittest.mock import patch

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders import leaseholder
from spiders.cassettes import CassetteDownloadHandler
from spiders.extensions import storeroom
from spiders.manners import patience
from spiders.news import NewsSpider
from spiders.store import Store
from tests.simulated.clock import Clock
from tests.simulated.server import STARTED


async def _hurried(seconds: float) -> None:
    await asyncio.sleep(seconds / Clock.in_force().speed)


patience.sleep = _hurried  # a run waits by the clock of its store, and looks more often at what is due
leaseholder._TICK = max(leaseholder._TICK / Clock.in_force().speed, 0.1)


class HurriedStoreroom(storeroom.Storeroom):
    """Gives the spider a store that lives by the clock of the simulated web."""

    def __init__(self, crawler: Crawler, spider: NewsSpider) -> None:
        with patch.object(storeroom, "Store", partial(Store, clock=Clock.in_force().now)):
            super().__init__(crawler, spider)


class StampedDownloads(CassetteDownloadHandler):
    """Tells the server when each request was let go: what a busy machine adds on the way is not the crawl's haste."""

    async def download_request(self, request: Request) -> Response:
        """Stamp the request with the time at which its host's turn came, and ask."""
        slot = self.crawler.engine.downloader.slots[request.meta["download_slot"]]
        request.headers[STARTED] = repr(time.time() - (time.monotonic() - slot.lastseen))
        return await super().download_request(request)
