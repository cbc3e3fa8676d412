"""The region as blocks in reading order: each run judged once, then what only neighbours can tell.

Which box is the region is decided in `region`, what a line is in `noise`, what neighbours tell in `settling` and
`sections`; here the page's facts are gathered and the verdicts become labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extractors.article import Block, Label
from extractors.engine.addresses import lead_away
from extractors.engine.claim import settle_claim
from extractors.engine.dates.machine import read_date
from extractors.engine.lexicon import Lexicon, lexicon_for
from extractors.engine.lexicon.folding import fold_line
from extractors.engine.lexicon.tables import LANGUAGES
from extractors.engine.markup.elements import Role
from extractors.engine.markup.hints import NONE
from extractors.engine.markup.outline import Box, Outline, Run
from extractors.engine.noise.cues import look_through
from extractors.engine.noise.lines import Facts, Line
from extractors.engine.noise.rule import judge
from extractors.engine.outlet import short_of
from extractors.engine.pictures.captions import settle_captions, settle_shown
from extractors.engine.pieces import Known, Piece
from extractors.engine.prose import LONGEST_HEADING, key_of
from extractors.engine.recipe import settle_recipe
from extractors.engine.scripts import foreign_language
from extractors.engine.settling.belonging import settle_belonging
from extractors.engine.settling.ends import settle_lead, settle_tail
from extractors.engine.settling.links import settle_links
from extractors.engine.settling.liveblog import settle_entries
from extractors.engine.settling.profiles import settle_authors, settle_signatures
from extractors.engine.settling.repetitions import settle_pulled, settle_repetitions
from extractors.engine.settling.reprieves import restore
from extractors.engine.settling.rows import settle_rows, settle_steps
from extractors.engine.settling.sections import settle_sections
from extractors.engine.settling.threads import settle_threads
from extractors.engine.survey import Survey, containers_of, survey

_CLOSING = 3  # lines in which a story ends
_DESCRIBING = ("alt", "title", "data-caption")  # attributes of a picture that may tell its caption
_PREFORMATTED = frozenset({"pre", "xmp"})  # a listing, which stands in a box of its own for its colours
_JOINING = " ,;|/·•"  # before an item that follows others in a line


def pieces_of(
    outline: Outline, region: Box, known: Known, lexicon: Lexicon, marks: Mapping[int, Label] | None = None
) -> list[Piece]:
    """Label every run of the region; `marks` is what a template says of elements, by `mem_id`."""
    runs = [r for r in outline.runs if region.order <= r.box.order <= region.last]
    homes = containers_of(runs)
    surveyed = survey(outline, region, runs, homes, marks or {})
    facts = _facts(known, outline, region, runs)
    main = surveyed.main
    pieces = [_piece(r, surveyed, home.order not in main, known.site) for r, home in zip(runs, homes, strict=True)]
    if marks:
        _mark(pieces, surveyed)
    _place(pieces)
    look_through([p.line for p in pieces], lexicon)
    _judge_all([p for p in pieces if p.line.sentence], facts, lexicon)
    inhabited = {home.order for piece, home in zip(pieces, homes, strict=True) if piece.line.sentence and piece.story}
    for piece, home in zip(pieces, homes, strict=True):
        if piece.line.outside and home.order in inhabited and not (marks and piece.line.sentence):
            piece.line.outside = False
    _judge_all([p for p in pieces if not p.line.sentence], facts, lexicon)
    settle_lead(pieces, known)
    settle_repetitions(pieces)
    settle_claim(pieces, known.review)
    settle_recipe(pieces, known.recipe)
    settle_links(pieces, unknown=lexicon.language not in LANGUAGES)
    if outline.pictures:
        settle_shown(pieces, outline, lexicon.agencies)
    settle_pulled(pieces)
    settle_captions(pieces)
    settle_authors(pieces, known)
    settle_signatures(pieces, known, lexicon.agencies)
    settle_rows(pieces)
    settle_steps(pieces)
    settle_sections(pieces, region, outline.opening)
    settle_threads(pieces, region, outline)
    settle_tail(pieces)
    restore(pieces)
    settle_belonging(pieces, known)
    settle_entries(pieces)
    return pieces


def blocks_of(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    """Turn pieces into blocks, neighbours of one paragraph with one label joined."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and (last := groups[-1][0]).label is piece.label and last.run.paragraph == piece.run.paragraph:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(map(_block, groups))


def _block(pieces: list[Piece]) -> Block:
    first = pieces[0]
    run, entry = first.run, first.entry
    when = read_date(run.when) if entry is not None and first.label is Label.LIVE and run.when else None
    if len(pieces) == 1:
        return Block(run.text, first.label, run.paragraph, first.why, entry, when)
    text = "".join([piece.run.text for piece in pieces])
    why = next((piece.why for piece in pieces if piece.why), ())
    return Block(text, first.label, run.paragraph, why, entry, when)


def _judge_all(pieces: list[Piece], facts: Facts, lexicon: Lexicon) -> None:
    """Label the pieces that no template has named; what fine print stood under closes the story as well."""
    for piece in pieces:
        if not piece.named:
            _judge(piece, facts, lexicon)
    closing = [p for p in pieces if p.line.last]
    while any(not p.story for p in closing):
        prose = [p for p in pieces if p.label is Label.BODY and p.line.sentence and not (p.line.tail or p.line.outside)]
        closing = [p for p in prose[-_CLOSING:] if not p.line.last] if len(prose) > _CLOSING else []
        for piece in closing:
            piece.line.last, piece.line.plain, piece.line.said = True, None, None
            if not piece.named:
                _judge(piece, facts, lexicon)


def _judge(piece: Piece, facts: Facts, lexicon: Lexicon) -> None:
    line = piece.line
    foreign = None if line.text.isascii() else foreign_language(line.text, lexicon.language)
    if foreign:
        line.said = None  # that was looked for in the page's language
    if verdict := judge(line, facts, lexicon_for(foreign) if foreign else lexicon):
        piece.set(verdict.label, *verdict.why)
    elif line.roles:
        piece.set(_structural_label(piece))


def _facts(known: Known, outline: Outline, region: Box, runs: list[Run]) -> Facts:
    captions = set(known.captions)
    for picture in outline.pictures:
        if region.order <= picture.box.order <= region.last:
            captions.update(text for name in _DESCRIBING if (text := picture.attributes.get(name)))
    captions.update(run.text for run in runs if run.box.roles & Role.CAPTION)
    keys = frozenset(key for text in captions if len(text) >= 8 and len(key := key_of(text)) >= 8)
    outlet = known.outlet or ""
    named = " " in outlet
    house = short_of(outlet) if named else None
    return Facts(keys, known.titles, known.recurring, fold_line(outlet) if named else "", house or "")


def _piece(run: Run, surveyed: Survey, outside: bool, site: str | None) -> Piece:
    text, box = run.line, run.box
    hints, roles = surveyed.hints[box.order]
    line = Line(text, roles, hints)
    line.outside = outside and box.tag not in _PREFORMATTED
    line.pictured = box.flow in surveyed.pictured
    line.alone = box.order in surveyed.alone
    size = len(text) or 1
    if run.strong or run.emphasis:
        line.strong, line.emphasis = run.strong / size, run.emphasis / size
    if run.linked:
        line.linked = min(run.linked / (len(text.lstrip(_JOINING)) or 1), 1.0)
        # A sentence may link wherever it likes.
        line.abroad = (not line.sentence or line.linked > 0.5) and lead_away(run.hrefs, site)
    return Piece(run, line)


def _mark(pieces: list[Piece], surveyed: Survey) -> None:
    """Label what a template names; what it does not is outside.

    A paragraph that it calls body has no hints; in a container that it calls so, lines are judged as on any page.
    """
    for piece in pieces:
        place = piece.run.box.order
        mark = surveyed.marks.get(place)
        if mark is None:
            piece.line.outside = True
        elif mark is not Label.BODY:
            piece.line.outside = False
            piece.set(mark, "template: the site file names it")
            piece.named = True
        elif place in surveyed.named:
            piece.line.outside, piece.line.hints = False, NONE


def _place(pieces: list[Piece]) -> None:
    """Mark which lines stand before and after the story, and its first and last paragraphs."""
    prose = [
        i for i, p in enumerate(pieces)
        if p.line.sentence and not p.line.outside and not p.line.hints and p.line.linked < 0.5
        and not p.line.roles & (Role.CAPTION | Role.ASIDE | Role.NAV | Role.FORM)
    ]  # fmt: skip
    if not prose:
        return
    first, last = prose[0], prose[-1]
    pieces[first].line.first = True
    for piece in pieces[:first]:
        piece.line.lead = True
    for piece in pieces[last + 1 :]:
        piece.line.tail = True
    if len(prose) > _CLOSING:
        for piece in pieces[last + 1 - _CLOSING : last + 1]:
            piece.line.last = True


def _structural_label(piece: Piece) -> Label:
    roles = piece.line.roles
    if roles & Role.HEADING and not (piece.line.sentence and len(piece.line.text) > LONGEST_HEADING):
        return Label.CROSSHEAD
    if roles & Role.TABLE and (piece.run.box.tag != "p" or _fills_cell(piece)):
        return Label.TABLE
    if roles & Role.QUOTE:
        return Label.QUOTE
    return Label.LIST if roles & Role.LIST else Label.BODY


def _fills_cell(piece: Piece) -> bool:
    """Tell a fragment that is all there is in a cell of a table, whose row has others; else the table is a layout."""
    box = piece.run.box
    cell = box.parent
    if piece.line.sentence or cell is None or cell.tag not in ("td", "th") or cell.last != box.order:
        return False
    row = cell.parent
    return row is not None and row.last - row.order > cell.last - cell.order + 1
