"""A page decoded and parsed: what is refused, meta, selectors, and that nothing else is ever raised."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import SiteError, UnsupportedContentError
from extractors.page import Page
from extractors.text import scrub

URL = "https://news.example/story"


@pytest.mark.parametrize(
    ("html", "says"),
    [
        (b"", "empty"),
        ("", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3 <p>", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
        (b"GIF89a<p>", "image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "image"),
        (b"PK\x03\x04\x14\0\x06\0", "ZIP"),
        (b"\x1f\x8b\x08\0<html><p>", "compressed"),
        (b"SQLite format 3\0\x10\0<p>", "database"),
        (
            b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n<p>=\r\n',
            "MHTML",
        ),
        (
            b"Subject: Park\nX-Way: a\n\tb\nMime-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n<p>caf=C3=A9",
            "MHTML",
        ),
        (b"\0\x01\x02" * 40, "no markup"),
        (b'{"headline": "Park", "body": "Long"}', "JSON"),
        (b'[{"html": "<p>The park opens.</p>"}]', "JSON"),
        ("The council met. 3 < 5 and <john@news.example> wrote.", "plain text"),
        (b'<?xml version="1.0"?><!-- feed --><rss version="2.0"><channel></channel></rss>', "rss"),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "urlset"),
        (b"<p>x" + b" " * 50_000_001, "too large"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value[:12] or "empty",
)
def test_what_is_no_page_is_refused_in_one_sentence(html: bytes | str, says: str) -> None:
    with pytest.raises(UnsupportedContentError, match=says) as refusal:
        Page.parse(html, URL)
    assert "\n" not in str(refusal.value)


def test_headers_that_a_server_has_printed_into_a_page_are_no_message() -> None:
    assert (
        "opens" in Page.parse(b"Content-Type: text/html\nMIME-Version: 1.0\n\n<p>The park opens.</p>", URL).body.text()
    )


def test_meta_by_name_property_and_itemprop_in_page_order() -> None:
    parsed = Page.parse(
        """<head><meta property="og:Title" content=" A  park\u00a0opens "><meta NAME=author content="Dana Rivlin">
        <meta name="author" content="Omer Paz"><meta itemprop=datePublished content=2026-03-01><meta name=empty content="">
        <meta name="twitter:title" property="og:title" content="Park \u202eopens"><meta http-equiv=Content-Language content=he>
        <meta charset=utf-8><meta content="nameless"></head><body><p>x""",
        URL,
    )
    assert parsed.meta == {
        "og:title": ("A park opens", "Park opens"),
        "author": ("Dana Rivlin", "Omer Paz"),
        "datepublished": ("2026-03-01",),
        "twitter:title": ("Park opens",),
        "content-language": ("he",),
    }
    assert parsed.first("none", "empty", "author") == "Dana Rivlin"
    assert parsed.first("none") is None


def test_meta_whose_content_is_written_as_value() -> None:
    parsed = Page.parse(
        """<head><meta value="2026-03-01" name="pubdate"><meta name="author" value="drivlin" content="Dana Rivlin">
        <meta name="empty" value=""></head><body><p>x""",
        URL,
    )
    assert parsed.meta == {"pubdate": ("2026-03-01",), "author": ("Dana Rivlin",)}


SELECTED = """<h1 class=top>A <b>bo</b>ld&shy;er\u00a0 park<br>opens</h1><a href=" /one ">One</a><a>none</a><a href=/two>Two</a>
<div class=by><p>Dana Rivlin</p><p>Omer Paz</p><script>var x</script></div><p class=by> </p>
<script type=application/ld+json>[{"@type": "WebSite", "author": "Nobody"}, {"@id": "#d", "name": "Dana Rivlin"},
{"headline": "A park opens", "author": [{"@id": "#d"}, {"name": "Desk &amp; Co"}, {"@id": "#gone"}, 7]}]</script>"""


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        ("h1", ["A bolder park opens"]),
        ("a::attr(href)", ["/one", "/two"]),
        ("a[href]::attr(href), h1::attr(class)", None),
        ("h1.top::attr(class), a[href='/two']::attr(class)", ["top"]),
        (".by", ["Dana Rivlin Omer Paz"]),
        (".none", []),
        ("p >>> [", None),
        ("", None),
        ("::data(author)", ["Dana Rivlin", "Desk & Co"]),
        ("::data(dateline)", []),
        ("h1::data(author)", None),
    ],
)
def test_select(selector: str, texts: list[str] | None) -> None:
    parsed = Page.parse(SELECTED, URL)
    if texts is not None:
        assert parsed.select(selector) == texts
        return
    with pytest.raises(SiteError, match="bad selector") as error:
        parsed.select(selector)
    assert repr(selector) in str(error.value)


TAGS = (
    b"<p>",
    b"</p>",
    b"<b>",
    b"</b>",
    b"<!--",
    b"-->",
    b"<script type=application/ld+json>",
    b"</script>",
    b"{[,",
    b'"',
)
HTML = st.lists(st.sampled_from(TAGS) | st.binary(max_size=8), max_size=40).map(b"".join)


@settings(max_examples=300)
@given(
    st.binary() | HTML.map(b"<p>".__add__), st.none() | st.text(max_size=12) | st.sampled_from(["utf-8", "gbk", "hz"])
)
def test_any_bytes_are_read_or_refused(html: bytes, encoding: str | None) -> None:
    read_or_refused(html, encoding)


@settings(max_examples=200)
@given(st.text() | st.text(st.characters(exclude_categories=())).map("<p>".__add__))
def test_any_string_is_read_or_refused(html: str) -> None:
    read_or_refused(html, None)


def read_or_refused(html: bytes | str, encoding: str | None) -> None:
    try:
        parsed = Page.parse(html, URL, encoding=encoding)
    except UnsupportedContentError:
        return
    for text in (*parsed.select("*"), *(value for values in parsed.meta.values() for value in values)):
        assert scrub(text) == text
        text.encode()
    json.dumps(parsed.jsonld, allow_nan=False, ensure_ascii=False).encode()
