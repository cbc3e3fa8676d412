"""Hosts in trouble, on a clock that is moved: rows B1, B2, B3, B14, E4 and E5."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.http import Response

from spiders.lease import Lease
from spiders.ledger import Ledger
from spiders.manners.pauses import BREAKER, FIRST_HOLD, LONGEST
from spiders.middlewares.robots import Robots
from spiders.record import State
from spiders.settings import PATIENCE
from spiders.status import ExitStatus
from spiders.store import MAX_ATTEMPTS, Store
from spiders.store.reader import Reader
from spiders.store.writer import Writer
from tests.faults.conftest import Fetch
from tests.misbehaving import Server
from tests.newsroom import FEED, FERRY, MARKET, TOWER, Harbour, feed
from tests.patient import START, Answer, Web, busy, web

pytestmark = pytest.mark.faults
__all__ = ["web"]

Put = Callable[[Answer], Web]
EDITION = {FEED: feed(FERRY, TOWER, MARKET)}


def listed(answer: Answer) -> Answer:
    """List the edition, and answer for its pages as the script does."""

    def answering(web: Web, url: str) -> Any:
        if url in EDITION:
            return busy(url, 200).replace(body=EDITION[url].encode())
        return None if url.endswith("/robots.txt") else answer(web, url)

    return answering


def counted(books: Ledger) -> list[int]:
    """Return what the last line of a run says: stored, failed, excluded, pending."""
    assert books.balanced
    return [books.counts[state] for state in (State.DONE, State.FAILED, State.EXCLUDED, State.NEW)]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        pytest.param(lambda web: {"Retry_After": "120"}, 120, id="seconds"),
        pytest.param(lambda web: {"Retry_After": "-5"}, FIRST_HOLD, id="negative"),
    ],
)
def test_B1_a_host_that_asks_for_a_pause_gets_it_and_its_pages_are_stored_later(
    web: Put, header: Callable[[Web], dict[str, str]], seconds: float
) -> None:
    site = web(listed(lambda web, url: busy(url, 429, **header(web)) if url == FERRY and web.now == START else None))
    books = site.crawl(spider=Harbour)
    assert (counted(books), books.status()) == ([3, 0, 0, 0], ExitStatus.OK)
    assert books.settled == {State.DONE: 3}  # what was put off is no outcome
    at_once = [url for when, url in site.asked if when == 0]
    assert FERRY in at_once
    assert MARKET not in at_once  # one that was under way already may be answered, no more is asked of the host
    assert min(when for when, _ in site.asked if when) == pytest.approx(seconds, abs=0.02)


def test_B1_what_was_leased_while_its_host_asked_for_a_pause_is_given_back(
    web: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease, dealt, answered = Writer.lease, asyncio.Event(), asyncio.Event()

    async def slow(self: Writer, *arguments: Any, **more: Any) -> list[Lease]:
        leases = await lease(self, *arguments, **more)
        if MARKET in [one.url for one in leases] and not answered.is_set():
            dealt.set()
            await asyncio.wait_for(answered.wait(), 30)
            await asyncio.sleep(0.02)
        return leases

    async def late() -> Response:
        await asyncio.wait_for(dealt.wait(), 30)
        answered.set()
        return busy(TOWER, 429, Retry_After="120")

    monkeypatch.setattr(Writer, "lease", slow)
    site = web(listed(lambda web, url: late() if url == TOWER and not answered.is_set() else None))
    books = site.crawl(spider=Harbour)
    assert (counted(books), books.status()) == ([3, 0, 0, 0], ExitStatus.OK)
    assert site.times(MARKET) == [pytest.approx(120, abs=0.1)]


def test_B1_what_was_on_its_way_when_its_host_asked_for_a_pause_is_given_back(
    web: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed, under_way, answered = Robots.process_request, asyncio.Event(), asyncio.Event()

    async def slow(self: Robots, request: Request) -> None:
        await passed(self, request)
        if request.url == TOWER and not answered.is_set():
            under_way.set()
            await asyncio.wait_for(answered.wait(), 30)
            await asyncio.sleep(0.02)

    async def late() -> Response:
        await asyncio.wait_for(under_way.wait(), 30)
        answered.set()
        return busy(FERRY, 429, Retry_After="120")

    monkeypatch.setattr(Robots, "process_request", slow)
    site = web(listed(lambda web, url: late() if url == FERRY and not answered.is_set() else None))
    books = site.crawl(spider=Harbour)
    assert (counted(books), books.status()) == ([3, 0, 0, 0], ExitStatus.OK)
    assert site.times(TOWER) == [pytest.approx(120, abs=0.1)]


def test_B1_a_pause_that_the_store_hears_of_late_is_kept(web: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    hold = Writer.hold

    async def late(self: Writer, *arguments: Any) -> None:
        await asyncio.sleep(0.1)
        await hold(self, *arguments)

    monkeypatch.setattr(Writer, "hold", late)
    site = web(
        listed(lambda web, url: busy(url, 429, Retry_After="120") if url == FERRY and web.now == START else None)
    )
    books = site.crawl(spider=Harbour)
    assert (counted(books), books.status()) == ([3, 0, 0, 0], ExitStatus.OK)
    assert min(site.times(MARKET)) > 119


def test_B1_nobody_is_believed_who_asks_for_more_than_an_hour(web: Put) -> None:
    site = web(listed(lambda web, url: busy(url, 429, Retry_After="9" * 40) if web.now < START + LONGEST else None))
    books = site.crawl(spider=Harbour)
    assert (counted(books), books.status()) == ([0, 3, 0, 0], ExitStatus.INCOMPLETE)
    for entry in books.outcomes:
        reason, _, due = str(entry.reason).partition("; ")
        assert reason in ("HTTP 429", "not asked: the host is left alone (HTTP 429)")
        assert due == "due again in 60 min"
    assert (site.slept, {when for when, _ in site.asked}) == ([], {0})  # an hour is more than a run waits
    site.now += PATIENCE
    assert site.crawl(spider=Harbour).status() is ExitStatus.DRY  # its only feed lists nothing, and that is told
    assert {when for when, _ in site.asked} == {0}  # the next run knows of it
    site.now = START + LONGEST + 1
    assert counted(site.crawl(spider=Harbour)) == [3, 0, 0, 0]


def test_B1_as_a_person_runs_it(server: Server, fetch: Fetch) -> None:
    paths = ["/retry-after/seconds?s=1", "/retry-after/date?s=2", "/news/901"]
    got = fetch(paths, PATIENCE=30)
    assert got.status == ExitStatus.OK, got.stdout
    assert [got.outcomes[path].state for path in paths] == ["done"] * 3
    assert [server.count(path) for path in paths[:2]] == [2, 2]
    assert "127.0.0.1" in got.stderr
    assert "is left alone for " in got.stderr


def test_B2_a_storm_of_errors_loses_nothing_and_opens_the_breaker(web: Put) -> None:
    urls = [f"https://www.harbour.example/{n}" for n in range(40)]
    site = web(lambda web, url: busy(url) if url in urls and web.now < START + FIRST_HOLD * 2 else None)
    books = site.crawl(*urls)
    assert (counted(books), books.status()) == ([40, 0, 0, 0], ExitStatus.OK)
    asked = Counter(url for _, url in site.asked if url in urls)
    in_the_storm = [url for when, url in site.asked if url in urls and when < FIRST_HOLD * 2]
    assert max(asked.values()) <= 4
    assert len(in_the_storm) <= BREAKER + 2  # then one probe at a time; one may be under way when it opens


def test_B3_what_fails_for_good_is_given_up_and_listed(web: Put) -> None:
    site = web(listed(lambda web, url: busy(url) if url == TOWER else None))
    site.patience = 86400
    books = site.crawl(spider=Harbour)
    assert (counted(books), books.status()) == ([2, 1, 0, 0], ExitStatus.INCOMPLETE)
    assert (len(site.times(TOWER)), len(site.times(FERRY))) == (MAX_ATTEMPTS, 1)
    with Reader(site.folder / "store.db") as reader:
        (failure,) = reader.failures()
        assert (failure.url, failure.reason, failure.due) == (TOWER, "HTTP 503", None)  # nothing tries it again


def test_B3_one_page_that_fails_for_ever_is_no_trouble_of_its_host(web: Put) -> None:
    site = web(listed(lambda web, url: busy(url, 500) if url == TOWER else None))
    site.patience = 86400
    site.crawl(spider=Harbour)
    assert len(site.times(TOWER)) == MAX_ATTEMPTS
    with Store(site.folder / "store.db") as store:
        assert store.hosts.failing().get("www.harbour.example", 0) < BREAKER


def test_B3_a_run_that_is_stopped_while_it_waits_ends_at_once_and_loses_nothing(
    web: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = web(listed(lambda web, url: busy(url) if url == TOWER and web.now < START + 1 else None))

    async def stop(_: float) -> None:
        ending = asyncio.create_task(site.crawler.stop_async())
        await asyncio.Event().wait()  # nobody sets it: only the end of the run ends the wait
        await ending

    monkeypatch.setattr("spiders.manners.patience.sleep", stop)
    books = site.crawl(spider=Harbour)
    assert (counted(books), books.status()) == ([2, 0, 0, 1], ExitStatus.INTERRUPTED)
    site.now += 60
    assert counted(site.crawl(spider=Harbour))[0] >= 1


def test_B14_hosts_that_hang_take_no_room_from_a_good_one(web: Put) -> None:
    hung = [f"https://hung{n}.example/{page}" for page in range(10) for n in range(4)]
    good = [f"https://good.example/{n}" for n in range(30)]
    done = asyncio.Event()

    async def hang(site: Web) -> Any:
        await done.wait()  # set by the last page of the good host: were it kept waiting, the crawl would never end
        raise DownloadTimeoutError

    def answer(site: Web, url: str) -> Any:
        if sum(asked in good for _, asked in site.asked) == len(good):
            done.set()
        return hang(site) if url in hung else None

    site = web(answer)
    books = site.crawl(*hung, *good)
    assert books.count(State.DONE) == len(good)
    assert books.count(State.FAILED) == len(hung)
    first = max(n for n, (_, url) in enumerate(site.asked) if url in good)
    assert Counter(urlsplit(url).hostname for _, url in site.asked[:first] if url in hung).most_common(1)[0][1] == 1
    asked = Counter(urlsplit(url).hostname for _, url in site.asked if url in hung)
    assert all(BREAKER <= times <= 2 * BREAKER for times in asked.values()), asked  # then they are left alone


def test_B14_a_host_is_asked_for_one_page_at_a_time_and_many_hosts_are_asked_together(web: Put) -> None:
    site = web(lambda web, url: None)
    books = site.crawl(*(f"https://paper{n}.example/{page}" for page in range(5) for n in range(4)))
    assert books.count(State.DONE) == 20
    together = site.most.pop("")
    assert set(site.most.values()) == {1}
    assert together > 1


def test_E4_one_site_that_is_down_among_fifty_harms_no_other_and_is_named(web: Put) -> None:
    urls = [f"https://paper{n}.example/0" for n in range(50)] + ["https://paper7.example/1"]

    async def refuse() -> Any:
        raise DownloadConnectionRefusedError

    site = web(lambda web, url: refuse() if "paper7.example" in url else None)
    books = site.crawl(*urls)
    assert (counted(books), books.status()) == ([49, 2, 0, 0], ExitStatus.INCOMPLETE)
    failed = {entry.url: entry.reason for entry in books.outcomes if entry.state is State.FAILED}
    assert set(failed) == {"https://paper7.example/0", "https://paper7.example/1"}
    assert all("refused" in str(reason) for reason in failed.values())
    others = [when for when, url in site.asked if "paper7.example" not in url]
    assert max(others) == 0  # nobody waited for it
