"""Outcomes: what became of an address, and the one place that says what an error means for it.

Writing outcomes down is the spider's and the store's business, adding them up the ledger's.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from extractors import AmendError, Article, ExtractionError, MissingFieldError, NotArticleError, SiteError
from spiders.challenges import door_of, pairs_of
from spiders.errors import CassetteError, FaultError, StoreError, WorkerError, WorkerStartError
from spiders.manners.pauses import pause, retry_after
from spiders.network.answers import BrokenAnswerError, RefusedAnswerError
from spiders.network.guard import AddressRefusedError, NameRefusedError
from spiders.record import State
from spiders.rights.clearance import RightsReservedError
from spiders.rights.rules import RobotsRefusedError, RobotsUnavailableError
from spiders.rights.statement import Statement
from spiders.surfaces.scrubbing import scrub_text, scrub_url

# Pages behind which an article may wait: failing to read them is a failure, all other kinds are not what we look for.
_FOR_NOW = frozenset({"waiting room", "rate limit", "maintenance", "server error"})
_IN_THE_WAY = _FOR_NOW | {"bot wall", "consent page", "login", "needs JavaScript", "geo-block", "parked domain"}
# Kinds of outcome that say: a page came, with HTTP 200 or not, and it stood there in the place of what was asked for.
RESERVED = "rights"  # of a page that its site reserves: nothing of it is stored
SITE_FILE = "site file"  # its code fails at the page
BLOCKS = _IN_THE_WAY | {"soft 404"}
_UNNAMED = {State.DONE: "stored", State.FAILED: "failed", State.EXCLUDED: "excluded"}
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_DOWNLOAD: dict[type[BaseException], tuple[str, str]] = {  # kind and reason
    CannotResolveHostError: ("connection", "the host's name cannot be resolved"),
    DownloadConnectionRefusedError: ("connection", "the connection was refused"),
    DownloadTimeoutError: ("time-out", "no answer in time"),
    ResponseDataLossError: ("broken answer", "the answer broke off"),
}
# Seconds until the next try where somebody may mend what is wrong: a recording, an error of ours, a wall of the site.
_LATER = 3600.0
GONE = frozenset({"HTTP 404", "HTTP 410"})  # kinds of outcome


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address: stored (with the article), failed or excluded (with the reason).

    `flag` says why its page is no article, for the case that its address has one: that stays, and the page beside it.
    `kind` is the word under which a run counts it: "stored", a kind of page ("bot wall"), "HTTP 404", "time-out" …
    No outcome tells a secret.
    """

    url: str
    state: State
    reason: str | None = None
    article: Article | None = None
    retry_in: float | None = None  # seconds; None where trying again by itself is of no use
    fault: bool = False  # an error that no page should be able to cause
    flag: str | None = None
    kind: str = ""
    rights: tuple[Statement, ...] | None = None  # what the site says of the use of the page, where that was asked
    passing: bool = False  # a trouble of the host or the network: the run itself tries again
    host_wide: bool = False  # till it has passed, nothing else of the host is to be asked for
    told: float | None = None  # seconds for which the host has asked to be left alone

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", self.kind or ("fault" if self.fault else _UNNAMED[self.state]))
        object.__setattr__(self, "url", scrub_url(self.url))
        object.__setattr__(self, "reason", self.reason and scrub_text(self.reason))


def outcome_of(error: BaseException, url: str, attempt: int = 1, *, fetched: bool = True) -> Outcome:
    """Say what an error means for the address it befell.

    Args:
        attempt: how many times the address has been tried, this time included.
        fetched: whether there was a response to read: what nobody expected is a fault of ours then.
    Raises:
        SiteError, StoreError, WorkerStartError: nothing about the address; the run cannot go on.
    """
    retry_in, later = pause(attempt), _LATER * 2 ** (attempt - 1)
    match error:
        case AmendError():
            return Outcome(url, State.FAILED, str(error), retry_in=later, kind=SITE_FILE)
        case SiteError() | StoreError() | WorkerStartError():
            raise error
        case ExtractionError():
            return _of_page(url, error, retry_in, later)
        case WorkerError():
            return Outcome(url, State.FAILED, str(error).removeprefix(f"{url} "), kind="worker")
        case CassetteError():
            reason = str(error).removeprefix(f"{url} ")
            return Outcome(url, State.FAILED, reason, retry_in=later, kind="recording")
        case FaultError():
            return Outcome(url, State.FAILED, f"fault in Copydesk: {error}", retry_in=later, fault=True)
        case HttpError():
            return of_answer(url, error.response, attempt)
        case RightsReservedError():
            return Outcome(url, State.EXCLUDED, str(error), kind=RESERVED)
        case RobotsRefusedError():
            return Outcome(url, State.EXCLUDED, str(error), kind="robots.txt")
        case AddressRefusedError():
            return Outcome(url, State.EXCLUDED, str(error), kind="refused")
        case RobotsUnavailableError(cause=cause, told=told):
            why = f"HTTP {cause}" if isinstance(cause, int) else _download_reason(cause)[1]
            again = retry_in if told is None else told
            known: dict[str, Any] = {"kind": "robots.txt", "passing": True, "host_wide": True, "told": told}
            return Outcome(url, State.FAILED, f"{error}: {why}", retry_in=again, **known)
        case IgnoreRequest():  # too many redirects, an answer that we refuse
            return Outcome(url, State.FAILED, _first_line(error), kind="refused")
    if fetched:
        return Outcome(url, State.FAILED, f"fault in Copydesk: {_named(error)}", retry_in=later, fault=True)
    kind, reason = _download_reason(error)
    passing = not isinstance(error, NameRefusedError)  # names are not given other addresses within minutes
    return Outcome(url, State.FAILED, reason, retry_in=retry_in, kind=kind, passing=passing)


def _of_page(url: str, error: ExtractionError, retry_in: float, later: float) -> Outcome:
    """Return the outcome of a page with no article in it: something else stands there, or nothing can be read."""
    if isinstance(error, NotArticleError):
        in_the_way = error.kind in _IN_THE_WAY
        state, what = (State.FAILED, "block page") if in_the_way else (State.EXCLUDED, "no article")
        again = retry_in if error.kind in _FOR_NOW else later if error.kind == "bot wall" else None
        return Outcome(url, state, str(error), retry_in=again, flag=f"{what}: {error.kind}", kind=error.kind)
    reason = str(error).removeprefix(f"{url} ")
    kind = "no body" if isinstance(error, MissingFieldError) else "no page"
    return Outcome(url, State.FAILED, reason, flag=f"empty: {reason}", kind=kind)


def _denial(response: Response) -> tuple[str, str]:
    """Return kind and reason of an answer whose status says that there is nothing: the page may say why."""
    status = f"HTTP {response.status}"
    door = door_of(response.status, pairs_of(response), response.body)
    return (door.kind, f"{door.kind} ({status}): {door.detail}") if door else (status, status)


def of_answer(url: str, response: Response, attempt: int) -> Outcome:
    """Return the outcome of an answer whose status says that it is not what was asked for."""
    kind, reason = _denial(response)
    if response.status not in PASSING:
        later = _LATER * 2 ** (attempt - 1) if kind == "bot wall" else None
        return Outcome(url, State.FAILED, reason, retry_in=later, kind=kind)
    told = retry_after(response.headers, time.time())
    host_wide = response.status == 429 or told is not None
    again = pause(attempt) if told is None else told
    return Outcome(url, State.FAILED, reason, retry_in=again, kind=kind, passing=True, host_wide=host_wide, told=told)


def gone(outcome: Outcome) -> Outcome:
    """Return the outcome of a stored article whose page is no longer there: it stays, and that it is gone is kept."""
    why = f"gone: {outcome.reason}"
    return replace(outcome, state=State.EXCLUDED, reason=f"{why}; the article stays stored", flag=why, kind="gone")


def _download_reason(error: BaseException) -> tuple[str, str]:
    """Return kind and reason of an error of the download."""
    if isinstance(error, BrokenAnswerError | NameRefusedError | RefusedAnswerError):  # says it itself
        return "refused" if isinstance(error, NameRefusedError) else "broken answer", _first_line(error)
    return _DOWNLOAD.get(type(error)) or ("connection", f"download failed: {_named(error)}")


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {_first_line(error)}".removesuffix(": ")


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200]
