"""Where a site may list its articles: what its robots.txt names, what its front page announces, the usual places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

from extractors.charset import utf8
from extractors.page import Page
from extractors.text import fold
from spiders.addresses import domain_of
from spiders.listings.listing import MAX_URL
from spiders.listings.sitemaps import period
from spiders.record import Kind, Link

MAX_ANNOUNCED = 20  # feeds or sitemaps of one site: more are those of its sections, and of everything else it has

_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/rss+xml"}
)
_MAYBE = frozenset({"application/json", "application/xml", "text/xml"})  # of a feed, where the address says so too
_LIKE_FEED = re.compile(r"rss|atom|feed|rdf", re.IGNORECASE)
_COMMENTS = re.compile(r"[/=]comments?(?:[/_.-]|$)|\bcomments?\b(?= (?:feed|rss))", re.IGNORECASE)
_LABEL = 20  # characters of a link that is called after what it leads to
_NEWS = re.compile(r"news", re.IGNORECASE)
_SITEMAP = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
# Where content systems put them; asked once, and only for a site that announces nothing.
_USUAL = (
    (Kind.FEED, ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")),
    (Kind.SITEMAP, ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")),
)


def sitemaps_in(robots: bytes, url: str) -> list[Link]:
    """Return the sitemaps that a robots.txt names, those of news first, the latest before the oldest.

    Args:
        url: the address of the robots.txt.

    >>> [link.url for link in sitemaps_in(b"Sitemap: /all.xml\\nsitemap:/news.xml", "https://a.example/robots.txt")]
    ['https://a.example/news.xml', 'https://a.example/all.xml']
    >>> years = b"".join(b"Sitemap: /map-%d.xml\\n" % year for year in range(1999, 2027))
    >>> [link.url for link in sitemaps_in(years, "https://a.example/robots.txt")][:2]
    ['https://a.example/map-2026.xml', 'https://a.example/map-2025.xml']
    """
    named = (match.decode("utf-8", "replace") for match in _SITEMAP.findall(utf8(robots)))
    found = _distinct(((address, Kind.SITEMAP) for address in named), url)
    return sorted(found, key=lambda link: (not is_news(link.url), _age(link.url)))[:MAX_ANNOUNCED]


def announced(page: Page) -> list[Link]:
    """Return the feeds and sitemaps that a page announces in `link` elements; those of comments are none.

    Where none is a feed, those count that it links to as such.
    """
    links = page.tree.css("link[href]")
    base = next((node.attributes.get("href") for node in page.tree.css("base[href]")), None)
    listed = []
    for link in links:
        told = link.attributes
        rel = (told.get("rel") or "").lower().split()
        address, kind = told.get("href") or "", fold(told.get("type") or "").lower().partition(";")[0]
        if "sitemap" in rel:
            listed.append((address, Kind.SITEMAP))
        elif "alternate" in rel and _is_feed(kind, address, told.get("title") or ""):
            listed.append((address, Kind.FEED))
    at = _joined(page.url, base or "") or page.url
    if Kind.FEED not in (kind for _, kind in listed):
        named = ((node.attributes.get("href") or "", node.text(strip=True)) for node in page.tree.css("a[href]"))
        listed += [(href, Kind.FEED) for href, text in named if _is_linked_feed(href, text) and _is_same(at, href)]
    return _distinct(listed, at)[:MAX_ANNOUNCED]


def usual_places(url: str) -> list[Link]:
    """Return where a site's feeds and sitemaps stand if it does not say so."""
    return [Link(urljoin(url, place), kind) for kind, places in _USUAL for place in places]


def is_news(url: str) -> bool:
    """Say whether a sitemap calls itself one of news.

    >>> is_news("https://news.example/sitemap.xml"), is_news("https://a.example/sitemap_news.xml")
    (False, True)
    """
    parts = urlsplit(url)
    return bool(_NEWS.search(f"{parts.path}?{parts.query}"))


def _age(url: str) -> timedelta:
    """Return how long before the end of time what a sitemap holds ends, by its name; one without a date has no end."""
    return date.max - (period(url) or date.max)


def _is_feed(kind: str, address: str, title: str) -> bool:
    told = kind in _FEEDS or (kind in _MAYBE and _LIKE_FEED.search(address))
    return bool(told) and not _COMMENTS.search(address) and not _COMMENTS.search(title)


def _is_linked_feed(address: str, text: str) -> bool:
    """Say whether a link leads to a feed: a file of one, or a folder of that name where its text says so as well."""
    path = address.partition("?")[0].rstrip("/").lower()
    named = path.endswith((".rss", ".atom", ".rdf")) or (path.endswith(".xml") and _LIKE_FEED.search(path))
    said = path.endswith(("/feed", "/rss", "/atom")) and _LIKE_FEED.search(text) and len(text) <= _LABEL
    return bool(named or said) and not _COMMENTS.search(address) and not _COMMENTS.search(text)


def _is_same(page: str, address: str) -> bool:
    """Say whether an address is of a page's site."""
    url = _joined(page, address)
    return bool(url) and domain_of(url) == domain_of(page)


def _distinct(listed: Iterable[tuple[str, Kind]], base: str) -> list[Link]:
    links: dict[str, Link] = {}
    for address, kind in listed:
        if url := _joined(base, address):
            links.setdefault(url, Link(url, kind))
    return list(links.values())


def _joined(base: str, address: str) -> str:
    """Return the address of the web that a page means, "" for what is none."""
    try:
        url = urljoin(base, fold(address))
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname and len(url) <= MAX_URL else ""
