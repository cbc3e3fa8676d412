"""The workers of one run: started before the first request, ended when the last page is stored."""

from __future__ import annotations

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from spiders.news import NewsSpider
from spiders.workers.pool import Limits, Pool


class Workroom:
    """Hand the spider the pool in which its pages are read."""

    def __init__(self, crawler: Crawler, spider: NewsSpider) -> None:
        self._settings, self._spider = crawler.settings, spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wait for the start of a spider that reads pages.

        Raises:
            UsageError: a setting of the pool is none.
        """
        room = cls(crawler, NewsSpider.of(crawler))
        Limits.of(crawler.settings)  # what is raised when the spider is opened, Scrapy only logs
        crawler.signals.connect(room.open, signals.spider_opened)
        crawler.signals.connect(room.close, signals.spider_closed)
        return room

    def open(self) -> None:
        """Start the processes."""
        self._spider.pool = Pool(self._settings)

    async def close(self) -> None:
        """End them; Scrapy waits for the pages under way before it says that the spider is closed."""
        await self._spider.pool.close()
