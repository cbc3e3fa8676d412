"""What a command tells the shell: the exit statuses, the same for all of them, and which error gives which."""

from __future__ import annotations

from enum import IntEnum

from scrapy.exceptions import UsageError

from extractors import ExtractionError, SiteError
from spiders.errors import (
    ArchiveError,
    CassetteError,
    CorpusError,
    ExportError,
    ExportFullError,
    GuardError,
    PlanError,
    SettingError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    VisitError,
    WorkerStartError,
)


class ExitStatus(IntEnum):
    """What a run tells the shell."""

    OK = 0  # every address is stored, or a limit that the user gave ended it
    FAULT = 1  # of ours
    USAGE = 2  # what the user gave
    FULL = 3  # the disk of the store, or of an export
    BROKEN = 4  # a setting, a cassette, a site file, the store or the guard
    LOCKED = 5  # another run has the store
    INCOMPLETE = 10  # finished, with failed addresses or requests that the recording lacks
    INTERRUPTED = 11  # run it again to go on
    DRY = 12  # a listing lists nothing where it used to list articles
    AMISS = 13  # a look at the site files found what a person must mend
    BUDGET = 14  # a safety budget ended it: run it again to go on
    DRIFT = 15  # a site gives other articles than it used to

    @property
    def told(self) -> str:
        """What it means, in a word or two."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitStatus.OK: "fine",
    ExitStatus.FAULT: "a fault in Copydesk",
    ExitStatus.USAGE: "misused",
    ExitStatus.FULL: "the disk is full",
    ExitStatus.BROKEN: "something is broken",
    ExitStatus.LOCKED: "the store is locked",
    ExitStatus.INCOMPLETE: "some failed",
    ExitStatus.INTERRUPTED: "interrupted",
    ExitStatus.DRY: "a listing fell silent",
    ExitStatus.DRIFT: "a site has changed",
    ExitStatus.AMISS: "something must be mended",
    ExitStatus.BUDGET: "a budget is spent",
}


def status_of(error: BaseException) -> ExitStatus:
    """Return the exit status for an error that ends a command."""
    match error:
        case StoreFullError() | ExportFullError():
            return ExitStatus.FULL
        case UsageError() | ExtractionError() | ArchiveError() | CorpusError() | ExportError():
            return ExitStatus.USAGE
        case StoreLockedError():
            return ExitStatus.LOCKED
        case VisitError():
            return ExitStatus.INCOMPLETE
        case CassetteError() | GuardError() | PlanError() | SettingError() | SiteError() | StoreError():
            return ExitStatus.BROKEN
        case WorkerStartError():
            return ExitStatus.BROKEN
    return ExitStatus.FAULT
