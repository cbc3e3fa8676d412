"""Listings of what is no news: podcasts, sitemaps of authors, feeds that only a link leads to, hosts with and without www."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from extractors.page import Page
from spiders.article import ArticleSpider
from spiders.listings.discovery import read_listing
from spiders.listings.places import announced
from spiders.listings.sitemaps import sitemap_links
from spiders.record import Kind, State
from spiders.status import ExitStatus
from spiders.store import Store
from tests.conftest import Run
from tests.newsroom import FEED, FERRY, HOME, MARKET, TOWER, WHEN, feed, outcomes
from tests.test_sitemaps import urlset
from tests.test_survey import FRONT, NOWHERE, announcing, front, listings, stories

ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
SOUND = "<enclosure url='/a.mp3' type='audio/mpeg' length='1'/>"
READ = f"<content:encoded>{'The harbour council keeps the ferry. ' * 100}</content:encoded>"


def shows(*entries: str, channel: str = "") -> bytes:
    items = "".join(f"<item><title>Ferry {n}</title><link>{HOME}/e/{n}</link>{e}</item>" for n, e in enumerate(entries))
    return f"<rss version='2.0' {ITUNES} {CONTENT}><channel><title>H</title>{channel}{items}</channel></rss>".encode()


def paths(body: bytes) -> tuple[list[str], list[str]]:
    """Return what is taken of a feed and what is passed over."""
    found = read_listing(Kind.FEED, body, FEED, ("harbour.example",))
    return [one.url.removeprefix(HOME) for one in found.links], [one.url.removeprefix(HOME) for one in found.passed]


def test_the_episodes_of_a_podcast_are_no_articles() -> None:
    long = "<itunes:duration>31:00</itunes:duration>"
    assert paths(shows(SOUND + long, "", SOUND, SOUND + long + READ)) == (["/e/1", "/e/2", "/e/3"], ["/e/0"])
    genre = "<itunes:category text='News'/>"
    assert paths(shows(SOUND, "", SOUND + READ, channel=genre)) == (["/e/1", "/e/2"], ["/e/0"])
    assert paths(shows(SOUND, SOUND, channel=genre)) == ([], ["/e/0", "/e/1"])
    (passed,) = read_listing(Kind.FEED, shows(SOUND, channel=genre), FEED, ("harbour.example",)).passed
    assert passed.reason == "something to listen to: its entry is that of a podcast's episode"


def test_an_item_of_a_json_feed_with_a_recording_and_no_text_is_no_article() -> None:
    files = [{"url": "/a.mp3", "mime_type": "audio/mpeg"}]
    items = [
        {"url": "/e/0", "attachments": files},
        {"url": "/e/1", "attachments": files, "content_html": "<p>The harbour council keeps the ferry.</p>" * 99},
        {"url": "/e/2", "attachments": [{"mime_type": "image/jpeg"}, 7]},
        {"url": "/e/3", "attachments": "none"},
    ]
    assert paths(json.dumps({"items": items}).encode()) == (["/e/1", "/e/2", "/e/3"], ["/e/0"])


OTHERS = """
    category-sitemap.xml post_tag-sitemap2.xml author-sitemap.xml wp-sitemap-users-1.xml page-sitemap.xml sitemap-pages.xml
    wp-sitemap-taxonomies-category-1.xml wp-sitemap-posts-page-1.xml sitemap_videos.xml.gz
"""


@pytest.mark.parametrize("name", OTHERS.split())
def test_sitemaps_of_other_pages_are_not_asked_for(name: str) -> None:
    names = [
        name,
        "post-sitemap.xml",
        "wp-sitemap-posts-post-1.xml",
        "sitemap-page-3.xml",
        "sitemap_news.xml",
        "news.xml",
    ]
    rows = "".join(f"<sitemap><loc>{HOME}/{one}</loc></sitemap>" for one in names)
    index = f"<sitemapindex>{rows}</sitemapindex>".encode()
    found = sitemap_links(index, f"{HOME}/sitemap.xml", ("harbour.example",), since=WHEN)
    assert {link.url.removeprefix(f"{HOME}/") for link in found.links} == set(names[1:])
    assert [one.url for one in found.passed] == [f"{HOME}/{name}"]
    assert found.passed[0].reason.startswith("a sitemap of other pages (")
    assert len(sitemap_links(index, f"{HOME}/sitemap.xml", ("harbour.example",)).links) == len(names)


def test_what_lists_nothing_new_is_asked_whether_it_has_changed(run: Run, store: Callable[[], Store]) -> None:
    tagged = {"ETag": '"1"'}
    said = f"Sitemap: {HOME}/sitemap.xml\n"
    pods, old = shows(SOUND, channel="<itunes:category text='News'/>"), urlset(f"{HOME}/2019/old 2019-01-02")
    pages = {
        f"{HOME}/robots.txt": (200, {"Content-Type": "text/plain"}, said),
        FRONT: (200, tagged, front(MARKET, head=announcing("/feed.xml"))),
        FEED: (200, tagged, pods),
        f"{HOME}/sitemap.xml": (200, tagged, old),
    }
    assert run(pages | stories(MARKET), ArticleSpider, site=HOME, at=WHEN).status() is ExitStatus.OK
    again = run({url: (304, {}, "") for url in (FRONT, FEED, f"{HOME}/sitemap.xml")}, ArticleSpider, site=HOME, at=WHEN)
    assert listings(again) == {"/feed.xml": State.DONE, "/sitemap.xml": State.DONE, "/": State.DONE}
    assert (again.status(), again.missing) == (ExitStatus.OK, [])


@pytest.mark.parametrize(
    ("link", "feeds"),
    [
        ("<a href='/rss/all.xml'><img alt='RSS'></a>", ["/rss/all.xml"]),
        ("<a href='/news.rss?lang=en'>Follow us</a>", ["/news.rss?lang=en"]),
        ("<a href='/feed/'>RSS feed</a>", ["/feed/"]),
        ("<a href='/feed/'>Feed your garden in winter as gulls do</a>", []),
        ("<a href='/rss/'>Our services</a>", []),
        ("<a href='/comments.rss'>RSS</a>", []),
        ("<a href='/sitemap.xml'>Sitemap</a>", []),
        ("<a href='https://feeds.elsewhere.example/all.rss'>RSS</a>", []),
        ("<link rel='alternate' type='application/rss+xml' href='/f'><a href='/rss/all.xml'>RSS</a>", ["/f"]),
    ],
)
def test_feeds_that_a_page_only_links_to(link: str, feeds: list[str]) -> None:
    page = Page.parse(f"<!doctype html><title>H</title><footer>{link}</footer>".encode(), FRONT)
    assert [one.url.removeprefix(HOME) for one in announced(page)] == feeds


def test_an_address_with_and_without_www_is_fetched_once(run: Run) -> None:
    bare = [url.replace("www.", "") for url in (FERRY, TOWER)]
    pages = {FRONT: front(FERRY, head=announcing("/feed.xml")), FEED: feed(*bare)} | stories(FERRY, bare[1])
    books = run(pages, ArticleSpider, site=HOME)
    assert [state for state, _ in outcomes(books).values()] == [State.DONE, State.DONE]
    assert books.missing == []


def test_where_one_of_both_leads_nowhere_the_other_is_taken_the_next_time(run: Run) -> None:
    bare = FERRY.replace("www.", "")
    pages = NOWHERE | {FRONT: front(bare), bare: (404, {}, "no such page")}
    run(pages, ArticleSpider, site=HOME, at=datetime(2026, 5, 4, 6, tzinfo=WHEN.tzinfo))
    books = run({FRONT: front(FERRY)} | stories(FERRY), ArticleSpider, site=HOME, at=WHEN)
    assert outcomes(books)["/2026/ferry"] == (State.DONE, None)


def test_a_page_of_feeds_that_a_front_links_to_gives_the_feeds_of_news(run: Run) -> None:
    names = ("news", "sport", "comments")
    links = "".join(f"<li><a href='/rss/{name}.xml'>{name.title()}</a></li>" for name in names)
    pages = {
        FRONT: front(MARKET) + "<footer><a href='/rss/'>RSS feeds</a></footer>",
        f"{HOME}/rss/": f"<!doctype html><html><title>Feeds</title><ul>{links}</ul></html>",
        f"{HOME}/rss/news.xml": feed(FERRY, MARKET),
        f"{HOME}/rss/sport.xml": feed(TOWER),
    }
    books = run(pages | stories(FERRY, TOWER, MARKET), ArticleSpider, site=HOME)
    assert {way for way, (state, _) in outcomes(books).items() if state is State.DONE} == {
        f"/2026/{name}" for name in ("ferry", "tower", "market")
    }
    assert books.notes()[0] == "harbour.example: 3 feeds, 1 link on the front page"
    assert (books.status(), books.missing) == (ExitStatus.OK, [])
