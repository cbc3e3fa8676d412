"""Past runs in the store: what each was for, how it ended, what came on which day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from extractors import Article
from spiders.lease import Finish
from spiders.record import Kind, Link, State
from spiders.status import ExitStatus
from spiders.store import Store
from spiders.store.history import Arrival
from spiders.store.reader import Reader
from tests.holdings import finish
from tests.newsroom import HOME, TOWER, crawled, edition

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def looked(path: Path, when: datetime, *slugs: str, site: str | None = None, home: str = HOME) -> None:
    """Store a run that read a feed and found these articles on it."""
    with Store(path, clock=when.timestamp) as store:
        run = store.begin("harbour", [Link(f"{home}/feed", Kind.FEED)])
        (lease,) = store.lease(run, 1)
        finish(store, lease, links=[Link(f"{home}/{slug}") for slug in slugs])
        leases = store.lease(run, len(slugs)) if slugs else []
        store.finish_all([Finish(lease, article=Article(url=lease.url, site=site)) for lease in leases])
        store.end(run, "finished", status=0, outcomes={"new": len(slugs)})


def test_a_crawl_leaves_its_status_its_outcomes_and_the_entry_that_it_was_for(tmp_path: Path) -> None:
    pages: dict[str, Any] = {**edition(), TOWER: (404, {}, "no such page")}
    crawled(tmp_path, pages, set_up=lambda crawler: crawler.settings.set("PLAN_ENTRY", "night", "cmdline"))
    with Reader(tmp_path / "store.db") as reader:
        (run,) = reader.runs()
        assert reader.last_runs() == {"night": run}
    assert (run.entry, run.status, run.reason) == ("night", ExitStatus.INCOMPLETE, "finished")
    assert run.outcomes == {"stored": 1, "HTTP 404": 1}
    assert (run.counts[State.DONE], run.counts[State.FAILED]) == (1, 1)


def test_runs_are_found_by_site_and_by_time(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    looked(path, NOON, "a")
    looked(path, NOON + timedelta(hours=2), "b", home="https://river.example")
    with Store(path, clock=lambda: (NOON + timedelta(hours=3)).timestamp()) as store:
        store.begin("harbour", [])  # it died
    with Reader(path) as reader:
        assert [run.number for run in reader.runs()] == [3, 2, 1]
        assert [run.number for run in reader.runs("river.example")] == [2]
        assert [run.number for run in reader.runs("harbour.example")] == [1]
        assert [run.number for run in reader.runs("example", NOON + timedelta(hours=1))] == [2]
        assert [run.number for run in reader.runs(since=NOON.date() + timedelta(days=1))] == []
        assert next(reader.runs()).status is None
        assert reader.last_runs() == {}


def test_articles_are_told_by_the_day_on_which_they_came(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    looked(path, NOON - timedelta(days=9), "long ago")
    looked(path, NOON - timedelta(days=2, hours=1), "a", "b")
    looked(path, NOON - timedelta(days=1, hours=23))
    looked(path, NOON, "c", site="harbour.example")
    looked(path, NOON - timedelta(hours=1), "d", home="https://river.example:8080")
    with Reader(path) as reader:
        told = sorted(reader.arrivals(NOON, 7), key=lambda one: (one.site, one.ago))
        assert told == [
            Arrival("harbour.example", 0, 1),
            Arrival("harbour.example", 1, 0),  # it was asked on that day, and listed nothing new
            Arrival("harbour.example", 2, 0),
            Arrival("river.example:8080", 0, 1),
            Arrival("www.harbour.example", 0, 0),
            Arrival("www.harbour.example", 1, 0),
            Arrival("www.harbour.example", 2, 2),
        ]
        assert {one.site for one in reader.arrivals(NOON, 7, "river.example")} == {"river.example:8080"}
        assert list(reader.arrivals(NOON - timedelta(days=30), 7)) == []
