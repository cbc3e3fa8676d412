"""A lease of an address and how it ends: what the spider takes from the store, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractors import Article
from spiders.bounds import Bounds
from spiders.manners.validators import Validators
from spiders.record import Change, Kind, Link, Passed, Raw, State
from spiders.rights.statement import Statement


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to fetch one address in one run; a `Finish` ends it."""

    key: str
    url: str
    kind: Kind
    run: int
    attempt: int
    hints: Mapping[str, str]
    validators: Validators | None = None  # of what stands in the store
    stored: bool = False  # it has led to an article


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of a lease: what came of it, as `Store.finish_all` takes it.

    `flag` says why the page is no article: where its address has one, that stays, and the page is a flagged revision.
    """

    lease: Lease
    raw: Raw | None = None
    links: tuple[Link, ...] = ()
    article: Article | None = None
    state: State = State.DONE
    reason: str | None = None
    retry_in: float | None = None  # seconds after which a failed address is due again by itself
    flag: str | None = None
    rights: tuple[Statement, ...] | None = None  # what the site says of its use; None where it was not asked
    passed: tuple[Passed, ...] = ()  # what a listing lists beside its links
    unchanged: bool = False  # the site says that it is what stands in the store
    reading: str | None = None  # names the way in which it was read
    published: str | None = None  # when it says that it was, for what lies outside the dates asked for
    bounds: Bounds | None = None  # what the run was asked to keep to
    terms: str | None = None  # by which the run judges what it may fetch


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finish did: `change` where an article is concerned.

    `state` and `reason` are the store's: failed for what could not be stored, excluded for what was forgotten; `kind`
    is then what the outcome counts as.
    """

    state: State = State.DONE
    change: Change | None = None
    reason: str | None = None
    kind: str = ""
    known: int = 0  # addresses that a listing lists and that the run has no need of
    over: tuple[Passed, ...] = ()  # those that are beyond what a run takes of a host
    article: Article | None = None  # that the site says is unchanged
