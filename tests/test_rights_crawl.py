"""What a crawl does about what sites say of the use of their pages: obeys it or not, and keeps it with the article."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.errors import SettingError
from spiders.ledger import Ledger
from spiders.record import State
from spiders.status import ExitStatus
from spiders.store import Store
from tests.conftest import Run
from tests.holdings import records
from tests.newsroom import FEED, FERRY, HOME, TOWER, edition, feed, outcomes, page
from tests.patient import START, Answer, Web, busy, web

__all__ = ["web"]

TDMREP, AI_TXT, ROBOTS = f"{HOME}/.well-known/tdmrep.json", f"{HOME}/ai.txt", f"{HOME}/robots.txt"
WALL = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser. Cloudflare Ray ID: 8f</p></body></html>"


def settled(crawler: Crawler, **settings: Any) -> None:
    for name, value in settings.items():
        crawler.settings.set(name, value, priority="cmdline")


def meta(name: str, content: str) -> str:
    return page("the ferry", FERRY).replace("<head>", f'<head><meta name="{name}" content="{content}">')


@pytest.fixture
def said(
    run: Run, store: Callable[[], Store], tmp_path: Path
) -> Callable[..., tuple[Ledger, list[tuple[str, str, str]]]]:
    """Crawl the ferry's page into a new store; return the books, and what the store has of its rights."""

    def crawl(
        answer: Any = None, /, files: dict[str, str] | None = None, **settings: Any
    ) -> tuple[Ledger, list[tuple[str, str, str]]]:
        for file in tmp_path.glob("store.db*"):
            file.unlink()
        pages = {FEED: feed(FERRY), FERRY: answer or page("the ferry", FERRY), **(files or {})}
        books = run(pages, set_up=partial(settled, **settings))
        with store() as opened:
            return books, [(one.what, one.says, one.by) for record in records(opened) for one in record.rights]

    return crawl


Said = Callable[..., tuple[Ledger, list[tuple[str, str, str]]]]


def test_all_that_is_said_of_a_page_is_kept_with_its_article(said: Said, store: Callable[[], Store]) -> None:
    headers = {"tdm-reservation": "0", "X-Robots-Tag": "noarchive"}
    files = {
        ROBOTS: "User-agent: *\nContent-Signal: search=yes, ai-train=no\nDisallow: /private/",
        TDMREP: '[{"location": "/sport/", "tdm-reservation": 1}, {"location": "/", "tdm-reservation": 0}]',
        AI_TXT: "User-Agent: *\nDisallow: *",
    }
    books, kept = said((200, headers, meta("robots", "noai, noimageai")), files)
    assert books.status() is ExitStatus.OK
    assert kept == [
        ("robots", "allowed", "file"),
        ("content-signal", "search=yes, ai-train=no", "file"),
        ("tdm", "not reserved", "file"),
        ("ai.txt", "disallowed", "file"),
        ("tdm", "not reserved", "header"),
        ("noarchive", "noarchive", "header"),
        ("noai", "noai, noimageai", "meta"),
    ]
    with store() as opened:
        (record,) = records(opened)
    assert [one.where for one in record.rights] == [ROBOTS, ROBOTS, TDMREP, AI_TXT, FERRY, FERRY, FERRY]
    assert all(one.when[:4].isdigit() and one.when.endswith("+00:00") for one in record.rights)


def test_a_site_that_says_nothing_has_said_nothing(said: Said) -> None:
    assert said()[1] == [("robots", "allowed (HTTP 404)", "file")]


RESERVED = {
    "header": ((200, {"TDM-Reservation": "1"}, page("the ferry", FERRY)), {}, "its tdm-reservation header"),
    "meta": (meta("tdm-reservation", "1"), {}, "its meta element tdm-reservation"),
    "file": (None, {TDMREP: '[{"location": "/2026/*", "tdm-reservation": 1}]'}, TDMREP),
}


@pytest.mark.parametrize("where", RESERVED)
def test_a_reserved_page_is_excluded_and_nothing_of_it_is_stored(said: Said, tmp_path: Path, where: str) -> None:
    answer, files, by = RESERVED[where]
    books, kept = said(answer, files)
    assert outcomes(books) == {"/2026/ferry": (State.EXCLUDED, f"reserved for text and data mining by {by}")}
    assert books.sentence() == "0 stored + 0 failed + 1 excluded + 0 pending = 1 discovered"
    assert (books.kinds, kept) == ({"rights": 1}, [])
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        assert connection.execute("SELECT url FROM raw").fetchall() == [(FEED,)]


@pytest.mark.parametrize("where", RESERVED)
def test_a_reservation_that_is_not_respected_is_recorded(said: Said, where: str) -> None:
    answer, files, _ = RESERVED[where]
    books, kept = said(answer, files, RESPECT="robots")
    assert books.status() is ExitStatus.OK
    assert ("tdm", "reserved", where) in kept


@pytest.mark.parametrize("broken", [WALL, "no page at all"])
@pytest.mark.parametrize("where", ["header", "meta"])
def test_a_reserved_page_that_is_no_article_is_not_stored_either(
    said: Said, tmp_path: Path, where: str, broken: str
) -> None:
    answer: Any = (200, {"tdm-reservation": "1"}, broken)
    if where == "meta":
        answer = f'<html><head><meta name="tdm-reservation" content="1"></head><body><p>{broken}</p></body></html>'
    books, _ = said(answer)
    assert books.kinds == {"rights": 1}
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        assert connection.execute("SELECT count(*) FROM raw").fetchone() == (1,)


def test_what_the_page_says_is_above_what_its_header_says(said: Said) -> None:
    books, kept = said((200, {"tdm-reservation": "1"}, meta("tdm-reservation", "0")))
    assert books.status() is ExitStatus.OK
    assert kept[1:] == [("tdm", "reserved", "header"), ("tdm", "not reserved", "meta")]


def test_an_error_of_the_server_stays_one_whatever_its_header_says(said: Said) -> None:
    assert outcomes(said((404, {"tdm-reservation": "1"}, ""))[0]) == {"/2026/ferry": (State.FAILED, "HTTP 404")}


@pytest.mark.parametrize(
    ("what", "answer", "files", "why"),
    [
        ("noai", (200, {"X-Robots-Tag": "noai"}, page("x", FERRY)), {}, "its X-Robots-Tag header says noai"),
        ("noarchive", meta("robots", "noarchive"), {}, "its meta element robots says noarchive"),
        ("ai.txt", None, {AI_TXT: "User-agent: *\nDisallow: /"}, f"{AI_TXT} says disallowed"),
        ("content-signal", None, {ROBOTS: "User-agent: *\nContent-Signal: ai-train=no"}, f"{ROBOTS} says ai-train=no"),
    ],
)
def test_the_others_are_obeyed_where_respect_names_them(
    said: Said, what: str, answer: Any, files: dict[str, str], why: str
) -> None:
    books, kept = said(answer, files, RESPECT=f"robots,{what}")
    assert outcomes(books) == {"/2026/ferry": (State.EXCLUDED, f"not to be kept: {why}")}
    assert kept == []
    assert said(answer, files, RESPECT="robots")[1][1][0] == what


def test_without_robots_in_respect_its_verdict_is_only_recorded(said: Said) -> None:
    files = {ROBOTS: "User-agent: *\nDisallow: /2026/"}
    assert outcomes(said(None, files)[0]) == {"/2026/ferry": (State.EXCLUDED, "forbidden by robots.txt")}
    books, kept = said(None, files, RESPECT=["tdm"])
    assert books.status() is ExitStatus.OK
    assert kept == [("robots", "forbidden", "file")]


def test_respect_that_names_what_there_is_not_ends_the_run_before_it_begins(run: Run, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"RESPECT names 'robot'; it may name robots, tdm, .*noarchive"):
        run(edition(), set_up=partial(settled, RESPECT="robot"))
    assert not (tmp_path / "store.db").exists()


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({TDMREP: (503, {}, ""), AI_TXT: "User-agent: *\nDisallow: /"}, []),
        ({TDMREP: (200, {}, "<html>"), AI_TXT: (200, {}, b"\xff\xfe\x00\xd8")}, []),
        (
            {
                TDMREP: (301, {"Location": f"{HOME}/t.json"}, ""),
                f"{HOME}/t.json": '[{"location":"/","tdm-reservation":0}]',
            },
            ["tdm"],
        ),
        ({TDMREP: "x" * 600_000, AI_TXT: "User-agent: *\nDisallow: *.jpg"}, ["ai.txt"]),
    ],
)
def test_files_that_cannot_be_read_say_nothing(said: Said, files: dict[str, Any], found: list[str]) -> None:
    books, kept = said(None, files)
    assert books.status() is ExitStatus.OK
    assert [what for what, *_ in kept[1:]] == found


def test_a_host_is_asked_once_and_only_if_an_article_of_it_is(run: Run, tmp_path: Path) -> None:
    asked: list[str] = []

    def watch(crawler: Crawler) -> None:
        def note(request: Any) -> None:
            asked.append(request.url)

        crawler.note = note  # type: ignore[attr-defined]  # signals hold weak references
        crawler.signals.connect(note, signals.request_reached_downloader)

    run(edition(), set_up=watch)
    assert sorted(asked) == sorted([ROBOTS, FEED, TDMREP, AI_TXT, FERRY, TOWER])
    asked.clear()
    run({FEED: (404, {}, "")}, set_up=watch)
    assert asked[:2] == [ROBOTS, FEED]
    assert TDMREP not in asked


def test_what_a_host_says_is_asked_once_a_day_over_all_runs(web: Callable[[Answer], Web]) -> None:
    reserved = b'[{"location": "/2026/tower", "tdm-reservation": 1}]'
    site = web(lambda web, url: Response(url, body=reserved) if url == TDMREP else None)
    assert site.crawl(FERRY).count(State.DONE) == 1
    site.now += 23 * 3600
    assert site.crawl(TOWER).kinds == {"rights": 1}
    assert (site.times(TDMREP), len(site.times(AI_TXT)), site.times(TOWER)) == ([0.0], 1, [])
    site.now += 2 * 3600
    site.crawl(f"{HOME}/2026/market")
    assert (len(site.times(TDMREP)), len(site.times(AI_TXT))) == (2, 2)


def test_a_file_that_could_not_be_had_is_asked_for_again_by_the_next_run(web: Callable[[Answer], Web]) -> None:
    site = web(lambda web, url: busy(url, 500) if url == TDMREP else None)
    for number, url in enumerate((FERRY, TOWER), start=1):
        assert site.crawl(url).count(State.DONE) == 1
        assert (len(site.times(TDMREP)), site.times(AI_TXT)) == (number, [])


def test_a_host_that_has_had_enough_is_left_alone_before_its_page_is_asked_for(web: Callable[[Answer], Web]) -> None:
    def answer(web: Web, url: str) -> Any:
        return busy(url, 429, Retry_After="120") if url == TDMREP and web.now < START + 100 else None

    site = web(answer)
    assert site.crawl(FERRY).count(State.DONE) == 1
    assert min(site.times(FERRY)) >= 120
    assert len(site.times(TDMREP)) == 2
