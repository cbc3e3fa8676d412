"""What a page says about its own article: disclosures, machine translation, affiliate links, a sponsor, a paywall.

The lines are labelled in `noise`; here they become fields before they leave the body. The phrases stand in the
lexicon's section `notices`. No sentence of the story is read: an article about advertising is no advertisement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from extractors.article import Label
from extractors.engine.data.schema import names_of, objects_in, types_of
from extractors.engine.lexicon import lexicon_for
from extractors.engine.lexicon.folding import bare, fold_line, fold_lines
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Run
from extractors.engine.pieces import Piece, labelled
from extractors.engine.prose import unspaced
from extractors.page import Page

_OTHERS = frozenset(  # lines that are not said of the article, or are its own words
    {Label.HEADLINE, Label.STANDFIRST, Label.CROSSHEAD, Label.ENTRY, Label.DATELINE}
    | {Label.CAPTION, Label.CREDIT, Label.ALT, Label.RELATED, Label.COMMENTS, Label.NAV}
)
_LONGEST = 420  # characters of a line that is a notice
_APART = Role.NAV | Role.FOOTER | Role.FORM
_ABOVE = 12  # lines before the region that may be one
_FEWEST = 40  # words that a page counts, when the count is of an article
_LABEL = 2  # words of "Please note:", over what it says
_LONGEST_LABEL = 8  # words of "Sponsored content by …"
_FALSE = frozenset({"false", "no", "0"})
_TRANSLATED = frozenset({"translated-ltr", "translated-rtl"})  # classes of a page that a browser has translated
_TIERS = frozenset({"locked", "metered", "paid", "premium", "subscriber"})


@dataclass(slots=True)
class Notices:
    """What the page says of its article, and which line or datum says so."""

    disclosures: tuple[str, ...] = ()
    machine_translated: bool = False
    affiliate: bool = False
    sponsored: bool = False
    paywalled: bool | None = None
    visible_share: float | None = None
    sources: dict[str, str] = field(default_factory=dict)

    def set(self, name: str, value: Any, source: str) -> None:
        """Set a field, unless something surer has told it already."""
        if name not in self.sources:
            setattr(self, name, value)
            self.sources[name] = source


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of a language, and of English, folded; those of shares as one pattern."""

    translated: tuple[str, ...]
    affiliate: tuple[str, ...]
    sponsored: tuple[str, ...]
    paid: tuple[str, ...]
    left: re.Pattern[str]
    read: re.Pattern[str]
    letters: re.Pattern[str]


def notices_of(pieces: Sequence[Piece], language: str | None, above: Sequence[str] = ()) -> Notices:
    """Return what the labelled lines of a text say of it; `above` are lines over the story that no piece holds."""
    found = Notices(tuple(p.line.text for p in labelled(pieces, Label.DISCLOSURE) if p.line.words > _LABEL))
    lead = [line.strip() for line in fold_lines([" ".join(text.split()) for text in above])]
    lines: list[str] = []
    told = False
    for piece in pieces:
        if piece.story:
            told = told or piece.line.sentence
        elif piece.label not in _OTHERS and len(piece.line.text) <= _LONGEST:
            (lines if told else lead).append(piece.line.folded)
    lines += lead
    if lines:
        _read_lines(found, lines, lead, pieces, phrases_of(language))
    return found


def page_notices_of(
    page: Page, article: dict[str, Any], above: Sequence[Run], pieces: Sequence[Piece], language: str | None,
    section: str | None,
) -> Notices:  # fmt: skip
    """Return what a page says of its article: in the region's lines, above it, in its paywall and in its data."""
    found = notices_of(pieces, language, _near(above))
    root = page.tree.root
    if root is not None and _TRANSLATED.intersection((root.attributes.get("class") or "").split()):
        found.set("machine_translated", True, "page")
    if found.paywalled is None:
        _read_paywall(found, page, article)
    if found.paywalled and found.visible_share is None:
        _read_offer(found, page, pieces, language)
        _count_words(found, article, pieces)
    _read_sponsor(found, article, section, language)
    return found


def _read_lines(found: Notices, lines: list[str], lead: list[str], pieces: Sequence[Piece], phrases: _Phrases) -> None:
    text = "\n".join(lines)
    if any(map(text.__contains__, phrases.translated)):
        found.set("machine_translated", True, "page")
    if any(map(text.__contains__, phrases.affiliate)):
        found.set("affiliate", True, "page")
    said = any(map(text.__contains__, phrases.sponsored))
    if said and any(_is_label(bare(line), phrases.sponsored) for line in lead):
        found.set("sponsored", True, "page")
    if any(map(text.__contains__, phrases.paid)):
        found.set("sponsored", True, "page")
    if "%" in text or "文字" in text:
        for line in lines:
            if "%" in line or "文字" in line:
                _read_share(found, line, pieces, phrases)


def says_paid(text: str, language: str | None) -> bool:
    """Tell whether a short text is the label of what somebody paid for.

    >>> says_paid("Sponsored content", "en"), says_paid("Paid for by Harbour Bank", None), says_paid("Sports", "en")
    (True, True, False)
    """
    return len(text) <= _LONGEST and _is_label(bare(fold_line(text)), phrases_of(language).sponsored)


def _is_label(line: str, phrases: tuple[str, ...]) -> bool:
    """Tell whether a line over the story says that it is sponsored: nothing else, or by whom."""
    if not line.startswith(phrases):
        return False
    return len(line) <= 24 if unspaced(line) else line.count(" ") < _LONGEST_LABEL


def _read_share(found: Notices, line: str, pieces: Sequence[Piece], phrases: _Phrases) -> None:
    """Read a line such as "57 % of this article left to read"; it says of itself that there is a paywall."""
    if told := phrases.left.search(line):
        share = 1 - float(_number(told).replace(",", ".")) / 100
    elif told := phrases.read.search(line):
        share = float(_number(told).replace(",", ".")) / 100
    elif told := phrases.letters.search(line):
        seen = sum(len(p.line.text) for p in pieces if p.story)
        share = seen / (seen + int(re.sub(r"\D", "", _number(told))))
    else:
        return
    if 0 <= share <= 1:
        found.set("visible_share", round(share, 3), "page")
        found.set("paywalled", True, "page")


def _read_offer(found: Notices, page: Page, pieces: Sequence[Piece], language: str | None) -> None:
    """Read the share in what a paywall says outside the region, where nothing else is looked at."""
    sign = "文字" if language == "ja" else "%"
    story = {p.line.folded for p in pieces}
    for node in page.body.css(f'p, h2, h3, div:lexbor-contains("{sign}")'):
        text = node.text()
        if sign in text and len(text) <= _LONGEST and (line := fold_line(text)) not in story:
            _read_share(found, line, pieces, phrases_of(language))


def _number(told: re.Match[str]) -> str:
    return next(number for number in told.groups() if number)


def _count_words(found: Notices, article: dict[str, Any], pieces: Sequence[Piece]) -> None:
    """Compare the words that the page counts with those of the body; scripts without spaces are counted by nobody."""
    try:
        words = int(str(article.get("wordCount", 0)))
    except ValueError:
        return
    story = [p.line for p in pieces if p.story]
    if words >= _FEWEST and story and not unspaced(story[0].text):
        share = sum(line.words for line in story) / words
        found.set("visible_share", round(min(share, 1.0), 3), "json-ld wordCount")


def _read_sponsor(found: Notices, article: dict[str, Any], section: str | None, language: str | None) -> None:
    if any("AdvertiserContent" in kind for kind in types_of(article)):
        found.set("sponsored", True, "json-ld type")
    elif names_of(article.get("sponsor")):
        found.set("sponsored", True, "json-ld sponsor")
    elif (
        section
        and (name := bare(fold_line(section)))
        and _is_label(name, (*phrases_of(language).sponsored, "sponsored"))
    ):
        found.set("sponsored", True, "section")


def _read_paywall(found: Notices, page: Page, article: dict[str, Any]) -> None:
    free = article.get("isAccessibleForFree")
    if free is not None:
        found.set("paywalled", _is_false(free), "json-ld isAccessibleForFree")
    elif any(_is_false(part.get("isAccessibleForFree")) for part in objects_in(article.get("hasPart"))):
        found.set("paywalled", True, "json-ld hasPart")
    elif tier := page.first("article:content_tier"):
        found.set("paywalled", tier.lower() in _TIERS, "meta article:content_tier")


def _is_false(value: object) -> bool:
    return str(value).strip().lower() in _FALSE


def _near(above: Sequence[Run]) -> list[str]:
    """Return the last short lines before the region, those under the page's heading where it is near."""
    lines: list[str] = []
    for run in above[-_ABOVE:]:
        if run.box.line.tag == "h1":
            lines = []
        elif len(run.text) <= _LONGEST and not run.box.roles & _APART:
            lines.append(run.text)
    return lines


@lru_cache(maxsize=64)
def phrases_of(language: str | None) -> _Phrases:
    """Return the phrases of a language (ISO 639-1) together with those of English."""
    notices = lexicon_for(language).notices

    def folded(key: str) -> tuple[str, ...]:
        return tuple(fold_line(phrase) + " " * phrase.endswith(" ") for phrase in notices.get(key, ()))

    return _Phrases(
        folded("translated"), folded("affiliate"), folded("sponsored"), folded("paid"),
        _pattern(folded("left"), r"\s?%"), _pattern(folded("read"), r"\s?%"), _pattern(folded("letters"), ""),
    )  # fmt: skip


def _pattern(phrases: Iterable[str], unit: str) -> re.Pattern[str]:
    """Compile phrases with # for a number into one pattern; it matches nothing where there is none."""
    number = r"(\d{1,3}(?:[.,]\d{1,3})*)" + unit
    return re.compile("|".join(re.escape(p).replace(r"\#", number) for p in phrases) or r"(?!)")
