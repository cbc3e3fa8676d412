"""The one form of an exported article: its JSON form, and beside it what the crawl knows. JSON text comes from here."""

from __future__ import annotations

from typing import Any

from spiders.record import Record
from spiders.surfaces.scrubbing import scrub_url
from spiders.surfaces.values import as_json

# What the crawl knows, behind the fields of the article; `address` stands before them.
KNOWN = ("version", "first_seen", "last_seen", "extractor", "flag", "suspect", "rights")
_ADDRESSES = ("address", "url", "canonical_url", "next_url")  # of the page: with our secrets, if it was asked with any
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}  # to those who split a file into lines


def row_of(record: Record) -> dict[str, Any]:
    """Return a record as JSON has it, without a secret in its addresses."""
    row = {"address": record.address} | record.article.as_dict() | {name: getattr(record, name) for name in KNOWN}
    return scrubbed(row | {"rights": [statement.as_dict() for statement in record.rights]})


def scrubbed(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without the secrets in the addresses of its page; those of pictures are the page's own words."""
    return row | {name: scrub_url(row[name], marked=True) for name in _ADDRESSES if row.get(name)}


def one_line(json_text: str) -> str:
    r"""Return JSON text without the characters that some readers take for the end of a line; it means the same.

    >>> one_line('"a\u2028b"')
    '"a\\u2028b"'
    """
    return json_text.translate(_LINE_ENDS)


def line_of(row: dict[str, Any]) -> bytes:
    """Return a row as a line of JSON."""
    return (one_line(as_json(row)) + "\n").encode()
