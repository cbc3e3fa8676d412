"""What a host says of the use of all its pages, in three files: robots.txt, /.well-known/tdmrep.json and /ai.txt.

The reservation is read by the final report of the TDM Reservation Protocol's community group (May 2024), ai.txt as
Spawning has published it (the syntax of robots.txt; what it allows or not is training models), Content-Signal as
contentsignals.org describes it: a line in a group of robots.txt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from spiders.rights.page import POLICY, RESERVATION, reservation_says
from spiders.rights.paths import names, target_of
from spiders.rights.rules import Rules
from spiders.rights.statement import By, Statement, What, stated

if TYPE_CHECKING:
    from spiders.store import Notice

ROBOTS, TDMREP, AI_TXT = "/robots.txt", "/.well-known/tdmrep.json", "/ai.txt"
MAX_BYTES = 500 * 1024  # of each: what RFC 9309 asks for at least
_MOST_RULES = 5000  # of tdmrep.json: what looking through them costs a page is some milliseconds then
_SIGNALS = ("search", "ai-input", "ai-train")
_LINE = re.compile(r"\s*+(user-agent|content-signal|allow|disallow)\s*+:([^#]*+)", re.IGNORECASE)
_SIGNAL = re.compile(r"(?<![a-z-])([a-z-]++)\s*+=\s*+(yes|no)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Host:
    """What a host says in its files; each is read once, and None where it could not be had.

    `agent` is the name by which crawlers are told apart, in lower case.
    """

    agent: str
    robots: Notice | None = None
    tdmrep: Notice | None = None
    ai_txt: Notice | None = None

    def of(self, url: str) -> Iterator[Statement]:
        """Yield what the files say of an address of the host."""
        if self.robots:
            yield from self._robots(self.robots, url)
        if self.tdmrep and (rule := reservation_of(self._reservations, url)):
            says = reservation_says(rule.policy, reserved=rule.reserved)
            yield self._stated(What.TDM, says, self.tdmrep, denies=rule.reserved)
        if self.ai_txt and (rules := self._training):
            allowed = rules.allow(url)
            yield self._stated(What.AI_TXT, "allowed" if allowed else "disallowed", self.ai_txt, denies=not allowed)

    def _robots(self, file: Notice, url: str) -> Iterator[Statement]:
        if file.status != 200:
            yield self._stated(What.ROBOTS, f"allowed (HTTP {file.status})", file, denies=False)
            return
        allowed = self._rules.allow(url)
        yield self._stated(What.ROBOTS, "allowed" if allowed else "forbidden", file, denies=not allowed)
        if self._signals:
            says = ", ".join(f"{name}={value}" for name, value in self._signals.items())
            yield self._stated(What.CONTENT_SIGNAL, says, file, denies="no" in self._signals.values())

    def _stated(self, what: What, says: str, file: Notice, *, denies: bool) -> Statement:
        return stated(what, says, By.FILE, file.address, file.fetched, denies=denies)

    @cached_property
    def _rules(self) -> Rules:
        return Rules(_text(self.robots).encode(), self.agent)

    @cached_property
    def _signals(self) -> dict[str, str]:
        return signals_of(_text(self.robots), self.agent)

    @cached_property
    def _reservations(self) -> list[Reservation]:
        return reservations_in(self.tdmrep.body) if self.tdmrep and self.tdmrep.status == 200 else []

    @cached_property
    def _training(self) -> Rules | None:
        """The rules of ai.txt; None for what has none, a web page in its place."""
        told = _text(self.ai_txt)
        return Rules(told.encode(), self.agent) if "disallow" in told.lower() else None


@dataclass(frozen=True, slots=True)
class Reservation:
    """A rule of tdmrep.json: the addresses that `location` names are reserved, or are not."""

    location: str
    reserved: bool
    policy: str | None


def reservations_in(body: bytes) -> list[Reservation]:
    """Return the rules of a tdmrep.json, in their order; none of what is no such file.

    >>> reservations_in(b'[{"location": "/", "tdm-reservation": 1}, {"location": "/open/", "tdm-reservation": "?"}]')
    [Reservation(location='/', reserved=True, policy=None)]
    """
    try:
        told = json.loads(body[:MAX_BYTES])
    except (ValueError, RecursionError):
        return []
    rules = []
    for one in (told if isinstance(told, list) else [told])[:_MOST_RULES]:
        location, value = (one.get("location"), str(one.get(RESERVATION))) if isinstance(one, dict) else (None, "")
        if isinstance(location, str) and value in ("0", "1"):
            policy = one.get(POLICY)
            rules.append(Reservation(location, value == "1", policy if isinstance(policy, str) else None))
    return rules


def reservation_of(rules: list[Reservation], url: str) -> Reservation | None:
    """Return the rule that an address falls under, None where none names it.

    The report says both that the most specific rule counts and that this is the first in sequence. Where the longest
    rule and the first one differ, the one that reserves is taken: a site that wrote it meant it.
    """
    target = target_of(url)
    fitting = [rule for rule in rules if names(rule.location, target)]
    if not fitting:
        return None
    longest = max(fitting, key=lambda rule: len(rule.location))
    return longest if longest.reserved else fitting[0]


def signals_of(robots: str, agent: str) -> dict[str, str]:
    """Return what Content-Signal says to a crawler: of its own group, else of the group of all ("*").

    >>> signals_of("User-agent: *\\nContent-Signal: search=yes, ai-train=no", "copydesk")
    {'search': 'yes', 'ai-train': 'no'}
    """
    groups: dict[str, dict[str, str]] = {}
    agents: list[str] = []
    heading = False  # whether the line before was one that names an agent
    for line in robots.splitlines():
        if not (match := _LINE.match(line)):
            continue
        name, value = match[1].lower(), match[2].strip().lower()
        if name == "user-agent":
            agents = [*agents, value] if heading else [value]
            groups.setdefault(value, {})
        elif name == "content-signal":
            said = {key: word for key, word in _SIGNAL.findall(value) if key in _SIGNALS}
            for whose in agents or ["*"]:  # before the first group it is said to all
                _add(groups.setdefault(whose, {}), said)
        heading = name == "user-agent"
    return groups.get(agent, groups.get("*", {}))


def _add(group: dict[str, str], said: dict[str, str]) -> None:
    """Add signals to those of a group; of two that differ, no counts."""
    for name, word in said.items():
        group[name] = "no" if "no" in (word, group.get(name)) else word


def _text(file: Notice | None) -> str:
    """Return the text of a file; of one that is not there, or moved to nowhere, nothing."""
    return file.body[:MAX_BYTES].decode("utf-8-sig", "replace") if file and file.status == 200 else ""
