"""What the papers tell: stories in several languages, each its own, all from a seed."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PHRASES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text("utf-8"))
LANGUAGES = tuple(PHRASES)
SHORTEST, LONGEST = 5, 8  # paragraphs of a story


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it is told; times are seconds since the day began, so that it is the same on any day.

    Once it is `revised` it has the paragraph `added` at its end.
    """

    number: int
    language: str
    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]
    author: str
    section: str
    published: float
    revised: float | None
    added: str

    def text(self, at: float) -> tuple[str, ...]:
        """Return the paragraphs as they are at a time of the day."""
        return (*self.paragraphs, self.added) if self.is_revised(at) else self.paragraphs

    def is_revised(self, at: float) -> bool:
        """Say whether it has been revised by then."""
        return self.revised is not None and self.revised <= at

    @property
    def slug(self) -> str:
        """The headline as an address writes it: Latin letters only, so that some have none."""
        return "-".join(re.findall(r"[a-z0-9]+", self.headline.lower()))


def told(dice: random.Random, language: str, number: int, published: float, revised: float | None) -> Story:
    """Make up a story."""
    phrases = PHRASES[language]
    subject, place = dice.choice(phrases["subjects"]), dice.choice(phrases["places"])
    people = dice.sample(phrases["people"], 3)

    def filled(text: str) -> str:
        who = dice.choice(people[:2])
        return text.format(s=subject, p=place, w=who, n=dice.randint(3, 11), m=dice.randint(12, 480))

    lines = dice.sample(phrases["lines"][1:], dice.randint(SHORTEST, LONGEST) - 1)
    headline, paragraphs = filled(dice.choice(phrases["headlines"])), [phrases["lines"][0], *lines]
    return Story(
        number,
        language,
        headline[:1].upper() + headline[1:],
        filled(dice.choice(phrases["standfirst"])),
        tuple(map(filled, paragraphs)),
        people[2],
        dice.choice(phrases["sections"]),
        published,
        revised,
        filled(phrases["added"]),
    )
