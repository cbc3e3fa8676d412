"""What was taken out for good, inside a transaction of the store: articles, revisions, responses, what listed them."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable

from spiders.addresses import is_of, kept_at, key_of
from spiders.store import archive, shapes, vitals

REASON = "forgotten"
DUPLICATE = "duplicate of "  # and the article's address: why a second page of it is excluded
_OF = """
    SELECT address, key FROM article
    WHERE address = ?1 OR key = ?1 OR address IN (SELECT article FROM url WHERE key = ?1)"""

_LONGER = """
    SELECT key FROM url WHERE key >= :plain AND key < :end
    UNION SELECT address FROM article WHERE address >= :plain AND address < :end"""


def is_forgotten(connection: sqlite3.Connection, addresses: Iterable[str]) -> bool:
    """Say whether one of some addresses was taken out."""
    if connection.execute("SELECT 1 FROM forgotten LIMIT 1").fetchone() is None:  # most stores forget nothing
        return False
    names = sorted(set(addresses))
    marks = ", ".join("?" * len(names))
    return bool(connection.execute(f"SELECT 1 FROM forgotten WHERE address IN ({marks})", names).fetchone())


def forget(connection: sqlite3.Connection, named: str, now: str) -> int:
    """Take out an address, or every address of a site (a host without a scheme); return the number of articles."""
    stored = 0
    for key in _keys(connection, named):
        for address, of in connection.execute(_OF, (key,)).fetchall():
            stored += 1
            connection.execute("DELETE FROM article_revision WHERE address = ?", (address,))
            connection.execute("DELETE FROM article WHERE address = ?", (address,))
            led_there = connection.execute("SELECT key FROM url WHERE article = ?", (address,)).fetchall()
            for name in dict.fromkeys((address, of, *(other for (other,) in led_there))):
                _take_out(connection, name, now)
        _take_out(connection, key, now)
    shapes.forget(connection, named)
    return stored


def _keys(connection: sqlite3.Connection, named: str) -> list[str]:
    """Return the keys and addresses of what is named, also those in which an older Copydesk kept another form of it."""
    if "://" in named:
        forms = dict.fromkeys(_forms(named))
        plain = key_of(named).partition("?")[0]
        longer = connection.execute(_LONGER, {"plain": plain, "end": plain + chr(sys.maxunicode)}).fetchall()
        return list(forms | dict.fromkeys(key for (key,) in longer if not forms.keys().isdisjoint(_forms(key))))
    known = connection.execute("SELECT key FROM url WHERE kind = 'article' UNION SELECT address FROM article")
    return [key for (key,) in known if is_of(key, named)]


def _forms(address: str) -> tuple[str, str]:
    return key_of(address), kept_at(address)


def _take_out(connection: sqlite3.Connection, key: str, now: str) -> None:
    connection.execute("INSERT OR IGNORE INTO forgotten (address, since) VALUES (?, ?)", (key, now))
    vitals.forget(connection, key)
    connection.execute("DELETE FROM raw WHERE key = ?", (key,))
    archive.prune_listings(connection, key)
    connection.execute(
        "UPDATE url SET state = 'excluded', reason = ?, due = NULL, hints = '{}' WHERE key = ?", (REASON, key)
    )
