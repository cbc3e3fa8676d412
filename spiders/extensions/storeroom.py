"""The store of one run: opened before the crawl touches anything, its books closed when the crawl ends."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from spiders.errors import SettingError, StoreError
from spiders.ledger import run_ended
from spiders.manners.revisits import revisits
from spiders.news import NewsSpider
from spiders.store import Store
from spiders.store.writer import Writer

_MOST = 1_000_000_000  # articles of a host: as good as no budget


class Storeroom:
    """Hand the spider the store that `COPYDESK_STORE` names.

    A store that is locked or broken raises here, before any output file is opened.
    """

    def __init__(self, crawler: Crawler, spider: NewsSpider) -> None:
        self._crawler, self._spider = crawler, spider
        self._prunes, self._keep = keeping(crawler.settings["KEEP_RAW"])
        told = crawler.settings
        watch = revisits(told.getdict("REVISIT"))
        budget = budget_of(told["HOST_BUDGET"])
        spider.store = Writer(Store(told["COPYDESK_STORE"], watch=watch, host_budget=budget, entry=told["PLAN_ENTRY"]))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the store for a spider that keeps books."""
        room = cls(crawler, NewsSpider.of(crawler))
        crawler.signals.connect(room.close, signals.spider_closed)
        return room

    async def close(self, spider: Spider, reason: str) -> None:
        """Close the books, then the store, then say that the run has ended."""
        ledger, store = self._spider.ledger, self._spider.store
        run = await store.begun()
        ledger.reason, ledger.begun, ledger.run = reason, run is not None, run
        ledger.missing = list(self._crawler.stats.get_value("cassette/missing_urls", []))
        try:
            await self._spider.settled()
            if run is not None:
                ledger.counts, ledger.carried = await store.counts(run), await store.carried(run)
                ledger.listings = await store.listings(run)
                ledger.drifts = await store.judge(run)
                await store.end(run, reason, status=ledger.status(), outcomes=ledger.kinds)
                if self._prunes:
                    await store.prune(self._keep)
        except StoreError as error:
            ledger.stopped_by = ledger.stopped_by or error
        finally:
            await store.close()
        self._crawler.signals.send_catch_log(run_ended, ledger=ledger)


def budget_of(told: object) -> int:
    """Read the setting HOST_BUDGET.

    Raises:
        SettingError: it is no number from 1 on.
    """
    if not str(told).isascii() or not str(told).isdecimal() or not 0 < int(str(told)) <= _MOST:
        raise SettingError(f"HOST_BUDGET is {told!r}: it may be a number of articles from 1 to {_MOST:,}")
    return int(str(told))


def keeping(told: str) -> tuple[bool, timedelta | None]:
    """Say whether bodies of responses are pruned, and for how long they are kept before; None: not at all.

    Raises:
        SettingError: the setting is none of its values.
    """
    if told in ("all", "none"):
        return told == "none", None
    if days := re.fullmatch(r"([1-9]\d{0,4})d", told):
        return True, timedelta(days=int(days[1]))
    raise SettingError(f"KEEP_RAW is {told!r}: it may be all, none, or a number of days such as 30d")
