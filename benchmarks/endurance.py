"""Crawl many invented pages from a server on this machine, killing the crawl now and then; print what it cost.

The crawl is `scrapy crawl` as a person runs it, in a process of its own, without a delay between requests. With
--kills it is killed (kill -9) at so many random requests and started again; at the end:

  lost            pages that are not in the store
  doubled         pages that are there more than once, or as a revision of themselves
  fetched again   pages asked of the server beyond the first time

The memory curve has a row for each twentieth of the pages: what the crawl and its workers hold (RSS), and both
together with shared pages counted once (PSS), in MB, as Linux tells it in /proc. The slope is over the second half of
what the last crawl did.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.newspaper import Newspaper

_ROOT = Path(__file__).resolve().parent.parent
_EVERY = 0.2  # seconds between two looks at the memory
_ROWS = 20
_SPIDER = """
from spiders.news import NewsSpider

class Endurance(NewsSpider):
    name = "endurance"
    domains = ("127.0.0.1",)
    feeds = {feeds!r}
"""


@dataclass(frozen=True)
class Sample:
    """What was held at a time: seconds since the start, pages asked for so far, and MB."""

    seconds: float
    pages: int
    crawl: float
    workers: float
    pss: float


@dataclass(frozen=True)
class Tally:
    """What the store and the server say at the end."""

    lost: int
    doubled: int
    again: int


class Trial:
    """One store, crawled until it has all the pages of a newspaper."""

    def __init__(self, paper: Newspaper, folder: Path, settings: Sequence[str]) -> None:
        self._paper, self._folder = paper, folder
        desk = folder / "desk"
        desk.mkdir()
        (desk / "__init__.py").touch()
        (desk / "endurance.py").write_text(_SPIDER.format(feeds=tuple(paper.feeds())), "utf-8")
        given = [f"COPYDESK_STORE={folder / 'store.db'}", f"ALLOW_PRIVATE=127.0.0.1:{paper.port}", "DOWNLOAD_DELAY=0"]
        given += ["SPIDER_MODULES=desk", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "HOST_BUDGET=1000000000", *settings]
        self._command = [sys.executable, "-m", "scrapy", "crawl", "endurance"]
        self._command += [word for setting in given for word in ("-s", setting)]
        self.samples: list[Sample] = []
        self._start = time.monotonic()

    async def crawl(self, until: int | None = None) -> tuple[int, str]:
        """Crawl to the end, or kill the crawl when so many pages have been asked for; return status and last line."""
        with (self._folder / "told.txt").open("w+b") as told:
            process = subprocess.Popen(
                self._command,
                cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": str(self._folder)},
                stdout=told,
                stderr=subprocess.STDOUT,
            )
            looked = 0.0
            while (status := process.poll()) is None:
                if until is not None and len(self._paper.asked) >= until:
                    process.kill()
                if time.monotonic() - looked >= _EVERY:
                    looked = time.monotonic()
                    self._look(process.pid)
                await asyncio.sleep(0.002 if until is not None else _EVERY)
            told.seek(0)
            lines = told.read().decode("utf-8", "replace").splitlines()
        return status, lines[-1] if lines else ""

    def tally(self) -> Tally:
        """Compare the store with what there was, and with what was asked for."""
        with closing(sqlite3.connect(self._folder / "store.db")) as store:
            known = {address for (address,) in store.execute("SELECT address FROM article")}
            (articles,) = store.execute("SELECT count(*) FROM article").fetchone()
            (revisions,) = store.execute("SELECT count(*) FROM article_revision").fetchone()
        base = self._paper.base.replace("http:", "https:")
        lost = sum(f"{base}/news/{n}" not in known for n in range(self._paper.pages))
        again = self._paper.asked.total() - len(self._paper.asked)
        return Tally(lost, articles - (self._paper.pages - lost) + revisions, again)

    def store_size(self) -> float:
        """Return what the store takes on the disk, in MB."""
        return sum(file.stat().st_size for file in self._folder.glob("store.db*")) / 1e6

    def _look(self, process: int) -> None:
        family = [process, *_children(process)]
        crawl, *workers = (_memory(one, "status", "VmRSS") for one in family)
        pss = sum(_memory(one, "smaps_rollup", "Pss") for one in family)
        if crawl:
            seconds = time.monotonic() - self._start
            self.samples.append(Sample(seconds, len(self._paper.asked), crawl, sum(workers), pss))


def curve(samples: Sequence[Sample], pages: int) -> Iterator[str]:
    """Yield the lines of the memory curve: the highest of each twentieth, then the peak."""
    yield f"{'pages':>8} {'seconds':>8} {'crawl MB':>9} {'workers MB':>11} {'PSS MB':>8}"
    for row in range(_ROWS):
        part = [s for s in samples if row * pages < s.pages * _ROWS <= (row + 1) * pages]
        if part:
            peaks = (max(s.crawl for s in part), max(s.workers for s in part), max(s.pss for s in part))
            yield f"{part[-1].pages:>8} {part[-1].seconds:>8.0f} {peaks[0]:>9.0f} {peaks[1]:>11.0f} {peaks[2]:>8.0f}"
    yield f"peak: {max(s.crawl + s.workers for s in samples):.0f} MB RSS, {max(s.pss for s in samples):.0f} MB PSS"


def slope(samples: Sequence[Sample]) -> float:
    """Return what a page adds to what crawl and workers hold, in MB, by least squares over the second half."""
    first, last = (samples[0].pages, samples[-1].pages) if samples else (0, 0)
    late = [s for s in samples if 2 * s.pages >= first + last]
    pages, held = [float(s.pages) for s in late], [s.crawl + s.workers for s in late]
    if len(set(pages)) < 2:
        return 0.0
    mean, middle = sum(pages) / len(pages), sum(held) / len(held)
    spread = sum((p - mean) ** 2 for p in pages)
    return sum((p - mean) * (h - middle) for p, h in zip(pages, held, strict=True)) / spread


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trial that the arguments ask for; 0 where nothing was lost or doubled."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.endurance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", type=int, default=2000, help="articles that the server has (default: 2000)")
    parser.add_argument("--kills", type=int, default=0, help="how often the crawl is killed (default: never)")
    parser.add_argument("--size", type=int, default=60_000, help="bytes of a page (default: 60000)")
    parser.add_argument("--seed", type=int, default=1, help="of the requests at which it is killed (default: 1)")
    parser.add_argument("-s", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a setting")
    return asyncio.run(_run(parser.parse_args(arguments)))


async def _run(given: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        async with Newspaper(given.pages, given.size) as paper:
            trial = Trial(paper, Path(folder), given.settings)
            dice = random.Random(given.seed)
            for number, until in enumerate(sorted(dice.sample(range(1, given.pages), given.kills)), 1):
                status, line = await trial.crawl(until)
                print(f"kill {number} after {len(paper.asked)} pages (status {status})", flush=True)
            before, start = len(paper.asked), time.monotonic()
            looks = len(trial.samples)
            status, line = await trial.crawl()
            seconds = time.monotonic() - start
            tally = trial.tally()
    print(f"status {status}: {line}")
    print(f"{tally.lost} lost, {tally.doubled} doubled, {tally.again} fetched again after {given.kills} kills")
    print(f"{(given.pages - before) / seconds:.0f} pages/s of {given.size / 1000:.0f} kB, start and end included")
    print(*curve(trial.samples, given.pages), sep="\n")
    at_work = [sample for sample in trial.samples[looks:] if sample.workers]
    print(f"slope over the second half: {slope(at_work) * 1000:+.2f} MB per 1,000 pages")
    return 0 if (status, tally.lost, tally.doubled) == (0, 0, 0) else 1


def _children(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    except OSError:
        return []
    return [int(child) for child in tasks.split()]


def _memory(process: int, file: str, name: str) -> float:
    """Return one figure of /proc in MB; 0 for a process that has just ended."""
    try:
        lines = Path(f"/proc/{process}/{file}").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


if __name__ == "__main__":
    sys.exit(main())
