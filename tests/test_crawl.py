"""Crawls in this process: from the feed to the store, twice, and with what gets in the way."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from scrapy import signals

from spiders.article import ArticleSpider
from spiders.middlewares.robots import Robots
from spiders.record import Change, State
from spiders.status import ExitStatus
from spiders.store import Store
from spiders.workers.pool import Pool, Reading
from tests.conftest import Run
from tests.holdings import raws, records, revisions
from tests.newsroom import FEED, FERRY, HOME, MARKET, TOWER, WHEN, Harbour, edition, feed, outcomes, page


def test_a_feed_becomes_stored_articles(run: Run, store: Callable[[], Store]) -> None:
    books = run(edition())
    assert books.sentence() == "2 stored + 0 failed + 0 excluded + 0 pending = 2 discovered"
    assert books.status() is ExitStatus.OK
    with store() as opened:
        articles = {record.address: record.article for record in records(opened)}
        assert set(articles) == {FERRY, TOWER}
        assert "the ferry will be kept open" in articles[FERRY].body
        assert len(raws(opened, FEED)) == len(raws(opened, FERRY)) == 1


def test_looked_at_again_an_unchanged_article_adds_nothing(run: Run, store: Callable[[], Store]) -> None:
    assert [o.change for o in run(edition(), at=WHEN).outcomes] == [Change.NEW] * 2
    again = run(edition(), at=WHEN + timedelta(hours=1))
    assert [o.change for o in again.outcomes] == [Change.UNCHANGED] * 2
    assert again.status() is ExitStatus.OK
    with store() as opened:
        assert len(records(opened)) == 2
        assert revisions(opened) == []
        assert len(raws(opened, FERRY)) == 1


def test_a_changed_text_keeps_a_revision(run: Run, store: Callable[[], Store]) -> None:
    run(edition(), at=WHEN)
    more = "A spokesman said on Tuesday that the decision will be looked at again before the summer begins."
    books = run(edition() | {FERRY: page("the ferry", FERRY, more=more)}, at=WHEN + timedelta(hours=1))
    assert {o.url: o.change for o in books.outcomes} == {FERRY: Change.CHANGED, TOWER: Change.UNCHANGED}
    with store() as opened:
        (now,), (before,) = records(opened, FERRY), revisions(opened, FERRY)
        assert (now.version, before.version) == (2, 1)
        assert [record.last_seen for record in (before, now)] == [
            "2026-05-04T06:30:00+00:00",
            "2026-05-04T07:30:00+00:00",
        ]
        assert more in now.article.body
        assert more not in before.article.body


def test_what_the_feed_says_travels_to_the_extractor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    async def spy(pool: Pool, html: bytes, url: str, **options: Any) -> Reading:
        seen[url] = options
        return await read(pool, html, url, **options)

    read = Pool.read
    monkeypatch.setattr(Pool, "read", spy)
    run(edition())
    hints = seen[FERRY]["hints"]
    assert (hints.headline, hints.summary, hints.published) == (f"About {FERRY}", "Short text", WHEN)
    assert seen[FERRY]["encoding"] == "utf-8"
    assert isinstance(seen[FERRY]["fetched_at"], datetime)


def test_the_language_that_a_feed_gives_is_that_of_a_page_that_gives_none(run: Run, store: Callable[[], Store]) -> None:
    silent = page("the ferry", FERRY).replace(' lang="en"', "")
    run({FEED: feed(FERRY).replace("<title>H</title>", "<title>H</title><language>en-gb</language>"), FERRY: silent})
    with store() as opened:
        (record,) = records(opened, FERRY)
    assert (record.article.language, record.article.sources["language"]) == ("en", "listing")


def test_a_feed_of_json_lines_holds_the_same_articles(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    run(edition(), feeds={str(file): {"format": "jsonl"}})
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {line["canonical_url"] or line["url"] for line in lines} == {FERRY, TOWER}
    assert all("will be kept open" in line["body"] and line["blocks"][0]["label"] for line in lines)


def test_dates_in_a_feed_keep_their_zone(run: Run, tmp_path: Path) -> None:
    dated = page("the ferry", FERRY).replace(
        "</head>", f"<meta property='article:published_time' content='{WHEN.isoformat()}'></head>"
    )
    run({FEED: feed(FERRY), FERRY: dated}, feeds={str(tmp_path / "out.jsonl"): {"format": "jsonl"}})
    first = json.loads((tmp_path / "out.jsonl").read_text("utf-8").splitlines()[0])
    assert first["published"] == "2026-05-04T06:30:00+00:00"


def test_only_the_sites_own_articles_are_followed(run: Run) -> None:
    books = run(edition() | {FEED: feed("https://elsewhere.example/x", FERRY)})
    assert list(outcomes(books)) == ["/2026/ferry"]


def test_section_pages_are_read_like_feeds(run: Run) -> None:
    class Sections(Harbour):
        feeds: ClassVar[tuple[str, ...]] = ()
        sections = {f"{HOME}/news/": "h2 a"}

    listing = "<main><h2><a href='/2026/ferry'>F</a></h2><p><a href='/2026/tower'>T</a></p></main>"
    books = run(edition() | {f"{HOME}/news/": listing}, Sections)
    assert outcomes(books) == {"/2026/ferry": (State.DONE, None)}


def test_what_gets_in_the_way_is_told_and_the_rest_is_stored(run: Run) -> None:
    pages = {
        FEED: feed(FERRY, TOWER, MARKET, f"{HOME}/loop", f"{HOME}/moved", f"{HOME}/503", f"{HOME}/private/x"),
        FERRY: page("the ferry", FERRY),
        TOWER: (404, {}, "gone"),
        MARKET: (200, {}, ""),
        f"{HOME}/loop": (302, {"Location": "/loop"}, ""),
        f"{HOME}/moved": (301, {"Location": "http://127.0.0.1/secret"}, ""),
        f"{HOME}/503": (503, {}, "busy"),
        f"{HOME}/robots.txt": "User-agent: *\nDisallow: /private/\n",
    }
    books = run(pages)
    told = outcomes(books)
    assert told["/2026/ferry"] == (State.DONE, None)
    assert told["/2026/tower"] == (State.FAILED, "HTTP 404")
    assert told["/2026/market"][0] is State.FAILED
    assert "empty" in str(told["/2026/market"][1])
    assert told["/loop"] == (State.FAILED, "max redirections reached")
    assert told["/moved"] == (State.EXCLUDED, "refused: it redirects from https to http")
    assert told["/503"] == (State.FAILED, "HTTP 503")
    assert told["/private/x"] == (State.EXCLUDED, "forbidden by robots.txt")
    assert books.sentence() == "1 stored + 4 failed + 2 excluded + 0 pending = 7 discovered"
    assert books.status() is ExitStatus.INCOMPLETE


def test_a_redirect_leads_to_the_address_that_answered(run: Run, store: Callable[[], Store]) -> None:
    books = run({FEED: feed(f"{HOME}/old"), f"{HOME}/old": (301, {"Location": FERRY}, ""), FERRY: page("f", FERRY)})
    assert books.status() is ExitStatus.OK
    with store() as opened:
        assert [record.address for record in records(opened)] == [FERRY]


def test_a_request_that_the_recording_lacks_is_named(run: Run) -> None:
    books = run({FEED: feed(FERRY)})
    assert books.missing == [FERRY]
    assert "is not in the recording" in str(books.outcomes[0].reason)
    assert books.status() is ExitStatus.INCOMPLETE


@pytest.mark.parametrize("listing", ["", feed(), "<html><body>Not found</body></html>", (404, {}, "")])
def test_a_feed_that_lists_nothing_is_a_failure(run: Run, listing: Any) -> None:
    books = run({FEED: listing})
    assert [(one.url, one.state) for one in books.listings] == [(FEED, State.FAILED)]
    assert books.sentence() == "0 stored + 0 failed + 0 excluded + 0 pending = 0 discovered"
    assert books.status() is ExitStatus.INCOMPLETE


@pytest.mark.parametrize("listing", ["", feed(), feed("https://elsewhere.example/x"), (404, {}, ""), (503, {}, "")])
def test_a_feed_that_lists_nothing_where_it_used_to_has_a_status_of_its_own(run: Run, listing: Any) -> None:
    run(edition())
    books = run(edition() | {FEED: listing})
    assert "nothing discovered: https://www.harbour.example/feed.xml lists no article" in books.notes()[0]
    assert books.notes()[0].endswith("; it used to list 2")
    assert books.status() is ExitStatus.DRY
    assert run(edition()).status() is ExitStatus.OK


def test_the_article_spider_reads_a_list_of_any_site(run: Run, tmp_path: Path, store: Callable[[], Store]) -> None:
    urls = tmp_path / "urls.txt"
    urls.write_text(f"\ufeff# one a line\n\n{FERRY}\n  {TOWER}?utm_source=mail  \n{FERRY}#again\n", "utf-8")
    pages = {FERRY: page("the ferry", FERRY), f"{TOWER}?utm_source=mail": page("the tower", TOWER)}
    books = run(pages, ArticleSpider, urls=str(urls))
    assert books.sentence() == "2 stored + 0 failed + 0 excluded + 0 pending = 2 discovered"
    with store() as opened:
        assert [record.address for record in records(opened)] == [FERRY, TOWER]
    assert len(run(pages, ArticleSpider, url=FERRY).outcomes) == 1


def test_poison_of_a_page_is_stored_clean(run: Run, store: Callable[[], Store], tmp_path: Path) -> None:
    poisoned = page("the \x1b[31mferry\u202e\x07", FERRY).replace(
        "</head>", "<meta name=author content='A\x00&#xd800;'></head>"
    )
    books = run({FEED: feed(FERRY), FERRY: poisoned})
    assert books.status() is ExitStatus.OK
    connection = sqlite3.connect(tmp_path / "store.db")
    ((body, form),) = connection.execute("SELECT body, article FROM article").fetchall()
    connection.close()
    assert json.loads(form)["body"] == body
    assert "\x00" not in form


def test_the_table_cannot_be_forged_by_a_page(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run({FEED: feed(FERRY), FERRY: page("x \x1b]0;owned\x07 &#27;[2J [red]y[/red]", FERRY)})
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "[red]y[/red]" in out
    assert "1 stored + 0 failed" in out


def test_two_addresses_of_one_article_store_it_once(run: Run, store: Callable[[], Store], tmp_path: Path) -> None:
    copy = FERRY.replace("www.", "m.")
    pages = {FEED: feed(FERRY, copy, f"{HOME}/old"), f"{HOME}/old": (301, {"Location": FERRY}, "")}
    pages |= dict.fromkeys((FERRY, copy), page("the ferry", FERRY))
    books = run(pages, feeds={str(tmp_path / "out.jsonl"): {"format": "jsonl"}}, at=WHEN)
    assert books.sentence() == "1 stored + 0 failed + 2 excluded + 0 pending = 3 discovered"
    assert sorted(o.reason for o in books.outcomes if o.reason) == [f"duplicate of {FERRY}"] * 2
    assert books.status() is ExitStatus.OK
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 1
    again = run(pages, at=WHEN + timedelta(hours=1))
    assert again.sentence() == "1 stored + 0 failed + 0 excluded + 0 pending = 1 discovered"  # it alone is watched
    with store() as opened:
        assert [(record.address, record.version) for record in records(opened)] == [(FERRY, 1)]
        assert revisions(opened) == []


def test_the_amp_form_of_a_page_that_is_listed_itself_is_not_asked_for(run: Run) -> None:
    alone = f"{TOWER}?amp=1"
    pages = {FEED: feed(f"{FERRY}/amp", FERRY, alone), FERRY: page("the ferry", FERRY), alone: page("the tower", alone)}
    books = run(pages, at=WHEN)
    assert books.sentence() == "2 stored + 0 failed + 0 excluded + 0 pending = 2 discovered"
    assert {outcome.url for outcome in books.outcomes} == {FERRY, alone}
    again = run({FEED: feed(f"{FERRY.replace('www.', '')}/amp")}, at=WHEN + timedelta(minutes=1))
    assert again.known == 1


def test_pages_that_only_call_themselves_the_same_are_all_kept(run: Run, store: Callable[[], Store]) -> None:
    pages = {FEED: feed(FERRY, TOWER), FERRY: page("the ferry", FERRY)}
    other = page("the tower", FERRY)
    for known in ("harbour council", "Residents", "“We have", "The work"):
        other = other.replace(known, f"{known} of another town")
    books = run(pages | {TOWER: other})
    assert books.sentence() == "2 stored + 0 failed + 0 excluded + 0 pending = 2 discovered"
    with store() as opened:
        assert {record.address for record in records(opened)} == {FERRY, TOWER}


def test_a_list_of_many_hosts_does_not_keep_the_rules_of_all(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spiders.middlewares.robots.MAX_HOSTS", 3)
    urls = [f"https://desk{n}.example/a" for n in range(12)] + ["https://desk0.example/b"]
    (tmp_path / "urls.txt").write_text("\n".join(urls))
    pages: dict[str, Any] = {url: page(f"pier {n}", url) for n, url in enumerate(urls)}
    pages |= {f"https://desk{n}.example/robots.txt": "User-agent: *\nDisallow: /b" for n in range(12)}
    kept: list[Any] = []

    def look(crawler: Any) -> None:
        def remember() -> None:
            kept.append(crawler.get_downloader_middleware(Robots)._rules)

        crawler.keep = remember  # signals hold weak references
        crawler.signals.connect(remember, signals.engine_stopped)

    books = run(pages, ArticleSpider, set_up=look, urls=str(tmp_path / "urls.txt"))
    assert books.sentence() == "12 stored + 0 failed + 1 excluded + 0 pending = 13 discovered"
    assert [len(parsers) for parsers in kept] == [3]
