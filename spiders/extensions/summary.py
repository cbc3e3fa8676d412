"""The table at the end of a run: an article a line, then what failed and why, then the sum."""

from __future__ import annotations

from collections import Counter
from typing import Self

from rich.table import Table
from rich.text import Text
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from extractors import Article
from spiders.ledger import Ledger, Outcome, run_ended
from spiders.news import NewsSpider
from spiders.record import State
from spiders.terminal import console, printable

_STYLES = {"new": "green", "changed": "yellow", "unchanged": "dim"}


class Summary:
    """Print the outcome of a run where no feed is written: stdout, or stderr when a feed goes to stdout."""

    def __init__(self, *, stderr: bool) -> None:
        self._stderr = stderr

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Choose the stream, and wait for the end of the run."""
        if not isinstance(crawler.spider, NewsSpider):
            raise NotConfigured
        summary = cls(stderr=any(str(uri).startswith("stdout:") for uri in crawler.settings.getdict("FEEDS")))
        crawler.signals.connect(summary.print, run_ended)
        return summary

    def print(self, ledger: Ledger) -> None:
        """Print the table, the failures and the sum; nothing for a run that never began."""
        if ledger.stopped_by and not ledger.counts:
            return
        out = console(stderr=self._stderr)
        stored = [o for o in ledger.outcomes if o.article]
        if stored:
            out.print(_table(stored, out.width))
        for outcome in ledger.outcomes:
            if outcome.state is not State.DONE:
                out.print(Text(printable(f"{outcome.state}: {outcome.url}: {outcome.reason}")), soft_wrap=True)
        named = {outcome.url for outcome in ledger.outcomes}
        for url in (u for u in ledger.missing if u not in named):
            out.print(Text(printable(f"not in the recording: {url}")), soft_wrap=True)
        out.print(Text(ledger.sentence()), soft_wrap=True)


def removed_line(article: Article) -> str:
    """Count what was taken out, by label: "caption 3, credit 2"."""
    counts = Counter(block.label for block in article.removed)
    return ", ".join(f"{label} {n}" for label, n in sorted(counts.items())) or "-"


def _table(stored: list[Outcome], width: int) -> Table:
    rows = []
    for outcome in stored:
        article = outcome.article
        assert article is not None  # the caller chose them so
        headline = printable(article.headline or outcome.url)
        rows.append((str(outcome.change), str(len(article.body.split())), removed_line(article), headline))
    change, words = 9, 5
    removed = min(max(len(r[2]) for r in rows), max(width // 2, 7))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("outcome", no_wrap=True, width=change)
    table.add_column("words", no_wrap=True, width=words, justify="right")
    table.add_column("removed", no_wrap=True, width=max(removed, 7), overflow="ellipsis")
    left = width - change - words - max(removed, 7) - 4 * 2
    table.add_column("headline", no_wrap=True, width=max(left, 8), overflow="ellipsis")
    for kind, count, gone, headline in rows:
        table.add_row(Text(kind, _STYLES[kind]), count, Text(gone), Text(headline))
    return table
