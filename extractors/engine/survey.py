"""A survey of the region before its lines are judged: which containers hold the story, what its boxes' hints say.

A hint on a box that holds much of the region's prose says nothing: it is a wrapper (`comments-enabled` around it all).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.hints import NONE
from extractors.engine.markup.outline import Box, Outline, Run
from extractors.engine.noise.cues import AT_PICTURES

WRAPPER_SHARE = 0.45  # a box with more of the region's prose than this is a wrapper
MAIN_SHARE = 0.15  # containers of one kind with less of the region's prose than this are not where the story stands
PICTURE_SHARE = 0.3  # a box with more of the region's prose than this is not a picture's own
CLOSE = 4  # boxes around a picture that may be its own
ALONE = 1.25  # prose of a picture's own box, to the characters of the text under the picture, where that is all it has
# Roles that an element has no longer which a template calls the story's.
_PLACES = Role.ASIDE | Role.FIGURE | Role.NAV | Role.FOOTER | Role.HEADER | Role.FORM | Role.HIDDEN
_PICTURING = re.compile(
    r"(?<![a-z])(?:images?|img|photos?|pictures?|pic|foto|bild|imagen|immagine)(?![a-z])|(?:Image|Photo|Picture)(?![a-z])"
)
_OWN_CAPTION = 300  # of prose mass: the text in a picture's box is its caption, more is story
_TAKEN = ("摄", "攝", "截图", "截圖", "供图", "供圖")  # how a Chinese caption closes
_WHOSE = 60  # characters of a line that tells whose a picture is
_CAPTIONS = 0.2  # of the region's prose, that such captions have at most
_MORE = frozenset({Label.RELATED, Label.AD, Label.PROMO, Label.AUTHOR_BIO, Label.COMMENTS, Label.PLAYER})
_BESIDE = frozenset({Label.RELATED, Label.COMMENTS, Label.AUTHOR_BIO})  # what may say more than a short story
_PARTLY = frozenset({Label.AD, Label.PROMO, Label.NAV, Label.NEWSLETTER, Label.PLAYER})
_STRANGE = _BESIDE | _PARTLY | {Label.SOCIAL}
STRANGE_SHARE = 0.25  # of what a template calls body, that may stand in boxes that are none of the story's
_UNKNOWN = (NONE, 0)
_CELLS = frozenset({"tr", "td", "th"})
_TABULAR = frozenset({Label.PLAYER, Label.AD})  # of a team; a banner is a row of headings
_INSIDE = frozenset({"p", "li", "ul", "ol", "h2", "h3", "h4", "h5", "h6", "blockquote"})


@dataclass(slots=True)
class Survey:
    """What is known of the region's boxes, by their `order`."""

    hints: dict[int, tuple[frozenset[Label], int]]  # with their ancestors': hints and roles
    main: set[int] = field(default_factory=set)  # containers of the kind that holds the story
    pictured: set[int] = field(default_factory=set)  # small boxes around a picture
    alone: set[int] = field(default_factory=set)  # boxes of a text that has a box to itself with the picture above it
    marks: dict[int, Label] = field(default_factory=dict)  # what a template says of the box or the nearest around it
    named: set[int] = field(default_factory=set)  # boxes that a template marks themselves, or as parts of a paragraph


def containers_of(runs: list[Run]) -> list[Box]:
    """Return for each run the box whose children are the story's paragraphs, as seen from it."""
    homes: list[Box] = []
    for run in runs:
        box = run.box.line
        while box.tag in _INSIDE and box.parent is not None:
            box = box.parent
        homes.append(box)
    return homes


def survey(outline: Outline, region: Box, runs: list[Run], homes: list[Box], marks: Mapping[int, Label]) -> Survey:
    """Survey the region; `homes` are the containers of its runs, `marks` what a template says of elements."""
    inside = outline.boxes[region.order : region.last + 1]
    title = next((run.box.order for run in runs if run.box.line.tag == "h1"), -1)
    start = outline.opening.box.order if outline.opening is not None else region.last
    body = {node for node, label in marks.items() if label is Label.BODY}
    found = Survey(_hints(region, inside, body, title, start))
    found.main = _main(runs, homes)
    found.main -= _beside(runs, homes, found, start)
    found.pictured, found.alone = _pictured(outline, region)
    found.pictured |= _credited(outline)
    for box in _picture_boxes(outline, region, found.pictured):
        for order in range(box.order, box.last + 1):
            hints, roles = found.hints[order]
            found.hints[order] = (hints if hints & AT_PICTURES else hints | {Label.CAPTION}, roles)
            found.pictured.add(order)
    if marks:
        strange = _strange([box for box in inside if box.node in body], found)
        for box in inside:
            own, around = marks.get(box.node), box.parent.order if box.parent else -1
            if box.order in strange and found.marks.get(around) is not Label.BODY:
                own = None
            if (label := own or found.marks.get(around)) is not None:
                found.marks[box.order] = label
                if own or (around in found.named and (box.tag in _INSIDE or box.flow != box.order)):
                    found.named.add(box.order)
    return found


def _hints(
    region: Box, inside: list[Box], body: set[int], title: int, start: int
) -> dict[int, tuple[frozenset[Label], int]]:
    found = {region.order: (NONE, 0)}
    wrapper = WRAPPER_SHARE * region.mass
    common = _common(inside, wrapper)
    for box in inside[1:]:
        assert box.parent is not None
        around, hints = found[box.parent.order], box.hints - common if common else box.hints
        wraps = box.mass > wrapper and (box.order <= start or hints.isdisjoint(_BESIDE))
        if (not hints and not box.own) or wraps or box.body:
            found[box.order] = around
        elif box.node in body:
            found[box.order] = (around[0], around[1] | box.own & ~_PLACES)
        elif box.order <= title <= box.last and Label.AD in hints:  # a banner of the story's own
            found[box.order] = (around[0] | hints - {Label.AD}, around[1] | box.own)
        elif box.own & Role.TABLE:  # one in a figure is no picture
            found[box.order] = (around[0] | hints, around[1] & ~Role.FIGURE | box.own)
        elif box.tag in _CELLS and not _TABULAR.isdisjoint(hints):
            found[box.order] = (around[0] | hints - _TABULAR, around[1] | box.own)
        elif box.own & Role.QUOTE:  # the same; and a post may be quoted
            found[box.order] = ((around[0] | hints) - {Label.SOCIAL}, around[1] & ~Role.FIGURE | box.own)
        elif box.own == Role.FOOTER and around[1] & Role.QUOTE:
            found[box.order] = (around[0] | hints, around[1])  # whose words a quotation is
        else:
            # The innermost class says which of the two a line is.
            told = around[0] - AT_PICTURES if hints & AT_PICTURES else around[0]
            found[box.order] = (told | hints, around[1] | box.own)
    return found


def _strange(marked: list[Box], found: Survey) -> set[int]:
    """Return paragraphs that a template's selector finds in boxes of something else: little of its story is there."""
    told = [(box, hints) for box in marked if (hints := found.hints[box.order][0] & _STRANGE)]
    masses: Counter[Label] = Counter()
    for box, hints in told:
        masses.update(dict.fromkeys(hints, box.mass))
    few = STRANGE_SHARE * sum(box.mass for box in marked) if told else 0.0
    return {box.order for box, hints in told if any(masses[label] <= few for label in hints)}


def _common(inside: list[Box], wrapper: float) -> frozenset[Label]:
    """Return the hints that a story's parts have in common, which say nothing: much of it stands in such boxes."""
    masses: dict[Label, float] = {}
    last: dict[Label, int] = {}
    for box in inside[1:]:
        if box.mass and box.hints:
            for label in box.hints & _PARTLY:
                if box.order > last.get(label, -1):
                    last[label] = box.last
                    masses[label] = masses.get(label, 0.0) + box.mass
    return frozenset(label for label, mass in masses.items() if mass > wrapper)


def _main(runs: list[Run], homes: list[Box]) -> set[int]:
    kinds = {home.order: (home.tag, home.names) for home in homes}
    masses = dict.fromkeys(kinds.values(), 0.0)
    for run, home in zip(runs, homes, strict=True):
        if run.mass:
            masses[kinds[home.order]] += run.mass
    enough = MAIN_SHARE * sum(masses.values())
    main = {kind for kind, mass in masses.items() if mass >= enough > 0}
    # A paragraph in a box of its own may have a class more than the others have.
    alone = {kinds[home.order] for home in homes if home.last == home.order and home.names.strip()}
    base = [(tag, set(names.split())) for tag, names in alone & main]
    main |= {(tag, names) for tag, names in alone for t, own in base if t == tag and own.issubset(names.split())}
    return {order for order, kind in kinds.items() if kind in main}


def _beside(runs: list[Run], homes: list[Box], found: Survey, start: int) -> set[int]:
    """Return the containers below the story's opening that stand in a box of other stories, of comments or profiles.

    There is a title or a link in such a box: what folds up an answer is called "read more" as well.
    """
    around: dict[int, Box] = {}
    for home in homes:
        if home.order in found.main and home.order > start and home.order not in around:
            here: Box | None = home if not found.hints.get(home.order, _UNKNOWN)[0].isdisjoint(_BESIDE) else None
            while here is not None and here.order > start:
                if not here.hints.isdisjoint(_BESIDE):
                    around[home.order] = here
                here = here.parent
    titled = sorted(run.box.order for run in runs if run.linked or _is_title(run.box)) if around else []
    return {
        order
        for order, box in around.items()
        if (at := bisect_left(titled, box.order)) < len(titled) and titled[at] <= box.last
    }


def _is_title(box: Box) -> bool:
    return bool(box.roles & Role.HEADING) or Label.HEADLINE in box.hints


def _pictured(outline: Outline, region: Box) -> tuple[set[int], set[int]]:
    """Return the small boxes around pictures, and those of the texts that share one with a picture and nothing else."""
    found: set[int] = set()
    alone: set[int] = set()
    for picture in outline.pictures:
        if region.order <= picture.box.order <= region.last:
            below = outline.runs[picture.run] if picture.run < len(outline.runs) else None
            here: Box | None = picture.box
            for _ in range(CLOSE):
                if here is None or here.mass > PICTURE_SHARE * region.mass:
                    break
                found.add(here.order)
                if below is not None and here.order <= below.box.order <= here.last:
                    if here.mass <= ALONE * len(below.text) and below.box.line.tag not in _INSIDE:
                        alone.add(below.box.order)
                    below = None
                here = here.parent
    return found, alone


def _credited(outline: Outline) -> set[int]:
    """Return the boxes of the lines right after pictures that may tell whose these are, with a stroke or at the end."""
    after = (outline.runs[p.run] for p in outline.pictures if p.run < len(outline.runs))
    short = (run for run in after if len(run.text) < _WHOSE)
    return {run.box.flow for run in short if "/" in run.text or run.line.endswith(_TAKEN)}


def _picture_boxes(outline: Outline, region: Box, pictured: set[int]) -> list[Box]:
    """Return the boxes around a picture whose class says so and that have no more text than a caption."""
    found, mass = list[Box](), 0.0
    for order in sorted(pictured):
        box = outline.boxes[order]
        if not region.order < order <= region.last or not 0 < box.mass <= _OWN_CAPTION:
            continue
        if found and order <= found[-1].last:
            continue
        if _PICTURING.search(box.names) and not _holds_more(outline, box):
            found.append(box)
            mass += box.mass
    return found if mass <= _CAPTIONS * region.mass else []


def _holds_more(outline: Outline, box: Box) -> bool:
    """Tell whether a picture's box holds a heading or what a class calls another thing: a card, an entry, a slide."""
    inside = outline.boxes[box.order : box.last + 1]
    return any(b.own & Role.HEADING or b.hints & _MORE for b in inside)
