"""The time of the simulated web: it goes faster than ours, and can be put forward.

Two processes share it by text: the server's, and the crawl whose store lives by it.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

VARIABLE = "SIMULATED_CLOCK"  # in the environment of a crawl


@dataclass
class Clock:
    """A clock that reads `told` (Unix time) where ours reads `real`, and goes `speed` times as fast."""

    told: float
    real: float
    speed: float
    edition: float | None = None  # what is published is what was so then; None: it goes on by the clock

    @classmethod
    def starting(cls, at: datetime, speed: float) -> Self:
        """Return a clock that stands at a moment now."""
        return cls(at.timestamp(), time.time(), speed)

    @classmethod
    def in_force(cls) -> Self:
        """Return the clock that the environment tells of; without one, time goes as ours does."""
        return cls.read(os.environ.get(VARIABLE, "0,0,1"))

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the clock that `str` has told."""
        told, real, speed = map(float, text.split(","))
        return cls(told, real, speed)

    def __str__(self) -> str:
        return f"{self.told!r},{self.real!r},{self.speed!r}"

    def now(self) -> float:
        """Return the time, in seconds since 1970."""
        return self.at(time.time())

    def at(self, real: float) -> float:
        """Return the time at a time of ours."""
        return self.told + (real - self.real) * self.speed

    def put(self, to: float) -> None:
        """Put the clock to a time; what is published stands still there until it is put again."""
        self.told, self.real, self.edition = to, time.time(), to

    def published(self) -> float:
        """Return the moment that pages are of."""
        return self.now() if self.edition is None else self.edition


def moment(seconds: float) -> datetime:
    """Return a time as a date of UTC, to the second."""
    return datetime.fromtimestamp(int(seconds), UTC)
