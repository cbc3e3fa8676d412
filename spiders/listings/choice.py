"""What is taken of a listing: the links of the site that look like articles; the others are passed over, with reasons.

A section with a selector is taken at its word: see `discovery`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spiders.listings.anchors import Candidate, candidates
from spiders.listings.likeness import Counts, judge
from spiders.listings.listing import is_of
from spiders.record import Kind, Link, Passed


def page_links(
    page: bytes, url: str, domains: Iterable[str], encoding: str | None = None, counts: Counts | None = None
) -> tuple[list[Link], list[Passed]]:
    """Return the links of a front or section page that look like articles of the site, and those that do not.

    Args:
        encoding: the charset of the HTTP header.
        counts: what the site's addresses of each shape turned out to be.
    Raises:
        UnsupportedContentError: it is not HTML.
    """
    allowed = tuple(domains)
    own = [one for one in candidates(page, url, encoding) if is_of(one.url, allowed)]
    links, passed = [], []
    for verdict in judge(own, counts):
        if verdict.article:
            links.append(Link(verdict.url))
        else:
            passed.append(Passed(verdict.url, verdict.reason, verdict.trap))
    return links, passed


def feed_choice(links: Sequence[Link], counts: Counts | None = None) -> tuple[list[Link], list[Passed]]:
    """Return the entries of a feed without those that are plainly no articles, and those."""
    told = [Candidate(link.url, link.hints.get("headline", "")) for link in links]
    verdicts = judge(told, counts, Kind.FEED)
    taken = [link for link, verdict in zip(links, verdicts, strict=True) if verdict.article]
    return taken, [Passed(v.url, v.reason, v.trap) for v in verdicts if not v.article]
