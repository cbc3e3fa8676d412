"""The one gate that cleans text from a page, before anything looks at it or stores it."""

from __future__ import annotations

import re

# Removed: controls, marks that reorder or hide text, invisible fillers. Kept: LRM, RLM, ALM, ZWJ, ZWNJ, which
# Hebrew, Arabic, Persian, Indic scripts and emoji need.
_JUNK = (
    "\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_UNCLEAN = re.compile(f"[{_JUNK}\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029\ud800-\udfff]")
_DROP = re.compile(f"[{_JUNK}]+")
_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACE = re.compile("[\x0b\x0c\x1c-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def scrub(text: str) -> str:
    r"""Clean text: no controls, bidi overrides or invisible fillers, no lone surrogates, every line end `\n`.

    Scrubbing again changes nothing.

    >>> scrub("a\x00b\u202ec\r\nd\ud800")
    'abc\nd\ufffd'
    """
    if text.isprintable() or text.replace("\n", " ").isprintable():  # clean lines; told at the speed of C
        return text
    if "\r" in text and not _UNCLEAN.search(plain := text.replace("\r\n", "\n").replace("\r", "\n")):
        return plain
    if text.replace("\n", " ").replace("\t", " ").replace("\xa0", " ").isprintable() or not _UNCLEAN.search(text):
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _SPACE.sub(" ", _NEWLINE.sub("\n", _DROP.sub("", text)))


def fold(text: str) -> str:
    """Scrub text and put it on one line: every run of white space is one space, none at the ends."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    joined = " ".join(text.split())  # most text has nothing to scrub but the white space between its words
    return joined if joined.isprintable() else " ".join(scrub(text).split())
