"""Whether the hosts were asked as they allow: at their pace, one request at a time, and not what they forbid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.simulated.hosts import Host
from tests.simulated.server import Seen

FORBIDDEN = "/members/"
_TRAPS = ("/calendar/", "/more/", "/sitemap-index")
_ENOUGH = 80  # requests of a round to a trap: who asks more is in it
_EARLY = 0.005  # seconds of ours by which two clocks of one machine may differ


@dataclass(frozen=True, slots=True)
class Manners:
    """How the hosts were asked; `shortest` is the shortest pause between two requests, in pauses that are allowed."""

    requests: int
    listings: int  # of them, for feeds, sitemaps, front pages and robots.txt
    conditional: int
    unchanged: int
    robots: int
    shortest: float
    breaches: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.requests:,} requests ({self.listings:,} of them for listings and robots.txt), {self.conditional:,} "
            f"conditional, {self.unchanged:,} answered 304; robots.txt {self.robots:,} times; shortest pause "
            f"{self.shortest:.2f} of what is allowed; {len(self.breaches)} breaches"
        )


def judged(seen: Sequence[Seen], speed: float) -> Manners:
    """Judge all that was asked; `speed` is that of the clock."""
    by_host: defaultdict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        by_host[one.host.index].append(one)
    breaches, shortest = list[str](), float("inf")
    for asked in by_host.values():
        asked = _once(asked)
        host = asked[0].host
        early = _EARLY * speed
        breaches += [f"{host.address}: {what}" for what in (*_hasty(host, asked, early), *_trespasses(host, asked))]
        gaps = [two.began - one.began for one, two in pairwise(asked) if one.round == two.round]
        shortest = min([shortest, *(gap / host.pause for gap in gaps)])
    return Manners(
        len(seen),
        sum(is_listing(one) for one in seen),
        sum(one.conditional for one in seen),
        sum(one.status == 304 for one in seen),
        sum(one.path == "/robots.txt" for one in seen),
        shortest,
        tuple(breaches),
    )


def _once(asked: Iterable[Seen]) -> list[Seen]:
    """Return requests in order, each once: a client sends one again where a connection that it had kept was closed."""
    ordered = sorted(asked, key=lambda one: one.began)
    told = [(round(one.began, 2), one.path) for one in ordered]
    return [one for place, one in enumerate(ordered) if not place or told[place] != told[place - 1]]


def is_listing(one: Seen) -> bool:
    """Say whether a request was for no story."""
    path = one.path.partition("?")[0]
    return path == "/" or path.endswith((".xml", ".txt", "feed.json")) or path.startswith("/.well-known/")


def _hasty(host: Host, asked: Sequence[Seen], early: float) -> Iterator[str]:
    """Yield where a host was asked sooner than it allows."""
    for one, two in pairwise(asked):
        if one.round != two.round:
            continue
        if two.began - one.began < host.pause - early:
            yield f"{two.path} was asked for {two.began - one.began:.2f} s after {one.path}, {host.pause} s are allowed"
        if one.ended is not None and two.began < one.ended - early:
            yield f"{two.path} was asked for before {one.path} had been answered"
    for place, one in enumerate(asked):
        until = (one.ended or 0.0) + one.held - early
        for two in asked[place + 1 :] if one.held else ():
            if two.began < until:
                yield f"{two.path} was asked for {until - two.began:.1f} s before the end of Retry-After ({one.path})"


def _trespasses(host: Host, asked: Sequence[Seen]) -> Iterator[str]:
    """Yield where a host was asked what it forbids, before it had said what it allows, or where nothing ends."""
    allowed = False
    for one in asked:
        if one.path == "/robots.txt":
            allowed = allowed or one.status < 500
        elif not allowed:
            yield f"{one.path} was asked for before robots.txt had been read"
        if one.path.startswith(FORBIDDEN):
            yield f"{one.path} is forbidden by robots.txt and was asked for"
    trapped = Counter(one.round for one in asked if one.path.startswith(_TRAPS))
    yield from (
        f"{n} requests of one round went into the trap “{host.trap.name}”" for n in trapped.values() if n > _ENOUGH
    )
