"""What a crawl shows to the world: the guard that has to be in force (F3), other schemes (F4), secrets (F5), ports (F13)."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from spiders.article import ArticleSpider
from spiders.record import State
from spiders.verbs.safety import listening
from tests.conftest import ROOT, Run
from tests.faults.conftest import HANG_GUARD, Fetch, Fetched, watched
from tests.misbehaving import Server
from tests.newsroom import FEED, FERRY, HOME, feed, outcomes, page

pytestmark = pytest.mark.faults

PLAIN = "scrapy.resolver.CachingHostnameResolver"
PAPERS: dict[str, Any] = {"SPIDER_MODULES": "tests.faults.papers"}


@pytest.fixture(scope="module")
def other() -> Iterator[Server]:
    """Another host."""
    with Server(("127.0.0.9",)) as running:
        yield running


def refused(spider: list[str], folder: Path, env: dict[str, str] | None = None, **settings: Any) -> str:
    """Crawl, expect that nothing is begun, and return the one sentence that says why."""
    settings = {"COPYDESK_STORE": folder / "store.db"} | settings
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    status, stdout, stderr, _ = watched(["crawl", *spider, *options], env)
    assert status == 4, stdout + stderr
    assert "Traceback" not in stderr
    assert "discovered" not in stdout
    (sentence,) = [line for line in stderr.splitlines() if line.startswith("scrapy crawl: ")]
    return sentence


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("DNS_RESOLVER", PLAIN, "got through to 127.0.0.2"),
        ("TWISTED_REACTOR_ENABLED", False, "got through to 127.0.0.2"),
        ("ALLOW_PRIVATE", "*", "'*' is none"),
        ("TLS_UNVERIFIED", "*.example", "'*.example' is none"),
    ],
)
def test_F3_a_guard_that_is_not_in_force_begins_nothing(
    server: Server, tmp_path: Path, name: str, value: Any, why: str
) -> None:
    server.reset()
    assert why in refused(["article", "-a", f"url={server.url('/news/1')}"], tmp_path, **{name: value})
    assert server.asked == []


@pytest.mark.parametrize(
    ("spider", "changed", "why"),
    [
        ("resolver", {"TWISTED_DNS_RESOLVER": PLAIN}, "http got through to 127.0.0.2"),
        ("handlers", {}, "https got through to 127.0.0.2"),
        ("gateless", {}, "without the URL gate"),
    ],
)
def test_F3_nor_does_one_that_a_spider_has_misplaced(
    tmp_path: Path, spider: str, changed: dict[str, Any], why: str
) -> None:
    assert why in refused([spider], tmp_path, **PAPERS, **changed)


def test_F3_a_proxy_is_used_only_by_who_asks_for_it(server: Server, tmp_path: Path, fetch: Fetch) -> None:
    server.reset()
    url, proxy = "http://news.example/news/1", {"http_proxy": server.url("")}
    assert "names a proxy (http_proxy)" in refused(["article", "-a", f"url={url}"], tmp_path, proxy)
    assert server.asked == []
    private = "http://127.0.0.2/news/1"
    got = fetch([url, private], env=proxy, HTTPPROXY_ENABLED=True)
    assert (got.outcomes[url].state, got.outcomes[private].state) == ("done", "excluded"), got.stderr
    files = "/robots.txt", "/.well-known/tdmrep.json", "/ai.txt"
    assert [asked.path for asked in server.asked] == [*(f"http://news.example{file}" for file in files), url]


def test_F3_no_page_can_name_a_proxy_or_loosen_a_limit_of_a_request(run: Run) -> None:
    item = "".join(
        f"<{name}>http://127.0.0.2/</{name}>" for name in ("proxy", "meta", "download_maxsize", "bindaddress")
    )
    moved = {"Location": f"{FERRY}#proxy=http://127.0.0.2/", "proxy": "http://127.0.0.2/"}
    pages = {FEED: feed(f"{HOME}/moved").replace("<item>", f"<item>{item}"), FERRY: page("the ferry", FERRY)}
    metas: set[str] = set()

    def watch(crawler: Crawler) -> None:
        def note(request: Request) -> None:
            metas.update(request.meta)

        crawler.keep = note  # type: ignore[attr-defined]  # signals hold weak references
        crawler.signals.connect(note, signals.request_reached_downloader)

    books = run(pages | {f"{HOME}/moved": (302, moved, "")}, set_up=watch)
    assert outcomes(books) == {"/moved": (State.DONE, None)}
    ours = {
        "lease",
        "is_start_request",
        "download_timeout",
        "download_slot",
        "depth",
        "dont_obey_robotstxt",
        "rights",
        "asks_for_rights",
        "download_latency",
    }
    redirects = {"redirect_times", "redirect_ttl", "redirect_urls", "redirect_reasons"}
    assert redirects < metas <= ours | redirects


@pytest.fixture(scope="module")
def crawled(server: Server, other: Server, fetch: Fetch) -> Fetched:
    """One crawl of redirects to other schemes, and to another host with secrets on board."""
    secrets = {"Authorization": "Bearer PLANTED", "Cookie": "PLANTED=1", "X-Api-Key": "PLANTED", "X-Our-Own": "PLANTED"}
    return fetch(
        [
            *(f"/scheme/{scheme}" for scheme in ("file", "data", "ftp", "javascript", "gopher")),
            f"/secrets?port={other.port}&host=127.0.0.9&token=PLANTED",
            f"/secrets?port={server.port}&token=PLANTED",
        ],
        ALLOW_PRIVATE=f"{server.allowed},{other.allowed}",
        DEFAULT_REQUEST_HEADERS=json.dumps(secrets),
        REFERER_ENABLED="1",
        REFERRER_POLICY="unsafe-url",
    )


@pytest.mark.parametrize("scheme", ["file", "data", "ftp", "javascript", "gopher"])
def test_F4_a_redirect_to_another_scheme_is_refused(crawled: Fetched, scheme: str) -> None:
    fate = crawled.outcomes[f"/scheme/{scheme}"]
    assert (fate.state, fate.reason) == ("excluded", "refused: it redirects to what is no web address")


@pytest.mark.parametrize("url", ["file:///etc/hostname", "data:text/html,x", "ftp://news.example/x"])
def test_F4_so_is_an_address_of_one(url: str) -> None:
    with pytest.raises(UsageError, match="is not a web address"):
        ArticleSpider(url=url)


def test_F5_another_host_is_told_no_secret(crawled: Fetched, other: Server) -> None:
    files = "/robots.txt", "/.well-known/tdmrep.json", "/ai.txt"
    assert [asked.path for asked in other.asked] == [*files, "/secrets-seen"], crawled.stdout
    for asked in other.asked:
        assert "PLANTED" not in str(asked)
        assert set(asked.headers) <= {
            "host",
            "connection",
            "user-agent",
            "accept",
            "accept-encoding",
            "accept-language",
        }


def test_F5_the_host_that_they_are_for_is_told_them(crawled: Fetched, server: Server) -> None:
    seen = [asked.headers for asked in server.asked if asked.path == "/secrets-seen"]
    assert [headers["x-api-key"] for headers in seen] == ["PLANTED"]
    assert [headers["authorization"] for headers in seen] == ["Bearer PLANTED"]


@pytest.mark.parametrize(("settings", "open_"), [([], 0), (["-s", "TELNETCONSOLE_ENABLED=1"], 1)])
def test_F13_a_crawl_has_no_port_open(server: Server, tmp_path: Path, settings: list[str], open_: int) -> None:
    path = f"/hang/{tmp_path.name}"
    options = ["-s", f"ALLOW_PRIVATE={server.allowed}", "-s", f"COPYDESK_STORE={tmp_path / 'store.db'}", *settings]
    command = [sys.executable, "-m", "scrapy", "crawl", "article", "-a", f"url={server.url(path)}", *options]
    crawl = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + HANG_GUARD
        while not server.count(path):
            assert crawl.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        family = [crawl.pid, *_children(crawl.pid)]
        assert len(family) >= 2  # a worker, too
        ports = [port for pid in family for port in listening(pid)]
    finally:
        crawl.send_signal(signal.SIGKILL)
        crawl.wait()
    assert len(ports) == open_, ports


def _children(pid: int) -> list[int]:
    tasks = (Path("/proc") / str(pid) / "task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]
