"""Settings as a person gives them with -s or -L: one that is misspelt would be left unread, and a crawl go out
unhindered; one whose value is of the wrong kind would end in a traceback, or in the middle of a run.

What may stand in a setting of ours beyond its kind is said where it is read.
"""

from __future__ import annotations

import argparse
import difflib
import logging
import math
import re
from collections.abc import Iterable
from typing import Any

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings, default_settings

from spiders import settings
from spiders.errors import SettingError

_MOST = 1_000_000_000
_ALIKE = 0.85  # of two names: a setting of a user's own is no slip of the keyboard
_SECONDS = re.compile("(^|_)(TIMEOUT|DELAY|PATIENCE|SECONDS)$")  # may be half a one; all else that is counted is whole


def refuse_number(name: str, number: int | None) -> None:
    """Pass a number of things that may be asked for, or none.

    Raises:
        UsageError: there are no such numbers, or a database could not count as far.
    """
    if number is not None and not 0 < number <= _MOST:
        raise UsageError(f"{name} is a number from 1 on, a billion at most")


def refuse_unusable(opts: argparse.Namespace) -> None:
    """Pass what -s and -L say, as `refuse_settings` does."""
    refuse_settings([*opts.set, *([f"LOG_LEVEL={opts.loglevel}"] if opts.loglevel else [])])


def refuse_settings(pairs: Iterable[str]) -> None:
    """Pass settings ("NAME=VALUE") that are known and of the right kind, or like none that is known.

    Raises:
        SettingError: one is nearly the name of a setting, or its value is none for it.
    """
    known = {name: value for module in (default_settings, settings) for name, value in vars(module).items()}
    known = {name: value for name, value in known.items() if name.isupper()}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if name in known:
            _refuse_value(name, value, known[name])
        elif near := difflib.get_close_matches(name.upper(), known, 1, _ALIKE):
            raise SettingError(f"there is no setting {name[:200]}; did you mean {near[0]}?")


def _refuse_value(name: str, value: str, default: Any) -> None:
    told = BaseSettings({name: value})
    try:
        if name == "LOG_LEVEL":
            kind = "DEBUG, INFO, WARNING, ERROR or CRITICAL"
            logging._checkLevel(value)  # type: ignore[attr-defined]
        elif isinstance(default, bool):
            kind = "True or False"
            told.getbool(name)
        elif isinstance(default, int) and not _SECONDS.search(name):
            kind = "a whole number"
            told.getint(name)
        elif isinstance(default, int | float):
            kind = "a number"
            if not math.isfinite(told.getfloat(name)):
                raise ValueError
        elif isinstance(default, dict):
            kind = "a table in JSON"
            told.getdict(name)
    except (TypeError, ValueError):
        raise SettingError(f"the setting {name} must be {kind}, not {value[:80]!r}") from None
