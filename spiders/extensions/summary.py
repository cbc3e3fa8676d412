"""The table at the end of a run: an article a line, then what failed and why, then the sum.

Each part shows so many rows at most; all of them are in the store.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Self

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.crawler import Crawler

from spiders.addresses import key_of
from spiders.ledger import SHOWN, Entry, Ledger, run_ended
from spiders.record import State
from spiders.surfaces.terminal import console, let_go, printable, told

_log = logging.getLogger(__name__)
_LEAST = 37  # columns that a table needs: 9 + 5 + 7 + 8, and two after each
_STYLES = {"new": "green", "changed": "yellow", "unchanged": "dim", "kept": "yellow"}
_KINDS = {
    State.DONE: "stored: scrapy articles --run {run} lists them",
    State.FAILED: "failed: scrapy articles --failed lists them",
    State.EXCLUDED: "excluded",
}


class Summary:
    """Print the outcome of a run where no feed is written: stdout, or stderr when a feed goes to stdout."""

    def __init__(self, *, stderr: bool) -> None:
        self._stderr = stderr

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Choose the stream, and wait for the end of the run."""
        summary = cls(stderr=any(str(uri).startswith("stdout:") for uri in crawler.settings.getdict("FEEDS")))
        crawler.signals.connect(summary.print, run_ended)
        return summary

    def print(self, ledger: Ledger) -> None:
        """Print the table, the failures and the sum; nothing for a run that never began."""
        if ledger.stopped_by and not ledger.counts:
            return
        out = console(stderr=self._stderr)
        try:
            self._print(ledger, out)
        except OSError as error:  # the articles are stored: no room for a table is no fault of the crawl
            let_go(out.file)
            _log.error("what came of the crawl cannot be printed: %s", error.strerror)

    def _print(self, ledger: Ledger, out: Console) -> None:
        stored = [entry for entry in ledger.outcomes if entry.state is State.DONE]
        if stored:
            out.width = max(out.width, _LEAST)  # a narrower terminal breaks the lines, and no figure is cut
            out.print(_table(stored, out.width))
        for line in (*_more(ledger, State.DONE), *_troubles(ledger), *ledger.notes(), ledger.sentence()):
            out.print(Text(told(line)), soft_wrap=True)


def removed_line(entry: Entry) -> str:
    """Say how much was taken out, by label: "caption 3, credit 2"."""
    return ", ".join(f"{label} {n}" for label, n in entry.removed) or "-"


def _troubles(ledger: Ledger) -> Iterable[str]:
    """Yield what is not stored, and why."""
    failed = [listing for listing in ledger.listings if listing.state is State.FAILED]
    yield from (f"failed: {listing.url}: {listing.reason}" for listing in failed[:SHOWN])
    if len(failed) > SHOWN:
        yield f"… and {len(failed) - SHOWN} more listings failed"
    refused = [listing for listing in ledger.listings if listing.state is State.EXCLUDED and not listing.found]
    yield from (f"excluded: {listing.url}: {listing.reason}" for listing in refused[:SHOWN])
    for state in (State.FAILED, State.EXCLUDED):
        yield from (f"{state}: {entry.url}: {entry.reason}" for entry in ledger.outcomes if entry.state is state)
        yield from _more(ledger, state)
    named = {key_of(url) for url in (*(one.url for one in failed), *(one.url for one in ledger.outcomes))}
    missing = [url for url in ledger.missing if key_of(url) not in named]
    yield from (f"not in the recording: {url}" for url in missing[:SHOWN])
    if len(missing) > SHOWN:
        yield f"… and {len(missing) - SHOWN} more that are not in the recording"


def _more(ledger: Ledger, state: State) -> Iterable[str]:
    """Say how many there are beside those that are shown."""
    if (more := ledger.settled[state] - SHOWN) > 0:
        yield f"… and {more} more {_KINDS[state].format(run=ledger.run)}"


def _table(stored: list[Entry], width: int) -> Table:
    rows = []
    for entry in stored:
        headline = printable(entry.headline or entry.url)
        rows.append((str(entry.change), str(entry.words), removed_line(entry), headline))
    change, words = 9, 5
    removed = max(min(max(len(r[2]) for r in rows), width // 2, width - _LEAST + 7), 7)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("outcome", no_wrap=True, width=change)
    table.add_column("words", no_wrap=True, width=words, justify="right")
    table.add_column("removed", no_wrap=True, width=removed, overflow="ellipsis")
    left = width - change - words - removed - 4 * 2
    table.add_column("headline", no_wrap=True, width=max(left, 8), overflow="ellipsis")
    for kind, count, gone, headline in rows:
        table.add_row(Text(kind, _STYLES[kind]), count, Text(gone), Text(headline))
    return table
