"""What the crawl knows of a page: how it is fetched and kept. What the page says is an `Article`.

Plain nouns that the spider, the store and the ledger share. No SQL here (`store`), no counting (`ledger`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from extractors import Article
from extractors.engine import prose
from spiders.rights.statement import Statement


class Kind(StrEnum):
    """What an address is fetched for."""

    FEED = "feed"
    SECTION = "section"
    SITEMAP = "sitemap"
    FRONT = "front"
    ARTICLE = "article"


class State(StrEnum):
    """Where an address stands in the frontier; the last three end a lease."""

    NEW = "new"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"
    EXCLUDED = "excluded"


class Change(StrEnum):
    """What storing an article did."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    KEPT = "kept"  # the stored text is the better one: what came is a flagged revision


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page or a person listed. `hints` is JSON: the feed's headline, summary and date."""

    url: str
    kind: Kind = Kind.ARTICLE
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passed:
    """An address that was listed and left where it was, and why; `trap` names what would lead on without end."""

    url: str
    reason: str
    trap: str | None = None
    dated: bool = False  # it is an article, of another time than the run was asked for
    taken: bool = False  # under another address


@dataclass(frozen=True, slots=True)
class Listing:
    """How a feed or section page of a run fared; `used_to` is how many articles it listed when it last listed any."""

    url: str
    state: State
    reason: str | None
    passing: bool  # it failed, and is due again by itself
    listed: int
    used_to: int
    found: bool = False  # nobody has given it: a site announced it, or it was looked for at a usual place

    @property
    def unread(self) -> bool:
        """Say whether the run ended before it came to it."""
        return self.state in (State.NEW, State.LEASED)


@dataclass(frozen=True, slots=True)
class Raw:
    """A response as it came: `url` is the address that answered, `body` is decoded of its transfer encoding only.

    `server` is the IP address that answered.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: datetime
    server: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A stored article and what the crawl knows of it; a revision has the version that it was.

    `extractor` and `template` say what made it (`extractor` is None for rows of the first Copydesk); `raw` is the
    number of the response that it was read from; `flag` says why a revision did not replace the article; `rights` is
    what the site said of its use when it was last fetched (of a revision nothing is kept); `suspect` says why the
    article is in doubt: it shows what has changed at its site (`scrapy drift`).
    """

    address: str
    article: Article
    version: int
    first_seen: str
    last_seen: str
    extractor: str | None = None
    template: str = "generic"
    raw: int | None = None
    flag: str | None = None
    rights: tuple[Statement, ...] = ()
    suspect: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl as its books have it; `ended` is None for one that died or goes on. Times are ISO 8601.

    `status` is what the shell was told, `outcomes` counts its articles by kind, `entry` is that of the plan it was for.
    """

    number: int
    spider: str
    started: str
    ended: str | None
    reason: str | None
    counts: Mapping[State, int]
    status: int | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict)
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that failed, and why; `due` is the time (Unix) of the next try, None where none is planned."""

    url: str
    run: int
    attempts: int
    reason: str
    due: float | None


@dataclass(frozen=True, slots=True)
class Damage:
    """A row that is not what was written, or a file that cannot be read: `name` is the row's address, "" for all."""

    table: str
    name: str
    fault: str


def word_count(body: str) -> int:
    """Count the words of an article's body, in which they stand apart by one blank or by line breaks.

    Counting what parts them takes a tenth of the time of a list of words: a crawl stands still while it counts. Where
    nothing parts them, two characters count as one.

    >>> word_count("The ferry is back.\\n\\nIt leaves at ten."), word_count("記者が会見した。"), word_count("")
    (8, 3, 0)
    """
    if prose.unspaced(body):
        return prose.word_count(body)
    return body.count(" ") + body.count("\n") - body.count("\n\n") + 1 if body else 0
