"""WARC files that others wrote, read as responses: warcio's, Common Crawl's, wget's. Writing one is `exports.warc`.

An archive is a stranger's file. The lengths that it states, bodies that unpack to gigabytes and headers without end
are held to the limits of a download; what is cut short or damaged is told and never taken for a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from w3lib.url import safe_url_string

from spiders.addresses import is_web
from spiders.archives.blocks import Block, DamageError, agrees, response_blocks
from spiders.archives.messages import MAX_HEAD, Headers, no_page, plain, response
from spiders.errors import ArchiveError
from spiders.network.answers import BrokenAnswerError, RefusedAnswerError
from spiders.record import Raw
from spiders.settings import DOWNLOAD_MAXSIZE
from spiders.surfaces.values import text

MAX_URL = 2083  # the longest address that browsers agree on
MAX_TOLD = 50  # damages told one by one; all are counted


class Archive:
    """The pages of a WARC file (plain, gzip or zstd), in its order, read one at a time as they are asked for.

    A page is a response with status 200 that is HTML. Other responses are counted in `passed_over`, by reason, and
    so are records of other kinds that may hold one. Pages that are cut short or damaged are counted in `damaged`, the
    first of them told in `damages`, and reading goes on behind them. All three are complete when the iteration ends,
    and begin anew with the next.

    Args:
        limit: bytes of a body, packed or not.
    Raises:
        ArchiveError: while iterating: the file cannot be read, or is no WARC file.
    """

    def __init__(self, path: Path | str, *, limit: int = DOWNLOAD_MAXSIZE) -> None:
        self.path = Path(path)
        self.passed_over: Counter[str] = Counter()
        self.damages: list[str] = []
        self.damaged = 0
        self._limit = limit

    def __iter__(self) -> Iterator[Raw]:
        """Yield the pages."""
        self.passed_over.clear()
        self.damages, self.damaged = [], 0
        with self._named():
            for block in response_blocks(self.path, self._limit + MAX_HEAD, self._note):
                if raw := self._page(block):
                    yield raw

    def check(self) -> None:
        """Look at the first record only: raise at once what iterating would raise later.

        Raises:
            ArchiveError: the file cannot be read, or is no WARC file.
        """
        with self._named(), suppress(StopIteration):
            next(response_blocks(self.path, 0, lambda _: None))

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each damage that is told, and for what was passed over."""
        yield from (f"{self.path}: {damage}" for damage in self.damages)
        if more := self.damaged - len(self.damages):
            yield f"{self.path}: … and {more} more damaged pages"
        if self.passed_over:
            why = ", ".join(f"{count} {reason}" for reason, count in self.passed_over.most_common())
            yield f"{self.path}: passed over: {why}"

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Name the file in what goes wrong."""
        try:
            yield
        except EOFError as error:
            raise ArchiveError(f"the file {self.path} is no WARC archive") from error
        except OSError as error:
            raise ArchiveError(f"the archive {self.path} cannot be read: {error.strerror or error}") from error

    def _page(self, block: Block) -> Raw | None:
        why: str | None
        if not (url := _web_address(block.url)):
            if block.kind != "response":  # what a crawler notes for itself
                return None
            why = "not of the web"
        elif block.kind != "response":
            why = f"of the kind “{block.kind}”"
        elif block.content is None:
            why = "too large"
        else:
            try:
                status, headers, body = response(block.content)
                if not (why := no_page(status, headers, body)):
                    return self._raw(block, url, status, headers, body)
            except (DamageError, BrokenAnswerError, RefusedAnswerError) as damage:
                self._note(f"{block.url}: {damage}")
                return None
        self.passed_over[why] += 1
        return None

    def _raw(self, block: Block, url: str, status: int, headers: Headers, body: bytes) -> Raw:
        if why := block.headers.get("WARC-Truncated"):
            raise DamageError(f"it was cut short when it was archived ({text(why)[:40]})")
        if agrees(block) is False:
            raise DamageError(f"it does not agree with its digest (at byte {block.at} of the file)")
        headers, body = plain(headers, body, self._limit)
        kept = tuple((name, text(value)) for name, value in headers if name.lower() != "set-cookie")
        when = _fetched(block.headers.get("WARC-Date") or "")
        return Raw(url, status, kept, body, when, _server(block.headers.get("WARC-IP-Address") or ""))

    def _note(self, damage: str) -> None:
        self.damaged += 1
        if len(self.damages) < MAX_TOLD:
            self.damages.append(damage)


def _web_address(told: str) -> str | None:
    """Return an address as a crawl would ask for it, with nothing in it that steers a terminal; None for no address."""
    if len(told) > MAX_URL:
        return None
    try:
        url = safe_url_string(told)
    except ValueError:  # "http://[…"
        return None
    return url if url.isascii() and is_web(url) else None  # a host of other letters is one that there cannot be


def _fetched(date: str) -> datetime:
    try:
        when = datetime.fromisoformat(date.strip())
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise DamageError(f"it has no time: its WARC-Date is {text(date)[:40]!r}") from error


def _server(address: str) -> str | None:
    try:
        return str(ip_address(address.strip()))
    except ValueError:
        return None
