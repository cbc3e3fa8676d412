"""A statement: one thing that a site says of the use of a page, with the address where it stands and the time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from extractors.text import fold
from spiders.surfaces.scrubbing import scrub_text, scrub_url
from spiders.surfaces.values import text

_LONGEST = 500  # characters of what is said that are kept


class What(StrEnum):
    """What a statement is about: the names that `RESPECT` takes."""

    ROBOTS = "robots"  # robots.txt: may the page be fetched
    TDM = "tdm"  # TDM Reservation Protocol: is text and data mining reserved
    AI_TXT = "ai.txt"  # may it be used to train models
    CONTENT_SIGNAL = "content-signal"  # a line of robots.txt: search, ai-input, ai-train
    NOAI = "noai"  # robots directives noai, noimageai
    NOARCHIVE = "noarchive"  # robots directive: no copy is to be kept


class By(StrEnum):
    """Where a statement stands; of two about the reservation, the later one of this list counts."""

    FILE = "file"
    HEADER = "header"
    META = "meta"


_NEARNESS = {by: number for number, by in enumerate(By)}
_WHERE = {By.FILE: "", By.HEADER: "header of ", By.META: "meta element of "}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a site says of a page: `denies` is whether a crawl that obeys it leaves the page out.

    `where` is the address of the file or of the page, `when` the time it was read there (ISO 8601, UTC).
    """

    what: What
    says: str
    denies: bool
    by: By
    where: str
    when: str

    def __str__(self) -> str:
        """Say it on one line, with where it stands and when it was read."""
        return f"{self.what}: {self.says} ({_WHERE[self.by]}{self.where}, {self.when})"

    @property
    def refusal(self) -> str:
        """Say why a page is left out for it."""
        reservation = self.what is What.TDM
        named = {
            By.FILE: self.where,
            By.HEADER: f"its {'tdm-reservation' if reservation else 'X-Robots-Tag'} header",
            By.META: f"its meta element {'tdm-reservation' if reservation else 'robots'}",
        }
        if reservation:
            return f"{self.says.replace('reserved', 'reserved for text and data mining', 1)} by {named[self.by]}"
        return f"not to be kept: {named[self.by]} says {self.says}"

    def as_dict(self) -> dict[str, Any]:
        """Return its JSON form."""
        words = {"what": str(self.what), "says": self.says, "denies": self.denies}
        return words | {"by": str(self.by), "where": self.where, "when": self.when}

    @classmethod
    def from_dict(cls, form: dict[str, Any]) -> Statement:
        """Return what a JSON form says.

        Raises:
            TypeError, ValueError: it is none.
        """
        return cls(**form | {"what": What(form["what"]), "by": By(form["by"])})


@lru_cache(maxsize=4096)  # what a host says of all its pages is said of each
def stated(what: What, says: str, by: By, where: str, when: float, *, denies: bool) -> Statement:
    """Return a statement without secrets, controls or more words than anybody needs; `when` is Unix time."""
    told = fold(text(scrub_text(says)))[:_LONGEST]
    moment = datetime.fromtimestamp(when, UTC).isoformat(timespec="seconds")
    return Statement(what, told, denies, by, text(scrub_url(where, marked=True)), moment)


def denial(statements: Iterable[Statement], respected: Collection[str]) -> Statement | None:
    """Return the statement for which a page is left out, None where nothing that is respected denies it.

    Of what is said of the reservation only the nearest counts: a page's meta element is above its header, that above
    the host's file.
    """
    obeyed = [one for one in statements if one.what in respected]
    nearest = max((_NEARNESS[one.by] for one in obeyed if one.what is What.TDM), default=None)
    for one in obeyed:
        if one.denies and (one.what is not What.TDM or _NEARNESS[one.by] == nearest):
            return one
    return None
