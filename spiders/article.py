"""The spider for one-off addresses of any site: `-a url=ADDRESS`, or `-a urls=FILE` with one address a line."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from spiders.news import NewsSpider
from spiders.record import Link


class ArticleSpider(NewsSpider):
    """Fetch the addresses a person gives, and only those: what an earlier list left undone stays undone."""

    name = "article"
    resumes: ClassVar[bool] = False

    def __init__(self, url: str | None = None, urls: str | None = None, **arguments: str) -> None:
        super().__init__(**arguments)
        if (url is None) == (urls is None):
            raise UsageError("the spider article takes either -a url=ADDRESS or -a urls=FILE")
        addresses = [url] if url is not None else _addresses(Path(str(urls)))
        for address in addresses:
            if not _is_web(address):
                raise UsageError(f"{address!r} is not a web address (https://…)" + (f" in {urls}" if urls else ""))
        self._links = [Link(address) for address in addresses]

    def seeds(self) -> list[Link]:
        """Return the addresses that the person gave."""
        return self._links


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


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in address)
