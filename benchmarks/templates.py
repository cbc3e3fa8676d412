"""What pages cost that a site file reads: with the engine's run beside it and without, as multiples of the bare parse.

    python -m benchmarks.templates FOLDER…

The folders are corpora (`spiders.specimens.corpora`); their pages that no site file fits are left out. The best of the
rounds counts for each page and each of the three, which take turns, so that what else the machine does counts for
little.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from extractors import ExtractionError, extract
from spiders.specimens.corpora import html_of, samples_of

Fitted = tuple[bytes, str]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where no page of the folders has a template."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.templates", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="a corpus")
    parser.add_argument("--rounds", type=int, default=5, help="default: 5")
    options = parser.parse_args(arguments)
    pages = [page for folder in options.folders for page in _fitted(folder)]
    if not pages:
        print("no site file fits a page of these folders")
        return 1
    parse, bare, checked = _costs(pages, options.rounds)
    print(f"{len(pages)} pages that a site file fits, milliseconds of CPU a page, multiples of the bare parse")
    print(f"{parse:8.2f}           the bare parse")
    print(f"{bare:8.2f}  {bare / parse:5.2f} ×  without the engine's check (check=False)")
    print(f"{checked:8.2f}  {checked / parse:5.2f} ×  with it")
    return 0


def _fitted(folder: Path) -> list[Fitted]:
    """Return the pages of a corpus that a site file reads."""
    found: list[Fitted] = []
    for sample in samples_of(folder):
        html = html_of(sample.page)
        with suppress(ExtractionError):
            if extract(html, sample.url).agreement is not None:  # which only a site file's article has
                found.append((html, sample.url))
    return found


def _costs(pages: list[Fitted], rounds: int) -> tuple[float, float, float]:
    """Return the milliseconds a page of the bare parse, of the extraction without its check, and with it."""
    ways: tuple[Callable[[bytes, str], object], ...] = (
        lambda html, _: LexborHTMLParser(html),
        lambda html, url: extract(html, url, check=False),
        extract,
    )
    best = [[float("inf")] * len(pages) for _ in ways]
    for _ in range(rounds):
        for number, (html, url) in enumerate(pages):
            for way, times in zip(ways, best, strict=True):
                start = time.process_time()
                way(html, url)
                times[number] = min(times[number], time.process_time() - start)
    parse, bare, checked = (1000 * sum(times) / len(pages) for times in best)
    return parse, bare, checked


if __name__ == "__main__":
    raise SystemExit(main())
