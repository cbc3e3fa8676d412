"""Extraction for a crawl, in processes that may die: the side of the crawl. The other side is `spiders.workers.worker`.

A thread waits on each worker, so the event loop never does; what a worker costs beyond the extraction itself is
measured by `python -m benchmarks.workers`. A worker that dies, takes too long or needs too much memory costs its page
and is replaced; nothing else notices.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from threading import Thread
from typing import Any, Self

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from extractors import Article, Hints, errors
from spiders.errors import FaultError, WorkerError
from spiders.listings.likeness import Counts
from spiders.listings.listing import Listed
from spiders.record import Kind, Link, Passed
from spiders.workers.nursery import Nursery, Worker

_LISTING = 10  # times as long as a page may a listing take: a sitemap has up to 50 MB


@dataclass(frozen=True, slots=True)
class Limits:
    """How many workers there are, and what a page may take."""

    workers: int
    seconds: float
    megabytes: int

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Read `WORKERS`, `EXTRACTION_TIMEOUT` and `EXTRACTION_MEMORY_MB`.

        Raises:
            UsageError: one of them is no number, or nothing could be read with it.
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
        raise UsageError(f"the setting {name} must be a number of {at_least} or more, not {settings[name]!r}")
    return value


@dataclass(frozen=True, slots=True)
class _Job:
    question: dict[str, Any]
    body: bytes
    seconds: float
    read: Callable[[dict[str, Any], list[Any]], Any]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]


class Pool:
    """The workers of a run: `WORKERS` of them, each with `EXTRACTION_TIMEOUT` and `EXTRACTION_MEMORY_MB` for a page.

    Needs no crawl: whoever reads stored pages or an archive may open one as well.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self._limits = Limits.of(settings)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._nursery = Nursery()
        self._threads = [
            Thread(target=self._serve, name=f"worker-{n}", daemon=True)  # a second Ctrl-C waits for nobody
            for n in range(self._limits.workers)
        ]
        for thread in self._threads:
            thread.start()

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
            WorkerError: extraction was stopped, or its process died.
            WorkerStartError: there is no process to be had.
            FaultError: it raised what nobody expected.
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
        question = {"url": url, "fetched_at": when, "encoding": encoding, "hints": told}
        article: Article = await self._asked(question, html, self._limits.seconds, _article)
        return article

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
    ) -> Listed:
        """Do what `discovery.read_listing` does, and raise what it raises or what `extract` does."""
        question: dict[str, Any] = {"kind": kind, "url": url, "domains": list(domains), "selector": selector}
        question |= {"depth": depth, "encoding": encoding, "counts": counts}
        listing: Listed = await self._asked(question, body, self._limits.seconds * _LISTING, _listing)
        return listing

    async def close(self) -> None:
        """End the processes; what they are at is lost, so let it end first."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        for _ in self._threads:
            self._jobs.put(None)
        self._nursery.close()
        for thread in self._threads:
            thread.join()

    async def _asked(
        self, question: dict[str, Any], body: bytes, seconds: float, read: Callable[[dict[str, Any], list[Any]], Any]
    ) -> Any:
        loop = asyncio.get_running_loop()
        answer = loop.create_future()
        self._jobs.put(_Job(question, body, seconds, read, loop, answer))
        return await answer

    def _serve(self) -> None:
        """Be the thread of one worker after another."""
        worker: Worker | None = None
        while job := self._jobs.get():
            answer: Any = None
            error: Exception | None = None
            try:
                worker = worker or Worker(self._nursery, self._limits.megabytes)
                head, rows = worker.ask(job.question, job.body, job.seconds)
                _raise_told(head)
                answer = job.read(head, rows)
            except WorkerError as lost:
                worker, error = None, lost
            except Exception as told:  # noqa: BLE001 - it is raised where the page is waited for
                error = told
            with suppress(RuntimeError):  # a second Ctrl-C has closed the loop: nobody waits any more
                job.loop.call_soon_threadsafe(_tell, job.answer, answer, error)
        if worker:
            worker.end()


def _tell(future: asyncio.Future[Any], answer: Any, error: Exception | None) -> None:
    if future.done():  # cancelled
        return
    if error:
        future.set_exception(error)
    else:
        future.set_result(answer)


def _raise_told(head: dict[str, Any]) -> None:
    if "error" in head:
        raise getattr(errors, head["error"])(*head["arguments"])
    if "fault" in head:
        fault = FaultError(head["fault"])
        fault.add_note(head["trace"])
        raise fault


def _article(head: dict[str, Any], rows: list[Any]) -> Article:
    return Article.from_dict(head["article"] | {"blocks": rows})


def _listing(head: dict[str, Any], rows: list[Any]) -> Listed:
    links = [Link(url, Kind(kind), told) for url, kind, told in rows if kind is not None]
    return Listed(links, head["note"], [Passed(url, *told) for url, kind, told in rows if kind is None])
