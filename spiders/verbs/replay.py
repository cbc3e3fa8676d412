"""An archive as if it were crawled: its pages are read by the workers and stored, with a ledger; no network is asked.

Reading the file is `archives`, printing what came of it `commands.replay`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator

from extractors import CopydeskError, ExtractionError
from spiders.addresses import key_of
from spiders.challenges import refuse_challenge, unmasked
from spiders.claims import address_of
from spiders.context import charset_in
from spiders.errors import StoreError
from spiders.lease import Finish, Lease
from spiders.ledger import Ledger
from spiders.outcomes import RESERVED, Outcome, outcome_of
from spiders.record import Link, Raw, State
from spiders.rights.clearance import Clearance, RightsReservedError
from spiders.status import ExitStatus
from spiders.store import Store
from spiders.surfaces.scrubbing import scrub_article
from spiders.surfaces.terminal import printable
from spiders.workers.pool import Pool

logger = logging.getLogger(__name__)

_BATCH = 50  # pages of one transaction
_BATCH_SIZE = 16 << 20  # bytes of them, which keeps memory flat


class Replay:
    """Stores pages as a crawl does: raw response, article and the end of the lease in one transaction a batch.

    A text that is older than the stored one does not replace it: it becomes a flagged revision. Of pages with the
    same address the first is stored; `repeated` counts the others, and those that were forgotten.

    Args:
        clearance: what judges whether a page may be kept, by its headers and meta elements.
        name: what the run is called in the store; an interrupted one of the same name is gone on with for a day.
    """

    def __init__(self, store: Store, pool: Pool, clearance: Clearance, name: str) -> None:
        self._run = store.begin(name, (), resume=False)
        self.ledger = Ledger(run=self._run)
        self.repeated = 0
        self._damaged = False
        self._store, self._pool, self._clearance = store, pool, clearance

    async def take(self, pages: Iterable[Raw]) -> None:
        """Read and store the pages.

        Raises:
            ArchiveError, SiteError, StoreError, WorkerStartError: it cannot go on; what was stored stays.
        """
        for batch in _batches(pages):
            await self._take_batch(batch)

    @property
    def status(self) -> ExitStatus:
        """The exit status: that of a crawl, and a damaged archive is not all that it was."""
        if self.ledger.reason != "finished" and not self.ledger.stopped_by:
            return ExitStatus.INTERRUPTED
        status = self.ledger.status()
        return ExitStatus.INCOMPLETE if self._damaged and status is ExitStatus.OK else status

    def close(self, reason: str, *, damaged: bool) -> None:
        """Close the books; `reason` is "finished" where the archive was read to its end, which may be a damaged one."""
        self.ledger.reason, self._damaged = reason, damaged
        try:
            self.ledger.counts, self.ledger.carried = self._store.counts(self._run), self._store.carried(self._run)
            self.repeated -= sum(self.ledger.carried.values())
            self.ledger.drifts = self._store.vitals.judge(self._run)
            self._store.end(self._run, reason, status=self.status, outcomes=self.ledger.kinds)
        except StoreError as error:
            self.ledger.stopped_by = self.ledger.stopped_by or error

    async def _take_batch(self, pages: list[Raw]) -> None:
        by_key: dict[str, Raw] = {}
        for page in pages:
            by_key.setdefault(key_of(page.url), page)
        self._store.discover(self._run, [Link(page.url) for page in by_key.values()])
        leases = self._store.lease(self._run, len(by_key))
        self.repeated += len(pages) - len(leases)
        read = [(lease, by_key[lease.key]) for lease in leases]
        outcomes = await asyncio.gather(*(self._read(lease, page) for lease, page in read))
        finishes = [self._finish(*one, outcome) for one, outcome in zip(read, outcomes, strict=True)]
        for outcome, finished in zip(outcomes, self._store.finish_all(finishes), strict=True):
            if finished.state is not outcome.state:  # it could not be stored, or is another one's duplicate
                outcome = Outcome(outcome.url, finished.state, finished.reason, kind=finished.kind)
            self.ledger.record(outcome, finished.change)

    def _finish(self, lease: Lease, page: Raw, outcome: Outcome) -> Finish:
        kept = None if outcome.kind == RESERVED else page
        told = outcome.article, outcome.state, outcome.reason
        return Finish(lease, kept, (), *told, flag=self._flag(outcome, page), rights=outcome.rights)

    async def _read(self, lease: Lease, page: Raw) -> Outcome:
        try:
            refuse_challenge(page.status, page.headers)
            encoding, meta = charset_in(page.headers), self._clearance.asks
            reading = await self._pool.read(page.body, page.url, fetched_at=page.fetched, encoding=encoding, meta=meta)
            rights = self._clearance.of_page(page, reading.meta)
            article = reading.article
        except RightsReservedError as error:
            return outcome_of(error, lease.url)
        except CopydeskError as error:
            if reserved := self._clearance.withheld(page, ()):
                return outcome_of(reserved, lease.url)
            if isinstance(error, ExtractionError):
                error = unmasked(error, page.status, page.headers, page.body)
            outcome = outcome_of(error, lease.url)
            if outcome.fault:
                logger.error("%s", printable(f"{outcome.url}: {outcome.reason}"), exc_info=error)
            return outcome
        return Outcome(lease.url, State.DONE, article=scrub_article(article), rights=rights)

    def _flag(self, outcome: Outcome, page: Raw) -> str | None:
        """Say why a page must not replace what is stored, if so."""
        if outcome.article is None:
            return outcome.flag
        article, seen = self._store.standing(address_of(outcome.article, page.url)) or (outcome.article, page.fetched)
        if article.body == outcome.article.body or seen <= page.fetched:
            return None
        return f"older: of {page.fetched:%Y-%m-%d %H:%M}, and the stored text of {seen:%Y-%m-%d %H:%M}"


def _batches(pages: Iterable[Raw]) -> Iterator[list[Raw]]:
    """Yield the pages in lists that are short in number and in bytes."""
    batch: list[Raw] = []
    size = 0
    for page in pages:
        batch.append(page)
        size += len(page.body)
        if len(batch) >= _BATCH or size >= _BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
