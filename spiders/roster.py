"""Which spiders there are: Scrapy's loader, but a file that cannot be run spoils only the spider of its own name."""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Sequence
from importlib import import_module

from scrapy import Spider
from scrapy.spiderloader import SpiderLoader

from extractors import SiteError


def near(name: str, spiders: Sequence[str]) -> str:
    """Say which spiders somebody may have meant who named one that there is not.

    >>> near("artcle", ["article", "time_com"]), near("pier", ["article", "time_com"])
    ('did you mean article?', 'scrapy list names those there are')
    """
    close = difflib.get_close_matches(name, spiders, n=3)
    return f"did you mean {' or '.join(close)}?" if close else "scrapy list names those there are"


class Roster(SpiderLoader):
    """The spiders of `SPIDER_MODULES`; `broken` says what is wrong with each file that has none to give."""

    broken: dict[str, str]

    def load(self, spider_name: str) -> type[Spider]:
        """Return the class of a spider.

        Raises:
            SiteError: its file cannot be run; the message names it.
            KeyError: there is no such spider.
        """
        if why := self.broken.get(spider_name):
            raise SiteError(why)
        return super().load(spider_name)

    def _load_all_spiders(self) -> None:
        self.broken = {}
        for name in self.spider_modules:
            module = import_module(name)
            self._load_spiders(module)
            for info in pkgutil.iter_modules(getattr(module, "__path__", ())):
                try:
                    self._load_file(f"{name}.{info.name}")
                except SiteError as error:
                    self.broken[info.name] = str(error)
        self._check_name_duplicates()

    def _load_file(self, module: str) -> None:
        path = module.replace(".", "/") + ".py"
        known = len(self._found)
        try:
            self._load_spiders(import_module(module))
        except Exception as error:  # a site file is code of the user's: whatever it raises is said in one sentence
            raise SiteError(f"{path} cannot be run: {type(error).__name__}: {error}") from error
        if len(self._found) == known:
            raise SiteError(f"{path} holds no spider with a name of its own")
