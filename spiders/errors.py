"""What can go wrong around a crawl; the branch that `spiders` adds to the tree drawn in `extractors.errors`.

    CopydeskError
    ├── CassetteError    a recording that cannot be read, or lacks what was asked for; mend or record it again
    └── StoreError       the store cannot be opened or written; nothing was half-written
        ├── StoreFullError    its disk is full; make room and run again
        └── StoreLockedError  another run holds it; wait for it to end

The `crawl` command turns them into exit statuses; `ledger` says which.
"""

from extractors.errors import CopydeskError


class CassetteError(CopydeskError):
    """A cassette that cannot be read or written, or a request that is not in it; the message names its path."""


class StoreError(CopydeskError):
    """A store that cannot be opened, read or written; the message names its path."""


class StoreFullError(StoreError):
    """There is no room on the disk of the store; make some and run again."""


class StoreLockedError(StoreError):
    """Another run holds the store; wait for it to end."""
