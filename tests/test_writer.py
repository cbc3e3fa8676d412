"""The writer: a crawl's store on a thread of its own, what comes together in one transaction."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import spiders.leaseholder
from extractors import Article, Block, Label
from spiders.errors import StoreError, StoreFullError
from spiders.lease import Finish, Finished, Lease
from spiders.record import Change, Link, Raw, State
from spiders.status import ExitStatus
from spiders.store import Store
from spiders.store.reader import Reader
from spiders.store.writer import Writer
from tests.conftest import Run
from tests.newsroom import FEED, FERRY, HOME, edition, feed, outcomes, stop_at_first_outcome

URLS = [f"https://news.example/{n}" for n in range(120)]


def ending(lease: Lease) -> Finish:
    raw = Raw(lease.url, 200, (), lease.url.encode(), datetime(2026, 5, 4, tzinfo=UTC))
    return Finish(lease, raw, article=Article(url=lease.url, blocks=(Block("Text.", Label.BODY, 0),)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the sizes of the batches that are written."""
    sizes: list[int] = []
    finish_all = Store.finish_all

    def counted(store: Store, finishes: Sequence[Finish]) -> list[Finished]:
        sizes.append(len(finishes))
        return finish_all(store, finishes)

    monkeypatch.setattr(Store, "finish_all", counted)
    return sizes


def test_what_comes_together_is_written_together_and_at_most_fifty(path: Path, batches: list[int]) -> None:
    async def crawl() -> list[Finished]:
        writer = Writer(Store(path))
        leases = await writer.lease(await writer.begin("harbour", [Link(u) for u in URLS]), 120)
        results = await asyncio.gather(*(writer.finish(ending(lease)) for lease in leases))
        assert (await writer.counts(1))[State.DONE] == 120
        await writer.end(1, "finished")
        await writer.close()
        return results

    assert {finished.change for finished in asyncio.run(crawl())} == {Change.NEW}
    assert (sum(batches), max(batches)) == (120, 50)


def test_a_finish_that_returned_is_on_the_disk(path: Path) -> None:
    async def crawl() -> None:
        writer = Writer(Store(path))
        for lease in await writer.lease(await writer.begin("harbour", [Link(u) for u in URLS[:3]]), 3):
            await writer.finish(ending(lease))
            with Reader(path) as reader:
                assert [record.address for record in reader.records(lease.url)] == [lease.url]
        await writer.close()

    asyncio.run(crawl())


def test_the_loop_goes_on_while_another_program_holds_the_file(path: Path) -> None:
    async def crawl() -> int:
        writer = Writer(Store(path))
        (lease,) = await writer.lease(await writer.begin("harbour", [Link(URLS[0])]), 1)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        written = asyncio.create_task(writer.finish(ending(lease)))
        for turn in range(50):  # the loop turns, and nothing is written
            await asyncio.sleep(0.001)
            assert not written.done(), turn
        other.execute("ROLLBACK")
        other.close()
        assert (await written).change is Change.NEW
        await writer.close()
        return turn

    assert asyncio.run(crawl()) == 49


def test_a_store_that_fails_fails_all_who_wait_and_works_again(path: Path) -> None:
    async def crawl() -> None:
        store = Store(path)
        writer = Writer(store)
        leases = await writer.lease(await writer.begin("harbour", [Link(u) for u in URLS[:60]]), 60)
        store._database.connection.execute("PRAGMA query_only = ON")
        ends = (writer.finish(ending(lease)) for lease in leases)
        errors = await asyncio.gather(*ends, return_exceptions=True)
        assert {type(error) for error in errors} == {StoreError}
        store._database.connection.execute("PRAGMA query_only = OFF")
        assert (await writer.finish(ending(leases[0]))).change is Change.NEW
        assert (await writer.counts(1))[State.LEASED] == 59
        await writer.close()

    asyncio.run(crawl())


def test_closing_waits_for_what_is_to_be_written(path: Path, batches: list[int]) -> None:
    async def crawl() -> None:
        writer = Writer(Store(path))
        leases = await writer.lease(await writer.begin("harbour", [Link(u) for u in URLS]), 120)
        ends = [asyncio.create_task(writer.finish(ending(lease))) for lease in leases]
        await asyncio.sleep(0)
        await writer.close()
        assert all(end.done() for end in ends)

    asyncio.run(crawl())
    assert sum(batches) == 120
    with Reader(path) as reader:
        assert len(list(reader.records())) == 120


def test_nothing_waits_for_a_store_that_is_closed(path: Path) -> None:
    async def crawl() -> None:
        writer = Writer(Store(path))
        leases = await writer.lease(await writer.begin("harbour", [Link(u) for u in URLS[:2]]), 2)
        await writer.close()
        for lease in leases:
            with pytest.raises(StoreError, match="the store is closed"):
                await writer.finish(ending(lease))

    asyncio.run(crawl())


def slow(call: Callable[..., Any]) -> Callable[..., Any]:
    def slowed(*arguments: Any) -> Any:
        time.sleep(0.2)
        return call(*arguments)

    return slowed


def test_what_is_being_written_is_not_taken_for_lost(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "finish_all", slow(Store.finish_all))
    monkeypatch.setattr(spiders.leaseholder, "_TICK", 0.02)  # shorter than a write
    books = run({FEED: feed(FERRY), FERRY: (404, {}, "gone")})
    assert outcomes(books) == {"/2026/ferry": (State.FAILED, "HTTP 404")}
    assert (books.reason, books.balanced, books.pending) == ("finished", True, 0)


def test_a_run_that_is_stopped_ends_when_all_its_outcomes_are_stored(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "finish_all", slow(Store.finish_all))
    urls = [f"{HOME}/2026/{n}" for n in range(40)]

    books = run({FEED: feed(*urls)} | {url: (404, {}, "gone") for url in urls}, set_up=stop_at_first_outcome)
    assert books.reason == "shutdown"
    assert books.settled[State.FAILED] == books.counts[State.FAILED] > 1
    assert books.balanced


def test_a_full_disk_ends_the_run_also_where_a_failure_is_to_be_stored(
    run: Run, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    finish_all = Store.finish_all

    def full(store: Store, finishes: Sequence[Finish]) -> list[Finished]:
        if any(finish.state is State.FAILED for finish in finishes):
            raise StoreFullError("the store cannot be written: the disk is full")
        return finish_all(store, finishes)

    monkeypatch.setattr(Store, "finish_all", full)
    books = run(edition() | {FEED: feed(FERRY), FERRY: (404, {}, "gone")})
    assert (books.status(), books.pending) == (ExitStatus.FULL, 1)
    monkeypatch.undo()
    assert run(edition()).status() is ExitStatus.OK


def test_what_a_listing_lists_while_the_frontier_is_asked_is_fetched(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lease, finish, stored = Writer.lease, Writer.finish, asyncio.Event()

    async def told(writer: Writer, ending: Finish) -> Finished:
        finished = await finish(writer, ending)
        stored.set()
        return finished

    async def late(writer: Writer, number: int, limit: int, *, per_host: int | None) -> list[Lease]:
        if not (leases := await lease(writer, number, limit, per_host=per_host)):
            await stored.wait()  # the loop was busy: by now the feed is stored
            await asyncio.sleep(0.05)
        return leases

    monkeypatch.setattr(Writer, "finish", told)
    monkeypatch.setattr(Writer, "lease", late)
    books = run(edition())
    assert (books.settled[State.DONE], books.pending) == (2, 0)


def test_a_run_that_nobody_waits_for_any_more_is_known_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, reached, go_on = Store.begin, threading.Event(), threading.Event()

    def slow(*args: Any, **kwargs: Any) -> int:
        reached.set()
        go_on.wait()
        return begin(*args, **kwargs)

    monkeypatch.setattr(Store, "begin", slow)

    async def crawl() -> tuple[int | None, int | None]:
        writer = Writer(Store(path))
        before = await writer.begun()
        beginning = asyncio.create_task(writer.begin("harbour", [Link(u) for u in URLS]))
        await asyncio.to_thread(reached.wait)
        beginning.cancel()
        go_on.set()
        begun = await writer.begun()
        await writer.close()
        return before, begun

    assert asyncio.run(crawl()) == (None, 1)
