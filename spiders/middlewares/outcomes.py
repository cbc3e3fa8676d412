"""Where an exception of a callback ends: the lease gets its outcome, and the raw response stays kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from spiders.news import NewsSpider

if TYPE_CHECKING:
    from collections.abc import Iterable


class Outcomes:
    """Turn whatever a callback raises into an outcome; without one the run would wait for its lease for ever."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Stand aside for spiders that keep no books."""
        return cls(NewsSpider.of(crawler))

    def process_spider_exception(self, response: Response, exception: Exception) -> Iterable[None] | None:
        """Settle the lease; let an order to close the spider pass."""
        if isinstance(exception, CloseSpider):
            return None
        self._spider.settle_error(response.meta["lease"], exception, response)
        return ()
