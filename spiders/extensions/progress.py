"""How far a run is: one moving line on a terminal, a log line now and then elsewhere."""

from __future__ import annotations

import logging
import sys
import time
from typing import Self

from rich.status import Status
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from spiders.ledger import Ledger, outcome_recorded, run_ended
from spiders.news import NewsSpider
from spiders.outcomes import Outcome
from spiders.record import State
from spiders.surfaces.terminal import console, printable

logger = logging.getLogger(__name__)

_EVERY = 10.0  # seconds between two log lines


class Progress:
    """Show the counts of the run and the address that came last."""

    def __init__(self, spider: NewsSpider, name: str) -> None:
        self._spider, self._name = spider, name
        self._status: Status | None = None
        self._told = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Follow the outcomes of a spider that keeps books."""
        spider = NewsSpider.of(crawler)
        # Of the entries of a plan, many may run at once, and most of them have the same spider.
        progress = cls(spider, crawler.settings.get("PLAN_ENTRY") or spider.name)
        crawler.signals.connect(progress.begin, signals.spider_opened)
        crawler.signals.connect(progress.tell, outcome_recorded)
        crawler.signals.connect(progress.end, run_ended)
        return progress

    def begin(self) -> None:
        """Put the line up, on a terminal; log lines are then printed above it."""
        if sys.stderr.isatty():
            self._status = console(stderr=True).status(f"{self._name}: starting")
            self._status.start()
            self._log_to_stderr()
        else:
            logger.info("%s: starting", self._name)

    def tell(self, outcome: Outcome) -> None:
        """Move on by one address."""
        if self._status:
            text = Text(self._line(outcome))
            text.truncate(self._status.console.width - 3, overflow="ellipsis")  # beside the spinner, on one line
            self._status.update(text)
        elif time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            logger.info(self._line(outcome))

    def _line(self, outcome: Outcome) -> str:
        ledger = self._spider.ledger
        line = f"{self._name}: {ledger.count(State.DONE)} stored, {ledger.count(State.FAILED)} failed, "
        return f"{line}{ledger.count(State.EXCLUDED)} excluded; last {printable(outcome.url)}"

    def end(self, ledger: Ledger) -> None:
        """Take the line down."""
        if self._status:
            self._status.stop()
            self._status = None
            self._log_to_stderr()

    @staticmethod
    def _log_to_stderr() -> None:
        """Point Scrapy's log at what `sys.stderr` is now: rich puts itself there while a line is up."""
        handler = get_scrapy_root_handler()
        if isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler):
            handler.setStream(sys.stderr)
