"""Cookies for the site that needs them (`COOKIES_ENABLED` in its spider), in a number that a server will take back."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

logger = logging.getLogger(__name__)

MAX_COOKIES = 50
MAX_BYTES = 16 * 1024  # of the header with all of them; servers answer 431 to larger ones

# Scrapy's own would fetch the list of public suffixes with the first cookie, past all that guards a crawl.
cookies._split_domain = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)


class Cookies(cookies.CookiesMiddleware):
    """Scrapy's middleware, which keeps whatever it is given; here a bomb of cookies is forgotten, with all the rest."""

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Add the cookies of the site, or none when they have become too many."""
        super().process_request(request)
        header = request.headers.get("Cookie") or b""
        if len(header) > MAX_BYTES or header.count(b"; ") >= MAX_COOKIES:
            del request.headers["Cookie"]
            self.jars.pop(request.meta.get("cookiejar"), None)
            host = urlsplit(request.url).netloc
            logger.warning("%s has set %d KiB of cookies; they are forgotten", host, len(header) // 1024)
