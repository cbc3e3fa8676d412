"""What was taken out for good, inside a transaction of the store: articles, revisions, responses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from spiders.record import is_of, kept_at, key_of

REASON = "forgotten"
DUPLICATE = "duplicate of "  # and the article's address: why a second page of it is excluded


def is_forgotten(connection: sqlite3.Connection, addresses: Iterable[str]) -> bool:
    """Say whether one of some addresses was taken out."""
    names = sorted(set(addresses))
    marks = ", ".join("?" * len(names))
    return bool(connection.execute(f"SELECT 1 FROM forgotten WHERE address IN ({marks})", names).fetchone())


def forget(connection: sqlite3.Connection, named: str, now: str) -> int:
    """Take out an address, or every address of a site (a host without a scheme); return the number of articles."""
    keys = _keys(connection, named)
    stored = 0
    for key in keys:
        rows = connection.execute("SELECT address, key FROM article WHERE address = ?1 OR key = ?1", (key,)).fetchall()
        for address, of in rows:
            stored += 1
            connection.execute("DELETE FROM article_revision WHERE address = ?", (address,))
            connection.execute("DELETE FROM article WHERE address = ?", (address,))
            for name in (address, of, *_duplicates(connection, address)):
                _take_out(connection, name, now)
        _take_out(connection, key, now)
    return stored


def _keys(connection: sqlite3.Connection, named: str) -> list[str]:
    if "://" in named:
        return list(dict.fromkeys((key_of(named), kept_at(named))))
    known = connection.execute("SELECT key FROM url WHERE kind = 'article' UNION SELECT address FROM article")
    return [key for (key,) in known if is_of(key, named)]


def _duplicates(connection: sqlite3.Connection, address: str) -> list[str]:
    rows = connection.execute("SELECT key FROM url WHERE reason = ?", (DUPLICATE + address,))
    return [key for (key,) in rows]


def _take_out(connection: sqlite3.Connection, key: str, now: str) -> None:
    connection.execute("INSERT OR IGNORE INTO forgotten (address, since) VALUES (?, ?)", (key, now))
    for (number,) in connection.execute("SELECT id FROM raw WHERE key = ?", (key,)).fetchall():
        for table in ("article", "article_revision"):  # of another address, made from this response
            connection.execute(f"UPDATE {table} SET raw = NULL WHERE raw = ?", (number,))
        connection.execute("DELETE FROM raw WHERE id = ?", (number,))
    connection.execute(
        "UPDATE url SET state = 'excluded', reason = ?, due = NULL, hints = '{}' WHERE key = ?", (REASON, key)
    )
