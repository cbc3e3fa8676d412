"""What the tests of faults share: the server that misbehaves, and crawls of it as a person would run them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import ROOT
from tests.misbehaving import Server
from tests.misbehaving.news import ROBOTS_HOSTS

HANG_GUARD = 120.0  # seconds after which a crawl is taken for one that never ends


class Fate(NamedTuple):
    """What the store says of an address."""

    state: str
    reason: str | None
    attempts: int
    again: bool  # due again by itself
    body: str | None  # of the article that was stored


@dataclass(frozen=True)
class Fetched:
    """What came of a crawl: its exit status, what it printed, its store, and the fate of each path."""

    status: int
    stdout: str
    stderr: str
    store: Path
    outcomes: dict[str, Fate]  # by the path (or address) that was given
    peak: int  # KiB of memory, at most


Fetch = Callable[..., Fetched]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server that misbehaves, for all tests; see `tests.misbehaving`. `reset()` it, or use paths of your own."""
    with Server(("127.0.0.1", *ROBOTS_HOSTS)) as running:
        yield running


@pytest.fixture(scope="session")
def fetch(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Fetch:
    """Crawl paths of the server (or whole addresses) with `scrapy crawl article -a urls=FILE`, in a process.

    `fetch(paths, store=None, env=None, **settings)`: the store is a new one unless one is given, `env` is added to the
    environment, and settings win over those that let the server be reached (ALLOW_PRIVATE) and each path be asked for
    once (PATIENCE) and without a pause (DOWNLOAD_DELAY).
    """

    def run(
        paths: Iterable[str], *, store: Path | None = None, env: dict[str, str] | None = None, **settings: Any
    ) -> Fetched:
        folder = tmp_path_factory.mktemp("fetch")
        addresses = {path: server.url(path) if path.startswith("/") else path for path in paths}
        (folder / "urls.txt").write_text("".join(f"{address}\n" for address in addresses.values()), "utf-8")
        store = store or folder / "store.db"
        given = {
            "ALLOW_PRIVATE": server.allowed,
            "DOWNLOAD_DELAY": 0,
            "PATIENCE": 0,
            "COPYDESK_STORE": store,
        } | settings
        options = [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
        status, stdout, stderr, peak = watched(["crawl", "article", "-a", f"urls={folder / 'urls.txt'}", *options], env)
        return Fetched(status, stdout, stderr, store, outcomes(store, addresses), peak)

    return run


def watched(command: list[str], env: dict[str, str] | None = None) -> tuple[int, str, str, int]:
    """Run `scrapy` to its end; return its status, what it printed, and its peak of memory in KiB."""
    # Files: a process that fills a pipe nobody reads would stand still while its memory is watched.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *command],
            cwd=ROOT,
            env=os.environ | (env or {}),
            stdout=out,
            stderr=err,
            stdin=subprocess.DEVNULL,
        )
        guard = threading.Timer(HANG_GUARD, process.kill)
        guard.start()
        peak = 0
        while process.poll() is None:
            peak = max(peak, _high_water(process.pid))
            time.sleep(0.02)
        guard.cancel()
        for file in (out, err):
            file.seek(0)
        return process.returncode, out.read().decode(), err.read().decode(), peak


def outcomes(store: Path, addresses: dict[str, str]) -> dict[str, Fate]:
    """Read what became of addresses from a store."""
    if not store.exists():
        return {}
    with sqlite3.connect(store) as connection:
        rows = connection.execute(
            "SELECT url.url, state, reason, attempts, due > 0, article.body FROM url LEFT JOIN article USING (key)"
        ).fetchall()
    found = {url: Fate(state, reason, attempts, bool(due), body) for url, state, reason, attempts, due, body in rows}
    return {path: found[address] for path, address in addresses.items() if address in found}


def _high_water(process: int) -> int:
    """Read the peak from /proc: the figure of wait4 begins with that of the test's own process."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
