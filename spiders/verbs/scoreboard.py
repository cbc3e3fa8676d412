"""How each site fares on pages whose text a person knows, and what a store says of it: as table, JSON or page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any, Literal

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from spiders.addresses import site_of
from spiders.specimens.scoring import Score, total
from spiders.store.reader import Reader
from spiders.surfaces.terminal import printable
from spiders.surfaces.values import as_json
from spiders.verbs.measurement import Reading
from spiders.verbs.report import page, web_address
from spiders.vitals.health import Health

COLUMNS = ("site", "pages", "exact", "F1", "leaked", "missing", "agreement", "drift", "cost", "unchecked")
_TEXTS = frozenset({"site", "drift"})
_BAR, _HEIGHT = 10, 40  # of a page in a chart: width and height, in pixels
_NEWEST = 60  # pages of a site whose agreement is drawn
_LINE = 160  # letters of a line that is shown


@dataclass(frozen=True, slots=True)
class Past:
    """What a store knows of a site: the agreement of its newest pages, the last at the end, its last drift, and how
    many articles of it are `stored`.
    """

    health: Health
    agreements: tuple[float, ...]
    stored: int

    @property
    def drift(self) -> str | None:
        """The field that drifted last, and since when; None where nothing has."""
        last = max(self.health.drifts, key=lambda drift: drift.since, default=None)
        return f"{last.field} since {last.day}" if last else None


@dataclass(frozen=True, slots=True)
class Site:
    """The known pages of one site, and its past in a store; None where the store does not know it."""

    name: str
    pages: Sequence[Reading]
    past: Past | None = None
    score: Score = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", total([reading.verdict for reading in self.pages]))

    @property
    def exact(self) -> int:
        """How many pages are right to the last word."""
        return sum(reading.fine for reading in self.pages)

    @property
    def agreement(self) -> float | None:
        """The median share of words on which template and engine agree: on these pages, else on those of the store."""
        known = [reading.agreement for reading in self.pages if reading.agreement is not None]
        return median(known) if known else self.past.health.agreement if self.past else None

    @property
    def drift(self) -> str | None:
        """The field that drifted last, and since when."""
        return self.past.drift if self.past else None

    @property
    def cost(self) -> float:
        """What reading the pages costs, in bare parses."""
        return sum(r.read for r in self.pages) / (sum(r.parse for r in self.pages) or 1.0)

    @property
    def unchecked(self) -> float:
        """What it costs without the engine's run beside a template."""
        return sum(r.unchecked for r in self.pages) / (sum(r.parse for r in self.pages) or 1.0)

    def cells(self) -> tuple[str, ...]:
        """Return what a table says of it, a text a column."""
        score = self.score
        right = str(len(self.pages)), str(self.exact), f"{score.f1:.3f}", str(score.leaked), str(score.missing)
        costs = f"{self.cost:.1f}", f"{self.unchecked:.1f}"
        agreement = "-" if self.agreement is None else f"{self.agreement:.3f}"
        told = (agreement, self.drift or ("none" if self.past and self.past.health.judged else "-"))
        rows = (*right, *told, *costs) if self.pages else ("-",) * len(right) + told + ("-",) * len(costs)
        return (*map(printable, (self.name, *rows)),)


def pasts(reader: Reader, sites: Sequence[str]) -> dict[str, Past]:
    """Return what a store knows of its sites, or of those of some domains, by name.

    Raises:
        StoreError: it cannot be read.
    """
    found, stored = dict[str, Past](), reader.numbers()
    for health in reader.health(sites):
        known = [sight.vital.agreement for sight in reader.sights(health.site)[-_NEWEST:]]
        found[health.site] = Past(health, tuple(value for value in known if value is not None), stored[health.site])
    return found


def board(read: Iterable[Reading], past: Mapping[str, Past]) -> list[Site]:
    """Return the sites of some readings and of a store, those with most to mend first."""
    by_site: defaultdict[str, list[Reading]] = defaultdict(list, {name: [] for name in past})
    for reading in read:
        by_site[site_of(reading.url) or "-"].append(reading)
    sites = [Site(name, pages, past.get(name)) for name, pages in by_site.items()]
    return sorted(sites, key=_rank)


def _rank(site: Site) -> tuple[bool, int, int, bool, str]:
    """Return what to sort sites by: what has drifted is read wrongly today."""
    score = site.score
    return site.drift is None, -score.leaked - score.missing, site.exact - len(site.pages), not site.pages, site.name


def whole(sites: Sequence[Site]) -> Site:
    """Return all sites as one."""
    return Site("all", [reading for site in sites for reading in site.pages])


def table(sites: Sequence[Site]) -> Table:
    """Return the table for a terminal."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rows = [site.cells() for site in [*sites, whole(sites)]]
    for name, *column in zip(COLUMNS, *rows, strict=True):
        side: Literal["left", "right"] = "left" if name in _TEXTS else "right"
        told = " ".join(column).split() if name == "drift" else column  # it may take several lines
        made.add_column(name, justify=side, min_width=max(map(cell_len, (name, *told))), no_wrap=name != "drift")
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def as_line(site: Site) -> str:
    """Return a site for a program, as a line of JSON."""
    score = site.score if site.pages else None
    told: dict[str, Any] = {
        "site": site.name,
        "pages": len(site.pages),
        "exact": site.exact if score else None,
        "precision": round(score.precision, 4) if score else None,
        "recall": round(score.recall, 4) if score else None,
        "f1": round(score.f1, 4) if score else None,
        "leaked": score.leaked if score else None,
        "missing": score.missing if score else None,
        "cost": round(site.cost, 2) if score else None,
        "unchecked": round(site.unchecked, 2) if score else None,
        "templates": sorted({reading.template for reading in site.pages if reading.template}),
        "agreement": site.agreement,
        "stored": site.past.stored if site.past else None,
        "drift": [drift.as_dict() for drift in site.past.health.drifts] if site.past else None,
    }
    return as_json(told)


def html(sites: Sequence[Site], about: str, now: datetime) -> Iterator[str]:
    """Yield the page piece by piece: the table with a chart a site, then what is wrong, page by page."""
    shown = [*sites, whole(sites)]
    yield from page(
        "scoreboard.html",
        title="Copydesk: scoreboard",
        about=f"{printable(about)}, {now:%Y-%m-%d %H:%M} UTC.",
        columns=[(name, "text" if name in _TEXTS else "") for name in COLUMNS],
        rows=[_row(site) for site in shown],
        faulty=[_told(reading) for site in sites for reading in site.pages if not reading.fine],
        bar=_BAR,
        height=_HEIGHT,
    )


def _styled(site: Site) -> list[tuple[str, str]]:
    drift = "text amiss" if site.drift else "text"
    styles = (drift if name == "drift" else "text" if name in _TEXTS else "" for name in COLUMNS)
    return list(zip(site.cells(), styles, strict=True))


def _row(site: Site) -> dict[str, object]:
    """Return a row of the page's table: its cells and its two charts."""
    past = site.past.agreements if site.past else ()
    agreed = [
        {
            "x": number * _BAR,
            "y": _HEIGHT - round(value * _HEIGHT),
            "height": round(value * _HEIGHT),
            "says": f"{value:.3f}",
        }
        for number, value in enumerate(past)
    ]
    return {"cells": _styled(site), "bars": _bars(site), "agreed": agreed}


def _bars(site: Site) -> list[dict[str, object]]:
    """Return the chart of a site: a bar for each page, as high as its F1."""
    found: list[dict[str, object]] = []
    for number, reading in enumerate(site.pages):
        height = max(1, round(reading.f1 * _HEIGHT))
        what = "exact" if reading.fine else f"F1 {reading.f1:.3f}"
        bar = {"x": number * _BAR, "y": _HEIGHT - height, "height": height, "fine": reading.fine}
        found.append(bar | {"says": f"{printable(reading.name)}: {what}"})
    return found


def _told(reading: Reading) -> dict[str, object]:
    """Return what is wrong on a page."""
    lines = {"leaked": reading.verdict.leaked, "missing": reading.verdict.missing}
    wrong = [(kind, printable(line)[:_LINE]) for kind, these in lines.items() for line in these]
    told: dict[str, object] = {"name": printable(reading.name), "link": web_address(reading.url), "wrong": wrong}
    return told | {"template": reading.template or "no article"}
