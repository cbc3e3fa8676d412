"""What tests share: crawls in this process, cassettes for them, and a small site on this machine to record from.

A test marked `@pytest.mark.vcr("domain/file.yaml")` crawls from that file of `cassettes/`; a request that the file
lacks fails the test. A crawl can also be given its cassette as a person does it, in the settings.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
from hypothesis import settings
from scrapy import Spider
from scrapy.cmdline import execute
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.signals import item_scraped

import spiders.workers.pool
from spiders.cassettes import IN_FORCE, VCR_OPTIONS, Recording
from spiders.ledger import Ledger
from spiders.store import Store
from spiders.workers.nursery import Nursery
from tests.newsroom import crawled

# The same examples for everybody, however busy the machine; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("search", deadline=None)
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parent.parent
HANDLER = "spiders.cassettes.CassetteDownloadHandler"

# What a crawl in a test needs beside the project's settings; they alone are in force with `project=False`.
TEST_SETTINGS: dict[str, Any] = {
    "TWISTED_REACTOR_ENABLED": False,
    "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
    "EXTENSIONS": {"spiders.cassettes.Deck": 0},
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 1,
    "LOG_ENABLED": False,
    "COOKIES_ENABLED": False,  # a cookie makes tldextract ask the network for its list
}


@pytest.fixture(scope="session", autouse=True)
def buffered() -> Iterator[None]:
    """Commands print as they do at a person's prompt, where nothing in the environment empties their buffers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONUNBUFFERED", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_proxies() -> Iterator[None]:
    """Tests are about this machine: a proxy in the environment would be refused by every crawl that is not a replay."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            patch.delenv(name)
        yield


@dataclass(frozen=True)
class Crawled:
    """What came of a crawl."""

    items: list[Any]
    stats: dict[str, Any]

    @property
    def missing(self) -> list[str]:
        """The addresses that the cassette lacked."""
        return list(self.stats.get("cassette/missing_urls", []))


Crawl = Callable[..., Crawled]


@pytest.fixture
def crawl() -> Crawl:
    """Run a spider, a class or a name, to its end and return what it gave.

    `crawl(spider, settings, project=False, **arguments)`: with `project` the project's own settings are the ground.
    """

    def run(
        spider: type[Spider] | str, settings: dict[str, Any] | None = None, *, project: bool = True, **arguments: Any
    ) -> Crawled:
        ground = Settings()
        if project:
            ground.setmodule("spiders.settings", priority="project")
        for name, value in (TEST_SETTINGS | (settings or {})).items():
            if isinstance(value, dict):
                value = {**ground.getdict(name), **value}
            ground.set(name, value, priority="cmdline")
        return asyncio.run(_crawl(spider, ground, arguments))

    return run


async def _crawl(spider: type[Spider] | str, settings: Settings, arguments: dict[str, Any]) -> Crawled:
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(spider)
    items: list[Any] = []

    def keep(item: Any) -> None:  # named: signals hold weak references
        items.append(item)

    crawler.signals.connect(keep, signal=item_scraped)
    await runner.crawl(crawler, **arguments)
    return Crawled(items, dict(crawler.stats.get_stats()))


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """The process that forks workers, for all tests of the session: it takes half a second to load."""
    opened = Nursery()
    yield opened
    opened.close()


class _Lent(Nursery):
    """A nursery that stays when a crawl is done with it."""

    def __init__(self, nursery: Nursery) -> None:
        self.__dict__ = nursery.__dict__

    def close(self) -> None:
        """Leave it to the session."""


@pytest.fixture(autouse=True)
def lend_nursery(monkeypatch: pytest.MonkeyPatch, nursery: Nursery) -> None:
    """Let crawls in this process share the nursery."""
    monkeypatch.setattr(spiders.workers.pool, "Nursery", lambda: _Lent(nursery))


@pytest.fixture
def site_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write a site file of a user's own, for pages with `<article>`: `site_file(code)` is its `amend(article, page)`.

    Crawls have a nursery of their own then, which knows the folder.
    """
    folder = tmp_path / "sites"
    folder.mkdir()
    monkeypatch.setenv("COPYDESK_SITES", str(folder))
    monkeypatch.setattr(spiders.workers.pool, "Nursery", Nursery)

    def write(amend: str, *, domain: str = "harbour.example", head: str = "") -> Path:
        path = folder / f"{domain.replace('.', '_')}.py"
        path.write_text(
            f"from extractors.site import Site\n{head}\n\nclass Own(Site):\n    domains = ({domain!r},)\n"
            f"    body = 'article p'\n\n    def amend(self, article, page):\n" + indent(dedent(amend), " " * 8),
            "utf-8",
        )
        return path

    return write


Run = Callable[..., Ledger]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Crawl recorded pages into a store of this test's own, as `newsroom.crawled` does, and return the books."""
    return partial(crawled, tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Callable[[], Store]:
    """Open the store that `run` crawls into."""
    return lambda: Store(tmp_path / "store.db")


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this process, as a person types it; return the exit status, stdout and stderr."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "spiders.settings")

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *map(str, arguments)])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, Any]:
    """Play only, matched and scrubbed as in a crawl."""
    return {**VCR_OPTIONS, "record_mode": "none"}


@pytest.fixture(scope="session")
def vcr_cassette_dir() -> str:
    """The names that `@pytest.mark.vcr` gives are those of the cassettes we ship."""
    return str(ROOT / "cassettes")


@pytest.fixture(autouse=True)
def recording(request: pytest.FixtureRequest, vcr: Any) -> Iterator[Recording | None]:
    """Put the cassette of a test marked `vcr` under its crawls; fail the test when it lacked a request."""
    if vcr is None:
        yield None
        return
    names = [str(name) for mark in request.node.iter_markers("vcr") for name in mark.args]
    recording = Recording(vcr, ", ".join(names) or str(vcr.path))
    token = IN_FORCE.set(recording)
    try:
        yield recording
    finally:
        IN_FORCE.reset(token)
    if recording.missing:
        pytest.fail(f"not in the recording {recording.path}: {', '.join(recording.missing)}", pytrace=False)


@dataclass
class Site:
    """A site on this machine: `pages` maps a path to (status, headers, body) or a list of them, given in turn."""

    port: int
    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        """The address of a path of this site."""
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """What the site says at `path`; the last of a list is repeated."""
        pages = self.pages.get(path, (404, {}, b"no such page"))
        if not isinstance(pages, list):
            pages = [pages]
        status, headers, body = pages.pop(0) if len(pages) > 1 else pages[0]
        return status, headers, body


@pytest.fixture
def site() -> Iterator[Site]:
    """A site to record from; mark the test `block_network(allowed_hosts=["127.0.0.1"])`."""
    with serving() as here:
        yield here


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site on this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # 1.0 knows no chunks

        def do_GET(self) -> None:
            here.asked.append(self.path)
            here.headers.append(dict(self.headers))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = here.answer(self.path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                if value:
                    self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()
