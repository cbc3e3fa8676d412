"""How each site fares on pages whose text a person knows: what is right, what it costs, and how it is drawn.

How a body is judged is told in `spiders.scoring`. Cost is CPU as a multiple of a bare Lexbor parse of the same pages,
each the best of `PASSES`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from time import thread_time
from typing import Any, Literal

from rich.table import Table
from rich.text import Text
from selectolax.lexbor import LexborHTMLParser

from extractors import Article
from spiders.scoring import Score, Verdict, judge, letters_of, total
from spiders.specimens import Specimen
from spiders.terminal import printable
from spiders.values import as_json
from spiders.verbs.report import page, web_address

PASSES = 3
COLUMNS = ("site", "pages", "exact", "F1", "leaked", "missing", "agreement", "drift", "cost", "unchecked")
_TEXTS = frozenset({"site", "drift"})
_BAR, _HEIGHT = 10, 40  # of a page in a chart: width and height, in pixels
_LINE = 160  # letters of a line that is shown


@dataclass(frozen=True, slots=True)
class Reading:
    """One page: what its body is worth, and the CPU seconds that a bare parse and a reading of it took."""

    name: str
    url: str
    verdict: Verdict
    template: str | None  # None where the page gave no article
    agreement: float | None
    parse: float
    read: float
    unchecked: float  # without the engine's run beside a template

    @property
    def f1(self) -> float:
        """How near the body is to the known one, from 0 to 1."""
        return total([self.verdict]).f1

    @property
    def fine(self) -> bool:
        """Whether the body is right to the last word."""
        return self.verdict.exact


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of one site, and when it last drifted, as its store says; None where it says nothing."""

    name: str
    pages: Sequence[Reading]
    drift: str | None = None
    score: Score = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", total([reading.verdict for reading in self.pages]))

    @property
    def exact(self) -> int:
        """How many pages are right to the last word."""
        return sum(reading.fine for reading in self.pages)

    @property
    def agreement(self) -> float | None:
        """The median share of words on which template and engine agree; None where no template read a page."""
        known = [reading.agreement for reading in self.pages if reading.agreement is not None]
        return median(known) if known else None

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
        agreement = "-" if self.agreement is None else f"{self.agreement:.3f}"
        told = self.name, str(len(self.pages)), str(self.exact), f"{self.score.f1:.3f}", str(self.score.leaked)
        more = str(self.score.missing), agreement, self.drift or "-", f"{self.cost:.1f}", f"{self.unchecked:.1f}"
        return (*map(printable, (*told, *more)),)


def readings(specimens: Iterable[Specimen]) -> Iterator[Reading]:
    """Yield a reading of each page whose body somebody knows.

    Raises:
        CopydeskError: a page cannot be read from where it is kept, or a site file is wrong.
    """
    for specimen in specimens:
        if specimen.body is not None:
            yield _reading(specimen, specimen.body)


def board(read: Iterable[Reading], drifts: Mapping[str, str]) -> list[Site]:
    """Return the sites, those with most to mend first; `drifts` is what is known of a site's last drift."""
    by_site: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in read:
        by_site[site_of(reading.url)].append(reading)
    sites = [Site(name, pages, drifts.get(name)) for name, pages in by_site.items()]
    return sorted(sites, key=lambda s: (-s.score.leaked - s.score.missing, s.exact - len(s.pages), s.name))


def site_of(url: str) -> str:
    """Return the host of an address, without "www."."""
    return Specimen("", url, bytes).site


def whole(sites: Sequence[Site]) -> Site:
    """Return all sites as one."""
    return Site("all", [reading for site in sites for reading in site.pages])


def table(sites: Sequence[Site]) -> Table:
    """Return the table for a terminal."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in COLUMNS:
        side: Literal["left", "right"] = "left" if name in _TEXTS else "right"
        made.add_column(name, no_wrap=name not in _TEXTS, justify=side)
    for site in [*sites, whole(sites)]:
        made.add_row(*map(Text, site.cells()))
    return made


def as_line(site: Site) -> str:
    """Return a site for a program, as a line of JSON."""
    told: dict[str, Any] = {
        "site": site.name,
        "pages": len(site.pages),
        "exact": site.exact,
        "precision": round(site.score.precision, 4),
        "recall": round(site.score.recall, 4),
        "f1": round(site.score.f1, 4),
        "leaked": site.score.leaked,
        "missing": site.score.missing,
        "agreement": site.agreement,
        "drift": site.drift,
        "cost": round(site.cost, 2),
        "unchecked": round(site.unchecked, 2),
        "templates": sorted({reading.template for reading in site.pages if reading.template}),
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
        rows=[{"cells": _styled(site), "bars": _bars(site), "width": _BAR * len(site.pages)} for site in shown],
        faulty=[_told(reading) for site in sites for reading in site.pages if not reading.fine],
        bar=_BAR,
        height=_HEIGHT,
    )


def _reading(specimen: Specimen, body: str) -> Reading:
    html = specimen.html
    parse = read = unchecked = float("inf")
    for _ in range(PASSES):
        parse = min(parse, _seconds(lambda: LexborHTMLParser(html)))
        read = min(read, _seconds(lambda: specimen.article(check=True)))
        unchecked = min(unchecked, _seconds(lambda: specimen.article(check=False)))
    article = specimen.article(check=True)
    known = article if isinstance(article, Article) else None
    verdict = judge(body, _found(known, body) if known else "", specimen.required)
    template, agreement = (known.template, known.agreement) if known else (None, None)
    return Reading(specimen.name, specimen.url, verdict, template, agreement, parse, read, unchecked)


def _seconds(work: Callable[[], object]) -> float:
    start = thread_time()
    work()
    return thread_time() - start


def _found(article: Article, known: str) -> str:
    """Return the body to be judged: with the standfirst before it where that opens the known body."""
    opening = letters_of(article.standfirst or "")
    opens = opening and letters_of(known).startswith(opening) and not letters_of(article.body).startswith(opening)
    return f"{article.standfirst}\n\n{article.body}" if opens else article.body


def _styled(site: Site) -> list[tuple[str, str]]:
    return [(cell, "text" if name in _TEXTS else "") for name, cell in zip(COLUMNS, site.cells(), strict=True)]


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
