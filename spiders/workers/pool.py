"""Extraction for a crawl, in processes that may die: the side of the crawl. The other side is `spiders.workers.worker`.

The event loop sends and reads when a worker's socket is ready (`line`), and never waits; what a worker costs beyond
the extraction itself is measured by `python -m benchmarks.workers`. A worker that dies, takes too long or needs too
much memory costs its page and is replaced; nothing else notices.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from scrapy.settings import BaseSettings

from extractors import Article, Block, CopydeskError, Hints, errors
from spiders.errors import FaultError, SettingError, WorkerError, WorkerStartError
from spiders.listings.listing import Listed
from spiders.listings.shapes import Counts
from spiders.record import Kind, Link, Passed
from spiders.workers.line import AHEAD, Job, Line
from spiders.workers.nursery import Nursery, aside

_BACKLOG = 4  # pages at each worker, for which one more is worth its 40 MB
_LISTING = 10  # times as long as a page may a listing take: a sitemap has up to 50 MB


@dataclass(frozen=True, slots=True)
class Limits:
    """How many workers there may be, and what a page may take."""

    workers: int
    seconds: float
    megabytes: int

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Read `WORKERS`, `EXTRACTION_TIMEOUT` and `EXTRACTION_MEMORY_MB`.

        Raises:
            SettingError: one of them is no number, or nothing could be read with it.
        """
        return cls(
            int(_number(settings, "WORKERS", at_least=1)),
            _number(settings, "EXTRACTION_TIMEOUT", at_least=0.1),
            int(_number(settings, "EXTRACTION_MEMORY_MB", at_least=1)),
        )


def _number(settings: BaseSettings, name: str, at_least: float) -> float:
    try:
        value = settings.getfloat(name)
    except (TypeError, ValueError):
        value = -1
    if not at_least <= value < 1_000_000:
        raise SettingError(f"the setting {name} must be a number of {at_least} or more, not {settings[name]!r}")
    return value


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker made of a page: an article or an error; `meta` is what was asked for of its meta elements."""

    meta: dict[str, list[str]]
    result: Article | CopydeskError

    @property
    def article(self) -> Article:
        """The article.

        Raises:
            CopydeskError: what extraction raised.
        """
        if isinstance(self.result, CopydeskError):
            raise self.result
        return self.result


class Pool:
    """The workers of a run: up to `WORKERS`, each with `EXTRACTION_TIMEOUT` and `EXTRACTION_MEMORY_MB` for a page.

    Needs no crawl: whoever reads stored pages or an archive may open one as well.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self._limits = Limits.of(settings)
        self._jobs: deque[Job] = deque()  # those that no worker has
        self._lines: list[Line] = []
        self._workers = self._limits.workers  # that there may be
        self._coming: asyncio.Task[None] | None = None  # the start of one more worker
        self._nursery = Nursery()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def group(self) -> int | None:
        """The process group of all its processes; the first of them, the nursery, gives it its number."""
        return self._nursery.process

    async def extract(
        self,
        html: bytes,
        url: str,
        *,
        fetched_at: datetime | None = None,
        encoding: str | None = None,
        hints: Hints | None = None,
    ) -> Article:
        """Do what `extractors.extract` does, and raise what it raises.

        Raises:
            FaultError: it raised what nobody expected.
            WorkerError, WorkerStartError: as `read` does.
        """
        return (await self.read(html, url, fetched_at=fetched_at, encoding=encoding, hints=hints)).article

    async def read(
        self,
        html: bytes,
        url: str,
        *,
        fetched_at: datetime | None = None,
        encoding: str | None = None,
        hints: Hints | None = None,
        meta: Sequence[str] = (),
    ) -> Reading:
        """Return what extraction makes of a page, or the error that it raises, and what the page's meta elements say.

        Args:
            meta: the names of those that are asked for, in lower case.
        Raises:
            WorkerError: extraction was stopped, or its process died.
            WorkerStartError: there is no process to be had.
        """
        told = hints and {
            "titles": sorted(hints.titles),
            "recurring": sorted(hints.recurring),
            "published": hints.published.isoformat() if hints.published else None,
            "summary": hints.summary,
            "headline": hints.headline,
            "language": hints.language,
        }
        when = fetched_at.isoformat() if fetched_at else None
        question = {"url": url, "fetched_at": when, "encoding": encoding, "hints": told, "meta": list(meta)}
        reading: Reading = await self._asked(question, html, self._limits.seconds, _reading)
        return reading

    async def links(
        self,
        kind: Kind,
        body: bytes,
        url: str,
        domains: Iterable[str],
        selector: str | None = None,
        *,
        depth: int = 0,
        encoding: str | None = None,
        counts: Counts | None = None,
        since: datetime | None = None,
    ) -> Listed:
        """Do what `discovery.read_listing` does, and raise what it raises or what `extract` does."""
        question: dict[str, Any] = {"kind": kind, "url": url, "domains": list(domains), "selector": selector}
        question |= {"depth": depth, "encoding": encoding, "counts": counts, "since": since and since.isoformat()}
        listing: Listed = await self._asked(question, body, self._limits.seconds * _LISTING, _listing)
        return listing

    async def close(self) -> None:
        """End the processes; what they are at is lost, so let it end first."""
        if self._coming:
            self._coming.cancel()
        left = [*self._jobs, *(job for line in self._lines for job in line.jobs)]
        for line in self._lines:
            line.close()
        self._jobs.clear()
        self._lines.clear()
        for job in left:
            job.fail(WorkerError("extraction was stopped: the crawl has ended"))
        await aside(self._nursery.close)

    async def _asked(
        self, question: dict[str, Any], body: bytes, seconds: float, read: Callable[[dict[str, Any], list[Any]], Any]
    ) -> Any:
        job = Job(question, body, seconds, read, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        self._deal()
        return await job.answer

    def _deal(self) -> None:
        """Give what waits to the worker that has least before it; where that is much, have one more."""
        while self._jobs:
            line = min(self._lines, key=lambda line: len(line.jobs), default=None)
            if (line is None or len(line.jobs) >= _BACKLOG) and len(self._lines) < self._workers:
                self._coming = self._coming or asyncio.create_task(self._start())
            if line is None or len(line.jobs) >= AHEAD:
                return
            line.give(self._jobs.popleft())

    async def _start(self) -> None:
        """Have one more worker, or tell whoever waits that there is none to be had."""
        try:
            worker = await aside(self._nursery.fork, self._limits.megabytes)
        except WorkerStartError as error:
            self._coming, self._workers = None, max(len(self._lines), 1)  # those that there are do the work
            while self._jobs and not self._lines:
                self._jobs.popleft().fail(error)
            self._deal()
            return
        self._coming = None
        self._lines.append(
            Line(worker, self._limits.megabytes, end=self._nursery.end, told=self._deal, lost=self._let_go)
        )
        self._deal()

    def _let_go(self, line: Line) -> None:
        """Ask others for what a worker that is no more was not yet at."""
        self._lines.remove(line)
        while len(line.jobs) > 1:
            self._jobs.appendleft(line.jobs.pop())
        self._deal()


def _error_told(head: dict[str, Any]) -> CopydeskError | None:
    if "error" in head:
        error: CopydeskError = getattr(errors, head["error"])(*head["arguments"])
        return error
    if "fault" in head:
        fault = FaultError(head["fault"])
        fault.add_note(head["trace"])
        return fault
    return None


def _reading(head: dict[str, Any], rows: list[Any]) -> Reading:
    result = _error_told(head) or Article.from_dict(head["article"], map(Block.of_row, rows))
    return Reading(head["meta"], result)


def _listing(head: dict[str, Any], rows: list[Any]) -> Listed:
    if error := _error_told(head):
        raise error
    links = [Link(url, Kind(kind), told) for url, kind, told in rows if kind is not None]
    return Listed(links, head["note"], [Passed(url, *told) for url, kind, told in rows if kind is None])
