"""Redirects: where a page may send us, and what we do not carry there."""

from __future__ import annotations

from typing import Self
from urllib.parse import SplitResult, urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from extractors import NotArticleError
from spiders.challenges import landing_of
from spiders.lease import Lease
from spiders.listings.listing import is_own
from spiders.network.guard import AddressRefusedError
from spiders.news import NewsSpider
from spiders.record import Kind
from spiders.rights.clearance import ASKS_FOR_RIGHTS

# What any host may know of us. Whatever else a request carries was meant for the host that it was made for.
_FOR_ALL = frozenset({b"accept", b"accept-encoding", b"accept-language", b"user-agent", b"proxy-authorization"})


class Redirects(RedirectMiddleware):
    """Scrapy's middleware, which follows to any host with all headers but two; this one stays on the spider's site.

    Each hop goes through the URL gate and robots.txt once more; how many there may be is `REDIRECT_MAX_TIMES`.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one; Scrapy's would look for what sets a Referer on each hop, and warn that there is none."""
        redirects = cls(crawler.settings)
        redirects.crawler = crawler
        return redirects

    def process_request(self, request: Request) -> None:
        """Take what was meant for one host from a request that it has led to another, and from one for rules of a host.

        Here and not where the request is made: the headers of the settings are put on each hop anew.
        """
        led = request.meta.get("redirect_urls")
        rules = _is_robots(request) or request.meta.get(ASKS_FOR_RIGHTS)
        if rules or (led and not _same(urlsplit(led[0]), urlsplit(request.url))):
            for name in [name for name in request.headers if name.lower() not in _FOR_ALL]:
                del request.headers[name]

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow, or say why not.

        Raises:
            AddressRefusedError: the redirect leads to what is no web address, back to http, or out of the site.
            NotArticleError: it leads out of the site to a login, a page of consent or a captcha.
        """
        try:
            after = super().process_response(request, response)
        except ValueError:  # "http://[…", "javascript:…"
            raise AddressRefusedError("refused: it redirects to what is no web address") from None
        if isinstance(after, Request):
            if why := self._refusal(request, after):
                if kind := landing_of(after.url, request.url):
                    raise NotArticleError(kind, f"it redirects {why}")
                raise AddressRefusedError(f"refused: it redirects {why}")
        elif 300 <= response.status < 400 and (location := response.headers.get("Location")):
            scheme = urlsplit(urljoin(request.url, location.decode("latin-1"))).scheme
            if scheme not in ("http", "https"):
                raise AddressRefusedError("refused: it redirects to what is no web address")
        return after

    def _refusal(self, request: Request, onward: Request) -> str | None:
        if urlsplit(request.url).scheme == "https" and urlsplit(onward.url).scheme == "http":
            return "from https to http"
        spider = self.crawler.spider
        if _is_robots(request):  # its rules may stand on another host
            return None
        if isinstance(spider, NewsSpider) and (scope := _scope(spider, request)) and not is_own(onward.url, scope):
            return f"out of the site, to {urlsplit(onward.url).hostname}"
        return None


def _is_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))


def _scope(spider: NewsSpider, request: Request) -> set[str]:
    """Return the hosts that a request may be led to: those of its site, and where the site's listings are.

    A listing may stand on a host of its own.
    """
    lease: Lease | None = request.meta.get("lease")
    domains = spider.scope(lease) if lease else spider.domains
    first = lease.url if lease and lease.kind is not Kind.ARTICLE else ""
    hosts = (urlsplit(url).hostname or "" for url in (first, *(link.url for link in spider.listings())) if url)
    return {*domains, *hosts} if domains else set()


def _same(first: SplitResult, second: SplitResult) -> bool:
    """Say whether two addresses are of one host and port; from http to https is the same host, grown up."""
    same_port = _port(first) == _port(second) or (_port(first), _port(second)) == (80, 443)
    return first.hostname == second.hostname and same_port and second.scheme in (first.scheme, "https")


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
