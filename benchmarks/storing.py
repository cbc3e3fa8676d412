"""What the store costs a page: CPU and time, beside the bare insert of the same pages into a bare SQLite table.

The bare insert writes body and article (as JSON, which it has to make too) with the same flushes to the disk, fifty
pages a transaction, and nothing else: no frontier, no compression, no checksums, no revisions.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.newspaper import page
from extractors import Article, extract
from spiders.lease import Finish, Lease
from spiders.record import Link, Raw
from spiders.store import Store
from spiders.store.writer import Writer

_HOME = "https://quay.example"
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
_BATCH = 50
Pages = dict[str, tuple[bytes, Article]]
Cost = tuple[float, float]  # CPU and wall, milliseconds a page


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each way to store the pages; the best of so many rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--size", type=int, default=100_000, help="bytes a page (default: 100,000)")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    pages: Pages = {}
    for number in range(given.pages):
        body = page(number, _HOME, given.size).encode()
        pages[f"{_HOME}/news/{number}"] = body, extract(body, f"{_HOME}/news/{number}")
    ways: dict[str, Callable[[Pages], Cost]] = {
        "bare insert": bare,
        f"store, {_BATCH} a transaction": lambda pages: stored(pages, _BATCH),
        "store, one a transaction": lambda pages: stored(pages, 1),
        "writer, 32 in flight": lambda pages: asyncio.run(written(pages, 32)),
    }
    best = {way: min(run(pages) for _ in range(given.rounds)) for way, run in ways.items()}
    print(f"{given.pages} pages of {given.size} bytes\n{'':28}{'CPU ms':>8}{'× bare':>8}{'ms':>8}")
    for way, (cpu, wall) in best.items():
        print(f"{way:28}{cpu:8.2f}{cpu / best['bare insert'][0]:8.1f}{wall:8.2f}")
    return 0


def bare(pages: Pages) -> Cost:
    """Insert into a table of three columns."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(f"{folder}/bare.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE page (url TEXT PRIMARY KEY, body BLOB, article TEXT)")
        clock = _Clock()
        items = list(pages.items())
        for start in range(0, len(items), _BATCH):
            for url, (body, article) in items[start : start + _BATCH]:
                form = json.dumps(article.as_dict(), ensure_ascii=False)
                connection.execute("INSERT INTO page VALUES (?, ?, ?)", (url, body, form))
            connection.commit()
        return clock.cost(len(pages))


def stored(pages: Pages, batch: int) -> Cost:
    """Lease and finish through the store itself."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "store.db") as store:
        run = store.begin("quay", [Link(url) for url in pages])
        clock = _Clock()
        while leases := store.lease(run, batch):
            store.finish_all([_finish(lease, pages) for lease in leases])
        return clock.cost(len(pages))


async def written(pages: Pages, in_flight: int) -> Cost:
    """Lease and finish as a crawl does, through the thread that writes."""
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(Store(Path(folder) / "store.db"))
        run = await writer.begin("quay", [Link(url) for url in pages])
        clock = _Clock()
        while leases := await writer.lease(run, in_flight):
            await asyncio.gather(*(writer.finish(_finish(lease, pages)) for lease in leases))
        cost = clock.cost(len(pages))
        await writer.close()
        return cost


def _finish(lease: Lease, pages: Pages) -> Finish:
    body, article = pages[lease.url]
    return Finish(lease, Raw(lease.url, 200, (("Content-Type", "text/html"),), body, _WHEN), article=article)


class _Clock:
    def __init__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def cost(self, pages: int) -> Cost:
        return 1000 * (time.process_time() - self._cpu) / pages, 1000 * (time.perf_counter() - self._wall) / pages


if __name__ == "__main__":
    sys.exit(main())
