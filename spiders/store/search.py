"""What a reader may ask for, as the tests of a query and their values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import chain
from typing import Any

from spiders.addresses import kept_at, key_of

_LAST = "SELECT id FROM raw AS r WHERE r.key = raw.key ORDER BY seen DESC, id DESC LIMIT 1"
PAGE = (  # what says what an article is: the response it was read from, and the last one of its address
    "NOT pruned AND key IN (SELECT key FROM url WHERE kind = 'article') "
    f"AND (id = ({_LAST}) OR id IN (SELECT raw FROM article))"
)
_WHEN = "coalesce(julianday(published), julianday(first_seen))"
_HAS = "fold_case(coalesce(headline, '') || ' ' || coalesce(standfirst, '') || ' ' || body) LIKE ? ESCAPE '\\'"
_SUSPECT = "key IN (SELECT key FROM vital WHERE stands AND suspect <> '{}')"
Query = tuple[str, tuple[Any, ...]]


def articles(
    address: str | None,
    site: str | None,
    since: date | None,
    until: date | None,
    words: Sequence[str],
    run: int | None,
    newest: int | None,
    suspect: bool,
) -> Query:
    """Return the tests of `Reader.records`."""
    tests: list[tuple[str, Any]] = []
    if address:
        test, forms = at(address)
        tests.append((f"({test} OR key = ?)", (*forms, key_of(address))))
    if run is not None:
        tests.append(("key IN (SELECT key FROM url WHERE run = ?)", run))
    if since:
        tests.append((f"{_WHEN} >= julianday(?)", moment(since).isoformat()))
    if until:
        end = "<= julianday(?)" if isinstance(until, datetime) else "< julianday(?) + 1"
        tests.append((f"{_WHEN} {end}", moment(until).isoformat()))
    tests += [(_HAS, f"%{_literal(word.casefold())}%") for word in words]
    tests += [(_SUSPECT, ())] if suspect else []
    where, values = joined([*tests, *_site("address", site)])
    if newest is None:
        return where, values
    chosen = f"SELECT address FROM article WHERE {where} ORDER BY {_WHEN} DESC, address LIMIT ?"
    return f"address IN ({chosen})", (*values, newest)


def responses(site: str | None, since: date | None) -> Query:
    """Return the tests of `Reader.raws`."""
    tests = [("julianday(seen) >= julianday(?)", moment(since).isoformat())] if since else []
    return joined([*tests, *_site("key", site)])


def at(address: str) -> Query:
    """Return the test that something is kept at an address, also by a form of it of which an older Copydesk knew."""
    return "address IN (?, ?)", (address, kept_at(address))


def of_run(run: int | None) -> Query:
    """Return the test that a row is of a run; None: of any."""
    return joined([("run = ?", run)] if run is not None else [])


def joined(tests: Sequence[tuple[str, Any]]) -> Query:
    """Return tests that must all hold as one, with their values."""
    values = chain.from_iterable(value if isinstance(value, tuple) else (value,) for _, value in tests)
    return " AND ".join(test for test, _ in tests) or "1", tuple(values)


def _site(column: str, site: str | None) -> list[tuple[str, Any]]:
    """Return the test that an address is of a domain or of one under it."""
    return [(f"is_of({column}, ?)", site)] if site else []


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def moment(when: date) -> datetime:
    """Return the beginning of a day, in UTC; an instant is itself."""
    return when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)
