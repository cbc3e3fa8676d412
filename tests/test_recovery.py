"""Crawls that break, stop or are killed: what was fetched is kept, and the next run goes on."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, signals

import spiders.leaseholder
import spiders.store
from extractors import Article, SiteError
from spiders.outcomes import SITE_FILE
from spiders.record import Change, Link, Raw, State
from spiders.status import ExitStatus
from spiders.store import Store
from tests.conftest import Run
from tests.holdings import finish, raws, records
from tests.newsroom import (
    FEED,
    FERRY,
    HOME,
    MARKET,
    TOWER,
    WHEN,
    Harbour,
    edition,
    feed,
    outcomes,
    page,
    stop_at_first_outcome,
)


def test_a_fault_of_ours_fails_the_page_keeps_its_raw_response_and_goes_on(
    run: Run, store: Callable[[], Store], site_file: Callable[..., Path]
) -> None:
    mended = site_file("return page.oops if 'ferry' in page.url else article")
    books = run(edition(), at=WHEN)
    why = f"Own.amend at {FERRY}: AttributeError: 'Page' object has no attribute 'oops' ({mended.name}, line 9)"
    assert outcomes(books)["/2026/ferry"] == (State.FAILED, why)
    assert outcomes(books)["/2026/tower"] == (State.DONE, None)
    assert (books.faults, books.kinds[SITE_FILE], books.status()) == (0, 1, ExitStatus.BROKEN)
    with store() as opened:
        assert [raw.status for raw in raws(opened, FERRY)] == [200]
    mended.unlink()
    again = run(edition(), at=WHEN + timedelta(hours=1))
    assert {o.url: o.change for o in again.outcomes} == {FERRY: Change.NEW, TOWER: Change.UNCHANGED}


def test_a_broken_site_file_ends_the_run_and_loses_nothing(
    run: Run, store: Callable[[], Store], site_file: Callable[..., Path]
) -> None:
    mended = site_file("return article", head="oops")
    books = run(edition())
    assert isinstance(books.stopped_by, SiteError)
    assert f"{mended} cannot be run: NameError: name 'oops' is not defined" in str(books.stopped_by)
    assert books.status() is ExitStatus.BROKEN
    assert books.pending >= 1
    assert books.balanced
    mended.unlink()
    run(edition())
    with store() as opened:
        assert {record.address for record in records(opened)} == {FERRY, TOWER}


def test_a_full_disk_ends_the_run_and_the_next_goes_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = edition() | {FERRY: page("the ferry", FERRY, more=random.Random(0).randbytes(200_000).hex())}
    monkeypatch.setattr(
        "spiders.store.connection._PRAGMAS", (*spiders.store.connection._PRAGMAS, "max_page_count = 60")
    )
    books = run(pages)
    assert "is full" in str(books.stopped_by)
    assert books.status() is ExitStatus.FULL
    monkeypatch.undo()
    assert run(pages).status() is ExitStatus.OK


def test_a_killed_run_is_finished_by_the_next(run: Run, store: Callable[[], Store]) -> None:
    with store() as opened:  # a run that got as far as two leases and the raw feed
        opened.begin("harbour", Harbour().seeds())
        (lease,) = opened.lease(1, 1)
        finish(opened, lease, links=[Link(FERRY), Link(MARKET)])
        assert len(opened.lease(1, 5)) == 2
    books = run(edition() | {MARKET: page("the market", MARKET)})  # the feed no longer lists the market
    assert {o.url for o in books.outcomes} == {FERRY, TOWER, MARKET}
    assert books.status() is ExitStatus.OK


def test_an_interrupted_run_says_what_is_pending(run: Run, store: Callable[[], Store]) -> None:
    urls = [f"{HOME}/2026/pier-{n}" for n in range(120)]
    pages = {FEED: feed(*urls)} | {url: page(f"pier {url.rpartition('-')[2]}", url) for url in urls}

    books = run(pages, set_up=stop_at_first_outcome)
    assert books.reason == "shutdown"
    assert 1 <= books.pending < 120
    assert books.balanced
    assert books.status() is ExitStatus.INTERRUPTED
    assert run(pages).status() is ExitStatus.OK
    with store() as opened:
        assert sorted(record.address for record in records(opened)) == sorted(urls)


def test_a_request_dropped_without_a_word_does_not_hang_the_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spiders.leaseholder, "_TICK", 0.05)

    def drop(crawler: Any) -> None:
        def dropping(request: Request) -> None:
            if request.url == FERRY:
                from scrapy.exceptions import IgnoreRequest

                raise IgnoreRequest

        crawler.keep = dropping
        crawler.signals.connect(dropping, signals.request_scheduled)

    books = run(edition(), set_up=drop)
    assert outcomes(books)["/2026/ferry"] == (State.FAILED, "the request was dropped")
    assert books.status() is ExitStatus.FAULT


def test_a_run_that_goes_on_asks_neither_for_what_was_done_nor_for_what_was_excluded(
    store: Callable[[], Store],
) -> None:
    with store() as opened:
        broken = opened.begin("harbour", [Link(FERRY), Link(TOWER), Link(MARKET)])
        stored, excluded = opened.lease(broken, 2)
        finish(opened, stored, Raw(stored.url, 200, (), b"page", WHEN), article=Article(url=stored.url))
        finish(opened, excluded, state=State.EXCLUDED, reason="robots.txt forbids it")
        opened.end(broken, "shutdown")
        run = opened.begin("harbour", [Link(FERRY), Link(TOWER), Link(MARKET)])
        assert [lease.url for lease in opened.lease(run, 9)] == [MARKET]
        assert opened.carried(run) == {State.DONE: 1, State.EXCLUDED: 1}


def test_a_run_that_was_broken_off_a_day_ago_is_not_gone_on_with(tmp_path: Path) -> None:
    for day in (0, 1):
        with Store(tmp_path / "store.db", clock=(WHEN + timedelta(day)).timestamp) as opened:
            run = opened.begin("harbour", [Link(FERRY)])
            leases = opened.lease(run, 9)
            assert [lease.url for lease in leases] == [FERRY]
            finish(opened, leases[0], Raw(FERRY, 200, (), b"page", WHEN), article=Article(url=FERRY))
            opened.end(run, "shutdown")
