"""The memory budget of a run: `MEMUSAGE_LIMIT_MB`, over which the crawl is closed."""

from __future__ import annotations

import os
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

_NOW = Path("/proc/self/statm")


class MemoryBudget(MemoryUsage):
    """Scrapy's extension, measuring what the process holds now.

    Scrapy's measures the peak. Linux hands a peak on to the programs that a process starts, so that a crawl which a
    large process started (a scheduler, a notebook) would be over its budget before it began; and one large page would
    end a crawl that has long let go of it.
    """

    def get_virtual_size(self) -> int:
        """Return the memory in use in bytes, or the peak of it where the system does not tell."""
        try:
            pages = int(_NOW.read_text("ascii").split()[1])
        except OSError:
            return super().get_virtual_size()
        return pages * os.sysconf("SC_PAGE_SIZE")
