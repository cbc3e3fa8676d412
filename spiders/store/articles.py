"""Articles and their revisions inside a transaction of the store: new, unchanged, changed, or worse and flagged."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from extractors import Article
from spiders.addresses import site_of
from spiders.edition import extractor
from spiders.lease import Lease
from spiders.record import Change, Record
from spiders.rights.statement import Statement
from spiders.store import vitals
from spiders.store.checks import COVERED, seal
from spiders.surfaces.scrubbing import scrub_article
from spiders.surfaces.values import as_json, as_utf8, storable

_FIELDS = (  # with columns of their own; every field is in the JSON
    *("headline", "standfirst", "body", "byline", "agency", "outlet", "site", "section", "language"),
    *("published", "modified", "template"),
)
_READ = "headline", "standfirst", "body", "corrections"  # what a reader reads: a change of these is a revision
_KEPT = (  # of an article by its revision; the flag is the revision's own
    *("address", "version", "raw", "content_hash", "first_seen", "last_seen", "headline", "body", "template"),
    *("extractor", "article", "sha256"),
)
_OF_ANOTHER = """
    SELECT body FROM article JOIN url USING (key)
    WHERE article.address = :address AND key <> :key AND (run = :run AND state = 'done'
        OR state IN ('done', 'new', 'leased') AND :key <> :address
            AND (SELECT found_on FROM url WHERE key = :key) IS NOT NULL)"""
_SUSPECT = "SELECT suspect FROM vital WHERE vital.key = article.key AND stands"
_NEXT = """
    SELECT 1 + max(version) FROM
        (SELECT version FROM article WHERE address = ?1
         UNION ALL SELECT version FROM article_revision WHERE address = ?1)"""


def put(
    connection: sqlite3.Connection,
    address: str,
    article: Article,
    *,
    key: str,
    raw: int | None,
    now: str,
    flag: str | None = None,
    rights: Sequence[Statement] | None = None,
) -> Change:
    """Insert the article or bring its row up to date; an earlier text becomes a revision.

    Fields that a reader does not see may change without a revision: the row then holds what was extracted last.
    What is worse than the stored text (see `worse`), or comes with a flag, becomes a flagged revision itself.

    Args:
        rights: what the site says of the use of the page; None leaves what is known of that.
    """
    row = _row(address, article, key=key, raw=raw, now=now)
    row["rights"] = None if rights is None else as_json([one.as_dict() for one in rights])
    known = connection.execute(
        "SELECT version, content_hash, first_seen, body, rights FROM article WHERE address = ?", (address,)
    ).fetchone()
    if known is None:
        _insert(connection, "article", row)
        return Change.NEW
    row["version"], content_hash, row["first_seen"], body, said = known
    if rights is None:
        row["rights"] = said
    changed = content_hash != row["content_hash"]
    if flag := flag or (worse(row["body"], body) if changed else None):
        _keep_flagged(connection, row | {"flag": flag, "first_seen": now})
        return Change.KEPT
    if changed:
        (old,) = connection.execute(f"SELECT {', '.join(_KEPT)} FROM article WHERE address = ?", (address,))
        _insert(connection, "article_revision", dict(zip(_KEPT, old, strict=True)) | {"flag": None})
        (row["version"],) = connection.execute(_NEXT, (address,)).fetchone()
    row["checksum"] = seal("article", row)
    assignments = ", ".join(f"{name} = :{name}" for name in row)
    connection.execute(f"UPDATE article SET {assignments} WHERE address = :address", row)
    return Change.CHANGED if changed else Change.UNCHANGED


def see_again(connection: sqlite3.Connection, address: str, now: str) -> Record | None:
    """Note that an article still stands as it is stored, and return it; None where none is stored."""
    covered = COVERED["article"]
    values = connection.execute(f"SELECT {', '.join(covered)} FROM article WHERE address = ?", (address,)).fetchone()
    if values is None:
        return None
    row = dict(zip(covered, values, strict=True)) | {"last_seen": now}
    connection.execute(
        "UPDATE article SET last_seen = ?, checksum = ? WHERE address = ?", (now, seal("article", row), address)
    )
    return record(next(iter(rows(connection, "article", "address = ?", (address,)))))


def age(connection: sqlite3.Connection, address: str) -> tuple[str | None, str]:
    """Return when an article was published, as far as is known, and when it was first seen (ISO 8601)."""
    row = connection.execute("SELECT published, first_seen FROM article WHERE address = ?", (address,)).fetchone()
    published, first_seen = row
    return published, first_seen


def worse(body: str, than: str) -> str | None:
    """Say why a text must not replace another: it is empty, or has less than half of its words.

    >>> worse("Access denied.", "Five words make a text.")
    'shorter: 2 words after 5'
    """
    if not body.strip():
        return "empty" if than.strip() else None
    now, before = _words(body), _words(than)
    return f"shorter: {now} words after {before}" if 2 * now < before else None


def address_at(connection: sqlite3.Connection, keys: tuple[str, str]) -> str | None:
    """Return the address of the article that stands at one of two addresses, or came from there."""
    row = connection.execute(
        "SELECT address FROM article WHERE address IN (?1, ?2) OR key IN (?1, ?2) ORDER BY address", keys
    ).fetchone()
    return str(row[0]) if row else None


def read_from(connection: sqlite3.Connection, raw: int) -> str | None:
    """Return the address of the article that was read from a response."""
    row = connection.execute("SELECT address FROM article WHERE raw = ?", (raw,)).fetchone()
    return str(row[0]) if row else None


def of_another(connection: sqlite3.Connection, address: str, lease: Lease) -> str | None:
    """Return the text of the article at an address, where it is another address that brings it.

    That is one which brought it in this run or, where a listing lists another than its own, in an earlier one.
    """
    row = connection.execute(_OF_ANOTHER, {"address": address, "key": lease.key, "run": lease.run}).fetchone()
    return str(row[0]) if row else None


def move(connection: sqlite3.Connection, address: str, to: str) -> None:
    """Give an article and its revisions another address; rows that are not what was written stay so."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table in ("article", "article_revision"):
        columns = COVERED[table]
        found = connection.execute(
            f"SELECT rowid, checksum, {', '.join(columns)} FROM {table} WHERE address = ?", (address,)
        )
        for number, checksum, *values in found.fetchall():
            row = dict(zip(columns, values, strict=True))
            sound = checksum == seal(table, row)
            connection.execute(
                f"UPDATE {table} SET address = ?, checksum = ? WHERE rowid = ?",
                (to, seal(table, row | {"address": to}) if sound else checksum, number),
            )
    connection.execute("UPDATE url SET article = ? WHERE article = ?", (to, address))


def unite(connection: sqlite3.Connection, address: str, into: str) -> None:
    """Make of an article, with its revisions, flagged revisions of another one that tells the same story."""
    own = f"SELECT {', '.join(_KEPT)} FROM"
    told = connection.execute(
        f"{own} article_revision WHERE address = ?1 UNION ALL {own} article WHERE address = ?1", (address,)
    )
    for values in told.fetchall():
        row = dict(zip(_KEPT, values, strict=True)) | {"address": into, "flag": f"once kept at {address}"}
        (row["version"],) = connection.execute(_NEXT, (into,)).fetchone()
        _insert(connection, "article_revision", row)
    for table in ("article_revision", "article"):
        connection.execute(f"DELETE FROM {table} WHERE address = ?", (address,))
    connection.execute("UPDATE url SET article = ? WHERE article = ?", (into, address))


def numbers(connection: sqlite3.Connection) -> Counter[str]:
    """Count the articles by site."""
    host = "substr(address, 9, instr(substr(address, 9) || '/', '/') - 1)"
    found: Counter[str] = Counter()
    for name, number in connection.execute(f"SELECT {host} AS host, count(*) FROM article GROUP BY host"):
        found[site_of(f"https://{name}/") or "-"] += number
    return found


def rows(
    connection: sqlite3.Connection, table: str, where: str = "1", values: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, ...]]:
    """Yield rows of `article` or `article_revision` for `record`, by address and version."""
    own = "flag, NULL, NULL" if table == "article_revision" else f"NULL, rights, ({_SUSPECT})"
    yield from connection.execute(
        "SELECT sha256, address, article, version, first_seen, last_seen, extractor, template, raw, "
        f"{own} FROM {table} WHERE {where} ORDER BY address, version",
        values,
    )


def record(row: tuple[Any, ...]) -> Record:
    """Return what a row says.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is damaged.
    """
    sha256, address, form, version, first, last, extractor, template, raw, flag, rights, suspect = row
    if hashlib.sha256(form.encode()).hexdigest() != sha256:
        raise ValueError(f"the article of {address} is not what was written")
    said = tuple(Statement.from_dict(one) for one in orjson.loads(rights or "[]"))
    article = Article.from_dict(orjson.loads(form))
    doubt = vitals.reason(suspect)
    return Record(address, article, version, first, last, extractor, template, raw, flag, said, doubt)


def _row(address: str, article: Article, *, key: str, raw: int | None, now: str) -> dict[str, Any]:
    data = scrub_article(article).as_dict()
    form = as_utf8(data)
    row: dict[str, Any] = {name: storable(data[name]) for name in _FIELDS}
    row |= {"address": address, "key": key, "raw": raw, "authors": as_json(data["authors"]), "article": form.decode()}
    row |= {"content_hash": _content_hash(data), "sha256": hashlib.sha256(form).hexdigest()}
    return row | {"first_seen": now, "last_seen": now, "version": 1, "extractor": extractor()}


def _keep_flagged(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    """Insert a flagged revision; one that says the same already is only seen again."""
    known = connection.execute(
        "SELECT version, first_seen FROM article_revision "
        "WHERE address = :address AND content_hash = :content_hash AND flag = :flag",
        row,
    ).fetchone()
    if known:
        row["version"], row["first_seen"] = known
        connection.execute("DELETE FROM article_revision WHERE address = :address AND version = :version", row)
    else:
        (row["version"],) = connection.execute(_NEXT, (row["address"],)).fetchone()
    _insert(connection, "article_revision", {name: row[name] for name in (*_KEPT, "flag")})


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    row = row | {"checksum": seal(table, row)}
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


def _words(text: str) -> int:
    """Count words; where they are not parted by spaces, twelve characters count as one."""
    words = text.split()
    return max(len(words), sum(map(len, words)) // 12)


def _content_hash(data: dict[str, Any]) -> str:
    return hashlib.sha256(as_utf8([data[name] for name in _READ])).hexdigest()
