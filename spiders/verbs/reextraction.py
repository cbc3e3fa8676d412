"""Today's extractors over pages that are kept: what each gives now, and how that differs from what is stored.

No network and no crawl. What a reading may do to an article is the store's to say (`Store.revise`); how readings are
counted is told in `tally`, how they are shown in `commands.reextract` and `report`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from extractors import Article, CopydeskError, ExtractionError
from spiders.challenges import refuse_challenge, unmasked
from spiders.claims import address_of
from spiders.context import charset_in, hints_of
from spiders.errors import StoreDamageError, StoreError
from spiders.outcomes import Outcome, outcome_of
from spiders.record import Change, Raw, Record, State
from spiders.store import Store, StoredRaw
from spiders.store.articles import worse
from spiders.store.oblivion import DUPLICATE
from spiders.store.oblivion import REASON as FORGOTTEN
from spiders.store.reader import Reader
from spiders.verbs.differences import Difference, differences
from spiders.workers.pool import Pool

_AHEAD = 8  # pages that are read while the one before them is stored


class Verdict(StrEnum):
    """What a reading says of what is stored; in the order of a table's columns."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"  # an article where there was none
    WORSE = "worse"  # shorter, a block page or empty: the article stays
    EXCLUDED = "excluded"  # no article, nor was there one
    FAILED = "failed"


SHOWN = frozenset(Verdict) - {Verdict.UNCHANGED, Verdict.EXCLUDED}  # what a person looks at one by one


@dataclass(frozen=True, slots=True)
class Page:
    """A response to be read; `stored` is None for one of an archive that the store has not seen."""

    url: str
    stored: StoredRaw | None
    raw: Raw | None = None  # None for one that is in the store: its body is read when it is wanted
    fault: str | None = None  # why its row in the store cannot be read


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a page: the verdict, why or what was done about it, and what differs from what was stored."""

    address: str
    verdict: Verdict
    note: str = ""
    headline: str = ""
    authors: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def site(self) -> str:
        """The host of the page, without "www."."""
        return (urlsplit(self.address).hostname or "-").removeprefix("www.")


class Reextraction:
    """Reads pages again with the workers of a pool; what that changes is written to `store`, if there is one."""

    def __init__(self, reader: Reader, pool: Pool, store: Store | None) -> None:
        self._reader, self._pool, self._store = reader, pool, store

    async def readings(self, pages: Iterable[Page]) -> AsyncIterator[Reading]:
        """Yield what came of each page, in their order.

        Raises:
            SiteError, StoreError, WorkerStartError: it cannot go on.
        """
        under_way: deque[tuple[Page, asyncio.Task[Article | Outcome]]] = deque()
        try:
            for page in pages:
                under_way.append((page, asyncio.create_task(self._read(page))))
                if len(under_way) > _AHEAD:
                    yield self._settled(*await _next(under_way))
            while under_way:
                yield self._settled(*await _next(under_way))
        finally:
            for _, task in under_way:
                task.cancel()

    async def _read(self, page: Page) -> Article | Outcome:
        if page.fault:
            return Outcome(page.url, State.FAILED, page.fault)
        try:
            raw = page.raw or _kept(page)
        except StoreError as error:  # one damaged row
            return Outcome(page.url, State.FAILED, str(error))
        hints = hints_of(page.stored.hints) if page.stored else None
        try:
            refuse_challenge(raw.status, raw.headers)
            return await self._pool.extract(
                raw.body, raw.url, fetched_at=raw.fetched, encoding=charset_in(raw.headers), hints=hints
            )
        except ExtractionError as error:
            return outcome_of(unmasked(error, raw.status, raw.headers, raw.body), page.url)
        except CopydeskError as error:
            return outcome_of(error, page.url)

    def _settled(self, page: Page, result: Article | Outcome) -> Reading:
        try:
            if why := self._shut_out(page):
                return Reading(page.url, Verdict.EXCLUDED, why)
            if isinstance(result, Outcome):
                return self._without_article(page, result)
            return self._with_article(page, result)
        except StoreDamageError as error:  # the row of its article
            return Reading(page.url, Verdict.FAILED, str(error))

    def _shut_out(self, page: Page) -> str | None:
        """Say why no article may be read from a page: it was forgotten, or is another address of one."""
        fate = self._reader.fate(page.stored.key if page.stored else page.url)
        why = (fate and fate[1]) or ""
        return why if why == FORGOTTEN or why.startswith(DUPLICATE) else None

    def _with_article(self, page: Page, article: Article) -> Reading:
        told = article.headline or "", ", ".join(article.authors)
        before = page.stored and self._reader.read_from(page.stored.number)
        before = before or self._record(address_of(article, page.url))
        if before is None:
            self._revise(page, article)
            note = "" if page.stored else "of an archive: scrapy replay stores it"
            return Reading(address_of(article, page.url), Verdict.NEW, note, *told)
        if _is_older(page, before):
            return Reading(before.address, Verdict.UNCHANGED, "the article was read from a later page", *told)
        differing = tuple(differences(before.article, article))
        verdict, note = self._judged(page, before, article, differing)
        return Reading(before.address, verdict, note, *told, differing)

    def _judged(
        self, page: Page, before: Record, article: Article, told: tuple[Difference, ...]
    ) -> tuple[Verdict, str]:
        """Store a reading of a known article; say what it is and what that did."""
        if not told:
            self._revise(page, article)
            return Verdict.UNCHANGED, ""
        why = worse(article.body, before.article.body)
        change = self._revise(page, article)
        if change is Change.KEPT or (change is None and why):
            return Verdict.WORSE, why or ""
        if change is None:
            return Verdict.CHANGED, "" if self._store is None else "another page than the stored one: not written"
        after = self._record(before.address)
        if after is None or change is Change.UNCHANGED:
            return Verdict.CHANGED, f"version {before.version} stays: its text is the same"
        return Verdict.CHANGED, f"version {after.version} after {before.version}"

    def _without_article(self, page: Page, outcome: Outcome) -> Reading:
        before = self._record(page.url) or (self._record(page.stored.key) if page.stored else None)
        if before and outcome.flag:
            if self._store and page.stored:
                self._store.revise(page.stored, None, flag=outcome.flag)
            return Reading(before.address, Verdict.WORSE, outcome.flag, before.article.headline or "")
        verdict = Verdict.EXCLUDED if outcome.state is State.EXCLUDED else Verdict.FAILED
        return Reading(page.url, verdict, outcome.reason or "")

    def _revise(self, page: Page, article: Article) -> Change | None:
        return self._store.revise(page.stored, article) if self._store and page.stored else None

    def _record(self, address: str) -> Record | None:
        return next(self._reader.records(address), None)


def stored_pages(reader: Reader, numbers: Iterable[int]) -> Iterator[Page]:
    """Yield the pages of some numbers, as the store has them."""
    for number in numbers:
        try:
            stored = reader.raw(number)
        except StoreError as error:
            yield Page(f"response {number}", None, fault=str(error))
            continue
        if stored:
            yield Page(stored.url, stored)


def archived_pages(reader: Reader, raws: Iterable[Raw]) -> Iterator[Page]:
    """Yield the pages of an archive; one that the store has fetched itself counts as the store's."""
    for raw in raws:
        yield Page(raw.url, reader.same(raw), raw)


async def _next(under_way: deque[tuple[Page, asyncio.Task[Article | Outcome]]]) -> tuple[Page, Article | Outcome]:
    page, task = under_way[0]
    result = await task
    under_way.popleft()
    return page, result


def _kept(page: Page) -> Raw:
    assert page.stored is not None  # a page is of the store or of an archive
    return page.stored.as_raw()


def _is_older(page: Page, record: Record) -> bool:
    """Say whether the article was read from another page, after this one came."""
    if page.stored is None or record.raw is None or page.stored.number == record.raw:
        return False
    return page.stored.seen.isoformat() <= record.last_seen  # both are UTC, to the second
