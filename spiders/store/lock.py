"""One run a store: a lock that the kernel lets go of when its holder dies, so that a crash leaves none behind."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

from spiders.errors import StoreLockedError


class StoreLock:
    """Hold `<store>.lock`; the file says who holds it and stays when the lock is let go (removing it would race)."""

    def __init__(self, store: Path) -> None:
        self._file = store.with_name(store.name + ".lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read(200).strip() or "another run"
            self._file.close()
            raise StoreLockedError(f"the store {store} is locked by {holder}") from None
        self._file.truncate(0)
        self._file.write(f"pid {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
        self._file.flush()

    def release(self) -> None:
        """Let the next run in."""
        self._file.close()
