"""`scrapy record URL [URL…]`: a recording of each page, and beside it the empty expectation that a reader fills in.

How recordings are played and written is the business of `spiders.cassettes` and `spiders.recordings.tapes`; this file
holds the command, the names it gives, and the spider that asks for the pages with the manners of every other crawl.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import UsageError
from scrapy.http import Response

from spiders.addresses import is_web
from spiders.surfaces.filenames import digest, file_name, slug
from spiders.surfaces.terminal import told
from spiders.verbs.verb import Verb

_SLUG_LENGTH = 48
SKELETON: dict[str, Any] = {
    "read": None,  # who has read the page, and when; the tests fail until somebody has
    "template": None,
    "headline": None,
    "standfirst": None,
    "authors": [],
    "published": None,
    "body": [],
    "removed": [],
    "images": [],
}


class Command(Verb):
    """`scrapy record`: exit status 0, 2 for usage, 4 for what cannot be written or is unsafe, 10 for a failed page."""

    takes = 1, sys.maxsize
    operands = "the addresses of one page or more"
    usage = "URL [URL ...] [options]"
    short = "Record pages as cassettes, each with an empty expectation beside it"
    long = (
        "Writes a recording of each page, with its redirects and its host's robots.txt, and beside it the JSON of "
        "what it must give, which a person fills in and signs (docs/sites.md). Secrets are taken out. Exit status "
        "0, 2 what you gave, 4 a recording cannot be written, 10 a page could not be fetched."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--from", dest="page", metavar="FILE", help="the page, saved from a browser; no network")
        parser.add_argument(
            "--into", default="cassettes", metavar="DIR", help="folder to write to (default: cassettes)"
        )
        parser.add_argument("--again", action="store_true", help="replace a recording of today")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Record the pages."""
        from spiders.status import ExitStatus

        targets = plan(args, Path(opts.into), again=opts.again)
        failures = save_page(targets, Path(opts.page)) if opts.page else self._crawl(targets)
        for url, why in failures.items():
            self.say(f"{url} was not recorded: {why}")
        self.exitcode = ExitStatus.INCOMPLETE if failures else ExitStatus.OK

    def _crawl(self, targets: dict[str, Path]) -> dict[str, str]:
        """Fetch every page in one crawl, write a recording for each, and return why others failed, by address."""
        from tempfile import TemporaryDirectory

        from scrapy.crawler import AsyncCrawlerProcess

        from spiders.extensions.sentinel import fault_of

        assert self.settings is not None  # Scrapy sets them before it calls run()
        if (self.settings.getpriority("LOG_LEVEL") or 0) < 40:  # unless -L or -s asks for more
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        chains: dict[str, list[str]] = {}
        failures = dict.fromkeys(targets, "the crawl was stopped")
        with TemporaryDirectory() as folder:
            tape = Path(folder) / "crawl.yaml"
            self.settings.setdict({"CASSETTE": str(tape), "CASSETTE_MODE": "once"}, priority="cmdline")
            process = AsyncCrawlerProcess(self.settings)
            crawler = process.create_crawler(PageSpider)
            task = process.crawl(crawler, chains=chains, failures=failures)
            process.start()
            if task.done() and not task.cancelled() and (error := task.exception() or fault_of(crawler)):
                raise error
            for url, chain in chains.items():
                save_chain(targets[url], chain, tape)
        return failures


class PageSpider(Spider):
    """Asks for each address of `failures`; one that answers moves to `chains`, with its redirects."""

    name = "record"
    chains: dict[str, list[str]]
    failures: dict[str, str]

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every address."""
        for url in list(self.failures):
            yield Request(url, errback=self.failed, cb_kwargs={"asked": url}, dont_filter=True)

    def parse(self, response: Response, **kwargs: Any) -> None:
        """Note by which addresses the page was reached; the handler has recorded it."""
        del self.failures[kwargs["asked"]]
        self.chains[kwargs["asked"]] = [*response.meta.get("redirect_urls", []), response.url]
        print(told(f"fetched {response.url}"), file=sys.stderr)  # a page a second at most: show that it goes on

    def failed(self, failure: Any) -> None:
        """Say why a page did not come."""
        from spiders.outcomes import outcome_of

        url = failure.request.cb_kwargs["asked"]
        self.failures[url] = outcome_of(failure.value, url, fetched=False).reason or "no reason given"


def plan(urls: Iterable[str], folder: Path, *, again: bool = False) -> dict[str, Path]:
    """Say which file each address is recorded to.

    Raises:
        UsageError: one is no address, or it was recorded today and `again` is not asked for.
    """
    today = datetime.now(UTC).date()
    targets = {address(url): folder / tape_name(address(url), today) for url in urls}
    for url, path in targets.items():
        if path.exists() and not again:
            raise UsageError(f"{url} is recorded in {path} already; --again replaces it")
    return targets


def address(text: str) -> str:
    """Return an address as it is asked for.

    Raises:
        UsageError: `text` is not the address of a web page.
    """
    if is_web(text):
        return Request(text).url
    raise UsageError(f"{text[:200]!r} is not a web address")


def tape_name(url: str, day: date) -> Path:
    """Name the recording of an address: domain, date, words of the path, and a hash that tells it from the others.

    >>> tape_name("https://www.news.example/world/Sea-Wall%20opens.html?page=2", date(2026, 11, 22)).as_posix()
    'news.example/2026-11-22-sea-wall-opens-fc2cfd4e.yaml'
    """
    from w3lib.url import canonicalize_url

    from spiders.surfaces.scrubbing import scrub_url

    url = scrub_url(urldefrag(url).url)
    parts = urlsplit(url)
    domain = (parts.hostname or "").rstrip(".").removeprefix("www.")
    last = re.sub(r"\.\w{2,5}$", "", parts.path.rstrip("/").rpartition("/")[2])
    words = slug(unquote(last), _SLUG_LENGTH) or "page"
    return Path(file_name(domain)) / f"{day.isoformat()}-{words}-{digest(canonicalize_url(url))}.yaml"


def save_page(targets: dict[str, Path], page: Path) -> dict[str, str]:
    """Write the recording of an address from a page saved in a browser.

    Its charset is not claimed: a browser saves the page's own bytes, and reading them is the business of `extractors`.

    Raises:
        UsageError: there is more than one address, or the file cannot be read or is no page.
    """
    from scrapy.http import TextResponse
    from scrapy.responsetypes import responsetypes
    from vcr.request import Request as Asked

    from extractors import UnsupportedContentError
    from extractors.formats import refuse_binary

    if len(targets) > 1:
        raise UsageError(f"{page} is one page, but {len(targets)} addresses were given")
    try:
        body = page.read_bytes()
    except OSError as error:
        raise UsageError(f"{page} cannot be read: {error.strerror}") from error
    if not body.strip():
        raise UsageError(f"{page} is empty")
    try:
        refuse_binary(body)
    except UnsupportedContentError as error:
        raise UsageError(f"{page}: {error}") from error
    if not issubclass(responsetypes.from_body(body), TextResponse):
        raise UsageError(f"{page} is not a page but binary data")
    headers = {"Content-Type": ["text/html"], "Content-Length": [str(len(body))]}
    response = {"status": {"code": 200, "message": "OK"}, "headers": headers, "body": {"string": body}}
    for url, path in targets.items():
        save(path, [Asked("GET", urldefrag(url).url, None, {})], [response], url)
    return {}


def save_chain(path: Path, chain: list[str], tape: Path) -> None:
    """Write one page of a crawl's tape, with the redirects before it and the side files of its hosts."""
    from spiders.cassettes import SIDE_FILES
    from spiders.recordings import tapes
    from spiders.surfaces.scrubbing import scrub_url

    led_through = {scrub_url(urldefrag(url).url) for url in chain}
    hosts = {urlsplit(url).netloc for url in led_through}
    requests, responses = tapes.read(tape)
    pairs = [
        (request, response)
        for request, response in zip(requests, responses, strict=True)
        if request.uri in led_through
        or (urlsplit(request.uri).path in SIDE_FILES and urlsplit(request.uri).netloc in hosts)
    ]
    save(path, [request for request, _ in pairs], [response for _, response in pairs], chain[-1])


def save(path: Path, requests: list[Any], responses: list[dict[str, Any]], url: str) -> None:
    """Write a recording and, unless there is one, the expectation of `url`; say what was written."""
    from spiders.recordings import tapes
    from spiders.recordings.redaction import scrub_request
    from spiders.surfaces.scrubbing import scrub_url

    tapes.write(path, [scrub_request(request) for request in requests], responses)
    print(f"wrote {path}")
    beside = path.with_suffix(".json")
    if not beside.exists():
        expected = {scrub_url(urldefrag(url).url): SKELETON}
        tapes.write_text(beside, json.dumps(expected, ensure_ascii=False, indent=2) + "\n")
        print(f"wrote {beside}: read the page, fill it in, and sign it in “read”")
