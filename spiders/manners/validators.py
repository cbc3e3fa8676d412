"""Validators: what a site gives with an answer so that it need not be sent again: an ETag, the time of its last change.

Pure. They are sent by `middlewares.conditional` and kept by the store with the address that they belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from spiders.addresses import key_of
from spiders.record import Raw

_ETAG = re.compile(r"[\x21-\x7e]{1,512}")  # with its quotes or, as some servers write them, without
_DATE = re.compile(r"[A-Za-z0-9 :,+-]{1,64}")
_TICK = timedelta(seconds=1)  # what a time of a change can tell apart


@dataclass(frozen=True, slots=True)
class Validators:
    """What to ask with. `answered` is the form (`key_of`) of the address that gave them: for no other do they hold.

    `reading` names the way in which the answer was read: what another way would find, a 304 does not tell.
    """

    answered: str
    etag: str | None = None
    last_modified: str | None = None
    reading: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers of a request that asks whether anything has changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}


def validators_of(raw: Raw, reading: str | None = None) -> Validators | None:
    """Return the validators of an answer; None where it has none that can be relied upon.

    A page that changed in the very second in which it was sent may have changed once more in the same second.
    """
    if raw.status != 200:
        return None
    etag, changed = _header(raw, "etag"), _header(raw, "last-modified")
    if etag and not _ETAG.fullmatch(etag):
        etag = None
    moment = _when(changed)
    if moment is None or (_when(_header(raw, "date")) or raw.fetched) - moment <= _TICK:
        changed = None
    if not etag and not changed:
        return None
    return Validators(key_of(raw.url), etag, changed, reading)


def _header(raw: Raw, name: str) -> str | None:
    """Return the value of a header that stands once."""
    values = [value.strip() for header, value in raw.headers if header.lower() == name]
    return values[0] if len(values) == 1 else None


def _when(value: str | None) -> datetime | None:
    if not value or not _DATE.fullmatch(value):
        return None
    try:
        told = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):  # IndexError, TypeError: CPython on "Mon, ", "0 0"
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)
