"""What pages say in the place of an article, word by word: `wallwords.toml`. One such word tells nothing, many do."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from extractors.engine.lexicon.folding import fold_line
from extractors.engine.lexicon.tables import NEAR
from extractors.engine.prose import unspaced, word_count

_READER = "reader"
_ANY = frozenset({_READER, "web"})  # words of pages of any kind
_ATTACHED = {"he": "[ובהכלמש]{0,3}", "ar": "[وفبلك]{0,2}(?:ال)?"}  # what is written together with the next word
_OPEN = frozenset({"ko", "he", "ar"})  # languages whose endings are written together with any word
_NONE = "(?!)"


def counted(lines: Sequence[str], language: str | None) -> tuple[int, int, int]:
    """Return how many words of a text, folded, are of pages, how many speak to its reader, and how many do neither.

    They are looked for in the text's language and in English, and those of the one that has more are counted.

    >>> counted(["please check the address, or go to our front page", "the lamp is dark"], "en")
    (3, 3, 8)
    """
    of_pages, spoken = max((_of_lines(lines, one) for one in _of(language)), key=sum)
    return of_pages, spoken, max(0, sum(map(word_count, lines)) - of_pages - spoken)


def _of_lines(lines: Sequence[str], language: str) -> tuple[int, int]:
    hits = _hits(lines, language, tuple(_table()[language]))
    spoken = sum(_words(hit[_READER]) for hit in hits if hit[_READER])
    return sum(_words(hit.group()) for hit in hits) - spoken, spoken


def kinds_in(lines: Sequence[str], language: str | None) -> Counter[str]:
    """Return how many words of each kind of page a text has."""
    return Counter(
        {
            kind: max(len(_hits(lines, one, (kind,))) for one in _of(language))
            for kind in _table()["en"]
            if kind not in _ANY
        }
    )


def _hits(lines: Sequence[str], language: str, kinds: tuple[str, ...]) -> list[re.Match[str]]:
    text = "\n".join(("", *lines))
    return [hit for pattern in _patterns(language, kinds) for hit in pattern.finditer(text)]


def _words(hit: str) -> int:
    return max(1, word_count(hit))


def _of(language: str | None) -> set[str]:
    """Return the languages that a text is looked up in."""
    return {NEAR.get(language or "en", language or "en"), "en"} & _table().keys()


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("wallwords.toml").read_text("utf-8"))


@cache
def _patterns(language: str, kinds: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Compile words that stand whole, behind what is none of a word, and those of scripts without spaces.

    Those that speak to the reader are a group.
    """
    spoken = _expressions(language, [kind for kind in kinds if kind == _READER])
    others = _expressions(language, [kind for kind in kinds if kind != _READER])
    leads = r"\W" + _ATTACHED.get(language, ""), ""
    return [
        re.compile(f"{lead}(?:(?P<{_READER}>{ours})|{theirs})")
        for lead, ours, theirs in zip(leads, spoken, others, strict=True)
        if not ours == theirs == _NONE
    ]


def _expressions(language: str, kinds: Sequence[str]) -> tuple[str, str]:
    """Return words as expressions: whole, or beginnings where they end in *; anywhere in scripts without spaces.

    What begins with one letter is one choice, which few words of a text come near.
    """
    words = {fold_line(word.replace("_", " ")) for kind in kinds for word in _table()[language][kind].split()}
    ends = r"\w{0,4}" if language in _OPEN else r"(?!\w)"
    anywhere: list[str] = []
    whole: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        if unspaced(word):
            anywhere.append(re.escape(word))
        else:
            rest = re.escape(word[1:].removesuffix("*")) + (r"\w*" if word.endswith("*") else ends)
            whole.setdefault(re.escape(word[0]), []).append(rest)
    spaced = [f"{first}(?:{'|'.join(rests)})" for first, rests in whole.items()]
    return "|".join(spaced) or _NONE, "|".join(anywhere) or _NONE
