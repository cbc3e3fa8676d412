"""A line as it is looked up: case, compatibility forms, quotation marks, bidi marks and Arabic spellings made one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

ENDS = (
    " \t\n.,;:!?¿¡·•|/\\-–—―_*#<>«»‹›→←►▶▸◄◀▼▲➤➡⇒…\"'“”„‘’()[]{}【】「」『』（）：，。、+=~■□◆◇●○◎★☆※△▽♦؟،؛ـ"
    "\u200e\u200f\ufe0e\ufe0f\u200d≫≪➔➜↓☞✔⏩🔎✍🎁🆕⚠⭐🎬👀💡✨📺📖🔊💻🎤📊"
    "👉👇📌🔴📲📱📩📧✉📰🗞⬇🔔💬📷📸🎧🎥📹❤🙏👍🔗✅❗‼⚡🚨📢📣🗣☕💌📝☛📍🎙▪🔵🟢🔹🔸🔽🔥"
)
_SAME = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("״", '"'), ("׳", "'"), ("“", '"'), ("”", '"'), ("„", '"'),
         ("''", '"'), ("־", "-"), ("—", "-"), ("–", "-"), ("―", "-"), ("‐", "-"),
         ("\u200e", ""), ("\u200f", ""), ("İ", "i"))  # fmt: skip


_SPELLED = re.compile("[\u0430-\u052f\u0622-\u0670]")  # Cyrillic or Arabic letters
_LATIN = re.compile("[a-z]")
_MIXED = re.compile("[a-z][\u0430-\u052f]|[\u0430-\u052f][a-z]")
# Cyrillic letters, and the Latin ones that they (or their capitals) are printed for.
_ALIKE = str.maketrans(dict(zip("авекмнорстухіјѕԁһӏԛԝү", "abekmhopctyxijsdhlqwy", strict=True)))
_ARABIC = re.compile("[\u0622-\u0670\u06a9\u06cc]")
_HASTY = str.maketrans("أإآٱىیکة", "ااااييكه", "ـ" + "".join(map(chr, (*range(0x64B, 0x653), 0x670))))


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
    if (letter := _SPELLED.search(folded)) is None:
        return folded
    if letter.group() > "\u0600":
        return spelled(folded)
    return _undisguised(folded) if _LATIN.search(folded) else folded


def spelled(text: str) -> str:
    """Return a text with its Arabic as the hasty print it: no hamza on an alef, no vowel signs, no drawn-out letters.

    >>> spelled("إقـــرأ أيضًا") == spelled("اقرأ ايضا")
    True
    """
    if _ARABIC.search(text) is None:
        return text
    return text.replace(" ـ ", " - ").translate(_HASTY)


def _undisguised(folded: str) -> str:
    """Return a line with each word in two scripts, by which advertisements hide from filters, in Latin letters."""
    return " ".join([word.translate(_ALIKE) if _MIXED.search(word) else word for word in folded.split(" ")])


def bare(folded: str) -> str:
    """Return a folded line without the punctuation, brackets and arrows at its ends."""
    return folded.strip(ENDS)
