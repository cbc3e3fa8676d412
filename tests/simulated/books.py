"""What the store has in the end, against what was told and planted: nothing lost, nothing doubled, every fault named."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from spiders.addresses import kept_at, key_of
from tests.simulated.faults import FEEDS, MANNERS, End, Fault
from tests.simulated.hosts import Host
from tests.simulated.listings import FEED_PATHS, INDEX
from tests.simulated.stories import Story

# The ages up to which a story is looked at again, and the pauses, as the project's settings have them, in hours.
_LOOKS = ((2.0, 1 / 3), (12.0, 2.0), (48.0, 12.0), (168.0, 72.0))


@dataclass(frozen=True, slots=True)
class Kept:
    """An article of the store."""

    paragraphs: tuple[str, ...]
    version: int


@dataclass
class Books:
    """What the store said after each round: of what stayed out, all reasons; of the articles, the last state."""

    named: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by key: state and reason
    articles: dict[str, Kept] = field(default_factory=dict)  # by address
    flagged: set[str] = field(default_factory=set)  # addresses with a revision that did not replace the article
    listed: dict[str, int] = field(default_factory=dict)  # by key of a listing: the most that it has listed

    def read(self, store: Path) -> None:
        """Read the store after a round."""
        with closing(sqlite3.connect(store)) as rows:
            for key, state, reason in rows.execute("SELECT key, state, reason FROM url WHERE reason IS NOT NULL"):
                self.named[key].add(f"{state}: {reason}")
            for key, reason in rows.execute("SELECT key, reason FROM passed_over"):
                self.named[key].add(f"passed over: {reason}")
            articles = rows.execute("SELECT address, body, version FROM article")
            self.articles = {address: Kept(tuple(body.split("\n\n")), v) for address, body, v in articles}
            flagged = rows.execute("SELECT address FROM article_revision WHERE flag IS NOT NULL")
            self.flagged = {address for (address,) in flagged}
            self.listed = dict(rows.execute("SELECT key, max(links) FROM listing GROUP BY key"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the day's ledger: a story, or something planted on a host; `wrong` is None where all is well."""

    host: int
    what: str
    fault: str
    came: str
    wrong: str | None

    def __str__(self) -> str:
        return f"host {self.host}: {self.what}{f' ({self.fault})' if self.fault else ''}: {self.wrong or self.came}"


def ledger(hosts: Sequence[Host], books: Books, rounds: Sequence[float]) -> list[Line]:
    """Compare the store with what there was, after rounds at those times of the day; no time is in it."""
    lines: list[Line] = []
    known: set[str] = set()
    for host in hosts:
        if host.answers:
            for story in host.told(rounds[-1]):
                known.add(kept_at(host.base + host.path(story)))
                late = host.manners is MANNERS["robots-503"]  # nothing of it is fetched in the first round
                lines.append(_of_story(host, story, books, rounds[late:] or rounds))
        lines += _of_host(host, books)
    lines += [Line(-1, address, "", "", "is stored and no story") for address in sorted(books.articles.keys() - known)]
    return lines


def _of_story(host: Host, story: Story, books: Books, rounds: Sequence[float]) -> Line:
    fault = host.planted.get(story.number)
    address = host.base + host.path(story)
    kept, reasons = books.articles.get(kept_at(address)), books.named[key_of(address)]
    wanted = story.text(_last_look(story, rounds))
    newest = story.text(rounds[-1])

    def line(came: str, wrong: str | None = None) -> Line:
        return Line(host.index, f"story {story.number}", fault.name if fault else "", came, wrong)

    if fault and fault.end is End.NAMED:
        if kept:
            return line("stored", "is stored")
        named = [reason for reason in sorted(reasons) if re.search(fault.says, reason)]
        return line(fault.end, None if named else f"is not named: {' | '.join(sorted(reasons)) or 'nothing is known of it'}")  # fmt: skip
    if kept is None:
        return line("lost", f"is lost: {' | '.join(sorted(reasons)) or 'nothing is known of it'}")
    if fault and fault.end is End.KEPT:
        flagged = len(list(_looks(story, rounds))) < 2 or kept_at(address) in books.flagged
        told = kept.paragraphs == story.paragraphs
        return line(fault.end, None if told and flagged else "is not kept as it was, or nothing says that it got worse")
    if kept.paragraphs not in (wanted, newest):
        return line("differs", f"is stored with another text: {_difference(kept.paragraphs, wanted)}")
    seen = len({len(story.text(at)) for at in _looks(story, rounds)})
    if kept.paragraphs == wanted and kept.version != seen:
        return line("differs", f"was seen with {seen} texts and has version {kept.version}")
    return line("stored, revised" if kept.version > 1 else "stored")


def _of_host(host: Host, books: Books) -> Iterator[Line]:
    """Yield what became of what was planted on a host itself."""
    if host.manners in (MANNERS["dead"], MANNERS["robots-503"]):
        named = _named(books, host.base + "/", host.manners)
        yield Line(host.index, "its address", host.manners.name, "named", None if named else "is not named")
    if not host.answers:
        return
    if host.feeds is not FEEDS["feed-sound"]:
        links = books.listed.get(key_of(host.base + FEED_PATHS[host.feed]), 0)
        yield Line(host.index, "its feed", host.feeds.name, "read", None if links else "gives no links")
    prefix = {"calendar": "/calendar/", "deep": "/more/", "sitemaps": INDEX.removesuffix(".xml")}.get(host.trap.name)
    if prefix:
        named = _named(books, host.base + prefix, host.trap)
        yield Line(host.index, "its trap", host.trap.name, "named", None if named else "is not named")


def _named(books: Books, start: str, fault: Fault) -> bool:
    """Say whether anything under an address is named as the fault has to be."""
    under = key_of(start).rstrip("/")
    return any(
        re.search(fault.says, told) for key, all_ in books.named.items() if key.startswith(under) for told in all_
    )


def _looks(story: Story, rounds: Sequence[float]) -> Iterator[float]:
    """Yield the times at which a story is looked at."""
    due = float("-inf")
    for at in rounds:
        if story.published <= at and due <= at:
            yield at
            age = (at - story.published) / 3600
            due = at + 3600 * next((pause for most, pause in _LOOKS if age < most), float("inf"))


def _last_look(story: Story, rounds: Sequence[float]) -> float:
    return list(_looks(story, rounds))[-1]


def _difference(one: Sequence[str], other: Sequence[str]) -> str:
    lost, more = [p for p in other if p not in one], [p for p in one if p not in other]
    return (
        f"{len(lost)} paragraphs are missing, {len(more)} are not of it: {(lost + more + ['in another order'])[0][:90]}"
    )
