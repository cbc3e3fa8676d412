"""`scrapy crawl article -a site=…`: what is found of a site that has no twin, and what the next run makes of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError

from spiders.article import ArticleSpider
from spiders.ledger import Ledger
from spiders.listings.places import usual_places
from spiders.record import Kind, Link, State
from spiders.status import ExitStatus
from spiders.store import Notice, Store
from tests.conftest import Run
from tests.holdings import finish
from tests.newsroom import FEED, FERRY, HOME, MARKET, TOWER, WHEN, feed, outcomes, page
from tests.test_sitemaps import urlset

FRONT = f"{HOME}/"
NOWHERE: dict[str, Any] = {link.url: (404, {}, "no such page") for link in usual_places(FRONT)}


def front(*shown: str, head: str = "") -> str:
    """Return a front page that shows articles."""
    cards = "".join(
        f"<article><h2><a href='{url}'>The council decides on {url.rpartition('/')[2]} at last, after a long wait</a>"
        f"</h2><p>Short text</p></article>"
        for url in shown
    )
    menu = "<nav><a href='/'>Home</a><a href='/sport/'>Sport</a><a href='/login'>Log in</a></nav>"
    return (
        f"<!DOCTYPE html><html><head><title>Harbour</title>{head}</head><body>{menu}<main>{cards}</main></body></html>"
    )


def announcing(*feeds: str) -> str:
    return "".join(f"<link rel='alternate' type='application/rss+xml' href='{feed}'>" for feed in feeds)


def stories(*urls: str) -> dict[str, Any]:
    return {url: page(f"the {url.rpartition('/')[2]}", url) for url in urls}


def listings(books: Ledger) -> dict[str, State]:
    return {one.url.removeprefix(HOME): one.state for one in books.listings}


def test_a_site_without_a_spider_is_crawled_by_what_it_announces(run: Run) -> None:
    pages = {FRONT: front(MARKET, head=announcing("/feed.xml")), FEED: feed(FERRY, TOWER)} | stories(
        FERRY, TOWER, MARKET
    )
    books = run(pages, ArticleSpider, site=HOME)
    assert outcomes(books) == {f"/2026/{name}": (State.DONE, None) for name in ("ferry", "tower", "market")}
    assert books.notes()[0] == "harbour.example: 1 feed, 1 link on the front page"
    assert (books.status(), books.missing) == (ExitStatus.OK, [])


def test_the_next_run_begins_with_what_was_found(run: Run, store: Callable[[], Store]) -> None:
    tagged = {"ETag": '"1"'}
    pages = {FRONT: (200, tagged, front(MARKET, head=announcing("/feed.xml"))), FEED: (200, tagged, feed(FERRY))}
    run(pages | stories(FERRY, MARKET), ArticleSpider, site=HOME)
    again = run({FRONT: (304, {}, ""), FEED: (304, {}, "")}, ArticleSpider, site="www.harbour.example")
    assert listings(again) == {"/feed.xml": State.DONE, "/": State.DONE}
    assert again.sentence() == "0 stored + 0 failed + 0 excluded + 0 pending = 0 discovered"
    assert (again.status(), again.missing) == (ExitStatus.OK, [])
    # a front page that is in the way now does not keep us from the feed
    blind = run({FRONT: (403, {}, "no"), FEED: feed(TOWER)} | stories(TOWER), ArticleSpider, site=HOME)
    assert outcomes(blind) == {"/": (State.FAILED, "HTTP 403"), "/2026/tower": (State.DONE, None)}
    assert blind.notes()[0] == "harbour.example: 1 feed"


def test_the_usual_places_are_tried_once_where_nothing_is_announced(run: Run) -> None:
    pages = NOWHERE | {FRONT: front(MARKET), f"{HOME}/rss.xml": feed(FERRY)} | stories(FERRY, MARKET)
    books = run(pages, ArticleSpider, site=HOME)
    assert set(outcomes(books)) >= {"/2026/ferry", "/2026/market"}
    assert books.notes()[0] == "harbour.example: 1 feed, 1 link on the front page"
    assert (books.status(), books.missing) == (ExitStatus.OK, [])
    again = run({FRONT: front(MARKET), f"{HOME}/rss.xml": feed(FERRY)}, ArticleSpider, site=HOME)
    assert listings(again) == {"/rss.xml": State.DONE, "/": State.DONE}
    assert (again.status(), again.missing) == (ExitStatus.OK, [])


def test_section_pages_are_read_where_a_site_lists_its_articles_nowhere_else(run: Run) -> None:
    shown = [f"{HOME}/2026/{name}" for name in ("ferry", "market", "bridge", "school", "quay", "mill")]
    pages = {FRONT: front(*shown), f"{HOME}/sport/": front(TOWER)} | stories(*shown, TOWER)
    books = run(NOWHERE | pages, ArticleSpider, site=HOME)
    assert "/2026/tower" in outcomes(books)
    assert books.notes()[0] == "harbour.example: 1 section page, 6 links on the front page"
    assert (books.status(), books.missing) == (ExitStatus.OK, [])
    again = run(pages, ArticleSpider, site=HOME)
    assert listings(again) == {"/": State.DONE, "/sport/": State.DONE}
    assert again.missing == []
    told = run(
        pages | {FRONT: front(*shown, head=announcing("/feed.xml")), FEED: feed(*shown)}, ArticleSpider, site=HOME
    )
    assert listings(told) == {"/": State.DONE, "/feed.xml": State.DONE}


def test_the_sitemaps_of_robots_txt_are_read_those_of_news_first(run: Run) -> None:
    news, general, wire = (f"{HOME}/{name}" for name in ("news-sitemap.xml", "sitemap.xml", "rss.xml"))
    said = f"User-agent: *\nAllow: /\nSitemap: {general}\nSitemap: {news}\nSitemap: {wire}\n"
    entry = f"<url><loc>{FERRY}</loc><n:news><n:publication><n:language>en</n:language></n:publication><n:title>F</n:title></n:news></url>"
    pages = {
        f"{HOME}/robots.txt": (200, {"Content-Type": "text/plain"}, said),
        FRONT: front(MARKET),
        news: f'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{entry}</urlset>',
        general: urlset(f"{TOWER} {WHEN:%Y-%m-%d}", f"{HOME}/2019/old 2019-01-02"),
        wire: feed(f"{HOME}/2026/bridge"),
    }
    books = run(pages | stories(FERRY, TOWER, MARKET, f"{HOME}/2026/bridge"), ArticleSpider, site=HOME, at=WHEN)
    assert list(listings(books)) == ["/", "/news-sitemap.xml", "/sitemap.xml", "/rss.xml"]
    assert {way for way, (state, _) in outcomes(books).items() if state is State.DONE} == {
        f"/2026/{name}" for name in ("ferry", "tower", "market", "bridge")
    }
    assert books.notes()[0] == "harbour.example: 1 news sitemap, 2 sitemaps, 1 link on the front page"
    assert books.status() is ExitStatus.OK


def test_a_robots_txt_that_is_not_asked_for_today_names_its_sitemaps_all_the_same(
    run: Run, store: Callable[[], Store]
) -> None:
    with store() as opened:
        opened.note_notice(Notice(f"{HOME}/robots.txt", time.time(), 200, b"Sitemap: /news-sitemap.xml"))
    news = urlset(f"{FERRY} {WHEN:%Y-%m-%d}")
    books = run({FRONT: front(), f"{HOME}/news-sitemap.xml": news} | stories(FERRY), ArticleSpider, site=HOME, at=WHEN)
    assert outcomes(books) == {"/2026/ferry": (State.DONE, None)}


def test_where_there_is_nothing_at_all_the_usual_places_are_not_asked_again(run: Run) -> None:
    books = run(NOWHERE | {FRONT: front(MARKET)} | stories(MARKET), ArticleSpider, site=HOME)
    assert books.notes()[0] == "harbour.example: 1 link on the front page"
    assert books.status() is ExitStatus.OK
    assert run({FRONT: (200, {}, front(MARKET))}, ArticleSpider, site=HOME).missing == []


@pytest.mark.parametrize("answer", [(404, {}, "gone"), (200, {}, "<rss><channel/></rss>"), (200, {}, "nothing")])
def test_a_feed_that_is_announced_and_is_none_is_no_failure(run: Run, answer: Any) -> None:
    pages = {FRONT: front(MARKET, head=announcing("/feed.xml")), FEED: answer} | stories(MARKET)
    books = run(pages, ArticleSpider, site=HOME)
    assert listings(books) == {"/": State.DONE, "/feed.xml": State.EXCLUDED}
    assert books.status() is ExitStatus.OK


def test_a_web_page_in_the_place_of_a_feed_gives_its_articles_and_the_feeds_that_it_announces(run: Run) -> None:
    moved = f"{HOME}/rss/all.xml"
    books = run({FEED: front(MARKET, head=announcing("/rss/all.xml")), moved: feed(FERRY)} | stories(FERRY, MARKET))
    assert outcomes(books) == {"/2026/ferry": (State.DONE, None), "/2026/market": (State.DONE, None)}
    assert listings(run({FEED: front()}))["/feed.xml"] is State.FAILED


def json_feed(*urls: str) -> str:
    told = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": url, "url": url} for url in urls]}
    return json.dumps(told).replace("/", "\\/")  # as PHP writes it


@pytest.mark.parametrize("listing", [feed(FERRY), json_feed(FERRY), urlset(FERRY)])
def test_a_person_may_name_a_feed_or_a_sitemap_for_a_site(run: Run, listing: str) -> None:
    books = run(NOWHERE | {FEED: listing} | stories(FERRY), ArticleSpider, site=FEED)
    assert outcomes(books)["/2026/ferry"] == (State.DONE, None)


@pytest.mark.parametrize("listing", [feed(FERRY), json_feed(FERRY)])
def test_of_a_feed_of_another_site_a_person_is_told_whose_it_is(run: Run, listing: str) -> None:
    abroad = "https://feeds.elsewhere.example/harbour"
    books = run({abroad: listing}, ArticleSpider, site=abroad)
    (failed,) = books.listings
    assert failed.reason == "the feed lists articles of another site: name harbour.example in its place"
    assert books.status() is ExitStatus.INCOMPLETE


def test_a_feed_may_stand_on_another_host_and_an_article_may_not(run: Run) -> None:
    abroad = "https://feeds.elsewhere.example/harbour"
    moved = f"{HOME}/2026/moved"
    pages = {
        FRONT: front("https://elsewhere.example/2026/a-story-of-another-paper", moved, head=announcing(abroad)),
        abroad: feed(FERRY, "https://elsewhere.example/2026/x"),
        moved: (301, {"Location": "https://elsewhere.example/2026/moved"}, ""),
    }
    books = run(pages | stories(FERRY), ArticleSpider, site=HOME)
    assert outcomes(books) == {
        "/2026/ferry": (State.DONE, None),
        "/2026/moved": (State.EXCLUDED, "refused: it redirects out of the site, to elsewhere.example"),
    }


def test_the_letters_of_others_at_the_same_house_are_another_site(run: Run) -> None:
    mine, theirs = "https://harbour.substack.com", "https://quay.substack.com/p/what-the-quay-has-seen-this-week"
    told = f"{mine}/p/what-the-harbour-has-seen-this-week"
    pages: dict[str, Any] = {link.url: (404, {}, "no such page") for link in usual_places(f"{mine}/")}
    pages |= {f"{mine}/": front(told, theirs), told: page("the ferry", told), theirs: page("the quay", theirs)}
    books = run(pages, ArticleSpider, site=mine)
    assert [entry.url for entry in books.outcomes] == [told]


def test_a_site_that_has_moved_to_another_name_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    books = run(NOWHERE | {FRONT: (301, {"Location": "https://bay.example/"}, "")}, ArticleSpider, site=HOME)
    assert books.status() is ExitStatus.INCOMPLETE
    assert capsys.readouterr().out.splitlines() == [
        f"excluded: {FRONT}: refused: it redirects out of the site, to bay.example",
        "harbour.example: nothing found",
        "0 stored + 0 failed + 0 excluded + 0 pending = 0 discovered",
    ]


def test_of_a_general_sitemap_only_what_is_new_is_fetched(run: Run) -> None:
    sitemap = urlset(f"{FERRY} {WHEN:%Y-%m-%dT%H:%M:%SZ}", f"{TOWER} {WHEN - timedelta(days=9):%Y-%m-%d}", MARKET)
    pages = {FRONT: front(FERRY, head="<link rel='sitemap' href='/sitemap.xml'>"), f"{HOME}/sitemap.xml": sitemap}
    books = run(pages | stories(FERRY), ArticleSpider, site=HOME, at=WHEN)
    assert outcomes(books) == {"/2026/ferry": (State.DONE, None)}
    assert books.notes()[0] == "harbour.example: 1 sitemap, 1 link on the front page"
    since = f"{WHEN - timedelta(days=20):%Y-%m-%d}"
    more = run(pages | stories(FERRY, TOWER), ArticleSpider, site=HOME, since=since, at=WHEN)
    assert set(outcomes(more)) == {"/2026/tower"}


def test_a_site_with_a_spider_is_crawled_by_its_data(run: Run) -> None:
    wire = "https://www.ynetnews.com/Integration/StoryRss3082.xml"
    books = run({wire: feed("https://www.ynetnews.com/article/abc")}, ArticleSpider, site="https://www.ynetnews.com/")
    assert [(one.url, one.state) for one in books.listings] == [(wire, State.DONE)]
    assert books.notes()[0] == "ynetnews.com: 1 feed (as the spider ynetnews_com says)"
    assert books.missing == ["https://www.ynetnews.com/article/abc"]


def test_many_sites_in_one_run_each_with_what_is_its_own(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sites.txt"
    file.write_text("# ours\nharbour.example\n\nhttps://valley.example/\n", "utf-8")
    ours, theirs = "https://harbour.example", "https://valley.example"
    pages: dict[str, Any] = {}
    for home, other in ((ours, theirs), (theirs, ours)):
        pages |= {f"{home}/": front(f"{home}/2026/one", head=announcing("/feed.xml"))}
        pages |= {f"{home}/feed.xml": feed(f"{home}/2026/two", f"{other}/2026/not-mine")} | stories(
            f"{home}/2026/one", f"{home}/2026/two"
        )
    books = run(pages, ArticleSpider, sites=str(file))
    assert sorted(outcomes(books)) == sorted(f"{home}/2026/{n}" for home in (ours, theirs) for n in ("one", "two"))
    assert books.notes()[:2] == [f"{name}.example: 1 feed, 1 link on the front page" for name in ("harbour", "valley")]


def test_what_a_run_left_of_a_site_is_taken_up_by_the_next_of_that_site_only(
    run: Run, store: Callable[[], Store]
) -> None:
    pages = {FRONT: front(MARKET, head=announcing("/feed.xml")), FEED: feed(FERRY)}
    with store() as opened:
        number = opened.begin("article", [])
        for site, url in (
            ("harbour.example", TOWER),
            ("valley.example", "https://valley.example/2026/x"),
            ("", MARKET),
        ):
            opened.discover(number, [Link(url, hints={"domains": site} if site else {})])
        opened.end(number, "shutdown")
    books = run(pages | stories(FERRY, TOWER, MARKET), ArticleSpider, site=HOME)
    assert set(outcomes(books)) == {"/2026/ferry", "/2026/tower", "/2026/market"}  # the last one: it is on the front


def test_an_address_that_a_person_gives_is_no_find_any_more(run: Run) -> None:
    run(
        {FRONT: front(MARKET, head=announcing("/feed.xml")), FEED: feed(FERRY)} | stories(FERRY, MARKET),
        ArticleSpider,
        site=HOME,
    )
    assert outcomes(run({FEED: (404, {}, "gone")}, ArticleSpider, url=FEED)) == {
        "/feed.xml": (State.FAILED, "HTTP 404")
    }
    moved = {
        FERRY: (301, {"Location": "https://bay.example/ferry"}, ""),
        "https://bay.example/ferry": page("the ferry", FERRY),
    }
    assert outcomes(run(moved, ArticleSpider, url=FERRY))["/2026/ferry"][0] is State.DONE


def test_what_two_listings_say_of_one_article_is_put_together(store: Callable[[], Store]) -> None:
    with store() as opened:
        run = opened.begin("article", [Link(FRONT, Kind.FRONT), Link(FEED, Kind.FEED)])
        shown, told = opened.lease(run, 2)
        finish(opened, shown, links=[Link(FERRY, hints={"domains": "harbour.example", "headline": "Shown"})])
        finish(opened, told, links=[Link(FERRY, hints={"headline": "Told", "published": "2026-05-04"})])
        (lease,) = opened.lease(run, 1)
    assert lease.hints == {"domains": "harbour.example", "headline": "Shown", "published": "2026-05-04"}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "takes one of -a url=ADDRESS, -a urls=FILE, -a site="),
        ({"site": HOME, "url": FERRY}, "takes one of"),
        ({"site": "ftp://harbour.example"}, "'ftp://harbour.example/' is not a web address"),
        ({"site": ""}, "'https:///' is not a web address"),
        ({"site": f"{HOME},"}, "'https:///' is not a web address"),
        ({"sites": "no-such-file.txt"}, "the file no-such-file.txt cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_said(given: dict[str, str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        ArticleSpider(**given)


def test_of_a_list_it_is_said_how_many_are_no_addresses(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(f"{FERRY}\nharbour.example\njavascript:x\n# the tower\nftp://harbour.example\n")
    with pytest.raises(UsageError, match=r"'harbour.example' is not a web address .* in .*list.txt, nor are 2 more"):
        ArticleSpider(urls=str(tmp_path / "list.txt"))
