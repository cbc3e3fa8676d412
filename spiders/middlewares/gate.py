"""The URL gate: refuses an address before anything is asked of the network, robots.txt included, on every redirect."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from spiders.network.guard import AddressRefusedError, Pair, exceptions, url_refusal


class UrlGate:
    """Refuse what `guard.url_refusal` refuses; names are judged by the resolver, when there is something to resolve."""

    def __init__(self, allowed: frozenset[Pair]) -> None:
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the exceptions from `ALLOW_PRIVATE`."""
        return cls(exceptions(crawler.settings))

    def process_request(self, request: Request) -> None:
        """Let the request pass or raise."""
        if why := url_refusal(request.url, self._allowed):
            raise AddressRefusedError(f"refused: {why}")
