"""Crawl out of a frontier of a million addresses, and read a page of ten thousand links; print what that cost.

The addresses are put into the store as a run leaves them that was broken off. Then `scrapy crawl`, as a person runs
it, goes on with them until it has fetched so many pages: once with no more than those in the frontier, once with all.
The lines are those of `python -m benchmarks.endurance`: pages a second from the start of the process to its end (which
includes taking over the frontier), the memory curve, and what a page adds to the memory.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.endurance import Trial, curve, slope
from benchmarks.newspaper import Newspaper, headline
from spiders.listings.discovery import read_listing
from spiders.record import Kind, Link
from spiders.store import Store

_BATCH = 10_000


class _Archive(Newspaper):
    """A newspaper that no feed lists any more."""

    def feeds(self) -> Iterator[str]:
        return iter(())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a part for each frontier, then the line of the page of links."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.frontier",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--addresses", type=int, default=1_000_000, help="in the frontier (default: 1,000,000)")
    parser.add_argument("--pages", type=int, default=3000, help="that are fetched (default: 3,000)")
    parser.add_argument("--size", type=int, default=60_000, help="bytes of a page (default: 60,000)")
    parser.add_argument("--links", type=int, default=10_000, help="on the page of links (default: 10,000)")
    given = parser.parse_args(arguments)
    for addresses in dict.fromkeys((given.pages, given.addresses)):
        asyncio.run(_crawled(addresses, given.pages, given.size))
    print(_listed(given.links))
    return 0


async def _crawled(addresses: int, pages: int, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with _Archive(addresses, size) as paper:
            _fill(Path(folder) / "store.db", paper, addresses)
            trial = Trial(paper, Path(folder), [f"CLOSESPIDER_PAGECOUNT={pages}"])
            start = time.monotonic()
            status, line = await trial.crawl()
            seconds = time.monotonic() - start
            print(f"\n{addresses:,} addresses in the frontier: status {status}, {line}")
            print(
                f"{len(paper.asked) / seconds:.0f} pages/s of {size / 1000:.0f} kB, store {trial.store_size():.0f} MB"
            )
            print(*curve(trial.samples, pages), sep="\n")
            at_work = [sample for sample in trial.samples if sample.workers]
            print(f"slope over the second half: {slope(at_work) * 1000:+.2f} MB per 1,000 pages", flush=True)


def _fill(path: Path, paper: Newspaper, addresses: int) -> None:
    with Store(path) as store:
        run = store.begin("endurance", [])
        for first in range(0, addresses, _BATCH):
            numbers = range(first, min(first + _BATCH, addresses))
            store.discover(run, [Link(f"{paper.base}/news/{number}") for number in numbers])


def _listed(links: int) -> str:
    cards = (f'<li><h3><a href="/news/{n}-district-keeps-its-ferry">{headline(n)}</a></h3></li>' for n in range(links))
    page = f"<body><ul>{''.join(cards)}</ul></body>".encode()
    start = time.process_time()
    listing = read_listing(Kind.SECTION, page, "https://quay.example/", ("quay.example",))
    seconds = time.process_time() - start
    return f"\na page of {links:,} links: {len(listing.links):,} taken in {seconds:.2f} s of CPU"


if __name__ == "__main__":
    sys.exit(main())
