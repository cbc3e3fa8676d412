"""The process that keeps a plan running: what it starts and when, and how it ends."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from spiders.plans.daemon import Daemon, Due, first_time
from spiders.plans.hours import Times
from spiders.plans.plan import Entry, entries
from spiders.store import Store
from tests.conftest import Command

# A crawl that writes down when it begins and ends, and ends when it is told to, with 11.
CRAWL = """
import os, pathlib, signal, sys, time
log, name, seconds, status = pathlib.Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
def note(what):
    with log.open("a") as file: file.write(f"{what} {name}\\n")
def told(*_):
    note("told"); time.sleep(0.1); note("end"); os._exit(11)
signal.signal(signal.SIGTERM, told)
signal.signal(signal.SIGINT, lambda *_: note("interrupted"))
note("begin")
time.sleep(seconds)
signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is as good as over
note("end")
os._exit(status)
"""
PATIENCE = 20.0  # seconds until a test gives up; nothing here takes one


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., list[Entry]]:
    """Return entries by name, each with what differs from the first."""

    def made(**tables: dict[str, Any]) -> list[Entry]:
        ground = {"spider": "x", "every": "1d"}
        return entries(
            [ground | {"name": name} | table for name, table in tables.items()],
            "test",
            spiders=["x"],
            store=tmp_path / "store.db",
            given={},
        )

    return made


def tell_to_end(number: int) -> None:
    """Send this process a signal, if the daemon still listens for it: nobody else here would bear it."""
    if signal.getsignal(number) not in (signal.SIG_DFL, signal.default_int_handler):
        os.kill(os.getpid(), number)


class Desk:
    """A daemon that is told to end when its log says so."""

    def __init__(
        self, folder: Path, plan: list[Entry], last: dict[str, datetime] | None = None, **again: float
    ) -> None:
        self.log, self.said = folder / "log", list[str]()
        self.seconds: dict[str, float] = {}
        self.statuses: dict[str, list[int]] = {}
        self._daemon = Daemon(plan, last or {}, say=self.said.append, order=self._order, **again)

    def _order(self, entry: Entry) -> list[str]:
        statuses = self.statuses.get(entry.name, [0])
        status = statuses.pop(0) if len(statuses) > 1 else statuses[0]
        return [
            sys.executable,
            "-S",
            "-c",
            CRAWL,
            str(self.log),
            entry.name,
            str(self.seconds.get(entry.name, 0)),
            str(status),
        ]

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def run_until(self, enough: Callable[[list[str]], bool], *numbers: int) -> list[str]:
        """Run until the log is enough, then end as a person ends it (SIGTERM, or these); return the log."""
        late = False

        def end() -> None:
            nonlocal late
            limit = time.monotonic() + PATIENCE
            while not enough(self.lines()):
                if late := time.monotonic() > limit:
                    break
                time.sleep(0.02)
            for number in numbers or (signal.SIGTERM,):
                tell_to_end(number)

        before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
        watch = threading.Thread(target=end)
        watch.start()
        self._daemon.run()
        watch.join()
        assert not late, self.lines()
        assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
        return self.lines()


def test_crawls_of_one_store_wait_for_each_other_and_those_of_another_do_not(
    tmp_path: Path, plan: Callable[..., list[Entry]]
) -> None:
    desk = Desk(tmp_path, plan(a={}, b={}, c={}, other={"store": str(tmp_path / "other.db")}))
    desk.seconds = {"a": 0.1, "b": 0.1, "c": 0.1, "other": 3600}
    log = desk.run_until(lambda lines: {"end a", "end b", "end c", "begin other"} <= set(lines))
    alone = [line for line in log if "other" not in line]
    assert [line.split()[0] for line in alone] == ["begin", "end"] * 3  # never two of them at once
    assert sorted(alone[::2]) == ["begin a", "begin b", "begin c"]
    assert [begin.split()[1] for begin in alone[::2]] == [end.split()[1] for end in alone[1::2]]
    assert log[-2:] == ["told other", "end other"]  # told to end once, and waited for
    assert any(
        line.startswith("other: ended after 0:00:0") and line.endswith("with 11 (interrupted)") for line in desk.said
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_waits_for_its_store_is_not_begun_when_all_is_to_end(
    tmp_path: Path, plan: Callable[..., list[Entry]], number: int
) -> None:
    desk = Desk(tmp_path, plan(a={}, b={}))
    desk.seconds = {"a": 3600, "b": 3600}
    log = desk.run_until(lambda lines: bool(lines), number)
    assert [line.split()[0] for line in log] == ["begin", "told", "end"]


def test_two_signals_at_once_as_from_timeout_are_one(tmp_path: Path, plan: Callable[..., list[Entry]]) -> None:
    desk = Desk(tmp_path, plan(a={}))
    desk.seconds = {"a": 3600}
    log = desk.run_until(lambda lines: "begin a" in lines, signal.SIGTERM, signal.SIGINT)
    assert log == ["begin a", "told a", "end a"]
    assert "ending at once" not in desk.said


def test_a_store_that_somebody_else_has_is_tried_again(tmp_path: Path, plan: Callable[..., list[Entry]]) -> None:
    desk = Desk(tmp_path, plan(a={}), again=0.01)
    desk.statuses = {"a": [5, 5, 0]}
    desk.run_until(lambda lines: len(lines) == 6)
    time.sleep(0.05)
    assert desk.lines() == ["begin a", "end a"] * 3
    ends = [line.partition("with ")[2] for line in desk.said if "ended" in line]
    assert ends == ["5 (the store is locked)", "5 (the store is locked)", "0 (fine)"]


def test_after_a_kill_what_has_begun_meanwhile_is_not_begun_again(
    tmp_path: Path, plan: Callable[..., list[Entry]]
) -> None:
    made = plan(a={}, b={})
    now = datetime.now(UTC)
    missed = now - timedelta(days=1, hours=1)
    desk = Desk(tmp_path, made, {"a": now - timedelta(seconds=1), "b": missed})
    assert desk.run_until(lambda lines: "end b" in lines) == ["begin b", "end b"]
    first = next(line for line in desk.said if line.startswith("a: first at "))
    assert datetime.strptime(first, "a: first at %Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC) > now


def test_nothing_begins_in_quiet_hours(
    tmp_path: Path, plan: Callable[..., list[Entry]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = plan(a={}, b={})
    monkeypatch.setattr(Times, "is_quiet", lambda self, moment: self == made[0].times)  # they began while it waited
    desk = Desk(tmp_path, made)
    assert desk.run_until(
        lambda lines: "end b" in lines and "a: left out, its quiet hours have begun" in desk.said
    ) == [
        "begin b",
        "end b",
    ]


def test_a_crawl_that_cannot_be_started_is_told_and_the_others_go_on(
    tmp_path: Path, plan: Callable[..., list[Entry]]
) -> None:
    desk = Desk(tmp_path, plan(a={}, b={}))
    order = desk._order
    desk._daemon._order = lambda entry: ["/nowhere/python"] if entry.name == "a" else order(entry)
    desk.run_until(lambda lines: "end b" in lines and any("a: its crawl" in line for line in desk.said))
    assert "a: its crawl cannot be started: No such file or directory" in desk.said


def test_times_that_went_by_are_one_and_jitter_is_never_longer_than_told(plan: Callable[..., list[Entry]]) -> None:
    (entry,) = plan(a={"every": "10m", "jitter": "4m", "quiet": "23:00-06:00", "zone": "Europe/Oslo"})
    due = Due(entry.times, entry.jitter)
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    found = {due.get_next_fire_time(now - timedelta(days=3), now) for _ in range(50)}
    at = entry.times.after(now)
    assert all(at <= one < at + entry.jitter for one in found)
    assert len(found) > 1
    one = max(found)
    assert due.get_next_fire_time(one, one) >= entry.times.after(at)


def test_when_an_entry_is_due_first(plan: Callable[..., list[Entry]]) -> None:
    (entry,) = plan(a={"every": "30m", "quiet": "23:00-06:00"})
    noon, night = datetime(2026, 5, 4, 12, tzinfo=UTC), datetime(2026, 5, 4, 2, tzinfo=UTC)
    assert first_time(entry, None, noon) == noon
    assert first_time(entry, None, night) == night.replace(hour=6)
    assert first_time(entry, noon - timedelta(minutes=31), noon) == noon
    assert first_time(entry, noon - timedelta(seconds=1), noon) is None
    assert first_time(entry, night - timedelta(hours=1), night) is None  # nothing was due in its quiet hours
    assert first_time(entry, noon + timedelta(days=9), noon) is None  # a clock that was wrong


def test_a_clock_that_is_set_back_or_forward_keeps_no_crawl_waiting(
    tmp_path: Path, plan: Callable[..., list[Entry]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = timedelta(days=30)  # of the true time: as a machine may begin, before it has asked for that

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + ahead

    for module in ("spiders.plans.daemon", "apscheduler.schedulers.base"):
        monkeypatch.setattr(f"{module}.datetime", Clock)
    desk = Desk(tmp_path, plan(a={}), {"a": Clock.now(UTC)}, look=0.02)

    def enough(lines: list[str]) -> bool:
        nonlocal ahead
        if any("set back" in line for line in desk.said):
            ahead = timedelta(days=1, minutes=1)
        elif desk.said:
            ahead = timedelta()
        return "end a" in lines

    assert desk.run_until(enough)[:2] == ["begin a", "end a"]


def test_the_command_runs_a_plan_and_the_store_says_what_is_due(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, python = tmp_path / "log", tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "$@" >> {log}\n')
    python.chmod(0o755)
    path = tmp_path / "plan.toml"
    path.write_text('[[crawl]]\nspider = "time_com"\nevery = "1w"\n[[crawl]]\nspider = "ynetnews_com"\nevery = "1w"\n')
    with Store(tmp_path / "store.db", entry="time_com") as store:
        store.begin("time_com", [])  # and was killed with all else
    monkeypatch.setattr(sys, "executable", str(python))

    def end() -> None:
        limit = time.monotonic() + PATIENCE
        while not log.exists() and time.monotonic() < limit:
            time.sleep(0.02)
        tell_to_end(signal.SIGTERM)

    watch = threading.Thread(target=end)
    watch.start()
    status, out, err = command("schedule", path, "--run", "-s", f"COPYDESK_STORE={tmp_path}/store.db")
    watch.join()
    assert (status, out) == (0, "")
    settings = f"-s COPYDESK_STORE={tmp_path}/store.db -s PLAN_ENTRY=ynetnews_com"
    assert log.read_text() == f"-m scrapy crawl ynetnews_com {settings}\n"  # it alone, and once
    assert "ynetnews_com: begun, process " in err
    assert "time_com: begun" not in err
    assert all(line.startswith("scrapy schedule: 20") for line in err.splitlines())
