"""The small newspaper of the server: articles, a feed, sections, sitemaps, and every robots.txt there is."""

from __future__ import annotations

import asyncio
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.misbehaving.wire import Ask, Wire, route

_FIRST = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
SUBJECTS = "ferry tower market harbour bridge library school theatre garden station bakery museum".split()
PLACES = "quay hill island old town north shore south gate upper mill lower mill marsh".split()

# robots.txt of a host: by the address at which the server is asked, so that one crawl sees them all.
ROBOTS = {
    "127.0.1.1": "503",
    "127.0.1.2": "429",
    "127.0.1.3": "large",
    "127.0.1.4": "html",
    "127.0.1.5": "hang",
    "127.0.1.6": "moved",
    "127.0.1.7": "moved-503",
    "127.0.1.8": "bomb",
}
ROBOTS_HOSTS = tuple(ROBOTS)


def paragraphs(number: int) -> list[str]:
    """Return the text of an article; no two numbers give the same."""
    subject, place = SUBJECTS[number % len(SUBJECTS)], PLACES[number // len(SUBJECTS) % len(PLACES)]
    return [
        f"The council of district {number} decided on Monday evening that the {subject} at the {place} will be kept "
        f"open for the whole of the coming winter, after a debate of {number % 7 + 2} hours.",
        f"Residents had asked for it in {number % 9 + 3} letters, and more than {number % 400 + 100} of them came to "
        f"the meeting in the old hall, where the heating had failed for the second time in a week.",
        f"“We have waited {number % 30 + 2} years for somebody to listen to us,” said Oda Brandt, who has lived next "
        f"to the {subject} since 1981 and keeps its keys in her kitchen.",
        f"The work begins in June and is to cost a little less than {number % 50 + 2} million crowns, according to the "
        f"district's engineer, who also said that the {place} would get its benches back.",
    ]


def headline(number: int) -> str:
    """Return the headline of an article."""
    return f"District {number} keeps its {SUBJECTS[number % len(SUBJECTS)]}"


def published(number: int) -> datetime:
    """Return when an article was published."""
    return _FIRST + timedelta(minutes=number)


def article(number: int, url: str, *, head: str = "", before: str = "", after: str = "", inside: str = "") -> str:
    """Return an article's page.

    Args:
        url: what the page calls itself.
        head, before, inside, after: markup for the end of the head, before, at the end of and after the article.
    """
    text = "".join(f"<p>{p}</p>" for p in paragraphs(number))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline(number)}</title>'
        f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{published(number).isoformat()}">'
        f'<meta property="og:title" content="{headline(number)}">{head}</head><body>'
        f'<nav><a href="/section">Home</a></nav>{before}<article><h1>{headline(number)}</h1>{text}{inside}</article>'
        f"{after}</body></html>"
    )


def own_article(ask: Ask) -> str:
    """Return an article that calls itself by the address that was asked for."""
    return article(1, ask.base + ask.path)


@route("robots.txt")
async def robots_txt(ask: Ask, wire: Wire) -> None:
    """/robots.txt: allows all; at 127.0.1.1 503, .2 429, .3 5 MB that forbids at its end, .4 HTML, .5 hangs, .6 moved,
    .7 moved to a 503, .8 a bomb"""
    kind = ROBOTS.get(ask.headers.get("host", "").partition(":")[0], "allow")
    if kind in ("503", "429"):
        await wire.page("busy", "Retry-After: 1", status=f"{kind} Busy", kind="text/plain")
    elif kind == "large":  # what counts, the start, allows
        filler = b"# nothing here forbids anything\n" * (5_000_000 // 32)
        await wire.page(b"User-agent: *\nDisallow: /secret\n" + filler + b"Disallow: /news\n", kind="text/plain")
    elif kind == "html":
        await wire.page("<!DOCTYPE html><html><body><p>Welcome to our paper!</p></body></html>")
    elif kind == "hang":
        await asyncio.sleep(600)
    elif kind in ("moved", "moved-503"):
        place = "/robots-elsewhere" if kind == "moved" else "/status/503"
        await wire.page("", f"Location: {ask.base}{place}", status="302 Found")
    elif kind == "bomb":
        await wire.page(zlib.compress(b" " * (11 << 20)), "Content-Encoding: deflate", kind="text/plain")
    else:
        await wire.page("User-agent: *\nDisallow: /forbidden\n", kind="text/plain")


@route("robots-elsewhere")
async def robots_elsewhere(ask: Ask, wire: Wire) -> None:
    """a robots.txt that allows all, to which another redirects"""
    await wire.page("User-agent: *\nDisallow: /forbidden\n", kind="text/plain")


@route("news")
async def news(ask: Ask, wire: Wire) -> None:
    """/news/7: an article; /news/feed.xml?n=300: an RSS feed of them (&from=1000 begins later)"""
    if ask.rest == "feed.xml":
        first, size = int(ask.options.get("from", 0)), int(ask.options.get("n", 300))
        await _tagged(ask, wire, _feed(ask.base, range(first, first + size)), "application/rss+xml")
    elif ask.rest.isdigit():
        await _tagged(ask, wire, article(int(ask.rest), f"{ask.base}/news/{ask.rest}"), "text/html")
    else:
        await wire.page("<title>Not found</title>", status="404 Not Found")


@route("section")
async def section(ask: Ask, wire: Wire) -> None:
    """/section?n=30: a section page that links to articles"""
    links = "".join(f'<li><a href="/news/{k}">{headline(k)}</a></li>' for k in range(int(ask.options.get("n", 30))))
    await wire.page(f"<!DOCTYPE html><title>News</title><ul class=news>{links}</ul>")


@route("sitemap")
async def sitemap(ask: Ask, wire: Wire) -> None:
    """/sitemap/n.xml?n=500000: a sitemap of n addresses; /sitemap/bomb.xml: billion laughs in one"""
    if ask.rest == "bomb.xml":
        levels = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10))
        text = f'<!DOCTYPE urlset [<!ENTITY l0 "lol">{levels}]><urlset><url><loc>&l9;</loc></url></urlset>'
        await wire.page('<?xml version="1.0"?>' + text, kind="application/xml")
        return
    await wire.head("200 OK", kind="application/xml")
    await wire.raw(b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    size = int(ask.options.get("n", 500_000))
    for start in range(0, size, 10_000):
        urls = (f"<url><loc>{ask.base}/news/{k}</loc></url>" for k in range(start, min(start + 10_000, size)))
        await wire.raw("".join(urls).encode())
    await wire.raw(b"</urlset>")


@route("sitemap-index")
async def sitemap_index(ask: Ask, wire: Wire) -> None:
    """/sitemap-index/1.xml: an index that lists itself, deeper and deeper, two new ones a file"""
    places = (f"<sitemap><loc>{ask.base}/sitemap-index/{ask.rest}/{k}.xml</loc></sitemap>" for k in (1, 2))
    text = '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    await wire.page(f"{text}{''.join(places)}</sitemapindex>", kind="application/xml")


async def _tagged(ask: Ask, wire: Wire, body: str, kind: str) -> None:
    """Send a body with an ETag, or 304 to whoever has it."""
    tag = f'"{zlib.crc32(body.encode()):08x}"'
    if ask.headers.get("if-none-match") == tag:
        await wire.head("304 Not Modified", f"ETag: {tag}", kind="")
    else:
        await wire.page(body, f"ETag: {tag}", kind=kind)


def _feed(base: str, numbers: range) -> str:
    items = "".join(
        f"<item><title>{headline(k)}</title><link>{base}/news/{k}</link>"
        f"<pubDate>{format_datetime(published(k))}</pubDate></item>"
        for k in numbers
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>N</title>{items}</channel></rss>'
