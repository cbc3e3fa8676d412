"""What the store remembers of links: which were passed over and why, what addresses of a shape turned out to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors import extract
from spiders.lease import Finish
from spiders.record import Kind, Link, Passed, State
from spiders.store import Store
from spiders.store.reader import Reader
from tests.holdings import finish
from tests.newsroom import FERRY, HOME, page

FRONT = f"{HOME}/"
TAG = Passed(f"{HOME}/tag/ferry", "a page of a topic (“tag”)")
DEEP = Passed(f"{HOME}/deep/deep/deep/x", "a trap: a folder stands more than 2 times in its address", "/deep/deep/…")
TAKEN = Passed(f"{FERRY}?PHPSESSID=c0ffee", "taken without the number of a session that stands in it", taken=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.db") as opened:
        yield opened


def listed(store: Store, *passed: Passed, links: tuple[Link, ...] = ()) -> int:
    """Let a run read the front page, and end; return its number."""
    run = store.begin("harbour", [Link(FRONT, Kind.SECTION)])
    (lease,) = store.lease(run, 1)
    store.finish_all([Finish(lease, links=links, passed=passed)])
    store.end(run, "finished")
    return run


def remembered(store: Store, run: int | None = None) -> list[tuple[str, str, int]]:
    with Reader(store.path) as reader:
        return list(reader.passed_over(run))


def test_what_is_passed_over_is_remembered_with_its_reason_and_last_run(store: Store) -> None:
    listed(store, TAG, DEEP, TAKEN)
    last = listed(store, TAG)
    assert remembered(store) == [(TAG.url, TAG.reason, last), (DEEP.url, DEEP.reason, 1)]
    assert remembered(store, 1) == [(DEEP.url, DEEP.reason, 1)]


def test_what_was_fetched_after_all_is_not_passed_over(store: Store) -> None:
    listed(store, TAG)
    listed(store, DEEP, links=(Link(TAG.url),))
    assert [url for url, _, _ in remembered(store)] == [DEEP.url]


def test_of_one_listing_no_more_than_two_thousand_are_remembered(store: Store) -> None:
    listed(store, *(Passed(f"{HOME}/tag/{n}", "a page of a topic") for n in range(3000)))
    assert len(remembered(store)) == 2000


def test_what_no_listing_lists_any_more_is_dropped_after_a_month(tmp_path: Path) -> None:
    clock = [0.0]
    with Store(tmp_path / "store.db", clock=lambda: clock[0]) as store:
        listed(store, TAG, DEEP)
        for day in (20, 29, 40):
            clock[0] = day * 86400.0
            last = listed(store, TAG)
            assert (DEEP.url in str(remembered(store))) is (day < 30)
        assert remembered(store) == [(TAG.url, TAG.reason, last)]


def test_of_very_many_those_of_the_last_runs_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.store.shapes._ALL", 3)
    listed(store, *(Passed(f"{HOME}/tag/{n}", "a page of a topic") for n in range(5)))
    listed(store, TAG, Passed(f"{HOME}/tag/0", "a page of a topic"))
    assert {url.rpartition("/")[2] for url, _, _ in remembered(store)} == {"ferry", "0", "4"}


def test_secrets_are_not_told(store: Store) -> None:
    listed(store, Passed(f"{HOME}/account?token=swordfish", "a page about accounts"))
    assert "swordfish" not in str(remembered(store))


def test_what_is_forgotten_is_not_passed_over_either(store: Store) -> None:
    listed(store, TAG, DEEP, Passed("https://other.example/tag/a", "a page of a topic"))
    store.forget(TAG.url)
    assert {url for url, _, _ in remembered(store)} == {DEEP.url, "https://other.example/tag/a"}
    listed(store, TAG)
    store.forget("harbour.example")
    assert {url for url, _, _ in remembered(store)} == {"https://other.example/tag/a"}


def test_articles_and_pages_that_are_none_are_counted_by_shape(store: Store) -> None:
    addresses = [f"{HOME}/news/{n}81827-ferry-runs-aground-again" for n in range(3)]
    run = store.begin("harbour", [Link(address) for address in (*addresses, TAG.url)])
    first, second, third, tag = store.lease(run, 4)
    for lease in (first, second):
        finish(store, lease, article=extract(page(lease.url, lease.url), lease.url))
    finish(store, third, state=State.EXCLUDED, reason="a section front", flag="no article: section front")
    finish(store, tag, state=State.FAILED, reason="a bot wall", flag="block page: bot wall")
    shape = "harbour.example/news/<id>-<slug>"
    assert store.shapes(["harbour.example"]) == store.shapes(["www.harbour.example"]) == {shape: (2, 1)}
    assert store.shapes(["example"]) == {shape: (2, 1)}
    assert store.shapes(["other.example", "bour.example"]) == {}
    store.forget("harbour.example")
    assert store.shapes(["harbour.example"]) == {}


def test_an_article_that_is_looked_at_again_is_counted_once(store: Store) -> None:
    for _ in range(2):
        run = store.begin("harbour", [Link(FERRY)])
        (lease,) = store.lease(run, 1)
        finish(store, lease, article=extract(page("the ferry", FERRY), FERRY))
        store.end(run, "finished")
    assert list(store.shapes(["harbour.example"]).values()) == [(1, 0)]
    (lease,) = store.lease(store.begin("harbour", [Link(FERRY)]), 1)  # and one that is gone was none the less one
    finish(store, lease, state=State.EXCLUDED, reason="gone", flag="gone: HTTP 404")
    assert list(store.shapes(["harbour.example"]).values()) == [(1, 0)]
