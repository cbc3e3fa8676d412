"""Crawls that keep to dates and to a number of articles: -a since=… -a until=… -a limit=…"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scrapy.exceptions import UsageError

from spiders.article import ArticleSpider
from spiders.bounds import Bounds, bounds_of
from spiders.record import State
from spiders.status import ExitStatus
from spiders.store import Store
from tests.conftest import Run
from tests.holdings import raws, records
from tests.newsroom import FEED, FERRY, HOME, TOWER, WHEN, Harbour, edition, feed, outcomes, page
from tests.test_memory import ETAG, SAME, Wire

OLD = WHEN - timedelta(days=3)


class Paper(Harbour):
    """A newspaper whose front page tells no dates."""

    feeds: ClassVar[tuple[str, ...]] = ()
    sections = {f"{HOME}/news/": "a"}


def dated(body: str, when: datetime) -> str:
    """Give a page a date of publication."""
    return body.replace("</head>", f'<meta property="article:published_time" content="{when.isoformat()}"></head>')


def listing() -> dict[str, Any]:
    """Return a feed in which the tower is three days older than the ferry."""
    both = feed(FERRY, TOWER)
    head, _, tail = both.rpartition(format_datetime(WHEN))
    return edition() | {FEED: (200, ETAG, head + format_datetime(OLD) + tail)}


def test_links_that_tell_another_date_are_passed_over_and_not_forgotten(run: Run, tmp_path: Path) -> None:
    wire = Wire()
    books = run(listing(), since="2026-05-03", set_up=wire, at=WHEN)
    assert wire.asked == [FEED, FERRY]
    assert books.sentence() == "1 stored + 0 failed + 0 excluded + 0 pending = 1 discovered"
    assert books.notes() == ["listed links that lie outside the dates asked for: 1"]
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        passed = connection.execute("SELECT url, reason FROM passed_over").fetchall()
    assert passed == [(TOWER, "published 2026-05-01 06:30+00:00, before 2026-05-03")]
    wire = Wire()
    assert run(listing(), set_up=wire, at=WHEN).status() is ExitStatus.OK
    assert wire.asked == [FEED, TOWER]
    assert wire.validators[FEED] == []  # read with other bounds, the same feed lists something else


def test_a_feed_is_asked_whether_it_has_changed_by_a_run_of_the_same_span(run: Run) -> None:
    run(listing(), since="2d", at=WHEN)
    for since, conditional in (("2d", True), ("3d", False)):
        wire = Wire()
        run(listing(), since=since, set_up=wire, at=WHEN + timedelta(hours=1))
        assert bool(wire.validators[FEED]) is conditional


def test_a_run_that_finds_nothing_of_its_dates_is_neither_dry_nor_a_failure(run: Run) -> None:
    run(listing(), at=WHEN)
    for bounds in ({"since": "2026-05-05"}, {"until": "2026-04-01"}):
        books = run(listing(), **bounds, at=WHEN)
        assert books.sentence() == "0 stored + 0 failed + 0 excluded + 0 pending = 0 discovered"
        assert books.status() is ExitStatus.OK
        assert run({FEED: SAME}, **bounds, at=WHEN).status() is ExitStatus.OK


def test_a_page_that_turns_out_to_lie_outside_is_fetched_once(run: Run, store: Callable[[], Store]) -> None:
    links = "<main><a href='/2026/ferry'>Council keeps the ferry</a><a href='/2026/tower'>Council keeps the tower</a></main>"
    pages = {f"{HOME}/news/": links, FERRY: dated(page("the ferry", FERRY), WHEN)}
    pages |= {TOWER: dated(page("the tower", TOWER), OLD)}
    books = run(pages, Paper, since="2026-05-03", at=WHEN)
    assert outcomes(books)["/2026/tower"] == (State.EXCLUDED, "published 2026-05-01 06:30+00:00, before 2026-05-03")
    assert books.kinds["outside dates"] == 1
    assert books.status() is ExitStatus.OK
    with store() as opened:
        assert [record.address for record in records(opened)] == [FERRY]
        assert raws(opened, TOWER) == []
    wire = Wire()
    run(pages, Paper, since="2026-05-02", set_up=wire, at=WHEN)
    assert wire.asked == [f"{HOME}/news/"]
    assert outcomes(run(pages, Paper, since="2026-05-01", at=WHEN)) == {"/2026/tower": (State.DONE, None)}


def test_what_is_stored_is_watched_whatever_a_run_is_asked_for(run: Run) -> None:
    run(edition(), at=WHEN)
    books = run(edition() | {FEED: feed()}, since="2026-06-01", at=WHEN + timedelta(hours=1))
    assert books.settled == {State.DONE: 2}


def test_a_limit_leaves_the_rest_for_the_next_run(run: Run, store: Callable[[], Store]) -> None:
    urls = [f"{HOME}/2026/pier-{n}" for n in range(20)]
    pages: dict[str, Any] = {FEED: (200, ETAG, feed(*urls))} | {url: page(f"pier {url[-2:]}", url) for url in urls}
    pages[urls[0]] = (404, {}, "")
    books = run(pages, limit="15", at=WHEN)
    assert books.sentence() == "15 stored + 1 failed + 0 excluded + 4 pending = 20 discovered"
    assert "ended by limit=15: run it again to go on" in books.notes()
    assert books.status() is ExitStatus.INCOMPLETE  # something failed
    books = run(pages | {FEED: SAME}, limit="3", at=WHEN)
    assert books.sentence() == "3 stored + 0 failed + 0 excluded + 1 pending = 4 discovered"
    assert books.status() is ExitStatus.OK
    books = run(pages | {FEED: SAME}, limit="3", at=WHEN)
    assert books.sentence() == "1 stored + 0 failed + 0 excluded + 0 pending = 1 discovered"
    assert books.notes() == ["19 of 20 listed links are known"]
    with store() as opened:
        assert len(records(opened)) == 19


def test_single_addresses_take_the_bounds_as_well(run: Run) -> None:
    books = run({FERRY: dated(page("the ferry", FERRY), OLD)}, ArticleSpider, url=FERRY, since="2026-05-03")
    assert outcomes(books) == {"/2026/ferry": (State.EXCLUDED, "published 2026-05-01 06:30+00:00, before 2026-05-03")}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"since": "yesterday"}, "'yesterday' is no time"),
        ({"limit": "0"}, "limit=0 is no number of articles: write -a limit=20"),
        ({"limit": "many"}, "limit=many is no number"),
        ({"limit": "٣"}, "is no number"),
        ({"since": "2026-05-04", "until": "2026-05-03"}, "until=2026-05-03 is before since=2026-05-04"),
        ({"since": "1d", "until": "2d"}, "until=2026-05-02 06:30.00:00 is before since=2026-05-03 06:30"),
    ],
)
def test_bounds_that_are_none_are_refused(arguments: dict[str, str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        bounds_of(dict(arguments), WHEN)


@pytest.mark.parametrize(
    ("published", "inside"),
    [
        (None, True),
        (date(2026, 5, 3), True),
        (date(2026, 5, 2), False),
        (date(2026, 5, 5), True),
        (date(2026, 5, 6), False),
        (datetime(2026, 5, 3, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 5, 2, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 5, 5, 23, 59), True),
        (datetime.fromisoformat("2026-05-06T00:30+02:00"), True),
    ],
)
def test_days_are_meant_whole(published: date | None, inside: bool) -> None:
    given_ = {"since": "2026-05-03", "until": "2026-05-05", "limit": "7"}
    bounds = bounds_of(given_, WHEN)
    assert (bounds.limit, given_) == (7, {})
    assert (bounds.outside(published) is None) is inside


@given(since=st.dates(), until=st.dates(), published=st.dates() | st.datetimes() | st.datetimes(timezones=st.just(UTC)))
@example(since=date.min, until=date.max, published=date.max)
@example(since=date.max, until=date.max, published=datetime.max)
def test_nothing_lies_on_both_sides(since: date, until: date, published: date) -> None:
    before, after = Bounds(since=since).outside(published), Bounds(until=until).outside(published)
    assert not (before and after) or since > until
    both = Bounds(since, until).outside(published)
    assert bool(both) == bool(before or after)
