"""Crawls in this process, of hosts that are in trouble: scripted answers, and a clock that only sleep and answers move."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response

from spiders.article import ArticleSpider
from spiders.ledger import Ledger
from spiders.news import NewsSpider
from spiders.settings import PATIENCE
from spiders.store import Store
from tests.newsroom import crawled, edition, page

START = 1_800_000_000.0  # when the first run begins
Answer = Callable[["Web", str], Any]


@dataclass
class Web:
    """What is asked and when, in seconds since the start; `answer` gives a Response, or None for an article."""

    folder: Path
    answer: Answer
    now: float = START
    patience: float = PATIENCE
    asked: list[tuple[float, str]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    under_way: Counter[str] = field(default_factory=Counter)  # requests, by host
    most: Counter[str] = field(default_factory=Counter)  # of them at a time; "" for all hosts together
    crawler: Crawler = field(init=False)  # the last one

    def __call__(self) -> float:
        """Tell the time, as a store's clock does."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds

    async def download(self, request: Request) -> Response:
        """Answer in the place of the network."""
        self.asked.append((self.now - START, request.url))
        host = str(urlsplit(request.url).hostname)
        self.under_way[host] += 1
        self.most[host] = max(self.most[host], self.under_way[host])
        self.most[""] = max(self.most[""], self.under_way.total())
        try:
            return await self._answered(request)
        finally:
            self.under_way[host] -= 1

    async def _answered(self, request: Request) -> Response:
        for _ in range(100):  # turns of the loop in which whatever the last answer led to happens
            await asyncio.sleep(0)
        answer = self.answer(self, request.url)
        if isinstance(answer, Exception):
            raise answer
        if answer is None and urlsplit(request.url).path == "/robots.txt":
            answer = busy(request.url, 404)
        response: Response = (
            article(request.url) if answer is None else await answer if hasattr(answer, "__await__") else answer
        )
        return response.replace(request=request)

    def times(self, url: str) -> list[float]:
        """When an address was asked for."""
        return [when for when, asked in self.asked if asked == url]

    def crawl(self, *urls: str, spider: type[NewsSpider] = ArticleSpider, **arguments: Any) -> Ledger:
        """Crawl addresses, or what a spider lists, into the one store."""
        if urls:
            (self.folder / "urls.txt").write_text("\n".join(urls), "utf-8")
            arguments["urls"] = str(self.folder / "urls.txt")
        return crawled(self.folder, edition(), spider, set_up=self._set_up, at=self, **arguments)

    def _set_up(self, crawler: Crawler) -> None:
        """Keep the pace of a live crawl, faster: without any, Scrapy sends what comes together together."""
        self.crawler = crawler
        crawler.settings.set("DOWNLOAD_DELAY", 0.002, priority=50)
        crawler.settings.set("PATIENCE", self.patience)

    def store(self) -> Store:
        """Open the store that is crawled into."""
        return Store(self.folder / "store.db", clock=self)


def article(url: str) -> HtmlResponse:
    """An article that nobody else has."""
    return HtmlResponse(
        url, headers={"Content-Type": "text/html; charset=utf-8"}, body=page(f"the {url[8:]}", url).encode()
    )


def busy(url: str, status: int = 503, **headers: str) -> Response:
    """An answer that is none."""
    return Response(url, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], Web]:
    """Put a script in the place of the network, and its clock in that of the store."""

    def put(answer: Answer) -> Web:
        web = Web(tmp_path, answer)
        for place in ("spiders.manners.patience", "spiders.middlewares.robots"):
            monkeypatch.setattr(f"{place}.replays", lambda crawler: False)
        for place in ("robots.Robots", "rights.Rights"):
            monkeypatch.setattr(f"spiders.middlewares.{place}._recorded", False)
        monkeypatch.setattr("spiders.manners.patience.sleep", web.sleep)
        for place in ("spiders.outcomes", "spiders.middlewares.robots", "spiders.middlewares.rights"):
            monkeypatch.setattr(f"{place}.time", SimpleNamespace(time=web))
        monkeypatch.setattr("spiders.cassettes.CassetteDownloadHandler.download_request", web.download)
        return web

    return put
