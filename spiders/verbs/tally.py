"""How the readings of a reextraction fared: counts by site, and the stories that a report tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spiders.surfaces.terminal import printable
from spiders.verbs.reextraction import SHOWN, Reading, Verdict
from spiders.verbs.report import Story, brief


class Tally:
    """How the readings fared, by site; with `keep`, also the stories of a report."""

    def __init__(self, *, keep: bool) -> None:
        self.kept: list[Story] = []
        self._keep = keep
        self._sites: dict[str, Counter[Verdict]] = {}

    def add(self, reading: Reading) -> None:
        """Count a reading."""
        self._sites.setdefault(reading.site, Counter())[reading.verdict] += 1
        if self._keep and reading.verdict in SHOWN:
            told = reading.address, reading.verdict, reading.headline, reading.authors, reading.note
            self.kept.append(brief(Story(*told, reading.differences)))

    @property
    def pages(self) -> int:
        """How many pages were read."""
        return sum(map(Counter.total, self._sites.values()))

    @property
    def failed(self) -> int:
        """How many of them could not be."""
        return sum(counts[Verdict.FAILED] for counts in self._sites.values())

    def rows(self) -> list[list[str]]:
        """Return the table: its head, a row a site, and the sum where there are several."""
        rows = [["site", "pages", *Verdict]]
        totals: Counter[Verdict] = sum(self._sites.values(), Counter())
        sites = sorted(self._sites.items()) + ([("all", totals)] if len(self._sites) > 1 else [])
        return rows + [[site, str(counts.total()), *(str(counts[v]) for v in Verdict)] for site, counts in sites]

    def table(self) -> Iterator[str]:
        """Yield the table line by line, for a terminal."""
        rows = self.rows()
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for site, *counts in rows:
            cells = [site.ljust(widths[0])] + [n.rjust(width) for n, width in zip(counts, widths[1:], strict=True)]
            yield printable("  ".join(cells), lines=True)
