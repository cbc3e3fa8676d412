"""Crawls of the small newspaper that are killed: a spider for it, a process to kill, and what the store then holds."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.faults.conftest import HANG_GUARD
from tests.misbehaving import Server

IN_FLIGHT = 64  # what `spiders.news` leases at a time: what a kill may cost

_SPIDER = """
from spiders.news import NewsSpider

class Press(NewsSpider):
    name = "press"
    domains = ("127.0.0.1",)
    feeds = ("{feed}",)
"""


@dataclass
class Press:
    """A newspaper of `size` articles, the spider for it, and one store; begins with nothing asked of the server."""

    server: Server
    folder: Path
    size: int

    def __post_init__(self) -> None:
        self.server.reset()
        self.store = self.folder / "store.db"
        desk = self.folder / "desk"
        desk.mkdir()
        (desk / "__init__.py").touch()
        (desk / "press.py").write_text(_SPIDER.format(feed=self.server.url(f"/news/feed.xml?n={self.size}")))
        self.urls = {self.server.url(f"/news/{k}").replace("http:", "https:") for k in range(self.size)}

    def start(
        self, *, store: Path | None = None, first: Callable[[], None] | None = None, **settings: Any
    ) -> subprocess.Popen[str]:
        """Begin to crawl, as a person does, eight pages at a time; `first` is called in the new process."""
        given = {"SPIDER_MODULES": "desk", "COPYDESK_STORE": store or self.store, "ALLOW_PRIVATE": self.server.allowed}
        given |= {"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8} | settings
        options = [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
        command = [sys.executable, "-m", "scrapy", "crawl", "press", *options]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=first,
        )

    def crawl(self, **settings: Any) -> tuple[int, str, str]:
        """Crawl to the end; return the exit status and what was printed."""
        return ended(self.start(**settings))

    def fetched(self) -> Counter[str]:
        """Count how often each article was asked for."""
        return Counter(a.path for a in list(self.server.asked) if a.path.removeprefix("/news/").isdigit())

    def wait(self, process: subprocess.Popen[str], pages: int) -> None:
        """Wait until that many pages have been asked for in all, or the process has ended."""
        while process.poll() is None and self.fetched().total() < pages:
            time.sleep(0.003)

    def kill(self, pages: int, **settings: Any) -> None:
        """Crawl until that many more pages were asked for; then kill -9, in the middle of whatever it does."""
        wanted = self.fetched().total() + pages
        with self.start(**settings) as process:
            self.wait(process, wanted)
            process.kill()
            process.communicate()
        assert process.returncode == -signal.SIGKILL, "it was done before it could be killed"

    def stored(self) -> dict[str, int]:
        """Return the version of each stored article; what is not whole fails.

        Nothing is done that is not stored, with its raw response, and nothing is there twice.
        """
        with closing(sqlite3.connect(self.store)) as store:
            assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert store.execute("PRAGMA foreign_key_check").fetchall() == []
            done = store.execute("SELECT key FROM url WHERE kind = 'article' AND state = 'done'").fetchall()
            rows = store.execute("SELECT key, address, version, body, article FROM article WHERE raw IS NOT NULL")
            articles = {key: (address, version, body, form) for key, address, version, body, form in rows}
            revisions = store.execute("SELECT count(*) FROM article_revision").fetchone()
        assert {key for (key,) in done} == set(articles), "done and stored are not the same"
        assert all(json.loads(form)["body"] == body != "" for _, _, body, form in articles.values())
        assert revisions == (0,)
        return {address: version for address, version, _, _ in articles.values()}

    def check(self, *, kills: int) -> None:
        """Check what a crawl that was killed so often must leave: all, once, and little asked for twice."""
        assert self.stored() == dict.fromkeys(self.urls, 1)
        fetched = self.fetched()
        assert set(fetched) == {f"/news/{k}" for k in range(self.size)}
        assert fetched.total() - self.size <= kills * IN_FLIGHT
        assert max(fetched.values()) <= kills + 1


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a process; return its status and what it printed. One that hangs is killed and fails."""
    with process:
        try:
            out, err = process.communicate(timeout=HANG_GUARD)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, out, err


def total(out: str) -> dict[str, int]:
    """Read the last line of what a run printed, and check that it adds up."""
    counts = {word: int(n) for n, word in re.findall(r"(\d+) (\w+)", out.splitlines()[-1])}
    assert list(counts) == ["stored", "failed", "excluded", "pending", "discovered"], out
    assert counts["discovered"] == sum(counts.values()) - counts["discovered"]
    return counts
