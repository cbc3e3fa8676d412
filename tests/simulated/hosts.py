"""The hosts of the simulated web, from a seed: who they are, how they are made, what they tell, what was planted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from ipaddress import IPv4Address

from tests.simulated.faults import (
    FEEDS,
    FEEDS_DECK,
    MANNERS,
    MANNERS_DECK,
    ON_STORIES,
    TRAPS,
    TRAPS_DECK,
    End,
    Fault,
    dealt,
)
from tests.simulated.stories import LANGUAGES, PHRASES, Story, told

ROUND = 9000.0  # seconds between two looks at a site: ages and pauses of the settings do not fall on one
ROUNDS = 10  # in a day
CRAWL_DELAY = 5.0  # seconds, where a host asks for it
_FIRST = int(IPv4Address("127.0.1.1"))
_HOUR = 3600.0
_BEFORE = (-1 * _HOUR, -3.8 * _HOUR, -20 * _HOUR, -26 * _HOUR)  # what is there when the day begins
MAKES = ("press", "arc", "hashed", "portal", "numbers", "bricks")


@dataclass(frozen=True)
class Host:
    """A news site; `day` is the midnight at which its day begins."""

    index: int
    port: int
    day: datetime
    name: str
    language: str
    make: str
    feed: str  # rss, atom, rdf, json; "" for none
    told_of: bool  # the front page names the feed in its head
    sitemap: bool  # it has a news sitemap
    validators: str  # etag, date or none: what its answers carry
    manners: Fault
    trap: Fault
    feeds: Fault
    stories: tuple[Story, ...]
    planted: dict[int, Fault]  # by the number of the story

    @property
    def address(self) -> str:
        """The IP address."""
        return str(IPv4Address(_FIRST + self.index))

    @property
    def pair(self) -> str:
        """The address and the port, as the store and ALLOW_PRIVATE name it."""
        return f"{self.address}:{self.port}"

    @property
    def base(self) -> str:
        """The address of its front page, without the slash."""
        return f"http://{self.pair}"

    @property
    def pause(self) -> float:
        """How many seconds of its time lie between two requests, at least."""
        return CRAWL_DELAY if self.manners is MANNERS["crawl-delay"] else 0.5

    @property
    def answers(self) -> bool:
        """Whether it listens at all."""
        return self.manners is not MANNERS["dead"]

    @property
    def faults(self) -> Iterator[tuple[Fault, Story | None]]:
        """All that was planted and has something to be said of, a host's own without a story."""
        yield from ((fault, None) for fault in (self.manners, self.trap, self.feeds) if fault.name not in _SOUND)
        yield from ((self.planted[s.number], s) for s in self.stories if s.number in self.planted and self.answers)

    def path(self, story: Story) -> str:
        """Return the path of a story."""
        date, slug, n = self.day + timedelta(seconds=story.published), story.slug, story.number
        section = "members" if self._is(story, "forbidden") else story.section
        match self.make:
            case "press":
                return f"/{date:%Y/%m/%d}/{slug or n}-{n}/" if section != "members" else f"/members/{slug or n}-{n}/"
            case "arc":
                return f"/{section}/{date:%Y/%m/%d}/{slug or 'story'}-{n}/"
            case "hashed":
                return f"/{section}/articles/{_hashed(n)}"
            case "portal":
                return f"/{section}/{slug or 'artikel'}-{n}.html"
            case "numbers":
                return f"/{section}/story.php?id={n}" if section == "members" else f"/story.php?id={n}"
        return f"/{section}/{n}"

    @cached_property
    def at_path(self) -> dict[str, Story]:
        """The stories by their paths."""
        return {self.path(story): story for story in self.stories}

    def told(self, at: float) -> list[Story]:
        """Return what is published by a time of the day, the newest first."""
        return sorted((s for s in self.stories if s.published <= at), key=lambda s: (-s.published, s.number))

    def _is(self, story: Story, name: str) -> bool:
        return self.planted.get(story.number) is ON_STORIES[name]


_ABSENT = (MANNERS["storm"], MANNERS["robots-503"])  # for the whole of a round, or a part of it
_SOUND = {"plain", "none", "feed-sound"}


def hosts(seed: int, count: int, day: datetime, port: int = 8000, busy: int = 5) -> list[Host]:
    """Return the first `count` hosts of a seed; `busy` is how many stories each tells in the day, about."""
    decks = (
        dealt(seed, count, MANNERS_DECK, 1, "manners"),
        dealt(seed, count, TRAPS_DECK, 1, "traps"),
        dealt(seed, count, FEEDS_DECK, 1, "feeds"),
        dealt(seed, count, list(ON_STORIES.values()), 2, "stories"),
    )
    hands = zip(*decks, strict=True)
    return [_host(seed, index, port, day, busy, *hand) for index, hand in enumerate(hands)]


def _host(
    seed: int,
    index: int,
    port: int,
    day: datetime,
    busy: int,
    manners: tuple[Fault, ...],
    traps: tuple[Fault, ...],
    feeds: tuple[Fault, ...],
    faults: tuple[Fault, ...],
) -> Host:
    dice = random.Random(f"{seed} host {index}")
    language, make = LANGUAGES[index % len(LANGUAGES)], MAKES[(index * 5 + index // 6) % len(MAKES)]
    phrases = PHRASES[language]
    numbers = dice.sample(range(100_000, 1_000_000), 64)
    stories = tuple(_stories(dice, language, numbers, busy))
    if manners[0] in _ABSENT or ON_STORIES["absurd"] in faults:  # which of two texts a crawl finds would be chance
        stories = tuple(replace(story, revised=None) for story in stories)
    planted = {stories[0].number: faults[0], stories[2].number: faults[1]}
    if faults[1].end is End.KEPT:  # it must be young when it gets worse
        planted = {stories[0].number: faults[1], stories[2].number: faults[0]}
    broken_feed = feeds[0] is not FEEDS["feed-sound"]
    return Host(
        index,
        port,
        day,
        dice.choice(phrases["outlets"]).format(p=dice.choice(phrases["places"])),
        language,
        make,
        "rss" if broken_feed else dice.choice(("rss", "atom", "rdf", "json", "")),
        broken_feed or dice.random() < 0.8,
        dice.random() < 0.4 or traps[0] is TRAPS["sitemaps"],
        dice.choice(("etag", "date", "both", "none")),
        manners[0],
        traps[0],
        feeds[0],
        stories,
        planted,
    )


def _stories(dice: random.Random, language: str, numbers: list[int], busy: int) -> Iterator[Story]:
    """Yield what is there when the day begins, the youngest first, then what the day brings."""
    for published in _BEFORE:
        revised = ROUND - 1200.0 if published == _BEFORE[1] and dice.random() < 0.7 else None
        yield told(dice, language, numbers.pop(), published, revised)
    for turn in range(1, ROUNDS):
        if turn == 1 or dice.random() < busy / ROUNDS:
            published = turn * ROUND - dice.randint(300, 5000)
            later = (turn + dice.randint(1, 3)) * ROUND - 600.0
            yield told(dice, language, numbers.pop(), published, later if dice.random() < 0.3 else None)


def _hashed(number: int) -> str:
    """Write a number as hashed addresses do: letters and figures without a sense."""
    letters = "0123456789abcdefghijkmnpqrstvwxyz"
    word, rest = "", number * 2_654_435_761 % 2**40
    while rest:
        rest, digit = divmod(rest, len(letters))
        word += letters[digit]
    return f"c{word}"
