"""How right a body is: what is counted on a page, and what the counts of many pages come to.

Words are runs of letters and digits after Unicode's compatibility forms are made one; marks that cannot be seen (soft
hyphens, zero-width and direction marks) do not count.

- precision, recall: the share of the found, of the known runs of four words that the other side has too; the mean over
  the pages, and their harmonic mean as F1 (Scrapinghub's article-extraction benchmark, 2019). A page without a word
  found has no precision.
- exact: the share of pages with the known words in order and no other.
- leaked: sentences found that the known body does not have, or does not have as often.
- missing: paragraphs of the known body that were not found.

Where a corpus calls paragraphs optional, having or lacking them costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

RUN = 4  # words
SENTENCE = 4  # letters: what is shorter is no sentence to leak
LINE = 40  # letters: a shorter line may well stand in an article twice

_WORD = re.compile(r"\w+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SENTENCE_END = re.compile(r"(?<=[.!?:”\"。！？])\s*")


@dataclass(frozen=True)
class Verdict:
    """What one page's body is worth; precision is None where nothing was found, recall where nothing is known."""

    precision: float | None
    recall: float | None
    exact: bool
    leaked: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """What the bodies of a corpus are worth; the module tells what each figure counts."""

    precision: float
    recall: float
    exact: float
    leaked: int
    missing: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1.0)


def words_of(text: str) -> list[str]:
    """Return the words of a text.

    >>> words_of("The “ﬁrst” co\u00adpy, 2026")
    ['The', 'first', 'copy', '2026']
    """
    return _WORD.findall(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)))


def letters_of(text: str) -> str:
    """Return the words of a text without what parts them, in lower case.

    >>> letters_of("Well, well.")
    'wellwell'
    """
    return "".join(words_of(text)).casefold()


def judge(body: str, found: str, required: str | None = None) -> Verdict:
    """Compare the body found on a page with the known one.

    Args:
        body: the known body, paragraphs parted by line breaks.
        found: the body found.
        required: the paragraphs of `body` that must not be missing; all of them by default.
    """
    required = body if required is None else required
    got = _runs(found)
    return Verdict(
        precision=_share(_runs(body), got),
        recall=_share(got, _runs(required)),
        exact=_word_for_word(body, required, found),
        leaked=tuple(_leaked(letters_of(body), found)),
        missing=tuple(_missing(required, letters_of(found))),
    )


def total(verdicts: Sequence[Verdict]) -> Score:
    """Sum up the verdicts on the pages of a corpus."""
    precisions = [v.precision for v in verdicts if v.precision is not None]
    recalls = [v.recall for v in verdicts if v.recall is not None]
    return Score(
        precision=fmean(precisions) if precisions else 0.0,
        recall=fmean(recalls) if recalls else 0.0,
        exact=fmean(v.exact for v in verdicts) if verdicts else 0.0,
        leaked=sum(len(v.leaked) for v in verdicts),
        missing=sum(len(v.missing) for v in verdicts),
    )


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    starts = range(max(len(words) - RUN, 0) + 1) if words else range(0)  # a shorter text is one run
    return Counter(tuple(words[i : i + RUN]) for i in starts)


def _share(having: Counter[tuple[str, ...]], of: Counter[tuple[str, ...]]) -> float | None:
    """Return the share `of` the one that the other has; None where there is nothing to have."""
    if not of:
        return None if having else 1.0
    return (having & of).total() / of.total()


def _paragraphs(text: str) -> Iterator[str]:
    yield from (line.strip() for line in text.split("\n") if letters_of(line))


def _word_for_word(body: str, required: str, found: str) -> bool:
    words, must = words_of(found), set(_paragraphs(required))
    for paragraph in _paragraphs(body):
        wanted = words_of(paragraph)
        if words[: len(wanted)] == wanted:
            del words[: len(wanted)]
        elif paragraph in must:
            return False
    return not words


def _leaked(known: str, found: str) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for line in _paragraphs(found):
        letters = letters_of(line)
        seen[letters] += 1
        if letters not in known:
            parts = ((part, letters_of(part)) for part in _SENTENCE_END.split(line))
            yield from (part for part, own in parts if len(own) >= SENTENCE and own not in known)
        elif len(letters) >= LINE and seen[letters] > known.count(letters):
            yield line


def _missing(required: str, found: str) -> Iterator[str]:
    yield from (paragraph for paragraph in _paragraphs(required) if letters_of(paragraph) not in found)
