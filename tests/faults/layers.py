"""Knocks at 127.0.0.2 in every spelling with one line of the guard in force, or none, and prints who answered.

    python -m tests.faults.layers nothing|resolver|backstop twisted|asyncio PORT

The URL gate and the self-test are left out: they would refuse before anything is tried.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from spiders.network.backstop import guard_sockets
from tests.misbehaving.moves import SPELLINGS, spelled

PLAIN = "scrapy.resolver.CachingHostnameResolver"


class Knocking(Spider):
    """Asks the download handler itself."""

    name = "knocking"
    port: str
    answered = 0

    async def start(self) -> AsyncIterator[Any]:
        """Knock in all spellings, one after the other."""
        for spelling in SPELLINGS:
            request = Request(spelled(spelling, int(self.port)))
            download = self.crawler.engine.downloader.handlers.download_request_async(request)
            (answer,) = await asyncio.gather(asyncio.wait_for(download, 10), return_exceptions=True)
            Knocking.answered += not isinstance(answer, BaseException)
        return
        yield


def main(layer: str, engine: str, port: str) -> None:
    """Knock."""
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    extensions = {"spiders.cassettes.Deck": 10}
    given: dict[str, Any] = {"EXTENSIONS": extensions, "DOWNLOADER_MIDDLEWARES": {}, "LOG_ENABLED": False}
    given["TWISTED_REACTOR_ENABLED"] = engine == "twisted"
    if layer != "resolver":
        given["TWISTED_DNS_RESOLVER"] = PLAIN
    settings.setdict(given, priority="cmdline")
    if layer == "backstop":
        guard_sockets(())
    process = AsyncCrawlerProcess(settings)
    process.crawl(Knocking, port=port)
    process.start()
    print(Knocking.answered)


if __name__ == "__main__":
    main(*sys.argv[1:])
