"""What a listing lists: feeds (RSS, Atom, RDF) and section pages in, links out. Fetching and storing them is `news`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from cssselect import SelectorError
from lxml import etree, html

from extractors import SiteError, UnsupportedContentError
from spiders.record import Kind, Link

MAX_URL = 2083  # the longest address that browsers agree on; longer ones are session dumps and traps
MAX_HINT = 2000  # characters of a headline or summary that travel with a link

_ENTRIES = "//*[local-name() = 'item' or local-name() = 'entry']"
_DATES = "pubDate", "published", "issued", "date"  # never `updated`: that is another date
_SUMMARIES = "description", "summary"


def feed_links(body: bytes, url: str, domains: Iterable[str]) -> list[Link]:
    """Return the articles a feed lists, in its order, each once, of the given domains only.

    Args:
        body: the feed as it came; its encoding is in its XML declaration.
        url: the feed's own address; links are relative to it.
    Raises:
        UnsupportedContentError: it is not a feed, declares entities of its own, or has no entries.
    """
    entries = _feed(body).xpath(_ENTRIES)
    if not entries:
        raise UnsupportedContentError("the feed has no entries")
    return _own(((_address(entry), _hints(entry)) for entry in entries), url, domains)


def section_links(page: bytes, url: str, selector: str, domains: Iterable[str]) -> list[Link]:
    """Return the articles that a section page lists under a CSS selector of its `a` elements.

    Raises:
        UnsupportedContentError: the page is empty, or the selector finds no link of the site.
        SiteError: the selector is not one.
    """
    try:
        anchors = html.document_fromstring(page).cssselect(selector)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnsupportedContentError(f"the section page is not HTML: {error}") from error
    except SelectorError as error:
        raise SiteError(f"the selector {selector!r} of the section {url} is not CSS: {error}") from error
    links = _own(((a.get("href", ""), {}) for a in anchors), url, domains)
    if not links:
        raise UnsupportedContentError(f"the section page has no link of the site under {selector!r}")
    return links


def is_of(url: str, domains: Iterable[str]) -> bool:
    """Say whether an address is a web address of one of the domains or of a host under one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    mine = any(host == domain or host.endswith("." + domain) for domain in domains)
    return parts.scheme in ("http", "https") and mine and len(url) <= MAX_URL


def _feed(body: bytes) -> etree._Element:
    """Parse without entities, DTDs or network; a feed that needs any of them is not one that we read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsupportedContentError(f"the feed is not XML: {error}") from error
    if root is None or etree.QName(root).localname.lower() not in ("rss", "feed", "rdf"):
        raise UnsupportedContentError("the feed is neither RSS nor Atom")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and list(dtd.iterentities()):
        raise UnsupportedContentError("the feed declares entities of its own, as hostile ones do")
    return root


def _address(entry: etree._Element) -> str:
    for link in _children(entry, "link"):
        if link.get("rel", "alternate") == "alternate" and (address := (link.get("href") or link.text or "").strip()):
            return address
    for guid in _children(entry, "guid"):
        if guid.get("isPermaLink", "true") == "true":
            return (guid.text or "").strip()
    return ""


def _hints(entry: etree._Element) -> dict[str, str]:
    hints = {"headline": _text(entry, ("title",)), "summary": _text(entry, _SUMMARIES)}
    when = next((d for tag in _DATES for e in _children(entry, tag) if (d := _when(e.text))), None)
    return {name: value for name, value in hints.items() if value} | ({"published": when.isoformat()} if when else {})


def _children(entry: etree._Element, tag: str) -> Iterator[etree._Element]:
    return (e for e in entry if isinstance(e.tag, str) and etree.QName(e).localname == tag)


def _text(entry: etree._Element, tags: Iterable[str]) -> str:
    """Return the first child's text, read as the HTML that feeds escape into it."""
    for tag in tags:
        for element in _children(entry, tag):
            raw = "".join(element.itertext()).strip()[: 4 * MAX_HINT]
            if "<" in raw or "&" in raw:
                raw = str(html.fromstring(f"<div>{raw}</div>").text_content())
            if plain := " ".join(raw.split()):
                return plain[:MAX_HINT]
    return ""


def _when(value: str | None) -> datetime | date | None:
    """Read an RFC 2822 or ISO 8601 date; one without a zone stays without, one that is neither is no date."""
    value = (value or "").strip()
    if not value or len(value) > 64:
        return None
    if value[:4].isdigit():
        try:
            return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):  # IndexError, TypeError: CPython on "Mon, ", "0 0"
        return None


def _own(listed: Iterable[tuple[str, dict[str, str]]], base: str, domains: Iterable[str]) -> list[Link]:
    """Resolve addresses against the listing's own; keep those of the site, each once."""
    allowed = tuple(domains)
    links: dict[str, Link] = {}
    for address, hints in listed:
        try:
            url = urljoin(base, address) if address else ""
        except ValueError:  # "http://[…"
            continue
        if is_of(url, allowed):
            links.setdefault(url, Link(url, Kind.ARTICLE, hints))
    return list(links.values())
