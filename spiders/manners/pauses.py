"""For how long an address or a host is left alone: numbers alone. Who is left alone is `patience`."""

from __future__ import annotations

import random
import re
from datetime import UTC
from email.utils import parsedate_to_datetime

from scrapy.http.headers import Headers

FIRST_PAUSE = 20.0  # seconds at most, after the first attempt that failed in passing; doubled with each one
FIRST_HOLD = 30.0  # seconds for which a host is held that is in trouble; doubled with each failure while it is
LONGEST = 3600.0  # seconds: nobody is believed who wants to be left alone for longer
BREAKER = 5  # failures in a row after which a host is held, whatever it answers
_DIGITS = re.compile(r"[0-9]+")


def pause(attempt: int) -> float:
    """Return after how many seconds an address is tried again: any time up to a bound that doubles with each attempt.

    Addresses that failed together do not come back together.
    """
    return random.uniform(0, min(FIRST_PAUSE * 2 ** min(attempt - 1, 20), LONGEST))


def hold(failures: int, told: float | None, *, asked: bool) -> float:
    """Return for how many seconds a host is held after so many failures in a row; 0: not at all.

    Args:
        told: the seconds that its Retry-After gives.
        asked: it has asked to be left alone (429), or nothing of it may be fetched: that is no matter of one page.
    """
    late = failures - (1 if asked else BREAKER)
    backing_off = min(FIRST_HOLD * 2 ** min(late, 20), LONGEST) if late >= 0 else 0.0
    return told if told is not None and failures < BREAKER else max(told or 0.0, backing_off)


def retry_after(headers: Headers, now: float) -> float | None:
    """Read a Retry-After in seconds from now: a number or a date, an hour at most; None where it says nothing of use.

    A date is counted from the one at which the answer was sent, by the clock of its sender, where that is told.

    >>> retry_after(Headers({"Retry-After": "120"}), 0.0), retry_after(Headers({"Retry-After": "-5"}), 0.0)
    (120.0, None)
    """
    told = (headers.get("Retry-After") or b"").decode("latin-1").strip()
    if _DIGITS.fullmatch(told):
        seconds = LONGEST if len(told) > 9 else float(told)
    elif (later := _instant(told)) is not None:
        sent = _instant((headers.get("Date") or b"").decode("latin-1"))
        seconds = later - (now if sent is None else sent)
    else:
        return None
    return min(seconds, LONGEST) if seconds > 0 else None


def _instant(told: str) -> float | None:
    try:
        when = parsedate_to_datetime(told)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
