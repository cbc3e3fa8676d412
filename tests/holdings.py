"""What a store is given and what it holds, asked at the doors that a crawl and the commands use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extractors import Article
from spiders.addresses import key_of
from spiders.lease import Finish, Lease
from spiders.record import Change, Link, Raw, Record
from spiders.store import Store
from spiders.store.reader import Reader


def finish(
    store: Store,
    lease: Lease,
    raw: Raw | None = None,
    links: Iterable[Link] = (),
    article: Article | None = None,
    **told: Any,
) -> Change | None:
    """End a lease and return what storing its article did; the arguments are those of `Finish`."""
    (finished,) = store.finish_all([Finish(lease, raw, tuple(links), article, **told)])
    return finished.change


def records(store: Store, address: str | None = None) -> list[Record]:
    """Return the articles, or the one of an address."""
    with Reader(store.path) as reader:
        return list(reader.records(address))


def revisions(store: Store, address: str | None = None) -> list[Record]:
    """Return earlier versions and flagged ones, of all articles or of one."""
    with Reader(store.path) as reader:
        return list(reader.revisions(address))


def raws(store: Store, address: str) -> list[Raw]:
    """Return every response kept for an address, oldest first."""
    with Reader(store.path) as reader:
        return [raw.as_raw() for raw in reader.raws() if raw.key == key_of(address)]
