"""Run the simulated web by hand, list its hosts, or let a day of crawls go by."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.simulated import __doc__ as ABOUT
from tests.simulated.clock import Clock
from tests.simulated.day import lived, same
from tests.simulated.hosts import ROUNDS, Host, hosts
from tests.simulated.server import Web, free_port


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulated", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7, help="of the stories, the hosts and the faults (default: 7)")
    parser.add_argument("--hosts", type=int, default=20, help="how many (default: 20)")
    parser.add_argument("--port", type=int, default=0, help="of all hosts (default: one that is free)")
    parser.add_argument("--speed", type=float, help="of the clock (default: 300 by hand, 30 for the day)")
    parser.add_argument("--list", action="store_true", help="print the hosts and what was planted, and leave")
    parser.add_argument("--day", action="store_true", help="crawl them for a day; 0 where all is as it should be")
    parser.add_argument("--twice", action="store_true", help="a second such day; 0 where both have the same ledger")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of the day (default: {ROUNDS})")
    parser.add_argument("--busy", type=int, default=5, help="stories that a host tells in a day (default: 5)")
    parser.add_argument("--keep", type=Path, help="a folder for the store of the day and what the crawls printed")
    given = parser.parse_args(arguments)
    if given.keep and given.keep.exists() and any(given.keep.iterdir()):
        parser.error(f"{given.keep} is not empty: a day begins with a new store")
    if given.day:
        return _day(given)
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    clock = Clock.starting(midnight, given.speed or 300.0)
    shown = hosts(given.seed, given.hosts, midnight, given.port or free_port(), given.busy)
    for host in shown:
        print(_told(host))
    return 0 if given.list else _serve(Web(shown, clock))


def _day(given: argparse.Namespace) -> int:
    days = []
    for number in range(2 if given.twice else 1):
        with tempfile.TemporaryDirectory() as folder:
            kept = given.keep / str(number) if given.keep else Path(folder)
            options = {"rounds": given.rounds, "speed": given.speed or 30.0, "busy": given.busy, "port": given.port}
            day = lived(given.seed, given.hosts, kept, **options)
        print(*day.report(), sep="\n", flush=True)
        days.append(day)
    differences = same(days[0].lines, days[-1].lines)
    if given.twice:
        print(f"the ledgers of both days {'differ:' if differences else 'are the same'}", *differences, sep="\n")
    return 1 if differences or any(day.wrong for day in days) else 0


def _serve(web: Web) -> int:
    with web, tempfile.TemporaryDirectory() as folder:
        sites = Path(folder) / "sites.txt"
        sites.write_text("".join(f"{host.base}/\n" for host in web.hosts), "utf-8")
        print(f"\nlistening; a day takes {86400 / web.clock.speed:.0f} s. Crawl it from another terminal:")
        print(f"scrapy crawl article -a sites={sites} -s COPYDESK_STORE=/tmp/web.db -s ALLOW_PRIVATE={web.allowed}")
        print("end with Ctrl-C", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()
    return 0


def _told(host: Host) -> str:
    day = host.day + timedelta(hours=23)
    faults = ", ".join(f"{fault.name}{f' {host.path(story)}' if story else ''}" for fault, story in host.faults)
    listed = " + ".join(name for name in (host.feed, "sitemap" if host.sitemap else "") if name) or "front page only"
    stories = len(host.told((day - host.day).total_seconds()))
    return f"{host.base}/  {host.name} ({host.language}, {host.make}, {listed}, {stories} stories): {faults or 'sound'}"


if __name__ == "__main__":
    sys.exit(main())
