"""The process that keeps a plan running: APScheduler says when, each crawl is a process of its own.

Nothing of it is kept but what the crawls themselves leave in their stores: the start of the last run of each entry says
what was missed, and the store's lock that a crawl which outlived its daemon goes on. Crawls with one store wait for
each other here; one that finds its store locked by somebody else ends with status 5 and is tried again.
"""

from __future__ import annotations

import logging
import random
import select
import signal
import socket
import subprocess
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from spiders.plans.hours import Times
from spiders.plans.orders import order
from spiders.plans.plan import Entry
from spiders.status import ExitStatus

_AGAIN = 60.0  # seconds until a locked store is tried again
_LOOK = 30.0  # seconds between looks at the clock: the scheduler sleeps by another one, which nobody sets
_ONE = 0.1  # seconds in which a signal that comes twice is one: timeout(1) sends it to us and to our group
_TICK = 0.2  # seconds between looks at what still runs, when all is to end


class Due(BaseTrigger):  # type: ignore[misc]
    """The times of an entry, each up to its jitter later; those that went by while nobody looked are one."""

    def __init__(self, times: Times, jitter: timedelta) -> None:
        self._times, self._jitter = times, jitter

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the time that comes next, later than the one before and than now."""
        at = self._times.after(max(now, previous_fire_time or now))
        return at + random.random() * self._jitter

    def latest(self, now: datetime) -> datetime:
        """Return the latest that the next time can be."""
        return self._times.after(now) + self._jitter


def first_time(entry: Entry, last: datetime | None, now: datetime) -> datetime | None:
    """Return when an entry is due that missed a time since it last began, or never began; None: at its next time."""
    if last is not None and entry.times.after(last) > now:
        return None
    return entry.times.allowed(now)


class Daemon:
    """Keep a plan running until SIGTERM or Ctrl-C: the crawls under way are told to end, and waited for.

    Args:
        last: when a run for each entry began last, as far as the stores know.
        say: gets a line for each thing that happens.
        again: seconds until a locked store is tried again.
        look: seconds after which a clock that was set is noticed.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        last: Mapping[str, datetime],
        *,
        say: Callable[[str], None],
        order: Callable[[Entry], Sequence[str]] = order,
        again: float = _AGAIN,
        look: float = _LOOK,
    ) -> None:
        self._entries, self._last = entries, last
        self._say, self._order, self._again, self._look = say, order, again, look
        self._stopping = threading.Event()
        self._lines = _Lines(self._stopping)
        self._mutex = threading.Lock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Run the plan; return when it was told to end and no crawl runs any more. Of the main thread only."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each time that comes while one waits
        workers = ThreadPoolExecutor(len(self._entries))
        scheduler = BackgroundScheduler(executors={"default": workers}, timezone=UTC)
        now = datetime.now(UTC)
        for entry in self._entries:
            due = Due(entry.times, entry.jitter)
            first = first_time(entry, self._last.get(entry.name), now) or due.get_next_fire_time(None, now)
            self._say(f"{entry.name}: first at {first.astimezone(entry.times.zone):%Y-%m-%d %H:%M:%S %Z}")
            rules = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
            scheduler.add_job(self._crawl, due, (entry,), id=entry.name, next_run_time=first, **rules)
        with _signals() as asked:
            scheduler.start()
            while not asked(self._look):
                self._mind_the_clock(scheduler)
            scheduler.pause()
            self._stop("ending: the crawls under way finish what is being fetched; again, and they end at once")
            while self._lines.waiting():
                if asked(_TICK):
                    self._stop("ending at once")
            scheduler.shutdown(wait=True)

    def _mind_the_clock(self, scheduler: BackgroundScheduler) -> None:
        """See to it that a clock which was set, or stood still with the machine, keeps no crawl waiting."""
        now = datetime.now(UTC)
        for job in scheduler.get_jobs():
            if job.next_run_time > job.trigger.latest(now):
                self._say(f"{job.id}: the clock was set back")
                job.modify(next_run_time=job.trigger.get_next_fire_time(None, now))
        scheduler.wakeup()

    def _crawl(self, entry: Entry) -> None:
        """Crawl once, when it is the entry's turn with its store."""
        with self._lines.turn(entry):
            while not self._stopping.is_set():
                if entry.times.is_quiet(datetime.now(UTC)):
                    self._say(f"{entry.name}: left out, its quiet hours have begun")
                    return
                if self._run(entry) != ExitStatus.LOCKED:
                    return
                self._say(f"{entry.name}: somebody else has its store; tried again in {self._again:.0f} seconds")
                self._stopping.wait(self._again)

    def _run(self, entry: Entry) -> int | None:
        """Run one crawl to its end; return its exit status, None where none was begun."""
        with self._mutex:  # none is begun after the others were told to end
            if self._stopping.is_set():
                return None
            try:
                # A session of its own: Ctrl-C is for us, and we hand it on.
                process = subprocess.Popen(self._order(entry), stdin=subprocess.DEVNULL, start_new_session=True)
            except OSError as error:
                self._say(f"{entry.name}: its crawl cannot be started: {error.strerror}")
                return None
            self._running[entry.name] = process
        self._say(f"{entry.name}: begun, process {process.pid}")
        began = time.monotonic()
        status = process.wait()
        with self._mutex:
            del self._running[entry.name]
        took = timedelta(seconds=round(time.monotonic() - began))
        self._say(f"{entry.name}: ended after {took} with {meaning(status)}")
        return status

    def _stop(self, sentence: str) -> None:
        with self._mutex:
            self._stopping.set()
            self._say(sentence)
            for process in self._running.values():
                process.send_signal(signal.SIGTERM)  # to a crawl, what Ctrl-C is
        self._lines.wake()


class _Lines:
    """Who waits for a store: whoever came first has it, the others stand in line."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._change = threading.Condition()
        self._lines: defaultdict[Path, deque[str]] = defaultdict(deque)

    @contextmanager
    def turn(self, entry: Entry) -> Iterator[None]:
        """Wait for an entry's turn, or until all is to end."""
        with self._change:
            line = self._lines[entry.store]
            line.append(entry.name)
            self._change.wait_for(lambda: line[0] == entry.name or self._stopping.is_set())
        try:
            yield
        finally:
            with self._change:
                line.remove(entry.name)
                self._change.notify_all()

    def waiting(self) -> bool:
        """Say whether anybody stands in a line, at its head or behind."""
        with self._change:
            return any(self._lines.values())

    def wake(self) -> None:
        """Let all look again."""
        with self._change:
            self._change.notify_all()


def meaning(status: int) -> str:
    """Return an exit status with what it means.

    >>> meaning(10), meaning(-9)
    ('10 (some failed)', '-9 (killed by SIGKILL)')
    """
    try:
        return f"{status} ({ExitStatus(status).told if status >= 0 else f'killed by {signal.Signals(-status).name}'})"
    except ValueError:
        return str(status)


@contextmanager
def _signals() -> Iterator[Callable[[float], bool]]:
    """Yield what waits so many seconds for SIGTERM or Ctrl-C, and says whether one came.

    The handlers themselves do nothing: taking a lock in one could wait for the very thread that it interrupts.
    """
    here, there = socket.socketpair()
    there.setblocking(False)
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    woken = signal.set_wakeup_fd(there.fileno())

    def asked(seconds: float) -> bool:
        if not select.select([here], [], [], seconds)[0]:
            return False
        time.sleep(_ONE)
        return bool(here.recv(1024))

    try:
        yield asked
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        here.close()
        there.close()
