"""What is stored, read beside whoever writes: no lock, nothing changed; a crawl may go on meanwhile."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote

from extractors.engine.addresses import ascii_host
from spiders.addresses import is_of, key_of
from spiders.errors import StoreDamageError, StoreError
from spiders.record import Damage, Failure, Raw, Record, Run, State
from spiders.store import Store, archive, articles, checks, frontier, history, search, shapes, vitals
from spiders.store.archive import StoredRaw
from spiders.store.connection import failure
from spiders.store.schema import refuse_unknown, version_of
from spiders.store.steps import STEPS
from spiders.surfaces.scrubbing import scrub_url
from spiders.surfaces.terminal import counted
from spiders.vitals.health import Health
from spiders.vitals.lasting import Sight

T = TypeVar("T")
_EFFECTIVE = os.access in os.supports_effective_ids


class Reader:
    """An open store that nothing is written to. A file of an older Copydesk is brought forward first.

    Raises:
        StoreError: there is no store, it cannot be read, or a newer Copydesk wrote it.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        if not self.path.is_file() or not self.path.stat().st_size:
            what = ", whose file is empty" if self.path.is_file() else ""
            told = f"there is no store at {path}{what}: a crawl makes one, -s COPYDESK_STORE=PATH names another"
            raise StoreError(told)
        self._connection = self._opened()
        try:
            self.schema_version = self._version()
            if self.schema_version < len(STEPS):
                self._connection.close()
                Store(self.path).close()
                self._connection = self._opened()
                self.schema_version = self._version()
        except StoreError:
            self._connection.close()
            raise

    def _version(self) -> int:
        with self._reading() as connection:
            try:
                refuse_unknown(connection)
            except StoreError as error:
                raise StoreError(f"the store {self.path} cannot be used: {error}") from error
            return version_of(connection)

    def _opened(self) -> sqlite3.Connection:
        log, index = (self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))
        whole = not log.exists() or not (index.exists() or log.stat().st_size)
        # SQLite would put files beside it.
        alone = whole and not os.access(self.path.parent, os.W_OK, effective_ids=_EFFECTIVE)
        how = "immutable=1" if alone else "mode=ro"
        connection = sqlite3.connect(f"file:{quote(str(self.path.resolve()))}?{how}", uri=True, timeout=10)
        connection.text_factory = lambda kept: kept.decode(errors="replace")  # a damaged one is known by its checksum
        connection.create_function("is_of", 2, is_of, deterministic=True)
        connection.create_function("fold_case", 1, str.casefold, deterministic=True)
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def records(
        self,
        address: str | None = None,
        *,
        site: str | None = None,
        since: date | None = None,
        until: date | None = None,
        words: Sequence[str] = (),
        run: int | None = None,
        newest: int | None = None,
        suspect: bool = False,
    ) -> Iterator[Record]:
        """Yield the stored articles by address.

        Args:
            address: only the article of this address, in any of its forms, or the one that was read there.
            site: only articles of this domain and those under it.
            since, until: only those published (stored, where no date is known) then; a day is meant whole, a
                `datetime` to the second.
            words: only articles with all of them in headline, standfirst or body, in whatever case.
            run: only articles whose addresses were last asked for in this run.
            newest: only as many of these, published (or stored) last.
            suspect: only articles in doubt.
        """
        where, values = search.articles(address, site, since, until, words, run, newest, suspect)
        yield from self._whole(lambda c: articles.rows(c, "article", where, values), articles.record)

    def read_from(self, number: int) -> Record | None:
        """Return the article that was read from a response."""
        return next(self._whole(lambda c: articles.rows(c, "article", "raw = ?", (number,)), articles.record), None)

    def revisions(self, address: str | None = None) -> Iterator[Record]:
        """Yield earlier versions of articles and flagged ones, by address and version."""
        where, values = search.at(address) if address else search.joined([])
        yield from self._whole(lambda c: articles.rows(c, "article_revision", where, values), articles.record)

    def raws(self, site: str | None = None, since: date | None = None) -> Iterator[StoredRaw]:
        """Yield the kept responses in the order in which they were first fetched; a body is read when asked for.

        Args:
            site: only responses of this domain and those under it.
            since: only those seen then or later.
        """
        yield from self._raws(*search.responses(site, since))

    def pages(self, site: str | None = None, since: date | None = None) -> list[int]:
        """Return the numbers of the kept responses that say what the articles are, those that came last at the end.

        Of each address these are the response that its article was read from, and the one that came last.
        """
        where, values = search.responses(site, since)
        query = f"SELECT id FROM raw WHERE {search.PAGE} AND {where} ORDER BY seen, id"
        with self._reading() as connection:
            return [number for (number,) in connection.execute(query, values)]

    def latest(self, sites: Sequence[str], most: int) -> list[int]:
        """Return the numbers of the last responses that say what articles are, `most` of each site, oldest first."""
        with self._reading() as connection:
            return archive.latest(connection, {ascii_host(site) for site in sites}, most)

    def raw(self, number: int) -> StoredRaw | None:
        """Return the response of a number; None where it is not kept."""
        return next(self._raws("id = ?", (number,)), None)

    def same(self, raw: Raw) -> StoredRaw | None:
        """Return the response of the store that is this one, whether its body is still kept or not."""
        values = key_of(raw.url), scrub_url(raw.url, marked=True), hashlib.sha256(raw.body).hexdigest()
        where = "(key = ? OR url = ?) AND sha256 = ? AND status = 200"
        return next(self._raws(where, values, pruned=True), None)

    def _raws(self, where: str, values: tuple[Any, ...], *, pruned: bool = False) -> Iterator[StoredRaw]:
        return self._whole(
            lambda c: archive.rows(c, where, values, pruned=pruned), lambda row: archive.stored(row, self._connection)
        )

    def runs(self, site: str | None = None, since: date | None = None) -> Iterator[Run]:
        """Yield the runs, the newest first.

        Args:
            site: only those that asked for something of this domain, or of one under it.
            since: only those that began then or later.
        """
        yield from self._whole(lambda c: history.runs(c, site, since), history.run)

    def hosts(self) -> list[str]:
        """Return the hosts of all addresses and the sites of all articles, each once."""
        known = "SELECT host FROM url UNION SELECT site FROM article WHERE site IS NOT NULL"
        return list(self._whole(lambda c: c.execute(known), lambda row: str(row[0])))

    def last_runs(self) -> dict[str, Run]:
        """Return the last run for each entry of a plan, by the entry's name."""
        return {run.entry: run for run in self._whole(history.last_runs, history.run) if run.entry}

    def arrivals(self, until: datetime, days: int, site: str | None = None) -> Iterator[history.Arrival]:
        """Yield how many articles of each site came on each of the `days` before `until`, in no order.

        A day is the 24 hours that end at `until`, or so many days before it. A site that a crawl asked on a day for
        what it lists is told with 0 where nothing came.
        """
        yield from self._whole(lambda c: history.arrivals(c, until, days, site), lambda row: history.Arrival(*row))

    def sites(self, domains: Sequence[str] = ()) -> list[str]:
        """Return the sites of which pages were read, or those of some domains and under them, by name."""
        with self._reading() as connection:
            names = vitals.sites(connection)
        return [name for name in names if not domains or any(is_of(f"//{name}", one) for one in domains)]

    def health(self, sites: Sequence[str] = ()) -> Iterator[Health]:
        """Judge the sites of which pages were read, or those of some domains and under them, by name."""
        yield from self._whole(lambda _: zip(self.sites(sites)), lambda row: vitals.health(self._connection, row[0]))

    def numbers(self) -> Counter[str]:
        """Count the stored articles by site."""
        with self._reading() as connection:
            return articles.numbers(connection)

    def sights(self, site: str) -> list[Sight]:
        """Return the newest readings of a site's pages (`vitals.judgement.MEMORY` at most), the last at the end."""
        return list(self._whole(lambda c: zip(vitals.sights(c, site)), lambda row: row[0]))

    def failures(self, run: int | None = None) -> Iterator[Failure]:
        """Yield the addresses that failed, all or those of a run, the latest run first."""

        yield from self._whole(lambda c: frontier.failures(c, *search.of_run(run)), frontier.failure)

    def passed_over(self, run: int | None = None) -> Iterator[tuple[str, str, int]]:
        """Yield what was listed and not taken for an article, the latest run first: address, reason, run."""
        yield from self._whole(lambda c: shapes.passed_over(c, *search.of_run(run)), lambda row: row)

    def fate(self, address: str) -> tuple[State, str | None] | None:
        """Return where an address stands in the frontier, and why; None for one that was never listed."""
        query = "SELECT state, reason FROM url WHERE key = ?"
        rows = self._whole(lambda c: c.execute(query, (key_of(address),)), lambda row: (State(row[0]), row[1]))
        return next(rows, None)

    def sizes(self) -> str:
        """Count what is stored: articles, revisions, responses, addresses, runs."""
        tables = {
            "article": "article",
            "article_revision": "revision",
            "raw": "response",
            "url": "address",
            "run": "run",
        }
        with self._reading() as connection:
            rows = (connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables)
            return ", ".join(counted(row[0], noun) for row, noun in zip(rows, tables.values(), strict=True))

    def damage(self) -> Iterator[Damage]:
        """Yield what is no longer what was written: rows of the articles, their revisions and the responses."""
        yield from checks.damage(self._connection)

    def _whole(
        self,
        rows: Callable[[sqlite3.Connection], Iterable[tuple[Any, ...]]],
        said: Callable[[tuple[Any, ...]], T],
    ) -> Iterator[T]:
        """Yield what each row says; a damaged one is left out, and the end says that there was one.

        Raises:
            StoreError: the file cannot be read.
            StoreDamageError: when all others were yielded: rows of it are damaged.
        """
        damaged = 0
        with self._reading() as connection:
            for row in rows(connection):
                try:
                    thing = said(row)
                except (ValueError, TypeError, KeyError, AttributeError):  # a damaged row can say anything
                    damaged += 1
                    continue
                yield thing
        if damaged:
            raise StoreDamageError(
                f"{counted(damaged, 'damaged row')} of the store {self.path} left out: scrapy verify names them"
            )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except checks.UNREADABLE as error:
            raise failure(f"the store {self.path} cannot be read", error, self.path) from error
