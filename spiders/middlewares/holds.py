"""The last look before a host is asked: a page that was on its way to it when it was held is given back."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from spiders.errors import HeldError
from spiders.news import NewsSpider


class Holds:
    """Refuse what was leased before its host was held; what waits in the downloader is taken back by `patience`."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Stand aside for spiders that lease nothing."""
        return cls(NewsSpider.of(crawler))

    def process_request(self, request: Request) -> None:
        """Let the request pass or raise."""
        lease = request.meta.get("lease")
        if lease is not None and self._spider.patience.knew(lease):
            raise HeldError(request.url)
