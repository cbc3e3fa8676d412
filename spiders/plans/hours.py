"""When an entry of a plan is due: times of the day in its zone, none of them in its quiet hours.

Each entry begins at a minute of its own, made from its name, so that a plan does not ask all of its sites at once.
What falls into quiet hours is made up for once, at their end. Times are those of the wall: on the day on which clocks
are put forward, a time that does not exist is the one an hour later; on the day on which they are put back, entries
that come every hour or oftener come in both of the hours with one name, others in the first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

DAY = 24 * 60  # minutes
WEEK = 7 * DAY
_QUIET = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day in which nothing begins, by the minute; `end` is the first minute after them.

    >>> night = Quiet.of("23:00-06:00")
    >>> [night.covers(minute) for minute in (22 * 60 + 59, 23 * 60, 0, 5 * 60 + 59, 6 * 60)]
    [False, True, True, True, False]
    """

    begin: int
    end: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read "23:00-06:00".

        Raises:
            ValueError: it is no such text, or its ends are the same.
        """
        told = _QUIET.fullmatch(text)
        if told is None or (told[1], told[2]) == (told[3], told[4]):
            raise ValueError(text)
        return cls(int(told[1]) * 60 + int(told[2]), int(told[3]) * 60 + int(told[4]))

    def covers(self, minute: int) -> bool:
        """Say whether a minute of the day is one of them."""
        if self.begin < self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end

    def touches(self, minute: int, jitter: int) -> bool:
        """Say whether something that begins up to `jitter` minutes after a minute of the day may begin in them."""
        return self.covers(minute) or (self.begin - minute) % DAY < jitter


@dataclass(frozen=True, slots=True)
class Times:
    """The times of an entry: minutes of each day, or of one day of the week (0 is Monday), in a zone."""

    minutes: tuple[int, ...]
    zone: ZoneInfo
    every: int  # minutes
    quiet: Quiet | None = None
    weekday: int | None = None

    @classmethod
    def of(cls, name: str, every: int, jitter: int, quiet: Quiet | None, zone: ZoneInfo) -> Self:
        """Return the times of an entry that is due every so many minutes: a divisor of a day, or a week.

        Raises:
            ValueError: quiet hours and jitter leave no time of the day.
        """
        phase = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
        step = min(every, DAY)
        whole = range(phase % step, DAY, step)
        kept = {minute for minute in whole if not (quiet and quiet.touches(minute, jitter))}
        if quiet and len(kept) < len(whole):
            if quiet.touches(quiet.end, jitter):
                raise ValueError("no time of the day is left")
            kept = {minute for minute in kept if (minute - quiet.end) % DAY >= step / 2} | {quiet.end}
        weekday = phase // DAY % 7 if every == WEEK else None
        return cls(tuple(sorted(kept)), zone, every, quiet, weekday)

    def after(self, moment: datetime) -> datetime:
        """Return the first time after a moment, in UTC."""
        today = moment.astimezone(self.zone).date()
        for first in range(-1, 9, 3):  # three days at a time: one that was moved may come after one of the next day
            days = (today + timedelta(days=first + n) for n in range(3))
            if later := [at for day in days for at in self._on(day) if at > moment]:
                return min(later)
        raise AssertionError("a week has passed without one")  # `minutes` is never empty

    def upcoming(self, moment: datetime, number: int) -> list[datetime]:
        """Return the next so many times."""
        found: list[datetime] = []
        while len(found) < number:
            found.append(self.after(found[-1] if found else moment))
        return found

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether a moment is in the quiet hours."""
        local = moment.astimezone(self.zone)
        return self.quiet is not None and self.quiet.covers(local.hour * 60 + local.minute)

    def allowed(self, moment: datetime) -> datetime:
        """Return the moment itself, in UTC, or the end of the quiet hours that it is in."""
        while self.quiet and self.is_quiet(moment):
            local = moment.astimezone(self.zone)
            left = (self.quiet.end - local.hour * 60 - local.minute) % DAY
            end = local.replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=left)
            moment = max(end.replace(tzinfo=self.zone, fold=local.fold), moment + timedelta(minutes=1), key=_instant)
        return moment.astimezone(UTC)

    def _on(self, day: date) -> Iterator[datetime]:
        if self.weekday is not None and day.weekday() != self.weekday:
            return
        for minute in self.minutes:
            told = datetime.combine(day, time(minute // 60, minute % 60), self.zone)
            first, second = told.astimezone(UTC), told.replace(fold=1).astimezone(UTC)
            if first <= second or self.every > 60:  # of a time that does not exist, the second comes before the first
                yield self.allowed(first)
            if first < second and self.every <= 60:
                yield self.allowed(second)


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)  # two moments of one zone are compared by the wall, which goes back once a year
