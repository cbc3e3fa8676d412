"""What a site's addresses turned out to be, by shape, and which were passed over: the memory of `listings.likeness`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from spiders.addresses import is_of, key_of
from spiders.listings.shapes import shape_of
from spiders.record import Passed
from spiders.surfaces.scrubbing import scrub_text, scrub_url
from spiders.surfaces.values import text

_MOST = 2_000  # shapes of a site that travel to a worker: those that are known best
_NOTED = 2_000  # addresses passed over that are remembered of one listing: a trap has no end
_DAYS = 30  # that one stays known which no listing lists any more
_ALL = 100_000  # addresses passed over that a store knows: those of the last runs, some 20 MB
_COUNT = """
    INSERT INTO shape (site, shape, articles, others) VALUES (:site, :shape, :article, 1 - :article)
    ON CONFLICT (site, shape) DO UPDATE
    SET articles = articles + excluded.articles, others = others + excluded.others"""
_KNOWN = """
    SELECT shape, articles, others FROM shape WHERE site = :site OR substr(site, -length(:site) - 1) = '.' || :site
    ORDER BY articles + others DESC LIMIT :most"""
_PASS = """
    INSERT INTO passed_over (key, url, reason, run)
    SELECT :key, :url, :reason, :run WHERE NOT EXISTS (SELECT 1 FROM forgotten WHERE address = :key)
    ON CONFLICT (key) DO UPDATE SET url = excluded.url, reason = excluded.reason, run = excluded.run"""

_OLD = """
    DELETE FROM passed_over
    WHERE run < (SELECT min(id) FROM run WHERE julianday(:now) - julianday(started) <= :days)"""
_BEYOND = """
    DELETE FROM passed_over WHERE rowid IN (
        SELECT rowid FROM passed_over ORDER BY run DESC, rowid DESC LIMIT -1 OFFSET :all)"""
_PASSED = """
    SELECT url, reason, run FROM passed_over WHERE key NOT IN (SELECT key FROM url) AND {where}
    ORDER BY run DESC, rowid"""


def count(connection: sqlite3.Connection, url: str, *, article: bool) -> None:
    """Write down that an address was an article, or that it was none."""
    shape = text(shape_of(url))
    connection.execute(_COUNT, {"site": shape.partition("/")[0], "shape": shape, "article": int(article)})


def known(connection: sqlite3.Connection, sites: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return by shape how many addresses of sites, and of hosts under them, were articles, and how many not."""
    told: dict[str, tuple[int, int]] = {}
    for site in sites:
        rows = connection.execute(_KNOWN, {"site": site.removeprefix("www."), "most": _MOST})
        told |= {shape: (articles, others) for shape, articles, others in rows}
    return told


def pass_over(connection: sqlite3.Connection, passed: Iterable[Passed], run: int) -> None:
    """Remember addresses that a listing lists and that nobody fetches."""
    left = (one for one in passed if not one.taken)
    for one, _ in zip(left, range(_NOTED), strict=False):
        row = {"key": text(key_of(one.url)), "url": text(scrub_url(one.url)), "reason": scrub_text(text(one.reason))}
        connection.execute(_PASS, row | {"run": run})


def prune(connection: sqlite3.Connection, now: str) -> None:
    """Drop the addresses that were last passed over long ago, and the oldest of very many."""
    connection.execute(_OLD, {"now": now, "days": _DAYS})
    connection.execute(_BEYOND, {"all": _ALL})


def forget(connection: sqlite3.Connection, named: str) -> None:
    """Take out what is remembered of an address, or of a site (a host without a scheme)."""
    if "://" in named:
        connection.execute("DELETE FROM passed_over WHERE key = ?", (key_of(named),))
        return
    passed = [key for (key,) in connection.execute("SELECT key FROM passed_over") if is_of(key, named)]
    connection.executemany("DELETE FROM passed_over WHERE key = ?", [(key,) for key in passed])
    sites = [site for (site,) in connection.execute("SELECT DISTINCT site FROM shape") if is_of(f"//{site}", named)]
    connection.executemany("DELETE FROM shape WHERE site = ?", [(site,) for site in sites])


def passed_over(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> Iterator[tuple[str, str, int]]:
    """Yield addresses that were passed over and never fetched, the latest run first: each with reason and run."""
    yield from connection.execute(_PASSED.format(where=where), values)
