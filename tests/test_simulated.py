"""The simulated web: one seed, one web; its pages can be read; its judge sees what is wrong."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from extractors import extract
from spiders.addresses import kept_at, key_of
from tests.simulated.__main__ import main
from tests.simulated.books import Books, Kept, Line, ledger
from tests.simulated.clock import Clock
from tests.simulated.faults import FEEDS, MANNERS, ON_STORIES, TRAPS, End
from tests.simulated.hosts import MAKES, ROUND, Host, hosts
from tests.simulated.listings import FEED_PATHS
from tests.simulated.manners import judged
from tests.simulated.markups import article
from tests.simulated.server import Seen
from tests.simulated.site import Site
from tests.simulated.stories import LANGUAGES

DAY = datetime(2026, 5, 4, tzinfo=UTC)
TIMES = (0.0, ROUND)


@pytest.fixture(scope="module")
def web() -> list[Host]:
    """Twenty hosts, so that each fault is there."""
    return hosts(7, 20, DAY)


def site_of(host: Host, at: float = 0.0) -> Site:
    """Return a host at work, at a time of the day."""
    clock = Clock.starting(DAY, 1.0)
    clock.put(DAY.timestamp() + at)
    return Site(host, clock)


def planted(web: Sequence[Host], name: str) -> tuple[Host, str]:
    """Return the host and the path of a fault."""
    return next((h, h.path(s)) for h in web for f, s in h.faults if s and f is ON_STORIES[name])


def test_a_host_is_the_same_however_many_there_are(web: list[Host]) -> None:
    assert hosts(7, 5, DAY) == web[:5]
    assert hosts(8, 5, DAY) != web[:5]


def test_ten_hosts_have_every_fault_and_twelve_every_make_and_language(web: list[Host]) -> None:
    ten = web[:10]
    assert {f.name for host in ten for f in host.planted.values()} == set(ON_STORIES)
    assert {host.manners.name for host in ten} == set(MANNERS)
    assert {host.trap.name for host in ten} == set(TRAPS)
    assert {host.feeds.name for host in ten} == set(FEEDS)
    assert {host.make for host in web[:12]} == set(MAKES)
    assert {host.language for host in web[:12]} == set(LANGUAGES)


def test_every_story_can_be_read_from_its_page(web: list[Host]) -> None:
    for host in hosts(11, 36, DAY):
        for story in host.stories[1:3]:
            found = extract(article(host, story, 1e9), host.base + host.path(story), sites=False)
            assert tuple(found.body.split("\n\n")) == story.text(1e9), f"{host.make}, {host.language}"
            assert found.headline == story.headline


def test_what_is_healed_happens_at_first_only(web: list[Host]) -> None:
    host, path = planted(web, "busy")
    site = site_of(host)
    answers = [site.answer(path, {}) for _ in range(2)]
    assert [answer.status for answer in answers] == [429, 200]
    assert "Retry-After: 40" in answers[0].headers


def test_an_answer_that_is_known_is_not_sent_again(web: list[Host]) -> None:
    for host in (host for host in web if host.manners is not MANNERS["storm"]):
        site, path = site_of(host), host.path(host.stories[1])
        told = dict(line.split(": ", 1) for line in site.answer(path, {}).headers)
        asked = {"if-none-match": told.get("ETag", ""), "if-modified-since": told.get("Last-Modified", "")}
        assert site.answer(path, asked).status == (304 if told else 200)
        assert site_of(host, 1e6).answer(path, asked).status == (304 if told and not host.stories[1].revised else 200)


def test_a_clock_is_told_from_process_to_process() -> None:
    clock = Clock.starting(DAY, 60.0)
    clock.put(DAY.timestamp() + ROUND)
    real = time.time()
    assert Clock.read(str(clock)).at(real) == clock.at(real)
    assert clock.at(clock.real + 2.0) == DAY.timestamp() + ROUND + 120.0
    assert clock.published() == DAY.timestamp() + ROUND


Asked = tuple[str, float, float | None]  # path, when it began, when it ended
ROBOTS: Asked = ("/robots.txt", 0.0, 0.1)


def seen(host: Host, *asked: Asked, held: float = 0.0, status: int = 200) -> list[Seen]:
    """Return requests, the first answered with a status and a wish to be left alone for so long."""
    first, *others = (Seen(host, path, False, began, ended, 200, 0.0, 0) for path, began, ended in asked)
    return [replace(first, status=status, held=held), *others]


@pytest.mark.parametrize(
    ("asked", "first", "said"),
    [
        pytest.param([("/a", 0.3, 0.4)], {}, "was asked for 0.30 s after /robots.txt", id="too soon"),
        pytest.param([("/a", 1.0, 9.0), ("/b", 2.0, 9.5)], {}, "before /a had been answered", id="two at a time"),
        pytest.param([("/a", 30.0, 31.0)], {"held": 40.0}, "before the end of Retry-After", id="not left alone"),
        pytest.param([("/members/a", 1.0, 1.1)], {}, "is forbidden by robots.txt", id="forbidden"),
        pytest.param([("/a", 2.0, 2.1)], {"status": 503}, "before robots.txt had been read", id="robots in trouble"),
        pytest.param([(f"/calendar/{n}", n, n + 0.1) for n in range(1, 99)], {}, "into the trap", id="trapped"),
    ],
)
def test_bad_manners_are_seen(web: list[Host], asked: list[Asked], first: dict[str, Any], said: str) -> None:
    host = next(host for host in web if host.trap is TRAPS["calendar"] and host.pause < 1)
    found = judged(seen(host, ROBOTS, *asked, **first), speed=1.0)
    assert said in " | ".join(found.breaches)


def test_good_manners_are_not_blamed(web: list[Host]) -> None:
    host = next(host for host in web if host.manners is MANNERS["crawl-delay"])
    asked = seen(host, ROBOTS, ("/a", 6.0, 6.1), ("/b", 11.0, None), ("/c", 16.0, 16.1))
    found = judged([*asked, replace(asked[1], round=1)], speed=1.0)
    assert found.breaches == ()
    assert found.shortest == 1.0


def whole(web: Sequence[Host]) -> Books:
    """Return the books of a store in which all is as it should be."""
    books = Books()
    for host in web:
        if not host.answers:
            books.named[key_of(host.base + "/")].add("failed: the connection was refused")
            continue
        books.named[key_of(f"{host.base}/")].add("failed: robots.txt could not be had: HTTP 503")
        books.named[key_of(f"{host.base}/{_TRAPS.get(host.trap.name, '')}")].add("passed over: a trap: it is too deep")
        books.listed[key_of(host.base + FEED_PATHS[host.feed or "rss"])] = 4
        for story in host.told(ROUND):
            address = kept_at(host.base + host.path(story))
            fault = host.planted.get(story.number)
            if fault and fault.end is End.NAMED:
                books.named[key_of(address)].add(f"failed: {fault.says.split('|')[0]}".replace("\\", ""))
            elif fault and fault.end is End.KEPT:
                books.articles[address] = Kept(story.paragraphs, 1)
                books.flagged.add(address)
            else:
                text = story.text(ROUND)
                version = 2 if text != story.text(0.0) and story.published <= 0 else 1
                books.articles[address] = Kept(text, version)
    return books


_TRAPS = {"calendar": "calendar/0/1", "deep": "more/more/more", "sitemaps": "sitemap-index-1-1.xml"}


def wrong(web: Sequence[Host], books: Books) -> list[Line]:
    return [line for line in ledger(web, books, TIMES) if line.wrong]


def test_books_in_which_all_is_well_are_not_blamed(web: list[Host]) -> None:
    books = whole(web)
    assert wrong(web, books) == []
    assert ledger(web, books, TIMES) == ledger(web, whole(web), TIMES)


def test_what_is_wrong_with_books_is_seen(web: list[Host]) -> None:
    host = next(host for host in web if host.manners is MANNERS["plain"])
    sound = next(story for story in host.told(0.0) if story.number not in host.planted)
    address = kept_at(host.base + host.path(sound))

    def broken(**of: Kept | None) -> list[str]:
        books = whole(web)
        kept = of["as_"]
        if kept:
            books.articles[address] = kept
        else:
            del books.articles[address]
        return [str(line.wrong) for line in wrong(web, books)]

    assert "is lost" in broken(as_=None)[0]
    assert "1 paragraphs are missing" in broken(as_=Kept(sound.text(ROUND)[1:], 1))[0]
    assert "version 7" in broken(as_=Kept(sound.text(ROUND), 7))[0]


def test_every_fault_that_is_not_named_is_seen(web: list[Host]) -> None:
    books = whole(web)
    books.named.clear()
    books.listed.clear()
    books.flagged.clear()
    unnamed = {line.fault for line in wrong(web, books)}
    named = {f.name for host in web for f, _ in host.faults if f.says} | {
        host.feeds.name for host in web if host.answers
    }
    assert unnamed == named - {"feed-sound"}


def test_what_is_stored_and_was_never_told_is_seen(web: list[Host]) -> None:
    books = whole(web)
    books.articles["https://127.0.1.1/login"] = Kept(("Sign in",), 1)
    host, path = planted(web, "gone")
    books.articles[kept_at(host.base + path)] = Kept(("Not found",), 1)
    assert sorted(str(line.wrong) for line in wrong(web, books)) == ["is stored", "is stored and no story"]


def test_the_list_tells_each_host_and_what_was_planted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--hosts", "10", "--port", "8000", "--list"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("http://127.0.1.") == 10
    assert all(fault.name in printed for host in hosts(7, 10, DAY) for fault, _ in host.faults)
