"""Settings as a person names them with -s: one that is misspelt would be left unread, and a crawl go out unhindered."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from scrapy.exceptions import UsageError
from scrapy.settings import default_settings

from spiders import settings

_ALIKE = 0.85  # of two names: a setting of a user's own is no slip of the keyboard


def refuse_misspelt(given: Iterable[str]) -> None:
    """Pass settings (NAME=VALUE) that are known, or like none that is.

    Raises:
        UsageError: one is nearly the name of a setting.
    """
    known = {name for module in (default_settings, settings) for name in dir(module) if name.isupper()}
    for name in (pair.partition("=")[0] for pair in given):
        if name not in known and (near := difflib.get_close_matches(name, known, 1, _ALIKE)):
            raise UsageError(f"there is no setting {name[:200]}; did you mean {near[0]}?")
