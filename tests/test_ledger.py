"""The ledger: what an error means, the sum at the end, the exit status."""

from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UsageError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from extractors import Article, MissingFieldError, NotArticleError, SiteError, UnsupportedContentError
from spiders.errors import CassetteError, StoreError, StoreFullError, StoreLockedError
from spiders.guard import AddressRefusedError
from spiders.ledger import ExitStatus, Ledger, Outcome, outcome_of, status_of
from spiders.middlewares.robots import RobotsRefusedError, RobotsUnavailableError
from spiders.record import Change, State

URL = "https://news.example/a"


def http(status: int) -> HttpError:
    return HttpError(Response(URL, status=status), "")


@pytest.mark.parametrize(
    ("error", "state", "reason", "again"),
    [
        (NotArticleError("section front"), State.EXCLUDED, "section front", False),
        (NotArticleError("gallery"), State.EXCLUDED, "gallery", False),
        (NotArticleError("bot wall"), State.FAILED, "bot wall", False),
        (NotArticleError("consent page"), State.FAILED, "consent page", False),
        (MissingFieldError("no body found"), State.FAILED, "no body found", False),
        (UnsupportedContentError("the page is empty"), State.FAILED, "the page is empty", False),
        (CassetteError(f"{URL} is not in the recording x.yaml"), State.FAILED, "is not in the recording x.yaml", False),
        (http(404), State.FAILED, "HTTP 404", False),
        (http(503), State.FAILED, "HTTP 503", True),
        (http(429), State.FAILED, "HTTP 429", True),
        (RobotsRefusedError("forbidden by robots.txt"), State.EXCLUDED, "forbidden by robots.txt", False),
        (RobotsUnavailableError(503), State.FAILED, "robots.txt could not be had: HTTP 503", True),
        (RobotsUnavailableError(DownloadTimeoutError()), State.FAILED, "no answer in time", True),
        (AddressRefusedError("refused: port 22"), State.EXCLUDED, "refused: port 22", False),
        (IgnoreRequest("max redirections reached"), State.FAILED, "max redirections reached", False),
        (CannotResolveHostError("x"), State.FAILED, "name cannot be resolved", True),
        (DownloadTimeoutError("x"), State.FAILED, "no answer in time", True),
        (ResponseDataLossError("x"), State.FAILED, "broke off", True),
        (OSError("odd\nsecond line"), State.FAILED, "download failed: OSError: odd", True),
    ],
)
def test_an_error_has_one_outcome(error: Exception, state: State, reason: str, again: bool) -> None:
    outcome = outcome_of(error, URL, fetched=False)
    assert (outcome.state, outcome.fault, outcome.retry_in is not None) == (state, False, again)
    assert reason in (outcome.reason or "")


def test_what_nobody_expected_of_a_fetched_page_is_a_fault_of_ours() -> None:
    outcome = outcome_of(AttributeError("oops"), URL)
    assert (outcome.state, outcome.fault) == (State.FAILED, True)
    assert outcome.reason == "fault in Copydesk: AttributeError: oops"


def test_each_try_waits_twice_as_long() -> None:
    waits = [outcome_of(http(503), URL, attempt).retry_in or 0 for attempt in (1, 2, 3)]
    assert waits[1] == 2 * waits[0]
    assert waits[2] == 2 * waits[1]


@pytest.mark.parametrize("error", [SiteError("x"), StoreError("x"), StoreLockedError("x")])
def test_errors_that_are_not_the_pages_end_the_run(error: Exception) -> None:
    with pytest.raises(type(error)):
        outcome_of(error, URL)


def ledger(*states: State, pending: int = 0, reason: str | None = "finished") -> Ledger:
    books = Ledger(reason=reason, counts={state: states.count(state) for state in states} | {State.NEW: pending})
    for state in states:
        books.record(Outcome(URL, state, article=Article(url=URL)), Change.NEW)
    return books


def test_the_sum_adds_up() -> None:
    books = ledger(State.DONE, State.DONE, State.FAILED, State.EXCLUDED, pending=3)
    assert books.sentence() == "2 stored + 1 failed + 1 excluded + 3 pending = 7 discovered"


def test_a_sum_that_does_not_add_up_is_said_and_is_our_fault() -> None:
    books = ledger(State.DONE)
    books.counts[State.DONE] = 4
    assert books.sentence().endswith("= 1 discovered, but the store has 4")
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
        (ledger(State.DONE, pending=1, reason="memusage_exceeded"), ExitStatus.INTERRUPTED),
        (ledger(State.DONE, reason=None), ExitStatus.INTERRUPTED),
        (ledger(State.DONE, reason="start_error"), ExitStatus.FAULT),
    ],
)
def test_the_exit_status_hides_no_loss(books: Ledger, status: ExitStatus) -> None:
    assert books.status() is status


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
