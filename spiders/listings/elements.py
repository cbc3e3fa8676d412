"""The elements of a feed by their names, also where prefixes are used that nobody declared; what is an episode."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

SHOWS = frozenset(  # namespaces of podcasts, or prefixes in their place
    {"itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd", "http://www.google.com/schemas/play-podcasts/1.0"}
)
_OF_EPISODES = frozenset({"duration", "episode", "episodeType", "season"})
PLAYED = ("audio/", "video/")
_TAG = re.compile(r"<[^<>]*+>")  # one that opens in another is text: else a feed of "<" takes hours
_READ = 3000  # characters of a text that is there to be read as well


def name_of(element: etree._Element) -> str:
    """Return an element's name without its namespace, or without a prefix that nobody has declared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def space_of(element: etree._Element) -> str:
    """Return an element's namespace, or the prefix that nobody has declared."""
    space, _, name = str(element.tag).rpartition("}")
    return space[1:] or name.rpartition(":")[0]


def is_show(channel: etree._Element) -> bool:
    """Say whether a feed is that of a podcast: directories want to know its category."""
    return any(name_of(e) == "category" and space_of(e) in SHOWS for e in channel.iterchildren(tag=etree.Element))


def is_episode(parts: Iterable[etree._Element], *, show: bool) -> bool:
    """Say whether an entry is an episode of a podcast, and not an article that can be listened to as well.

    Args:
        parts: the elements of the entry.
        show: its feed is that of a podcast.
    """
    played = told = False
    length = 0
    for part in parts:
        name = name_of(part)
        if name == "enclosure" or (name == "link" and part.get("rel") == "enclosure"):
            played = played or (part.get("type") or "").lower().startswith(PLAYED)
        elif name in _OF_EPISODES and space_of(part) in SHOWS:
            told = True
        elif name in ("encoded", "content"):
            length = max(length, len(_TAG.sub("", part.text or "")))
    return played and (told or show) and length < _READ
