"""robots.txt, obeyed also when it cannot be had: a server in trouble has not said yes."""

from __future__ import annotations

from itertools import islice
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.internet.defer import Deferred

from spiders.network.guard import AddressRefusedError

MAX_BYTES = 500 * 1024  # of robots.txt that count: what RFC 9309 asks for at least; parsing more blocks the crawl
MAX_HOSTS = 1000  # whose rules are remembered at a time
_NOTHING = b"User-agent: *\nDisallow: /\n"


class RobotsRefusedError(IgnoreRequest):
    """robots.txt forbids the address."""


class RobotsUnavailableError(IgnoreRequest):
    """robots.txt could not be fetched; the address may be tried another time. `cause` is an error or a status."""

    def __init__(self, cause: Exception | int) -> None:
        self.cause = cause
        super().__init__("robots.txt could not be had")


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, which crawls on when robots.txt answers 5xx, 429 or not at all; this one does not."""

    def __init__(self, crawler: object) -> None:
        super().__init__(crawler)  # type: ignore[arg-type]
        self._unavailable: dict[str, Exception | int] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Refuse what robots.txt forbids, and say apart what it could not be asked about."""
        try:
            await super().process_request(request)
        except IgnoreRequest:
            if cause := self._unavailable.get(urlsplit(request.url).netloc):
                raise RobotsUnavailableError(cause) from None
            raise RobotsRefusedError("forbidden by robots.txt") from None

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the host, to all who waited for them: Scrapy gives them to the first one only."""
        await super().robot_parser(request)
        parser = self._parsers[urlsplit(request.url).netloc]
        self._let_go()
        return parser  # type: ignore[return-value]

    def process_response(self, request: Request, response: Response) -> Response:
        """Put a robots.txt that allows nothing in the place of an answer that says nothing."""
        if not _is_robots(request):
            return response
        if response.status == 429 or response.status >= 500:
            return self._instead(request, response.status)
        if len(response.body) > MAX_BYTES:
            return response.replace(body=response.body[:MAX_BYTES].rpartition(b"\n")[0])
        return response

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """Do the same where there was no answer."""
        if _is_robots(request) and not isinstance(exception, AddressRefusedError):
            return self._instead(request, exception)
        return None

    def _let_go(self) -> None:
        """Forget the rules of the hosts that came first, but none that somebody waits for."""
        if (many := len(self._parsers) - MAX_HOSTS) > 0:
            known = (host for host, parser in self._parsers.items() if not isinstance(parser, Deferred))
            for host in list(islice(known, many)):
                del self._parsers[host]
                self._unavailable.pop(host, None)

    def _instead(self, request: Request, cause: Exception | int) -> Response:
        first = request.meta.get("redirect_urls", [request.url])[0]
        self._unavailable[urlsplit(first).netloc] = cause
        return Response(request.url, body=_NOTHING, request=request)


def _is_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))  # Scrapy's own mark; it stays on redirects, the path does not
