"""`scrapy crawl SPIDER`: Scrapy's verb, with one sentence for what goes wrong and exit statuses that mean something."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import SETTINGS_PRIORITIES

# New objects that call for a collection: with Python's 700 it takes some 15 % of the crawl process's time, whose pages
# under way are many objects and no garbage.
_YOUNG = 10_000

_CLOSED = ("json", "xml")  # forms that end with what they began with


class Command(ScrapyCrawl):
    """`scrapy crawl`; the statuses are those of `spiders.status`."""

    def short_desc(self) -> str:
        """Say what it does."""
        return "Run a spider: fetch its articles, store them, print what became of each"

    def long_desc(self) -> str:
        """Say what a run can be kept to, and what its exit statuses mean."""
        return (
            "A run fetches what is new, and looks again at young articles. -a since=2d, -a until=2026-05-04 and "
            "-a limit=20 keep it to articles of a time and to a number of them. "
            "The last line adds up: stored + failed + excluded + pending = discovered. Exit status: 0 all stored, or "
            "nothing is new, or a limit you gave ended it and nothing failed, 2 usage, 3 the disk is full, "
            "4 a broken setting, cassette, site file or store, 5 the store is locked, 10 finished with failed "
            "addresses or nothing to store, 11 interrupted (run it again to go on), 12 a listing lists nothing where "
            "it used to, 14 a safety budget ended it (run it again to go on), 1 a fault in Copydesk."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options before the log is set up, which a setting of the wrong kind would end with a traceback."""
        from scrapy.exceptions import UsageError

        from spiders.errors import SettingError
        from spiders.status import status_of
        from spiders.surfaces.logs import keep_clean
        from spiders.surfaces.terminal import settle_streams
        from spiders.verbs.options import refuse_unusable

        settle_streams()
        keep_clean()  # the extension of that name comes after Scrapy has logged the settings
        names = [pair.partition("=")[0] for pair in opts.spargs]
        super().process_options(args, opts)
        try:
            if twice := [name for name in names if names.count(name) > 1]:
                raise UsageError(f"-a {twice[0]}= is given twice: one of them would be lost")
            refuse_unusable(opts)
        except (SettingError, UsageError) as error:
            _say(error, fault=False)
            sys.exit(status_of(error))
        assert self.settings is not None
        for uri, feed in self.settings.getdict("FEEDS").items():
            if uri.startswith("stdout:"):
                feed["overwrite"] = False  # there is nothing to overwrite; Scrapy would warn of it
        if not self._level_asked_for():
            # It writes before `run` is called, and configuring the log resets its level.
            logging.getLogger("scrapy.utils.log").addFilter(_is_warning)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, or print one sentence about what went wrong."""
        from spiders.status import ExitStatus, status_of
        from spiders.surfaces.terminal import flush, quiet_libraries

        quiet_libraries()
        if not self._level_asked_for():
            logging.getLogger("scrapy").setLevel(logging.WARNING)
        error: BaseException | None
        try:
            with _terminable():
                if usage := self._misused(args):
                    error, self.exitcode = usage, status_of(usage)
                else:
                    error, self.exitcode = self._crawl(args[0], opts.spargs)
        except KeyboardInterrupt:
            error, self.exitcode = KeyboardInterrupt("interrupted: run it again to go on"), ExitStatus.INTERRUPTED
        if error is not None:
            _say(error, fault=self.exitcode == 1)
        flush()

    def _misused(self, args: list[str]) -> Exception | None:
        from scrapy.exceptions import UsageError

        from extractors import SiteError
        from spiders.roster import near

        assert self.crawler_process
        known = self.crawler_process.spider_loader.list()
        if options := [a for a in args if a.startswith("-")]:
            return UsageError(f"unknown option {options[0]}")
        if len(args) != 1:
            return UsageError("name one spider: article reads any site, scrapy list names the others")
        try:
            self.crawler_process.spider_loader.load(args[0])
        except SiteError as error:
            return error
        except KeyError:
            return UsageError(f"there is no spider {args[0]!r}; {near(args[0], known)}")
        return self._unwritable()

    def _unwritable(self) -> Exception | None:
        """Find an output file that cannot be written, or added to, before anything is fetched for it."""
        from scrapy.exceptions import UsageError

        assert self.settings is not None
        feeds = self.settings.getdict("FEEDS")
        for path, feed in ((Path(uri), feed) for uri, feed in feeds.items() if ":" not in uri):
            folder = next(p for p in path.absolute().parents if p.exists())
            there = path if path.exists() else folder
            if path.is_dir() or not folder.is_dir() or not os.access(there, os.W_OK):
                return UsageError(f"the output file {path} cannot be written")
            if feed.get("format") in _CLOSED and not feed.get("overwrite") and path.exists() and path.stat().st_size:
                return UsageError(f"{path} is whole as it is, nothing can be added to it: -O replaces it")
        return None

    def _crawl(self, name: str, arguments: dict[str, str]) -> tuple[BaseException | None, int]:
        """Run the crawl; return what stopped it, if anything did, and the exit status.

        Raises:
            KeyboardInterrupt: it was broken off (Ctrl-C twice): its books are not closed.
        """
        from spiders.extensions.feeds import Feeds
        from spiders.ledger import Ledger
        from spiders.status import status_of

        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        crawler = self._create_crawler(name)
        task: Any = self.crawler_process.crawl(crawler, **arguments)
        _stop_only_what_runs(self.crawler_process, crawler, task)
        gc.freeze()  # what is loaded by now stays to the end: no collection need look at it again
        gc.set_threshold(_YOUNG)
        self.crawler_process.start()
        if not task.done() or task.cancelled():
            raise KeyboardInterrupt
        if error := task.exception():
            return error, status_of(error)
        ledger: Ledger = crawler.spider.ledger  # type: ignore[union-attr]
        feeds = crawler.get_extension(Feeds)
        if feeds and feeds.error and not ledger.stopped_by:
            return feeds.error, status_of(feeds.error)
        return ledger.stopped_by, ledger.status()

    def _level_asked_for(self) -> bool:
        assert self.settings is not None
        return (self.settings.getpriority("LOG_LEVEL") or 0) >= SETTINGS_PRIORITIES["cmdline"]


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM be what Ctrl-C is, until Scrapy listens for both."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop_only_what_runs(process: AsyncCrawlerProcess, crawler: Crawler, crawl: asyncio.Task[None]) -> None:
    """Let the first Ctrl-C wait until the engine runs.

    Scrapy stops an engine only once it runs. Asked before, it abandons the crawl in the middle of its start: with a
    store and a worker open, and a run whose books nobody closes.
    """
    stop, asked = process.stop, False

    from spiders.manners.patience import let_go
    from spiders.news import NewsSpider

    async def patiently() -> None:
        nonlocal asked
        first, asked = not asked, True
        while first and not crawl.done() and not _runs(crawler):
            await asyncio.sleep(0.02)
        if first and not crawl.done():
            logging.getLogger(__name__).info("interrupted: what is under way is finished; again, and it ends at once")
            if isinstance(crawler.spider, NewsSpider):
                let_go(crawler)
        await stop()

    process.stop = patiently  # type: ignore[method-assign]


def _runs(crawler: Crawler) -> bool:
    try:
        return crawler.engine.running
    except RuntimeError:  # there is none yet
        return False


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _say(error: BaseException, *, fault: bool) -> None:
    from spiders.surfaces.terminal import told

    if fault:
        logging.getLogger(__name__).error("a fault in Copydesk", exc_info=error)
    print(f"scrapy crawl: {told(str(error))}", file=sys.stderr)
