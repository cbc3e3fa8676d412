"""What a site can list without end: traps (row E1), and pages and frontiers that are merely large (row E3)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

from spiders.errors import SettingError
from spiders.ledger import Ledger
from spiders.listings.anchors import candidates
from spiders.listings.discovery import read_listing
from spiders.listings.likeness import judge
from spiders.listings.listing import MAX_LINKS
from spiders.listings.shapes import reading_of
from spiders.listings.traps import trap_in
from spiders.record import Kind, Link, State
from spiders.status import ExitStatus
from spiders.store import Store
from tests.conftest import Command, Run
from tests.holdings import finish
from tests.newsroom import HOME, Harbour, page
from tests.test_scale import MOST, TIMES, steps

pytestmark = pytest.mark.faults

FRONT = f"{HOME}/"
SLUGS = ("council-keeps-the-old-ferry", "council-sells-the-old-tower", "council-moves-the-fish-market")
STORIES = {slug: f"{HOME}/2026/11/20/{slug}" for slug in SLUGS}


class Fronted(Harbour):
    """The newspaper, watched by its front page."""

    feeds: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[dict[str, str]] = {FRONT: ""}


def front(*, session: str = "", day: int = 1) -> str:
    """Return a front page with a calendar, with links into itself, and with a session's number in each link."""
    told = f"?PHPSESSID={session}" if session else ""
    cards = "".join(f'<h2><a href="{url}{told}">{slug.replace("-", " ")}</a></h2>' for slug, url in STORIES.items())
    days = "".join(f'<a href="/calendar/2026/{month}/{day}">{month}</a>' for month in range(1, 13))
    months = "".join(
        f'<a href="/events?month={n}&year=2027">More events in the month after this one</a>' for n in range(9)
    )
    deeper = "".join(f'<a href="{"/deep" * n}/">A longer look at the winter of the harbour</a>' for n in range(1, 9))
    return f"<html><body><main>{cards}</main><table class='cal'>{days}{months}</table><p>{deeper}</p></body></html>"


def edition(**told: Any) -> dict[str, str]:
    """Return the front and the stories; they have one address each, whatever session asks."""
    return {FRONT: front(**told)} | {url: page(slug.replace("-", " "), url) for slug, url in STORIES.items()}


def rows(folder: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(folder / "store.db") as connection:
        return connection.execute("SELECT url, reason FROM passed_over ORDER BY rowid").fetchall()


@pytest.fixture
def trapped(run: Run) -> Ledger:
    return run(edition(session="0badc0ffee"), Fronted)


def test_E1_traps_are_not_entered_and_the_table_names_them(trapped: Ledger) -> None:
    assert trapped.status() is ExitStatus.OK
    assert trapped.sentence() == "3 stored + 0 failed + 0 excluded + 0 pending = 3 discovered"
    host = HOME.removeprefix("https://")
    assert {
        f"trap: 12 addresses under {host}/calendar/… left out: a calendar has no end",
        f"trap: 9 addresses under {host}/events/… left out: a calendar has no end",
        f"trap: 6 addresses under {host}/deep/deep/… left out: a folder stands more than 2 times in its address",
        f"trap: 3 addresses of {host}: taken without the number of a session that stands in it",
    } <= set(trapped.notes())


def test_E1_a_session_has_no_second_copy_of_a_story(run: Run, tmp_path: Path) -> None:
    run(edition(session="0badc0ffee"), Fronted)
    books = run(edition(session="1badc0ffee", day=2), Fronted)
    assert books.discovered == 0
    assert books.known == 3
    with sqlite3.connect(tmp_path / "store.db") as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (3,)


def test_E1_what_was_passed_over_is_remembered_with_its_reason(
    trapped: Ledger, tmp_path: Path, command: Command
) -> None:
    store = ("-s", f"COPYDESK_STORE={tmp_path / 'store.db'}")
    status, out, _ = command("articles", "--passed-over", *store)
    assert status == 0
    assert f"{HOME}/calendar/2026/1/1: a trap: a calendar has no end\n" in out
    assert len(out.splitlines()) == len(rows(tmp_path)) == trapped.sieve.passed
    _, told, _ = command("articles", "--passed-over", "--run", "1", "--format", "json", *store)
    assert json.loads(told.splitlines()[0]) == {
        "address": rows(tmp_path)[0][0],
        "reason": rows(tmp_path)[0][1],
        "run": 1,
    }
    status, _, err = command("articles", "--passed-over", "--site", "other.example", *store)
    assert status == 2
    assert "does not know other.example" in err


def test_E1_a_host_has_a_budget_and_what_is_over_it_is_for_the_next_run(run: Run) -> None:
    books = [run(edition(), Fronted, set_up=lambda crawler: crawler.settings.set("HOST_BUDGET", 2)) for _ in range(3)]
    assert [one.count(State.DONE) for one in books] == [2, 1, 0]
    host = HOME.removeprefix("https://")
    line = f"budget: 1 address of {host}: left for the next run: one run takes 2 of a host's listings (HOST_BUDGET)"
    assert [line in one.notes() for one in books] == [True, False, False]
    assert [one.status() for one in books] == [ExitStatus.OK] * 3


@pytest.mark.parametrize("told", ["none", "-1", "0", "9999999999"])
def test_E1_a_budget_that_is_none_is_refused(told: str, run: Run) -> None:
    with pytest.raises(SettingError, match=f"HOST_BUDGET is '{told}': it may be a number of articles from 1 to"):
        run(edition(), Fronted, set_up=lambda crawler: crawler.settings.set("HOST_BUDGET", told))


def crowded(links: int) -> bytes:
    """Return a page of so many links: stories, sections and tags, in one river."""
    card = '<li><h3><a href="/{0}/{1}812{1}-council-keeps-the-old-ferry">Council keeps ferry number {1}</a></h3></li>'
    kinds = ("news", "tag", "video", "world/europe")
    return "".join(["<main><ul>", *(card.format(kinds[n % 4], n) for n in range(links)), "</ul></main>"]).encode()


def test_E3_of_ten_thousand_links_on_a_page_each_is_taken_or_passed_over() -> None:
    listing = read_listing(Kind.SECTION, crowded(MAX_LINKS), FRONT, ("harbour.example",))
    assert len(listing.links) == len(listing.passed) == MAX_LINKS // 2


def test_E3_no_step_of_judging_grows_with_the_square_of_the_links() -> None:
    def way(html: bytes) -> object:
        return judge(candidates(html, FRONT))

    small, large = crowded(200), crowded(200 * TIMES)
    steps(small, way)
    assert steps(large, way) < MOST * steps(small, way)


def virtual_steps(store: Store, work: Callable[[], object]) -> int:
    """Return how many instructions SQLite runs for some work."""
    count = 0

    def one() -> None:
        nonlocal count
        count += 1

    connection = store._database.connection
    connection.set_progress_handler(one, 1)
    try:
        work()
    finally:
        connection.set_progress_handler(None, 0)
    return count


def test_E3_a_page_costs_the_store_no_more_however_long_the_frontier_is(tmp_path: Path) -> None:
    costs = []
    for size in (200, 4000):
        with Store(tmp_path / f"{size}.db", host_budget=1_000_000) as store:
            run = store.begin("harbour", [Link(FRONT, Kind.SECTION)])
            links = [Link(f"https://h{n % 20}.example/news/{n}") for n in range(size)]
            finish(store, store.lease(run, 1)[0], links=links)

            def work(store: Store = store, run: int = run) -> None:
                for lease in store.lease(run, 8):
                    finish(store, lease, state=State.FAILED, reason="HTTP 404")

            work()
            costs.append(virtual_steps(store, work))
    small, large = costs
    assert large < 1.2 * small


@pytest.mark.parametrize(
    ("path", "trap"),
    [
        ("/sport/cup/sport/cup/ferry-wins-the-final", None),  # a section of its own name is none
        ("/2005/05/05/05/ferry-wins-the-final", None),  # the fifth of May, the fifth story
        ("/deep/deep/deep/ferry", "/deep/deep/…"),
        ("/205/205/205/ferry", "/205/205/…"),
    ],
)
def test_E1_a_folder_within_itself_stands_three_times_and_is_no_day(path: str, trap: str | None) -> None:
    found = trap_in(reading_of(f"{HOME}{path}"))
    assert (found[0] if found else None) == trap
