"""The wire services that a line credits with a story; who wrote for them is read in `names`."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.engine.lexicon import Lexicon, lexicon_for

_SIGNED = 3  # words of a name and its agency, at least


def agencies_in(line: str, lexicon: Lexicon) -> str | None:
    """Return the wire services that a line names, as printed and parted by commas; None where it names none.

    A line that credits a source may name a ministry, a website or a study as well: they are no agencies.
    """
    told = _pattern(lexicon.wires).finditer(line)
    found = {name.casefold(): name for name in (m.group() for m in told) if not name.islower() or name in lexicon.wires}
    return ", ".join(found.values()) or None


def wire_of(agency: str | None, lexicon: Lexicon) -> str | None:
    """Return an agency that a byline names if it is a wire service, and none that sells pictures."""
    return agency if agency and agency.casefold() in _folded(lexicon.wires) else None


@lru_cache(maxsize=64)
def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


def halves_of(part: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Part a full name from the agency right behind it: "Ada Quill Associated Press"; most parts are whole.

    A name that stands alone or beside an initial keeps it: somebody is called like the agency.
    """
    words = part.split()
    if len(words) < _SIGNED or words[-1].casefold() not in _last_words(lexicon.language):
        return (part,)
    for at in range(2, len(words)):
        agency = " ".join(words[at:])
        full = [word for word in words[:at] if len(word.strip(".")) > 1]
        if len(full) > 1 and agency[0].isupper() and agency.casefold() in lexicon.agencies:
            return " ".join(words[:at]), agency
    return (part,)


def may_close(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word in small letters is the last of an agency's name."""
    return word in _last_words(lexicon.language)


@lru_cache(maxsize=64)
def _last_words(language: str | None) -> frozenset[str]:
    return frozenset(name.rpartition(" ")[2] for name in lexicon_for(language).agencies)
