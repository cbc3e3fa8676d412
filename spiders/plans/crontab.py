"""A plan as lines of a crontab: cron looks at the clock of the machine, each line at that of its entry's zone."""

from __future__ import annotations

import os
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from spiders.errors import PlanError
from spiders.plans.orders import LONGEST_WAIT, order, turn
from spiders.plans.plan import Entry

_LONGEST = 998  # characters of a command, by the cron of Debian
_HOUR, _ALL_HOURS = 60, 24


def lines(entries: list[Entry], folder: Path, flock: str, now: datetime) -> Iterator[str]:
    """Yield the lines of a crontab, each entry's after a comment.

    Args:
        folder: where the project is.
        flock: the path of flock(1).
        now: an instant with the machine's own offset, which cron goes by.
    Raises:
        PlanError: a word cannot stand in a crontab.
    """
    yield "# Put into a crontab by: crontab -e. What cron cannot do: make up for times at which the machine was off."
    for entry in entries:
        yield f"# {entry.name}"
        yield f"{_fields(entry, now)} {_command(entry, folder, flock)}"


def _fields(entry: Entry, now: datetime) -> str:
    """Return minute, hour, day, month, day of the week: every hour; the command itself looks which hours are meant."""
    offset = now.utcoffset(), now.astimezone(entry.times.zone).utcoffset()
    assert offset[0] is not None
    assert offset[1] is not None
    shift = int((offset[0] - offset[1]).total_seconds()) // 60
    minutes = sorted({(minute + shift) % _HOUR for minute in entry.times.minutes})
    told = "*" if len(minutes) == _HOUR else ",".join(map(str, minutes))
    return f"{told} * * * *"


def _command(entry: Entry, folder: Path, flock: str) -> str:
    seconds, jitter = (int(length.total_seconds()) for length in (entry.every, entry.jitter))
    parts = [f"cd {_word(folder)}"]
    if patterns := _patterns(entry):
        form = "%u-%H:%M" if entry.times.weekday is not None else "%H:%M"
        zone = shlex.quote(entry.times.zone.key)
        parts.append(f'case "$(TZ={zone} date +{form})" in {patterns}) ;; *) exit 0 ;; esac')
    parts.append(f"mkdir -p {_word(entry.store.parent)}")
    if jitter:
        parts.append(f'sleep "$(shuf -n 1 -i 0-{jitter})"')
    own = os.environ.get("COPYDESK_SITES")
    words = (["env", f"COPYDESK_SITES={own}"] if own else []) + [*order(entry), "-s", "LOG_LEVEL=WARNING"]
    alone = entry.store.with_name(f"{entry.store.name}.{entry.name}.turn")
    words = [flock, "-n", str(alone), flock, "-w", str(min(seconds, LONGEST_WAIT)), str(turn(entry)), *words]
    parts.append("exec " + " ".join(map(_word, words)) + " >/dev/null")
    command = " && ".join(parts).replace("%", "\\%")
    if len(command) > _LONGEST:
        raise PlanError(
            f"{entry.name}: its crontab line has {len(command)} characters, cron takes {_LONGEST}: "
            "make several entries of it, or use --systemd"
        )
    return command


def _patterns(entry: Entry) -> str:
    """Return the entry's times as patterns of sh, "" where each hour of each day is like the others."""
    times = entry.times
    hours: defaultdict[int, list[int]] = defaultdict(list)
    for minute in times.minutes:
        hours[minute % 60].append(minute // 60)
    day = "" if times.weekday is None else f"{times.weekday + 1}-"
    if all(len(those) == _ALL_HOURS for those in hours.values()):
        return ""
    minutes: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for minute, those in hours.items():
        minutes[tuple(those)].append(minute)
    return "|".join(
        f"{day}{hour}:{minute}"
        for those, at in minutes.items()
        for hour in _globs(those)
        for minute in _globs(sorted(at))
    )


def _globs(numbers: Iterable[int]) -> Iterator[str]:
    """Yield patterns that together match numbers of two digits, and no others.

    >>> list(_globs([6, 7, 8, 10, 11, 12, 20]))
    ['0[6-8]', '1[0-2]', '20']
    """
    tens: defaultdict[int, list[int]] = defaultdict(list)
    for number in numbers:
        tens[number // 10].append(number % 10)
    same: defaultdict[str, list[int]] = defaultdict(list)
    for ten, ones in tens.items():
        same[_choice(ones)].append(ten)
    for ones_told, those in same.items():
        yield _choice(those) + ones_told


def _choice(digits: list[int]) -> str:
    first, last = digits[0], digits[-1]
    if last - first > 1 and last - first == len(digits) - 1:
        return f"[{first}-{last}]"
    told = "".join(map(str, digits))
    return told if len(told) == 1 else f"[{told}]"


def _word(word: str | Path) -> str:
    """Return a word for sh in a crontab.

    Raises:
        PlanError: it holds what cron itself would read as something else.
    """
    text = str(word)
    if re.search(r"[\\\x00-\x1f\x7f]", text):
        raise PlanError(f"{text!r} cannot stand in a crontab: cron takes no backslash and no line break; use --systemd")
    return shlex.quote(text)
