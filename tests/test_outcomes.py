"""Outcomes: what an error means for the address that it befell."""

from __future__ import annotations

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from extractors import MissingFieldError, NotArticleError, SiteError, UnsupportedContentError
from spiders.errors import CassetteError, StoreError, StoreLockedError, WorkerError
from spiders.network.guard import AddressRefusedError
from spiders.outcomes import outcome_of
from spiders.record import State
from spiders.rights.rules import RobotsRefusedError, RobotsUnavailableError

URL = "https://news.example/a"


def http(status: int) -> HttpError:
    return HttpError(Response(URL, status=status), "")


@pytest.mark.parametrize(
    ("error", "state", "kind", "reason", "again"),
    [
        (NotArticleError("section front"), State.EXCLUDED, "section front", "section front", False),
        (NotArticleError("gallery"), State.EXCLUDED, "gallery", "gallery", False),
        (NotArticleError("bot wall"), State.FAILED, "bot wall", "bot wall", True),
        (NotArticleError("consent page"), State.FAILED, "consent page", "consent page", False),
        (MissingFieldError("no body found"), State.FAILED, "no body", "no body found", False),
        (UnsupportedContentError("the page is empty"), State.FAILED, "no page", "the page is empty", False),
        (
            CassetteError(f"{URL} is not in the recording x"),
            State.FAILED,
            "recording",
            "is not in the recording",
            True,
        ),
        (WorkerError(f"{URL} took too long"), State.FAILED, "worker", "took too long", False),
        (http(404), State.FAILED, "HTTP 404", "HTTP 404", False),
        (http(503), State.FAILED, "HTTP 503", "HTTP 503", True),
        (http(429), State.FAILED, "HTTP 429", "HTTP 429", True),
        (RobotsRefusedError("forbidden by robots.txt"), State.EXCLUDED, "robots.txt", "forbidden by robots.txt", False),
        (RobotsUnavailableError(503), State.FAILED, "robots.txt", "robots.txt could not be had: HTTP 503", True),
        (RobotsUnavailableError(DownloadTimeoutError()), State.FAILED, "robots.txt", "no answer in time", True),
        (AddressRefusedError("refused: port 22"), State.EXCLUDED, "refused", "refused: port 22", False),
        (IgnoreRequest("max redirections reached"), State.FAILED, "refused", "max redirections reached", False),
        (CannotResolveHostError("x"), State.FAILED, "connection", "name cannot be resolved", True),
        (DownloadTimeoutError("x"), State.FAILED, "time-out", "no answer in time", True),
        (ResponseDataLossError("x"), State.FAILED, "broken answer", "broke off", True),
        (OSError("odd\nsecond line"), State.FAILED, "connection", "download failed: OSError: odd", True),
    ],
)
def test_an_error_has_one_outcome(error: Exception, state: State, kind: str, reason: str, again: bool) -> None:
    outcome = outcome_of(error, URL, fetched=False)
    assert (outcome.state, outcome.kind, outcome.fault, outcome.retry_in is not None) == (state, kind, False, again)
    assert reason in (outcome.reason or "")


def test_what_nobody_expected_of_a_fetched_page_is_a_fault_of_ours() -> None:
    outcome = outcome_of(AttributeError("oops"), URL)
    assert (outcome.state, outcome.kind, outcome.fault) == (State.FAILED, "fault", True)
    assert outcome.reason == "fault in Copydesk: AttributeError: oops"


@pytest.mark.parametrize("error", [SiteError("x"), StoreError("x"), StoreLockedError("x")])
def test_errors_that_are_not_the_pages_end_the_run(error: Exception) -> None:
    with pytest.raises(type(error)):
        outcome_of(error, URL)


@pytest.mark.parametrize(
    ("status", "header", "host_wide", "told"),
    [
        (429, None, True, None),
        (429, "60", True, 60),
        (503, "60", True, 60),
        (503, None, False, None),
        (500, None, False, None),
        (404, "60", False, None),
    ],
)
def test_what_a_host_asks_for_is_about_all_of_it(
    status: int, header: str | None, host_wide: bool, told: float | None
) -> None:
    response = Response(URL, status=status, headers={"Retry-After": header} if header else {})
    outcome = outcome_of(HttpError(response), URL)
    assert (outcome.host_wide, outcome.told) == (host_wide, told)
    assert outcome.retry_in is None if status == 404 else outcome.retry_in is not None
    if told:
        assert outcome.retry_in == told
