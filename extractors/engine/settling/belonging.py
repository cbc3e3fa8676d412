"""What a line beside the story belongs to, which its neighbours tell: another story's card, a comment, a form, a shop.

None of this makes story of noise or noise of story: it says of what kind a line is that is neither's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box
from extractors.engine.noise.cues import WHOLLY_LINKED
from extractors.engine.pieces import Known, Piece, labels_of
from extractors.engine.prose import key_of

_FIELDS = frozenset({Label.BYLINE, Label.TIMESTAMP, Label.KICKER, Label.LIVE})
# What stands in a card or a comment as well.
_BESIDE = _FIELDS | {Label.CAPTION, Label.CREDIT, Label.TECH, Label.SOCIAL}
_OTHERS = frozenset({Label.RELATED, Label.COMMENTS})
_LINKING = frozenset({Label.RELATED, Label.PROMO, Label.PLAYER, Label.NAV})  # what a link may be, as a button, by place
_APART = "markup: in an aside", "hint: class says promo", "structure", "position"
_TITLE = 5  # words of a linked line that is another story's headline, at least
_TOPIC = 5  # words of a linked topic, at most
_NEAR = 3  # lines from one of a card to that which says that it is one
_FORMS = Label.COMMENTS, Label.NEWSLETTER, Label.PLAYER  # what a form is, the surest first
_ANY_FORM = frozenset({Label.SOCIAL, Label.NEWSLETTER})
_HINTED = "hint: class says newsletter"
_PRICE = re.compile(r"[$€£¥] ?\d|\d ?(?:[$€£¥]|EUR\b|USD\b|CHF\b)")
# Where a link goes that pays whoever set it: a shop's own mark, or a network between the two.
_PAID = re.compile(
    r"[?&](?:tag|affid|aff_id|affiliate|awc|awinaffid|subid|clickref|ascsubtag|partnerid)="
    r"|//(?:[\w-]+\.)*(?:amzn\.to|awin1\.com|tidd\.ly|shareasale\.com|avantlink\.com|linksynergy\.com|redirectingat\.com"
    r"|skimresources\.com|anrdoezrs\.net|tkqlhce\.com|jdoqocy\.com|dpbolvw\.net|kqzyfj\.com|prf\.hn|pxf\.io|sjv\.io"
    r"|shop-links\.co|howl\.me|rstyle\.me|tradedoubler\.com|partnerize\.com|zanox\.com|webgains\.com|shopstyle\.it)/",
    re.IGNORECASE,
)


def settle_belonging(pieces: Sequence[Piece], known: Known) -> None:
    """Name what cards, comments, forms and shops print by what they are."""
    there = labels_of(pieces)
    if not there.isdisjoint(_FIELDS) and not there.isdisjoint(_OTHERS):
        _settle_cards(pieces, [key for author in known.authors if (key := key_of(author))])
    if Label.NEWSLETTER in there:
        _settle_forms(pieces)
    if not there.isdisjoint(_ANY_FORM) and any(p.label in _ANY_FORM and p.line.roles & Role.FORM for p in pieces):
        _settle_fields(pieces)
    if Label.PROMO in there:
        _settle_teasers(pieces)
    linked = [p for p in pieces if p.line.linked > WHOLLY_LINKED and p.label in _LINKING]
    if any(map(_stays, linked)):
        _settle_places(pieces)
    if Label.NAV in there and Label.RELATED in there:
        _settle_topics(pieces)
    for piece in linked:
        if piece.line.abroad and _sells(piece):
            piece.set(Label.AD, *piece.why, "links: to a shop")


def _settle_cards(pieces: Sequence[Piece], authors: list[str]) -> None:
    """Give the names and dates of other stories and of comments to these."""
    for i, piece in enumerate(pieces):
        if piece.label not in _FIELDS or piece.line.first:
            continue
        if any(author in piece.line.key for author in authors):
            continue
        over = pieces[max(i - _NEAR, 0) : i]
        if any(p.label is Label.HEADLINE for p in over):
            continue
        before = next((p for p in reversed(over) if p.label not in _BESIDE), None)
        after = next((p for p in pieces[i + 1 : i + 1 + _NEAR] if p.label not in _BESIDE), None)
        told = next((p.label for p in (before, after) if p is not None and p.label in _OTHERS), None)
        between = before is not None and after is not None and before.label is after.label
        lead = piece.line.lead and not (piece.label is Label.KICKER or piece.line.text[0].isdigit())
        if lead or ((piece.label is Label.LIVE or piece.line.lead) and not between):
            continue  # the story's own byline and date, the clock of an entry
        if told is not None and before is not None and not before.story:
            piece.set(told, *piece.why, f"structure: among lines that are {told}")
        elif piece.label is Label.KICKER and not piece.line.lead:
            piece.set(Label.RELATED, *piece.why, "position: below the headline")


def _settle_forms(pieces: Sequence[Piece]) -> None:
    """Call a form that nothing calls a newsletter's what it is: part of the page's machinery."""
    for form, lines in groupby(pieces, lambda p: p.label is Label.NEWSLETTER and bool(p.line.roles & Role.FORM)):
        told = list(lines) if form else []
        if told and not any(_HINTED in p.why or any(w.startswith("wording") for w in p.why) for p in told):
            for piece in told:
                piece.set(Label.PLAYER, *piece.why)


def _settle_fields(pieces: Sequence[Piece]) -> None:
    """Call the fields of a form that are worded as those of any form ("Email") what the form is."""
    for form, lines in groupby(pieces, lambda p: not p.story and p.line.roles & Role.FORM > 0):
        told = list(lines) if form else []
        kind = next((kind for kind in _FORMS if any(p.label is kind for p in told)), None)
        if kind is None:
            continue
        for piece in told:
            if piece.label in _ANY_FORM and not piece.line.linked and _HINTED not in piece.why:
                piece.set(kind, *piece.why)


def _settle_teasers(pieces: Sequence[Piece]) -> None:
    """Call headlines of the site's stories in a box of promotions what they are, and what is told beside them."""
    before: Piece | None = None
    for piece in (*pieces, *reversed(pieces)):
        line = piece.line
        if piece.label is Label.PROMO and piece.only((*_APART, "links")):
            if line.linked > WHOLLY_LINKED and not line.abroad and line.words >= _TITLE:
                piece.set(Label.RELATED, *piece.why)
            elif not line.linked and before is not None and before.label is Label.RELATED and _beside(piece, before):
                piece.set(Label.RELATED, *piece.why, "structure: among lines that are related")
        if piece.label not in _BESIDE:
            before = piece


def _beside(piece: Piece, other: Piece) -> bool:
    """Tell whether two lines stand in one aside, or in one box that its class calls a promotion."""
    box: Box | None = piece.block
    for _ in range(_NEAR):
        if box is not None and not (box.own & Role.ASIDE or Label.PROMO in box.hints):
            box = box.parent
    return box is not None and box.order <= other.run.box.order <= box.last


def _settle_places(pieces: Sequence[Piece]) -> None:
    """Call links to places of the page itself navigation, and the heading over them."""
    for over, piece in pairwise((pieces[0], *pieces)):
        if piece.label is Label.RELATED and piece.line.linked > WHOLLY_LINKED and _stays(piece):
            piece.set(Label.NAV, *piece.why, "links: within the page")
            if over.label is Label.RELATED and over.why[0].startswith("structure: a heading"):
                over.set(Label.NAV, *over.why)


def _stays(piece: Piece) -> bool:
    """Tell a link within the page, of which no words say what it leads to."""
    hrefs = piece.run.hrefs
    return bool(hrefs) and hrefs[0][:1] == "#" and all(h[:1] == "#" for h in hrefs) and not _is_worded(piece)


def _settle_topics(pieces: Sequence[Piece]) -> None:
    """Call the links right under "Tags" what that is."""
    topics = False
    for piece in pieces:
        if piece.label is Label.NAV:
            topics = _is_worded(piece)
        elif (
            topics and piece.label is Label.RELATED and piece.line.linked > WHOLLY_LINKED and piece.line.words <= _TOPIC
        ):
            piece.set(Label.NAV, *piece.why, "structure: under a heading of that kind")
        elif piece.label is not Label.TECH:
            topics = False


def _is_worded(piece: Piece) -> bool:
    return any(why.startswith("wording") for why in piece.why)


def _sells(piece: Piece) -> bool:
    return _PRICE.search(piece.line.text) is not None or any(map(_PAID.search, piece.run.hrefs))
