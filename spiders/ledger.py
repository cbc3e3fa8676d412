"""The books of a run: counts of what became of its addresses, the sum at the end, the exit status.

They stay small however long the run is: counts, and the first few rows of each kind for the table that
`extensions.summary` prints. Everything else is in the store. What an error means for an address is `outcomes`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from extractors import CopydeskError
from spiders.outcomes import BLOCKS, SITE_FILE, Outcome
from spiders.record import Change, Kind, Listing, State, word_count
from spiders.sieve import Sieve
from spiders.status import ExitStatus, status_of
from spiders.survey import Finds
from spiders.vitals.judgement import Drift

# Signals: an address has its outcome (receivers get `outcome`); the books of a run are closed (`ledger`).
outcome_recorded = object()
run_ended = object()

SHOWN = 50  # rows of each kind that the table at the end has room for

# Scrapy's words for how a run ended: at a limit that the user sets for one run, or at a budget that is to keep a crawl
# from going on for ever.
_LIMITS = {f"closespider_{name}": f"CLOSESPIDER_{name.upper()}" for name in ("itemcount", "pagecount", "timeout")}
_BUDGETS = {"memusage_exceeded": "MEMUSAGE_LIMIT_MB"} | {
    f"closespider_{name}": f"CLOSESPIDER_{name.upper()}"
    for name in ("timeout_no_item", "pagecount_no_item", "errorcount")
}

_FAULT = "start_error"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the table at the end shows of an address."""

    url: str
    state: State
    reason: str | None
    change: Change | None
    headline: str | None = None
    words: int = 0
    removed: tuple[tuple[str, int], ...] = ()  # label, how many blocks; by label

    @classmethod
    def of(cls, outcome: Outcome, change: Change | None) -> Entry:
        """Keep of an outcome what is shown; the article itself is in the store."""
        article = outcome.article
        if article is None:
            return cls(outcome.url, outcome.state, outcome.reason, change)
        removed = tuple(sorted(Counter(str(block.label) for block in article.removed).items()))
        words = word_count(article.body)
        return cls(outcome.url, outcome.state, outcome.reason, change, article.headline, words, removed)


@dataclass(slots=True)
class Ledger:
    """What became of the addresses of one run, and what stopped it. Articles are counted; listings are told apart."""

    outcomes: list[Entry] = field(default_factory=list)  # the first `SHOWN` of each state, in order
    settled: Counter[State] = field(default_factory=Counter)  # articles of this run
    kinds: Counter[str] = field(default_factory=Counter)  # of them, by `Outcome.kind`; stored ones by what it changed
    sieve: Sieve = field(default_factory=Sieve)  # what its listings list beside
    faults: int = 0  # errors that no page should be able to cause
    counts: dict[State, int] = field(default_factory=dict)  # articles, by the store, when the run has ended
    carried: dict[State, int] = field(default_factory=dict)  # of them, settled before the run was gone on with
    listings: list[Listing] = field(default_factory=list)  # by the store, when the run has ended
    limit: int | None = None  # of articles to store, that the run was given
    known: int = 0  # links of the listings that lead to what an earlier run has fetched
    drifts: list[Drift] = field(default_factory=list)  # what has changed at its sites, when the run has ended
    finds: dict[str, Finds] = field(default_factory=dict)  # by site: where it lists its articles
    outside: int = 0  # links of the listings that lie outside the dates asked for
    missing: list[str] = field(default_factory=list)  # requests that the recording lacks
    begun: bool = True  # the store knows of the run
    run: int | None = None  # its number there
    stopped_by: CopydeskError | None = None
    reason: str | None = None  # Scrapy's word for how the run ended; None while it runs

    def record(self, outcome: Outcome, change: Change | None = None, kind: Kind = Kind.ARTICLE) -> None:
        """Write one outcome down, and what storing it changed."""
        self.faults += outcome.fault
        if kind is not Kind.ARTICLE:
            return  # a listing counts by what it lists; how it fared is in `listings`
        self.settled[outcome.state] += 1
        done = outcome.state is State.DONE and change not in (None, Change.NEW)
        self.kinds[str(change) if done else outcome.kind] += 1
        if self.settled[outcome.state] <= SHOWN:
            self.outcomes.append(Entry.of(outcome, change))

    def count(self, state: State) -> int:
        """Count the articles of a kind, those of the run that this one goes on with included."""
        return self.settled[state] + self.carried.get(state, 0)

    @property
    def pending(self) -> int:
        """How many articles of the run have no outcome, by the store's books."""
        return self.counts.get(State.NEW, 0) + self.counts.get(State.LEASED, 0)

    @property
    def discovered(self) -> int:
        """How many articles the store has for the run."""
        return sum(self.counts.values())

    def sentence(self) -> str:
        """Return the sum, and say so where the outcomes seen and the store's books differ."""
        stored, failed, excluded = (self.count(s) for s in (State.DONE, State.FAILED, State.EXCLUDED))
        told = stored + failed + excluded + self.pending
        sum_ = f"{stored} stored + {failed} failed + {excluded} excluded + {self.pending} pending = {told} discovered"
        return sum_ if self.balanced else f"{sum_}, but the store has {self.discovered}"

    def notes(self) -> list[str]:
        """Return what else there is to say: why the run ended, and listings that fell silent."""
        notes = [*self._found(), *self._remembered()]
        notes += [f"nothing discovered: {one.url} {_silence(one)}" for one in self.dry]
        notes += self.sieve.lines()
        notes += self._drifted()
        if before := sum(self.carried.values()):
            notes.append(f"this run went on with one that was interrupted: {before} of the addresses were done before")
        notes += self._blocks()
        if self._left and self.full:
            notes.append(f"ended by limit={self.limit}: run it again to go on")
        elif self.reason == _FAULT:
            notes.append("ended by a fault in Copydesk: the log tells it")
        elif self._left and self.reason not in (None, "finished") and self.stopped_by is None:
            name = _LIMITS.get(str(self.reason)) or _BUDGETS.get(str(self.reason))
            notes.append(f"{f'ended by {name}' if name else 'interrupted'}: run it again to go on")
        return notes

    def _drifted(self) -> list[str]:
        """Say what has changed at which sites: the first of each, and how much more."""
        first = {drift.site: drift for drift in reversed(self.drifts)}
        told = [f"{first[site].sentence}: scrapy drift {site}" for site in sorted(first)]
        return told[:SHOWN] + ([f"… and {len(told) - SHOWN} more sites have changed"] if len(told) > SHOWN else [])

    def _blocks(self) -> list[str]:
        """Say how many of the pages stood in the place of what was asked for, if any did."""
        blocks = [(kind, n) for kind, n in self.kinds.most_common() if kind in BLOCKS]
        if not blocks:
            return []
        number, of = sum(n for _, n in blocks), self.settled.total()
        told = ", ".join(f"{kind} {n}" for kind, n in blocks)
        return [f"block pages: {number} of {of} ({number / of:.0%}): {told}".replace("%)", " %)")]

    @property
    def balanced(self) -> bool:
        """Say whether the outcomes seen during the run and the store agree."""
        return sum(self.count(s) for s in (State.DONE, State.FAILED, State.EXCLUDED)) + self.pending == self.discovered

    @property
    def dry(self) -> list[Listing]:
        """The listings that list nothing where they used to list articles, and not in passing.

        When not one listing of the run lists anything, passing trouble is no excuse.
        """
        silent = [one for one in self.listings if one.used_to and not one.listed and not one.unread]
        silent = [one for one in silent if one.url not in self.missing]  # a recording that lacks it says nothing of it
        if any(one.listed or one.unread for one in self.listings):
            return [one for one in silent if not one.passing]
        return silent

    def status(self) -> ExitStatus:
        """Return the exit status of the run."""
        if self.stopped_by:
            return status_of(self.stopped_by)
        if self.reason == _FAULT or not self.balanced or self.faults:
            return ExitStatus.FAULT
        if self.kinds[SITE_FILE]:
            return ExitStatus.BROKEN
        limited = self.reason in _LIMITS or self.full
        if self.reason is None or (self._left and self.reason != "finished" and not limited):
            return ExitStatus.BUDGET if self.reason in _BUDGETS else ExitStatus.INTERRUPTED
        if self.dry:
            return ExitStatus.DRY
        failed = self.count(State.FAILED) or any(one.state is State.FAILED for one in self.listings)
        needless = self.known or self.outside or self.kinds["outside dates"]
        nothing = not self.count(State.DONE) and not needless
        if failed or self.missing or (not limited and (self._left or nothing)):
            return ExitStatus.INCOMPLETE
        return ExitStatus.OK

    def _remembered(self) -> list[str]:
        """Say what the run had no need to fetch, and what it looked at again."""
        told = []
        if self.known:
            listed = sum(listing.listed for listing in self.listings)
            told.append(f"{self.known:,} of {listed:,} listed links are known")
        if self.outside:
            told.append(f"listed links that lie outside the dates asked for: {self.outside:,}")
        again = {change: n for change in Change if change is not Change.NEW and (n := self.kinds[str(change)])}
        if again:
            parts = ", ".join(f"{n:,} {change}" for change, n in again.items())
            told.append(f"stored articles looked at again: {sum(again.values()):,} ({parts})")
        return told

    def _found(self) -> list[str]:
        """Say where the sites of the run list their articles."""
        more = len(self.finds) - SHOWN
        told = [finds.sentence() for finds in list(self.finds.values())[:SHOWN]]
        return [*told, f"… and {more:,} more sites"] if more > 0 else told

    @property
    def full(self) -> bool:
        """Say whether the run has stored as many articles as it was to."""
        return self.limit is not None and self.settled[State.DONE] >= self.limit

    @property
    def _left(self) -> bool:
        return not self.begun or bool(self.pending) or any(listing.unread for listing in self.listings)


def _silence(listing: Listing) -> str:
    why = f" ({listing.reason})" if listing.reason else ""
    return f"lists no article{why}; it used to list {listing.used_to}"
