"""A plan as a person looks at it: what each entry crawls, when it did last, and when it will next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from rich.table import Table
from rich.text import Text

from spiders.plans.daemon import first_time
from spiders.plans.hours import DAY
from spiders.plans.plan import Entry
from spiders.record import Run
from spiders.status import ExitStatus
from spiders.store.lock import holder
from spiders.store.reader import Reader
from spiders.surfaces.terminal import printable

_SHOWN = 3, 2  # times that are to come, those of a day or longer ones
_UNITS = ("w", 7 * 24 * 60), ("d", 24 * 60), ("h", 60), ("m", 1)


def last_runs(entries: Sequence[Entry]) -> dict[str, Run]:
    """Return the last run for each entry, as far as their stores know of one.

    Raises:
        StoreError: a store cannot be read.
    """
    found: dict[str, Run] = {}
    for store in {entry.store for entry in entries}:
        if not store.exists():
            continue
        with Reader(store) as reader:
            runs = reader.last_runs()
        found |= {e.name: runs[e.name] for e in entries if e.store == store and e.name in runs}
    return found


def timetable(entries: Sequence[Entry], runs: Mapping[str, Run], now: datetime, width: int) -> Table:
    """Return the table of a plan."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("entry", "crawls", "every", "quiet", "last run", "next"):
        table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=width // 3)
    for entry in entries:
        run = runs.get(entry.name)
        cells = (
            entry.name,
            crawls(entry),
            often(entry),
            quiet(entry),
            last(run, entry.store, now),
            ahead(entry, run, now),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    return table


def crawls(entry: Entry) -> str:
    """Say what an entry crawls: its spider, its sites, or the file that lists them."""
    if entry.listed:
        return f"sites of {entry.listed.name}"
    sites = [site.partition("://")[2].rstrip("/") for site in entry.sites]
    return entry.spider if not sites else sites[0] + (f" and {len(sites) - 1} more" if len(sites) > 1 else "")


def often(entry: Entry) -> str:
    """Say how often: "30m + 0-5m"."""
    return _told(entry.every) + (f" + 0-{_told(entry.jitter)}" if entry.jitter else "")


def quiet(entry: Entry) -> str:
    """Say when not, and in which zone its hours are."""
    if (hours := entry.times.quiet) is None:
        return entry.times.zone.key
    begin, end = (f"{minute // 60:02}:{minute % 60:02}" for minute in (hours.begin, hours.end))
    return f"{begin}-{end} {entry.times.zone.key}"


def last(run: Run | None, store: Path, now: datetime) -> str:
    """Say how the last run fared, and how long ago it began."""
    if run is None:
        return "never"
    ago = _whole(now - datetime.fromisoformat(run.started))
    return f"{_told(ago)} ago: {ending(run, store)}" if ago else f"just now: {ending(run, store)}"


def ending(run: Run, store: Path, *, newest: bool = True) -> str:
    """Say in a word how a run ended; one without an end goes on if its store is held, else it was broken off."""
    if run.ended is None:
        return "goes on" if newest and holder(store) is not None else "broken off"
    if run.status is None:
        return run.reason or "ended"
    return ExitStatus(run.status).told if run.status in set(ExitStatus) else str(run.status)


def ahead(entry: Entry, run: Run | None, now: datetime) -> str:
    """Say when an entry is due next, in its zone: "10:17, 10:47, 11:17", and whether it missed a time."""
    missed = first_time(entry, datetime.fromisoformat(run.started) if run else None, now)
    rare = entry.every >= timedelta(minutes=DAY)
    times = entry.times.upcoming(missed or now, _SHOWN[rare] - bool(missed))
    zone = entry.times.zone
    form = "%a %d %b %H:%M" if rare else "%H:%M"
    told = [f"{at.astimezone(zone):{form}}" for at in times]
    if missed is None:
        return ", ".join(told)
    why = "missed" if run else "new"
    first = f"now ({why})" if missed <= now else f"{missed.astimezone(zone):%H:%M} ({why})"
    return ", ".join([first, *told])


def _told(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    name, unit = next(((name, unit) for name, unit in _UNITS if minutes >= unit and minutes % unit == 0), ("m", 1))
    return f"{minutes // unit}{name}"


def _whole(length: timedelta) -> timedelta:
    """Return a length of time in its largest unit, without the rest."""
    minutes = max(length // timedelta(minutes=1), 0)
    unit = next((unit for _, unit in _UNITS if minutes >= unit), 1)
    return timedelta(minutes=minutes - minutes % unit)
