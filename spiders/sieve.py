"""What a run left out of its listings: how many links, and the traps and budgets that it met, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from spiders.addresses import host_of
from spiders.record import Passed
from spiders.surfaces.terminal import counted

_SHOWN = 20  # traps that the table at the end names


@dataclass(slots=True)
class Sieve:
    """The counts of one run: they stay small however many addresses a trap has."""

    passed: int = 0
    traps: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # by host, name and reason

    def note(self, passed: Iterable[Passed]) -> None:
        """Count what a listing lists beside its articles."""
        for one in passed:
            self.passed += not one.taken
            if one.trap:
                self.traps[host_of(one.url), one.trap, one.reason] += 1

    def lines(self) -> list[str]:
        """Return a sentence for each trap and budget, the largest first, and one for all that was passed over."""
        told = [_line(*trap, n) for trap, n in self.traps.most_common(_SHOWN)]
        if (more := len(self.traps) - _SHOWN) > 0:
            told.append(f"… and {more} more traps")
        if self.passed:
            links = "link is" if self.passed == 1 else "links are"
            told.append(
                f"{self.passed:,} listed {links} passed over: scrapy articles --passed-over lists them, with reasons"
            )
        return told


def _line(host: str, trap: str, reason: str, count: int) -> str:
    addresses = counted(count, "address")
    if trap.startswith("/"):
        return f"trap: {addresses} under {host}{trap} left out: {reason.removeprefix('a trap: ')}"
    return f"{trap}: {addresses} of {host}: {reason}"
