"""Raw responses inside a transaction of the store: kept once for each body of an address, pruned, read back."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from spiders.addresses import host_of
from spiders.errors import StoreError
from spiders.record import Raw
from spiders.store.bodies import packed, unpacked
from spiders.store.checks import seal
from spiders.store.search import PAGE
from spiders.surfaces.scrubbing import scrub_headers, scrub_url
from spiders.surfaces.values import as_json, text

_FIELDS = "id, key, asked, url, status, headers, sha256, fetched, seen, server"
_NEVER = "9999"  # later than any time
_PIECE = 200  # bodies pruned in one transaction


@dataclass(frozen=True, slots=True)
class StoredRaw:
    """A response of the archive. `key` is the address it was kept for, `asked` as it was asked for (None: not known).
    But for `key`, which is the frontier's, no address and no header holds a secret.

    `url` answered, from the IP address `server`; `fetched` is when this body first came, `seen` when it last did;
    `hints` is what the listing said of it.
    """

    number: int
    key: str
    asked: str | None
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    sha256: str
    fetched: datetime
    seen: datetime
    server: str | None
    hints: Mapping[str, str]
    _connection: sqlite3.Connection = field(repr=False, compare=False)

    @property
    def body(self) -> bytes:
        """The body, read and decompressed each time it is asked for.

        Raises:
            StoreError: it is damaged, or was pruned since.
        """
        try:
            row = self._connection.execute("SELECT body FROM raw WHERE id = ?", (self.number,)).fetchone()
            body = unpacked(row[0]) if row and row[0] else None
        except (sqlite3.Error, ValueError) as error:
            raise StoreError(f"the stored response of {self.url} cannot be read: {error}") from error
        if body is None:
            raise StoreError(f"the stored response of {self.url} is no longer kept")
        if hashlib.sha256(body).hexdigest() != self.sha256:
            raise StoreError(f"the stored response of {self.url} is damaged: run scrapy verify")
        return body

    def as_raw(self) -> Raw:
        """Return it as it was given to the store."""
        return Raw(self.url, self.status, self.headers, self.body, self.seen, self.server)


def put(connection: sqlite3.Connection, key: str, asked: str, raw: Raw) -> int:
    """Keep a response and return its number; a body that is kept already is only seen again."""
    seen = raw.fetched.astimezone(UTC).isoformat(timespec="seconds")
    row: dict[str, Any] = {"key": key, "status": raw.status, "headers": as_json(scrub_headers(raw.headers))}
    row |= {"asked": text(scrub_url(asked, marked=True)), "url": text(scrub_url(raw.url, marked=True))}
    row |= {"sha256": hashlib.sha256(raw.body).hexdigest(), "fetched": seen, "seen": seen}
    row |= {"server": raw.server, "pruned": 0}
    known = connection.execute(
        "SELECT id, fetched, pruned FROM raw WHERE key = :key AND status = :status AND sha256 = :sha256", row
    ).fetchone()
    if known is None:
        row |= {"body": packed(raw.body), "checksum": seal("raw", row)}
        marks = ", ".join(f":{name}" for name in row)
        number = connection.execute(f"INSERT INTO raw ({', '.join(row)}) VALUES ({marks})", row).lastrowid
        assert number is not None
        return number
    row |= {"id": known[0], "fetched": known[1]}
    if known[2]:
        row["body"] = packed(raw.body)
    row["checksum"] = seal("raw", row)
    connection.execute(f"UPDATE raw SET {', '.join(f'{name} = :{name}' for name in row)} WHERE id = :id", row)
    return int(row["id"])


def last(connection: sqlite3.Connection, key: str) -> int | None:
    """Return the number of the response that an address last gave."""
    row = connection.execute("SELECT id FROM raw WHERE key = ? ORDER BY seen DESC, id DESC LIMIT 1", (key,)).fetchone()
    return int(row[0]) if row else None


def see_again(connection: sqlite3.Connection, number: int | None, now: str) -> None:
    """Note that a response, if it is kept, would come again as it came."""
    names = _FIELDS.split(", ")
    values = connection.execute(f"SELECT {_FIELDS}, pruned FROM raw WHERE id = ?", (number,)).fetchone()
    if values is not None:
        row = dict(zip((*names, "pruned"), values, strict=True)) | {"seen": now}
        connection.execute("UPDATE raw SET seen = ?, checksum = ? WHERE id = ?", (now, seal("raw", row), number))


def rows(
    connection: sqlite3.Connection, where: str = "1", values: tuple[Any, ...] = (), *, pruned: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Yield rows for `stored`: the responses whose bodies are kept (with `pruned` also the others), by number."""
    kept = "1" if pruned else "+pruned = 0"  # by number: the index of ages would have to be sorted
    listed = "(SELECT hints FROM url WHERE url.key = raw.key)"
    yield from connection.execute(f"SELECT {_FIELDS}, {listed} FROM raw WHERE {where} AND {kept} ORDER BY id", values)


def latest(connection: sqlite3.Connection, domains: Collection[str], most: int) -> list[int]:
    """Return the numbers of the last kept pages of some domains and those under them, `most` of each, oldest first.

    It goes over the archive once, however many domains there are.
    """
    taken: Counter[str] = Counter()
    chosen: list[int] = []
    for number, key in connection.execute(f"SELECT id, key FROM raw WHERE {PAGE} ORDER BY seen DESC, id DESC"):
        labels = host_of(key).partition(":")[0].split(".")
        names = (".".join(labels[n:]) for n in range(len(labels)))
        site = next((name for name in names if name in domains), None)
        if site and taken[site] < most:
            taken[site] += 1
            chosen.append(number)
    return chosen[::-1]


def stored(row: tuple[Any, ...], connection: sqlite3.Connection) -> StoredRaw:
    """Return what a row says.

    Raises:
        ValueError, TypeError: it is damaged.
    """
    number, key, asked, url, status, headers, sha256, fetched, seen, server, hints = row
    pairs = tuple((name, value) for name, value in orjson.loads(headers))
    times = datetime.fromisoformat(fetched), datetime.fromisoformat(seen)
    return StoredRaw(number, key, asked, url, status, pairs, sha256, *times, server, orjson.loads(hints), connection)


def prune(connection: sqlite3.Connection, before: str | None) -> int:
    """Empty some of the bodies last seen until a time (ISO 8601; None: all); 0 when none is left."""
    return _empty(connection, "seen <= ?", before or _NEVER)


def prune_listings(connection: sqlite3.Connection, key: str) -> None:
    """Empty what listed an address: the bodies of all listings of its spider, which hold its headline and summary."""
    listings = (
        "key IN (SELECT key FROM url WHERE kind <> 'article' AND spider = (SELECT spider FROM url WHERE key = ?))"
    )
    while _empty(connection, listings, key):
        pass


def _empty(connection: sqlite3.Connection, where: str, value: str) -> int:
    """Empty some bodies: what was fetched, when and from where stays known, and its hash with it."""
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM raw WHERE pruned = 0 AND {where} LIMIT {_PIECE}", (value,)
    ).fetchall()
    names = _FIELDS.split(", ")
    for values in rows:
        row = dict(zip(names, values, strict=True)) | {"pruned": 1}
        connection.execute(
            "UPDATE raw SET body = x'', pruned = 1, checksum = ? WHERE id = ?", (seal("raw", row), row["id"])
        )
    return len(rows)
