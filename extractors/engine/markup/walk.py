"""The one walk over a page's tree, which every text of it is read by once, into an outline of boxes and runs.

Everything after it (region, noise, fields) works on the outline and never asks the tree again.
"""

from __future__ import annotations

from collections.abc import Container

from selectolax.lexbor import LexborNode

from extractors.engine.markup.elements import (
    BREAK,
    CLOCK,
    EMPHASIS,
    KINDS,
    LINK,
    OTHER,
    PICTURE,
    READING,
    SITE,
    STRONG,
    TELLING,
    TEXT,
    TITLE,
    Kind,
    Role,
    kind_of,
    roles_of,
)
from extractors.engine.markup.ground import Ground
from extractors.engine.markup.hints import NONE, hints_of
from extractors.engine.markup.outline import Box, Outline, Picture, Run
from extractors.engine.prose import preformatted
from extractors.text import fold


class _Gatherer:
    """Gathers text nodes into runs."""

    __slots__ = (
        "box",
        "breaks",
        "emphasis",
        "hrefs",
        "lead",
        "linked",
        "paragraph",
        "pieces",
        "runs",
        "space",
        "strong",
        "when",
    )

    def __init__(self, root: Box) -> None:
        self.runs: list[Run] = []
        self.box = root
        self.paragraph = 0
        self.breaks = 2  # 1: a single <br> since the last text; 2: a paragraph's end
        self.space = False
        self.lead = ""
        self.pieces: list[str] = []
        self.linked = self.strong = self.emphasis = 0
        self.hrefs: tuple[str, ...] = ()
        self.when: str | None = None

    def flush(self) -> None:
        """Close the run that is being gathered, if any."""
        if self.pieces:
            text = "".join(self.pieces)
            if self.box.tag == "pre":
                self._flush_lines(text)
            elif text := fold(text):
                self._add(text)
            self.pieces = []
            self.linked = self.strong = self.emphasis = 0
            self.hrefs, self.when = (), None

    def _add(self, text: str) -> None:
        self.runs.append(
            Run(self.lead + text, self.box, self.paragraph, self.linked, self.strong, self.emphasis,
                self.hrefs, self.when)
        )  # fmt: skip

    def _flush_lines(self, text: str) -> None:
        """Close a preformatted text: each paragraph where it is prose, else one run that keeps its lines."""
        for part in preformatted(text, whole=self.linked > 0):
            self._add(part)
            self.paragraph, self.lead = self.paragraph + 1, ""

    def text(self, text: str, state: State) -> None:
        """Take a text node, not of white space alone, that stands in an element with this state."""
        box, style, href = state
        if box is not self.box or self.breaks:
            self.flush()
            if self.breaks > 1 or box.flow != self.box.flow:
                self.paragraph += 1
                self.lead = ""
            elif self.breaks:
                self.lead = "\n"
            else:
                self.lead = " " if self.space or text[0].isspace() else ""
            self.box, self.breaks = box, 0
        self.pieces.append(text)
        self.space = text[-1].isspace()
        if style:
            size = len(text.strip())
            if style & LINK:
                self.linked += size
                if href and len(self.hrefs) < HREFS and href not in self.hrefs:
                    self.hrefs += (href,)
            if style & STRONG:
                self.strong += size
            if style & EMPHASIS:
                self.emphasis += size


AFTER = 6  # runs after the paragraphs' end that are still the story's: who wrote it, its agency, a correction
INITIAL = 2  # characters of a large letter that opens a story, with its quotation mark
HREFS = 32  # addresses of a run that are kept
_NEVER = 1 << 62
_ANCHOR = 2  # hyphens in the id of a heading that is an anchor to it, in its words
State = tuple[Box, int, str | None]  # inside an open element: the box, the styles and the link that its text has


def outline_of(ground: Ground, marked: Container[int] = ()) -> Outline:
    """Walk the ground once and return its boxes, runs and pictures in page order. Linear in the number of nodes.

    `marked` names elements (by `mem_id`) that get a box of their own even where they are inline. What an element
    hides from the walk (a script, the site's own navigation outside `article` and `main`) costs no step.
    """
    root = Box("body", None, Role.ARTICLE if ground.story else 0, NONE, False, "", ground.root.mem_id, 0)
    boxes, pictures = [root], list[Picture]()
    gather = _Gatherer(root)
    runs = gather.runs
    trail: list[LexborNode] = []  # the open elements
    kinds: list[Kind] = []  # what their tags say
    states: list[State] = [(root, 0, None)]  # of the root, and of those of the trail that have been entered
    node = ground.root.first_child
    end, last, headed = ground.end, _NEVER, not ground.headed
    while True:
        if node is None:
            if not trail:
                break
            node = trail.pop()
            if len(states) > len(trail) + 1:
                states.pop()
                kinds.pop()
            elif kinds.pop()[0] <= OTHER:
                gather.breaks = 2
            if headed and node.mem_id == end:
                last = len(runs) + AFTER
            node = node.next
            continue
        known = KINDS.get(node.tag_id) or kind_of(node)
        kind = known[0]
        if kind == TEXT:
            if not node.is_empty_text_node and (text := node.text_content) and not text.isspace():
                if len(states) <= len(trail):
                    _enter(trail, kinds, states, boxes, gather, marked)
                gather.text(text, states[-1])
                if len(runs) >= last:
                    break
            else:
                gather.space = True
                if gather.pieces:
                    gather.pieces.append(" ")
        elif kind >= SITE and (
            SITE < kind < READING
            or (kind == SITE and headed and _stands_in_story(kinds, states))  # else the site's own
            or (kind == READING and _stands_in_brackets(node))
        ):
            trail.append(node)
            kinds.append(known)
            if kind == TITLE:
                headed = True
            elif kind == CLOCK:
                _enter(trail, kinds, states, boxes, gather, marked)
                if len(runs) >= last:
                    break
            node = node.first_child
            continue
        elif kind == BREAK:
            gather.breaks += 1
        elif kind == PICTURE:
            _enter(trail, kinds, states, boxes, gather, marked)
            pictures.append(Picture(states[-1][0], len(runs) + bool(gather.pieces), node.attributes))
            if len(runs) >= last:
                break
        node = node.next
    gather.flush()
    for box in reversed(boxes):
        if box.parent is not None and box.parent.last < box.last:
            box.parent.last = box.last
    unfinished = frozenset(state[0].order for state in states) if trail else frozenset()
    around = next((box.order for box in boxes if box.node == ground.around), 0)
    return Outline(boxes, gather.runs, pictures, unfinished, around)


def _enter(
    trail: list[LexborNode],
    kinds: list[Kind],
    states: list[State],
    boxes: list[Box],
    gather: _Gatherer,
    marked: Container[int],
) -> None:
    """Enter the open elements that have not been: one without text or picture never is, and most have none."""
    for place in range(len(states) - 1, len(trail)):
        states.append(_open(trail[place], kinds[place], states[place], boxes, gather, marked))


def _is_set_apart(node: LexborNode, style: str) -> bool:
    """Tell whether a style makes an inline element a block; an initial that floats beside its line is none."""
    style = style.replace(" ", "")
    if "display:block" not in style:
        return False
    # Not the text of all that is inside: of a thousand such elements in each other that is a square.
    return "float:" not in style or not 0 < len(node.text(deep=False).strip()) <= INITIAL


def _stands_in_story(kinds: list[Kind], states: list[State]) -> bool:
    return states[-1][0].roles & Role.ARTICLE > 0 or any(role == Role.ARTICLE for _, _, role, _ in kinds)


def _stands_in_brackets(node: LexborNode) -> bool:
    """Tell whether how a word is read is printed in brackets, as text; else it stands over the word."""
    before = node.prev
    return (before is not None and before.tag == "rp") or node.text(deep=False).lstrip().startswith(("(", "（"))


def _open(
    node: LexborNode, known: Kind, state: State, boxes: list[Box], gather: _Gatherer, marked: Container[int]
) -> State:
    """Enter an element: a block gets a box, an inline one only where its class hints at what it holds."""
    kind, tag, own, set_in = known
    box, style, href = state
    if set_in and not marked:  # (under a template bold is no cue: it takes the headings of lists)
        return box, style | set_in, href
    attributes = node.attributes
    hints, is_body, block, names = NONE, False, False, ""
    if attributes:
        names = attributes.get("class") or ""
        identity = attributes.get("id")
        if identity and not (own & Role.HEADING and identity.replace("_", "-").count("-") >= _ANCHOR):
            names = f"{names} {identity}"
        if names:
            hints, is_body = hints_of(names)
        if not TELLING.isdisjoint(attributes):
            own |= roles_of(attributes)
            is_body = is_body or "articleBody" in (attributes.get("itemprop") or "")
            block = _is_set_apart(node, attributes.get("style") or "")
    if block or kind <= OTHER:
        gather.breaks = 2
        box = Box(tag, box, own, hints, is_body, names, node.mem_id, len(boxes))
        boxes.append(box)
        return box, style, href
    if tag == "a":
        style, href = style | LINK, attributes.get("href") or ""
    elif tag == "time" or tag == "amp-timeago":
        if gather.breaks or hints or own:
            gather.flush()  # what stands before has its own time or none
        gather.when = gather.when or attributes.get("datetime")
    if hints or own or (tag == "span" and box.roles & Role.CAPTION) or (marked and node.mem_id in marked):
        line = box.line
        box = Box(tag, box, own, hints, is_body, names, node.mem_id, len(boxes))
        box.flow_in(line)
        boxes.append(box)
    elif style == state[1] and href is state[2]:
        return state
    return box, style, href
