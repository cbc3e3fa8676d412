"""A day of crawls over all hosts: a round every two and a half hours of the clock, one crawl for all sites each time.

The clock goes on at its speed while a crawl is at work, and is put forward to the next round when it has ended. What is
published is what was so when the round began, so that a seed has one ledger, however fast a machine is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.simulated.books import Books, Line, ledger
from tests.simulated.clock import VARIABLE, Clock
from tests.simulated.hosts import ROUND, ROUNDS, Host, hosts
from tests.simulated.manners import Manners, judged
from tests.simulated.server import Web, free_port

_ROOT = Path(__file__).resolve().parent.parent.parent
_TOO_LONG = 1800  # seconds after which a crawl is taken for one that never ends


@dataclass(frozen=True, slots=True)
class Turn:
    """A round: what the crawl said in the end, and what the hosts saw of it."""

    number: int
    status: int
    last: str  # line of the crawl
    printed: str
    requests: int
    unchanged: int
    seconds: float

    @property
    def ended_well(self) -> bool:
        """Whether nothing stopped it, and its sum is right; some of what is planted fails for good, which 10 says."""
        return self.status in (0, 10) and self.last.endswith("discovered") and " 0 pending " in self.last

    def __str__(self) -> str:
        return (
            f"{self.number * ROUND / 3600:4.1f} h  status {self.status:2}  {self.requests:6,} requests  "
            f"{self.unchanged:6,} × 304  {self.seconds:5.0f} s  {self.last}"
        )


@dataclass(frozen=True, slots=True)
class Day:
    """What came of a day."""

    hosts: list[Host]
    turns: list[Turn]
    ledgers: list[list[Line]]  # after each round
    manners: Manners
    seconds: float

    @property
    def lines(self) -> list[Line]:
        """The ledger of the day."""
        return self.ledgers[-1]

    @property
    def wrong(self) -> list[str]:
        """What is not as it should be."""
        broken = [f"round {t.number} ended with status {t.status}: {t.last}" for t in self.turns if not t.ended_well]
        return [*broken, *(str(line) for line in self.lines if line.wrong), *self.manners.breaches]

    def report(self) -> Iterator[str]:
        """Yield the lines of the report: the rounds, the ledger by what came, the faults, the manners, the time."""
        yield from map(str, self.turns)
        came = Counter(line.came for line in self.lines)
        yield "ledger: " + ", ".join(f"{n:,} {what}" for what, n in came.most_common())
        planted = Counter(line.fault for line in self.lines if line.fault)
        found = Counter(line.fault for line in self.lines if line.fault and not line.wrong)
        yield "planted and found: " + ", ".join(f"{name} {found[name]}/{n}" for name, n in sorted(planted.items()))
        yield f"manners: {self.manners}"
        yield from (f"WRONG: {what}" for what in self.wrong)
        yield f"{len(self.hosts)} hosts, {len(self.turns)} rounds, {self.seconds:.0f} s"


def lived(
    seed: int,
    count: int,
    folder: Path,
    *,
    rounds: int = ROUNDS,
    speed: float = 30.0,
    busy: int = 5,
    port: int = 0,
    settings: Mapping[str, object] | None = None,
) -> Day:
    """Let a day go by.

    Args:
        folder: where the store, the ledger, the requests and what the crawls printed are kept.
        busy: how many stories a host tells in a day, about.
        settings: of the crawls, beside those that let them get here.
    """
    start = time.monotonic()
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    web_hosts = hosts(seed, count, midnight, port or free_port(), busy)
    clock, books = Clock.starting(midnight, speed), Books()
    turns, ledgers = list[Turn](), list[list[Line]]()
    folder.mkdir(parents=True, exist_ok=True)
    sites = folder / "sites.txt"
    sites.write_text("".join(f"{host.base}/\n" for host in web_hosts), "utf-8")
    times = [number * ROUND for number in range(rounds)]
    with Web(web_hosts, clock) as web:
        for number, at in enumerate(times):
            clock.put(midnight.timestamp() + at)
            web.round = number
            turns.append(_turn(web, folder, sites, settings or {}))
            books.read(folder / "store.db")
            ledgers.append(ledger(web_hosts, books, times[: number + 1]))
        manners = judged(web.seen, speed)
    (folder / "ledger.txt").write_text("".join(f"{line}\n" for line in ledgers[-1]), "utf-8")
    (folder / "asked.txt").write_text("".join(f"{one}\n" for one in web.seen), "utf-8")
    return Day(web_hosts, turns, ledgers, manners, time.monotonic() - start)


def _turn(web: Web, folder: Path, sites: Path, settings: Mapping[str, object]) -> Turn:
    """Crawl all sites once, as a person does it, but under the clock."""
    start, before = time.monotonic(), len(web.seen)
    given = {"COPYDESK_STORE": folder / "store.db", "ALLOW_PRIVATE": web.allowed, **settings}
    command = [sys.executable, "-m", "scrapy", "crawl", "article", "-a", f"sites={sites}"]
    command += [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
    environment = os.environ | {VARIABLE: str(web.clock), "SCRAPY_SETTINGS_MODULE": "tests.simulated.settings"}
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=_TOO_LONG,
    )
    printed = done.stdout + done.stderr
    (folder / f"round-{web.round}.txt").write_text(f"{' '.join(map(str, command))}\n{printed}", "utf-8")
    lines = [line for line in printed.splitlines() if line.endswith("discovered")] or printed.splitlines() or [""]
    seen = web.seen[before:]
    unchanged = sum(one.status == 304 for one in seen)
    return Turn(web.round, done.returncode, lines[-1], printed, len(seen), unchanged, time.monotonic() - start)


def same(one: Sequence[Line], other: Sequence[Line]) -> list[str]:
    """Say where two ledgers differ."""
    return sorted(set(map(str, one)) ^ set(map(str, other)))
