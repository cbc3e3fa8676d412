"""Where a site may list its articles: robots.txt, what a front page announces, sitemaps of which only the new is asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.page import Page
from spiders.listings.places import MAX_ANNOUNCED, announced, sitemaps_in, usual_places
from spiders.listings.sitemaps import MAX_UNDATED, sitemap_links
from spiders.record import Kind, Link
from tests.newsroom import FERRY, HOME, MARKET, TOWER
from tests.test_sitemaps import OWN, SITEMAP, index, urlset

SINCE = datetime(2026, 5, 2, 12, tzinfo=UTC)


def found(head: str) -> list[tuple[str, str]]:
    page = Page.parse(f"<html><head>{head}</head><body><p>x</body></html>", f"{HOME}/")
    return [(str(link.kind), link.url.removeprefix(HOME)) for link in announced(page)]


@pytest.mark.parametrize(
    ("head", "listed"),
    [
        (
            # as WordPress writes it
            """<link rel="alternate" type="application/rss+xml" title="Harbour &raquo; Feed" href="https://www.harbour.example/feed/" />
            <link rel="alternate" type="application/rss+xml" title="Harbour &raquo; Comments Feed" href="https://www.harbour.example/comments/feed/" />
            <link rel="alternate" title="JSON" type="application/json" href="https://www.harbour.example/wp-json/wp/v2/pages/7" />
            <link rel='shortlink' href='https://www.harbour.example/' />""",
            [("feed", "/feed/")],
        ),
        (  # as Drupal
            '<link rel="alternate" type="application/rss+xml" title="" href="/rss.xml" /><link rel="alternate" hreflang="nb" href="/nb" />',
            [("feed", "/rss.xml")],
        ),
        (  # as Arc
            '<link rel="alternate" type="application/rss+xml" href="/arc/outboundfeeds/rss/?outputType=xml"/>'
            '<link rel="sitemap" type="application/xml" href="/arc/outboundfeeds/news-sitemap/?outputType=xml">',
            [("feed", "/arc/outboundfeeds/rss/?outputType=xml"), ("sitemap", "/arc/outboundfeeds/news-sitemap/?outputType=xml")],
        ),
        (
            "<link rel='ALTERNATE home' type='Application/Atom+XML; charset=utf-8' href=' /atom '>"
            "<link rel=alternate type=application/feed+json href=/feed.json><link rel=alternate type=text/xml href=/rss>"
            "<link rel=alternate type=application/json href=/page.json><link rel=alternate type=text/html href=/feed>"
            "<link rel=stylesheet type=application/rss+xml href=/x><link rel=alternate type=application/rss+xml>",
            [("feed", "/atom"), ("feed", "/feed.json"), ("feed", "/rss")],
        ),
        (
            "<base href='/city/'><link rel=alternate type=application/rss+xml href=rss><link rel=alternate "
            "type=application/rss+xml href='javascript:x'><link rel=alternate type=application/rss+xml href='http://[x'>"
            "<link rel=alternate type=application/rss+xml href='https://feeds.elsewhere.example/h'>",
            [("feed", "/city/rss"), ("feed", "https://feeds.elsewhere.example/h")],
        ),
    ],
)  # fmt: skip
def test_feeds_that_a_front_page_announces(head: str, listed: list[tuple[str, str]]) -> None:
    assert found(head) == listed


def test_no_more_feeds_are_taken_than_a_site_needs() -> None:
    head = "".join(f"<link rel=alternate type=application/rss+xml href=/{n}>" for n in [*range(50), *range(50)])
    assert [way for _, way in found(head)] == [f"/{n}" for n in range(MAX_ANNOUNCED)]


def test_robots_txt_names_sitemaps_and_those_of_news_come_first() -> None:
    robots = (
        b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /x\r\nSitemap: https://www.harbour.example/sitemap_index.xml\r\n"
        b"  sitemap : /arc/outboundfeeds/sitemap-news/?outputType=xml # new\nSITEMAP:https://cdn.elsewhere.example/s.gz\n"
        b"Sitemap: ftp://www.harbour.example/s.xml\nSitemap:\nSitemap: http://[\n#Sitemap: /no.xml\n"
        b"Sitemap: https://www.harbour.example/sitemap_index.xml"
    )
    assert [link.url.removeprefix(HOME) for link in sitemaps_in(robots, f"{HOME}/robots.txt")] == [
        "/arc/outboundfeeds/sitemap-news/?outputType=xml",
        "/sitemap_index.xml",
        "https://cdn.elsewhere.example/s.gz",
    ]


def test_the_usual_places_are_of_the_sites_root() -> None:
    places = usual_places(f"{HOME}/world/")
    assert Link(f"{HOME}/feed/", Kind.FEED) in places
    assert Link(f"{HOME}/sitemap.xml", Kind.SITEMAP) in places
    assert len(places) < 10


def recent(body: bytes) -> list[str]:
    return [link.url.removeprefix(HOME) for link in sitemap_links(body, SITEMAP, OWN, since=SINCE).links]


def test_of_a_sitemap_only_what_is_new_may_be_asked_for() -> None:
    body = urlset("/old 2026-04-30", "/day 2026-05-02", "/now 2026-05-02T14:00:00+02:00", "/then 2026-05-02T13:59:59+02:00", "/undated")  # fmt: skip
    assert recent(body) == ["/now", "/day"]
    assert recent(urlset("/old 2026-04-01")) == []


def test_news_without_a_date_is_new() -> None:
    space = "http://www.google.com/schemas/sitemap-news/0.9"
    body = f"""<urlset xmlns:n="{space}"><url><loc>{FERRY}</loc><n:news><n:title>F</n:title></n:news></url>
        <url><loc>{TOWER}</loc><lastmod>2026-05-04</lastmod><n:news><n:title>T</n:title>
        <n:publication_date>2026-04-01</n:publication_date></n:news></url><url><loc>{MARKET}</loc></url></urlset>"""
    assert recent(body.encode()) == ["/2026/ferry"]


def test_of_an_index_the_new_ones_and_a_few_that_tell_no_date_may_be_asked_for() -> None:
    dated = ["/a.xml 2026-05-04", "/b.xml 2026-04-30"]
    named = ["/sitemap-2026-05.xml", "/sitemap-2026-04.xml", "/2026/05/03/s.xml", "/2026/04/30/s.xml", "/2026/s.xml", "/2025.xml"]  # fmt: skip
    odd = ["/sitemap-20269.xml", "/post-sitemap1.xml"]
    assert set(recent(index(*dated, *named, *odd))) == {
        "/a.xml",
        "/sitemap-2026-05.xml",
        "/2026/05/03/s.xml",
        "/2026/s.xml",
        *odd,
    }
    posts = [f"/wp-sitemap-posts-post-{n}.xml" for n in range(1, 90)]
    others = [f"/wp-sitemap-posts-{kind}-{n}.xml" for kind in ("story", "report") for n in (1, 2)]
    strange = [f"/wp-sitemap-{kind}-1.xml" for kind in ("posts-page", "taxonomies-post_tag", "users")]
    taken = recent(index(*posts, *others, *strange))
    assert len(taken) == MAX_UNDATED
    assert {*posts[:1], *posts[-1:], *others} <= set(taken)
    assert not set(strange) & set(taken)
