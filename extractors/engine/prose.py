"""What a line of text is made of: words, sentences, prose. Nothing here knows a language's words.

A *sentence* ends in a terminator and has eight words or more, or sixteen characters where words have no spaces;
all else is a *fragment*.
"""

from __future__ import annotations

import re
import unicodedata

from extractors.text import fold

WIDE = 2.5  # characters for which one counts in a script without spaces between words
LONGEST_HEADING = 90  # characters: a longer one with a full stop is a paragraph set as a heading
_TERMINATOR = re.compile(r"[.!?…。！？؟।։]['\"”’»›“)\]」』]*\s*$")
_TERMINATOR_INSIDE = re.compile(r"[.!?…。！？؟।։](?:(?<=[。！？])|['\"”’»›“)\]」』]*(?=\s|$))")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f\u0e00-\u0e7f]+")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_ASCII_LOWER = bytes(range(256)).lower()
_COMMON_MARKS = "’‘“”—–…\xa0"  # all that most English text has beyond ASCII
_QUOTED = re.compile(r"^\s*[\"״“„«»”‚‘'「『]")


def unspaced(text: str) -> bool:
    """Tell whether most of the text is in a script without spaces between words (Han, kana, Thai)."""
    head = text[:200]
    if head.isascii() or head.count(" ") * 9 > len(head) > 60 or _UNSPACED.search(head) is None:
        return False
    return sum(map(len, _UNSPACED.findall(head))) * 2 > len(head.replace(" ", ""))


def breadth(text: str) -> float:
    """Return how long a text is, in characters of scripts with spaces between words."""
    return len(text) * (WIDE if unspaced(text) else 1)


def word_count(text: str) -> int:
    """Count words; in scripts without spaces two characters count as one.

    >>> word_count("Three short words"), word_count("記者が会見した")
    (3, 3)
    """
    return len(_NOT_WORD.sub("", text)) // 2 if unspaced(text) else len(text.split())


def ends_sentence(text: str) -> bool:
    """Tell whether the text ends in a sentence terminator, quotes and brackets aside."""
    last = text[-1:]
    return last in ".!?" or (not last.isalnum() and _TERMINATOR.search(text[-12:]) is not None)


def is_sentence(text: str) -> bool:
    """Tell a sentence from a fragment.

    >>> is_sentence("He lied."), is_sentence("The river had risen two metres by Tuesday morning.")
    (False, True)
    """
    if len(text) < 15:  # eight words of one letter
        return False
    if text[-1] in ".!?" and text.count(" ") >= 7:
        return True
    spaces = text.count(" ") + text.count("\n")
    if spaces >= 7 and (text[-1:] in ".!?" or _TERMINATOR_INSIDE.search(text) is not None):
        return True
    if len(text) < 16 or text.isascii() or spaces * 9 > len(text):  # words that have spaces between them
        return False
    return unspaced(text) and _TERMINATOR_INSIDE.search(text) is not None


def preformatted(text: str, *, whole: bool) -> list[str]:
    """Return a preformatted text: its paragraphs where they are sentences, else (or if asked) one piece with its lines.

    >>> preformatted("One lamp,\\n  two lamps,\\n\\nthree.", whole=False)
    ['One lamp,\\ntwo lamps,\\nthree.']
    """
    folded = ("\n".join(filter(None, map(fold, part.split("\n")))) for part in _EMPTY_LINE.split(text))
    parts = [part for part in folded if part]
    if not whole and sum(map(is_sentence, parts)) * 4 > 3 * len(parts):
        return [part.replace("\n", " ") for part in parts]
    return ["\n".join(parts)] if parts else []


def is_quoted(text: str) -> bool:
    """Tell whether the text opens with a quotation mark."""
    return _QUOTED.match(text) is not None


def key_of(text: str) -> str:
    """Fold a text to what must agree when two places print the same line: letters and digits, no case, no marks.

    >>> key_of("«Café», 12") == key_of("café 12")
    True
    """
    if not text.isascii():
        for mark in _COMMON_MARKS:
            text = text.replace(mark, "")
    if text.isascii():
        return text.encode().translate(_ASCII_LOWER, _ASCII_MARKS).decode()
    # Most of what is taken out is ASCII, which bytes lose at a fifth of the pattern's time.
    told = unicodedata.normalize("NFKC", text).encode("utf-8", "surrogatepass").translate(None, _ASCII_MARKS)
    key = told.decode("utf-8", "surrogatepass")
    return (key if key.isalnum() else _NOT_WORD.sub("", key)).casefold()
