"""Sitemaps: what they list, in which order, and how much of it is taken."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest

from extractors import UnsupportedContentError
from spiders.listings import sitemaps
from spiders.listings.listing import MAX_LINKS
from spiders.listings.sitemaps import MAX_BYTES, MAX_DEPTH, MAX_SITEMAPS, sitemap_links
from spiders.record import Kind, Link, Passed, State
from spiders.status import ExitStatus
from spiders.store import Store
from tests.conftest import Run
from tests.newsroom import FERRY, HOME, TOWER, Harbour, edition, outcomes

OWN = ("harbour.example",)
SITEMAP = f"{HOME}/sitemap.xml"


def urlset(*urls: str, entry: str = "url", root: str = "urlset") -> bytes:
    """Return a sitemap of addresses, each with what stands after a space in it as its `lastmod`."""
    entries = []
    for url in urls:
        address, _, date = url.partition(" ")
        entries.append(f"<{entry}><loc> {address}\n</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</{entry}>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</{root}>'.encode()


def index(*urls: str) -> bytes:
    """Return an index of sitemaps."""
    return urlset(*urls, entry="sitemap", root="sitemapindex")


def addresses(body: bytes) -> list[str]:
    return [link.url for link in sitemap_links(body, SITEMAP, OWN).links]


def test_a_sitemap_lists_the_newest_first_and_those_without_a_date_in_their_order_last() -> None:
    body = urlset(
        "/none", "/old 2026-01-02", "/new 2026-05-04T08:00:00+02:00", "/also-none", "/newer 2026-05-04T09:00Z"
    )
    assert addresses(body) == [f"{HOME}/{name}" for name in ("newer", "new", "old", "none", "also-none")]


def test_only_addresses_of_the_site_each_once() -> None:
    body = urlset("/a", "/a", "https://elsewhere.example/b", "http://[bad", "javascript:x", "", f"/{'x' * 3000}", "/c")
    assert addresses(body) == [f"{HOME}/a", f"{HOME}/c"]


def test_a_news_sitemap_says_title_date_and_language() -> None:
    body = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{FERRY}</loc><lastmod>2026-05-05</lastmod>
        <n:news><n:publication><n:name>H</n:name><n:language>nb</n:language></n:publication>
        <n:publication_date>2026-05-04T08:30:00+02:00</n:publication_date><n:title>The &#55357;&#56994; ferry
        &amp; the <![CDATA[<quay>]]></n:title></n:news></url><url><loc>{TOWER}</loc></url></urlset>"""
    hints = {"headline": "The 🚢 ferry & the <quay>", "published": "2026-05-04T08:30:00+02:00", "language": "nb"}
    assert sitemap_links(body.encode(), SITEMAP, OWN).links == [Link(FERRY, hints=hints), Link(TOWER)]


def test_lastmod_is_no_date_of_publication() -> None:
    assert sitemap_links(urlset("/a 2026-05-04"), SITEMAP, OWN).links == [Link(f"{HOME}/a")]


def test_an_index_lists_sitemaps_and_how_deep_they_are() -> None:
    body = index("/2025.xml 2025-12-31", "/2026.xml 2026-05-04")
    links = sitemap_links(body, SITEMAP, OWN, depth=2).links
    assert links == [Link(f"{HOME}/{year}.xml", Kind.SITEMAP, {"depth": "3"}) for year in (2026, 2025)]


def test_indexes_that_nest_too_deep_are_followed_no_further() -> None:
    assert sitemap_links(index("/a.xml"), SITEMAP, OWN, MAX_DEPTH - 1).links
    deep = sitemap_links(index("/a.xml"), SITEMAP, OWN, MAX_DEPTH)
    assert deep.links == []
    assert deep.passed == [Passed(f"{HOME}/a.xml", "sitemap indexes are nested more than 5 deep", "sitemaps")]
    assert sitemap_links(urlset("/a"), SITEMAP, OWN, MAX_DEPTH).links


@pytest.mark.parametrize(("write", "most"), [(urlset, MAX_LINKS), (index, MAX_SITEMAPS)])
def test_the_newest_of_too_many_are_taken_and_the_log_is_told(write: Callable[..., bytes], most: int) -> None:
    count = most + 500
    days = [(f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", n) for n in range(count)]
    listed = sitemap_links(write(*(f"/{n} {day}" for day, n in days)), SITEMAP, OWN)
    assert [link.url for link in listed.links] == [f"{HOME}/{n}" for n in reversed(range(500, count))]
    assert listed.note == f"{SITEMAP} lists {count:,} addresses; the newest {most:,} are taken"


def test_a_gzipped_sitemap_is_unpacked_as_far_as_is_good() -> None:
    assert addresses(gzip.compress(urlset("/a"))) == [f"{HOME}/a"]
    with pytest.raises(UnsupportedContentError, match="too large: more than 52,428,800 bytes"):
        addresses(gzip.compress(urlset("/a") + b" " * MAX_BYTES))
    with pytest.raises(UnsupportedContentError, match="cannot be unpacked"):
        addresses(gzip.compress(urlset("/a"))[:-20])


def test_faults_that_many_sitemaps_have_are_forgiven() -> None:
    assert addresses(b"\n\n" + urlset("/a?b=1&c=2", "/d")) == [f"{HOME}/a?b=1&c=2", f"{HOME}/d"]
    assert addresses(b"<urlset><url><loc>/a</loc></url></urlset>") == [f"{HOME}/a"]
    news = "<news:news><news:title>T</news:title><news:publication_date>2026-05-04</news:publication_date></news:news>"
    (link,) = sitemap_links(f"<urlset><url><loc>/a</loc>{news}</url></urlset>".encode(), SITEMAP, OWN).links
    assert link.hints == {"headline": "T", "published": "2026-05-04"}  # whose prefix is not declared
    dated = urlset("/a Sun, 03 May 2026 09:00:00 GMT", "/b Mon, 04 May 2026 08:00:00 +0200", "/c yesterday")
    assert addresses(dated) == [f"{HOME}/{name}" for name in "bac"]
    new = sitemap_links(dated, SITEMAP, OWN, since=datetime(2026, 5, 4, tzinfo=UTC)).links
    assert [link.url for link in new] == [f"{HOME}/b"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not XML"),
        (b"just text", "not XML"),
        (b"<!DOCTYPE html><html><body><p>Not found</body></html>", "neither a sitemap nor an index"),
        (b"<rss><channel/></rss>", "neither a sitemap nor an index"),
        (urlset(), "lists no page of the site"),
        (urlset("https://elsewhere.example/"), "lists no page of the site"),
    ],
)
def test_what_is_no_sitemap_is_an_error_and_never_an_empty_site(body: bytes, why: str) -> None:
    with pytest.raises(UnsupportedContentError, match=why):
        addresses(body)


def test_an_empty_sitemap_of_an_index_is_no_error() -> None:
    assert sitemap_links(urlset(), SITEMAP, OWN, depth=1).links == []


class Mapped(Harbour):
    """The newspaper, read by its sitemaps."""

    feeds: ClassVar[tuple[str, ...]] = ()
    sitemaps: ClassVar[tuple[str, ...]] = (SITEMAP,)


def test_a_spider_may_name_sitemaps(run: Run, store: Callable[[], Store]) -> None:
    pages: dict[str, Any] = edition() | {
        SITEMAP: index("/news.xml", "/none.xml.gz"),
        f"{HOME}/news.xml": urlset(FERRY, TOWER),
        f"{HOME}/none.xml.gz": gzip.compress(urlset()),
    }
    books = run(pages, Mapped)
    assert outcomes(books) == {"/2026/ferry": (State.DONE, None), "/2026/tower": (State.DONE, None)}
    assert books.status() is ExitStatus.OK
    assert run(pages, Mapped).known == 2


def test_an_index_that_grows_for_ever_ends(run: Run) -> None:
    pages: dict[str, Any] = {
        f"{HOME}/{depth}.xml": index(f"/{depth + 1}.xml") for depth in range(1, sitemaps.MAX_DEPTH + 3)
    }
    books = run(pages | {SITEMAP: index("/1.xml")}, Mapped)
    assert len(books.listings) == 1 + sitemaps.MAX_DEPTH
    assert books.missing == []
    assert books.notes()[-2] == (
        "sitemaps: 1 address of www.harbour.example: sitemap indexes are nested more than 5 deep"
    )
