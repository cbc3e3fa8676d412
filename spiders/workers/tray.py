"""Memory that a worker shares with the pool: a page laid there need not be carried through a socket piece by piece."""

from __future__ import annotations

import errno
import os
from mmap import mmap

SLOTS = 8  # pages that lie there at once: `line.AHEAD`
SIZE = 2 << 20  # bytes of a page that has room; a larger one goes through the socket


class Tray:
    """The pool's side of the memory; `file` is what a worker is given to open it with.

    The pool never reads from it, so what a worker writes there harms nobody. Where the process may write no file of its
    size (RLIMIT_FSIZE counts this one too) there is no room on it, and every page goes through the socket.

    Raises:
        OSError: there is no memory or no file number left.
    """

    def __init__(self) -> None:
        self.file = os.memfd_create("copydesk")
        try:
            self._room = SIZE if _grown(self.file, SLOTS * SIZE) else 0
            self._memory = mmap(self.file, 0)
        except OSError:
            os.close(self.file)
            raise
        self._next = 0

    def lay(self, page: bytes) -> int | None:
        """Lay a page where the last but `SLOTS` lay, and return the slot; None where it is too large.

        Whoever calls it knows that the worker has answered for what lay there.
        """
        slot = self._next
        self._next = (slot + 1) % SLOTS
        if len(page) > self._room:
            return None
        self._memory[slot * SIZE : slot * SIZE + len(page)] = page
        return slot

    def close(self) -> None:
        """Give the memory back, once the worker does as well."""
        self._memory.close()
        os.close(self.file)


def _grown(file: int, size: int) -> bool:
    """Give a file its size; one byte, and False, where it may not be so large: no bytes cannot be mapped.

    Raises:
        OSError: there is no memory left.
    """
    try:
        os.ftruncate(file, size)
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        os.ftruncate(file, 1)
        return False
    return True


def taken(memory: mmap, slot: int, size: int) -> bytes:
    """Return the page that lies in a slot, a copy of its own."""
    return memory[slot * SIZE : slot * SIZE + size]
