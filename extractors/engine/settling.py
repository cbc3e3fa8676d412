"""What only neighbours can tell of a piece: headings by what they open, lists by their heading, lines by their place.

Each function settles one question over the pieces of a region in page order, after `noise` has judged every line.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from extractors.article import Label
from extractors.engine.elements import Role
from extractors.engine.pieces import Known, Piece
from extractors.engine.prose import ends_sentence, key_of
from extractors.engine.noise import WHOLLY_LINKED
from extractors.engine.runs import Box, Run

SECTION_SHARE = 0.3  # of the region's prose, that a box under a heading of noise holds at most
_UNCLAIMED = frozenset({Label.CROSSHEAD, Label.NAV, Label.PROMO, Label.KICKER})  # above the story, by their place alone
OPENING = 60  # characters of a paragraph that tell it from all others
LISTED = 3  # linked headings over the story's own sentences, from which on they are those of a list
LINKED = 0.25  # of a line's characters, that are links where the line is one of a list of links
_SECTION_LABELS = frozenset(
    {
        Label.RELATED,
        Label.NEWSLETTER,
        Label.COMMENTS,
        Label.AUTHOR_BIO,
        Label.PROMO,
        Label.COMMENT_POLICY,
        Label.SOCIAL,
        Label.AD,
    }
)
_NEUTRAL = frozenset({Label.CAPTION, Label.CREDIT, Label.AD, Label.TECH, Label.PLAYER, Label.BYLINE, Label.TIMESTAMP})


def settle_repetitions(pieces: list[Piece]) -> None:
    """Label what stands a second time: a paragraph printed for two layouts, the whole text once more, a link thrice."""
    told: list[str] = []
    seen: dict[str, list[int]] = {}  # the opening of a paragraph -> where in `told` those with it are
    counts = Counter(p.line.text for p in pieces if p.line.abroad and p.line.linked > WHOLLY_LINKED)
    for piece in pieces:
        if not piece.story:
            continue
        text = piece.line.text
        if counts.get(text, 0) >= LISTED:
            piece.set(Label.RELATED, "repetition: the same link stands several times", "links")
        elif piece.line.sentence and len(text) > OPENING:
            alike = seen.setdefault(text[:OPENING], [])
            if any(_repeats(text, told, i) for i in alike):
                piece.set(Label.TECH, "repetition: the paragraph stands above already")
            alike.append(len(told))
            told.append(text)


def _repeats(text: str, told: list[str], at: int) -> bool:
    """Tell whether a text is a paragraph above, that paragraph cut short, or all the paragraphs from there on in one."""
    other = told[at]
    if text == other or (text.endswith(("...", "…")) and other.startswith(text.rstrip(" .…"))):
        return True
    return text.startswith(other) and at + 1 < len(told) and told[at + 1] in text


def settle_lead(pieces: list[Piece], known: Known) -> None:
    """Label headline, standfirst and byline among the lines before the story's first paragraph."""
    hinted = [
        p
        for p in pieces
        if p.line.lead and Label.STANDFIRST in p.line.hints and p.line.words >= 5 and (p.story or p.label in _UNCLAIMED)
    ]
    headline, description = key_of(known.headline or ""), key_of(known.description or "")
    authors = [key_of(a) for a in known.authors]
    for i, piece in enumerate(pieces):
        line = piece.line
        heading = piece.run.box.roles & Role.HEADING
        if not line.lead and not line.first and not heading and piece.label is not Label.TIMESTAMP:
            continue
        key = line.key
        if piece.label is Label.TIMESTAMP and not line.lead and not line.tail:
            piece.set(Label.LIVE, *piece.why, "position: a clock inside the story")
        first = piece.run.box.line.tag == "h1"
        if headline and ((key == headline and (line.lead or heading)) or (first and len(key) > 3 and key in headline)):
            piece.set(Label.HEADLINE, "copy: the headline")
        elif heading and known.outlet and key == key_of(known.outlet):
            piece.set(Label.OUTLET, "copy: the outlet's name")
        elif not line.lead:
            if line.first and Label.STANDFIRST in line.hints and key == description:
                piece.set(Label.STANDFIRST, "copy: the page's description", "hint: class says standfirst")
        elif _is_byline(key, authors):
            piece.set(Label.BYLINE, "copy: the names of the authors")
        elif (piece.story or piece.label in _UNCLAIMED) and (key == description or not _is_one_of(piece, pieces[i + 1 :])):
            apart = line.outside or Label.STANDFIRST in line.hints or line.roles & Role.HEADING
            if apart and description and len(key) > 20 and (key == description or description.startswith(key[:80])):
                piece.set(Label.STANDFIRST, "copy: the page's description")
            elif piece in hinted[:1] and len(hinted) <= 2:
                piece.set(Label.STANDFIRST, "hint: class says standfirst", "position: before the story")


def _is_one_of(piece: Piece, after: list[Piece]) -> bool:
    """Tell whether a line is set as the story's next paragraph is, in the same box: then it is the first of them."""
    box = piece.run.box.line
    for other in after:
        if other.story and other.line.sentence:
            return other.run.box.line.parent is box.parent and other.run.box.line.tag == box.tag
    return False


def _is_byline(key: str, authors: list[str]) -> bool:
    return any(a and a in key and len(key) < len("".join(authors)) + 30 for a in authors)


def settle_sections(pieces: list[Piece], region: Box, opening: Run | None) -> None:
    """Settle headings by what follows them, and boxes and lists by the heading that opens them."""
    linked: list[Piece] = []
    for i, piece in enumerate(pieces):
        if piece.label in _SECTION_LABELS and not piece.line.sentence and _opens(piece):
            if not _is_told(piece) and _heads_story(pieces, i):
                if piece.line.roles & Role.HEADING:
                    linked.append(piece)
                continue
            around = piece.run.box.line.parent
            if around is not None and around is not region and _is_aside(around, region, opening):
                _close_box(pieces, i, around, piece.label)
            _close_list(pieces, i + 1, piece.label)
    if len(linked) >= LISTED:
        for piece in linked:
            piece.set(Label.CROSSHEAD)
    _settle_closing_links(pieces)
    under: list[Piece] = []
    for piece in reversed(pieces):
        if piece.label is Label.CROSSHEAD:
            told = [p for p in under if p.label not in _NEUTRAL]
            if not any(p.story for p in under):
                label = told[-1].label if told else Label.PROMO
                piece.set(label, "structure: a heading with no story under it")
            elif len(told) > 2 and all(p.label is Label.RELATED for p in told[-2:]):
                piece.set(Label.RELATED, "structure: a heading over links")
            if piece.label is Label.CROSSHEAD or any(p.story for p in under):
                under = []
        under.append(piece)


def _is_aside(box: Box, region: Box, opening: Run | None) -> bool:
    """Tell whether a box under a heading of noise holds no story: little prose, or it stands below the story's start."""
    if box.mass < SECTION_SHARE * region.mass:
        return True
    return opening is not None and region.order < opening.box.order < box.order


def _settle_closing_links(pieces: list[Piece]) -> None:
    """Label as related what stands under the last heading, where every line of it carries a link."""
    under: list[Piece] = []
    for piece in reversed([p for p in pieces if p.story or p.label is Label.CROSSHEAD]):
        line = piece.line
        if piece.label is Label.CROSSHEAD or (line.strong > 0.9 and not line.sentence):
            if len(under) > 2:
                piece.set(Label.RELATED, "structure: a heading over links")
                for linked in under:
                    linked.set(Label.RELATED, "links: each line carries one", "position: under the closing heading")
            return
        if line.linked < LINKED:
            return
        under.append(piece)


def _is_told(piece: Piece) -> bool:
    """Tell whether words or a class say what a heading opens; that it is a link says nothing of what follows it."""
    return any(why.startswith(("wording", "hint", "markup")) for why in piece.why)


def _heads_story(pieces: list[Piece], at: int) -> bool:
    """Tell whether the first sentence under a heading, before the next one, is the story's and in the heading's box.

    A linked heading in a box of its own between two paragraphs is a link to another story.
    """
    around = pieces[at].run.box.line.parent
    for piece in pieces[at + 1 :]:
        if piece.line.sentence and piece.story:
            return around is not None and piece.run.box.order <= around.last and not piece.line.outside
        if piece.line.roles & Role.HEADING:
            return False
    return False


def _opens(piece: Piece) -> bool:
    line = piece.line
    return bool(line.roles & Role.HEADING) or line.strong > 0.9 or line.text.endswith(":")


def _close_box(pieces: list[Piece], at: int, box: Box, label: Label) -> None:
    """Give all that stands in a box the label of the heading that opens it."""
    if at and box.order <= pieces[at - 1].run.box.order <= box.last:
        return  # the heading stands in the middle of the box
    for piece in pieces[at + 1 :]:
        if piece.run.box.order > box.last:
            break
        if piece.story or piece.label is Label.CROSSHEAD:
            piece.set(label, "structure: in the box of a heading of that kind", "wording: the heading")


def _close_list(pieces: list[Piece], start: int, label: Label) -> None:
    """Give list items and links right under a heading its label; stop at the first line that is story."""
    for piece in pieces[start:]:
        line = piece.line
        if line.linked <= 0.5 and (line.roles & Role.HEADING or line.sentence or piece.story):
            break
        if piece.story or piece.label is Label.CROSSHEAD:
            piece.set(label, "structure: under a heading of that kind", "links")


def settle_captions(pieces: list[Piece]) -> None:
    """Label as credit the short line that closes a figcaption after what the picture shows."""
    for before, piece in pairwise(pieces):
        if piece.label is Label.AGENCY and before.label is Label.CAPTION:
            piece.set(Label.CREDIT, *piece.why, "position: after a caption")
        elif (
            piece.label is Label.CAPTION is before.label
            and piece.run.paragraph == before.run.paragraph
            and piece.line.roles & Role.CAPTION
            and not ends_sentence(piece.line.text)
            and piece.line.words <= 10
        ):
            piece.set(Label.CREDIT, *piece.why, "position: closes a caption")


def settle_tail(pieces: list[Piece]) -> None:
    """Label fragments before and after the story that nothing else has claimed."""
    for piece in pieces:
        line = piece.line
        if not piece.story or line.sentence:
            continue
        if line.lead and line.outside and not line.roles & (Role.LIST | Role.QUOTE | Role.TABLE) and line.words < 25:
            piece.set(Label.NAV, "position: a fragment before the story")
        elif (
            line.tail
            and line.outside
            and piece.label is Label.BODY
            and line.words < 12
            and not line.text.endswith((".", "!", "?", "…", "”", '"'))
        ):
            piece.set(Label.PROMO, "position: a fragment after the story")
