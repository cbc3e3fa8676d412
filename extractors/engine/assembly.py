"""Put an article together from what the engine found; every field gets its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from extractors.article import Article, Hints, Label
from extractors.engine.addresses import site_of
from extractors.engine.blocks import blocks_of
from extractors.engine.dateline import with_dateline
from extractors.engine.dates.calendars import LATEST
from extractors.engine.dates.listed import timed
from extractors.engine.dates.written import written_in
from extractors.engine.fields import Fields, base_of
from extractors.engine.language import is_listed_as
from extractors.engine.lexicon import Lexicon
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.notices import page_notices_of
from extractors.engine.people.agencies import agencies_in
from extractors.engine.people.openers import after_opening
from extractors.engine.pictures.images import images_of
from extractors.engine.pictures.leads import lead_pieces_of
from extractors.engine.pieces import Piece, labelled
from extractors.engine.standfirst import standfirst_of
from extractors.errors import MissingFieldError
from extractors.page import Page
from extractors.text import fold

FEWEST = 5  # words of a body
_LINES = 300  # characters, spaces aside, of what may stand beside a brief item and is not of it
_UNREAD = 0.2  # of the story's words; what a right template reads lacks .05 of the engine's at most
_TOGETHER = 2  # lines from one of a byline's to the next
_TEASERS = 3  # bylines that differ, from which on they are those of other stories
_FIELDS = frozenset({Label.STANDFIRST, Label.KICKER, Label.BYLINE, Label.AGENCY, Label.CONTRIBUTORS})
_JOINING = " |,;/·•–—-&"  # between a byline and what stands beside it
_CREDIT = 48  # characters of brackets that close a paragraph with whose story it is
_CLOSING = re.compile(r"[(\[（【]([^()\[\]（）【】]{2,40})[)\]）】]\W{0,2}$")


@dataclass(slots=True)
class Found:
    """All that is known of a page once it is read."""

    page: Page
    data: dict[str, Any]
    outline: Outline
    region: Box
    pieces: list[Piece]
    fields: Fields
    language: str | None
    lexicon: Lexicon
    template: str
    hints: Hints
    fetched_at: datetime | None
    agreement: float | None = None
    missed: tuple[str, ...] = ()


def assemble(found: Found) -> Article:
    """Return the article.

    Raises:
        MissingFieldError: nothing of the region is story.
    """
    fields, pieces, lexicon = found.fields, found.pieces, found.lexicon
    if not has_words(pieces):
        raise MissingFieldError("no body: every line of the main content reads like noise")
    blocks, dateline, wire = with_dateline(blocks_of(pieces), lexicon)
    above = list(takewhile(lambda run: run.box.order < found.region.order, found.outline.runs))
    notices = page_notices_of(found.page, found.data, above, pieces, found.language, fields.section)
    sources = fields.sources | notices.sources
    said = _said(pieces)
    standfirst = (
        fields.standfirst
        or said.get(Label.STANDFIRST)
        or standfirst_of(above, fields.heading, fields.description, lexicon)
    )
    if standfirst:
        sources.setdefault("standfirst", "page")
    headline, published = _or_listed(found, sources)
    signed = said.get(Label.BYLINE)
    if signed and not fields.byline.authors and not _signs(signed, pieces, lexicon):
        signed = None
    agency = fields.byline.agency or agencies_in(said.get(Label.AGENCY, ""), lexicon) or wire
    agency = agency or _closing_wire(pieces, lexicon)
    return Article(
        url=found.page.got, headline=headline, standfirst=standfirst,
        kicker=fields.kicker or said.get(Label.KICKER, "").strip(_JOINING + ":") or None,
        byline=(fields.byline.line or signed or "").strip(_JOINING) or None,
        authors=fields.byline.authors, agency=agency, contributors=said.get(Label.CONTRIBUTORS),
        dateline=dateline,
        outlet=fields.outlet, site=site_of(found.page.url), published=published, modified=fields.modified.value,
        section=fields.section, tags=fields.tags, language=found.language, canonical_url=fields.canonical_url,
        next_url=fields.next_url,
        images=images_of(
            found.outline,
            [*lead_pieces_of(above, found.outline, fields.heading, lexicon, fields.picture), *pieces], found.region,
            base_of(found.page), lexicon, (*fields.byline.authors, agency or ""), fields.picture,
        ),
        corrections=tuple(p.line.text for p in labelled(pieces, Label.CORRECTION) if p.line.words > 4),
        disclosures=notices.disclosures, machine_translated=notices.machine_translated, affiliate=notices.affiliate,
        sponsored=notices.sponsored, paywalled=notices.paywalled, visible_share=notices.visible_share,
        template=found.template, agreement=found.agreement, missed=found.missed, sources=sources, blocks=blocks,
        warnings=(*found.page.warnings, *_warnings(headline, published, found.fetched_at)),
    )  # fmt: skip


def _or_listed(found: Found, sources: dict[str, str]) -> tuple[str | None, datetime | date | None]:
    """Return headline and time, the listing's where the page has none; note in `sources` what the listing told."""
    fields, hints = found.fields, found.hints
    when = timed(fields.published, fields.modified.value, hints.published, found.fetched_at)
    published = when.value
    if when.source and when is not fields.published:
        sources["published"] = when.source
    if published is None and hints.published is not None and hints.published.year <= LATEST:  # none of "never"
        published, sources["published"] = hints.published, "listing"
    headline = fields.headline or fold(hints.headline or "") or None
    if fields.headline is None and headline:
        sources["headline"] = "listing"
    if is_listed_as(found.page, found.language, hints.language):
        sources["language"] = "listing"
    return headline, published


def agreement_of(one: Sequence[Piece], other: Sequence[Piece]) -> float:
    """Return the share (0 to 1) of words on which two readings of a page's body agree: the Dice coefficient."""
    a, b = _words(one), _words(other)
    total = a.total() + b.total()
    return round(2 * (a & b).total() / total, 3) if total else 0.0


def is_part(pieces: Sequence[Piece], whole: Sequence[Piece], fields: Fields) -> bool:
    """Tell whether one reading of a page is of but a part of the story that another finds there.

    What it has read and called noise, or what is one of its fields, is not lacking, nor is a line or two beside a brief
    item; what the other lacks is no part of it: that one may have found something else, such as teasers below a short
    story.
    """
    theirs = _words(whole)
    read = Counter(word for p in pieces for word in p.line.text.split())
    told = fields.headline, fields.printed, fields.standfirst, fields.kicker, fields.byline.line
    read += Counter(word for text in told if text for word in text.split())
    lacking = theirs - read
    return (
        lacking.total() > _UNREAD * theirs.total()
        and sum(len(word) * number for word, number in lacking.items()) > _LINES
        and _words(pieces) <= theirs
    )


def _words(pieces: Sequence[Piece]) -> Counter[str]:
    return Counter(word for p in pieces if p.story for word in p.line.text.split())


def _closing_wire(pieces: Sequence[Piece], lexicon: Lexicon) -> str | None:
    """Return the wire services in the brackets that close the story's last paragraph; they stay in its text."""
    last = next((p.line.text for p in reversed(pieces) if p.label is Label.BODY and p.line.sentence), "")
    credited = _CLOSING.search(last[-_CREDIT:])
    return agencies_in(credited[1], lexicon) if credited else None


def has_words(pieces: Sequence[Piece]) -> bool:
    """Tell whether there is enough of a story for a body."""
    words = 0
    for piece in pieces:
        if piece.story:
            words += piece.line.words
            if words >= FEWEST:
                return True
    return False


def _said(pieces: Sequence[Piece]) -> dict[Label, str]:
    """Return what the lines of a field say, each text once, by the label that makes them that field.

    The kicker stands above the story, and cards below it have theirs; a byline's lines stand together; the name after
    the label of those who helped ("Editor:") is theirs, and a label without a name is none of a field.
    """
    lines: dict[Label, dict[str, None]] = {}
    last: dict[Label, int] = {}
    helping: Piece | None = None  # such a label, right before this line
    for at, piece in enumerate(pieces):
        label, announced, helping = piece.label, helping, None
        if label not in _FIELDS:
            continue
        helping = piece if label is Label.CONTRIBUTORS and piece.line.text.endswith(":") else None
        if announced is not None and label is Label.BYLINE:
            lines.setdefault(Label.CONTRIBUTORS, {})[fold(announced.run.text + " " + piece.run.text)] = None
            continue
        if helping is not None:
            continue
        if label is Label.KICKER and (label in lines or not _is_kicker(piece)):
            continue
        if label is Label.BYLINE and (piece.entry is not None or at - last.get(label, at) > _TOGETHER):
            continue
        last[label] = at
        lines.setdefault(label, {})[fold(piece.run.text)] = None
    return {label: " ".join(texts) for label, texts in lines.items()}


def _is_kicker(piece: Piece) -> bool:
    """Tell whether a line labelled so is above the story and no date."""
    return piece.line.lead and not written_in(piece.line.text)


def _signs(line: str, pieces: Sequence[Piece], lexicon: Lexicon) -> bool:
    """Tell a byline that names no person from a date, an address, a label, a comment's "says:", those of teasers."""
    if any(p.named for p in labelled(pieces, Label.BYLINE)):
        return True
    if after_opening(line, lexicon) is None:
        return (
            " " in line
            and line[-1] not in ":*"
            and "@" not in line
            and "©" not in line
            and not any(c.isdigit() for c in line)
        )
    opened = {fold(p.line.text) for p in labelled(pieces, Label.BYLINE) if after_opening(p.line.text, lexicon)}
    return len(opened) < _TEASERS


def _warnings(headline: str | None, published: datetime | date | None, fetched_at: datetime | None) -> list[str]:
    warnings = [] if headline else ["no headline"]
    if published is not None and fetched_at is not None:
        day = published.date() if isinstance(published, datetime) else published
        if (day - fetched_at.date()).days > 1:
            warnings.append("published after it was fetched")
    return warnings
