"""C19 and C20: sitemaps and feeds that are hostile are said to be, huge ones are read without standing still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from extractors import UnsupportedContentError
from spiders.listings.listing import MAX_LINKS
from spiders.record import Kind, State
from spiders.store import Store
from spiders.workers.pool import Pool
from tests.conftest import Run
from tests.holdings import records
from tests.newsroom import FEED, FERRY, HOME, TOWER, Harbour, feed, page
from tests.test_pool import members, pooled
from tests.test_sitemaps import SITEMAP, Mapped

pytestmark = pytest.mark.faults

OWN = ("harbour.example",)
LAUGHS = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
TYPES = {  # what a document may declare, and how it then uses it
    "billion laughs": (f"[{LAUGHS}]", "&l9;"),
    "quadratic": (f'[<!ENTITY q "{"q" * 100_000}">]', "&q;" * 20_000),
    "a file": ('[<!ENTITY f SYSTEM "file:///etc/passwd">]', "&f;"),
    "an address": ('[<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]', "&a;"),
    "a parameter": ('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]', "&x;"),
    "a type that lies elsewhere": ('SYSTEM "http://127.0.0.1:9/d.dtd"', "&x;"),
    "a public type that lies elsewhere": ('PUBLIC "-//Evil//DTD//EN" "http://127.0.0.1:9/d.dtd"', "&x;"),
}
DOCUMENTS: dict[Kind, str] = {
    Kind.FEED: "<!DOCTYPE rss {0}><rss {2}><channel><item><link>/a</link><title>{1}</title></item></channel></rss>",
    Kind.SITEMAP: "<!DOCTYPE urlset {0}><urlset {2}><url><loc>/a{1}</loc></url></urlset>",
}


def refused(kind: Kind, body: bytes) -> str:
    """Return why a worker does not read a listing."""
    with pytest.raises(UnsupportedContentError) as caught:
        pooled(lambda pool: pool.links(kind, body, HOME, OWN))
    return str(caught.value)


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("shape", TYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_C19_what_declares_entities_is_hostile_and_not_empty(kind: Kind, shape: str, encoding: str) -> None:
    declared, used = TYPES[shape]
    text = '<?xml version="1.0"?>' + DOCUMENTS[kind].format(declared, used, "")
    assert f"the {kind} is hostile: " in refused(kind, text.encode(encoding))


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_C19_entities_that_grow_in_an_attribute_are_hostile(kind: Kind) -> None:
    text = DOCUMENTS[kind].format(f"[{LAUGHS}]", "", "x='&l9;'")
    assert refused(kind, text.encode()) == f"the {kind} is hostile: its entities or its nesting know no measure"


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_C19_nesting_without_end_is_hostile(kind: Kind) -> None:
    text = DOCUMENTS[kind].replace("<!DOCTYPE rss {0}>", "").replace("<!DOCTYPE urlset {0}>", "")
    text = text.format("", "<b>" * 300 + "</b>" * 300, "")
    assert refused(kind, text.encode()) == f"the {kind} is hostile: its entities or its nesting know no measure"


def test_C19_the_type_of_rss_0_91_does_no_harm() -> None:
    declared = 'PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd"'
    body = DOCUMENTS[Kind.FEED].format(declared, "Title", "").encode()
    assert [link.url for link in pooled(lambda pool: pool.links(Kind.FEED, body, HOME, OWN)).links] == [f"{HOME}/a"]


class Both(Mapped):
    """A newspaper with a feed and a sitemap."""

    feeds: ClassVar[tuple[str, ...]] = (FEED,)


def test_C19_a_crawl_tells_which_listing_is_hostile(run: Run) -> None:
    declared, used = TYPES["billion laughs"]
    books = run(
        {
            FEED: DOCUMENTS[Kind.FEED].format(declared, used, ""),
            SITEMAP: DOCUMENTS[Kind.SITEMAP].format(declared, used, ""),
        },
        Both,
    )
    assert {listing.url: listing.state for listing in books.listings} == dict.fromkeys((FEED, SITEMAP), State.FAILED)
    assert [str(listing.reason).partition(":")[0] for listing in books.listings] == [
        "the feed is hostile",
        "the sitemap is hostile",
    ]


def test_C20_half_a_million_addresses_are_read_while_the_loop_goes_on_and_memory_stays() -> None:
    """The loop may wait for the processor; had it read the list itself, it would have had a turn or two."""
    urls = (
        f"<url><loc>{HOME}/n/{n:06}</loc><lastmod>2026-05-04T08:30:00+02:00</lastmod></url>" for n in range(500_000)
    )
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(urls)}</urlset>'.encode()

    async def use(pool: Pool) -> Any:
        await pool.links(Kind.SITEMAP, b"<urlset><url><loc>/a</loc></url></urlset>", HOME, OWN)
        assert pool.group
        (worker,) = {int(name) for name in members(pool.group)} - {pool.group}
        before = in_use(worker)
        turns = 0
        reading = asyncio.ensure_future(pool.links(Kind.SITEMAP, body, HOME, OWN))
        while not reading.done():
            await asyncio.sleep(0.005)
            turns += 1
        return await reading, turns, in_use(worker) - before

    listed, turns, grown = pooled(use)
    assert len(listed.links) == MAX_LINKS
    assert listed.note == f"{HOME} lists 500,000 addresses; the newest {MAX_LINKS:,} are taken"
    assert turns > 20
    assert grown < 100_000


def in_use(process: int) -> int:
    """Return the most memory that a process has had, in KiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


@pytest.mark.parametrize("told", ["Fri, 31 Dec 9999 23:59:59 -1400", "9999-12-31", "0002-01-01T00:00:00+14:00"])
def test_C19_a_date_at_an_end_of_all_time_loses_no_article(run: Run, told: str) -> None:
    published = '<meta property="article:published_time" content="2026-05-04T08:30:00Z"></head>'
    entry = f"<item><title>The ferry</title><link>{FERRY}</link><pubDate>{told}</pubDate></item>"
    pages = {
        FEED: f"<rss><channel>{entry}</channel></rss>",
        SITEMAP: f"<urlset><url><loc>{FERRY}</loc><lastmod>9999-12-31</lastmod></url></urlset>",
        FERRY: page("the ferry", FERRY).replace("</head>", published),
    }
    assert run(pages, Both).sentence().startswith("1 stored + 0 failed")
    since = datetime(2026, 5, 1, tzinfo=UTC)
    read = pooled(lambda pool: pool.links(Kind.SITEMAP, pages[SITEMAP].encode(), HOME, OWN, since=since))
    assert [link.url for link in read.links] == [FERRY]


class Fronted(Harbour):
    """The newspaper, read by its front page."""

    feeds: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[dict[str, str]] = {f"{HOME}/": "h3 a"}


UNASKED = [f"https://www.harbour.example:{port}/2026/story-of-the-quay" for port in ("99999", "abc", "-1")]
LISTED = (FERRY, *UNASKED, TOWER)


@pytest.mark.parametrize(
    ("spider", "listing", "text"),
    [
        (Harbour, FEED, feed(*LISTED)),
        (Mapped, SITEMAP, f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in LISTED)}</urlset>"),
        (Fronted, f"{HOME}/", "".join(f'<h3><a href="{url}">What the council said</a></h3>' for url in LISTED)),
    ],
)
def test_C20_an_address_that_cannot_be_asked_for_costs_nothing_but_itself(
    run: Run, store: Callable[[], Store], spider: type[Harbour], listing: str, text: str
) -> None:
    ferry = page("the ferry", FERRY).replace(f'canonical" href="{FERRY}"', f'canonical" href="{UNASKED[0]}"')
    books = run({listing: text, FERRY: ferry, TOWER: page("the tower", TOWER)}, spider)
    assert books.sentence() == "2 stored + 0 failed + 0 excluded + 0 pending = 2 discovered"
    assert books.status() == 0
    with store() as opened:
        assert [record.address for record in records(opened)] == [FERRY, TOWER]
