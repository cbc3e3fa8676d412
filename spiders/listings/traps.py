"""Traps: addresses that a site could list without end, and none of which is an article.

Session numbers, folders within themselves, calendars: one page of such addresses leads to the next for ever.
"""

from __future__ import annotations

import re
from collections import Counter

from spiders.listings.shapes import Reading

MAX_REPEATS = 2  # times that one folder may stand in an address
MAX_FOLDERS = 12  # deeper than any article's address
_SESSION = re.compile(
    r"(?:[;?&/])(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|sid|cfid|cftoken)=?", re.I
)
_CALENDAR = frozenset("calendar kalender calendario calendrier takvim kalendar events agenda".split())
_DAYS = frozenset("month year day date week jahr monat tag mes ano dia mois annee ay yil".split())


def trap_in(reading: Reading, url: str) -> tuple[str, str] | None:
    """Return the name of the trap that an address is, and the reason; None for one that is none."""
    names = (*reading.folders, reading.last)
    if len(names) > MAX_REPEATS:
        name, times = Counter(names).most_common(1)[0]
        if times > MAX_REPEATS and not (name.isdigit() and len(name) < 3):
            return f"/{name}/{name}/…", f"a trap: “{name}” stands {times} times in its address"
        if len(names) > MAX_FOLDERS:
            return f"/{names[0]}/…", f"a trap: {len(names)} folders deep"
    if _SESSION.search(url):
        return "session numbers", "a trap: a session's number stands in its address"
    calendar = next((name for name in names if name in _CALENDAR), None)
    if calendar and (reading.bare or _DAYS & set(reading.keys)):
        return f"/{calendar}/…", "a trap: a page of a calendar, which has no end"
    return None
