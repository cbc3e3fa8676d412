"""The guard, tried before the first request: a crawl that could be led into a private network does not begin.

A setting is easily lost (a resolver in a spider's custom_settings does nothing, another download handler brings its own
sockets), and nothing would show it. So a door is opened on this machine and knocked at with the crawl's own download
handlers; if somebody comes through, the crawl ends with a sentence and exit status 4. A replay asks nobody: there the
backstop forbids every connection, and an attempt at one ends the run in the same way.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import socket
from typing import Any, Self
from urllib.request import getproxies

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from spiders.cassettes import replays
from spiders.errors import GuardError
from spiders.middlewares.gate import UrlGate
from spiders.network.backstop import Watch, forbid_sockets, guard_sockets
from spiders.network.certificates import unverified
from spiders.network.guard import TRIAL, exceptions
from spiders.news import NewsSpider
from spiders.surfaces.terminal import printable

logger = logging.getLogger(__name__)

_DOORS = "127.0.0.2", "127.0.0.1"  # some systems have only the second
_PATIENCE = 30.0  # seconds; a guard answers within a few milliseconds
_HINT = "leave {} as spiders/settings.py has them, for the whole process (-s), not in custom_settings"


class Sentinel:
    """Put the backstop on the process and try the guard; `fault` says what was found wrong."""

    def __init__(self, crawler: Crawler) -> None:
        self.fault: GuardError | None = None
        self._crawler = crawler
        self._watch: Watch | None = None
        self._replay = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Stand before the first request of any crawl."""
        sentinel = cls(crawler)
        crawler.signals.connect(sentinel.begin, signals.spider_opened)
        crawler.signals.connect(sentinel.end, signals.spider_closed)
        return sentinel

    async def begin(self, spider: Spider) -> None:
        """Put the backstop in force and try the guard; in a replay there is nothing to try.

        Raises:
            CloseSpider: the guard does not hold; `fault` says where.
        """
        self._replay = replays(self._crawler)
        try:
            if self._replay:
                self._watch = forbid_sockets()
                return
            unverified(self._crawler.settings)  # the download handler would be too late to say what is wrong with it
            self._watch = guard_sockets(exceptions(self._crawler.settings))
            await self._try_guard()
            self._watch.refused.clear()  # it was we who knocked
        except GuardError as fault:
            self._stop(spider, fault)
            raise CloseSpider("guard") from fault

    def end(self, spider: Spider) -> None:
        """Lift what was put on the process, and say what it had to refuse."""
        if self._watch is None:
            return
        self._watch.lift()
        if self._replay and self._watch.refused:
            self._stop(spider, GuardError(f"the replay would have asked the network: {self._watch.refused[0]}"))
        for refused in dict.fromkeys(self._watch.refused):
            logger.warning("refused, past the resolver: %s", printable(refused))

    async def _try_guard(self) -> None:
        if not self._crawler.settings.getbool("HTTPPROXY_ENABLED") and (proxies := sorted(_proxies())):
            raise GuardError(
                f"the environment names a proxy ({', '.join(proxies)}), which would resolve names out of the guard's "
                "sight: unset it, or say -s HTTPPROXY_ENABLED=True to go through it with the URL gate alone"
            )
        if self._crawler.get_downloader_middleware(UrlGate) is None:
            raise GuardError("no crawl without the URL gate: " + _HINT.format("DOWNLOADER_MIDDLEWARES"))
        with _door() as door:
            pair = door.getsockname()
            for scheme in ("http", "https"):
                if await self._leads_to(door, f"{scheme}://{pair[0]}:{pair[1]}/"):
                    named = _HINT.format("TWISTED_DNS_RESOLVER, TWISTED_REACTOR_ENABLED and DOWNLOAD_HANDLERS")
                    raise GuardError(f"the guard is not in force: {scheme} got through to {pair[0]}; {named}")
            with socket.socket() as straight, contextlib.suppress(OSError):
                straight.connect(pair)
            if _visitor(door):
                raise GuardError("the backstop is not in force: this Python takes no audit hooks")

    async def _leads_to(self, door: socket.socket, address: str) -> bool:
        """Say whether a download gets to the door while the backstop looks away, or will not come to an end."""
        host, port = door.getsockname()
        pair = ipaddress.ip_address(host), port
        handlers = self._crawler.engine.downloader.handlers
        waiting = asyncio.ensure_future(asyncio.get_running_loop().sock_accept(door))
        TRIAL.add(pair)
        knocking = asyncio.ensure_future(handlers.download_request_async(Request(address)))
        tasks: tuple[asyncio.Future[Any], ...] = waiting, knocking
        done, _ = await asyncio.wait(tasks, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        came, answer = await asyncio.gather(*tasks, return_exceptions=True)
        TRIAL.discard(pair)
        if not isinstance(came, BaseException):
            came[0].close()
            return True
        return not done or not isinstance(answer, BaseException) or _visitor(door)

    def _stop(self, spider: Spider, fault: GuardError) -> None:
        self.fault = self.fault or fault
        if isinstance(spider, NewsSpider):
            spider.ledger.stopped_by = spider.ledger.stopped_by or fault


def fault_of(crawler: Crawler) -> GuardError | None:
    """Return what a crawl that has ended found wrong with the guard, if anything."""
    sentinel = crawler.get_extension(Sentinel)
    return sentinel.fault if sentinel else None


def _door() -> socket.socket:
    """Open a port of this machine that nobody has a reason to come to."""
    door = socket.socket()
    door.setblocking(False)
    for host in _DOORS:
        with contextlib.suppress(OSError):
            door.bind((host, 0))
            door.listen()
            return door
    door.close()
    raise GuardError("the guard cannot be tried: this machine lets no port of its own be opened")


def _visitor(door: socket.socket) -> bool:
    try:
        visitor, _ = door.accept()
    except BlockingIOError:
        return False
    visitor.close()
    return True


def _proxies() -> set[str]:
    """Name the variables of the environment that would send requests through a proxy."""
    return {f"{scheme}_proxy" for scheme in getproxies() if scheme in ("http", "https")}
