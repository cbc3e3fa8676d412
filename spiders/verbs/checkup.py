"""Is this Copydesk safe and sound: its settings, its libraries, its store, the disk, a user's own site files.

What the settings should be is told by `spiders.settings` and judged by `spiders.verbs.safety`. Nothing is changed here.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from packaging.version import Version
from scrapy.settings import BaseSettings

from extractors import SiteError
from extractors.registry import site_files
from spiders.cassettes import known
from spiders.errors import StoreError
from spiders.extensions.manners import refuse_standstill
from spiders.extensions.storeroom import budget_of, keeping
from spiders.manners.introduction import HINT, introduce, nameless
from spiders.manners.revisits import revisits
from spiders.roster import Roster
from spiders.store.reader import Reader
from spiders.verbs.inspection import complaints
from spiders.verbs.safety import findings, findings_of
from spiders.workers.pool import Limits

_LITTLE = 1_000_000_000  # bytes free, under which a crawl of some days may fill the disk
_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
# A dependency in pyproject.toml that says from which version on a known hole is closed.
_FLOOR = re.compile(r'^\s*"([\w.-]+)>=([\d.]+)[^"]*",\s*# security floor(?: ([\d.]+))?', re.MULTILINE)


class State(StrEnum):
    """What a check found."""

    FINE = "fine"
    LOOSENED = "loosened"  # somebody may have meant it so
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what it is like."""

    state: State
    name: str
    told: str


def checks(settings: BaseSettings, store: Path) -> Iterator[Check]:
    """Look at everything, and yield what was found.

    Raises:
        CopydeskError: a setting cannot be read.
    """
    _read(settings)
    yield from _settings(settings)
    yield _contact(settings)
    yield from _libraries()
    yield from _disk(store)
    yield from _store(store)
    yield from _sites()


def _read(settings: BaseSettings) -> None:
    """Read what a crawl will read before it begins; what is loosened in it is not looked at here.

    Raises:
        CopydeskError: a setting cannot be used.
    """
    Limits.of(settings)
    refuse_standstill(settings)
    keeping(settings["KEEP_RAW"])
    budget_of(settings["HOST_BUDGET"])
    revisits(settings.getdict("REVISIT"))
    known(settings["CASSETTE_MODE"] or "none")


def _settings(settings: BaseSettings) -> Iterator[Check]:
    loosened = [("", finding) for finding in findings(settings)]
    roster = Roster(settings)
    for name in roster.list():
        loosened += [(f" ({name})", finding) for finding in findings_of(roster.load(name), settings)]
    for where, finding in loosened:
        yield Check(State.LOOSENED, finding.name + where, f"{finding.value} (ours: {finding.ours}): {finding.why}")
    if not loosened:
        yield Check(State.FINE, "settings", "nothing is loosened: no open port, no proxy, certificates are verified")


def _contact(settings: BaseSettings) -> Check:
    """Tell who sites see; that none can reach us harms nobody at once, so it is no finding."""
    introduced = settings.copy()
    introduce(introduced)
    agent = str(introduced["USER_AGENT"])
    return Check(State.FINE, "user agent", f"{agent}: {HINT}" if nameless(introduced) else agent)


def _libraries() -> Iterator[Check]:
    for name, least, floor in _FLOOR.findall(_PROJECT.read_text("utf-8")):
        installed, needed = version(name), floor or least
        if Version(installed) < Version(needed):
            yield Check(State.WRONG, name, f"{installed} has a known hole: install {needed} or newer")
        else:
            yield Check(State.FINE, name, f"{installed}, the known holes are closed since {needed}")


def _disk(store: Path) -> Iterator[Check]:
    folder = next(parent for parent in store.absolute().parents if parent.is_dir())
    free = shutil.disk_usage(folder).free
    state = State.FINE if free >= _LITTLE else State.WRONG
    little = "" if free >= _LITTLE else ": make room before you crawl"
    yield Check(state, "disk", f"{free / 1e9:.1f} GB free where the store is{little}")


def _store(path: Path) -> Iterator[Check]:
    if not path.exists():
        yield Check(State.FINE, "store", f"{path} is not there yet: a crawl makes it")
        return
    try:
        with Reader(path) as reader:
            held = sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))
            told = f"{path}: schema {reader.schema_version}, {held / 1e6:.1f} MB, {reader.sizes()}"
            yield Check(State.FINE, "store", told)
    except StoreError as error:
        yield Check(State.WRONG, "store", str(error))


def _sites() -> Iterator[Check]:
    own = os.environ.get("COPYDESK_SITES")
    if not own:
        yield Check(State.FINE, "site files", "the project's own; COPYDESK_SITES is not set")
        return
    try:
        paths = sorted({path for path in site_files().values() if path.parent == Path(own)})
    except SiteError as error:
        yield Check(State.WRONG, "site files", str(error))
        return
    found = [complaint for path in paths for complaint in complaints(path)]
    for complaint in found:
        yield Check(State.WRONG, "site files", complaint)
    if not found:
        yield Check(State.FINE, "site files", f"{len(paths)} in {own}")
