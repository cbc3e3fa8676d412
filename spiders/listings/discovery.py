"""What a listing lists: feeds (RSS, Atom, RDF), section pages and sitemaps in, links out.

Fetching and storing them is `news`; sitemaps have a room of their own, and what all listings share is `listing`.
"""

from __future__ import annotations

from collections.abc import Iterable

from cssselect import SelectorError
from lxml import etree, html

from extractors import SiteError, UnsupportedContentError
from spiders.listings.listing import (
    MAX_HINT,
    MAX_LINKS,
    Listed,
    children,
    mended,
    own_links,
    refuse_hostile_growth,
    refuse_hostile_type,
    when,
)
from spiders.listings.sitemaps import sitemap_links
from spiders.record import Kind, Link

_ENTRIES = "//*[local-name() = 'item' or local-name() = 'entry']"
_DATES = "pubDate", "published", "issued", "date"  # never `updated`: that is another date
_SUMMARIES = "description", "summary"


def read_listing(
    kind: Kind, body: bytes, url: str, domains: Iterable[str], selector: str | None = None, depth: int = 0
) -> Listed:
    """Return what a listing of any kind lists; `selector` is a section's, `depth` a sitemap's.

    Raises:
        UnsupportedContentError: it is not what its kind says, is hostile, or lists nothing of the site.
        SiteError: the selector is not one.
    """
    if kind is Kind.SITEMAP:
        return sitemap_links(body, url, domains, depth)
    links = (
        section_links(body, url, selector or "a", domains) if kind is Kind.SECTION else feed_links(body, url, domains)
    )
    note = (
        f"{url} lists {len(links):,} addresses; the first {MAX_LINKS:,} are taken" if len(links) > MAX_LINKS else None
    )
    return Listed(links[:MAX_LINKS], note)


def feed_links(body: bytes, url: str, domains: Iterable[str]) -> list[Link]:
    """Return the articles a feed lists, in its order, each once, of the given domains only.

    Args:
        body: the feed as it came; its encoding is in its XML declaration.
        url: the feed's own address; links are relative to it.
    Raises:
        UnsupportedContentError: it is not a feed, is hostile, or has no entries.
    """
    entries = _feed(body).xpath(_ENTRIES)
    if not entries:
        raise UnsupportedContentError("the feed has no entries")
    return own_links(((_address(entry), _hints(entry)) for entry in entries), url, domains)


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
    links = own_links(((a.get("href", ""), {}) for a in anchors), url, domains)
    if not links:
        raise UnsupportedContentError(f"the section page has no link of the site under {selector!r}")
    return links


def _feed(body: bytes) -> etree._Element:
    """Parse without entities, DTDs or network; a feed that needs any of them is not one that we read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(mended(body), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        refuse_hostile_growth(parser.error_log, "feed")
        raise UnsupportedContentError(f"the feed is not XML: {error}") from error
    refuse_hostile_growth(parser.error_log, "feed")
    if root is None or etree.QName(root).localname.lower() not in ("rss", "feed", "rdf"):
        raise UnsupportedContentError("the feed is neither RSS nor Atom")
    refuse_hostile_type(root, "feed")
    return root


def _address(entry: etree._Element) -> str:
    for link in children(entry, "link"):
        if link.get("rel", "alternate") == "alternate" and (address := (link.get("href") or link.text or "").strip()):
            return address
    for guid in children(entry, "guid"):
        if guid.get("isPermaLink", "true") == "true":
            return (guid.text or "").strip()
    return ""


def _hints(entry: etree._Element) -> dict[str, str]:
    hints = {"headline": _text(entry, ("title",)), "summary": _text(entry, _SUMMARIES)}
    date = next((d for tag in _DATES for e in children(entry, tag) if (d := when(e.text))), None)
    return {name: value for name, value in hints.items() if value} | ({"published": date.isoformat()} if date else {})


def _text(entry: etree._Element, tags: Iterable[str]) -> str:
    """Return the first child's text, read as the HTML that feeds escape into it."""
    for tag in tags:
        for element in children(entry, tag):
            raw = "".join(element.itertext()).strip()[: 4 * MAX_HINT]
            if "<" in raw or "&" in raw:
                raw = str(html.fromstring(f"<div>{raw}</div>").text_content())
            if plain := " ".join(raw.split()):
                return plain[:MAX_HINT]
    return ""
