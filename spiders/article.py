"""The spider for whatever a person names: single addresses (`-a url=`, `-a urls=FILE`) or whole sites (`-a site=`).

A site with a twin in `spiders.sites` is crawled by the twin's data; for any other the listings are found, and
remembered for the next run (`spiders.survey`).
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.spiderloader import get_spider_loader

from spiders.addresses import domain_of, is_web
from spiders.lease import Lease
from spiders.listings.listing import Listed, is_own
from spiders.listings.places import sitemaps_in
from spiders.news import NewsSpider
from spiders.outcomes import Outcome
from spiders.record import Kind, Link, Raw, State
from spiders.roster import Roster
from spiders.surfaces.terminal import printable
from spiders.survey import RECENT, Survey, is_unvouched

logger = logging.getLogger(__name__)

_WAYS = "-a url=ADDRESS, -a urls=FILE, -a site=ADDRESS[,ADDRESS…] or -a sites=FILE"


class ArticleSpider(NewsSpider):
    """Fetch the addresses a person gives, and only those; or the articles of the sites a person gives.

    What an earlier list of addresses left undone stays undone; what an earlier run left of the same sites is taken up.
    """

    name = "article"
    resumes: ClassVar[bool] = False

    def __init__(
        self,
        url: str | None = None,
        urls: str | None = None,
        site: str | None = None,
        sites: str | None = None,
        **arguments: str,
    ) -> None:
        super().__init__(**arguments)
        given = {"url": url, "urls": urls, "site": site, "sites": sites}
        told = {name: value for name, value in given.items() if value is not None}
        if len(told) != 1:
            raise UsageError(f"the spider article takes one of {_WAYS}")
        ((way, value),) = told.items()
        file = Path(value) if way in ("urls", "sites") else None
        addresses = _addresses(file) if file else value.split(",") if way == "site" else [value]
        if way in ("site", "sites"):
            addresses = [_front(one.strip()) for one in addresses]
        if wrong := [address for address in addresses if not is_web(address)]:
            where = f" in {file}" if file else ""
            more = f", nor are {len(wrong) - 1} more" if wrong[1:] else ""
            raise UsageError(f"{wrong[0][:200]!r} is not a web address (https://…){where}{more}")
        self._links = [Link(address) for address in addresses] if way in ("url", "urls") else []
        self._fronts = addresses if not self._links else []
        self._survey: Survey | None = None

    def seeds(self) -> list[Link]:
        """Return the addresses that the person gave; for sites, where they list their articles, as far as is known."""
        return self._survey.seeds() if self._survey else self._links

    async def begin(self) -> int:
        """Open the run; of sites, with what earlier runs found, and what they left undone."""
        if not self._fronts:
            return await super().begin()
        self._survey = self._surveyed()
        self.ledger.finds = self._survey.finds
        known = await self.store.remembered(self._survey.sites)
        return await self.store.begin(self.name, self._survey.seeds(known), resume=True, sites=self._survey.sites)

    def scope(self, lease: Lease) -> tuple[str, ...]:
        """Return the domains of the site that a lease belongs to; none for an address that the person gave."""
        return tuple(lease.hints.get("domains", "").split()) if self._survey else ()

    def since(self, lease: Lease) -> datetime | None:
        """Of a sitemap that nobody vouched for, only what is new counts: it may hold all that a site ever wrote."""
        if not is_unvouched(lease):
            return None
        since = self.bounds.since or self.store.now() - RECENT
        return since if isinstance(since, datetime) else datetime.combine(since, time(), UTC)

    async def listed(self, lease: Lease, response: Response) -> Listed:
        """Return what a listing lists; of a front page also where else the site lists its articles."""
        listing = await super().listed(lease, response)
        if self._survey is None:
            return listing
        sitemaps = await self._sitemaps(lease.url, response.url) if lease.kind is Kind.FRONT else []
        return replace(listing, links=self._survey.placed(lease, listing.links, sitemaps))

    async def _settle(self, lease: Lease, outcome: Outcome, raw: Raw | None, *more: Any, **told: Any) -> bool:
        if is_unvouched(lease) and outcome.state is State.FAILED and not (outcome.passing or outcome.retry_in):
            outcome = replace(outcome, state=State.EXCLUDED)  # the site, or we, were wrong about it: no failure
        return await super()._settle(lease, outcome, raw, *more, **told)

    async def _sitemaps(self, *fronts: str) -> list[Link]:
        """Return what the robots.txt of a front page's hosts names: each was read before the page was asked for."""
        found: dict[str, Link] = {}
        for address in dict.fromkeys(urljoin(front, "/robots.txt") for front in fronts):
            notice = await self.store.notice(address)
            if notice and notice.status == 200:
                found |= {link.url: link for link in sitemaps_in(notice.body, address)}
        return list(found.values())

    def _surveyed(self) -> Survey:
        """Look up which of the sites have a spider of their own."""
        survey = Survey()
        loader = get_spider_loader(self.crawler.settings)
        spiders = [loader.load(name) for name in loader.list()]
        twins = [spider for spider in spiders if issubclass(spider, NewsSpider) and spider.listings()]
        for front in self._fronts:
            if twin := next((twin for twin in twins if is_own(front, twin.domains)), None):
                survey.add_told(str(twin.name), twin.domains, twin.listings())
                continue
            survey.add(front)
            name = domain_of(front).replace(".", "_")  # files are named after their domains
            if isinstance(loader, Roster) and (why := loader.broken.get(name)):
                logger.warning("%s", printable(f"{front}: {why}; what the site itself announces is taken"))
        return survey


def _addresses(path: Path) -> list[str]:
    """Read a list of addresses: one a line, blank lines and lines that begin with # left out."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"the file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"the file {path} is not text in UTF-8") from error
    addresses = [line for raw in lines if (line := raw.strip()) and not line.startswith("#")]
    if not addresses:
        raise UsageError(f"the file {path} lists no address")
    return addresses


def _front(site: str) -> str:
    """Return the address of a site's front page: a person may name its host alone."""
    address = site if "://" in site else f"https://{site}"
    return address if "/" in address.partition("://")[2] else f"{address}/"
