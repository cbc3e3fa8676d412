"""Shapes of a folded line, or of a part of it, that no phrase tells: rows, trails, names, who signed, a dated label."""

from __future__ import annotations

import re

from extractors.engine.lexicon.folding import ENDS

_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,2}")
_PARTED = re.compile(r" ?\|+ ?| [·•] ")
_TRAIL = re.compile(r"([^>›»|]{2,20})(?:[>›»|][^>›»|]{2,60}){2,}")
_SIGNED = re.compile(r"[^\W\d_]{2,4}/(?: ?[^\W\d_]{2,4}/){1,3}|[^\W\d_]{2,4} ?/ ?[a-z0-9-]{3,24}\.[a-z]{2,8}")
_DATED = re.compile(r"([^\W\d_]+(?: [^\W\d_]+){0,2}?)(?: [^\W\d_]{1,3})? \(?\d.*")
_INITIALS = 4  # letters of an author in a wire's line


def is_name(text: str) -> bool:
    """Tell a name of two or three words: whose a picture may be."""
    return _NAME.fullmatch(text) is not None


def is_signed(text: str) -> bool:
    """Tell who wrote, and edited, a wire's text, or whose it is: "lb/ mok/", "mak / goniec.pl"."""
    return _SIGNED.fullmatch(text) is not None


def is_initials(text: str) -> bool:
    """Tell who wrote a wire's text, and who edited it: "lno", "lno/ks"."""
    return all(len(part) <= _INITIALS for part in text.split("/"))


def parts_of(text: str) -> list[str]:
    """Return the parts of a row: "log in | sign up"."""
    return [part.strip(ENDS) for part in _PARTED.split(text)]


def home_of(text: str) -> str | None:
    """Return how a trail opens that tells where in the site a page is: "home > town > hall"."""
    trail = _TRAIL.fullmatch(text)
    return trail[1].rstrip() if trail else None


def undated(label: str) -> str | None:
    """Return what a label says before its day: "update of 5 may"."""
    dated = _DATED.fullmatch(label)
    return dated[1] if dated else None
