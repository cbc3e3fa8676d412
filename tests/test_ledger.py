"""The ledger: the sum at the end, what else is to be said, the exit status."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.exceptions import UsageError

from extractors import Article, NotArticleError, SiteError, clean
from spiders.errors import CassetteError, SettingError, StoreError, StoreFullError, StoreLockedError
from spiders.ledger import SHOWN, Ledger
from spiders.outcomes import Outcome
from spiders.record import Change, Kind, Listing, State, word_count
from spiders.status import ExitStatus, status_of

URL = "https://news.example/a"


FEED = "https://news.example/feed.xml"


def ledger(
    *states: State, pending: int = 0, reason: str | None = "finished", listings: Sequence[Listing] = ()
) -> Ledger:
    books = Ledger(reason=reason, counts={state: states.count(state) for state in states} | {State.NEW: pending})
    for state in states:
        books.record(Outcome(URL, state, article=Article(url=URL)), Change.NEW)
    books.listings = list(listings)
    return books


def listing(state: State = State.DONE, listed: int = 0, used_to: int = 0, *, passing: bool = False) -> Listing:
    return Listing(FEED, state, "HTTP 404" if state is State.FAILED else None, passing, listed, used_to)


def test_the_sum_adds_up() -> None:
    books = ledger(State.DONE, State.DONE, State.FAILED, State.EXCLUDED, pending=3)
    assert books.sentence() == "2 stored + 1 failed + 1 excluded + 3 pending = 7 discovered"


def test_a_sum_that_does_not_add_up_is_said_and_is_our_fault() -> None:
    books = ledger(State.DONE)
    books.counts[State.DONE] = 4
    assert books.sentence().endswith("= 1 discovered, but the store has 4")
    assert books.status() is ExitStatus.FAULT


def test_what_an_interrupted_run_did_counts_in_the_one_that_goes_on_with_it() -> None:
    books = ledger(State.DONE)
    books.counts, books.carried = {State.DONE: 5, State.FAILED: 1}, {State.DONE: 4, State.FAILED: 1}
    assert books.sentence() == "5 stored + 1 failed + 0 excluded + 0 pending = 6 discovered"
    assert books.notes() == ["this run went on with one that was interrupted: 5 of the addresses were done before"]
    assert books.status() is ExitStatus.INCOMPLETE


def test_the_books_of_a_long_run_stay_small() -> None:
    books = ledger(*[State.DONE] * 3_000, *[State.FAILED] * 3_000)
    assert (books.count(State.DONE), books.count(State.FAILED)) == (3_000, 3_000)
    assert len(books.outcomes) == 2 * SHOWN


def test_the_share_of_block_pages_is_told() -> None:
    books = ledger(*[State.DONE] * 5)
    for kind in ("bot wall", "bot wall", "soft 404", "HTTP 404", "section front"):
        books.record(Outcome(URL, State.FAILED, kind, kind=kind))
    assert books.kinds == {"stored": 5, "bot wall": 2, "soft 404": 1, "HTTP 404": 1, "section front": 1}
    assert "block pages: 3 of 10 (30 %): bot wall 2, soft 404 1" in books.notes()
    assert not any("block" in note for note in ledger(State.DONE).notes())


def test_stored_articles_are_counted_by_what_storing_them_changed() -> None:
    books = Ledger()
    for change in (Change.NEW, Change.CHANGED, Change.UNCHANGED, Change.UNCHANGED):
        books.record(Outcome(URL, State.DONE), change)
    books.record(Outcome(URL, State.FAILED, kind="bot wall"), Change.KEPT)  # the article that stood there stays
    assert books.kinds == {"stored": 1, "changed": 1, "unchanged": 2, "bot wall": 1}


def test_listings_are_not_counted_but_their_faults_are() -> None:
    books = ledger(State.DONE)
    books.record(Outcome(FEED, State.FAILED, "fault in Copydesk: KeyError", fault=True), None, Kind.FEED)
    assert books.sentence() == "1 stored + 0 failed + 0 excluded + 0 pending = 1 discovered"
    assert books.status() is ExitStatus.FAULT


@pytest.mark.parametrize(
    ("books", "status"),
    [
        (ledger(State.DONE, State.EXCLUDED), ExitStatus.OK),
        (ledger(State.DONE, State.FAILED), ExitStatus.INCOMPLETE),
        (ledger(State.EXCLUDED), ExitStatus.INCOMPLETE),  # nothing stored is no success
        (ledger(), ExitStatus.INCOMPLETE),
        (ledger(State.DONE, pending=1), ExitStatus.INCOMPLETE),
        (ledger(State.DONE, pending=1, reason="shutdown"), ExitStatus.INTERRUPTED),
        (ledger(State.DONE, reason="shutdown"), ExitStatus.OK),  # nothing was left to do
        (ledger(State.DONE, reason=None), ExitStatus.INTERRUPTED),
        (ledger(State.DONE, reason="start_error"), ExitStatus.FAULT),
        # a listing was not reached, could not be read
        (ledger(State.DONE, reason="shutdown", listings=[listing(State.LEASED)]), ExitStatus.INTERRUPTED),
        (ledger(State.DONE, listings=[listing(State.FAILED)]), ExitStatus.INCOMPLETE),
        # limits that a user sets for a run
        (ledger(State.DONE, pending=1, reason="closespider_itemcount"), ExitStatus.OK),
        (ledger(State.DONE, pending=1, reason="closespider_pagecount"), ExitStatus.OK),
        (ledger(pending=1, reason="closespider_timeout"), ExitStatus.OK),
        (ledger(State.DONE, State.FAILED, pending=1, reason="closespider_itemcount"), ExitStatus.INCOMPLETE),
        # budgets
        (ledger(State.DONE, pending=1, reason="memusage_exceeded"), ExitStatus.BUDGET),
        (ledger(State.DONE, State.FAILED, pending=1, reason="closespider_timeout_no_item"), ExitStatus.BUDGET),
        (ledger(State.DONE, reason="memusage_exceeded"), ExitStatus.OK),
    ],
)
def test_the_exit_status_hides_no_loss(books: Ledger, status: ExitStatus) -> None:
    assert books.status() is status


LIVE, NEVER = listing(listed=9, used_to=9), listing()
GONE, NONE = listing(State.FAILED, used_to=9), listing(used_to=9)
BUSY = listing(State.FAILED, used_to=9, passing=True)


@pytest.mark.parametrize(
    ("listings", "dry"),
    [
        ([LIVE, NONE], [NONE]),
        ([LIVE, GONE], [GONE]),
        ([LIVE, BUSY], []),  # it will be back
        ([BUSY], [BUSY]),  # but so long nothing is discovered
        ([BUSY, GONE], [BUSY, GONE]),
        ([NEVER], []),
        ([listing(State.NEW, used_to=9), GONE], [GONE]),
        ([listing(State.NEW, used_to=9)], []),
    ],
)
def test_a_listing_that_fell_silent_is_named(listings: list[Listing], dry: list[Listing]) -> None:
    books = ledger(State.DONE, State.FAILED, listings=listings)
    assert books.dry == dry
    assert (books.status() is ExitStatus.DRY) == bool(dry)


def test_a_listing_that_the_recording_lacks_is_missing_and_not_silent() -> None:
    books = ledger(State.DONE, listings=[GONE])
    books.missing = [GONE.url]
    assert books.dry == []
    assert books.status() is ExitStatus.INCOMPLETE


def test_a_silent_listing_is_told_with_what_it_used_to_list() -> None:
    books = ledger(State.DONE, listings=[NONE, GONE, LIVE])
    assert books.notes() == [
        f"nothing discovered: {FEED} lists no article; it used to list 9",
        f"nothing discovered: {FEED} lists no article (HTTP 404); it used to list 9",
    ]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("shutdown", ["interrupted: run it again to go on"]),
        ("closespider_itemcount", ["ended by CLOSESPIDER_ITEMCOUNT: run it again to go on"]),
        ("memusage_exceeded", ["ended by MEMUSAGE_LIMIT_MB: run it again to go on"]),
        ("finished", []),
    ],
)
def test_a_run_that_has_more_to_do_says_why_it_ended(reason: str, said: list[str]) -> None:
    assert ledger(State.DONE, pending=1, reason=reason).notes() == said
    assert ledger(State.DONE, reason=reason).notes() == []


def test_a_request_that_the_recording_lacks_is_a_loss() -> None:
    books = ledger(State.DONE)
    books.missing = ["https://news.example/b"]
    assert books.status() is ExitStatus.INCOMPLETE


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UsageError("x"), 2),
        (NotArticleError("login"), 2),
        (CassetteError("x"), 4),
        (SiteError("x"), 4),
        (SettingError("x"), 4),
        (StoreError("x"), 4),
        (StoreFullError("x"), 3),
        (StoreLockedError("x"), 5),
        (KeyError("x"), 1),
    ],
)
def test_what_ends_a_command_has_its_status(error: Exception, status: int) -> None:
    assert status_of(error) == status
    books = ledger(State.DONE)
    if isinstance(error, StoreError | SiteError):
        books.stopped_by = error
        assert books.status() == status


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("ab \t\n\r\u00a0\u2003\u2028\u3000.", max_size=30), min_size=1, max_size=4))
def test_words_are_counted_as_a_reader_would(lines: list[str]) -> None:
    body = clean("\n\n".join(["The ferry is back at the quay.", *lines])).body
    assert word_count(body) == len(body.split())


def test_what_was_being_fetched_when_a_run_ended_is_pending() -> None:
    books = Ledger(reason="shutdown", counts={State.NEW: 2, State.LEASED: 3})
    assert books.sentence() == "0 stored + 0 failed + 0 excluded + 5 pending = 5 discovered"
    assert books.status() is ExitStatus.INTERRUPTED


def test_a_run_that_a_fault_ended_is_not_called_interrupted() -> None:
    (note,) = ledger(pending=2, reason="start_error").notes()
    assert note == "ended by a fault in Copydesk: the log tells it"
