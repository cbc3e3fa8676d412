"""The tables of the store: the steps that a file has to take. What is written into them is told in `spiders.store`.

`PRAGMA user_version` counts the steps that a file has taken.
"""

from __future__ import annotations

import sqlite3

from spiders.addresses import host_of, kept_at, key_of, site_of
from spiders.errors import StoreError
from spiders.store.checks import digest
from spiders.store.steps import STEPS
from spiders.vitals.vital import signs_of


def refuse_unknown(connection: sqlite3.Connection) -> None:
    """Read a file's version before anything is written to it.

    Raises:
        StoreError: the file was written by a newer Copydesk, or holds tables that are not ours.
    """
    version = version_of(connection)
    if version > len(STEPS):
        raise StoreError(
            f"it was written by a newer Copydesk (its schema is version {version}, this one knows {len(STEPS)})"
        )
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError("it is a database of some other program")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, each step in one transaction."""
    connection.create_function("key_of", 1, lambda key: key and key_of(key), deterministic=True)
    connection.create_function("kept_at", 1, kept_at, deterministic=True)
    connection.create_function("host_of", 1, host_of, deterministic=True)
    connection.create_function("digest", -1, digest, deterministic=True)
    connection.create_function("site_of", 1, site_of, deterministic=True)
    connection.create_function("signs_of", 2, signs_of, deterministic=True)
    for number, step in enumerate(STEPS[version_of(connection) :], start=version_of(connection) + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in step:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many steps the file has taken."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
