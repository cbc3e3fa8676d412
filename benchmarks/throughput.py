"""How fast a crawl is that extracts and stores, beside bare Scrapy that only fetches: pages a second, and their ratio.

    python -m benchmarks.throughput FOLDER

The folder is a corpus (`spiders.specimens.corpora`); its pages are served again and again from this process, listed in
feeds. Both crawls are processes of their own, ask for the same pages with politeness off (no delay, sixteen requests at
a time), and take turns; bare Scrapy has its own default settings otherwise, and a callback that does nothing. The time
of a crawl is from the first page asked for to the end of its process, so that loading counts for neither, and what is
still to be extracted and stored after the last answer does. The figures are those of the median round.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from spiders.specimens.corpora import html_of, samples_of

_ROOT = Path(__file__).resolve().parent.parent
_A_FEED = 500
_POLITENESS_OFF = (
    "DOWNLOAD_DELAY=0",
    "HOST_BUDGET=1000000000",
    "CONCURRENT_REQUESTS=16",
    "CONCURRENT_REQUESTS_PER_DOMAIN=16",
)
_BARE = """
import re
from scrapy import Request, Spider

class Bare(Spider):
    name = "bare"

    async def start(self):
        for feed in {feeds!r}:
            yield Request(feed, self.listed)

    def listed(self, response):
        for address in re.findall("<link>([^<]+/news/[^<]+)</link>", response.text):
            yield Request(address, self.parse)

    def parse(self, response):
        pass
"""
_OURS = """
from spiders.news import NewsSpider

class Ours(NewsSpider):
    name = "ours"
    domains = ("127.0.0.1",)
    feeds = {feeds!r}
"""


class Site:
    """A server of so many real pages, the same ones again and again at addresses of their own."""

    def __init__(self, bodies: Sequence[bytes], pages: int) -> None:
        self._bodies, self.pages = bodies, pages
        self.first: float | None = None
        self.asked = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    def feeds(self) -> tuple[str, ...]:
        """Return the addresses of its feeds."""
        return tuple(f"http://127.0.0.1:{self.port}/feed/{start}" for start in range(0, self.pages, _A_FEED))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                room, _, name = request.split(b" ", 2)[1].decode("ascii").strip("/").partition("/")
                status, kind, body = self._answer(room, name)
                head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode("ascii") + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the crawl has ended
        finally:
            writer.close()

    def _answer(self, room: str, name: str) -> tuple[str, str, bytes]:
        if room == "news":
            self.first = self.first or time.monotonic()
            self.asked += 1
            return "200 OK", "text/html", self._bodies[int(name) % len(self._bodies)]
        if room == "feed":
            numbers = range(int(name), min(int(name) + _A_FEED, self.pages))
            items = "".join(f"<item><link>http://127.0.0.1:{self.port}/news/{n}</link></item>" for n in numbers)
            feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
            return "200 OK", "application/rss+xml", feed.encode()
        return "404 Not Found", "text/plain", b"no such page"


async def crawl(site: Site, spider: str, settings: Sequence[str]) -> tuple[float, str]:
    """Return the pages a second of a crawl and the last line that it printed; `spider` is its code."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        desk.mkdir()
        (desk / "__init__.py").touch()
        (desk / "one.py").write_text(spider.format(feeds=site.feeds()), "utf-8")
        name = "bare" if spider is _BARE else "ours"
        given = [*_POLITENESS_OFF, *settings]
        if name == "ours":
            given += [
                "SPIDER_MODULES=desk",
                f"COPYDESK_STORE={folder}/store.db",
                f"ALLOW_PRIVATE=127.0.0.1:{site.port}",
            ]
        site.first, site.asked = None, 0
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "scrapy"),
            *(("crawl", name) if name == "ours" else ("runspider", "desk/one.py")),  # outside our project: no settings
            *(word for setting in given for word in ("-s", setting)),
            cwd=_ROOT if name == "ours" else folder,
            env={**_without_project(), "PYTHONPATH": folder},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        told, _ = await process.communicate()
        ended = time.monotonic()
    line = (told.decode("utf-8", "replace").splitlines() or [""])[-1]
    if site.first is None or site.asked < site.pages:
        raise SystemExit(f"{name} asked for {site.asked} of {site.pages} pages: {line}")
    return site.pages / (ended - site.first), line


def _without_project() -> dict[str, str]:
    """Return the environment without what Scrapy would find a project by; ours is found by its folder."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SCRAPY_")}


async def _run(given: argparse.Namespace) -> None:
    bodies = [html_of(sample.page) for sample in samples_of(given.folder)]
    size = sum(map(len, bodies)) / len(bodies) / 1000
    async with Site(bodies, given.pages) as site:
        rounds = []
        for number in range(given.rounds):
            bare, _ = await crawl(site, _BARE, ["LOG_LEVEL=WARNING"])
            ours, line = await crawl(site, _OURS, given.settings)
            rounds.append((ours / bare, bare, ours))
            print(f"round {number + 1}: bare {bare:.0f}, ours {ours:.0f} pages/s: {line}", flush=True)
    ratio, bare, ours = sorted(rounds)[len(rounds) // 2]
    spread = f"{min(rounds)[0]:.2f} to {max(rounds)[0]:.2f}"
    print(f"{given.pages} pages of {size:.0f} kB: bare Scrapy {bare:.0f} pages/s, with extraction and store {ours:.0f}")
    print(f"ratio {ratio:.2f} (median of {len(rounds)}; {spread}; mean {statistics.mean(r for r, *_ in rounds):.2f})")


def main(arguments: Sequence[str] | None = None) -> int:
    """Crawl in turn and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.throughput", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("folder", type=Path, help="a corpus")
    parser.add_argument("--pages", type=int, default=1000, help="pages of a crawl (default: 1000)")
    parser.add_argument("--rounds", type=int, default=3, help="default: 3")
    parser.add_argument("-s", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a setting")
    asyncio.run(_run(parser.parse_args(arguments)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
