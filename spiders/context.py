"""What the extractors are told of a page beside its bytes: its charset, and what the listing said that led to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.message import Message
from functools import lru_cache

from extractors import Hints
from extractors.article import parse_when


def charset_in(headers: Sequence[tuple[str, str]]) -> str | None:
    """Return the charset that the Content-Type of a response declares, the last one if there are several.

    >>> charset_in([("Content-Type", 'text/html; charset="ISO-8859-1"')]), charset_in([("Content-Type", "text/html")])
    ('iso-8859-1', None)
    """
    return _charset(next((value for name, value in reversed(headers) if name.lower() == "content-type"), ""))


@lru_cache(maxsize=256)  # most pages say the same
def _charset(content_type: str) -> str | None:
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_charset()


def hints_of(told: Mapping[str, str]) -> Hints | None:
    """Return what the extractors may know of a page from the listing that it was found on."""
    if not told:
        return None
    published = parse_when(told.get("published"))
    return Hints(
        headline=told.get("headline"),
        summary=told.get("summary"),
        published=published,
        language=told.get("language"),
    )
