"""Measure the engine on a folder of pages with known bodies: quality, and cost in bare parses of the same pages.

    python -m benchmarks.corpus FOLDER [--sites]

The folder holds `truth.jsonl`, an object a line with `id`, `url` and `body` (paragraphs parted by line breaks), and
`pages/<id>.html.gz`. Body F1 is the harmonic mean of average precision and recall over runs of four words, as in the
article-extraction benchmark of Scrapinghub (2019); "exact" is the share of bodies right to the last word. CPU time is
the best of three passes after one that warms up, over that of LexborHTMLParser on the same bytes in the same pass.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path
from statistics import mean

from rich.console import Console
from rich.table import Table
from selectolax.lexbor import LexborHTMLParser

from extractors import ExtractionError, extract

RUN = 4  # words
PASSES = 3
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Return the words of a text, compatibility forms made one."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def runs_of(words: list[str]) -> Counter[tuple[str, ...]]:
    """Return the runs of `RUN` words; a shorter text is one run."""
    return Counter(tuple(words[i : i + RUN]) for i in range(max(len(words) - RUN + 1, 1))) if words else Counter()


def overlap(gold: list[str], found: list[str]) -> tuple[float, float]:
    """Return (precision, recall) of the words found, over runs."""
    a, b = runs_of(gold), runs_of(found)
    common = (a & b).total()
    return common / b.total() if b else 0.0, common / a.total() if a else 0.0


def read(page: bytes, url: str, *, sites: bool) -> str:
    """Return the body that the engine finds; empty where it refuses the page."""
    try:
        return extract(page, url, sites=sites).body
    except ExtractionError:
        return ""


def timed(function: object, *args: object, **options: object) -> float:
    """Return the seconds of CPU that a call takes."""
    assert callable(function)
    start = time.process_time()
    function(*args, **options)
    return time.process_time() - start


def cost(pages: list[tuple[bytes, str]], *, sites: bool) -> float:
    """Return what `extract` costs on all the pages, as a multiple of the bare parse."""
    best = [[float("inf"), float("inf")] for _ in pages]
    for _ in range(PASSES):
        for record, (page, url) in zip(best, pages, strict=True):
            record[0] = min(record[0], timed(LexborHTMLParser, page))
            record[1] = min(record[1], timed(read, page, url, sites=sites))
    return sum(whole for _, whole in best) / sum(parse for parse, _ in best)


def main() -> None:
    """Print one line of figures for a corpus folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", action="store_true", help="let site files answer where they fit")
    args = parser.parse_args()
    rows = [json.loads(line) for line in (args.folder / "truth.jsonl").open(encoding="utf-8")]
    rows = [row for row in rows if row.get("body")]
    pages = [
        (
            gzip.decompress((args.folder / "pages" / f"{row['id']}.html.gz").read_bytes()),
            row["url"] or "https://unknown.example/",
        )
        for row in rows
    ]
    gold = [words_of(row["body"]) for row in rows]
    found = [words_of(read(page, url, sites=args.sites)) for page, url in pages]
    pairs = [overlap(a, b) for a, b in zip(gold, found, strict=True)]
    precision, recall = mean(p for p, _ in pairs), mean(r for _, r in pairs)
    table = Table("corpus", "pages", "precision", "recall", "F1", "exact", "× parse")
    table.add_row(
        args.folder.name,
        str(len(rows)),
        *(f"{figure:.3f}" for figure in (precision, recall, 2 * precision * recall / (precision + recall or 1))),
        f"{mean(a == b for a, b in zip(gold, found, strict=True)):.3f}",
        f"{cost(pages, sites=args.sites):.1f}",
    )
    Console().print(table)


if __name__ == "__main__":
    main()
