"""What is taken of a listing: the links of the site that look like articles; the others are passed over, with reasons.

A section with a selector is taken at its word: see `discovery`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spiders.addresses import key_of
from spiders.listings.anchors import Candidate, Place, candidates
from spiders.listings.company import A_SECTION
from spiders.listings.likeness import judge
from spiders.listings.listing import is_own
from spiders.listings.shapes import Counts, reading_of
from spiders.listings.traps import sessionless
from spiders.listings.vocabulary import KINDS
from spiders.record import Kind, Link, Passed

MAX_SECTIONS = 8  # of one front page: each is asked for in every run
_PLAYED = "something to listen to: its entry is that of a podcast's episode"
_SESSION = "taken without the number of a session that stands in it"


def page_links(
    page: bytes, url: str, domains: Iterable[str], encoding: str | None, counts: Counts | None
) -> tuple[list[Link], list[Passed]]:
    """Return the links of a page that look like articles of the site, and those that do not.

    Args:
        encoding: the charset of the HTTP header.
        counts: what the site's addresses of each shape turned out to be.
    Raises:
        UnsupportedContentError: it is not HTML.
    """
    return _of_page(own(page, url, domains, encoding), url, counts)


def front_links(
    page: bytes, url: str, domains: Iterable[str], encoding: str | None, counts: Counts | None
) -> tuple[list[Link], list[Passed]]:
    """Do what `page_links` does, and return among the links some section pages, for a site that lists nothing else."""
    told = own(page, url, domains, encoding)
    links, passed = _of_page(told, url, counts)
    menu = {one.url for one in told if one.place in (Place.MENU, Place.HEAD)}
    known = [one.url for one in passed if one.reason.startswith(A_SECTION)]
    named = [one.url for one in passed if one.url in menu and not one.trap and _is_plain(one.url)]
    sections = list(dict.fromkeys(known + named))[:MAX_SECTIONS]
    return links + [Link(section, Kind.SECTION) for section in sections], passed


def own(
    page: bytes, url: str, domains: Iterable[str], encoding: str | None, selector: str | None = None
) -> list[Candidate]:
    """Return the links of a page that are the site's, all or those under a CSS selector: see `candidates`."""
    allowed = tuple(domains)
    return [one for one in candidates(page, url, encoding, selector) if is_own(one.url, allowed)]


def _is_plain(url: str) -> bool:
    """Say whether an address is a name under the site's root, and one that speaks of nothing but news."""
    reading = reading_of(url)
    plain = bool(reading.last) and not (reading.folders or reading.keys or reading.dated or reading.numbered)
    return plain and reading.words <= 1 and reading.last not in KINDS


def entry_choice(
    links: Sequence[Link], counts: Counts | None = None, listed: Kind = Kind.FEED
) -> tuple[list[Link], list[Passed]]:
    """Return the entries of a feed or sitemap without those that are plainly no articles, and those."""
    read = [link for link in links if not link.hints.get("played")]
    told = [Candidate(link.url, link.hints.get("headline", "")) for link in read]
    taken, passed = _judged({link.url: link for link in read}, told, counts, listed)
    return taken, [*passed, *(Passed(link.url, _PLAYED) for link in links if link.hints.get("played"))]


def _of_page(told: Sequence[Candidate], url: str, counts: Counts | None) -> tuple[list[Link], list[Passed]]:
    links, passed = _judged({one.url: Link(one.url) for one in told}, told, counts, Kind.FRONT)
    itself = key_of(url)
    mine = [Passed(link.url, "the listing itself") for link in links if key_of(link.url) == itself]
    return [link for link in links if key_of(link.url) != itself], [*passed, *mine]


def _judged(
    links: dict[str, Link], told: Sequence[Candidate], counts: Counts | None, listed: Kind
) -> tuple[list[Link], list[Passed]]:
    clean: dict[str, Candidate] = {}
    taken: list[Link] = []
    passed: list[Passed] = []
    for one in told:
        url = sessionless(one.url)
        if url != one.url:
            passed.append(Passed(one.url, _SESSION, "trap", taken=True))
            links.setdefault(url, replace(links[one.url], url=url))
        clean.setdefault(key_of(url), replace(one, url=url))
    for verdict in judge(list(clean.values()), counts, listed):
        if verdict.article:
            taken.append(links[verdict.url])
        else:
            passed.append(Passed(verdict.url, verdict.reason, verdict.trap))
    return taken, passed
