"""No code from data: the settings under which Scrapy would unpickle files, which runs whatever is in them."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from spiders.errors import SettingError

_INSTEAD = {
    "JOBDIR": "a run that was interrupted goes on from the store when it is run again",
    "HTTPCACHE_ENABLED": "pages are kept in the store, and -s CASSETTE=PATH plays what was recorded",
}


class NoPickles:
    """Let no crawl begin that would keep its queue, its state or its cache as pickles."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Look at the settings, before anything is opened.

        Raises:
            SettingError: one of them is set.
        """
        for name, instead in _INSTEAD.items():
            if crawler.settings.get(name) and crawler.settings.get(name) not in ("0", "False", "false"):
                raise SettingError(f"{name} cannot be used: it keeps pickles, which can run code; {instead}")
        return cls()
