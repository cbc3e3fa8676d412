"""The signs by which a site that has changed is known: what of a page is odd, how large, or the same everywhere.

A sign is of a field of the article, or of "article", "template", "blocks", "noise" or "paywall"; `told` says it to a
person. Those that a busy day of one kind of page may bring by itself must hold for more than a day: `days`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors import Label
from extractors.site import FIELDS
from spiders.vitals.vital import GENERIC, TOLD, Vital

_CAPTIONS = frozenset({str(Label.CAPTION), str(Label.CREDIT)})
_SIGNED = frozenset({"authors", "byline"})
_WORD = 6  # letters of its key
_NEEDED = frozenset({"headline", "published"})  # that hardly a page of any kind lacks


@dataclass(frozen=True, slots=True)
class Share:
    """A page is odd or it is not; the site drifts where more of them are. None: the sign is not of this page.

    `beside` tells that odd pages may come beside those that are as ever, on the days of an event; `nearly` is the least
    share of the newest pages.
    """

    field: str
    told: str
    odd: Callable[[Vital], bool | None]
    days: int = 1
    beside: bool = True
    nearly: float = 0.0

    def value(self, vital: Vital) -> bool | None:
        """Say whether a page is odd."""
        return self.odd(vital)


@dataclass(frozen=True, slots=True)
class Level:
    """A page has so much of it; the site drifts where the middle page has much less, or much more.

    `least` is the change that counts: a share of the earlier median or, for what is a share itself, points.
    """

    field: str
    told: str
    size: Callable[[Vital], float | None]
    least: float
    rising: bool = False
    points: bool = False
    days: int = 2

    def value(self, vital: Vital) -> float | None:
        """Say how much of it a page has."""
        return self.size(vital)

    def differs(self, newest: float, before: float) -> bool:
        """Say whether one median lies so far from another, in the direction of the sign, that it matters."""
        bound = self.least if self.points else before * self.least
        return newest - before >= bound if self.rising else before - newest >= bound


@dataclass(frozen=True, slots=True)
class Saying:
    """What a page says. "": nothing; None: the sign is not of this page."""

    field: str
    told: str
    says: Callable[[Vital], str | None]

    def value(self, vital: Vital) -> str | None:
        """Return what a page says."""
        return self.says(vital)


@dataclass(frozen=True, slots=True)
class Sameness(Saying):
    """The site drifts where one thing is said nearly everywhere: `nearly` is the least share of the newest pages."""

    days: int = 1
    nearly: float = 0.6


@dataclass(frozen=True, slots=True)
class Turnover(Saying):
    """The site drifts where most pages say what was never said before: `most` is their least share of the newest."""

    days: int = 2
    most: float = 0.8


Sign = Share | Level | Sameness | Turnover


def _of_article(test: Callable[[Vital], bool | None]) -> Callable[[Vital], bool | None]:
    return lambda vital: None if vital.template is None else test(vital)


def _sized(size: Callable[[Vital], float | None]) -> Callable[[Vital], float | None]:
    return lambda vital: None if vital.template is None or vital.live else size(vital)


def _of_template(test: Callable[[Vital], bool]) -> Callable[[Vital], bool | None]:
    return lambda vital: None if vital.template is None or vital.template in GENERIC else test(vital)


def _missing(field: str) -> Callable[[Vital], bool | None]:
    """Return the test whether a template's selector finds nothing; the two of the authors are one source."""
    source = "authors" if field == "byline" else field

    def test(vital: Vital) -> bool | None:
        if vital.template in GENERIC or vital.missed is None or vital.hits is None:
            return None
        return True if field in vital.missed else False if source in vital.hits else None

    return _of_article(lambda vital: None if field in _SIGNED and _by_agency(vital) else test(vital))


def _by_agency(vital: Vital) -> bool:
    """Say whether a page names an agency where others name an author: no selector need find one."""
    return not vital.authors and "authors" not in vital.empty


def _empty(field: str) -> Callable[[Vital], bool | None]:
    return _of_article(lambda vital: field in vital.empty)


def _askew(field: str) -> Callable[[Vital], bool | None]:
    return _of_article(lambda vital: field in vital.askew)


def _signs() -> Iterator[Sign]:
    yield Share("article", "the page gives no article", lambda v: None if v.walled else v.template is None)
    yield Share("article", "a wall stands in the article's place", lambda vital: vital.walled, 3, beside=False)
    yield Share("template", "the site file fits no more", _unfit)
    for field in FIELDS:
        told = f"the site file's selector for {field} finds nothing"
        yield Share(field, told, _missing(field), 1 if field in _NEEDED else 2)
    for field in TOLD:
        told = f"{_NAMES.get(field, field)} {'are' if field.endswith('s') else 'is'} empty"
        yield Share(field, told, _empty(field), 1 if field in _NEEDED else 2)
    yield Share("published", "the date has lost its time of day", _of_article(lambda vital: vital.timeless), 2)
    yield Share("body", "letters of the body are garbled", _of_article(lambda vital: vital.garbled))
    yield Share("body", "the body is shorter than the listing's summary", _of_article(_shorter))
    yield Share("body", "the listing's summary is not in the text", _of_article(lambda vital: vital.unsaid), 2)
    yield Share("body", "a line stands in the body twice", _of_article(lambda vital: vital.doubled), 2)
    yield Level("body", "the engine agrees less with the site file", _sized(_agreement), 0.1, points=True, days=1)
    yield Share("body", "the engine is unsure of the body", _of_article(lambda v: v.template == "second opinion"), 2)
    for field, told, size in _SIZES:
        yield Level(field, f"{told} fewer", _sized(size), 0.35)
        yield Level(field, f"{told} more", _sized(size), 0.5, rising=True)
    yield Level("body", "the body's paragraphs are shorter", _sized(_of_paragraph), 0.25)
    yield Level("authors", "authors are more", lambda v: v.signers or None, 2.0, rising=True)  # than write in pairs
    yield Share("captions", "no caption is told apart", _of_article(lambda v: not _CAPTIONS & set(v.removed)), 2)
    yield Share("noise", "the site file's selectors for noise find nothing", _of_template(lambda v: not v.named), 2)
    yield Share("paywall", "a paywall stands in the text", _of_article(lambda vital: vital.paywalled), 2)
    yield Share("published", "the date is not the listing's", _askew("published"))
    # A listing may date anew what is updated, on busy days most of what it lists.
    yield Share("published", "the time is not the listing's", _of_article(lambda v: v.shifted), 2, nearly=0.8)
    yield Share("headline", "the headline is not the listing's", _askew("headline"))
    yield Share("headline", "the headline is the listing's with words before it", _of_article(lambda v: v.prefixed), 2)
    yield Share("headline", "the headline is cut off", _of_article(lambda vital: vital.cut))
    yield Sameness("headline", "one headline stands everywhere", lambda vital: vital.headline)
    yield Sameness("standfirst", "one standfirst stands everywhere", lambda vital: vital.standfirst)
    yield Sameness("authors", "one author stands everywhere", lambda vital: vital.authors, 2, 0.8)
    yield Turnover("authors", "the author is none of those before", _sole)
    yield Sameness("body", "one line opens the body everywhere", lambda vital: vital.opening, 2)
    yield Sameness("body", "one word opens the body everywhere", lambda vital: _word(vital.opening), 2)
    yield Sameness("body", "one line ends the body everywhere", lambda vital: vital.closing, 2)
    yield Sameness("body", "one word opens the last paragraph everywhere", lambda vital: _word(vital.closing), 2)


def _unfit(vital: Vital) -> bool | None:
    """Say whether the engine had to read a page; live blogs come in their seasons, and no site file need fit them."""
    return None if vital.template is None or vital.live else vital.template in GENERIC


def _shorter(vital: Vital) -> bool | None:
    return None if vital.summary is None else vital.length < vital.summary


def _sole(vital: Vital) -> str | None:
    """Return the author of a page that names but one: two who write together for once are nobody new."""
    return vital.authors if vital.authors and vital.signers in (1, None) else None


def _of_paragraph(vital: Vital) -> float | None:
    return vital.length / vital.paragraphs if vital.paragraphs else None


def _word(line: str | None) -> str | None:
    """Return how a line begins, so far that hardly two lines of a language do by chance; what follows may vary."""
    return line and line[:_WORD]


def _agreement(vital: Vital) -> float | None:
    return vital.agreement


_NAMES = {"published": "the date", "headline": "the headline", "standfirst": "the standfirst", "section": "the section"}
_SIZES: tuple[tuple[str, str, Callable[[Vital], float]], ...] = (
    ("body", "the body's characters are", lambda vital: vital.length),
    ("body", "the body's paragraphs are", lambda vital: vital.paragraphs),
    ("blocks", "the blocks are", lambda vital: vital.blocks),
)
SIGNS = {sign.told: sign for sign in _signs()}
