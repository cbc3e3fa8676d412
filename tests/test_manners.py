"""Who a crawl says it is, and the hint to say so: what the sites see, and what the person at the terminal does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from spiders.edition import VERSION
from spiders.errors import SettingError
from spiders.manners.introduction import HINT, introduce, nameless, user_agent
from spiders.record import State
from tests.conftest import Run
from tests.newsroom import FERRY, edition, outcomes, page, scrapy

ROBOTS = FERRY.replace("/2026/ferry", "/robots.txt")


def project(**settings: Any) -> Settings:
    ground = Settings()
    ground.setmodule("spiders.settings", priority="project")
    ground.setdict(settings, priority="cmdline")
    introduce(ground)
    return ground


def test_by_default_the_product_its_version_and_that_there_is_no_contact() -> None:
    settings = project()
    assert settings["USER_AGENT"] == f"Copydesk/{VERSION} (its operator has given no contact)"
    assert (settings["ROBOTSTXT_USER_AGENT"], nameless(settings)) == ("copydesk", True)


@pytest.mark.parametrize("contact", ["https://press.example/crawler?x=1", "http://press.example", "desk@press.example"])
def test_a_contact_is_told_to_sites(contact: str) -> None:
    settings = project(CONTACT=contact)
    assert settings["USER_AGENT"] == f"Copydesk/{VERSION} (+{contact})"
    assert not nameless(settings)


@pytest.mark.parametrize("contact", ["press.example", "https://", "a b@c", "x@y)\r\nCookie: a", "https://x/ (y)"])
def test_what_is_no_address_is_no_contact(contact: str) -> None:
    with pytest.raises(SettingError, match="give an address where you can be reached"):
        project(CONTACT=contact)


def test_a_user_agent_of_ones_own_stays_as_it_is() -> None:
    settings = project(USER_AGENT="Gazette-Reader/2 (+https://gazette.example/bot)", CONTACT="desk@press.example")
    assert settings["USER_AGENT"] == "Gazette-Reader/2 (+https://gazette.example/bot)"
    assert settings["ROBOTSTXT_USER_AGENT"] == "gazette-reader"
    assert project(ROBOTSTXT_USER_AGENT="deskbot")["ROBOTSTXT_USER_AGENT"] == "deskbot"


def test_rules_for_others_are_not_ours_because_of_a_word_in_our_contact(run: Run) -> None:
    seen: set[bytes] = set()

    def reachable(crawler: Crawler) -> None:
        def note(request: Request) -> None:
            seen.add(request.headers["User-Agent"] or b"")

        crawler.note = note  # type: ignore[attr-defined]  # signals hold weak references
        crawler.signals.connect(note, signals.request_reached_downloader)
        crawler.settings.set("CONTACT", "https://press.example/newsbot", priority="cmdline")

    rules = "User-agent: newsbot\nUser-agent: press\nDisallow: /\n\nUser-agent: copydesk\nDisallow: /2026/ferry\n"
    books = run(edition() | {ROBOTS: rules}, set_up=reachable)
    assert outcomes(books) == {
        "/2026/ferry": (State.EXCLUDED, "forbidden by robots.txt"),
        "/2026/tower": (State.DONE, None),
    }
    assert seen == {user_agent("https://press.example/newsbot").encode()}


def test_a_replay_asks_nobody_and_gives_no_hint(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        run(edition())
    assert HINT not in caplog.text


class _Paper(BaseHTTPRequestHandler):
    agents: set[str]

    def do_GET(self) -> None:
        self.agents.add(self.headers["User-Agent"])
        found = self.path == "/ferry"
        body = page("the ferry", FERRY).encode() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def paper() -> Iterator[ThreadingHTTPServer]:
    _Paper.agents = set()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Paper) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_live_crawl_that_names_nobody_gives_one_hint(paper: ThreadingHTTPServer, tmp_path: Path) -> None:
    host = f"127.0.0.1:{paper.server_port}"
    options = "-s", f"ALLOW_PRIVATE={host}", "-s", f"COPYDESK_STORE={tmp_path}/store.db", "-s", "DOWNLOAD_DELAY=0"
    done = scrapy("crawl", "article", "-a", f"url=http://{host}/ferry", *options)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.decode().count(HINT) == 1
    assert _Paper.agents == {user_agent(None)}
