"""robots.txt, obeyed also when it cannot be had: a server in trouble has not said yes."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from spiders.cassettes import recording_of, replays
from spiders.manners.introduction import token_of
from spiders.manners.pauses import retry_after
from spiders.network.answers import RefusedAnswerError
from spiders.news import NewsSpider
from spiders.rights.rules import MAX_BYTES, RobotsRefusedError, RobotsUnavailableError, Rules
from spiders.store import Notice
from spiders.store.writer import Writer
from spiders.surfaces.terminal import printable

logger = logging.getLogger(__name__)

MAX_HOSTS = 1000  # whose rules are remembered at a time
LONGEST_DELAY = 60.0  # seconds between two requests that a host may ask for
_DAY = 24 * 3600.0  # seconds for which a robots.txt counts
_PRIORITY = 1000  # it is asked for before the page that waits for it
_PATH = "/robots.txt"


class Robots:
    """Refuse what robots.txt forbids, and keep the pace that it asks for.

    It is asked for once a day, and remembered in the store. Where it cannot be had (5xx, 429, no answer) nothing is
    fetched; where there is none (all other statuses, a redirect that leads nowhere) everything may be.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._token = token_of(settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"])
        self._rules: dict[str, tuple[float, Rules]] = {}  # by origin, with the time at which they came
        self._asking: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Stand aside where robots.txt is not to be obeyed."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or raise.

        Raises:
            RobotsRefusedError: robots.txt forbids it.
            RobotsUnavailableError: it could not be asked.
        """
        if request.meta.get("dont_obey_robotstxt"):  # Scrapy's mark of a request for robots.txt; it stays on redirects
            return
        parts = urlsplit(request.url)
        rules = await self._of(f"{parts.scheme}://{parts.netloc}")
        if not rules.allow(request.url):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            raise RobotsRefusedError("forbidden by robots.txt")

    async def _of(self, origin: str) -> Rules:
        """Return the rules of a host, asked for once for all who wait for them."""
        came, rules = self._rules.get(origin, (0.0, None))
        if rules and time.time() - _DAY < came:
            return rules
        if not (asking := self._asking.get(origin)):
            asking = self._asking[origin] = asyncio.create_task(self._learn(origin))
            asking.add_done_callback(lambda _: self._asking.pop(origin))
        return await asyncio.shield(asking)

    async def _learn(self, origin: str) -> Rules:
        notice = await self._known(origin + _PATH) or await self._asked(origin + _PATH)
        rules = Rules(notice.body if 200 <= notice.status < 300 else b"", self._token)
        self._rules.pop(origin, None)
        while len(self._rules) >= MAX_HOSTS:
            del self._rules[next(iter(self._rules))]
        self._rules[origin] = notice.fetched, rules
        if rules.delay:
            self._pace(origin, rules.delay)
        return rules

    async def _known(self, address: str) -> Notice | None:
        """Return what the store remembers, of today; a recording is asked itself."""
        if self._store is None or self._recorded:
            return None
        notice = await self._store.notice(address)
        return notice if notice and time.time() - _DAY < notice.fetched <= time.time() else None

    async def _asked(self, address: str) -> Notice:
        """Ask the host, and let the store remember what it says.

        Raises:
            RobotsUnavailableError: it could not be had.
        """
        request = Request(address, priority=_PRIORITY, meta={"dont_obey_robotstxt": True}, callback=NO_CALLBACK)
        now = time.time()
        try:
            response = await self._crawler.engine.download_async(request)
        except RefusedAnswerError as error:
            raise RobotsUnavailableError(error) from error
        except IgnoreRequest:  # it redirects to where we do not go, or has no end
            return Notice(address, now, 404, b"")
        except Exception as error:  # whatever kept it from us, it has not said yes
            raise RobotsUnavailableError(error) from error
        if response.status == 429 or response.status >= 500:
            raise RobotsUnavailableError(response.status, retry_after(response.headers, now))
        notice = Notice(address, now, response.status, _counting(response))
        if self._store is not None and not (self._recorded and response.status != 200):
            # What a recording says may be read in its run; no other takes it for what the host says today.
            await self._store.note_notice(Notice(address, 0.0 if self._recorded else now, notice.status, notice.body))
        return notice

    @property
    def _store(self) -> Writer | None:
        spider = self._crawler.spider
        return spider.store if isinstance(spider, NewsSpider) else None

    @property
    def _recorded(self) -> bool:
        return recording_of(self._crawler) is not None

    def _pace(self, origin: str, delay: float) -> None:
        """Ask a host no more often than it wants; a recording is played without a pause.

        The pace is that of the downloader's slot, which comes and goes with the host's requests: it is told to both.
        """
        if replays(self._crawler):
            return
        if delay > LONGEST_DELAY:
            told = f"{origin} asks for {delay:.0f} seconds between two requests; it gets {LONGEST_DELAY:.0f}"
            logger.warning("%s", printable(told))
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(Request(origin))
        pace = downloader.per_slot_settings.setdefault(key, {})
        pace["delay"] = max(
            min(delay, LONGEST_DELAY), pace.get("delay", downloader.settings.getfloat("DOWNLOAD_DELAY"))
        )
        pace["jitter"] = 0  # half of the requests would come too early
        if slot := downloader.slots.get(key):
            slot.delay, slot.jitter = pace["delay"], 0


def _counting(response: Response) -> bytes:
    """Return what of a robots.txt counts, a byte more where it is cut: `Rules` leaves a line that is not whole."""
    return response.body[: MAX_BYTES + 1] if 200 <= response.status < 300 else b""
