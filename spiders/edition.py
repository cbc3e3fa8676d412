"""Which Copydesk made an article, or read a listing: names that change whenever the code that reads does."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

VERSION = "0.1.0"  # as in pyproject.toml
_EXTRACTORS = Path(__file__).resolve().parent.parent / "extractors"
_LISTINGS = Path(__file__).resolve().parent / "listings"
_SOURCES = (".py", ".toml")


def extractor() -> str:
    """Return the version and a short hash of the extractors' sources, a user's own site files among them."""
    return f"{VERSION}+{_hash(_EXTRACTORS, os.environ.get('COPYDESK_SITES'))}"


def reading() -> str:
    """Return a name that changes whenever the code that reads listings does."""
    return f"{VERSION}+{_hash(_LISTINGS, None)}"


@cache
def _hash(extractors: Path, own: str | None) -> str:
    sources = hashlib.sha256()
    for folder in (extractors, *([Path(own)] if own else [])):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in _SOURCES):
            sources.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return sources.hexdigest()[:12]
