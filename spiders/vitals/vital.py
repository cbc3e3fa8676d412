"""What is kept of each reading of a page, so that a site can be compared with its own past without its articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Self

import orjson

from extractors import Article, Block, Label
from extractors.article import BODY_LABELS, parse_when
from extractors.engine.prose import key_of, unspaced
from spiders.surfaces.values import as_json

GENERIC = frozenset({"generic", "second opinion", "text"})  # templates of the engine
TOLD = ("headline", "standfirst", "authors", "published", "section", "tags", "images")  # fields that may be empty
_NAMED = "template:"  # how the reason of a block begins that a site file's noise selector has found
_LISTED = "listing"  # the source of a field about which the page itself says nothing
_TIMED = ", listing"  # how that of a date ends of which the page tells but the day
_LONGEST = 120  # characters of a key
_OPENING = 48  # characters of a key of a paragraph
_GARBLED = re.compile("\ufffd|â€|[ÃÂÐÑØÙ][\xa1-\xbf€‚„…†‡ˆ‰‹Œ‘’“”•–—˜™›œ]")  # UTF-8 that was read as something else
_SUMMED, _PLACE, _SAID = 160, 30, 30  # characters of a summary that are read; letters left out there, and compared
_OPENS = 3000  # characters of a body's opening
_LINE, _LINES = 40, 200  # letters of a line that is no refrain; lines that are compared
_MANY = 3  # of them in a body; one or two are what an author wrote
_NEAR = timedelta(hours=36)  # two dates of one story, whatever their zones
_ZONE = timedelta(minutes=30)  # the clocks of two zones differ by this or more
# Kinds of pages that stand in a page's place for a while: they say nothing of how the site is built.
_PASSING = "waiting room", "rate limit", "maintenance", "server error", "gone"
_WALLS = "bot wall", "consent page", "geo-block", "parked domain"  # kinds that are a matter of days as well


@dataclass(frozen=True, slots=True)
class Vital:
    """The vital signs of one page. `template` is None where it gave no article; nothing else is told then but `walled`.

    `length` is the body's, in characters, `summary` that of the listing's summary; `paragraphs` and `blocks` are
    numbers. `hits` and `missed` are the fields of the template whose selectors found something, and nothing; None where
    that was not noted. `removed` are the labels of what was taken out, `named` is how many of these blocks the site
    file names; `askew` are the fields in which page and listing differ; `authors`, `headline` and `standfirst` are keys
    by which pages are found that say the same, `opening` and `closing` those of the body's first and last paragraph.
    `timeless` is a date without a time of day, `shifted` one whose time is not that of the listing; a headline that is
    `prefixed` is the listing's with words before it, one that is `cut` ends in dots. `signers` is a number: of authors.
    A body is `unsaid` that does not open with the listing's summary, and `doubled` where one line of it has another.
    What is None was not noted.
    """

    template: str | None = None
    length: int = 0
    paragraphs: int = 0
    blocks: int = 0
    agreement: float | None = None
    empty: tuple[str, ...] = ()
    hits: tuple[str, ...] | None = None
    missed: tuple[str, ...] | None = None
    removed: tuple[str, ...] = ()
    named: int = 0
    askew: tuple[str, ...] = ()
    authors: str = ""
    headline: str = ""
    summary: int | None = None
    paywalled: bool = False
    walled: bool = False
    live: bool = False
    timeless: bool | None = None
    garbled: bool | None = None
    opening: str | None = None
    closing: str | None = None
    signers: int | None = None
    shifted: bool | None = None
    prefixed: bool | None = None
    standfirst: str | None = None
    cut: bool | None = None
    unsaid: bool | None = None
    doubled: bool | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form, without what is as in a page of which nothing is known."""
        told = {one.name: (getattr(self, one.name), one.default) for one in fields(self)}
        return {name: value for name, (value, default) in told.items() if value != default}

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read the JSON form back; None where the text is none."""
        try:
            form: dict[str, Any] = orjson.loads(text)
            values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in form.items()}
            return cls(**values)
        except (ValueError, TypeError, AttributeError):
            return None


def vital_of(article: Article, hints: Mapping[str, str], *, noted: bool = True) -> Vital:
    """Return the vital signs of an article.

    Args:
        hints: what the listing says of it.
        noted: whether the article tells which selectors of its template hit: those of an old store do not.
    """
    body = [block for block in article.blocks if block.label in BODY_LABELS]
    removed = article.removed
    hits = tuple(name for name, source in article.sources.items() if source.removesuffix(_TIMED) == "site file")
    listed = {name for name, source in article.sources.items() if source == _LISTED}
    when = parse_when(hints.get("published"))
    timed = article.sources.get("published", "").endswith(_TIMED)
    return Vital(
        template=article.template,
        length=len(article.body),
        paragraphs=len({block.paragraph for block in body}),
        blocks=len(article.blocks),
        agreement=article.agreement,
        empty=tuple(name for name in TOLD if name in listed or not _said(article, name)),
        hits=hits if noted else None,
        missed=article.missed if noted else None,
        removed=tuple(sorted({str(block.label) for block in removed})),
        named=sum(any(cue.startswith(_NAMED) for cue in block.why) for block in removed),
        askew=tuple(_askew(article, hints, listed)),
        authors=_key(" ".join(sorted(article.authors))),
        headline="" if "headline" in listed else _key(article.headline or ""),
        summary=len(hints["summary"]) if hints.get("summary") else None,
        paywalled=article.paywalled is True or any(block.label is Label.PAYWALL for block in removed),
        live=any(block.label is Label.ENTRY for block in body),
        timeless=timed or not isinstance(article.published, datetime) if article.published else None,
        garbled=len(_GARBLED.findall(article.body)) >= _MANY,
        opening=key_of(article.body.partition("\n\n")[0])[:_OPENING],
        closing=key_of(article.body.rpartition("\n\n")[2])[:_OPENING],
        standfirst=key_of(article.standfirst or "")[:_OPENING],
        signers=len(article.authors),
        cut=(article.headline or "").endswith(("…", "...")),
        shifted=None if timed or "published" in listed else _shifted(article.published, when),
        unsaid=_unsaid(article, hints.get("summary") or ""),
        doubled=_doubled(body),
        prefixed=None if "headline" in listed else _prefixed(article.headline, hints.get("headline")),
    )


def signs_of(article: str, hints: str) -> str | None:
    """Return the vital signs of an article of an older store, all in their JSON forms; None of one that is damaged."""
    try:
        told = vital_of(Article.from_dict(orjson.loads(article)), orjson.loads(hints), noted=False)
    except (ValueError, TypeError, KeyError, AttributeError):  # a damaged row can say anything
        return None
    return as_json(told.as_dict())


def vital_of_none(flag: str | None) -> Vital | None:
    """Return the vital signs of a page that gave no article; None where that says nothing of the site.

    Args:
        flag: why it is none, as an outcome has it.
    """
    if not flag or any(kind in flag for kind in _PASSING):
        return None
    return Vital(walled=any(kind in flag for kind in _WALLS))


def _said(article: Article, name: str) -> object:
    return getattr(article, name) or (name == "authors" and article.agency)


def _askew(article: Article, hints: Mapping[str, str], listed: set[str]) -> list[str]:
    """Return the fields in which a page says something else than the listing that led to it."""
    found = []
    told = hints.get("headline")
    if told and article.headline and "headline" not in listed and not _alike(article.headline, told):
        found.append("headline")
    when = parse_when(hints.get("published"))
    if when and article.published and "published" not in listed and _apart(article.published, when) > _NEAR:
        found.append("published")
    return found


def _shifted(published: date | None, listed: date | None) -> bool | None:
    """Say whether two times of a story differ as those of two zones do, or more; None where one has no zone."""
    if not (isinstance(published, datetime) and isinstance(listed, datetime) and published.tzinfo and listed.tzinfo):
        return None
    return _apart(published, listed) >= _ZONE


def _unsaid(article: Article, summary: str) -> bool | None:
    """Say whether a listing's summary is neither in the body's opening nor the standfirst; None where it is too short.

    Its first letters may be the place, which no body has, its last ones the way to the page.
    """
    told = key_of(summary[:_SUMMED])[_PLACE:][:_SAID]
    if len(told) < _SAID:
        return None
    return told not in key_of(f"{article.standfirst or ''} {article.body[:_OPENS]}")


def _doubled(body: Sequence[Block]) -> bool:
    """Say whether one line of a body stands in another: it was set large to catch the eye."""
    keys = [key for block in body[:_LINES] if block.label is Label.BODY and len(key := key_of(block.text)) >= _LINE]
    whole = "\n".join(keys)
    return any(whole.count(key) > 1 for key in keys)


def _prefixed(headline: str | None, listed: str | None) -> bool | None:
    if not (headline and listed):
        return None
    whole, end = key_of(headline), key_of(listed)
    return whole != end and bool(end) and whole.endswith(end)


def _alike(headline: str, listed: str) -> bool:
    """Say whether two headlines share a word of some length, or two letters in a row where words have no spaces."""
    if not (unspaced(headline) or unspaced(listed)):
        one, two = ({key_of(word) for word in text.split() if len(word) > 2} for text in (headline, listed))
        return bool(one & two) or not (one and two)
    letters = [set(pairwise(key)) for key in (key_of(headline), key_of(listed))]
    return bool(letters[0] & letters[1])


def _apart(one: date, two: date) -> timedelta:
    """Return how far two dates lie apart; a day, or a time without a zone, counts as UTC."""
    ages = _age(one), _age(two)
    if isinstance(one, datetime) and isinstance(two, datetime):
        return abs(ages[0] - ages[1])
    return timedelta(abs(ages[0].days - ages[1].days))


def _age(at: date) -> timedelta:
    """Return the time from the first day that there is: at both ends of all time there is no such moment in UTC."""
    if not isinstance(at, datetime):
        return at - date.min
    return at.replace(tzinfo=None) - datetime.min - (at.utcoffset() or timedelta())


def _key(text: str) -> str:
    return key_of(text)[:_LONGEST]
