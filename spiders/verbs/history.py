"""Past runs, told to a person or a program: a line a run, and how many new articles each site gives a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from spiders.record import Run, State
from spiders.status import ExitStatus
from spiders.store.history import Arrival
from spiders.store.reader import Reader
from spiders.surfaces.terminal import printable
from spiders.surfaces.values import as_json
from spiders.verbs.report import page
from spiders.verbs.rhythm import DAYS, Silence, by_day, silences
from spiders.verbs.timetable import ending

SPAN = 28  # days of a chart
COLUMNS = ("run", "began (UTC)", "took", "crawl", "stored", "failed", "excluded", "pending", "status", "outcomes")
_STATES = State.DONE, State.FAILED, State.EXCLUDED
_LEVELS = "▁▂▃▄▅▆▇█"
_UNASKED = "·"
_NUMBERS = frozenset({"run", "took", "stored", "failed", "excluded", "pending"})
_CRAWL, _LEAST = 20, 8  # columns: of a crawl's name at most, of its outcomes where there is no room
_BAR, _HEIGHT = 10, 60  # of a chart on a page: width of a day and height of the highest, in pixels


@dataclass(frozen=True, slots=True)
class Chart:
    """New articles of a site, a day each, the oldest first; None for a day on which it was not asked."""

    site: str
    days: tuple[int | None, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(filter(None, self.days))

    @property
    def highest(self) -> int:
        """The most on a day."""
        return max(filter(None, self.days), default=0)

    def line(self) -> str:
        """Return it as one line of a terminal.

        >>> Chart("a.example", (None, 0, 1, 4, 8)).line()
        '· ▁▄█'
        """
        return "".join(_UNASKED if n is None else self._level(n) for n in self.days)

    def _level(self, articles: int) -> str:
        return _LEVELS[max(1, round(articles * len(_LEVELS) / self.highest)) - 1] if articles else " "

    def bars(self) -> list[dict[str, object]]:
        """Return it as what a drawing needs: where a bar stands, how high it is, what it says."""
        found: list[dict[str, object]] = []
        for number, articles in enumerate(self.days):
            height = round(articles * _HEIGHT / self.highest) or 1 if articles else 0
            ago = len(self.days) - 1 - number
            when = f"{ago * 24} to {ago * 24 + 24} hours before" if ago else "the last 24 hours"
            what = "not asked" if articles is None else f"{articles} new"
            told = {"x": number * _BAR, "y": _HEIGHT - height, "height": height, "asked": articles is not None}
            found.append(told | {"says": f"{when}: {what}"})
        return found


@dataclass(frozen=True, slots=True)
class Past:
    """What is told of a store: the runs that were asked for, the latest first, and how its sites fared `until` then."""

    store: Path
    until: datetime
    runs: Sequence[Run]
    newest: int | None  # the number of the store's last run
    charts: Sequence[Chart]
    quiet: Sequence[Silence]

    def rows(self) -> list[tuple[str, ...]]:
        """Return what a table says of the runs."""
        return [cells(run, self.store, newest=run.number == self.newest) for run in self.runs]


def past(reader: Reader, runs: Sequence[Run], now: datetime, site: str | None) -> Past:
    """Read how the sites of a store fare, or one of them, and put it beside runs.

    That is up to the moment at which its last run ended: a crawl that nobody starts any more makes no site quiet.
    """
    newest = next(reader.runs(), None)
    until = datetime.fromisoformat(newest.ended or newest.started) if newest else now
    arrivals = list(reader.arrivals(until, DAYS, site))
    number = newest.number if newest else None
    return Past(reader.path, until, runs, number, charts(arrivals), silences(arrivals))


def charts(arrivals: Iterable[Arrival]) -> list[Chart]:
    """Return a chart for each site that gave anything in the days of a chart, those that gave most first."""
    days = by_day(arrivals).items()
    made = [Chart(site, tuple(told.get(ago) for ago in reversed(range(SPAN)))) for site, told in days]
    return sorted((chart for chart in made if chart.total), key=lambda chart: (-chart.total, chart.site))


def length(run: Run) -> timedelta | None:
    """Return how long a run took; None for one without an end."""
    if run.ended is None:
        return None
    return datetime.fromisoformat(run.ended) - datetime.fromisoformat(run.started)


def cells(run: Run, store: Path, *, newest: bool) -> tuple[str, ...]:
    """Return what the table says of a run, a text a column; `newest` is for the last run of the store."""
    took = length(run)
    counts = [str(run.counts.get(state, 0)) for state in _STATES] if run.counts else ["-"] * len(_STATES)
    pending = str(run.counts.get(State.NEW, 0) + run.counts.get(State.LEASED, 0)) if run.counts else "-"
    status = f"{run.status} {ending(run, store)}" if run.status is not None else ending(run, store, newest=newest)
    kinds = sorted(run.outcomes.items(), key=lambda kind: (-kind[1], kind[0]))
    outcomes = ", ".join(f"{kind} {number}" for kind, number in kinds)
    began = datetime.fromisoformat(run.started).astimezone(UTC)
    crawl = f"{run.entry} ({run.spider})" if run.entry and run.entry != run.spider else run.spider
    told = str(run.number), f"{began:%Y-%m-%d %H:%M}", str(took) if took is not None else "-", crawl
    return (*map(printable, (*told, *counts, pending, status, outcomes or "-")),)


def table(past: Past, width: int) -> Table:
    """Return the table of runs for a terminal so many columns wide."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rows = past.rows()
    left = width
    for name, *column in zip(COLUMNS, *rows, strict=True):
        wanted = max(map(cell_len, (name, *column)))
        wide = {"crawl": min(wanted, _CRAWL), "outcomes": max(left, _LEAST)}.get(name, wanted)
        left -= wide + 2
        side: Literal["right", "left"] = "right" if name in _NUMBERS else "left"
        made.add_column(name, no_wrap=True, overflow="ellipsis", justify=side, width=wide)
    for run, row in zip(past.runs, rows, strict=True):
        texts = [Text(cell) for cell in row]
        texts[COLUMNS.index("status")].stylize("green" if _is_fine(run) else "yellow")
        made.add_row(*texts)
    return made


def chart_lines(past: Past, most: int) -> Iterator[str]:
    """Yield the charts as lines, at most so many."""
    made = past.charts
    if not made:
        return
    yield f"new articles a day, {_days(past)} ({_UNASKED} where the site was not asked):"
    width = max(len(printable(chart.site)) for chart in made[:most])
    for chart in made[:most]:
        yield f"{printable(chart.site):{width}}  {chart.line()}  {chart.total}, at most {chart.highest} a day"
    if len(made) > most:
        yield f"… and {len(made) - most} more sites: --site shows one"


def warnings(quiet: Iterable[Silence]) -> Iterator[str]:
    """Yield a line for each site that has gone quiet."""
    for silence in quiet:
        yield printable(silence.sentence())


def as_line(run: Run) -> str:
    """Return a run for a program, as a line of JSON."""
    took = length(run)
    told: dict[str, Any] = {
        "run": run.number,
        "spider": run.spider,
        "entry": run.entry,
        "started": run.started,
        "ended": run.ended,
        "seconds": int(took.total_seconds()) if took is not None else None,
        "status": run.status,
        "reason": run.reason,
        "counts": {str(state): number for state, number in run.counts.items()},
        "outcomes": dict(run.outcomes),
    }
    return as_json(told)


def html(past: Past, now: datetime) -> Iterator[str]:
    """Yield the page piece by piece: what is quiet, a chart a site, the runs."""
    drawn = [
        {"site": printable(c.site), "total": c.total, "highest": c.highest, "bars": c.bars(), "says": c.line()}
        for c in past.charts
    ]
    yield from page(
        "history.html",
        title="Copydesk: past runs",
        about=f"{printable(str(past.store))}, {now:%Y-%m-%d %H:%M} UTC.",
        columns=[(name, "" if name in _NUMBERS else "text") for name in COLUMNS],
        rows=[_styled(run, row) for run, row in zip(past.runs, past.rows(), strict=True)],
        silences=list(warnings(past.quiet)),
        charts=drawn,
        days=_days(past),
        span=SPAN,
        bar=_BAR,
        height=_HEIGHT,
    )


def _days(past: Past) -> str:
    return f"the {SPAN} days up to {past.until.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _styled(run: Run, told: Sequence[str]) -> list[tuple[str, str]]:
    """Return the cells of a run's row on a page, each with its style."""
    amiss = "" if _is_fine(run) else " amiss"
    styles = ("" if name in _NUMBERS else f"text{amiss if name == 'status' else ''}" for name in COLUMNS)
    return list(zip(told, styles, strict=True))


def _is_fine(run: Run) -> bool:
    return run.ended is not None and run.status in (ExitStatus.OK, None)
