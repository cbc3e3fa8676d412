"""The words that open a byline ("by", "Text:", "ein Kommentar von"), and what follows them in a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.engine.lexicon import Lexicon, lexicon_for

_HEAD = 80  # characters of a line among which it opens a byline
_WEAK = frozenset(("de", "da", "from", "aus", "korrespondent", "корреспондент", "автор"))  # open much that is no byline
GLUED = ("by", "von", "por")  # pages print them without a space before the name
_CHINESE = frozenset(("记者", "記者"))  # the same before a name and no more, where words have no spaces
_DASHES = "—–- "  # before the words
_WIDE = re.compile("[：；＝／｜（）［］＆＠，]")
_NARROW = str.maketrans("：；＝／｜（）［］＆＠，", ":;=/|()[]&@,")


def narrowed(text: str) -> str:
    """Return a line with the marks of a byline in their common form, where Chinese and Japanese print wide ones."""
    return text.translate(_NARROW) if not text.isascii() and _WIDE.search(text) else text


def after_opening(text: str, lexicon: Lexicon) -> str | None:
    """Return what follows the words that open a byline in a short text; None where there are none."""
    text = text.lstrip(_DASHES)
    head = narrowed(text[:_HEAD])
    openers = openers_of(lexicon.language)
    folded = head.casefold()
    told = not openers.words.isdisjoint(folded.replace(":", " ").split()) or folded.startswith(GLUED)
    if not (told or any(map(folded.__contains__, openers.marks))):
        return None  # as most lines, and the pattern is dear
    opening = openers.pattern.search(head)
    if opening is None:
        return None
    rest = text[opening.end() :]
    again = openers.pattern.match(rest)
    return rest[again.end() :] if again else rest


@dataclass(frozen=True, slots=True)
class Openers:
    """What opens a byline: words of which one stands in every text that a phrase opens, phrases without such words."""

    words: frozenset[str]
    marks: tuple[str, ...]
    pattern: re.Pattern[str]


@lru_cache(maxsize=64)
def openers_of(language: str | None) -> Openers:
    """Return the words that open a byline in a language.

    A single word does so at the start of a part of the line only, with or without a space before a capital; a phrase
    and a label with its colon anywhere.
    """
    phrases = lexicon_for(language).bylines
    last = {p: p.replace(":", " ").split()[-1] for p in phrases}
    sure = frozenset(word for p, word in last.items() if p.strip(": ").isascii() or " " in p.strip())
    told = [p.strip() for p in phrases if p.strip() not in _WEAK]
    words = [p for p in told if " " not in p and p[-1].isalpha()]
    labels = [p for p in told if not p[-1].isalpha()]
    several = [p for p in told if " " in p and p[-1].isalpha()]
    start = r"(?:^|[|•·●–—»~-]\s*|\d(?:\s+Uhr)?[\s,|]+)"
    glued = [w.title() for w in words if w in GLUED]
    joined = [w for w in words if w in _CHINESE]
    pattern = re.compile(
        rf"{start}(?:(?i:{_any(words)})(?:\s*:\s*|\s+|$)|(?:{_any(glued)})(?=[A-ZÀ-Ý]|by\s)|(?:{_any(joined)})(?=\w{{2,4}}(?!\w)))"
        rf"|(?:^|^.{{0,24}}?(?<!\w))(?i:{_any(several)})(?:\s*:\s*|\s+|$|(?=[A-ZÀ-Ý]))|(?<!\w)(?i:{_any(labels)})\s*"
    )
    return Openers(sure, tuple(p.strip(": ") for p in phrases if last[p] not in sure), pattern)


def _any(phrases: list[str]) -> str:
    """Return a pattern for any of the phrases, the longest first; a space stands for any, before a colon for none."""
    patterns = (
        re.escape(p).replace(r"\ ", r"\s+").replace(":", r"\s*:") for p in sorted(phrases, key=len, reverse=True)
    )
    return "|".join(patterns) or "(?!)"
