"""The files of `scrapy crawl … -O FILE`: Scrapy's, but one that cannot be written is told, once, and ends no other.

Scrapy prints a traceback for each article that it could not write, and the crawl ends as if all were there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FeedSlot

from spiders.errors import ExportError, ExportFullError
from spiders.exports import FULL
from spiders.surfaces.terminal import let_go


class Feeds(FeedExporter):
    """Write an article to each feed; `error` is what became of the first that took no more."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.error: ExportError | None = None

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write an article to the feeds that are whole."""
        kept: list[FeedSlot] = []
        for slot in self.slots:
            self.slots = [slot]
            with self._noted(slot):
                super().item_scraped(item, spider)
                if slot.file:
                    slot.file.flush()  # whatever ends the crawl: what is stored is in the file
                kept += self.slots
        self.slots = kept

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        with self._noted(slot):
            if slot.file:
                slot.finish_exporting()
                slot.file.flush()  # what fails in `super` is a traceback
            await super()._close_slot(slot, spider)

    @contextmanager
    def _noted(self, slot: FeedSlot) -> Iterator[None]:
        """Keep what went wrong with a feed; that nobody reads it any more (`| head`) did not."""
        try:
            yield
        except OSError as error:
            with suppress(OSError):  # the rest of its buffer
                if slot.uri.startswith("stdout:"):
                    let_go(sys.stdout)
                    slot.finish_exporting()  # else the exporter takes standard output along
                elif slot.file:
                    slot.file.close()
            if not isinstance(error, BrokenPipeError) and self.error is None:
                self.error = _failure(slot.uri, error)


def _failure(uri: str, error: OSError) -> ExportError:
    name = "standard output" if uri.startswith("stdout:") else uri
    kind, why = (ExportFullError, "there is no room") if error.errno in FULL else (ExportError, error.strerror or error)
    return kind(f"{name} does not hold all articles: {why}; they are in the store, scrapy export writes them")
