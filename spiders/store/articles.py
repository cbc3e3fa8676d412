"""Articles and their revisions inside a transaction of the store: what is new, unchanged or changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from extractors import Article
from spiders.record import Change, Record
from spiders.values import as_json, storable

_FIELDS = (  # with columns of their own; every field is in the JSON
    *("headline", "standfirst", "body", "byline", "agency", "outlet", "site", "section", "language"),
    *("published", "modified", "template"),
)
_READ = "headline", "standfirst", "body", "corrections"  # what a reader reads: a change of these is a revision
_KEPT = "address, version, raw, content_hash, first_seen, last_seen, headline, body, article, sha256"


def put(
    connection: sqlite3.Connection, address: str, article: Article, *, key: str, raw: int | None, now: str
) -> Change:
    """Insert the article or bring its row up to date; an earlier text becomes a revision.

    Fields that a reader does not see may change without a revision: the row then holds what was extracted last.
    """
    data = storable(article.as_dict())
    form = as_json(data)
    row: dict[str, Any] = {name: data[name] for name in _FIELDS}
    row |= {"address": address, "key": key, "raw": raw, "authors": as_json(data["authors"]), "article": form}
    row |= {"content_hash": _content_hash(data), "sha256": hashlib.sha256(form.encode()).hexdigest()}
    row |= {"first_seen": now, "last_seen": now, "version": 1}
    known = connection.execute("SELECT version, content_hash FROM article WHERE address = ?", (address,)).fetchone()
    if known is None:
        marks = ", ".join(f":{name}" for name in row)
        connection.execute(f"INSERT INTO article ({', '.join(row)}) VALUES ({marks})", row)
        return Change.NEW
    row["version"], content_hash = known
    changed = content_hash != row["content_hash"]
    if changed:
        connection.execute(
            f"INSERT INTO article_revision ({_KEPT}) SELECT {_KEPT} FROM article WHERE address = ?", (address,)
        )
        row["version"] += 1
    written = [name for name in row if name not in ("address", "first_seen")]
    assignments = ", ".join(f"{name} = :{name}" for name in written)
    connection.execute(f"UPDATE article SET {assignments} WHERE address = :address", row)
    return Change.CHANGED if changed else Change.UNCHANGED


def read(connection: sqlite3.Connection, table: str, address: str | None = None) -> Iterator[Record]:
    """Yield the records of `article` or `article_revision`, all or those of one address, by address and version."""
    where, values = ("WHERE address = ?", (address,)) if address else ("", ())
    for row in connection.execute(
        f"SELECT address, article, version, content_hash, first_seen, last_seen FROM {table} {where} "
        "ORDER BY address, version",
        values,
    ):
        name, form, version, content_hash, first, last = row
        yield Record(name, Article.from_dict(json.loads(form)), version, content_hash, first, last)


def _content_hash(data: dict[str, Any]) -> str:
    return hashlib.sha256(as_json([data[name] for name in _READ]).encode()).hexdigest()
