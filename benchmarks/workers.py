"""What it costs to read pages in expendable processes: CPU a page, two workers against one, the loop's longest halt.

    python -m benchmarks.workers FOLDER

The folder is a corpus (`spiders.specimens.corpora`). More pages are under way than there are workers, as in a crawl: a
worker has its next page before it has answered the last. CPU is that of all processes together: the best of the rounds
for every eight pages, in this process and with a worker in turn, so that what else the machine does counts for little.
Speed is that of the best round, one worker and two in turn; it is worth reading on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from scrapy.settings import Settings

from extractors import ExtractionError, extract
from spiders.specimens.corpora import html_of, samples_of
from spiders.workers.pool import Pool

_UNDER_WAY = 8
_BEAT = 0.001  # seconds between two looks at the loop

Page = tuple[bytes, str]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="a corpus")
    parser.add_argument(
        "--rounds", type=int, default=15, help="default: 15; fewer leave more of the machine's noise in"
    )
    options = parser.parse_args(arguments)
    pages = [(html_of(sample.page), sample.url) for sample in samples_of(options.folder)]
    alone, here, there = asyncio.run(_cost(pages, options.rounds))
    print(f"{len(pages)} pages, milliseconds of CPU a page")
    print(f"{alone:8.2f}  in this process")
    print(f"{here + there:8.2f}  with a worker: {there:.2f} there, {here:.2f} here")
    print(f"{here + there - alone:8.2f}  more")
    one, two, halt = asyncio.run(_speed(pages, options.rounds))
    print(f"two workers are {two / one:.2f} × as fast as one ({one:.0f} and {two:.0f} pages a second)")
    print(f"the event loop stood still for {halt:.1f} ms at the longest")
    return 0


async def _cost(pages: list[Page], rounds: int) -> tuple[float, float, float]:
    """Return the milliseconds of CPU a page: all in this process, and with a worker those here and those there."""
    parts = [pages[start : start + _UNDER_WAY] for start in range(0, len(pages), _UNDER_WAY)]
    alone = [float("inf")] * len(parts)
    best = [(float("inf"), float("inf"))] * len(parts)
    async with _pool(1) as pool:
        await _read(pool, pages[:1])  # there is a worker from now on
        there = _clock(pool)
        for _ in range(rounds + 1):  # the first loads what the others have
            for number, part in enumerate(parts):
                start = time.process_time()
                for page in part:
                    with suppress(ExtractionError):
                        extract(*page)
                alone[number] = min(alone[number], time.process_time() - start)
                before, start = there(), time.process_time()
                await _read_all(pool, part)
                took = time.process_time() - start, there() - before
                best[number] = min(best[number], took, key=sum)
    here, beyond = (1000 * sum(part) / len(pages) for part in zip(*best, strict=True))
    return 1000 * sum(alone) / len(pages), here, beyond


async def _speed(pages: list[Page], rounds: int) -> tuple[float, float, float]:
    """Return the pages a second of one worker and of two, and the loop's longest halt in milliseconds, best rounds."""
    speeds, longest = [0.0, 0.0], float("inf")
    async with _pool(1) as one, _pool(2) as two:
        for pool in (one, two, two):
            await _read_all(pool, pages)  # each worker loads what it will need
        for _ in range(rounds):
            for number, pool in enumerate((one, two)):
                halts: list[float] = []
                watch = asyncio.ensure_future(_watch(halts))
                start = time.perf_counter()
                await _read_all(pool, pages)
                speeds[number] = max(speeds[number], len(pages) / (time.perf_counter() - start))
                watch.cancel()
                longest = min(longest, 1000 * max(halts, default=0))
    return speeds[0], speeds[1], longest


def _pool(workers: int) -> Pool:
    return Pool(Settings({"WORKERS": workers, "EXTRACTION_TIMEOUT": 60, "EXTRACTION_MEMORY_MB": 600}))


async def _read_all(pool: Pool, pages: Iterable[Page]) -> None:
    left = iter(pages)
    await asyncio.gather(*(_read(pool, left) for _ in range(_UNDER_WAY)))


async def _read(pool: Pool, pages: Iterable[Page]) -> None:
    for html, url in pages:
        with suppress(ExtractionError):
            await pool.extract(html, url)


async def _watch(halts: list[float]) -> None:
    """Note each time how long the event loop was away."""
    last = time.perf_counter()
    while True:
        await asyncio.sleep(_BEAT)
        now = time.perf_counter()
        halts.append(now - last - _BEAT)
        last = now


def _clock(pool: Pool) -> Callable[[], float]:
    """Return a clock of the seconds of CPU that the workers of a pool have had, as Linux tells it."""
    files = [
        stat.parent / "schedstat"
        for stat in Path("/proc").glob("[0-9]*/stat")
        if int(stat.read_text().rpartition(")")[2].split()[2]) == pool.group != int(stat.parent.name)
    ]
    return lambda: sum(int(file.read_text().split()[0]) for file in files) / 1e9


if __name__ == "__main__":
    raise SystemExit(main())
