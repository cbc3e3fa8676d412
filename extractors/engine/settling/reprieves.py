"""What the rule of single lines takes and the shape of the whole gives back: words inside a sentence, verse, lists.

Each function looks at the pieces of a region in page order, after they have been judged and settled.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.hints import CROSSHEAD_NAMES
from extractors.engine.noise.cues import WHOLLY_LINKED
from extractors.engine.noise.sentences import NEUTRAL
from extractors.engine.pictures.captions import restore_captions
from extractors.engine.pieces import Piece, labelled, labels_of, set_as
from extractors.engine.prose import ends_sentence
from extractors.engine.settling.rows import restore_cells

ALIKE = 3  # lines set in one way, from which on one more is told by them
ALONE = 1.5  # times a quotation's prose, that a box has with it and whose words they are
LINES = 4  # of a stanza, at least
AS_LONG = 2  # times the longest name of a list, that a linked one has
SHORTEST, LONGEST = 3, 14  # words of a line of verse: more than so many on the average, at most so many
POINTED = 0.4  # of verse's lines, that end in a mark
MARKS = tuple(",;:.!?…—–”\"'»’“")
_TAKEN = frozenset({Label.NAV, Label.PROMO})
_HINTED, _SHAPED = ("hint: class says byline",), ("structure", "position")
_WORDED = ("wording", "register", "typography")
_APART = (*_WORDED, "links", "structure: outside", "position: at")
_NAMING = frozenset({Label.SOCIAL, Label.LEGAL, Label.PLAYER, Label.PROMO})  # what a part of a story may be about
_ALIKE = frozenset({Label.NAV, Label.RELATED})  # what a heading set as others may be taken for
_HEADED = _NAMING | _ALIKE
_FOLDED = frozenset({Label.PLAYER, Label.NAV, Label.RELATED})  # a button, and what may stand for one
_ASKED = "?？؟"
_UNFOLDING = ("markup: in a button", "structure: outside", "links", "position")
_NOTING = frozenset({Label.LEGAL, Label.CORRECTION})
_INSIDE = ("links", "hint", "structure", "position", "typography: no words")
_LISTED = (
    "links", "register", "contact", "repetition: the paragraph", "wording: line", "wording: inside", "position: at",
    "typography: bold", "typography: no words",
)  # fmt: skip
_WORKS = ("wording: inside", "position: at")
_ASKING = frozenset({Label.RELATED, Label.NEWSLETTER, Label.PAYWALL, Label.PROMO})
_NAMED = frozenset({Label.PLAYER, Label.TIMESTAMP, Label.TECH})  # a sportsman, a dateline, a full stop
_DASHES = ("–", "—", "--")
_NO_VERSE = Role.HEADING | Role.TABLE | Role.FIGURE | Role.CAPTION | Role.CONTROL | Role.NAV | Role.FORM | Role.FOOTER


def restore(pieces: list[Piece]) -> None:
    """Give back what is the story's after all; most pages lack the labels of some of it."""
    labels = labels_of(pieces)
    _restore_words(pieces)
    if not labels.isdisjoint(_TAKEN) or Label.QUOTE in labels:
        _restore_parts(pieces)
    if Label.RELATED in labels:
        _restore_names(pieces)
        _restore_sources(pieces)
    _restore_items(pieces)
    if Label.TABLE in labels:
        restore_cells(pieces)
    if not labels.isdisjoint(_HEADED):
        _restore_headings(pieces)
    if not labels.isdisjoint(_FOLDED):
        _restore_questions(pieces)
    if not labels.isdisjoint(_NOTING):
        _restore_labels(pieces)
    if Label.AUTHOR_BIO in labels:
        _restore_works(pieces)
    if not labels.isdisjoint(_TAKEN):
        _restore_verse(pieces)
    if Label.CAPTION in labels:
        restore_captions(pieces)


def _restore_works(pieces: list[Piece]) -> None:
    """Give back what somebody has written or teaches where the story goes on: of its author that closes it."""
    goes_on = False
    for piece in reversed(pieces):
        goes_on = goes_on or (piece.story and piece.line.sentence)
        if goes_on and piece.label is Label.AUTHOR_BIO and piece.only(_WORKS):
            piece.set(Label.BODY)


def _restore_words(pieces: list[Piece]) -> None:
    """Give back the words of a sentence that were taken for something of their own: for a link, by their class.

    What the page says of the link only to those who cannot see it stands between the words, and is none of them; the
    full stop after it is the sentence's.
    """
    seen = [p for p in pieces if p.story or p.label is not Label.TECH or p.only("typography")]
    for at, piece in enumerate(seen):
        if piece.story or not piece.why or not (piece.run.linked or piece.label in _NAMED) or not piece.only(_INSIDE):
            continue
        here = piece.run.paragraph
        before, after = seen[at - 1] if at else None, seen[at + 1] if at + 1 < len(seen) else None
        goes_on = after is not None and after.story and after.run.paragraph == here
        if before is not None and before.run.paragraph == here:
            if _is_open(before) and (piece.run.text[0] != "\n" or (goes_on and not piece.line.tail)):
                piece.set(before.label)
        elif after is not None and goes_on and piece.line.key and _opens(piece, after):
            piece.set(after.label)


def _is_open(piece: Piece) -> bool:
    """Tell whether a line of the story goes on with what follows it: it is neither a whole sentence nor a label."""
    return piece.story and piece.line.text[-1] not in ":|" and not ends_sentence(piece.line.text)


def _opens(piece: Piece, after: Piece) -> bool:
    """Tell whether the text after a piece goes on with its sentence: the piece is its first words, or a dateline."""
    return (after.line.text[0].islower() and after.run.text[0] != "\n") or piece.line.text.endswith(_DASHES)


def _restore_parts(pieces: list[Piece]) -> None:
    """Give back lines that stand apart only because no element says what they are: crossheads, names under quotations.

    Their class calls them crossheads; they close the box of a quotation, with nothing else in it; or others set just
    like them, of which each ends as a sentence does, are story: the first question of an interview, the last answer.
    """
    if not any(_is_taken(piece) or piece.why == _HINTED for piece in pieces):
        return
    closing = any(_is_taken(p) and not p.run.linked and ends_sentence(p.line.text) for p in pieces)
    told = Counter(set_as(p) for p in pieces if closing and p.story and ends_sentence(p.line.text))
    before: Piece | None = None
    for piece in pieces:
        if _is_taken(piece) and not piece.run.linked:
            box = piece.block
            if closing and ends_sentence(piece.line.text) and told[place := set_as(piece)] >= ALIKE and any(place[1:]):
                piece.set(Label.BODY)
                continue
            if any(name in box.names.lower() for name in CROSSHEAD_NAMES) and not (piece.line.lead or piece.line.tail):
                piece.set(Label.CROSSHEAD, "hint: class says crosshead")
            elif before is not None and _closes_quotation(before, piece):
                piece.set(Label.QUOTE)
        elif piece.why == _HINTED and before is not None and not piece.line.tail and _closes_quotation(before, piece):
            piece.set(Label.QUOTE)
        before = piece


def _closes_quotation(quoted: Piece, piece: Piece) -> bool:
    """Tell a few words that close the box of a quotation, with nothing else in it: whose it is."""
    if (around := quoted.block.parent) is None or quoted.label is not Label.QUOTE or piece.line.words > LONGEST:
        return False
    return around.mass <= ALONE * quoted.run.mass and around.order < piece.block.order <= around.last


def _restore_names(pieces: list[Piece]) -> None:
    """Give back linked names among paragraphs alike: between two without a link, or in a list of which most have none.

    A list of winners, or of places. Pictures do not part it; what is far longer than all the others is no name of it.
    """
    if not any(map(_is_linked, pieces)):
        return
    for home, group in groupby((p for p in pieces if p.story or _is_linked(p)), _home):
        row = list(group) if home else []
        names = [p for p in row if p.story and p.line.linked <= WHOLLY_LINKED]
        is_list = len(names) >= ALIKE and 2 * len(names) > len(row)
        longest = max((len(p.line.text) for p in names), default=0)
        unlinked = [p.story and not p.run.linked for p in row]
        for i, piece in enumerate(row):
            between = 0 < i < len(row) - 1 and unlinked[i - 1] and unlinked[i + 1]
            if not piece.story and (between or (is_list and len(piece.line.text) <= AS_LONG * longest)):
                piece.set(names[0].label)


def _restore_sources(pieces: list[Piece]) -> None:
    """Give back a list of links to other sites at the story's end, which a line of the story opens with a colon."""
    opened = False
    for piece in pieces:
        item = piece.block.tag == "li"
        if opened and item and piece.line.abroad and _is_linked(piece):
            piece.set(Label.LIST)
        opened = piece.story and (opened if item else piece.line.text.endswith(":"))


def _is_linked(piece: Piece) -> bool:
    return piece.run.linked > 0 and piece.label is Label.RELATED and piece.only(("links", "position"))


def _home(piece: Piece) -> tuple[str, int] | None:
    """Return what the paragraphs of one list share: their tag, and the element around them; None of a sentence."""
    box = piece.block
    return None if piece.line.sentence or box.parent is None else (box.tag, box.parent.order)


def _restore_items(pieces: list[Piece]) -> None:
    """Give back items of a list most of whose others are story: what they link to or name is what the list is about."""
    if not any(not piece.story and piece.line.roles & Role.LIST for piece in pieces):
        return
    lists: dict[int, list[Piece]] = {}
    for piece in pieces:
        box = piece.block
        item = box if box.tag == "li" or box.parent is None else box.parent
        if item.tag == "li" and item.parent is not None:
            lists.setdefault(item.parent.order, []).append(piece)
    for items in lists.values():
        told = sum(piece.story for piece in items)
        if 2 * told > len(items) > told > 1:
            for piece in items:
                if not piece.story and piece.only(_LISTED) and not (piece.line.tail or _asks(piece)):
                    piece.set(Label.LIST)


def _restore_headings(pieces: list[Piece]) -> None:
    """Give back headings that only their words speak against, right above a paragraph of the story in their box.

    One that stands apart or leads to another site is given back where it is set just as several are.
    """
    heads: Counter[tuple[str, ...]] | None = None
    for piece, under in pairwise(pieces):
        if piece.label in _HEADED and piece.line.roles & Role.HEADING and under.story and under.line.sentence:
            if piece.line.lead or under.line.tail:
                continue
            if piece.label in _NAMING and piece.block.parent is under.block.parent and piece.only(_WORDED):
                piece.set(Label.CROSSHEAD)
            elif piece.label in _ALIKE and piece.only(_APART) and (piece.line.abroad or not piece.run.linked):
                heads = heads or Counter(map(set_as, labelled(pieces, Label.CROSSHEAD)))
                if heads[set_as(piece)] >= ALIKE:
                    piece.set(Label.CROSSHEAD)


def _restore_questions(pieces: list[Piece]) -> None:
    """Give back questions, each right above its answer in the story, of which each is a button that shows it."""
    over = [p for p, under in pairwise(pieces) if p.label in _FOLDED and under.story and under.line.sentence]
    asked = [p for p in over if p.line.text[-1] in _ASKED and not p.line.lead and p.only(_UNFOLDING)]
    for piece in asked[len(asked) < 2 :]:
        piece.set(Label.CROSSHEAD)


def _restore_labels(pieces: list[Piece]) -> None:
    """Give back "Note:", set apart by its element alone, to the story's sentence that goes on behind it."""
    for piece, after in pairwise(pieces):
        goes_on = after.story and after.run.paragraph == piece.run.paragraph and after.run.text[0] != "\n"
        if goes_on and piece.label in _NOTING and piece.line.folded.rstrip(" :") in NEUTRAL:
            piece.set(after.label)


def _asks(piece: Piece) -> bool:
    return piece.label in _ASKING and any(why.startswith("wording: line") for why in piece.why)


def _restore_verse(pieces: list[Piece]) -> None:
    """Give back the lines of a poem, of which most have neither a full stop nor eight words."""
    if not any(_is_taken(piece) for piece in pieces):
        return
    for is_line, group in groupby(pieces, _is_line):
        lines = list(group)
        if not is_line or len(lines) < LINES or all(piece.story for piece in lines):
            continue
        texts = [piece.line.text for piece in lines]
        pointed = sum(text.endswith(MARKS) for text in texts)
        counted = sum(any(c.isdigit() for c in text) for text in texts)
        words = sum(piece.line.words for piece in lines)
        if pointed >= POINTED * len(lines) and counted * 4 <= len(lines) and words > SHORTEST * len(lines):
            for piece in lines:
                if not piece.story:
                    piece.set(Label.BODY)


def _is_taken(piece: Piece) -> bool:
    return piece.label in _TAKEN and not piece.line.sentence and piece.only(_SHAPED)


def _is_line(piece: Piece) -> bool:
    """Tell whether a piece may be a line of verse."""
    line = piece.line
    if line.linked or line.roles & _NO_VERSE or not (piece.story or _is_taken(piece)):
        return False
    return line.text.count(" ") < LONGEST and line.words <= LONGEST
