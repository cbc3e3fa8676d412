"""The answers of recordings one by one, each with what a person says that it must give.

An expectation stands beside its recording as `<same name>.json`: an object keyed by address (docs/sites.md). How a
recording is played to a crawl is the business of `cassettes`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from pathlib import Path
from typing import Any

from spiders.errors import CassetteError
from spiders.recordings.tapes import SUFFIXES, read


@dataclass(frozen=True)
class Recorded:
    """One response of a recording, and what is expected of it (None where nobody has said so)."""

    path: Path
    url: str
    status: int
    mime: str
    charset: str | None
    body: bytes = field(repr=False)
    expected: Mapping[str, Any] | None

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.mime in ("text/html", "application/xhtml+xml")

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem} {self.url}"


def recordings_in(folder: Path) -> Iterator[Recorded]:
    """Yield every response of every recording in a folder and those under it, in the order of their names.

    Raises:
        CassetteError: there is none, or one cannot be read.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    if not files:
        raise CassetteError(f"there is no recording in {folder}: scrapy record makes one")
    for path in files:
        yield from recorded(path)


def recorded(path: Path) -> Iterator[Recorded]:
    """Read one recording, with the expectations beside it.

    Raises:
        CassetteError: it cannot be read, or its expectations cannot.
    """
    expected = expectations(path)
    for answer in answers_of(path):
        yield replace(answer, expected=expected.get(answer.url))


def answers_of(path: Path) -> Iterator[Recorded]:
    """Read one recording and nothing that stands beside it.

    Raises:
        CassetteError: it cannot be read.
    """
    requests, responses = read(path)
    for request, response in zip(requests, responses, strict=True):
        kind = _content_type(response["headers"])
        status, body = response["status"]["code"], response["body"]["string"] or b""
        body = body.encode() if isinstance(body, str) else body
        mime, charset = kind.get_content_type(), kind.get_content_charset()
        yield Recorded(path, request.uri, status, mime, charset, body, None)


def expectations(path: Path) -> dict[str, Any]:
    """Return what the JSON beside a recording expects, by address; empty where there is none.

    Raises:
        CassetteError: it cannot be read, or is not an object keyed by address.
    """
    beside = path.with_suffix(".json")
    if not beside.exists():
        return {}
    try:
        told = json.loads(beside.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CassetteError(f"the expectation {beside} cannot be read: {error}") from error
    if not isinstance(told, dict) or not all(isinstance(expected, dict) for expected in told.values()):
        raise CassetteError(f"the expectation {beside} is not an object of objects, keyed by address")
    return told


def _content_type(headers: Mapping[str, Any]) -> Message:
    message = Message()
    values = {name.lower(): value for name, value in headers.items()}.get("content-type", "text/plain")
    message["content-type"] = values if isinstance(values, str) else values[0]
    return message
