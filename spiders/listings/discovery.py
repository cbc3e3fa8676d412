"""What a listing lists: feeds, section pages and sitemaps in, links out.

Fetching and storing them is `news`; feeds and sitemaps have rooms of their own, what all listings share is `listing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cssselect import SelectorError

from extractors import ExtractionError, NotArticleError, SiteError, UnsupportedContentError, extract
from extractors.page import Page
from spiders.listings.choice import entry_choice, front_links, own, page_links
from spiders.listings.feeds import feed_links, is_feed, is_page, whose
from spiders.listings.listing import MAX_LINKS, Listed
from spiders.listings.places import announced
from spiders.listings.shapes import Counts
from spiders.listings.sitemaps import is_sitemap, sitemap_links
from spiders.record import Kind, Link, Passed


def read_listing(
    kind: Kind,
    body: bytes,
    url: str,
    domains: Iterable[str],
    selector: str | None = None,
    depth: int = 0,
    encoding: str | None = None,
    counts: Counts | None = None,
    since: datetime | None = None,
) -> Listed:
    """Return what a listing of any kind lists; `selector` is a section's, `depth` a sitemap's.

    `encoding` is the charset of the HTTP header, `counts` what the site's addresses turned out to be (`likeness`);
    of a sitemap only what is dated `since` then is taken.

    Raises:
        UnsupportedContentError: it is not what its kind says, is hostile, or lists nothing of the site.
        SiteError: the selector is not one.
    """
    named = kind is Kind.FRONT  # by a person
    if kind in (Kind.SITEMAP, Kind.FRONT) and is_feed(body):
        kind = Kind.FEED  # some sites name their feeds among their sitemaps, some people a feed for a site
    if kind is Kind.SITEMAP or (named and is_sitemap(body)):
        return _of_sitemap(sitemap_links(body, url, domains, depth, encoding, since), counts)
    passed = list[Passed]()
    page = kind is Kind.FRONT or (kind is Kind.FEED and is_page(body))  # a feed that is a page is read as a front page
    if kind is Kind.FEED and not page:
        found = feed_links(body, url, domains, encoding)
        if named and not found and (site := whose(body, url, encoding)):
            raise UnsupportedContentError(f"the feed lists articles of another site: name {site} in its place")
        links, passed = entry_choice(found, counts)
    elif selector:
        links = _of_section(body, url, domains, encoding, selector)
    else:
        choose = front_links if kind is Kind.FRONT else page_links
        links, passed = choose(body, url, domains, encoding, counts)
    if page:
        links = announced(Page.parse(body, url, encoding=encoding)) + links
    if not links and kind is not Kind.FRONT and (page or kind is Kind.SECTION):
        what = "the feed is a web page, which has" if page else "the section page has"
        raise UnsupportedContentError(f"{what} no link that looks like an article of the site")
    note = f"{url} lists {len(links):,} addresses; the first {MAX_LINKS:,} are taken"
    if kind is Kind.FRONT and not links:
        return Listed([], _instead(body, url, encoding), passed)
    return Listed(links[:MAX_LINKS], note if len(links) > MAX_LINKS else None, passed[:MAX_LINKS])


def _instead(body: bytes, url: str, encoding: str | None) -> str | None:
    """Say what stands in the place of a front page that leads nowhere, if that can be told."""
    try:
        extract(body, url, encoding=encoding)
    except NotArticleError as error:
        return (
            None if error.kind == "section front" else f"{url} lists nothing: it is a page of the kind “{error.kind}”"
        )
    except ExtractionError:
        return None
    return None


def _of_sitemap(listing: Listed, counts: Counts | None) -> Listed:
    """Return a sitemap without the entries that are plainly no articles; an index as it is."""
    if any(link.kind is Kind.SITEMAP for link in listing.links):
        return listing
    links, passed = entry_choice(listing.links, counts, Kind.SITEMAP)
    return Listed(links, listing.note, [*listing.passed, *passed])


def _of_section(page: bytes, url: str, domains: Iterable[str], encoding: str | None, selector: str) -> list[Link]:
    """Return the articles that a section page lists under a CSS selector of its `a` elements."""
    try:
        found = own(page, url, domains, encoding, selector)
    except SelectorError as error:
        raise SiteError(f"the selector {selector!r} of the section {url} is not CSS: {error}") from error
    if not found:
        raise UnsupportedContentError(f"the section page has no link of the site under {selector!r}")
    return [Link(one.url) for one in found]
