"""Traps: addresses that a site could list without end, none of which leads to an article that has no other address.

Folders within themselves, calendars, numbers of sessions: a page of such addresses leads to the next for ever.
"""

from __future__ import annotations

import re
from collections import Counter

from spiders.listings.shapes import Reading

MAX_REPEATS = 2  # times that one folder may stand in an address
MAX_FOLDERS = 12  # deeper than any article's address
# A session's number: after a semicolon, in the query, or as a folder of ASP.NET's. A short `sid` may be a story's.
_SESSION = re.compile(
    r";jsessionid=[^/?#]*|(?<=/)\([a-z]\([a-z0-9]{20,}\)\)/"
    r"|(?<=[?&])(?:(?:php|j|asp)sess\w*|session_?id|cfid|cftoken|zenid|oscsid)=[^&#]*&?|(?<=[?&])sid=[0-9a-f]{16,}&?",
    re.IGNORECASE,
)
_CALENDAR = frozenset("calendar kalender calendario calendrier takvim kalendar events agenda".split())
_KEYS = frozenset("month year day date week jahr monat tag mes ano dia mois annee ay yil".split())
_DAY = re.compile(r"[\d_.-]+|week|month|day|list|today|tomorrow|next|prev")


def trap_in(reading: Reading) -> tuple[str, str] | None:
    """Return the name of the trap that an address is, and the reason; None for one that is none."""
    names = (*reading.folders, reading.last)
    if len(names) > MAX_REPEATS:
        name, times = Counter(names).most_common(1)[0] if len({*names}) < len(names) - 1 else ("", 0)
        if times > MAX_REPEATS and not (name.isdigit() and len(name) < 3):
            return f"/{name}/{name}/…", f"a folder stands more than {MAX_REPEATS} times in its address"
        if len(names) > MAX_FOLDERS:
            return f"/{names[0]}/…", f"it is more than {MAX_FOLDERS} folders deep"
    for index, name in enumerate(names):
        if name in _CALENDAR and (_KEYS & set(reading.keys) or _is_all_days(names[index + 1 :])):
            return f"/{name}/…", "a calendar has no end"
    return None


def sessionless(url: str) -> str:
    """Return an address without the number of a session, by which one page has a new address at each visit.

    >>> sessionless("https://news.example/a;jsessionid=0F3?id=7&PHPSESSID=c0ffee&p=1")
    'https://news.example/a?id=7&p=1'
    """
    return _SESSION.sub("", url).rstrip("?&") if _SESSION.search(url) else url


def _is_all_days(names: tuple[str, ...]) -> bool:
    return bool(names) and all(_DAY.fullmatch(name) for name in names)
