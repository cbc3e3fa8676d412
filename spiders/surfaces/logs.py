"""What reaches a log: no secrets, nothing that moves a cursor, and no line that only looks like one of the log.

It is done to the record and not by a filter of a handler: Scrapy puts up its handler anew when a crawl begins, and a
filter sees no traceback.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from spiders.surfaces.scrubbing import scrub_text
from spiders.surfaces.terminal import printable

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_INDENT = "\n    "  # before what follows the first line: a page cannot forge an entry of the log


class CleanRecord(logging.LogRecord):
    """A record of the log whose message and traceback are safe to write anywhere."""

    _trace: str | None = None

    def getMessage(self) -> str:
        """Return the message, cleaned."""
        return clean(super().getMessage())

    @property
    def exc_text(self) -> str | None:
        """The traceback as text, cleaned: a formatter puts it here and then takes it from here."""
        return self._trace

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._trace = text and clean(text)


class CleanLogs:
    """Extension: from here on all records are clean; it belongs to every crawl, whichever command began it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Begin."""
        keep_clean()
        return cls()


def keep_clean() -> None:
    """Make every record of this process a clean one, from now on."""
    logging.setLogRecordFactory(CleanRecord)


def clean(text: Any) -> str:
    r"""Return a message as a log may hold it.

    >>> clean("Crawled <GET https://news.example/?token=abc>\n2026-11-22 ERROR: forged\x1b[2J")
    'Crawled <GET https://news.example/?token=REDACTED>\n    2026-11-22 ERROR: forged[2J'
    """
    return _INDENT.join(printable(scrub_text(str(text)), lines=True).split("\n"))
