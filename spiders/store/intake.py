"""What enters the frontier, inside a transaction of the store: what a run begins with, and what its listings list.

An address that somebody gave is due in every run. One that a listing lists is fetched once: it is due when it is new,
and again when its own time (`due`) has come. `frontier` deals out what is due.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from extractors.article import parse_when
from spiders.addresses import host_of, key_of, twin_of
from spiders.bounds import Bounds
from spiders.claims import plain_of
from spiders.lease import Lease
from spiders.record import Kind, Link, Passed
from spiders.store.frontier import MAX_ATTEMPTS
from spiders.store.hosts import FARTHEST
from spiders.surfaces.values import as_json, iso, text

_ADD = """
    INSERT INTO url (key, url, host, kind, spider, state, due, hints, found_on, run)
    SELECT :key, :url, :host, :kind, :spider, 'new', 0, :hints, :found_on, :run
    WHERE NOT EXISTS (SELECT 1 FROM forgotten WHERE address = :key)"""
# An address that is fetched as something else than before has nothing stored that could be unchanged. Who gives an
# article's address does not take it from the spider that watches it.
_GIVE = f"""{_ADD}
    ON CONFLICT (key) DO UPDATE SET url = excluded.url, host = excluded.host, kind = excluded.kind,
        spider = CASE WHEN url.kind = 'article' AND excluded.kind = 'article' THEN url.spider ELSE excluded.spider END,
        answered = CASE url.kind WHEN excluded.kind THEN answered END,
        state = 'new', attempts = 0, due = 0, reason = NULL,
        hints = CASE excluded.hints WHEN '{{}}' THEN url.hints ELSE excluded.hints END, run = excluded.run
    WHERE run <> excluded.run"""
# A run of sites that a person named takes over what is theirs: their links say so.
_THEIRS = "(:sites IS NULL OR hints ->> 'domains' IN (SELECT value FROM json_each(:sites)))"
# What a run of the last day had done when it was broken off is not done again by the one that goes on with it.
_BROKEN = """
    SELECT id FROM run WHERE id <> :run AND spider = :spider AND (ended IS NULL OR reason <> 'finished')
        AND julianday(:started) - julianday(started) < 1"""
_CARRY = f"UPDATE url SET run = :run WHERE kind = 'article' AND state IN ('done', 'excluded') AND run IN ({_BROKEN})"
_CARRY_ONE = f"{_CARRY} AND key = :key"
# Of an address that is due again by itself; a failure that is due at a time beyond all pauses is due by another clock.
_RIPE = """(state = 'new' OR state IN ('done', 'excluded') AND due <= :now
        OR state = 'failed' AND (due <= :now OR due > :now + :farthest) AND attempts < :most)"""
_TAKE = """
    UPDATE url SET run = :run, state = 'new',
        due = CASE WHEN state IN ('new', 'done') AND due <= :now + :farthest THEN due ELSE 0 END,
        attempts = CASE WHEN state IN ('new', 'failed') THEN attempts ELSE 0 END"""
# The same in three parts, for the sake of the index: nearly all that a spider knows is done and never due again.
_ADOPT = f"""{_TAKE} WHERE kind = 'article' AND {_THEIRS} AND rowid IN (
        SELECT rowid FROM url WHERE spider = :spider AND state = 'new'
        UNION ALL SELECT rowid FROM url WHERE spider = :spider AND state IN ('done', 'excluded') AND due <= :now
        UNION ALL SELECT rowid FROM url WHERE spider = :spider AND state = 'failed' AND {_RIPE})"""
_TAKE_ONE = f"{_TAKE}, spider = :spider, hints = CASE :hints WHEN '{{}}' THEN hints ELSE :hints END WHERE key = :key"
_KNOWN = f"""
    SELECT run = :run, kind, spider, {_RIPE}, state = 'excluded', published,
        CASE WHEN answered IS NULL THEN reading END FROM url WHERE key = :key"""
# Listings of a site may name its host with and without www., and a page beside its AMP form: both lead to one page,
# unless one leads nowhere.
_TWIN = """
    SELECT key FROM url WHERE key IN (SELECT value FROM json_each(:twins)) AND kind = 'article' AND state <> 'failed'"""
# The listings that a listing listed when it was last read: what it does not list any more stays with an earlier run.
_UNDER = """
    UPDATE url SET run = :run, state = 'new', attempts = 0, due = 0, reason = NULL
    WHERE found_on = :key AND kind <> 'article' AND state <> 'excluded' AND run = (
        SELECT max(run) FROM url WHERE found_on = :key AND kind <> 'article' AND run <> :run)"""
# Two listings of a run may list one article, and one of them know more of it.
_TELL = "UPDATE url SET hints = json_patch(:hints, hints) WHERE key = :key AND kind = :kind AND state = 'new'"
# By state, for the sake of the index: a run may have a million addresses.
_TAKEN = """
    SELECT count(*) FROM (SELECT 1 FROM url WHERE run = :run AND host = :host AND kind = 'article'
        AND state IN ('new', 'leased', 'done', 'failed', 'excluded') LIMIT :most)"""
_OVER = "left for the next run: one run takes {:,} of a host's listings (HOST_BUDGET)"
_OWN = "SELECT count(*) FROM url WHERE run = ? AND found_on = ? AND kind = 'article'"
# By run, for the sake of the index.
_FREE = "UPDATE url SET state = 'new' WHERE state = 'leased' AND run IN (SELECT id FROM run)"


class Found(NamedTuple):
    """What a listing brought: how many articles are `known` and not due, and what is `over` the budget of a host."""

    known: int
    over: tuple[Passed, ...]


class _Standing(NamedTuple):
    ours: bool  # of this run
    kind: str
    spider: str
    ripe: bool


def begin(
    connection: sqlite3.Connection,
    spider: str,
    links: Iterable[Link],
    *,
    resume: bool,
    now: float,
    sites: Iterable[str] | None = None,
) -> int:
    """Open a run, with every lease of a dead one, and make `links` due.

    With `resume`, take over what is due of the spider's articles, and what an interrupted run had done; with `sites`,
    of them only what belongs to these.
    """
    connection.execute(_FREE)
    started = iso(now)
    run = connection.execute("INSERT INTO run (spider, started) VALUES (?, ?)", (spider, started)).lastrowid
    assert run is not None
    if resume:
        theirs = None if sites is None else as_json(list(sites))
        fixed = {"run": run, "spider": spider, "started": started, "sites": theirs}
        connection.execute(_ADOPT, fixed | _times(now))
        connection.execute(f"{_CARRY} AND {_THEIRS}", fixed)
    give(connection, links, run=run)
    return run


def give(connection: sqlite3.Connection, links: Iterable[Link], *, run: int) -> None:
    """Make addresses due in a run, each once, but for what was forgotten or was done before an interruption."""
    spider, started = connection.execute("SELECT spider, started FROM run WHERE id = ?", (run,)).fetchone()
    fixed = {"run": run, "spider": spider, "started": started}
    for link in links:
        row = _row(link, text(key_of(link.url))) | fixed
        connection.execute(_CARRY_ONE, row)
        connection.execute(_GIVE, row | {"found_on": None})


def find(
    connection: sqlite3.Connection,
    links: Sequence[Link],
    *,
    lease: Lease,
    now: float,
    kept_to: tuple[Bounds | None, str | None] = (None, None),
    budget: int | None = None,
) -> Found:
    """Make what a listing lists due in its run: what is new, what is due again, and every listing.

    Args:
        kept_to: the bounds of the run and the terms by which it judges; what other ones have kept out is new.
        budget: how many articles of one host a run takes of its listings; None for any number.
    """
    if not links:
        return Found(0, ())
    (spider,) = connection.execute("SELECT spider FROM run WHERE id = ?", (lease.run,)).fetchone()
    fixed = {"run": lease.run, "spider": spider, "found_on": lease.key} | _times(now)
    known, over, room = 0, list[Passed](), _Room(connection, lease.run, budget)
    for link, key in sorted(((link, text(key_of(link.url))) for link in links), key=_is_amp):
        row = _row(link, key) | fixed
        found = _standing(connection, row, *kept_to)
        if found is None and link.kind is Kind.ARTICLE and (twin := connection.execute(_TWIN, row).fetchone()):
            row |= {"key": twin[0]}
            found = _standing(connection, row, *kept_to)
        wanted = found is None or (not found.ours and found.ripe)
        if wanted and link.kind is Kind.ARTICLE and not room.takes(row["host"]):
            over.append(Passed(link.url, _OVER.format(budget), "budget"))
            continue
        if found is None:
            connection.execute(_ADD, row)
        elif not found.ours:
            known += not _take(connection, row, found)
        elif link.kind is Kind.ARTICLE and link.hints:
            connection.execute(_TELL, row)
    return Found(known, tuple(over))


def _take(connection: sqlite3.Connection, row: Mapping[str, Any], found: _Standing) -> bool:
    """Take an address over from another run, if it is due again; tell whether it is."""
    if row["kind"] != Kind.ARTICLE:
        connection.execute(_GIVE, row)
        connection.execute("UPDATE url SET found_on = :found_on WHERE key = :key", row)
        return True
    if found.ripe and found.kind == row["kind"]:
        connection.execute(_TAKE_ONE, row)
        return True
    if found.spider != row["spider"] and found.kind == row["kind"]:  # it is watched by the spider that lists it
        connection.execute("UPDATE url SET spider = :spider WHERE key = :key", row)
    return False


def _standing(
    connection: sqlite3.Connection, row: Mapping[str, Any], bounds: Bounds | None, terms: str | None
) -> _Standing | None:
    """Say where an address stands; None for a new one. What other bounds or terms have kept out is ripe."""
    found = connection.execute(_KNOWN, row).fetchone()
    if found is None:
        return None
    ours, kind, spider, ripe, excluded, published, judged_by = found
    if excluded and published:
        ripe = not (bounds and bounds.outside(parse_when(published)))
    elif excluded and judged_by and terms:
        ripe = ripe or judged_by != terms
    return _Standing(bool(ours), kind, spider, bool(ripe))


class _Room:
    """How many more articles of each host a run takes of its listings; any number without a budget."""

    def __init__(self, connection: sqlite3.Connection, run: int, budget: int | None) -> None:
        self._connection, self._run, self._budget = connection, run, budget
        self._left: dict[str, int] = {}

    def takes(self, host: str) -> bool:
        """Take one more of a host, if there is room."""
        if self._budget is None:
            return True
        if host not in self._left:
            fixed = {"run": self._run, "host": host, "most": self._budget}
            (taken,) = self._connection.execute(_TAKEN, fixed).fetchone()
            self._left[host] = self._budget - taken
        self._left[host] -= 1
        return self._left[host] >= 0


def find_again(connection: sqlite3.Connection, lease: Lease, links: int) -> int:
    """Make due what is always due under a listing that has not changed: the listings that it lists.

    Returns:
        How many of its `links` are known and not due.
    """
    connection.execute(_UNDER, {"run": lease.run, "key": lease.key})
    (own,) = connection.execute(_OWN, (lease.run, lease.key)).fetchone()
    return max(0, links - int(own))


def _is_amp(listed: tuple[Link, str]) -> bool:
    """Tell the AMP form of a page, which comes after the pages that are listed plainly."""
    return plain_of(listed[1]) != listed[1]


def _row(link: Link, key: str) -> dict[str, str]:
    url, plain = text(link.url), plain_of(key)
    hints = as_json({name: str(value) for name, value in link.hints.items() if value})
    row = {"key": key, "url": url, "host": host_of(url), "kind": str(link.kind), "hints": hints}
    return row | {"twins": as_json(list({twin_of(key), plain, twin_of(plain)} - {key}))}


def _times(now: float) -> dict[str, float]:
    return {"now": now, "farthest": FARTHEST, "most": MAX_ATTEMPTS}
