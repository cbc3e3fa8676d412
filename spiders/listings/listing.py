"""What all listings have in common: which of their links count, how a date is read, what XML is hostile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from extractors import UnsupportedContentError
from extractors.engine.addresses import ascii_host
from spiders.record import Kind, Link, Passed

MAX_URL = 2083  # the longest address that browsers agree on; longer ones are session dumps and traps
MAX_HINT = 2000  # characters of a headline or summary that travel with a link
MAX_LINKS = 10_000  # of one listing: more would be an archive, and fill the frontier for days

# RSS 0.91 has a document type; no other listing names one that lies elsewhere.
_HARMLESS = "-//Netscape Communications//DTD RSS 0.91//EN"
_ZONE = re.compile(r"\s?([+-]\d\d):(\d\d)$")
_HALF = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)  # "8:30 pm", which would be read as the morning
_NOUGHT = re.compile(r"^000[01]|\s000[01]\s|^1970-01-01|\b0?1 Jan 1970\b")  # what a database has for no date
_LAST = datetime.max.replace(tzinfo=UTC)
_WEST = timedelta(days=1, hours=12)  # after a day has begun in UTC, until it has ended everywhere
_HOSTILE = {"ERR_RESOURCE_LIMIT", "ERR_ENTITY_LOOP"}


@dataclass(frozen=True, slots=True)
class Listed:
    """The links of a listing, and what it lists beside them; `note` is a sentence for the log where it lists more."""

    links: list[Link]
    note: str | None = None
    passed: list[Passed] = field(default_factory=list)


def is_own(url: str, domains: Iterable[str]) -> bool:
    """Say whether an address is a web address of one of the domains or of a host under one."""
    try:
        parts = urlsplit(url)
        host, _ = ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # half an IPv6 address, a port that is no number or too high a one
        return False
    mine = any(f".{host}".endswith(f".{ascii_host(domain)}") for domain in domains)
    return parts.scheme in ("http", "https") and mine and len(url) <= MAX_URL


def own_links(
    listed: Iterable[tuple[str, dict[str, str]]], base: str, domains: Iterable[str], kind: Kind = Kind.ARTICLE
) -> list[Link]:
    """Resolve addresses against the listing's own; keep those of the site, each once."""
    allowed = tuple(domains)
    links: dict[str, Link] = {}
    for address, hints in listed:
        try:
            url = urljoin(base, address) if address else ""
        except ValueError:  # "http://[…"
            continue
        if is_own(url, allowed):
            links.setdefault(url, Link(url, kind, hints))
    return list(links.values())


def when(value: str | None) -> datetime | date | None:
    """Read an RFC 2822 or ISO 8601 date; one without a zone stays without, one that is neither is no date.

    >>> when("2026-05-04 08:30:00 UTC"), when("0000-00-00")
    (datetime.datetime(2026, 5, 4, 8, 30, tzinfo=datetime.timezone.utc), None)
    """
    value = (value or "").strip()
    if not value or len(value) > 64 or _NOUGHT.search(value) or _HALF.search(value):
        return None
    if value[:4].isdigit():
        value = value.upper().replace(" UTC", "Z").replace(" GMT", "Z")
        try:
            return date.fromisoformat(value) if len(value) in (8, 10) else datetime.fromisoformat(value)
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(_ZONE.sub(r" \1\2", value))
    except (ValueError, IndexError, TypeError):  # IndexError, TypeError: CPython on "Mon, ", "0 0"
        return None


def latest(moment: datetime | date) -> datetime:
    """Return the last instant that a day, or a time without a zone, may mean anywhere on earth.

    >>> latest(date(2026, 5, 4)).isoformat(), latest(datetime(2026, 5, 4, 8)).isoformat()
    ('2026-05-05T12:00:00+00:00', '2026-05-04T20:00:00+00:00')
    """
    if moment.year == _LAST.year:  # what a database has for "never": there is nothing to add to
        return _LAST
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC) + _WEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC) + timedelta(hours=12)


def refuse_hostile_type(root: etree._Element, name: str) -> None:
    """Return for a document that no DTD could change.

    Raises:
        UnsupportedContentError: it declares entities, or names a DTD that lies elsewhere. Neither was looked at.
    """
    info = root.getroottree().docinfo
    if info.internalDTD is not None and list(info.internalDTD.iterentities()):
        raise UnsupportedContentError(f"the {name} is hostile: it declares entities of its own")
    if (info.system_url or info.public_id) and info.public_id != _HARMLESS:
        raise UnsupportedContentError(f"the {name} is hostile: its document type lies elsewhere")


def refuse_hostile_growth(log: etree._ListErrorLog, name: str) -> None:
    """Return for a document in which the parser met none of its limits.

    Raises:
        UnsupportedContentError: its entities grow without end, or it nests deeper than any listing.
    """
    if any(error.type_name in _HOSTILE for error in log):
        raise UnsupportedContentError(f"the {name} is hostile: its entities or its nesting know no measure")
