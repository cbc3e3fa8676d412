"""Feeds: RSS, Atom, RDF and JSON feeds in, links out, also where a feed is broken in one of the ways that feeds are.

What was broken before the parser is mended by `mending`; here tags that close nothing, and links that stand elsewhere.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from extractors import UnsupportedContentError
from extractors.text import fold
from spiders.addresses import site_of
from spiders.listings.elements import SHOWS, is_episode, is_show, name_of, space_of
from spiders.listings.listing import (
    MAX_HINT,
    is_own,
    own_links,
    refuse_hostile_growth,
    refuse_hostile_type,
    when,
)
from spiders.listings.mending import mended
from spiders.record import Link

_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_ENTRY = frozenset({"item", "entry"})
_ENTRIES = "//*[local-name() = 'item' or local-name() = 'entry']"
_DATES = "pubDate", "published", "issued", "date", "pubdate"  # never `updated`: that is another date
_SUMMARIES = "description", "summary"
# Whose `title` or `description` is a picture's or a show's; prefixes where nobody declares them.
_ASIDE = SHOWS | {"media", "http://search.yahoo.com/mrss/"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_HEAD = 16_384  # bytes in which the root of a document is looked for
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"(?:<\?.*?\?>|<!--.*?-->|<![^>]*>|\s)*+" + _ROOT.pattern, re.IGNORECASE | re.DOTALL)
_JSON = re.compile(rb"\s*+\{.*?\bjsonfeed\.org\\?/version\b", re.DOTALL)
_PAGE = re.compile(rb"(?:<\?.*?\?>|<!--.*?-->|\s)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+/", re.ASCII)  # an address that has lost its scheme

EPISODE = {"played": "1"}  # the hint of an entry that is the episode of a podcast

_Listed = tuple[str, dict[str, str]]  # an address, and what the feed says of it


def feed_links(body: bytes, url: str, domains: Iterable[str], encoding: str | None = None) -> list[Link]:
    """Return the articles a feed lists, in its order, each once, of the given domains only.

    Hints are its title, summary, date and language, as far as it says them, and `EPISODE` for one of a podcast.
    Relative links are relative to the nearest `xml:base`, in RSS without one to the channel's own link, else to the
    feed.

    Args:
        body: the feed as it came.
        url: the feed's own address.
        encoding: the charset of the HTTP header; what the bytes show is believed before it.
    Raises:
        UnsupportedContentError: it is not a feed, is hostile, or has no entries.
    """
    own = tuple(domains)
    text = mended(body, encoding)
    listed = list(_json_entries(text, url, own) if text[:1] in (b"{", b"[") else _xml_entries(text, url, own))
    if not listed:
        raise UnsupportedContentError("the feed has no entries")
    return own_links(listed, url, own)


def is_page(body: bytes) -> bool:
    """Say whether what should be a feed is a web page.

    >>> is_page(b"<!doctype html><title>x</title>"), is_page(b"<rss/>")
    (True, False)
    """
    return bool(_PAGE.match(mended(body[:_HEAD])))


def is_feed(body: bytes) -> bool:
    """Say whether what should be a sitemap or a front page is a feed.

    >>> is_feed(b"<?xml version='1.0'?><!-- x --><rss version='2.0'/>"), is_feed(b"<urlset/>")
    (True, False)
    >>> is_feed(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'), is_feed(b'{"error": 5}')
    (True, False)
    """
    head = body[:_HEAD]
    return bool((_ROOT.search(head) and _FEED.match(mended(head))) or _JSON.match(head))


def whose(body: bytes, url: str, encoding: str | None = None) -> str | None:
    """Return the site of which a feed lists most articles; None where it names none."""
    text = mended(body, encoding)
    listed = _json_entries(text, url, ()) if text[:1] in (b"{", b"[") else _xml_entries(text, url, ())
    sites = Counter(site for address, _ in listed if (site := site_of(_joined(url, address))))
    return next((site for site, _ in sites.most_common(1)), None)


def _xml_entries(text: bytes, url: str, own: tuple[str, ...]) -> Iterator[_Listed]:
    root, broken = _parsed(text, url)
    channel = next((e for e in root if name_of(e) == "channel"), root)
    home = _home(channel, url)
    language, show = _language(root) or _language(channel), is_show(channel)
    for entry in root.xpath(_ENTRIES):
        parts = list(_within(entry) if broken else entry.iterchildren(tag=etree.Element))
        addresses = [_absolute(address, place, url, home, own) for address, place in _addresses(entry, parts)]
        address = next((a for a in addresses if is_own(a, own)), addresses[0] if addresses else "")
        hints = _hints(parts, _language(entry) or _text(parts, ("language",)) or language)
        yield address, hints | EPISODE if is_episode(parts, show=show) else hints


def _parsed(text: bytes, url: str) -> tuple[etree._Element, bool]:
    """Parse without entities, DTDs or network; a feed that needs any of them is not one that we read.

    Returns:
        The root, and whether its tags are in disorder.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text, parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError) as error:
        refuse_hostile_growth(parser.error_log, "feed")
        raise UnsupportedContentError(f"the feed is not XML: {error}") from error
    refuse_hostile_growth(parser.error_log, "feed")
    if root is None or name_of(root).lower() not in _ROOTS:
        raise UnsupportedContentError("the feed is neither RSS nor Atom")
    refuse_hostile_type(root, "feed")
    return root, len(parser.error_log) > 0


def _within(entry: etree._Element) -> Iterator[etree._Element]:
    """Yield all that stands in an entry but not in one inside it: a tag that is not closed swallows what follows."""
    for child in entry.iterchildren(tag=etree.Element):
        if name_of(child) not in _ENTRY:
            yield child
            yield from _within(child)


def _addresses(entry: etree._Element, parts: list[etree._Element]) -> Iterator[tuple[str, etree._Element]]:
    """Yield what may be the article's address and the element it stands in, the likeliest first."""
    links = [e for e in parts if name_of(e) == "link" and e.get("rel", "alternate") == "alternate"]
    links.sort(key=lambda link: "html" not in link.get("type", "html"))
    origins = [e for e in parts if name_of(e) == "origLink"]  # before a proxy counted who reads
    for link in links + origins:
        if address := fold(link.get("href") or link.text or ("" if link.get("rel") else link.tail) or ""):
            yield address, link
    for part in parts:
        text = fold(part.text or "")
        permanent = name_of(part) == "guid" and part.get("isPermaLink", "true").strip().lower() == "true"
        if (permanent and "/" in text) or (name_of(part) == "id" and text.startswith(("http://", "https://"))):
            yield text, part
    if about := entry.get(_RDF_ABOUT):
        yield about.strip(), entry


def _home(channel: etree._Element, url: str) -> str:
    """Return what a channel calls its page, where that is a web address."""
    homes = (fold(e.text or "") for e in channel if name_of(e) == "link")
    return next((home for home in homes if home.startswith(("http://", "https://"))), url)


def _absolute(address: str, place: etree._Element, url: str, home: str, own: tuple[str, ...]) -> str:
    """Resolve an address; what cannot be stays as it is."""
    if _BARE_HOST.match(address) and is_own(f"https://{address}", own):
        return f"https://{address}"
    base = place.base or url
    try:
        return urljoin(home if base == url else base, address) if address else ""
    except ValueError:  # "http://[…"
        return address


def _hints(parts: list[etree._Element], language: str) -> dict[str, str]:
    date = next((d for tag in _DATES for e in parts if name_of(e) == tag and (d := when(e.text))), None)
    published = date.isoformat() if date else ""
    return _said(_text(parts, ("title",)), _text(parts, _SUMMARIES), published, language)


def _said(headline: str, summary: str, published: str, language: str) -> dict[str, str]:
    hints = {"headline": headline, "summary": summary, "published": published, "language": language[:35]}
    return {name: value for name, value in hints.items() if value}


def _text(parts: list[etree._Element], tags: Iterable[str]) -> str:
    """Return the text of the first part of a name that has any."""
    named = (part for tag in tags for part in parts if name_of(part) == tag)
    mine = (part for part in named if space_of(part) not in _ASIDE)
    return next((text for part in mine if (text := _plain("".join(part.itertext())))), "")


def _language(element: etree._Element) -> str:
    told = element.get(_XML_LANG) or next((e.text for e in element if name_of(e) == "language"), None)
    return fold(told or "")


def _plain(raw: str) -> str:
    """Read a text as the HTML that feeds escape into it."""
    raw = raw.strip()[: 4 * MAX_HINT]
    if "<" in raw or "&" in raw:
        raw = str(html.fromstring(f"<div>{fold(raw)}</div>").text_content())
    return fold(raw)[:MAX_HINT]


def _json_entries(text: bytes, url: str, own: tuple[str, ...]) -> Iterator[_Listed]:
    """Read a JSON Feed; of what its members should be, anything may be something else."""
    try:
        feed = json.loads(text)
    except RecursionError as error:
        raise UnsupportedContentError("the feed is hostile: its nesting knows no measure") from error
    except ValueError as error:
        raise UnsupportedContentError(f"the feed is not JSON: {error}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise UnsupportedContentError("the feed is JSON, but no JSON Feed")
    language = _member(feed, "language")
    for item in items:
        if isinstance(item, dict):
            addresses = [a for name in ("url", "id", "external_url") if (a := _member(item, name))]
            mine = (a for a in addresses if is_own(_joined(url, a), own))
            date = when(_member(item, "date_published"))
            hints = _said(
                _plain(_member(item, "title")),
                _plain(_member(item, "summary")),
                date.isoformat() if date else "",
                _member(item, "language") or language,
            )
            yield next(mine, addresses[0] if addresses else ""), hints | EPISODE if _is_played(item) else hints


def _is_played(item: dict[str, Any]) -> bool:
    """Say whether an item of a JSON Feed has something to listen to or watch, and next to nothing to read."""
    attached = item.get("attachments")
    kinds = (
        [_member(one, "mime_type") for one in attached if isinstance(one, dict)] if isinstance(attached, list) else []
    )
    told = _member(item, "content_html") or _member(item, "content_text")
    return any(kind.startswith(("audio/", "video/")) for kind in kinds) and len(told) < MAX_HINT


def _member(of: dict[str, Any], name: str) -> str:
    value = of.get(name)
    return fold(value) if isinstance(value, str) else ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if urlsplit(address).scheme or "/" in address else ""
    except ValueError:
        return ""
