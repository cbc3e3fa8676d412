"""A line as it is looked up: case, compatibility forms, quotation marks and bidi marks made one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

ENDS = (
    " \t\n.,;:!?¿¡·•|/\\-–—―_*#<>«»‹›→←►▶▸◄◀▼▲➤➡⇒…\"'“”„‘’()[]{}【】「」『』（）：，。、+=~■□◆◇●○◎★☆※△▽♦"
    "\u200e\u200f\ufe0f\u200d👉👇📌🔴📲📱📩📧✉📰🗞⬇🔔💬📷📸🎧🎥📹❤🙏👍🔗✅❗‼⚡🚨📢📣🗣☕💌📝☛📍🎙▪🔵🟢🔹🔸🔽🔥"
)
_SAME = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("״", '"'), ("׳", "'"), ("“", '"'), ("”", '"'), ("„", '"'),
         ("\u200e", ""), ("\u200f", ""), ("İ", "i"))  # fmt: skip


_CYRILLIC, _LATIN = re.compile("[\u0430-\u052f]"), re.compile("[a-z]")
_MIXED = re.compile("[a-z][\u0430-\u052f]|[\u0430-\u052f][a-z]")
# Cyrillic letters, and the Latin ones that they (or their capitals) are printed for.
_ALIKE = str.maketrans(dict(zip("авекмнорстухіјѕԁһӏԛԝү", "abekmhopctyxijsdhlqwy", strict=True)))


def fold_line(text: str) -> str:
    """Fold a line for look-up: compatibility forms, case, quotes and bidi marks are one; spaces single.

    >>> fold_line("  READ\u00a0More：  ")
    'read more:'
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    return fold_lines([" ".join(text.split())])[0].strip()


def fold_lines(texts: Sequence[str]) -> list[str]:
    """Fold lines whose spaces are single already, as `fold_line` does each, at about the cost of one.

    >>> fold_lines(["Read More…", "“Café”"])
    ['read more...', '"café"']
    """
    joined = "\n".join(texts).replace("`", "'")
    if joined.isascii():
        return joined.lower().split("\n") if texts else []
    return [line.lower() if line.isascii() else _folded(line) for line in alike(joined).split("\n")]


def alike(text: str) -> str:
    """Return a text with its quotation marks of one kind, no bidi marks, and no capital that folds to two letters."""
    for mark, plain in _SAME:
        text = text.replace(mark, plain)
    return text


def _folded(line: str) -> str:
    if unicodedata.is_normalized("NFKC", line):
        folded = line.casefold()
    else:
        folded = " ".join(unicodedata.normalize("NFKC", line).casefold().split())
    # Either script alone is found fast, and most lines have but one.
    return _undisguised(folded) if _CYRILLIC.search(folded) and _LATIN.search(folded) else folded


def _undisguised(folded: str) -> str:
    """Return a line with each word in two scripts, by which advertisements hide from filters, in Latin letters."""
    return " ".join([word.translate(_ALIKE) if _MIXED.search(word) else word for word in folded.split(" ")])


def bare(folded: str) -> str:
    """Return a folded line without the punctuation, brackets and arrows at its ends."""
    return folded.strip(ENDS)
