"""The end of a lease inside a transaction of the store: all that one response brings, in its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from extractors import Article
from extractors.article import parse_when
from spiders.addresses import kept_at
from spiders.claims import address_of, others_of
from spiders.errors import StoreError
from spiders.lease import Finish, Finished, Lease
from spiders.manners.revisits import Revisits
from spiders.manners.validators import Validators, validators_of
from spiders.record import Change, Kind, Record, State
from spiders.rights.statement import Statement
from spiders.store import archive, articles, frontier, intake, oblivion, shapes, vitals, whereabouts
from spiders.store.archive import StoredRaw
from spiders.surfaces.values import iso, text


def write(
    connection: sqlite3.Connection,
    finish: Finish,
    *,
    due: float | None,
    at: float,
    watch: Revisits,
    budget: int | None = None,
) -> Finished:
    """Write a finish: the response, what it lists, its article, the new state; nothing of what was forgotten.

    Args:
        due: when (Unix time) an address that has failed may be tried again.
        at: the time, by which `watch` says when an article is looked at again.
        budget: how many articles of one host the run takes of its listings.
    Raises:
        ValueError: its lease is not open.
    """
    lease, raw = finish.lease, finish.raw
    if oblivion.is_forgotten(connection, _addresses(finish)):
        return _left_out(connection, lease, oblivion.REASON, "forgotten")
    if finish.unchanged:
        return _unchanged(connection, lease, at, watch)
    url = raw.url if raw else lease.url
    number = archive.put(connection, lease.key, lease.url, raw) if raw else None
    place = whereabouts.place(connection, finish.article, url, lease) if finish.article else None
    address = place and place.address
    if place and place.duplicate:
        return _left_out(connection, lease, oblivion.DUPLICATE + place.address, "duplicate", article=place.address)
    found = _find(connection, finish, at, budget)
    change = _keep_page(connection, finish, url=url, raw=number, address=address, at=at)
    stored_at = address or (frontier.article_of(connection, lease.key) if change is Change.KEPT else None)
    if stored_at and due is None:  # also where the page is worse now: it may come back
        due = _due_again(connection, stored_at, at, watch)
    frontier.end(
        connection,
        lease,
        finish.state,
        reason=finish.reason,
        due=due,
        article=address,
        published=finish.published,
        told=_validators(finish, change, whole=not found.over),
    )
    return Finished(finish.state, change, finish.reason, known=found.known, over=found.over)


def _left_out(
    connection: sqlite3.Connection, lease: Lease, reason: str, kind: str, article: str | None = None
) -> Finished:
    """End a lease on what is not to be stored."""
    frontier.end(connection, lease, State.EXCLUDED, reason=reason, article=article)
    return Finished(State.EXCLUDED, reason=reason, kind=kind)


def _find(connection: sqlite3.Connection, finish: Finish, at: float, budget: int | None) -> intake.Found:
    """Make due what a response lists; note how many articles a listing does, and what of it was passed over."""
    lease, links = finish.lease, finish.links
    if lease.kind is not Kind.ARTICLE:
        listed = sum(link.kind is Kind.ARTICLE for link in links) + sum(one.dated for one in finish.passed)
        frontier.note_listing(connection, lease, listed)
        shapes.pass_over(connection, finish.passed, lease.run)
    return intake.find(connection, links, lease=lease, now=at, kept_to=(finish.bounds, finish.terms), budget=budget)


def _keep_page(
    connection: sqlite3.Connection, finish: Finish, *, url: str, raw: int | None, address: str | None, at: float
) -> Change | None:
    """Store what a page says; note its vital signs, and whether addresses of its shape are articles."""
    lease, key, article, flag, rights = finish.lease, finish.lease.key, finish.article, finish.flag, finish.rights
    now = iso(at)
    change = _keep_article(
        connection, article, key=key, url=url, raw=raw, now=now, flag=flag, address=address, rights=rights
    )
    if lease.kind is Kind.ARTICLE:
        came = min(at, finish.raw.fetched.timestamp()) if finish.raw else at  # a page of an archive came when it did
        vitals.note(connection, key, url, article, flag, change, hints=lease.hints, raw=raw, now=iso(came))
        if change is Change.NEW or (flag and finish.state is State.EXCLUDED and not lease.stored):
            shapes.count(connection, lease.url, article=change is Change.NEW)
    return change


def _validators(finish: Finish, change: Change | None, *, whole: bool) -> Validators | None:
    """Return what the site may be asked with whether anything has changed: of what stands in the store, nothing else.

    Args:
        whole: nothing is left of a listing, which would have to be read again.
    Returns:
        None where what was noted before still holds.
    """
    lease, raw = finish.lease, finish.raw
    if finish.state is State.DONE and change is not Change.KEPT:
        listed = bool(finish.links) or any(one.dated for one in finish.passed)
        # What was read as a feed or sitemap is one; a page that lists nothing may stand in another's way.
        stands = finish.article is not None or listed or lease.kind in (Kind.FEED, Kind.SITEMAP)
        given = validators_of(raw, finish.reading) if raw and stands and whole else None
        return given or Validators("")
    if finish.state is State.EXCLUDED and lease.kind is Kind.ARTICLE and not finish.flag:
        return Validators("", reading=finish.reading)
    return None


def _unchanged(connection: sqlite3.Connection, lease: Lease, at: float, watch: Revisits) -> Finished:
    """End a lease on what the site says has not changed since it was stored."""
    if lease.kind is not Kind.ARTICLE:
        links = frontier.last_listed(connection, lease.key)
        frontier.end(connection, lease, State.DONE)
        frontier.note_listing(connection, lease, links)
        archive.see_again(connection, archive.last(connection, lease.key), iso(at))
        return Finished(known=intake.find_again(connection, lease, links))
    address = frontier.article_of(connection, lease.key)
    record = articles.see_again(connection, address, iso(at)) if address else None
    if address is None or record is None:
        reason = "HTTP 304, and no article of it is stored"
        frontier.end(connection, lease, State.FAILED, reason=reason)
        return Finished(State.FAILED, reason=reason, kind="HTTP 304")
    frontier.end(connection, lease, State.DONE, due=_due_again(connection, address, at, watch))
    archive.see_again(connection, record.raw, iso(at))
    return Finished(State.DONE, Change.UNCHANGED, article=record.article)


def _due_again(connection: sqlite3.Connection, address: str, at: float, watch: Revisits) -> float | None:
    """Say when an article is looked at again; None for never."""
    published, first_seen = articles.age(connection, address)
    return watch.due(at, published=parse_when(published), first_seen=datetime.fromisoformat(first_seen))


def _keep_article(
    connection: sqlite3.Connection,
    article: Article | None,
    *,
    key: str,
    url: str,
    raw: int | None,
    now: str,
    flag: str | None,
    address: str | None,
    rights: Sequence[Statement] | None = None,
) -> Change | None:
    """Store an article; or, with a flag, a page that is none where there is an article at its address.

    Args:
        address: the article's own, where it is not what `address_of` says.
        rights: what the site says of its use; None leaves what is known of that.
    """
    if article is not None:
        address = address or text(address_of(article, url))
        return articles.put(connection, address, article, key=key, raw=raw, now=now, flag=flag, rights=rights)
    known = articles.address_at(connection, (key, kept_at(url))) if flag else None
    if known is None:
        return None
    return articles.put(connection, known, Article(url=url), key=key, raw=raw, now=now, flag=flag)


def revise(
    connection: sqlite3.Connection, page: StoredRaw | Record, article: Article | None, flag: str | None
) -> Change | None:
    """Store what was read anew from a stored response: see `Store.revise`."""
    number, named = (page.raw, page.address) if isinstance(page, Record) else (page.number, page.url)
    rows = list(archive.rows(connection, "id = ?", (number,), pruned=True))
    if not rows:
        raise StoreError(f"the response of {named} is not known")
    raw = archive.stored(rows[0], connection)
    if article and oblivion.is_forgotten(connection, [address_of(article, raw.url)]):
        return None
    now, address = raw.seen.isoformat(), articles.read_from(connection, raw.number)
    change = _keep_article(
        connection, article, key=raw.key, url=raw.url, raw=raw.number, now=now, flag=flag, address=address
    )
    vitals.note(connection, raw.key, raw.url, article, flag, change, hints=raw.hints, raw=raw.number, now=now)
    if change is Change.NEW:
        frontier.mend(connection, raw.key)
    return change


def remains(finish: Finish, reason: str) -> Iterator[Finish]:
    """Yield what may still be stored of a finish that cannot be: its response, or the end of the lease alone."""
    parked = replace(
        finish, links=(), article=None, state=State.FAILED, reason=reason, retry_in=None, flag=None, unchanged=False
    )
    yield parked
    yield replace(parked, raw=None)


def _addresses(finish: Finish) -> Iterator[str]:
    """Yield the addresses under which a finish would store anything."""
    url = finish.raw.url if finish.raw else finish.lease.url
    yield finish.lease.key
    yield text(kept_at(url))
    if finish.article:
        yield text(address_of(finish.article, url))
        yield from map(text, others_of(finish.article, url))  # the printed form of what was forgotten comes back else
