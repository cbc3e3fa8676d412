"""Spiders that lead into trouble, for `-s SPIDER_MODULES=tests.faults.papers`."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Response

from spiders.news import NewsSpider


class Paper(NewsSpider):
    """A site that claims hosts which are none of the web's."""

    name = "paper"
    domains = ("paper.example", "127.0.0.2", "2130706434", "0x7f.2")
    feeds = ("http://paper.example/feed.xml",)
    sitemaps = ("http://paper.example/map.xml", "file:///etc/hostname")


class OwnSockets(BaseDownloadHandler):
    """A download handler that connects by itself, past the resolver."""

    async def download_request(self, request: Request) -> Response:
        """Connect, and answer with nothing."""
        import asyncio
        from urllib.parse import urlsplit

        parts = urlsplit(request.url)
        _, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
        writer.close()
        return Response(request.url)

    async def close(self) -> None:
        """Nothing is open."""


class Handlers(Paper):
    """Brings its own sockets for one of the two schemes."""

    name = "handlers"
    custom_settings = {"DOWNLOAD_HANDLERS": {"https": "tests.faults.papers.OwnSockets"}}


class Gateless(Paper):
    """Does without the URL gate."""

    name = "gateless"
    custom_settings = {"DOWNLOADER_MIDDLEWARES": {"spiders.middlewares.gate.UrlGate": None}}


class Resolver(Paper):
    """Sets the guarded resolver where it does nothing."""

    name = "resolver"
    custom_settings = {"TWISTED_DNS_RESOLVER": "spiders.network.guard.GuardedResolver"}
