"""Where an article is kept, inside a transaction of the store: one article is one row, and two are never one.

`claims` says which address is an article's own, and which may be; here it is looked at what stands there. Another
page's article is overwritten by nothing that does not tell the same story.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from extractors import Article
from spiders.addresses import kept_at
from spiders.claims import address_of, others_of, tells_enough
from spiders.lease import Lease
from spiders.store import articles
from spiders.surfaces.values import text

_WORDS = 4  # in a row, that two texts have to share
_LETTERS = 12  # the same where words have no spaces
_SHARE = 0.85  # of these in the shorter text, that are in the other one as well


class Place(NamedTuple):
    """An article's address; `duplicate`: it is another address that brings the article, in this run or always."""

    address: str
    duplicate: bool


class _Row(NamedTuple):
    address: str
    key: str
    body: str


def place(connection: sqlite3.Connection, article: Article, url: str, lease: Lease) -> Place:
    """Return where an article is to be kept that came from `url`.

    Under the address that its page claims, unless an article of another page stands there that tells another story:
    under its own then. And where nothing stands there yet, with the same text that is kept under another form of it.
    """
    own, address = text(kept_at(url)), text(address_of(article, url))
    there = _at(connection, address)
    if there and there.key != lease.key and not same(article.body, there.body):
        if address == own:
            _move_on(connection, there)
        address = own
        there = _at(connection, own)
    if there is None and (there := _elsewhere(connection, article, url, lease)):
        address = there.address
    known = there is not None and there.key != lease.key and same(article.body, there.body)
    return Place(address, known and articles.of_another(connection, address, lease) is not None)


def same(body: str, other: str) -> bool:
    """Say whether two texts tell one story: half of the shorter one's paragraphs are in the other, or nearly all of it.

    The second page of a long story, or the pages of a site that all call themselves the same, do not.

    >>> same("The ferry is back at its quay.", "The ferry is back at its quay. It leaves at ten.")
    True
    >>> same("The ferry is back at its quay.", "The mayor will not stand again.")
    False
    """
    one, two = set(body.split("\n\n")), set(other.split("\n\n"))
    if 2 * len(one & two) >= min(len(one), len(two)):
        return True
    one, two = _runs(body), _runs(other)
    return len(one & two) >= _SHARE * min(len(one), len(two))


def _runs(body: str) -> set[str]:
    """Return what a text has of words in a row; a short text is one run."""
    words = body.split()
    if sum(map(len, words)) > 12 * len(words):
        letters = "".join(words)
        return {letters[n : n + _LETTERS] for n in range(max(1, len(letters) - _LETTERS + 1))}
    return {" ".join(words[n : n + _WORDS]) for n in range(max(1, len(words) - _WORDS + 1))}


def _at(connection: sqlite3.Connection, address: str) -> _Row | None:
    row = connection.execute("SELECT address, key, body FROM article WHERE address = ?", (address,)).fetchone()
    return _Row(*row) if row else None


def _elsewhere(connection: sqlite3.Connection, article: Article, url: str, lease: Lease) -> _Row | None:
    """Return the article that was read from this address before, or stands under another form of it, if it is this."""
    forms = [text(other) for other in others_of(article, url)] if tells_enough(article.body) else []
    older = _older(connection, text(kept_at(url))) if forms else []
    forms += older
    marks = ", ".join("?" * len(forms))
    rows = connection.execute(
        f"SELECT address, key, body FROM article WHERE key = ? OR address IN ({marks})", (lease.key, *forms)
    )
    found = {row[0]: _Row(*row) for row in rows if same(article.body, row[2])}
    before = next((row for row in found.values() if row.key == lease.key), None)
    chosen = before or next((found[form] for form in forms if form in found), None)
    for form in older:
        if chosen and form in found and form != chosen.address:  # they were two by that parameter alone
            articles.unite(connection, form, chosen.address)
    return chosen


def _older(connection: sqlite3.Connection, own: str) -> list[str]:
    """Return the addresses under which an article was kept while a parameter in them was not known to say nothing."""
    if "?" in own:
        return []
    rows = connection.execute("SELECT address FROM article WHERE address > ?1 || '?' AND address < ?1 || '@'", (own,))
    return [address for (address,) in rows if kept_at(address) == own]


def _move_on(connection: sqlite3.Connection, there: _Row) -> None:
    """Give an article back its own address, where it only claims the one that it is kept under.

    The page that answers there is another one: its story is none of the other's versions.
    """
    raw = connection.execute(
        "SELECT raw.url FROM article JOIN raw ON raw.id = article.raw WHERE address = ?", (there.address,)
    ).fetchone()
    own = text(kept_at(raw[0])) if raw else there.address
    if own != there.address and _at(connection, own) is None:
        articles.move(connection, there.address, own)
