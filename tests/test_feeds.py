"""Feeds: what they list, and that those which are broken in the usual ways still give their links."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import UnsupportedContentError
from spiders.listings.feeds import feed_links, is_page
from spiders.listings.listing import MAX_HINT
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
    feed = rss(
        f"<item><guid>{HOME}/a</guid></item><item><guid isPermaLink='false'>{HOME}/b</guid></item>"
        "<item><link>https://other.example/c</link><guid>88120</guid></item><item><guid>c-5</guid></item>"
    )
    assert [link.url for link in feed_links(feed, HOME, OWN)] == [f"{HOME}/a"]


def test_long_texts_are_cut() -> None:
    feed = rss(f"<item><link>/a</link><title>{'word ' * 5000}</title></item>")
    assert len(feed_links(feed, HOME, OWN)[0].hints["headline"]) <= MAX_HINT


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY file SYSTEM "file:///etc/hostname">]>
    <rss><channel><item><link>/a</link><title>&b;&file;</title></item></channel></rss>"""


def urls(feed: bytes, at: str = f"{HOME}/feed/", **options: Any) -> list[str]:
    return [link.url for link in feed_links(feed, at, OWN, **options)]


# Broken in the usual ways


GOOD = rss(
    f"<item><title>Aérien</title><link>{HOME}/2026/a</link></item><item><title>Più</title><link>{HOME}/2026/b</link></item>"
)
BOTH = [f"{HOME}/2026/a", f"{HOME}/2026/b"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda feed: b"\xef\xbb\xbf" + feed,
        lambda feed: b"\xef\xbb\xbf\xef\xbb\xbf\r\n " + feed,
        lambda feed: b"<br />\n<b>Warning</b>: Undefined index in <b>/www/feed.php</b> on line 7<br />\n" + feed,
        lambda feed: b"Notice: headers already sent\n" + feed,
        lambda feed: feed + b"<!-- cached 2026-05-04 --><script>x</script> and more",
        lambda feed: feed.replace(b"<title>", b"<title>Harbour&nbsp;news &laquo;caf&eacute;&raquo; &unheard; "),
        lambda feed: feed.replace(b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="iso-8859-1"?>'),
        lambda feed: feed.replace(b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="utf-16"?>'),
        lambda feed: feed.replace(b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="no-such-thing"?>'),
        lambda feed: b'<?xml version="1.0" encoding="utf-8"?>' + feed.decode().encode("cp1252").partition(b"?>")[2],
        lambda feed: feed.decode().encode("utf-16"),
        lambda feed: feed.replace(b"<title>", b"<title>\x08\x00\x1f"),
        lambda feed: feed.replace(b"</link>", b"</link><description><p>A <b>tag<br> left open</description>"),
        lambda feed: feed.replace(b"<link>", b"<description><p>A <b>tag left open</description><link>"),
        lambda feed: feed.replace(b"</item><item>", b"<item>"),
        lambda feed: feed.replace(b"<title>", b"<dc:creator>undeclared</dc:creator><title>"),
        lambda feed: feed.replace(b"<title>", b"<media:title>undeclared</media:title><dc:language>fr</dc:language><title>"),
        lambda feed: feed.partition(b"</link></item></channel>")[0],
        lambda feed: feed.replace(b"</item></channel></rss>", b""),
        lambda feed: feed.replace(b"<link>", b"<link><![CDATA[\n  ").replace(b"</link>", b"  ]]></link>"),
        lambda feed: feed.replace(b"<link>", b"<link/>").replace(b"</link>", b""),
        lambda feed: feed.replace(b"<link>", b"<guid>").replace(b"</link>", b"</guid>"),
        lambda feed: feed.replace(b"<link>", b"<link></link><guid isPermaLink='TRUE'>").replace(b"</link></item>", b"</guid></item>"),
        lambda feed: feed.replace(HOME.encode() + b"/2026", b"/2026"),
        lambda feed: feed.replace(b"https://news", b"//news"),
        lambda feed: feed.replace(b"https://news", b"news"),
        lambda feed: feed.replace(b"<rss version=\"2.0\"><channel>", b"<channel>").replace(b"</channel></rss>", b"</channel>"),
        lambda feed: feed.replace(b"<title>", b"<title>3 < 4 & 5 > 2 "),
    ],
)  # fmt: skip
def test_a_feed_broken_in_one_of_the_usual_ways_still_gives_its_links(spoil: Callable[[bytes], bytes]) -> None:
    assert urls(GOOD) == BOTH
    broken = spoil(GOOD)
    assert broken != GOOD
    assert urls(broken) == BOTH


@pytest.mark.parametrize(
    ("feed", "encoding"),
    [
        (GOOD.replace(b'"1.0"', b'"1.0" encoding="iso-8859-1"'), "latin-1"),
        (
            b'<?xml version="1.0" encoding="utf-8"?>' + GOOD.decode().encode("cp1252").partition(b"?>")[2],
            "windows-1252",
        ),
        (GOOD.decode().encode("cp1252"), "windows-1252"),
    ],
)
def test_what_the_bytes_show_is_believed_before_the_charset_that_is_declared(feed: bytes, encoding: str) -> None:
    headlines = [link.hints["headline"] for link in feed_links(feed, HOME, OWN, encoding)]
    assert headlines == ["Aérien", "Più"]


def test_entities_of_html_are_characters() -> None:
    feed = rss(f"<item><link>{HOME}/a</link><title>Caf&eacute;&nbsp;&amp; &laquo;quay&raquo; &unheard;</title></item>")
    assert feed_links(feed, HOME, OWN)[0].hints["headline"] == "Café & «quay» &unheard;"


@pytest.mark.parametrize("smile", ["&#55357;&#56832;", "&#xd83d;&#XDE00;", "<![CDATA[&#55357;&#56832;]]>"])
@pytest.mark.parametrize("place", ["<title>Ferry {} sails</title>", "<description>Ferry {} sails</description>"])
def test_an_emoji_in_two_halves_is_one(smile: str, place: str) -> None:
    rest = "<link>/a</link></item><item><link>/b</link></item>"
    link, other = feed_links(rss(f"<item>{place.format(smile)}{rest}"), HOME, OWN)
    assert list(link.hints.values()) == ["Ferry 😀 sails"]
    half = smile.removeprefix("<![CDATA[").partition(";")[0]
    assert feed_links(rss(f"<item><guid>{half};</guid>{rest}"), HOME, OWN) == [replace(link, hints={}), other]


def test_relative_links_are_relative_to_what_the_feed_says() -> None:
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{HOME}/2026/"><entry xml:base="05/"><link href="a"/>
        </entry><entry><link href="b"/></entry><entry><link href="/c"/></entry></feed>"""
    assert urls(atom.encode(), "https://feeds.elsewhere.example/x") == [
        f"{HOME}/{way}" for way in ("2026/05/a", "2026/b", "c")
    ]
    items = "<item><link>a.html</link></item><item><link>/b.html</link></item>"
    assert urls(rss(f"<link>{HOME}/city/</link>{items}"), f"{HOME}/rss/1.xml") == [
        f"{HOME}/city/a.html",
        f"{HOME}/b.html",
    ]
    assert urls(rss(f"<link>none</link>{items}"), f"{HOME}/rss/1.xml") == [f"{HOME}/rss/a.html", f"{HOME}/b.html"]


def test_of_many_links_the_one_to_the_article_is_taken() -> None:
    proxied = """<rss xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
        <item><atom:link rel="replies" href="/a/comments"/><link>https://feeds.elsewhere.example/~r/x/1</link>
        <comments>https://news.example/a#comments</comments><fb:origLink>https://news.example/a</fb:origLink></item>
        </channel></rss>"""
    assert urls(proxied.encode()) == [f"{HOME}/a"]
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="enclosure" href="/a.mp3"/>
        <link rel="alternate" type="application/json" href="/wp-json/a"/><link rel="alternate" type="text/html" href="/a"/></entry>
        <entry><id>https://news.example/b</id></entry><entry><id>tag:news.example,2026:3</id></entry></feed>"""
    assert urls(atom.encode()) == [f"{HOME}/a", f"{HOME}/b"]
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>H</title></channel>
        <item rdf:about="https://news.example/a"><title>A</title><dc:date>2026-05-04T08:30:00+09:00</dc:date>
        <dc:language>ja</dc:language></item></rdf:RDF>"""
    said = {"headline": "A", "published": "2026-05-04T08:30:00+09:00", "language": "ja"}
    assert feed_links(rdf.encode(), HOME, OWN) == [Link(f"{HOME}/a", hints=said)]


def test_a_picture_in_an_item_does_not_name_it() -> None:
    feed = """<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><media:content url="/p.jpg"><media:title>Quay
        </media:title></media:content><media:title>Photo: A. Person</media:title><media:description>The quay</media:description>
        <title>The ferry</title><link>/a</link></item></channel></rss>"""
    assert feed_links(feed.encode(), HOME, OWN)[0].hints == {"headline": "The ferry"}
    undeclared = feed.replace(' xmlns:media="http://search.yahoo.com/mrss/"', "")
    assert feed_links(undeclared.encode(), HOME, OWN)[0].hints == {"headline": "The ferry"}


def test_the_language_is_the_entrys_own_or_the_feeds() -> None:
    feed = rss("<language> nb-NO </language><item><link>/a</link></item>")
    assert feed_links(feed, HOME, OWN) == [Link(f"{HOME}/a", hints={"language": "nb-NO"})]
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><entry><link href="/a"/></entry>
        <entry xml:lang="fr"><link href="/b"/></entry></feed>"""
    assert [link.hints["language"] for link in feed_links(atom, HOME, OWN)] == ["de", "fr"]


def json_feed(*items: Any, **more: Any) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items} | more).encode()


def test_json_feeds_are_feeds() -> None:
    first = {
        "id": "1",
        "url": "/a",
        "title": "Ferry &amp; <b>tower</b>",
        "summary": "Short",
        "date_published": "2026-05-04T08:30:00+02:00",
    }
    feed = json_feed(first, {"id": f"{HOME}/b", "external_url": "https://elsewhere.example/"}, language="en")
    said = {"headline": "Ferry & tower", "summary": "Short", "published": "2026-05-04T08:30:00+02:00", "language": "en"}
    assert feed_links(b"\xef\xbb\xbf" + feed, f"{HOME}/feed.json", OWN) == [
        Link(f"{HOME}/a", hints=said),
        Link(f"{HOME}/b", hints={"language": "en"}),
    ]


@pytest.mark.parametrize(
    ("feed", "why"),
    [
        (b"", "not XML"),
        (b"just text", "neither RSS nor Atom"),
        (b"\x00\x01\x02", "neither RSS nor Atom"),
        (b"<html><body><item><link>/a</link></item></body></html>", "neither RSS nor Atom"),
        (rss(""), "no entries"),
        (BOMB, "entities of its own"),
        (json_feed(), "no entries"),
        (b'{"items": 1}', "no JSON Feed"),
        (b"[1, 2]", "no JSON Feed"),
        (b'{"items": [', "not JSON"),
        (b'{"items": ' + b"[" * 100_000, "nesting knows no measure"),
        (b'{"items": ' + b"9" * 10_000 + b"}", "not JSON"),
    ],
)
def test_what_is_not_a_feed_is_an_error_and_never_an_empty_site(feed: bytes, why: str) -> None:
    with pytest.raises(UnsupportedContentError, match=why):
        feed_links(feed, HOME, OWN)


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.just("http://[")
    | st.just("/a"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["url", "id", "title", "summary"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=25)
@given(st.lists(_VALUES, max_size=4), _VALUES)
def test_a_json_feed_of_anything_gives_links_or_an_error_of_ours(items: list[Any], language: Any) -> None:
    try:
        links = feed_links(json_feed(*items, language=language), HOME, OWN)
    except UnsupportedContentError:
        return
    assert all(link.url.startswith(HOME) for link in links)


_PIECES = [b"<item>", b"</item>", b"<link>/a</link>", b"<link", b"&nbsp;", b"&", b"<![CDATA[", b"]]>", b"<title>", b"\xff", b"<", b'"', b"=", b"<p>", b"</rss>", b"<!--", b"x"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(b"".join))
def test_whatever_follows_a_good_entry_it_is_listed(mess: bytes) -> None:
    feed = b"<rss><channel><item><title>A</title><link>/first</link></item>" + mess
    assert f"{HOME}/first" in urls(feed)


@pytest.mark.parametrize(
    ("when", "published"),
    [
        ("2026-05-04 08:30:00 UTC", "2026-05-04T08:30:00+00:00"),
        ("Mon, 04 May 2026 08:30:00 +02:00", "2026-05-04T08:30:00+02:00"),
        ("Mon, 04 May 2026 08:30 +0200", "2026-05-04T08:30:00+02:00"),
        ("Mon, 04 May 2026 08:30:00 +0000", "2026-05-04T08:30:00+00:00"),
        ("04 May 2026 08:30:00 CEST", "2026-05-04T08:30:00"),  # not the only zone of that name
        ("20260504", "2026-05-04"),
        ("May 4, 2026 8:30 pm", None),
        ("0000-00-00 00:00:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("lun., 04 mai 2026 08:30:00 +0200", None),
    ],
)
def test_odd_dates_are_read_right_or_not_at_all(when: str, published: str | None) -> None:
    (link,) = feed_links(rss(f"<item><link>/a</link><pubDate>{when}</pubDate></item>"), HOME, OWN)
    assert (link.url, link.hints.get("published")) == (f"{HOME}/a", published)


def test_a_web_page_in_the_place_of_a_feed_is_told() -> None:
    assert is_page(b"\n<!-- x --><!DOCTYPE html><html>")
    assert is_page(b"<HTML lang='en'>")
    assert not is_page(GOOD)
    assert not is_page(json_feed())
