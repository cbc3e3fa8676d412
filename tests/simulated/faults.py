"""What is planted on the hosts, and what has to be said of it: by its name, and by what the store must hold in the end.

What is planted on a story befalls that story; what is planted on a host befalls all that is asked of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class End(StrEnum):
    """What has to come of it."""

    HEALED = "stored in the end"
    NAMED = "named, and not stored"
    LEFT = "left alone, and named"
    KEPT = "the earlier text stays"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something planted: `says` is a pattern that the report on it matches."""

    name: str
    what: str
    end: End
    says: str = ""


def _table(*faults: Fault) -> dict[str, Fault]:
    return {fault.name: fault for fault in faults}


_H, _N, _L, _K = End.HEALED, End.NAMED, End.LEFT, End.KEPT

ON_STORIES = _table(
    Fault("busy", "answers 429 at first, with Retry-After in seconds", _H),
    Fault("gone", "answers 404", _N, "HTTP 404"),
    Fault("wall", "answers 403 with a challenge", _N, "bot wall"),
    Fault("reset", "breaks the connection at first", _H),
    Fault("twin", "is listed with its AMP twin", _H),
    Fault("broken", "answers 500 for ever", _N, "HTTP 500"),
    Fault("consent", "is a consent page", _N, "consent page"),
    Fault("worse", "is a story first and a bot wall later", _K, "bot wall"),
    Fault("forbidden", "is forbidden by robots.txt", _N, r"robots\.txt"),
    Fault("busy-date", "answers 503 at first, with a date in Retry-After", _H),
    Fault("soft404", "says with 200 that there is no such page", _N, "soft 404"),
    Fault("cut", "is cut short at first", _H),
    Fault("loop", "redirects in a circle", _N, "redirect"),
    Fault("absurd", "answers 429 at first, with an absurd Retry-After", _H),
    Fault("reserved", "is reserved for text and data mining", _N, "reserved|reservation"),
    Fault("doubled", "is listed under two addresses, with one canonical", _H),
    Fault("script", "is a page that needs JavaScript", _N, "JavaScript"),
    Fault("away", "redirects out of the site", _N, "out of the site"),
    Fault("hang", "never answers", _N, "no answer in time"),
    Fault("login", "asks for a password", _N, "login"),
)
# On a host: how it may be asked; what leads a crawl round in circles; what is wrong with its feed.
MANNERS = _table(
    Fault("crawl-delay", "asks for a pause in robots.txt", _H),
    Fault("robots-503", "its robots.txt answers 503 in the first round", _H, r"robots\.txt could not be had"),
    Fault("storm", "answers 503 for forty seconds of the second round", _H),
    Fault("dead", "does not listen", _N, "refused|closed|reset|down"),
    Fault("plain", "is well", _H),
)
TRAPS = _table(
    Fault("calendar", "has a calendar without an end on its front page", _L, "calendar|trap"),
    Fault("session", "puts a new session into the links of its front page each time", _H),
    Fault("deep", "links to itself, a segment deeper each time", _L, "repeat|deep|trap"),
    Fault("sitemaps", "has a sitemap index that lists itself, deeper and deeper", _L, "deep|nested|sitemap"),
    Fault("none", "has no trap", _H),
)
FEEDS = _table(
    Fault("feed-entities", "its feed is not XML for its bare ampersands and its entities of HTML", _H),
    Fault("feed-charset", "its feed is of another charset than it says", _H),
    Fault("feed-html", "where its feed was is a page of HTML", _H),
    Fault("feed-relative", "its feed has relative links", _H),
    Fault("feed-undated", "its feed has no dates", _H),
    Fault("feed-sound", "its feed is sound", _H),
)


# Of ten hosts, so many are well; of each kind of trouble there is one.
MANNERS_DECK = [*MANNERS.values(), *5 * [MANNERS["plain"]]]
TRAPS_DECK = [*TRAPS.values(), *5 * [TRAPS["none"]]]
FEEDS_DECK = [*FEEDS.values(), *4 * [FEEDS["feed-sound"]]]


def dealt(seed: int, hosts: int, deck: Sequence[Fault], hand: int, name: str) -> Iterator[tuple[Fault, ...]]:
    """Deal faults to the hosts, so many to each: every one has its turn before the first comes again.

    A host has the same hand however many there are after it.
    """
    dice, pile = random.Random(f"{seed} {name}"), list[Fault]()
    for _ in range(hosts):
        cards: list[Fault] = []
        while len(cards) < hand:
            if not pile:
                pile = dice.sample(deck, len(deck))
            cards.append(pile.pop())
        yield tuple(cards)
