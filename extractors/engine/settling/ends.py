"""What only neighbours can tell of a piece by its place: the lines around headline and story's end.

Each function settles one question over the pieces of a region in page order, after `noise` has judged every line;
headings and what stands under them have a room of their own, `sections`, and so has what is said twice, `repetitions`.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from extractors.article import Label
from extractors.engine.dates.written import LONGEST_DAY, is_dated, is_day, written_in
from extractors.engine.markup.elements import Role
from extractors.engine.markup.hints import STANDFIRST_NAMES
from extractors.engine.noise.lines import Line
from extractors.engine.pieces import Known, Piece, is_unseen_label, labelled
from extractors.engine.prose import ends_sentence, key_of
from extractors.engine.standfirst import repeats

_ITEM = Role.LIST | Role.TABLE
_TRAIL = re.compile(r"[^\s»›>] ?[»›>] ?[^\s»›>]")
_CLOCK = re.compile(r"\W?\d{1,2}[:.h]\d{2}(?: ?(?:[^\W\d]|\.){1,4})?\W?|\d{1,2} ?[a-z]{1,3} ago")  # as live blogs print
DATED = 12  # words of a line that is a date, at most
_CLOCKS = frozenset({Label.TIMESTAMP})  # clocks of a live blog among them
_UNCLAIMED = frozenset({Label.CROSSHEAD, Label.NAV, Label.PROMO, Label.KICKER})  # above the story, by their place alone
_STORY = frozenset({Label.BODY, Label.LIST, Label.TABLE})
_HEADING = frozenset({Label.HEADLINE, Label.TIMESTAMP})  # what stands right over a standfirst
_SIGNED_OR_DATED = frozenset({Label.BYLINE, Label.TIMESTAMP})
_SHOWN = frozenset({Label.CREDIT, Label.CAPTION})
LONGEST_ROLE = 5  # words under an author's name
DAY = 4  # words of a day without its year
NAMED = 4  # words of a standfirst, at least
FEW = 2  # cells of a table that lead a page, above its headline
TRAIL = 40  # words of a trail of sections with the headline at its end, at most
_PARTS = Role.TABLE | Role.LIST | Role.HEADING  # of which a date may be one
NEXT = 24  # lines after a sentence above the story, among which the story's first stands


def settle_lead(pieces: list[Piece], known: Known) -> None:
    """Label headline, standfirst and byline among the lines before the story's first paragraph."""
    hinted = _hinted(pieces)
    headlines, description = [key for text in known.headlines if (key := key_of(text))], key_of(known.description or "")
    authors = [key_of(a) for a in known.authors]
    for i, piece in enumerate(pieces):
        line = piece.line
        heading = piece.run.box.roles & Role.HEADING
        if not (line.lead or line.first or heading) and piece.label not in _CLOCKS:
            continue
        key = line.key
        if piece.label is Label.TIMESTAMP and not line.lead and _CLOCK.fullmatch(line.text):
            _settle_clock(piece)
        first = piece.block.tag == "h1"
        if (key in headlines and (line.lead or heading)) or (
            first and len(key) > 3 and any(key in headline for headline in headlines)
        ):
            piece.set(Label.HEADLINE, "copy: the headline")
        elif heading and known.outlet and key == key_of(known.outlet):
            piece.set(Label.OUTLET, "copy: the outlet's name")
        elif headlines and key.endswith(tuple(headlines)) and line.words <= TRAIL and _TRAIL.search(line.text):
            piece.set(Label.NAV, "copy: ends in the headline", "typography: a trail of sections")
        elif not (line.lead or (heading and line.first and not _opens_story(pieces, i))):
            continue
        elif (piece.label not in _SHOWN or key in authors) and _is_byline(key, authors):
            shown = line.roles & Role.CAPTION  # who writes takes pictures as well
            piece.set(Label.CREDIT if shown else Label.BYLINE, "copy: the names of the authors")
        elif cues := _cues_of_standfirst(pieces, i, hinted, description):
            piece.set(Label.STANDFIRST, *cues)
        elif heading and i and _goes_on(pieces[i - 1], piece):
            piece.set(Label.STANDFIRST, *pieces[i - 1].why)
    for piece in labelled(pieces, Label.CROSSHEAD):
        if piece.line.lead and piece.line.outside and piece.line.roles & Role.HEADER:
            piece.set(Label.HEADLINE, "markup: a heading in a header element", "position: before the story")
    _settle_above(pieces)
    _settle_under(pieces)
    _settle_days(pieces)
    for name, under in pairwise(takewhile(_leads, pieces)):
        named = name.label is Label.BYLINE and under.label is Label.BODY
        if (named or (under.story and is_unseen_label(name))) and _is_role(name, under):
            under.set(Label.BYLINE, "position: in the paragraph of the author's name")


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Tell the next line of a heading that is the standfirst."""
    return before.label is Label.STANDFIRST and before.block is piece.block and piece.label is Label.CROSSHEAD


def _settle_clock(piece: Piece) -> None:
    """Label a clock that does not stand above the story: how long a recording is, or that of a live blog's entry."""
    if Label.PLAYER in piece.line.hints or "min" in piece.line.folded:
        piece.set(Label.PLAYER, *piece.why)
    elif not piece.line.tail:
        piece.set(Label.LIVE, *piece.why, "position: a clock inside the story")


def _hinted(pieces: list[Piece]) -> list[Piece]:
    """Return the lines from the heading to the story whose class says standfirst; a list of points is none."""
    title = next((i for i, p in enumerate(pieces) if p.block.tag == "h1"), 0)
    hinted = [p for p in pieces[title:] if p.line.lead and p.line.hints and _is_called_so(p)]
    if sum(p.block.tag == "li" for p in hinted) > 1:
        hinted = [p for p in hinted if p.block.tag != "li"]
    return [p for p in hinted if p.line.words >= 5 and _is_unclaimed(p) and not _is_dated(p.line)]


def _cues_of_standfirst(pieces: list[Piece], at: int, hinted: list[Piece], description: str) -> tuple[str, ...]:
    """Return the cues by which a line above the story is its standfirst; none where it is not, or opens the story."""
    piece, line, key = pieces[at], pieces[at].line, pieces[at].line.key
    if not (_is_unclaimed(piece) or (line.alone and key == description)):
        return ()
    if key != description and _opens_story(pieces, at):
        return ()
    apart = line.outside or Label.STANDFIRST in line.hints or line.roles & Role.HEADING
    if apart and repeats(key, description):
        return ("copy: the page's description",)
    told = line.roles & Role.HEADING or (piece.story and line.sentence)
    if told and at and pieces[at - 1].label is Label.HEADLINE and _stands_with(pieces, at):
        return ("position: under the headline, in its box",)
    if told and at and pieces[at - 1].label in _HEADING and _stands_over_bare_text(pieces, at):
        return ("position: under the headline, in a box of its own over bare text",)
    if piece in hinted[:1] and len(hinted) <= 2:
        return "hint: class says standfirst", "position: before the story"
    return ()


def _settle_above(pieces: list[Piece]) -> None:
    """Label the short lines above the headline, where the story has not begun."""
    headline = next((i for i, p in enumerate(pieces) if p.label is Label.HEADLINE), 0)
    celled = headline <= FEW and all(p.label is Label.TABLE for p in pieces[:headline])
    heading = headline if celled else 0
    heading = next((i for i, p in enumerate(pieces) if p.label is Label.HEADLINE and p.block.tag == "h1"), heading)
    if headline and _is_kicker(pieces[headline - 1], pieces[headline]):
        pieces[headline - 1].set(Label.KICKER, "position: in the headline's box, above it")
    for i, piece in enumerate(pieces[:heading]):
        heads = piece.label is Label.CROSSHEAD and piece.block.tag != "h1"
        if (heads or piece.label in _STORY) and piece.line.lead and not piece.line.sentence:
            if _is_dated(piece.line):
                piece.set(Label.TIMESTAMP, "typography: a date", "position: before the story")
            elif heads and (i < heading - 1 or _TRAIL.search(piece.line.text)):
                piece.set(Label.NAV, "position: above the headline")
            else:
                piece.set(Label.KICKER, "position: above the headline")


def _settle_under(pieces: list[Piece]) -> None:
    """Label the heading right between the headline and the byline or the date: the story has not begun."""
    at = next((i for i, p in enumerate(pieces) if p.label is Label.HEADLINE), len(pieces))
    if at + 2 < len(pieces):
        under, then = pieces[at + 1 : at + 3]
        heads = under.label is Label.CROSSHEAD and under.line.lead and under.line.words >= NAMED
        if heads and (then.label in _SIGNED_OR_DATED or _is_dated(then.line)):
            under.set(Label.STANDFIRST, "position: between headline and byline")


def _settle_days(pieces: list[Piece]) -> None:
    """Label a day without its year above the story, as it stands under headlines; a chronology has several."""
    brief = [p for p in pieces if p.label is Label.BODY and len(p.line.text) <= LONGEST_DAY]
    days = [p for p in brief if p.line.words <= DAY and is_day(p.line.text)]
    if len(days) == 1 and days[0].line.lead and not days[0].line.roles & _PARTS:
        days[0].set(Label.TIMESTAMP, "typography: a day", "position: before the story")


def _is_kicker(piece: Piece, headline: Piece) -> bool:
    """Tell a few words right above the headline, in the box that groups the two; no link leads away from there."""
    line, group = piece.line, headline.block.parent
    if group is None or group.tag not in ("hgroup", "header") or not line.lead or line.linked or line.sentence:
        return False
    apart = piece.only("structure") and piece.label in (Label.NAV, Label.BODY)
    return apart and group.order < piece.block.order and line.words <= DATED and not is_dated(line.text)


def _is_dated(line: Line) -> bool:
    """Tell a line that is a date, perhaps with its place, from one that names a date."""
    return line.words <= DATED and is_dated(line.text)


def _leads(piece: Piece) -> bool:
    return piece.line.lead


def _is_role(name: Piece, under: Piece) -> bool:
    """Tell a line that says above the story what the author is, in the paragraph of the name: "Harbour editor"."""
    line = under.line
    alike = under.run.paragraph == name.run.paragraph and line.lead and line.words <= LONGEST_ROLE
    return alike and not ends_sentence(line.text)


def _stands_with(pieces: list[Piece], at: int) -> bool:
    """Tell a line of some words that stands in one box with the headline alone: the story begins outside it."""
    around = pieces[at].block.parent
    if around is None or around is not pieces[at - 1].block.parent or pieces[at].line.words < NAMED:
        return False
    first = next((p for p in pieces[at + 1 : at + 1 + NEXT] if p.story and p.line.sentence), None)
    return first is not None and first.run.box.order > around.last


def _stands_over_bare_text(pieces: list[Piece], at: int) -> bool:
    """Tell a sentence in a box with a name, where all that the story goes on with stands bare in the box around it."""
    box = pieces[at].block
    around = box.parent
    if around is None or box.tag != "div" or not box.names:
        return False
    rest = [p for p in pieces[at + 1 : at + 1 + NEXT] if p.story and p.line.sentence and p.block.order <= around.last]
    return len(rest) > 1 and all(piece.block is around for piece in rest)


def _is_unclaimed(piece: Piece) -> bool:
    """Tell whether a line above the story may be its standfirst: its own class may call it a teaser as well."""
    if piece.label is Label.RELATED and _is_called_so(piece):
        return not piece.line.linked
    return piece.story or piece.label in _UNCLAIMED


def _is_called_so(piece: Piece) -> bool:
    """Tell a line that a class calls standfirst, or a teaser where it is a paragraph without a link."""
    if Label.STANDFIRST in piece.line.hints | piece.block.hints | piece.run.box.hints:
        return True
    block = piece.block
    return (
        block.tag == "p" and Label.RELATED in block.hints and not piece.line.linked and "teaser" in block.names.lower()
    )


def _opens_story(pieces: list[Piece], at: int) -> bool:
    """Tell whether a sentence is set as the story's next paragraph is, in the same box: the first of its paragraphs.

    A class that only says standfirst (and not `lead`, which a story's own first paragraph may have) is believed.
    """
    piece, box = pieces[at], pieces[at].block
    if not piece.line.sentence or any(word in box.names.lower() for word in STANDFIRST_NAMES):
        return False
    for other in pieces[at + 1 : at + 1 + NEXT]:
        if other.story and other.line.sentence:
            return other.block.parent is box.parent and other.block.tag == box.tag
    return False


def _is_byline(key: str, authors: list[str]) -> bool:
    return any(len(a) > 3 and a in key and len(key) < len("".join(authors)) + 30 for a in authors)


def settle_tail(pieces: list[Piece]) -> None:
    """Label fragments before and after the story that nothing else has claimed."""
    for piece in pieces:
        line = piece.line
        if line.sentence or not (line.lead or line.tail) or not piece.story:
            continue
        if line.lead and line.words <= DATED and _is_stamp(line):
            piece.set(Label.TIMESTAMP, "typography: a date", "position: before the story")
        elif line.tail and line.outside and not line.roles & _PARTS and _is_dated(line):
            piece.set(Label.TIMESTAMP, "typography: a date", "position: after the story")
        elif (
            line.tail
            and line.outside
            and piece.label is Label.BODY
            and line.words < 12
            and not line.text.endswith((".", "!", "?", "…", "”", '"'))
        ):
            piece.set(Label.PROMO, "position: a fragment after the story")


def _is_stamp(line: Line) -> bool:
    """Tell a line with a date in it; an item of a list or a cell has nothing else, or it says what happened then."""
    if line.roles & (Role.QUOTE | Role.HEADING) or not (dates := written_in(line.text)):
        return False
    rest = line.text[: dates[0].start] + line.text[dates[-1].end :]
    return not line.roles & _ITEM or not any(map(str.isalpha, rest)) or (not line.roles & Role.LIST and _is_dated(line))
