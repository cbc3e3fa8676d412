"""Score Copydesk's engine and its peers side by side: how right their bodies are, and what a page costs.

Each tool runs in a process of its own. A row of the table:

  precision, recall, F1    over runs of four words, as in Scrapinghub's article-extraction benchmark
  exact                    the share of bodies that are right to the last word
  leaked                   sentences that are not in the known bodies
  missing                  paragraphs of the known bodies that were not found
  x parse                  CPU time, threads and children included, over that of a bare Lexbor parse of the same
                           pages in the same process; the best of all passes after one that warms up. The yardstick
                           comes first and finds its caches cold: the row of the bare parse tells how much less the
                           same parse costs right after it
  p99 ms                   CPU time of a page that 99 of 100 pages stay within
  peak MB                  the most memory that the process held
  refused/crashed          pages that it gave no body for, and that it failed on

FOLDER holds truth.jsonl (an object a line: id, url, body) and pages/<id>.html.gz, or it is a clone of the public
benchmark: ground-truth.json and html/<id>.html.gz. The peers are installed with

  pip install --no-deps -r requirements-peers.txt
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.race import BrokenToolError, Run, run
from benchmarks.tools import BARE_PARSE, TOOLS, Tool
from spiders.errors import CorpusError
from spiders.specimens.corpora import Sample, samples_of
from spiders.specimens.scoring import Score, judge, total

WIDTH = 160  # columns of the table, whatever the terminal has: a row that wraps can be read, half a row cannot


@dataclass(frozen=True)
class Row:
    """One tool's line of the table; the bare parse has a cost, but no score."""

    tool: Tool
    run: Run
    score: Score | None

    def cells(self) -> list[str]:
        """Return the line as text."""
        told = self.score
        quality = (
            [f"{figure:.3f}" for figure in (told.precision, told.recall, told.f1, told.exact)]
            + [str(told.leaked), str(told.missing)]
            if told
            else ["–"] * 6
        )
        failed = f"{len(self.run.refused)}/{len(self.run.crashed)}" if told else "–"
        return [
            self.tool.title,
            *quality,
            f"{self.run.times_parse:.1f}",
            f"{self.run.p99:.1f}",
            f"{self.run.peak:.0f}",
            failed,
        ]


def row_of(tool: Tool, result: Run, samples: Sequence[Sample]) -> Row:
    """Score what a tool has read."""
    pairs = zip(samples, result.bodies, strict=True)
    score = total([judge(sample.body, body, sample.required) for sample, body in pairs])
    return Row(tool, result, None if tool is BARE_PARSE else score)


def table_of(rows: Sequence[Row]) -> Table:
    """Set the rows as a table that is Markdown, too."""
    table = Table("tool", box=box.MARKDOWN)
    for name in "precision recall F1 exact leaked missing".split():
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("× parse", "p99 ms", "peak MB", "refused/crashed"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*row.cells())
    return table


def entrants(only: Sequence[str], console: Console) -> list[Tool]:
    """Return the tools to run; say which of them are left out, since they are not installed."""
    asked = [tool for tool in TOOLS.values() if (tool.name in only if only else tool.peer)]
    for tool in asked:
        if tool.lacking:
            console.print(
                f"{tool.name} is left out: {', '.join(tool.lacking)} not installed for Python "
                f"{platform.python_version()} (pip install --no-deps -r requirements-peers.txt)",
                highlight=False,
            )
    return [tool for tool in asked if not tool.lacking]


def compare(tools: Sequence[Tool], samples: Sequence[Sample], passes: int, console: Console) -> list[Row]:
    """Run the bare parse and the tools, one after the other, and tell on a terminal how far it has come."""
    rows = []
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=(len(tools) + 1) * len(samples) * (passes + 1))
        for tool in (BARE_PARSE, *tools):
            progress.update(task, description=tool.name)
            try:
                result = run(tool, samples, passes, lambda: progress.advance(task))
            except BrokenToolError as error:
                console.print(f"{tool.name} is left out: {error}", highlight=False)
                continue
            rows.append(row_of(tool, result, samples))
    return rows


def tell_crashes(rows: Sequence[Row], console: Console) -> None:
    """Say what crashed on which page."""
    for row in rows:
        for page, what in row.run.crashed.items():
            console.print(f"{row.tool.name} crashed on {page}: {what}", highlight=False, markup=False)


def arguments() -> argparse.ArgumentParser:
    """Return what the command takes."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    names = ", ".join(TOOLS)
    parser.add_argument(
        "--only", nargs="+", choices=TOOLS, default=[], metavar="NAME", help=f"run these tools alone: {names}"
    )
    parser.add_argument("--passes", type=_passes, default=3, metavar="N", help="weigh each page N times (default: 3)")
    parser.add_argument("--chart", type=Path, metavar="FILE.svg", help="draw quality against cost as well")
    return parser


def _passes(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one pass")
    return number


def painter(file: Path | None, parser: argparse.ArgumentParser) -> Callable[[Sequence[Row], str], None]:
    """Return what draws the picture, before the work is begun; nothing is drawn where no file is named."""
    if file is None:
        return lambda rows, title: None
    if file.suffix != ".svg" or not file.resolve().parent.is_dir():
        parser.error(f"{file}: the picture is an .svg file in a folder that exists")
    try:
        from benchmarks.chart import Point, draw
    except ImportError as error:
        parser.error(f"--chart needs {error.name} (pip install --no-deps -r requirements-peers.txt)")

    def paint(rows: Sequence[Row], title: str) -> None:
        scored = [(row, row.score) for row in rows if row.score]
        draw(
            file,
            [Point(row.tool.name, row.run.times_parse, score.f1, score.exact, row.tool.ours) for row, score in scored],
            title,
        )

    return paint


def main(given: Sequence[str] | None = None) -> int:
    """Print the table, and draw the picture; return the exit status."""
    parser = arguments()
    options = parser.parse_args(given)
    watcher = Console(stderr=True)
    try:
        samples = samples_of(options.folder)
    except CorpusError as error:
        parser.error(str(error))
    paint = painter(options.chart, parser)
    tools = entrants(options.only, watcher)
    if not tools:
        parser.error("none of these tools is installed")
    rows = compare(tools, samples, options.passes, watcher)
    tell_crashes(rows, watcher)
    made = f"{len(samples)} pages of {options.folder.resolve().name}"
    Console(width=WIDTH).print(table_of(rows))
    print(f"{made}, best of {options.passes} passes, Python {platform.python_version()}")
    paint(rows, made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
