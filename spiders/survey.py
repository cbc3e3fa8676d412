"""How the sites that a person names are crawled: by the data of a site's twin, else by what the site itself tells.

What was found is a link of the frontier like any other; its hints say of which site it is (`domains`) and that nobody
has vouched for it (`found`), so that a feed that is announced and does not exist is no failure. Pure: it is `article`
that fetches, and asks the store what it remembers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from spiders.addresses import domain_of, key_of
from spiders.lease import Lease
from spiders.listings.places import is_news, usual_places
from spiders.record import Kind, Link, State
from spiders.surfaces.terminal import counted

RECENT = timedelta(days=2)  # how old an entry of a sitemap that was found may be where nobody says since when

_ORDER = {Kind.FEED: 0, Kind.SITEMAP: 1, Kind.SECTION: 2}
_NAMES = {"feed": "feed", "news": "news sitemap", "sitemap": "sitemap", "section": "section page"}


@dataclass(slots=True)
class Finds:
    """What is known of where one site lists its articles; `told` is the spider whose data say so."""

    domain: str
    told: str | None = None
    links: int | None = None  # articles on its front page, as far as that was read
    listings: dict[str, str] = field(default_factory=dict)  # the form of an address -> a key of `_NAMES`
    tried: bool = False  # the usual places

    def add(self, link: Link) -> None:
        """Count a listing, once."""
        name = "news" if link.kind is Kind.SITEMAP and is_news(link.url) else str(link.kind)
        if name in _NAMES:
            self.listings[key_of(link.url)] = name

    def sentence(self) -> str:
        """Return the line that a person reads.

        >>> Finds("news.example", links=43, listings={"a": "feed", "b": "feed", "c": "news"}).sentence()
        'news.example: 2 feeds, 1 news sitemap, 43 links on the front page'
        """
        counts = [(sum(name == one for one in self.listings.values()), told) for name, told in _NAMES.items()]
        if self.links is not None:
            counts.append((self.links, "link"))
        parts = [counted(n, told) for n, told in counts if n or told == "link"]
        line = f"{self.domain}: {', '.join(parts) or 'nothing found'}"
        if self.links is not None:
            line += " on the front page"
        return f"{line} (as the spider {self.told} says)" if self.told else line


class Survey:
    """The sites of one run. A site goes by its domains, as its links have them in their hints."""

    def __init__(self) -> None:
        self.finds: dict[str, Finds] = {}
        self._seeds: list[Link] = []

    @property
    def sites(self) -> list[str]:
        """The sites, each once."""
        return list(self.finds)

    def add(self, front: str) -> None:
        """Take up the site of which a person gives the front page."""
        domain = domain_of(front)
        self.finds.setdefault(domain, Finds(domain))
        self._seeds.append(_of(Link(front, Kind.FRONT), domain))

    def add_told(self, spider: str, domains: Sequence[str], listings: Iterable[Link]) -> None:
        """Take up a site of which a spider's data tell where it lists its articles."""
        site = " ".join(domains)
        if site not in self.finds:
            finds = self.finds[site] = Finds(domains[0], spider)
            for link in listings:
                finds.add(link)
                self._seeds.append(_of(link, site))

    def seeds(self, known: Iterable[tuple[Link, State]] = ()) -> list[Link]:
        """Return what the run begins with: what is `known` from earlier runs, then what was taken up.

        Listings come before front pages: what they say of an article travels with it.
        """
        seeds = []
        for link, state in known:
            finds = self.finds.get(link.hints.get("domains", ""))
            if finds is None or finds.told:
                continue
            finds.tried = finds.tried or "guess" in link.hints
            if state is State.DONE:
                finds.add(link)
            if state is not State.EXCLUDED:
                seeds.append(link)
        return seeds + self._seeds

    def placed(self, lease: Lease, links: Sequence[Link], sitemaps: Sequence[Link]) -> list[Link]:
        """Return what a listing lists as links of its site, and of a front page what else it leads to.

        Args:
            sitemaps: those that the robots.txt of a front page's host names.
        """
        site = lease.hints.get("domains", "")
        finds = self.finds[site]
        if lease.kind is Kind.FRONT:
            finds.links = (finds.links or 0) + sum(link.kind is Kind.ARTICLE for link in links)
            links = self._around(lease, links, sitemaps, finds)
        elif links and "guess" in lease.hints:
            finds.add(Link(lease.url, lease.kind))
        for link in links if lease.kind is Kind.FEED else ():  # a page that leads to feeds
            if link.kind is Kind.FEED:
                finds.add(link)
        told = {name: lease.hints[name] for name in ("found",) if name in lease.hints}
        return [_of(link, site, **(told if link.kind is not Kind.ARTICLE else {})) for link in links]

    def _around(self, lease: Lease, links: Sequence[Link], sitemaps: Sequence[Link], finds: Finds) -> list[Link]:
        """Put where else a site lists its articles before what its front page shows.

        Where it says nothing of that, the usual places are tried, once, and its section pages read.
        """
        articles = [link for link in links if link.kind is Kind.ARTICLE]
        listings = [link for link in (*links, *sitemaps) if link.kind in (Kind.FEED, Kind.SITEMAP)]
        told = {"found": "1"}
        if not listings and not finds.listings:
            if not finds.tried:
                told, listings = told | {"guess": "1"}, usual_places(lease.url)
                finds.tried = True
            listings += [link for link in links if link.kind is Kind.SECTION]
        for link in listings:
            if "guess" not in told or link.kind is Kind.SECTION:
                finds.add(link)
        listings.sort(key=lambda link: (_ORDER[link.kind], not is_news(link.url)))
        return [*(replace(link, hints={**link.hints, **told}) for link in listings), *articles]


def is_unvouched(lease: Lease) -> bool:
    """Say whether a listing is one that nobody has vouched for: a site announced it, or it was guessed."""
    return "found" in lease.hints and lease.kind is not Kind.ARTICLE


def _of(link: Link, site: str, **more: str) -> Link:
    return replace(link, hints={**link.hints, **more, "domains": site})
