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


def holder(store: Path) -> int | None:
    """Return the process that has a store; None where none has, or this system does not tell."""
    path = store.with_name(store.name + ".lock")
    try:  # taking the lock to see whether it is free could keep out a run that begins in this moment
        inode, locks = str(path.stat().st_ino), Path("/proc/locks").read_text("utf-8").splitlines()
        process = path.read_text("utf-8").split()[1]
    except (OSError, IndexError):
        return None
    held = (line.split() for line in locks)
    return next((int(process) for _, kind, *_, at, _, _ in held if kind == "FLOCK" and at.endswith(f":{inode}")), None)
