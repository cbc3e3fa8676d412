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


def counted(lines: Sequence[str], language: str | None) -> tuple[int, int, int]:
    """Return how many words of a text, folded, are of pages, how many speak to its reader, and how many do neither.

    They are looked for in the text's language and in English, and those of the one that has more are counted.

    >>> counted(["please check the address, or go to our front page", "the lamp is dark"], "en")
    (3, 3, 8)
    """
    of_pages, spoken = max((_of_lines(lines, one) for one in _of(language)), key=sum)
    return of_pages, spoken, max(0, sum(map(word_count, lines)) - of_pages - spoken)


def _of_lines(lines: Sequence[str], language: str) -> tuple[int, int]:
    hits = [hit for line in lines for hit in _all(language).finditer(line)]
    spoken = sum(_words(hit[_READER]) for hit in hits if hit[_READER])
    return sum(_words(hit.group()) for hit in hits) - spoken, spoken


def kinds_in(lines: Sequence[str], language: str | None) -> Counter[str]:
    """Return how many words of each kind of page a text has."""
    return Counter(
        {
            kind: max(sum(len(pattern.findall(line)) for line in lines) for pattern in patterns)
            for kind in _table()["en"]
            if kind not in _ANY and (patterns := [_of_kind(one, kind) for one in _of(language)])
        }
    )


def _words(hit: str) -> int:
    return max(1, word_count(hit))


def _of(language: str | None) -> set[str]:
    """Return the languages that a text is looked up in."""
    return {NEAR.get(language or "en", language or "en"), "en"} & _table().keys()


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("extractors.engine").joinpath("wallwords.toml").read_text("utf-8"))


@cache
def _all(language: str) -> re.Pattern[str]:
    """Compile the words of a language; those that speak to the reader are a group."""
    others = tuple(kind for kind in _table()[language] if kind != _READER)
    return re.compile(f"(?P<{_READER}>{_expression(language, (_READER,))})|{_expression(language, others)}")


@cache
def _of_kind(language: str, kind: str) -> re.Pattern[str]:
    return re.compile(_expression(language, (kind,)))


def _expression(language: str, kinds: Sequence[str]) -> str:
    """Return words as an expression: whole, beginnings where they end in *, anywhere in scripts without spaces."""
    words = {fold_line(word.replace("_", " ")) for kind in kinds for word in _table()[language][kind].split()}
    spaced = sorted((word for word in words if not unspaced(word)), key=len, reverse=True)
    parts = [re.escape(word) for word in sorted(words.difference(spaced), key=len, reverse=True)]
    ends = r"\w{0,4}" if language in _OPEN else r"(?!\w)"
    whole = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else ends) for word in spaced]
    if whole:
        parts.insert(0, rf"(?<!\w){_ATTACHED.get(language, '')}(?:{'|'.join(whole)})")
    return "|".join(parts) or "(?!)"
