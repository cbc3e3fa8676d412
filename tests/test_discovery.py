"""Discovery: what feeds and section pages list."""

from __future__ import annotations

import pytest

from extractors import SiteError, UnsupportedContentError
from spiders.listings.discovery import feed_links, section_links
from spiders.listings.listing import MAX_HINT, is_of
from spiders.record import Link

HOME = "https://news.example"
OWN = ("news.example",)


def rss(items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def test_rss_gives_links_with_what_the_feed_says_of_them() -> None:
    (link,) = feed_links(
        rss(
            "<item><title> Ferry &amp; tower </title><link>\n https://news.example/a </link>"
            "<description><![CDATA[<p>A <b>short</b> text &amp; more</p>]]></description>"
            "<pubDate>Mon, 04 May 2026 08:30:00 +0200</pubDate></item>"
        ),
        HOME,
        OWN,
    )
    assert link.url == "https://news.example/a"
    assert link.hints == {
        "headline": "Ferry & tower",
        "summary": "A short text & more",
        "published": "2026-05-04T08:30:00+02:00",
    }


def test_atom_takes_the_alternate_link_and_never_the_date_of_an_update() -> None:
    feed = b"""<?xml version="1.0" encoding="iso-8859-1"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>
        <title>Caf\xe9</title><link rel="self" href="/self"/><link href="/b"/><updated>2026-05-04T08:30:00Z</updated>
        </entry></feed>"""
    (link,) = feed_links(feed, f"{HOME}/feed", OWN)
    assert (link.url, link.hints) == ("https://news.example/b", {"headline": "Café"})


@pytest.mark.parametrize(
    ("when", "published"),
    [
        ("Mon, 04 May 2026 08:30:00 GMT", "2026-05-04T08:30:00+00:00"),
        ("Mon, 04 May 2026 08:30:00 -0000", "2026-05-04T08:30:00"),  # says that it knows no zone
        ("2026-05-04T08:30:00Z", "2026-05-04T08:30:00+00:00"),
        ("2026-05-04", "2026-05-04"),
        ("yesterday", None),
        ("Mon, ", None),
        ("0 0", None),
        ("2026-99-99", None),
        ("9" * 5000, None),
        ("", None),
    ],
)
def test_dates_of_feeds_are_read_or_left_out(when: str, published: str | None) -> None:
    feed = rss(f"<item><link>{HOME}/a</link><pubDate>{when}</pubDate></item>")
    assert feed_links(feed, HOME, OWN)[0].hints.get("published") == published


def test_only_articles_of_the_site_each_once() -> None:
    links = ["/a", "/a", "https://shop.news.example/b", "https://evilnews.example/c", "https://other.example/d"]
    links += ["http://[bad/e", "javascript:alert(1)", "ftp://news.example/f", f"{HOME}/{'x' * 3000}", ""]
    feed = rss("".join(f"<item><link>{link}</link></item>" for link in links))
    assert [link.url for link in feed_links(feed, HOME, OWN)] == [f"{HOME}/a", "https://shop.news.example/b"]


def test_a_bare_ampersand_does_not_make_another_address() -> None:
    feed = rss("<item><link>/a?b=1&c=2</link><title>A &amp; B & C</title></item>")
    assert feed_links(feed, HOME, OWN) == [Link(f"{HOME}/a?b=1&c=2", hints={"headline": "A & B & C"})]
    feed = rss("<item><link><![CDATA[/a?b=1&c=2]]></link></item>")
    assert feed_links(feed, HOME, OWN) == [Link(f"{HOME}/a?b=1&c=2")]


def test_a_guid_serves_where_there_is_no_link() -> None:
    feed = rss(f"<item><guid>{HOME}/a</guid></item><item><guid isPermaLink='false'>{HOME}/b</guid></item>")
    assert [link.url for link in feed_links(feed, HOME, OWN)] == [f"{HOME}/a"]


def test_long_texts_are_cut() -> None:
    feed = rss(f"<item><link>/a</link><title>{'word ' * 5000}</title></item>")
    assert len(feed_links(feed, HOME, OWN)[0].hints["headline"]) <= MAX_HINT


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY file SYSTEM "file:///etc/hostname">]>
    <rss><channel><item><link>/a</link><title>&b;&file;</title></item></channel></rss>"""


@pytest.mark.parametrize(
    ("feed", "why"),
    [
        (b"", "not XML"),
        (b"just text", "neither RSS nor Atom"),
        (b"\x00\x01\x02", "not"),
        (b"<html><body><item><link>/a</link></item></body></html>", "neither RSS nor Atom"),
        (rss(""), "no entries"),
        (BOMB, "entities of its own"),
    ],
)
def test_what_is_not_a_feed_is_an_error_and_never_an_empty_site(feed: bytes, why: str) -> None:
    with pytest.raises(UnsupportedContentError, match=why):
        feed_links(feed, HOME, OWN)


def test_section_pages_list_what_the_selector_finds() -> None:
    page = b"<main><h2><a href='/a'>A</a></h2><h2><a href='//other.example/x'>X</a><a>none</a></h2></main><a href='/n'>"
    assert [link.url for link in section_links(page, f"{HOME}/news/", "h2 a", OWN)] == [f"{HOME}/a"]


def test_a_section_without_links_or_with_a_bad_selector_is_an_error() -> None:
    with pytest.raises(UnsupportedContentError, match="no link of the site under 'h3 a'"):
        section_links(b"<h2><a href='/a'>A</a></h2>", HOME, "h3 a", OWN)
    with pytest.raises(UnsupportedContentError, match="not HTML"):
        section_links(b"", HOME, "a", OWN)
    with pytest.raises(SiteError, match=r"'h2 >>' of the section https://news\.example is not CSS"):
        section_links(b"<p>", HOME, "h2 >>", OWN)


def test_is_of_compares_whole_names() -> None:
    assert is_of("https://www.news.example/a", OWN)
    assert not is_of("https://news.example.evil/a", OWN)
