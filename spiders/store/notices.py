"""The notices of hosts inside a transaction of the store: robots.txt and its like, as they last came."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from spiders.surfaces.values import text

_NOTE = """
    INSERT INTO notice (address, fetched, status, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (address) DO UPDATE SET fetched = excluded.fetched, status = excluded.status, body = excluded.body"""


@dataclass(frozen=True, slots=True)
class Notice:
    """A file in which a host says what it allows, as it last came.

    `fetched` is Unix time; `status` is that of the answer: 404 where there is no such file.
    """

    address: str
    fetched: float
    status: int
    body: bytes


def find(connection: sqlite3.Connection, address: str) -> Notice | None:
    """Return what an address last said; None where it was never asked."""
    row = connection.execute("SELECT * FROM notice WHERE address = ?", (text(address),)).fetchone()
    return Notice(*row) if row else None


def note(connection: sqlite3.Connection, notice: Notice) -> None:
    """Remember what an address says now, in the place of what it said before."""
    connection.execute(_NOTE, (text(notice.address), notice.fetched, notice.status, notice.body))
