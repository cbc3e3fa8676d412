"""The region as blocks in reading order: each run judged once, then what only neighbours can tell.

Which box is the region is decided in `region`, what a line is in `noise`; here the page's facts are gathered, the
verdicts become labels, and headings, lists and the lines around the story are settled by what stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.article import Block, Label
from extractors.engine.hints import NONE
from extractors.engine.lexicon import Lexicon
from extractors.engine.noise import Facts, Line, Verdict, judge
from extractors.engine.prose import ends_sentence, key_of
from extractors.engine.region import prose_mass
from extractors.engine.runs import Box, Outline, Role, Run

WRAPPER_SHARE = 0.45  # a box with more of the region's prose than this is a wrapper: its hints say nothing
MAIN_SHARE = 0.15  # a container with less of the region's prose than this is not where the story stands
SECTION_SHARE = 0.3  # of the region's prose, that a box under a heading of noise holds at most
_SECTION_LABELS = frozenset(
    {Label.RELATED, Label.NEWSLETTER, Label.COMMENTS, Label.AUTHOR_BIO, Label.PROMO, Label.COMMENT_POLICY, Label.SOCIAL, Label.AD}
)
_NEUTRAL = frozenset({Label.CAPTION, Label.CREDIT, Label.AD, Label.TECH, Label.PLAYER, Label.BYLINE, Label.TIMESTAMP})
_STORY = (Label.BODY, Label.QUOTE, Label.LIST, Label.TABLE)


@dataclass(slots=True)
class Piece:
    """A run of the region on its way to become a block."""

    run: Run
    line: Line
    label: Label = Label.BODY
    why: tuple[str, ...] = ()

    @property
    def story(self) -> bool:
        return self.label in _STORY

    def set(self, label: Label, *why: str) -> None:
        self.label, self.why = label, why


@dataclass(slots=True)
class Known:
    """What the fields already know when blocks are judged: texts, each None or empty where unknown."""

    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    titles: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Region:
    """The region's containers: which hold the story, and what the boxes' hints say."""

    box: Box
    containers: dict[int, float] = field(default_factory=dict)  # order -> prose
    inhabited: set[int] = field(default_factory=set)  # orders of containers in which a sentence was found to be story
    main: set[str] = field(default_factory=set)
    hints: dict[int, tuple[frozenset[Label], int]] = field(default_factory=dict)
    pictured: set[int] = field(default_factory=set)
    marks: Mapping[int, Label] = field(default_factory=dict)

    def mark_of(self, box: Box) -> Label | None:
        """Return what the template says of the nearest element around a text that it names."""
        here: Box | None = box
        while here is not None and self.marks:
            if (label := self.marks.get(here.node)) is not None:
                return label
            here = here.parent
        return None

    def hints_of(self, box: Box) -> tuple[frozenset[Label], int]:
        """Return the hints and roles that hold for a box: its own and its ancestors', wrappers of the story left out."""
        if box is self.box or box.parent is None:
            return NONE, 0
        if (known := self.hints.get(box.order)) is not None:
            return known
        wraps = box.mass > WRAPPER_SHARE * self.box.mass or box.body
        hints, roles = self.hints_of(box.parent)
        found = (hints, roles) if wraps else (hints | box.hints, roles | box.own)
        self.hints[box.order] = found
        return found


def container_of(run: Run) -> Box:
    """Return the box whose children are the story's paragraphs, as seen from one of them."""
    box = run.box.line
    while box.parent is not None and box.tag in ("p", "li", "ul", "ol", "h2", "h3", "h4", "h5", "h6", "blockquote"):
        box = box.parent
    return box


def pieces_of(
    outline: Outline, box: Box, known: Known, lexicon: Lexicon, marks: Mapping[int, Label] | None = None
) -> list[Piece]:
    """Label every run of the region; `marks` is what a template says of elements, by `mem_id`."""
    runs = [r for r in outline.runs if box.order <= r.box.order <= box.last]
    region = _survey(box, runs, outline)
    region.marks = marks or {}
    facts = _facts(known, outline, runs, region)
    pieces = [_piece(run, region) for run in runs]
    _place(pieces)
    _judge_all((p for p in pieces if p.line.sentence), facts, lexicon)
    region.inhabited = {container_of(p.run).order for p in pieces if p.line.sentence and p.story}
    for piece in pieces:
        if piece.line.outside and container_of(piece.run).order in region.inhabited:
            piece.line.outside = False
    _judge_all((p for p in pieces if not p.line.sentence), facts, lexicon)
    _repeated(pieces)
    _settle_lead(pieces, known)
    _settle_captions(pieces)
    _settle_sections(pieces, box)
    _settle_tail(pieces)
    return pieces


def lead_pieces_of(outline: Outline, box: Box, lexicon: Lexicon) -> list[Piece]:
    """Label the captions and credits of the figures between the page's heading and the region."""
    heads = [r.box.order for r in outline.runs if r.box.line.tag == "h1" and r.box.order < box.order]
    start = heads[-1] if heads else box.order
    runs = [r for r in outline.runs if start < r.box.order < box.order and r.box.roles & Role.FIGURE]
    region = _Region(box.parent or box)
    pieces = [_piece(run, region) for run in runs]
    for piece in pieces:
        piece.line.roles |= piece.run.box.roles & (Role.FIGURE | Role.CAPTION)
        verdict = judge(piece.line, Facts(), lexicon)
        piece.set(verdict.label if verdict else Label.CAPTION, "position: a figure above the story")
    _settle_captions(pieces)
    return [p for p in pieces if p.label in (Label.CAPTION, Label.CREDIT)]


def blocks_of(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    """Turn pieces into blocks, neighbours of one paragraph with one label joined."""
    blocks: list[Block] = []
    for piece in pieces:
        block = Block(piece.run.text, piece.label, piece.run.paragraph, piece.why)
        if blocks and (last := blocks[-1]).paragraph == block.paragraph and last.label is block.label:
            blocks[-1] = Block(last.text + block.text, last.label, last.paragraph, last.why or block.why)
        else:
            blocks.append(block)
    return tuple(blocks)


def _judge_all(pieces: Iterable[Piece], facts: Facts, lexicon: Lexicon) -> None:
    """Label the pieces that no template has named."""
    for piece in pieces:
        if piece.label is Label.BODY:
            if verdict := judge(piece.line, facts, lexicon):
                piece.set(verdict.label, *verdict.why)
            else:
                piece.set(_structural_label(piece))


def _survey(box: Box, runs: list[Run], outline: Outline) -> _Region:
    region = _Region(box)
    for run in runs:
        container = container_of(run)
        region.containers[container.order] = region.containers.get(container.order, 0.0) + prose_mass(run)
    kinds: dict[str, float] = {}
    for order, mass in region.containers.items():
        kind = _signature(outline.boxes[order])
        kinds[kind] = kinds.get(kind, 0.0) + mass
    total = sum(kinds.values())
    region.main = {kind for kind, mass in kinds.items() if mass >= MAIN_SHARE * total > 0}
    for picture in outline.pictures:
        if not box.order <= picture.box.order <= box.last:
            continue
        here: Box | None = picture.box
        for _ in range(4):
            if here is None or here.mass > 0.3 * box.mass:
                break
            region.pictured.add(here.order)
            here = here.parent
    return region


def _signature(box: Box) -> str:
    return f"{box.tag} {box.names}"


def _facts(known: Known, outline: Outline, runs: list[Run], region: _Region) -> Facts:
    captions = {key_of(c) for c in known.captions}
    box = region.box
    for picture in outline.pictures:
        if not box.order <= picture.box.order <= box.last:
            continue
        for name in ("alt", "title", "data-caption"):
            if text := picture.attributes.get(name):
                captions.add(key_of(text))
    captions.update(key_of(run.text) for run in runs if run.box.roles & Role.CAPTION)
    return Facts(frozenset(c for c in captions if len(c) >= 8), known.titles, known.recurring)


def _piece(run: Run, region: _Region) -> Piece:
    size = max(len(run.line), 1)
    hints, roles = region.hints_of(run.box)
    mark = region.mark_of(run.box)
    outside = _signature(container_of(run)) not in region.main
    if region.marks:
        outside = mark is None
    if mark is Label.BODY:
        hints = NONE
    line = Line(
        run.line, roles, hints, run.linked / size, run.strong / size, run.emphasis / size,
        outside=outside,
        pictured=run.box.line.order in region.pictured,
    )  # fmt: skip
    if mark is not None and mark is not Label.BODY:
        return Piece(run, line, mark, ("template: the site file names it",))
    return Piece(run, line)


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
    for i, piece in enumerate(pieces):
        piece.line.lead, piece.line.tail = i < first, i > last
        piece.line.first = i == first
        piece.line.last = last - 3 < i <= last and len(prose) > 3


def _structural_label(piece: Piece) -> Label:
    roles = piece.line.roles
    if roles & Role.HEADING:
        return Label.CROSSHEAD
    if roles & Role.TABLE and piece.run.box.tag != "p":
        return Label.TABLE
    if roles & Role.QUOTE:
        return Label.QUOTE
    return Label.LIST if roles & Role.LIST else Label.BODY


def _repeated(pieces: list[Piece]) -> None:
    """Label a sentence that stands a second time: pages print the same paragraph for two layouts."""
    seen: set[str] = set()
    for piece in pieces:
        if piece.story and piece.line.sentence:
            key = piece.line.key
            if key in seen and len(key) > 50:
                piece.set(Label.TECH, "repetition: the paragraph stands above already")
            seen.add(key)


def _settle_lead(pieces: list[Piece], known: Known) -> None:
    """Label headline, standfirst and byline among the lines before the story's first paragraph."""
    hinted = [p for p in pieces if p.line.lead and Label.STANDFIRST in p.line.hints and p.story and p.line.words >= 5]
    headline, description = key_of(known.headline or ""), key_of(known.description or "")
    authors = [key_of(a) for a in known.authors]
    for piece in pieces:
        line, key = piece.line, piece.line.key
        if not key:
            continue
        if piece.label is Label.TIMESTAMP and not line.lead and not line.tail:
            piece.set(Label.LIVE, *piece.why, "position: a clock inside the story")
        if headline and key == headline and (line.lead or line.roles & Role.HEADING):
            piece.set(Label.HEADLINE, "copy: the headline")
        elif not line.lead:
            if line.first and Label.STANDFIRST in line.hints and key == description:
                piece.set(Label.STANDFIRST, "copy: the page's description", "hint: class says standfirst")
        elif _is_byline(key, authors):
            piece.set(Label.BYLINE, "copy: the names of the authors")
        elif piece.story or piece.label is Label.CROSSHEAD:
            if description and len(key) > 20 and (key == description or description.startswith(key[:80])):
                piece.set(Label.STANDFIRST, "copy: the page's description")
            elif piece in hinted[:1] and len(hinted) <= 2:
                piece.set(Label.STANDFIRST, "hint: class says standfirst", "position: before the story")


def _is_byline(key: str, authors: list[str]) -> bool:
    return any(a and a in key and len(key) < len("".join(authors)) + 30 for a in authors)


def _settle_sections(pieces: list[Piece], region: Box) -> None:
    """Settle headings by what follows them, and boxes and lists by the heading that opens them."""
    for i, piece in enumerate(pieces):
        if piece.label in _SECTION_LABELS and not piece.line.sentence and _opens(piece):
            around = piece.run.box.line.parent
            if around is not None and around is not region and around.mass < SECTION_SHARE * region.mass:
                _close_box(pieces, i, around, piece.label)
            _close_list(pieces, i + 1, piece.label)
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
        if not piece.run.hrefs:
            return
        under.append(piece)


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


def _settle_captions(pieces: list[Piece]) -> None:
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


def _settle_tail(pieces: list[Piece]) -> None:
    """Label fragments before and after the story that nothing else has claimed."""
    for piece in pieces:
        line = piece.line
        if not piece.story or line.sentence:
            continue
        if line.lead and line.outside and not line.roles & (Role.LIST | Role.QUOTE | Role.TABLE) and line.words < 25:
            piece.set(Label.NAV, "position: a fragment before the story")
        elif line.tail and line.outside and piece.label is Label.BODY and line.words < 12 and not line.text.endswith((".", "!", "?", "…", "”", '"')):
            piece.set(Label.PROMO, "position: a fragment after the story")


__all__ = ["Known", "Piece", "Verdict", "blocks_of", "container_of", "pieces_of"]
