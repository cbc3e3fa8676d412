"""Group A of the table of faults: crawls that are killed, stopped, starved of disk or kept out of their store."""

from __future__ import annotations

import ctypes
import random
import re
import resource
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from spiders.status import ExitStatus
from tests.conftest import Run
from tests.faults.crashes import Press, ended, total
from tests.misbehaving import Server
from tests.newsroom import edition

pytestmark = pytest.mark.faults


@pytest.fixture
def press(server: Server, tmp_path: Path) -> Press:
    """A newspaper of 120 articles, not crawled yet."""
    return Press(server, tmp_path, 120)


@pytest.fixture
def gazette(server: Server, tmp_path: Path) -> Press:
    """A newspaper of 40 articles, not crawled yet."""
    return Press(server, tmp_path, 40)


@pytest.mark.parametrize("seed", [1, 2])
def test_A1_killed_at_random_requests_nothing_is_lost_or_doubled(press: Press, seed: int) -> None:
    kills = random.Random(seed)
    for _ in range(4):
        press.kill(kills.randint(1, 25))
        assert set(press.stored()) <= press.urls
    status, out, err = press.crawl()
    assert status == 0, err
    assert total(out) == {"stored": 120, "failed": 0, "excluded": 0, "pending": 0, "discovered": 120}
    press.check(kills=4)


def test_A2_killed_again_during_recovery(press: Press) -> None:
    press.kill(30)
    for pages in (0, 1, 0):  # before it asks for an article, at the first one
        press.kill(pages)
    assert press.crawl()[0] == 0
    press.check(kills=4)


@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGINT]], ids=["SIGTERM", "Ctrl-C"])
def test_A3_stopped_it_finishes_what_is_in_flight_and_says_how_to_go_on(
    press: Press, signals: list[signal.Signals]
) -> None:
    with press.start() as process:
        press.wait(process, 20)
        process.send_signal(signals[0])
        status, out, _ = ended(process)
    assert status == 11, out
    assert "\ninterrupted: run it again to go on\n" in out
    first = total(out)
    assert first["stored"] >= 12
    assert first["pending"] >= 30
    assert press.fetched().total() == first["stored"]
    status, out, _ = press.crawl()
    assert status == 0, out
    assert f"{first['stored']} of the addresses were done before" in out
    press.check(kills=0)


def test_A3_stopped_it_does_not_fetch_what_only_waits_for_its_turn(gazette: Press) -> None:
    with gazette.start(DOWNLOAD_DELAY=0.5, CONCURRENT_REQUESTS_PER_DOMAIN=1) as process:
        gazette.wait(process, 3)
        process.send_signal(signal.SIGINT)
        status, out, err = ended(process)
    assert (status, gazette.fetched().total() <= 5) == (11, True), err
    assert "interrupted: what is under way is finished; again, and it ends at once" in err
    assert total(out)["stored"] == gazette.fetched().total()
    assert "failed:" not in out
    assert gazette.crawl()[0] == 0
    gazette.check(kills=0)


def test_A3_stopped_twice_it_ends_at_once_and_can_be_gone_on_with(press: Press) -> None:
    with press.start() as process:
        press.wait(process, 20)
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        status, _, err = ended(process)
    assert status == 11
    assert "interrupted: run it again to go on" in err
    assert press.crawl()[0] == 0
    press.check(kills=1)


_SLOW = """
import os, signal, time

class Slow:
    @classmethod
    def from_crawler(cls, crawler):
        os.kill(os.getpid(), signal.SIGINT)
        return cls()
"""


def test_A3_stopped_before_the_engine_runs_it_closes_its_books(gazette: Press) -> None:
    (gazette.folder / "desk" / "slow.py").write_text(_SLOW)
    status, out, err = gazette.crawl(ADDONS="{}", EXTENSIONS=_with("desk.slow.Slow"))
    assert (status, total(out)["stored"]) == (11, 0), err
    assert gazette.crawl()[0] == 0
    gazette.check(kills=0)


def _with(extension: str) -> str:
    """Return the project's extensions and one more, as a setting on the command line."""
    import json

    from spiders import settings

    return json.dumps(settings.EXTENSIONS | {extension: 25})


def test_A3_stopped_while_python_starts_it_says_so(gazette: Press) -> None:
    with gazette.start() as process:
        time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        status, out, _ = ended(process)
    assert (status, out) == (-signal.SIGTERM, "")
    assert not gazette.store.exists()


def test_A6_a_full_disk_ends_the_run_and_what_is_stored_is_whole(press: Press) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))  # what a file may grow to

    status, out, err = press.crawl(first=small)
    assert status == 3, out + err
    assert f"scrapy crawl: the store {press.store} cannot be written: " in err
    assert "Traceback" not in err
    stored = press.stored()
    assert 0 < len(stored) < 120
    assert press.crawl()[0] == 0
    press.check(kills=1)


def test_A10_a_second_run_is_told_who_is_at_work(gazette: Press) -> None:
    with gazette.start() as process:
        gazette.wait(process, 5)
        process.send_signal(signal.SIGSTOP)  # or it may be done before the second has begun
        try:
            status, out, err = gazette.crawl()
        finally:
            process.send_signal(signal.SIGCONT)
        assert (status, out) == (5, "")
        told = rf"scrapy crawl: the store \S+ is locked by pid {process.pid} since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC"
        assert re.search(told, err)
        assert ended(process)[0] == 0
    gazette.check(kills=0)


def test_A11_the_lock_of_a_dead_run_is_taken_over(gazette: Press) -> None:
    gazette.kill(5)
    assert "pid" in gazette.store.with_name("store.db.lock").read_text()
    status, _, err = gazette.crawl()
    assert status == 0, err
    assert "locked" not in err


def as_anybody() -> None:
    """Give up what lets root write where nobody may; a no-op for all others."""
    prctl, drop = ctypes.CDLL(None).prctl, 24
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        prctl(drop, capability, 0, 0, 0)


def test_A13_a_folder_that_cannot_be_written_is_named(gazette: Press) -> None:
    locked = gazette.folder / "locked"
    locked.mkdir(mode=0o555)
    status, out, err = gazette.crawl(store=locked / "store.db", first=as_anybody)
    assert (status, out) == (4, "")
    assert f"scrapy crawl: the store {locked}/store.db cannot be opened: Permission denied" in err
    assert gazette.fetched().total() == 0


def test_A13_a_file_in_the_way_is_named(gazette: Press) -> None:
    (gazette.folder / "file").touch()
    status, out, err = gazette.crawl(store=gazette.folder / "file" / "store.db")
    assert (status, out) == (4, "")
    assert "cannot be opened" in err
    assert len(err.splitlines()) == 1


def test_A13_a_store_that_may_only_be_read_is_left_as_it_is(gazette: Press) -> None:
    assert gazette.crawl()[0] == 0
    before = gazette.store.read_bytes()
    gazette.store.chmod(0o444)
    status, out, err = gazette.crawl(first=as_anybody)
    assert (status, out) == (4, "")
    assert "read-only" in err or "readonly" in err
    assert gazette.store.read_bytes() == before


def test_A13_another_program_has_the_file_to_itself(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(edition()).status() is ExitStatus.OK
    monkeypatch.setattr("spiders.store.connection._WAIT", 0.2)
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        books = run(edition())
    assert str(books.stopped_by).startswith(
        f"the store {tmp_path}/store.db cannot be written: another program has held"
    )
    assert books.status() is ExitStatus.BROKEN
    assert run(edition()).known == 2
