"""Conditional requests: whoever has given us a page is asked whether it has changed, and need not send it again."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from spiders.addresses import key_of
from spiders.cassettes import recording_of
from spiders.lease import Lease
from spiders.manners.validators import Validators
from spiders.news import UNCHANGED, NewsSpider


class Conditional:
    """Send the validators of what stands in the store, to the address that gave them and to no other.

    A redirect may lead elsewhere than it did, where the same ETag stands for another page; and an answer that nobody
    asked for, 304 without a validator, is an error. What is being recorded has to come whole.
    """

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Stand aside for spiders that keep no books, and where a recording is made."""
        recording = recording_of(crawler)
        if recording and not recording.replay_only:
            raise NotConfigured
        return cls(NewsSpider.of(crawler))

    def process_request(self, request: Request) -> None:
        """Add the headers, or take them away where a redirect has brought them."""
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        request.meta.pop("handle_httpstatus_list", None)
        if told := self._validators(request):
            request.headers.update(told.headers())
            request.meta["handle_httpstatus_list"] = [UNCHANGED]

    def _validators(self, request: Request) -> Validators | None:
        lease: Lease | None = request.meta.get("lease")
        told = lease.validators if lease else None
        if lease is None or told is None or told.answered != key_of(request.url):
            return None
        return told if told.reading == self._spider.reading(lease) else None
