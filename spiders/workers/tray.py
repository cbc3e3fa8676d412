"""Memory that a worker shares with the pool: a page laid there need not be carried through a socket piece by piece."""

from __future__ import annotations

import os
from mmap import mmap

SLOTS = 2  # pages that lie there at once: `line.AHEAD`
SIZE = 1 << 20  # bytes of a page that has room; a larger one goes through the socket


class Tray:
    """The pool's side of the memory; `file` is what a worker is given to open it with.

    The pool never reads from it, so what a worker writes there harms nobody.

    Raises:
        OSError: there is no memory or no file number left.
    """

    def __init__(self) -> None:
        self.file = os.memfd_create("copydesk")
        try:
            os.ftruncate(self.file, SLOTS * SIZE)
            self._memory = mmap(self.file, SLOTS * SIZE)
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
        if len(page) > SIZE:
            return None
        self._memory[slot * SIZE : slot * SIZE + len(page)] = page
        return slot

    def close(self) -> None:
        """Give the memory back, once the worker does as well."""
        self._memory.close()
        os.close(self.file)


def taken(memory: mmap, slot: int, size: int) -> bytes:
    """Return the page that lies in a slot, a copy of its own."""
    return memory[slot * SIZE : slot * SIZE + size]
