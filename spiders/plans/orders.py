"""The command line of a crawl of a plan."""

from __future__ import annotations

import sys
from pathlib import Path

from spiders.plans.plan import Entry

LONGEST_WAIT = 24 * 3600  # seconds that a crawl waits for others of its store, where no daemon of ours sees to it


def order(entry: Entry) -> list[str]:
    """Return the words of `scrapy crawl` for an entry, with this Python."""
    words = [sys.executable, "-m", "scrapy", "crawl", entry.spider]
    if entry.sites:
        words += ["-a", f"site={','.join(entry.sites)}"]
    if entry.listed:
        words += ["-a", f"sites={entry.listed}"]
    settings = {**entry.settings, "COPYDESK_STORE": str(entry.store), "PLAN_ENTRY": entry.name}
    for name, value in settings.items():
        words += ["-s", f"{name}={value}"]
    return words


def turn(entry: Entry) -> Path:
    """Return the file that crawls of one store lock to wait for each other, where no daemon of ours sees to it."""
    return entry.store.with_name(entry.store.name + ".turn")


def condition(entry: Entry) -> str | None:
    """Return a line of sh that fails in the quiet hours of an entry; None where it has none."""
    if (quiet := entry.times.quiet) is None:
        return None
    begin, end = (f"{minute // 60:02}{minute % 60:02}" for minute in (quiet.begin, quiet.end))
    clock = f"now=$(TZ={entry.times.zone.key} date +%H%M)"
    if quiet.begin < quiet.end:
        return f'{clock}; test "$now" -lt {begin} || test "$now" -ge {end}'
    return f'{clock}; test "$now" -lt {begin} && test "$now" -ge {end}'
