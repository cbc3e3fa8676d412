"""What a site says of the use of its pages: each host is asked once a day, before the first of its articles is.

The files are read by `rights.files`; what is obeyed of them says `RESPECT`. Feeds, sections and sitemaps are asked for
without: it is the articles they list that are kept.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.spidermiddlewares.httperror import HttpError

from spiders.cassettes import recording_of
from spiders.news import NewsSpider
from spiders.record import Kind
from spiders.rights.clearance import ASKS_FOR_RIGHTS
from spiders.rights.files import AI_TXT, MAX_BYTES, ROBOTS, TDMREP, Host
from spiders.store import Notice
from spiders.surfaces.terminal import printable

logger = logging.getLogger(__name__)

_DAY = 24 * 3600.0  # seconds for which what a host has said counts
_MAX_HOSTS = 1000  # that are remembered at a time
_PRIORITY = 1000  # as Scrapy asks for robots.txt: before the page that waits for it


class Rights:
    """Ask what a host says of the use of its pages; refuse an article that it reserves, before it is asked for.

    A file that cannot be had says nothing, and is asked for again by the next run. A replay remembers nothing in the
    store: what a recording says is not what the host says today.
    """

    def __init__(self, crawler: Crawler, spider: NewsSpider) -> None:
        self._crawler, self._spider = crawler, spider
        self._hosts: dict[str, tuple[float, asyncio.Task[Host]]] = {}  # when each was asked
        self._robots: dict[str, Notice] = {}  # as they came in this run, by the host that was asked

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Stand aside for spiders that store nothing."""
        return cls(crawler, NewsSpider.of(crawler))

    async def process_request(self, request: Request) -> None:
        """Note what the host says of an article in `meta["rights"]`, or refuse it.

        Raises:
            RightsReservedError: what it says is obeyed, and denies the article.
            HttpError: the host has had enough for now.
        """
        lease = request.meta.get("lease")
        if lease is None or lease.kind is not Kind.ARTICLE:
            return
        parts = urlsplit(request.url)
        host = await self._said(f"{parts.scheme}://{parts.netloc}")
        said = tuple(host.of(request.url))
        request.meta["rights"] = said
        self._spider.clearance.refuse(said)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the robots.txt that passes by: it need not be asked for again."""
        if request.meta.get("dont_obey_robotstxt"):
            _make_room(self._robots)
            first = request.meta.get("redirect_urls", [request.url])[0]
            self._robots[urlsplit(first).netloc] = _notice(first, response)
        return response

    @property
    def _recorded(self) -> bool:
        return recording_of(self._crawler) is not None

    async def _said(self, origin: str) -> Host:
        """Return what a host says, asked once for all that wait for it."""
        now = time.time()
        when, asking = self._hosts.get(origin, (0.0, None))
        if asking is None or when < now - _DAY:
            _make_room(self._hosts)
            asking = asyncio.create_task(self._asked(origin))
            self._hosts[origin] = now, asking
        try:
            return await asyncio.shield(asking)
        except HttpError:  # the next that wants to know asks again
            self._hosts.pop(origin, None)
            raise

    async def _asked(self, origin: str) -> Host:
        robots = self._robots.get(urlsplit(origin).netloc) or await self._file(origin + ROBOTS)
        reservation = await self._file(origin + TDMREP)
        training = reservation and await self._file(origin + AI_TXT)  # a host in trouble is not asked again
        return Host(self._spider.clearance.agent, robots, reservation, training)

    async def _file(self, address: str) -> Notice | None:
        """Return a file as it was had today; None where it cannot be had.

        Raises:
            HttpError: the host has had enough for now.
        """
        store = self._spider.store
        remembers = not self._recorded
        if remembers:
            known = await store.notice(address)
            if known and time.time() - _DAY < known.fetched <= time.time():
                return known
        request = Request(address, priority=_PRIORITY, meta={ASKS_FOR_RIGHTS: True}, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever keeps a file from being had, it says nothing then
            logger.info("%s", printable(f"{address} cannot be had, and says nothing: {type(error).__name__}: {error}"))
            return None
        if response.status == 429:  # the host is asked too often: the page that waits for this is put off as well
            raise HttpError(response, "HTTP 429")
        if response.status >= 500:
            return None
        notice = _notice(address, response)
        if remembers:
            await store.note_notice(notice)
        return notice


def _make_room(known: dict[str, Any]) -> None:
    """Forget the host that came first, where there are too many."""
    if len(known) >= _MAX_HOSTS:
        del known[next(iter(known))]


def _notice(address: str, response: Response) -> Notice:
    return Notice(address, time.time(), response.status, response.body[:MAX_BYTES])
