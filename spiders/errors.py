"""What can go wrong around a crawl; the branch that `spiders` adds to the tree drawn in `extractors.errors`.

    CopydeskError
    ├── ArchiveError     a WARC file that cannot be read, or is none; name another
    ├── CassetteError    a recording that cannot be read, or lacks what was asked for; mend or record it again
    ├── CorpusError      a folder of pages with known bodies that cannot be read, or is none; name another
    ├── ExportError      a file that cannot be written; the one that was there is as it was
    │   └── ExportFullError   its disk is full; make room and run again
    ├── GuardError       what keeps a crawl out of private networks is not in force; nothing was asked of the network
    ├── FaultError       a worker met what nobody expected, a fault of ours or of a site file; the page is kept
    ├── PlanError        a plan of crawls that cannot be read, or means nothing; mend the line that it names
    ├── SettingError     a setting that there is not, or one that means nothing; mend what the message names
    ├── LetGoError       the run was stopped before its turn came; the address stays due
    │   └── HeldError         its host was held; it has another turn
    ├── VisitError       a page that somebody wants to see now and that cannot be had; the message says why
    ├── WorkerError      a page whose extraction was stopped, or killed its process; the page is kept
    ├── WorkerStartError there is no process for extraction to be had; nothing can be read
    └── StoreError       the store cannot be opened or written; nothing was half-written
        ├── StoreDamageError  rows of it are damaged and were left out; all others were read
        ├── StoreFullError    its disk is full; make room and run again
        └── StoreLockedError  another run holds it; wait for it to end

The `crawl` command turns them into exit statuses; `status` says which.
"""

from extractors.errors import CopydeskError


class ArchiveError(CopydeskError):
    """A WARC file that cannot be read, or a file that is none; the message names its path."""


class CassetteError(CopydeskError):
    """A cassette that cannot be read or written, or a request that is not in it; the message names its path."""


class CorpusError(CopydeskError):
    """A folder that holds no corpus, or one that cannot be read; the message says what is wrong with which file."""


class ExportError(CopydeskError):
    """A file that cannot be written; the message names its path. What was there before is as it was."""


class ExportFullError(ExportError):
    """There is no room on the disk of an export; make some and run again."""


class GuardError(CopydeskError):
    """The guard is not where connections are made, or a replay tried to make one; the message says what to change."""


class FaultError(CopydeskError):
    """An error that no page should be able to cause, met in another process: its name and what it says."""


class LetGoError(CopydeskError):
    """A request that was waiting for its turn when the run was stopped; nothing was asked of the network."""


class HeldError(LetGoError):
    """A request that was waiting for its turn when its host was held; it has another turn."""


class PlanError(CopydeskError):
    """A plan of crawls that cannot be read, or means nothing; the message names source, entry and key."""


class SettingError(CopydeskError):
    """A setting that there is not, or whose value cannot be used; the message names it and what it may be."""


class VisitError(CopydeskError):
    """A page that was asked for by itself and could not be fetched; the message says why."""


class WorkerError(CopydeskError):
    """A page whose extraction hung, starved, or killed its process; the run goes on with another."""


class WorkerStartError(CopydeskError):
    """No process for extraction can be started; the message says how it ended."""


class StoreError(CopydeskError):
    """A store that cannot be opened, read or written; the message names its path."""


class StoreDamageError(StoreError):
    """Something in the store is no longer what was written; it was left out, and all else that was asked for read."""


class StoreFullError(StoreError):
    """There is no room on the disk of the store; make some and run again."""


class StoreLockedError(StoreError):
    """Another run holds the store; wait for it to end."""
