"""A plan as systemd units: a service and a timer for each entry, fenced in as far as a crawl can bear it.

The times are those of `hours`, but for one hour a year: of the two with one name, on the day on which the clocks are
put back, systemd knows the first.
"""

from __future__ import annotations

import getpass
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from spiders.errors import PlanError
from spiders.plans.orders import LONGEST_WAIT, condition, order, turn
from spiders.plans.plan import Entry
from spiders.status import ExitStatus

_PLAIN = re.compile(r"[A-Za-z0-9_@+=:,./-]+")
_DAYS = "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
_SERVICE = """\
[Unit]
Description=Copydesk: crawl for the plan's entry {name}
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
User={user}
WorkingDirectory={folder}
{environment}{condition}ExecStart={order}
# A run that another one keeps from its store is tried again; one with failed addresses, or one that was told to end,
# has done what it should.
RestartForceExitStatus={locked}
RestartSec=60
SuccessExitStatus={incomplete} {interrupted}
# The crawl is told to end, and finishes what is being fetched; its workers end with it.
KillMode=mixed
TimeoutStopSec=120
UMask=0027
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={written}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
LockPersonality=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
"""
_TIMER = """\
[Unit]
Description=Copydesk: when to crawl for the plan's entry {name}

[Timer]
{times}
RandomizedDelaySec={jitter}
AccuracySec=1
# A time that went by while the machine was off is made up for, once.
Persistent=yes

[Install]
WantedBy=timers.target
"""


def units(entries: list[Entry], folder: Path, flock: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each unit file.

    Args:
        folder: where the project is.
        flock: the path of flock(1).
    Raises:
        PlanError: a path cannot be written into a unit.
    """
    for entry in entries:
        yield f"copydesk-{entry.name}.service", _service(entry, folder, flock)
        yield f"copydesk-{entry.name}.timer", _timer(entry)


def _service(entry: Entry, folder: Path, flock: str) -> str:
    wait = str(min(int(entry.every.total_seconds()), LONGEST_WAIT))
    words = [flock, "--no-fork", "--wait", wait, "--conflict-exit-code", str(ExitStatus.LOCKED.value), str(turn(entry))]
    test = condition(entry)
    own = os.environ.get("COPYDESK_SITES")
    return _SERVICE.format(
        name=entry.name,
        user=getpass.getuser(),
        folder=_bare(folder),
        environment=f"Environment={quoted(f'COPYDESK_SITES={own}')}\n" if own else "",
        condition=f"ExecCondition=/bin/sh -c {argument(test)}\n" if test else "",
        order=" ".join(map(argument, words + order(entry))),
        written=quoted(str(entry.store.parent)),
        locked=ExitStatus.LOCKED.value,
        incomplete=ExitStatus.INCOMPLETE.value,
        interrupted=ExitStatus.INTERRUPTED.value,
    )


def _timer(entry: Entry) -> str:
    jitter = int(entry.jitter.total_seconds())
    return _TIMER.format(name=entry.name, times="\n".join(_calendar(entry)), jitter=jitter)


def _calendar(entry: Entry) -> Iterator[str]:
    """Yield OnCalendar lines: one for the hours that have the same minutes."""
    times = entry.times
    minutes: defaultdict[int, list[int]] = defaultdict(list)
    for minute in times.minutes:
        minutes[minute // 60].append(minute % 60)
    hours: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for hour, those in minutes.items():
        hours[tuple(those)].append(hour)
    day = "" if times.weekday is None else f"{_DAYS[times.weekday]} "
    for alike, at in hours.items():
        told = "*" if len(at) == 24 else _listed(at)
        yield f"OnCalendar={day}*-*-* {told}:{_listed(alike)}:00 {times.zone.key}"


def _listed(numbers: list[int] | tuple[int, ...]) -> str:
    return ",".join(f"{number:02}" for number in numbers)


def argument(word: str) -> str:
    """Return a word of a command line as an Exec line has it.

    >>> argument("a=50% of $5"), argument("plain")
    ('"a=50%% of $$5"', 'plain')
    """
    return quoted(word.replace("$", "$$"))


def quoted(word: str) -> str:
    """Return a word as a unit file has it: specifiers, quotes and control characters escaped.

    Raises:
        PlanError: it holds a NUL.
    """
    if "\0" in word:
        raise PlanError(f"{word!r} cannot be written into a unit: it holds a NUL")
    if _PLAIN.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"' + re.sub(r"[\x01-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", escaped) + '"'


def _bare(path: Path) -> str:
    """Return a path for a line that knows no quotes."""
    text = str(path)
    if text != text.strip() or not text.isprintable() or text.endswith("\\"):
        raise PlanError(f"the folder {text!r} cannot be written into a unit: give it a plainer name")
    return text.replace("%", "%%")
