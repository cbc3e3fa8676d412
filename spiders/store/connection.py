"""The open file: locked, brought forward, written in transactions; what SQLite's failures mean for a person."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spiders.errors import StoreError, StoreFullError
from spiders.store.checks import UNREADABLE
from spiders.store.lock import StoreLock
from spiders.store.schema import migrate, refuse_unknown

_WAIT = 10.0  # seconds that another program may keep the file to itself
_LEAST = 64 * 1024  # bytes free on a disk that is not full
_MAGIC = b"SQLite format 3\0"
_PRAGMAS = "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"
_DAMAGED = sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB
_SENTENCES = {
    sqlite3.SQLITE_BUSY: f"another program has held it for {_WAIT:.0f} seconds",
    sqlite3.SQLITE_READONLY: "it or its folder is read-only",
    sqlite3.SQLITE_CORRUPT: "it is damaged; scrapy verify says where",
}


class Database:
    """A connection that writes; one thread at a time may use it, and not the one that opened it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            _refuse_foreign(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = StoreLock(path)
        except OSError as error:
            raise failure(f"the store {path} cannot be opened", error, path) from error
        try:
            self.connection = sqlite3.connect(path, isolation_level=None, timeout=_WAIT, check_same_thread=False)
            self._set_up()
        except (*UNREADABLE, StoreError) as error:
            self._lock.release()
            raise failure(f"the store {path} cannot be used", error, path) from error

    def _set_up(self) -> None:
        try:
            refuse_unknown(self.connection)
            for pragma in _PRAGMAS:
                self.connection.execute(f"PRAGMA {pragma}")
            migrate(self.connection)
        except (*UNREADABLE, StoreError):
            self.connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        try:
            self.connection.close()
        finally:
            self._lock.release()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all that is done inside, or nothing.

        Raises:
            StoreError: the file cannot be written; what a value does to a row is raised as it comes.
        """
        try:
            if self.connection.in_transaction:  # one whose end failed
                self.connection.execute("ROLLBACK")
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            if not of_the_file(error):
                raise
            raise failure(f"the store {self._path} cannot be written", error, self._path) from error
        finally:
            self._roll_back()  # what was not committed: an interrupt must not leave half a batch either

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read; SQLite's failures are StoreErrors."""
        try:
            yield self.connection
        except sqlite3.Error as error:
            raise failure(f"the store {self._path} cannot be read", error, self._path) from error

    @contextmanager
    def erasing(self) -> Iterator[None]:
        """Overwrite on the disk what is deleted inside."""
        with self.reading() as connection:
            connection.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            with self.reading() as connection:
                connection.execute("PRAGMA secure_delete = OFF")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            try:
                self.connection.execute("ROLLBACK")
            except sqlite3.Error:  # the next transaction tries again; a file that is closed does it by itself
                return


def of_the_file(error: sqlite3.Error) -> bool:
    """Say whether an error is the file's (full, locked, read-only, damaged) and not that of a value."""
    return isinstance(error, sqlite3.OperationalError) or _code(error) in _DAMAGED


def failure(sentence: str, error: Exception, path: Path) -> StoreError:
    """Return the error that tells a person what is wrong with the store."""
    code = _code(error)
    if isinstance(error, UnicodeDecodeError):
        code = sqlite3.SQLITE_CORRUPT
    cause = _SENTENCES.get(code) or getattr(error, "strerror", None) or str(error)
    full = code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == errno.ENOSPC
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):  # what a full disk gives for the files beside it
        full = full or shutil.disk_usage(path.parent).free < _LEAST
    if full:
        return StoreFullError(f"{sentence}: the disk is full")
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_IOERR_WRITE:  # SQLite's word for a quota, too
        return StoreFullError(f"{sentence}: the disk takes no more (over a quota, a limit on files, or failing)")
    return StoreError(f"{sentence}: {cause}")


def _code(error: Exception) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _refuse_foreign(path: Path) -> None:
    """Raise before a lock is put beside a file that is not SQLite's."""
    if path.exists():
        with path.open("rb") as file:
            if (start := file.read(len(_MAGIC))) and start != _MAGIC:
                raise StoreError(f"the store {path} cannot be used: it is not an SQLite database")
