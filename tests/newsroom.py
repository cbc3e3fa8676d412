"""An invented newspaper for tests of crawls: its pages, its feed, the recording that holds them, a crawl of it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch
from xml.sax.saxutils import escape

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from vcr.request import Request

from extractors import ExtractionError, extract
from spiders.ledger import Ledger, outcome_recorded
from spiders.news import NewsSpider
from spiders.outcomes import outcome_of
from spiders.record import Link, Raw, State
from spiders.recordings.tapes import write
from spiders.store import Store
from tests.holdings import finish

ROOT = Path(__file__).resolve().parent.parent
HOME = "https://www.harbour.example"
FEED = f"{HOME}/feed.xml"
FERRY, TOWER, MARKET = (f"{HOME}/2026/{slug}" for slug in ("ferry", "tower", "market"))
WHEN = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)

_PARAGRAPHS = (
    "The harbour council decided on Monday evening that {subject} will be kept open for the whole of the coming winter.",
    "Residents had asked for it in three letters, and more than four hundred of them came to the meeting in the old hall.",
    "“We have waited nine years for somebody to listen to us,” said Oda Brandt, who has lived on the quay since 1981.",
    "The work begins in June and is to cost a little less than two million crowns, according to the harbour master.",
)


class Harbour(NewsSpider):
    """The newspaper's spider."""

    name = "harbour"
    domains = ("harbour.example",)
    feeds: ClassVar[tuple[str, ...]] = (FEED,)


def page(subject: str, url: str, *, more: str = "") -> str:
    """Return an article about a subject; `more` is one paragraph added at its end."""
    texts = [p.format(subject=subject) for p in _PARAGRAPHS] + ([more] if more else [])
    body = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Council keeps {subject}</title>'
        f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="Council keeps {subject}"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Council keeps {subject}</h1>{body}</article></body></html>"
    )


def feed(*urls: str) -> str:
    """Return an RSS feed that lists the addresses."""
    items = "".join(
        f"<item><title>About {escape(url)}</title><link>{escape(url)}</link>"
        f"<description>&lt;b&gt;Short&lt;/b&gt; text</description><pubDate>{format_datetime(WHEN)}</pubDate></item>"
        for url in urls
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>H</title>{items}</channel></rss>'


def edition() -> dict[str, str]:
    """Return a small edition: a feed and the two articles that it lists."""
    return {FEED: feed(FERRY, TOWER), FERRY: page("the ferry", FERRY), TOWER: page("the tower", TOWER)}


def recorded(path: Path, pages: dict[str, Any]) -> str:
    """Write a recording of the pages, each a text or (status, headers, body), and return its path."""
    requests, responses = [], []
    for url, answer in pages.items():
        status, headers, body = (200, {}, answer) if isinstance(answer, str | bytes) else answer
        kind = "application/rss+xml" if url.endswith(".xml") else "text/html; charset=utf-8"
        requests.append(Request("GET", url, None, {}))
        responses.append(
            {
                "status": {"code": status, "message": ""},
                "headers": {name: [value] for name, value in ({"Content-Type": kind} | headers).items()},
                "body": {"string": body.encode() if isinstance(body, str) else body},
            }
        )
    write(path, requests, responses)
    return str(path)


def stop_at_first_outcome(crawler: Any) -> None:
    """End a crawl, as one Ctrl-C does, when the first of its articles has come to something."""

    def stop() -> None:
        crawler.signals.disconnect(stop, outcome_recorded)
        crawler.stopping = asyncio.get_running_loop().create_task(crawler.stop_async())

    crawler.keep = stop  # signals hold weak references
    crawler.signals.connect(stop, outcome_recorded)


def crawled(
    folder: Path,
    pages: dict[str, Any],
    spider: type[NewsSpider] = Harbour,
    *,
    set_up: Callable[[Crawler], None] | None = None,
    feeds: dict[str, Any] | None = None,
    at: datetime | Callable[[], float] | None = None,
    **arguments: str,
) -> Ledger:
    """Crawl recorded pages with the project's settings and return the books; the store is `folder`/store.db.

    `set_up` gets the crawler before it starts; `at` is the time by the store's clock, or the clock.
    """
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    given = {"TWISTED_REACTOR_ENABLED": False, "LOG_ENABLED": False, "FEEDS": feeds or {}}
    given |= {"CASSETTE": recorded(folder / "recording.yaml", pages), "COPYDESK_STORE": folder / "store.db"}
    settings.setdict(given, priority="cmdline")

    async def main() -> Ledger:
        crawler = AsyncCrawlerRunner(settings).create_crawler(spider)
        if set_up:
            set_up(crawler)
        await crawler.crawl_async(**arguments)
        assert isinstance(crawler.spider, NewsSpider)
        return crawler.spider.ledger

    clock = at.timestamp if isinstance(at, datetime) else at or time.time
    with patch("spiders.extensions.storeroom.Store", partial(Store, clock=clock)):
        return asyncio.run(main())


def shelved(path: Path, pages: dict[str, str], *, when: datetime = WHEN) -> None:
    """Store pages as a crawl of them would, without the crawl; one that gives no article fails or is excluded."""
    with Store(path, clock=when.timestamp) as store:
        run = store.begin(Harbour.name, [Link(url) for url in pages])
        for lease in store.lease(run, len(pages)):
            raw = Raw(lease.url, 200, (("Content-Type", "text/html; charset=utf-8"),), pages[lease.url].encode(), when)
            try:
                finish(store, lease, raw, article=extract(raw.body, lease.url))
            except ExtractionError as error:
                told = outcome_of(error, lease.url)
                finish(store, lease, raw, state=told.state, reason=told.reason, flag=told.flag)
        store.end(run, "finished")


def outcomes(books: Ledger) -> dict[str, tuple[State, str | None]]:
    """Return what became of each address, by its path, listings that were read left out."""
    listings = {o.url: (o.state, o.reason) for o in books.listings if o.state is not State.DONE}
    told = listings | {o.url: (o.state, o.reason) for o in books.outcomes}
    return {url.removeprefix(HOME): outcome for url, outcome in told.items()}


def scrapy(*arguments: object, folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run `scrapy` as a person does; with a folder, there, with the modules in it beside the project's own."""
    command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    environment = dict(os.environ)
    if folder:
        (folder / "scrapy.cfg").write_text("[settings]\ndefault = spiders.settings\n", "utf-8")
        environment["PYTHONPATH"] = os.pathsep.join(map(str, (folder, ROOT)))
    return subprocess.run(
        command, cwd=folder or ROOT, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
