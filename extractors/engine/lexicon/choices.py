"""Phrases that leave something open: * for up to sixty characters, # for a number, {one|the other} for a choice.

A choice is written out only where a line is looked up by it; elsewhere it stays one in the pattern, so that a phrase
with three choices is one phrase in memory and not thirty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.engine.lexicon.folding import ENDS, bare

_OPENS, _PARTS, _CLOSES = "\ue000\ue001\ue002"  # a choice, where a phrase is folded: "｜" folds to "|"
_TELLING = 4  # letters that few lines begin with
OPEN = re.compile(f"[*#{_OPENS}]")  # what leaves something open
SIGNS = "".join(set(ENDS) - set("*#"))  # that a phrase may begin or end with
_WRITTEN = re.compile(r"\{([^{}]*)\}")
_CHOICE = re.compile(f"{_OPENS}([^{_OPENS}{_CLOSES}]*){_CLOSES}")


def ways(phrase: str) -> list[str]:
    """Return the ways in which a phrase may be said.

    >>> ways("{read|see} {also|more}")
    ['read also', 'read more', 'see also', 'see more']
    """
    phrase = _marked(phrase)
    if (choice := _CHOICE.search(phrase)) is None:
        return [phrase]
    before, after = phrase[: choice.start()], ways(phrase[choice.end() :])
    return [before + way + rest for way in choice[1].split(_PARTS) for rest in after]


def begun(phrase: str) -> list[str]:
    """Return the ways in which a line of a phrase may begin; all ways of one that leaves open how it begins and no end.

    What many lines begin with tells too little: a number, and an article, go on with their choice.

    >>> len(begun("{read|see} {also|more|on}")), begun("*{here|there}"), begun("# {likes|shares} *")
    (4, ['*here', '*there'], ['# likes *', '# shares *'])
    """
    phrase = _marked(phrase)
    choice = _CHOICE.search(phrase) if _OPENS in phrase else None
    if choice is None:
        return [phrase]
    before, after = phrase[: choice.start()], phrase[choice.end() :]
    told = before.strip(SIGNS).removeprefix("#")
    if len(told) < _TELLING and not OPEN.search(told):
        return [p for way in choice[1].split(_PARTS) for p in begun(before + way + after)]
    closed = before.lstrip(SIGNS)[:1] == "*" and not phrase.rstrip(SIGNS).endswith("*")
    return ways(phrase) if closed else [phrase]


def standing_in(phrase: str) -> list[str]:
    """Return texts of which any line of a phrase has one: what all its ways share, or else those of one choice.

    >>> standing_in("*? {send|show} us {your|the} *"), standing_in("* {is owned by|belongs to} *")
    (['send', 'show'], ['is owned by', 'belongs to'])
    """
    parts = _CHOICE.split(_marked(phrase))
    shared = max(map(_longest, parts[::2]), key=len)
    choices = [list(map(_longest, part.split(_PARTS))) for part in parts[1::2]]
    told = max(choices, key=lambda texts: min(map(len, texts)), default=[shared])
    return told if len(shared) < min(_TELLING, *map(len, told)) else [shared]


def _longest(text: str) -> str:
    parts = OPEN.split(text)
    return max(map(bare, parts), key=len) or max(parts, key=len)


def pattern_of(phrase: str) -> str:
    """Return the pattern that a whole line of a phrase matches: anchored and bounded, so linear.

    >>> pattern_of("see {also|# more} *")
    'see\\\\ (also|\\\\d{1,6}\\\\ more)\\\\ .{0,60}'
    """
    parts = _CHOICE.split(_marked(phrase))
    choices = [f"({'|'.join(map(re.escape, part.split(_PARTS)))})" for part in parts[1::2]]
    texts = [re.escape(part) for part in parts[::2]]
    joined = texts[0] + "".join(choice + text for choice, text in zip(choices, texts[1:], strict=True))
    return joined.replace(r"\#", r"\d{1,6}").replace(r"\*", ".{0,60}")


def chosen(phrase: str, said: Iterable[str]) -> str:
    """Return the way of a phrase in which a line says it, by what the line has for each choice.

    >>> chosen("{read|see} {also|*more} *", ["see", "some more"])
    'see *more *'
    """
    told = iter(said)
    return _CHOICE.sub(lambda choice: _told(choice[1].split(_PARTS), next(told)), _marked(phrase))


def _told(choice: list[str], said: str) -> str:
    return said if said in choice else next((way for way in choice if OPEN.search(way)), said)


def marked(phrase: str) -> list[str]:
    """Return a phrase with its choices marked by characters that no folding touches, as the only way."""
    return [_marked(phrase)]


def _marked(phrase: str) -> str:
    if "{" not in phrase:
        return phrase
    return _WRITTEN.sub(lambda choice: _OPENS + choice[1].replace("|", _PARTS) + _CLOSES, phrase)
