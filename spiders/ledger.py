"""The books of a run: what became of each address, the sum at the end, the exit status.

`outcome_of` is the one place that says what an error means for a page. Writing outcomes down is the spider's and the
store's business; printing them is `extensions.summary`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UsageError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from extractors import Article, CopydeskError, ExtractionError, NotArticleError, SiteError
from spiders.errors import CassetteError, StoreError, StoreFullError, StoreLockedError
from spiders.guard import AddressRefusedError
from spiders.middlewares.robots import RobotsRefusedError, RobotsUnavailableError
from spiders.record import Change, State

# Signals: an address has its outcome (receivers get `outcome`); the books of a run are closed (`ledger`).
outcome_recorded = object()
run_ended = object()

# Pages behind which an article may wait: failing to read them is a failure, all other kinds are not what we look for.
_IN_THE_WAY = frozenset({"bot wall", "consent page", "login", "needs JavaScript"})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_DOWNLOAD: dict[type[BaseException], str] = {
    CannotResolveHostError: "the host's name cannot be resolved",
    DownloadConnectionRefusedError: "the connection was refused",
    DownloadTimeoutError: "no answer in time",
    ResponseDataLossError: "the answer broke off",
}
_FIRST_RETRY = 300.0  # seconds until a passing failure is due again; doubled with each attempt


class ExitStatus(IntEnum):
    """What a run tells the shell."""

    OK = 0  # every address is stored
    FAULT = 1  # of ours
    USAGE = 2  # what the user gave
    FULL = 3  # the disk of the store
    BROKEN = 4  # a cassette, a site file or the store
    LOCKED = 5  # another run has the store
    INCOMPLETE = 10  # finished, with failed addresses or requests that the recording lacks
    INTERRUPTED = 11  # run it again to go on


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address: stored (with the change and the article), failed or excluded (with the reason)."""

    url: str
    state: State
    reason: str | None = None
    change: Change | None = None
    article: Article | None = None
    retry_in: float | None = None  # seconds; None where trying again by itself is of no use
    fault: bool = False  # an error that no page should be able to cause


@dataclass(slots=True)
class Ledger:
    """The outcomes of one run, in order, and what stopped it."""

    outcomes: list[Outcome] = field(default_factory=list)
    counts: dict[State, int] = field(default_factory=dict)  # of the store, when the run has ended
    missing: list[str] = field(default_factory=list)  # requests that the recording lacks
    stopped_by: CopydeskError | None = None
    reason: str | None = None  # Scrapy's word for how the run ended; None while it runs

    def record(self, outcome: Outcome, change: Change | None = None) -> Outcome:
        """Write one outcome down, and what storing it changed; return what is written."""
        outcome = replace(outcome, change=change)
        self.outcomes.append(outcome)
        return outcome

    def count(self, state: State) -> int:
        """Count the outcomes of a kind."""
        return sum(o.state is state for o in self.outcomes)

    @property
    def pending(self) -> int:
        """How many addresses of the run have no outcome, by the store's books."""
        return self.counts.get(State.NEW, 0) + self.counts.get(State.LEASED, 0)

    @property
    def discovered(self) -> int:
        """How many addresses the store has for the run."""
        return sum(self.counts.values())

    def sentence(self) -> str:
        """Return the sum, and say so where the outcomes seen and the store's books differ."""
        stored, failed, excluded = (self.count(s) for s in (State.DONE, State.FAILED, State.EXCLUDED))
        told = stored + failed + excluded + self.pending
        sum_ = f"{stored} stored + {failed} failed + {excluded} excluded + {self.pending} pending = {told} discovered"
        return sum_ if self.balanced else f"{sum_}, but the store has {self.discovered}"

    @property
    def balanced(self) -> bool:
        """Say whether the outcomes seen during the run and the store agree."""
        return len(self.outcomes) + self.pending == self.discovered

    def status(self) -> ExitStatus:
        """Return the exit status of the run."""
        if self.stopped_by:
            return status_of(self.stopped_by)
        if self.reason == "start_error" or not self.balanced or any(o.fault for o in self.outcomes):
            return ExitStatus.FAULT
        if self.reason is None or (self.reason != "finished" and self.pending):
            return ExitStatus.INTERRUPTED
        if self.count(State.FAILED) or self.missing or self.pending or not self.count(State.DONE):
            return ExitStatus.INCOMPLETE
        return ExitStatus.OK


def outcome_of(error: BaseException, url: str, attempt: int = 1, *, fetched: bool = True) -> Outcome:
    """Say what an error means for the address it befell.

    Args:
        attempt: how many times the address has been tried, this time included.
        fetched: whether there was a response to read: what nobody expected is a fault of ours then.
    Raises:
        SiteError, StoreError: nothing about the address; the run cannot go on.
    """
    retry_in = _FIRST_RETRY * 2 ** (attempt - 1)
    match error:
        case SiteError() | StoreError():
            raise error
        case NotArticleError():
            state = State.FAILED if error.kind in _IN_THE_WAY else State.EXCLUDED
            return Outcome(url, state, str(error))
        case ExtractionError() | CassetteError():
            return Outcome(url, State.FAILED, str(error).removeprefix(f"{url} "))
        case HttpError():
            passing = error.response.status in _PASSING
            return Outcome(url, State.FAILED, f"HTTP {error.response.status}", retry_in=retry_in if passing else None)
        case RobotsRefusedError() | AddressRefusedError():
            return Outcome(url, State.EXCLUDED, str(error))
        case RobotsUnavailableError(cause=cause):
            why = f"HTTP {cause}" if isinstance(cause, int) else _download_reason(cause)
            return Outcome(url, State.FAILED, f"{error}: {why}", retry_in=retry_in)
        case IgnoreRequest():  # too many redirects, too large
            return Outcome(url, State.FAILED, _first_line(error))
    if fetched:
        return Outcome(url, State.FAILED, f"fault in Copydesk: {_named(error)}", fault=True)
    return Outcome(url, State.FAILED, _download_reason(error), retry_in=retry_in)


def status_of(error: BaseException) -> ExitStatus:
    """Return the exit status for an error that ends a command."""
    match error:
        case UsageError() | ExtractionError():
            return ExitStatus.USAGE
        case StoreFullError():
            return ExitStatus.FULL
        case StoreLockedError():
            return ExitStatus.LOCKED
        case CassetteError() | SiteError() | StoreError():
            return ExitStatus.BROKEN
    return ExitStatus.FAULT


def _download_reason(error: BaseException) -> str:
    return _DOWNLOAD.get(type(error)) or f"download failed: {_named(error)}"


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {_first_line(error)}".removesuffix(": ")


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200]
