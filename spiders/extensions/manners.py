"""Who we say we are, and what we obey of what sites say: settled before anything is asked of the network."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from spiders.cassettes import replays
from spiders.errors import SettingError
from spiders.manners.introduction import HINT, introduce, nameless
from spiders.news import NewsSpider
from spiders.rights.clearance import Clearance
from spiders.rights.respect import respected
from spiders.rights.statement import What

logger = logging.getLogger(__name__)


class Manners:
    """Settle user agent and robots.txt by `CONTACT` and `RESPECT`, and hand a news spider what judges its pages."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Write the settings that others read.

        Raises:
            SettingError: `CONTACT` is no address, `RESPECT` names what there is not, or nobody may be asked anything.
        """
        settings = crawler.settings
        refuse_standstill(settings)
        introduce(settings)
        if What.ROBOTS not in respected(settings):
            settings.set("ROBOTSTXT_OBEY", False, priority="cmdline")
        NewsSpider.of(crawler).clearance = Clearance(settings)
        manners = cls(crawler)
        if nameless(settings):
            crawler.signals.connect(manners.hint, signals.spider_opened)
        return manners

    def hint(self) -> None:
        """Say, where sites are asked and not a recording, that they cannot tell by whom."""
        if not replays(self._crawler):
            logger.info(HINT)


def refuse_standstill(settings: BaseSettings) -> None:
    """Pass settings by which a host may be asked for something: Scrapy would wait for ever.

    Raises:
        SettingError: `CONCURRENT_REQUESTS_PER_DOMAIN` is less than 1.
    """
    if settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") < 1:
        raise SettingError("CONCURRENT_REQUESTS_PER_DOMAIN must be 1 or more: so much a host is asked at once")
