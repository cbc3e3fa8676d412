"""A robots.txt that fails, drips, grows or moves: row B15. Each kind has a host of its own, or a clock that is moved."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from spiders.cassettes import SIDE_FILES
from spiders.record import State
from spiders.status import ExitStatus
from tests.faults.conftest import Fetch, Fetched
from tests.misbehaving import Server
from tests.misbehaving.news import ROBOTS
from tests.newsroom import FERRY, TOWER
from tests.patient import START, Answer, Web, busy, web

pytestmark = pytest.mark.faults
__all__ = ["web"]

Put = Callable[[Answer], Web]

UNAVAILABLE = {
    "503": "HTTP 503",
    "429": "HTTP 429",
    "hang": "no answer in time",
    "moved-503": "HTTP 503",
    "bomb": "the unpacked body is larger than 10 MiB",
}


@pytest.fixture(scope="module")
def hosts(server: Server) -> dict[str, str]:
    """The hosts by what their robots.txt does."""
    return {kind: server.url("", host) for host, kind in ROBOTS.items()}


@pytest.fixture(scope="module")
def crawled(server: Server, fetch: Fetch, hosts: dict[str, str]) -> Fetched:
    server.reset()
    urls = [f"{host}/{path}" for host in hosts.values() for path in ("news/1", "forbidden", "secret")]
    return fetch(urls, DOWNLOAD_TIMEOUT=2)


@pytest.mark.parametrize("kind", UNAVAILABLE)
def test_B15_a_server_in_trouble_has_not_said_yes(
    crawled: Fetched, server: Server, hosts: dict[str, str], kind: str
) -> None:
    fate = crawled.outcomes[f"{hosts[kind]}/news/1"]
    assert fate[:2] == ("failed", f"robots.txt could not be had: {UNAVAILABLE[kind]}")
    assert fate.again
    host = hosts[kind].removeprefix("http://")
    asked = [path for path, headers in server.asked if headers["host"] == host]
    assert asked[0] == "/robots.txt"
    assert set(asked) <= {"/robots.txt", "/status/503"}


@pytest.mark.parametrize(
    ("kind", "states"),
    [
        pytest.param("large", ("done", "failed", "excluded"), id="the first 500 KiB count"),
        pytest.param("html", ("done", "failed", "failed"), id="HTML forbids nothing"),
        pytest.param("moved", ("done", "excluded", "failed"), id="what it redirects to counts"),
    ],
)
def test_B15_what_can_be_read_is_obeyed(
    crawled: Fetched, hosts: dict[str, str], kind: str, states: tuple[str, ...]
) -> None:
    found = [crawled.outcomes[f"{hosts[kind]}/{path}"].state for path in ("news/1", "forbidden", "secret")]
    assert tuple(found) == states


ROBOTS_TXT = "https://www.harbour.example/robots.txt"


def told(body: str) -> Response:
    return Response(ROBOTS_TXT, body=body.encode())


def test_B15_a_host_is_asked_once_a_day_over_all_runs(web: Put) -> None:
    says = ["User-agent: *\nDisallow: /2026/tower", ""]
    site = web(lambda web, url: told(says[0]) if url == ROBOTS_TXT else None)
    runs = [site.crawl(FERRY, TOWER)]
    site.now += 23 * 3600
    runs.append(site.crawl(FERRY, TOWER))
    assert len(site.times(ROBOTS_TXT)) == 1
    assert [run.count(State.EXCLUDED) for run in runs] == [1, 1]
    says.pop(0)
    site.now += 3601
    assert site.crawl(FERRY, TOWER).count(State.EXCLUDED) == 0
    assert len(site.times(ROBOTS_TXT)) == 2


@pytest.mark.parametrize("trouble", [503, 429, DownloadTimeoutError()], ids=["503", "429", "time-out"])
def test_B15_nothing_is_fetched_until_it_can_be_had(web: Put, trouble: int | Exception) -> None:
    def answer(web: Web, url: str) -> object:
        if url != ROBOTS_TXT or web.now >= START + 100:
            return None
        return trouble if isinstance(trouble, Exception) else busy(url, trouble)

    site = web(answer)
    books = site.crawl(FERRY, TOWER)
    assert (books.count(State.DONE), books.status()) == (2, ExitStatus.OK)
    assert min(site.times(FERRY) + site.times(TOWER)) >= 100
    assert len(site.times(ROBOTS_TXT)) <= 4  # it is asked for at the pace at which a host in trouble is
    with site.store() as store:
        notice = store.notice(ROBOTS_TXT)
        assert notice
        assert (notice.status, notice.fetched >= START + 100) == (404, True)


def test_B15_yesterdays_answer_does_not_stand_for_a_server_in_trouble(web: Put) -> None:
    site = web(lambda web, url: busy(url) if url == ROBOTS_TXT and web.now >= START + 86400 else None)
    site.patience = 0
    assert site.crawl(FERRY).count(State.DONE) == 1
    site.now += 86400
    books = site.crawl(TOWER)
    assert [entry.reason for entry in books.outcomes] == ["robots.txt could not be had: HTTP 503"]
    assert site.times(TOWER) == []


@pytest.mark.parametrize(("hops", "obeyed"), [(5, True), (6, False)])
def test_B15_five_redirects_lead_to_it_and_six_to_none(web: Put, hops: int, obeyed: bool) -> None:
    def answer(web: Web, url: str) -> Response | None:
        if "robots" not in url:
            return None
        hop = int(urlsplit(url).query or 0)
        if hop == hops:
            return told("User-agent: *\nDisallow: /").replace(url=url)
        return busy(url, 302, Location=f"https://other{hop}.example/robots?{hop + 1}")

    books = web(answer).crawl(FERRY)
    assert books.count(State.EXCLUDED) == obeyed
    assert books.count(State.DONE) == (not obeyed)


@pytest.mark.parametrize(("asked", "given"), [("7", 7.0), ("600", 60.0), ("0.001", 0.002)])
def test_a_host_is_asked_at_the_pace_that_it_wants_but_for_what_is_absurd(
    web: Put, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, asked: str, given: float
) -> None:
    slots: dict[str, tuple[float, float]] = {}

    def answer(web: Web, url: str) -> Response | None:
        if url == ROBOTS_TXT:
            return told(f"User-agent: Copydesk\nCrawl-delay: {asked}\nDisallow: /x")
        if urlsplit(url).path in SIDE_FILES:
            return None
        slot = web.crawler.engine.downloader.slots["www.harbour.example"]
        slots[url] = slot.delay, slot.jitter
        slot.delay = 0  # the pace is known: nobody has to wait for it
        return None

    monkeypatch.setattr("scrapy.core.downloader.Slot.download_delay", lambda slot: 0.002)
    site = web(answer)
    assert site.crawl(FERRY).count(State.DONE) == 1
    assert slots == {FERRY: (given, 0)}
    assert site.crawl(TOWER).count(State.DONE) == 1  # whose robots.txt came from the store
    assert slots[TOWER] == (given, 0)
    assert ("it gets 60" in caplog.text) is (asked == "600")
