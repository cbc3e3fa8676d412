"""How many sitemaps a run asks of one host: an index that makes another of itself for each that is read has no end."""

from __future__ import annotations

from dataclasses import replace

from spiders.addresses import host_of, key_of
from spiders.listings.listing import Listed
from spiders.listings.sitemaps import MAX_SITEMAPS
from spiders.record import Kind, Passed


class Quota:
    """The sitemaps that were listed in one run, by host; how deep their indexes may nest is `sitemaps.MAX_DEPTH`."""

    def __init__(self) -> None:
        self._listed: dict[str, set[str]] = {}

    def kept(self, listing: Listed) -> Listed:
        """Return a listing without the sitemaps that are too many for their hosts: those are passed over."""
        links, passed = [], []
        for link in listing.links:
            listed = self._listed.setdefault(host_of(link.url), set()) if link.kind is Kind.SITEMAP else None
            if listed is None:
                links.append(link)
            elif (key := key_of(link.url)) in listed or len(listed) < MAX_SITEMAPS:
                listed.add(key)
                links.append(link)
            else:
                passed.append(Passed(link.url, f"more than {MAX_SITEMAPS:,} sitemaps of one host", "sitemaps"))
        return replace(listing, links=links, passed=[*listing.passed, *passed]) if passed else listing
