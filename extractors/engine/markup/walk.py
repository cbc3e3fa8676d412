"""The one walk over a page's tree, which every text of it is read by once, into an outline of boxes and runs.

Everything after it (region, noise, fields) works on the outline and never asks the tree again.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from selectolax.lexbor import LexborNode

from extractors.article import Label
from extractors.engine.markup.elements import (
    BREAK,
    CLOCK,
    EMPHASIS,
    INITIAL,
    KINDS,
    LINK,
    OTHER,
    PICTURE,
    READING,
    SITE,
    STRONG,
    TELLING,
    TEMPLATE,
    TEXT_NUMBER,
    TITLE,
    Kind,
    Role,
    is_set_apart,
    kind_of,
    roles_of,
    shown_by,
    sources_of,
    stands_in_brackets,
)
from extractors.engine.markup.ground import Ground
from extractors.engine.markup.hints import NONE, hints_of
from extractors.engine.markup.layout import unset_captions, unset_layout
from extractors.engine.markup.outline import Box, Outline, Picture, Run
from extractors.engine.prose import preformatted
from extractors.text import fold

AFTER = 6  # runs after the paragraphs' end that are still the story's: who wrote it, its agency, a correction
HREFS = 32  # addresses of a run that are kept
_NEVER = 1 << 62
_STORY = Role.ARTICLE | Role.QUOTE  # what a footer stands in that is not the site's
_LISTED = Role.HEADING | Role.LIST | Role.TABLE | Role.CONTROL | Role.NAV  # a letter alone is one there
_CAPTIONED = frozenset({"span", "cite", "small"})  # what a caption tells apart
_ANCHOR = 2  # hyphens in the id of a heading that is an anchor to it, in its words
State = tuple[Box, int, str | None]  # inside an open element: the box, the styles and the link that its text has


class _Walk:
    """What is open and what has been found: boxes, pictures, and text nodes gathered into runs."""

    __slots__ = (
        "box", "boxes", "breaks", "marked", "paragraph", "pictures", "pieces", "run", "runs", "space", "states",
        "tabled", "templated", "titled", "trail", "when",
    )  # fmt: skip

    def __init__(self, root: Box, marked: Container[int]) -> None:
        self.marked = marked
        self.trail: list[tuple[LexborNode, Kind]] = []  # the open elements, and what their tags say
        self.states: list[State] = [(root, 0, None)]  # of the root, and of those of the trail that have been entered
        self.boxes, self.pictures, self.runs = [root], list[Picture](), list[Run]()
        self.box = root
        self.paragraph = 0
        self.breaks = 2  # 1: a single <br> since the last text; 2: a paragraph's end
        self.space = False  # at the end of the last text or since
        self.pieces: list[str] = []  # of the run that is gathered; its own text is yet what parts it from the last one
        self.run = Run("", root, 0, 0, 0, 0, (), None)
        self.when: str | None = None
        self.templated = self.tabled = self.titled = False

    def text(self, text: str) -> None:
        """Take a text node, not of white space alone."""
        if len(self.states) <= len(self.trail):
            self.enter()
        box, style, href = self.states[-1]
        if box is not self.box or self.breaks or not self.pieces:
            if text[0].islower() and self._opens_word(box):
                self.box, self.run.box, self.breaks = box, box, 0
            else:
                self.flush()
                lead = ""
                if self.breaks > 1 or box.flow != self.box.flow:
                    self.paragraph += 1
                elif self.breaks:
                    lead = "\n"
                elif self.space or text[0].isspace():
                    lead = " "
                self.box, self.breaks = box, 0
                self.run = Run(lead, box, self.paragraph, 0, 0, 0, (), None)
        self.pieces.append(text)
        self.space = text[-1].isspace()
        if style:
            _count(self.run, len(text.strip()), style, href)

    def _opens_word(self, box: Box) -> bool:
        """Tell an initial in a block of its own from a letter alone: what follows is the rest of its word."""
        first = self.pieces[0].strip() if len(self.pieces) == 1 and not self.space else ""
        apart = (self.breaks > 1 or box.flow != self.box.flow) and not (self.box.roles | box.roles) & _LISTED
        return apart and 0 < len(first) <= INITIAL and first[-1].isupper()

    def flush(self) -> None:
        """Close the run that is being gathered, if any."""
        if self.pieces:
            run, text = self.run, "".join(self.pieces)
            run.when = self.when
            if self.box.tag == "pre":
                self._flush_lines(text)
            elif text := fold(text):
                run.text += text
                self.runs.append(run)
            self.pieces, self.when = [], None

    def _flush_lines(self, text: str) -> None:
        """Close a preformatted text: each paragraph where it is prose, else one run that keeps its lines."""
        lead = self.run.text
        for part in preformatted(text, whole=self.run.linked > 0):
            self.runs.append(replace(self.run, text=lead + part, paragraph=self.paragraph))
            self.paragraph, lead = self.paragraph + 1, ""

    def picture(self, node: LexborNode) -> None:
        """Take a picture."""
        self.enter()
        (box, _, href), sources = self.states[-1], sources_of(node, self.trail)
        self.pictures.append(Picture(box, len(self.runs) + bool(self.pieces), shown_by(node), href, sources))

    def enter(self) -> None:
        """Enter the open elements that have not been: one without text or picture never is, and most have none."""
        states = self.states
        for node, known in self.trail[len(states) - 1 :]:
            states.append(_open(self, node, known, states[-1]))


def outline_of(ground: Ground, marked: Container[int] = ()) -> Outline:
    """Walk the ground once and return its boxes, runs and pictures in page order. Linear in the number of nodes.

    `marked` names elements (by `mem_id`) that get a box of their own even where they are inline. What an element
    hides from the walk (a script, the site's own navigation outside `article` and `main`) costs no step.
    """
    root = Box("body", None, Role.ARTICLE if ground.story else 0, NONE, False, "", ground.root.mem_id, 0)
    walk = _Walk(root, marked)
    _walk(walk, ground)
    walk.flush()
    boxes = walk.boxes
    for box in reversed(boxes):
        if (parent := box.parent) is not None and parent.last < box.last:
            parent.last = box.last
    unfinished = frozenset(state[0].order for state in walk.states) if walk.trail else frozenset()
    if walk.titled:
        unset_captions(boxes)
    if walk.tabled:
        unset_layout(boxes, walk.runs)
    around = next((box.order for box in boxes if box.node == ground.around), 0)
    return Outline(boxes, walk.runs, walk.pictures, unfinished, around, templated=walk.templated)


def _walk(walk: _Walk, ground: Ground) -> None:
    """Walk the ground up to the story's end and a little farther."""
    trail, states, runs = walk.trail, walk.states, walk.runs
    node = ground.root.first_child
    end, last, headed = ground.end, _NEVER, not ground.headed
    while True:
        if node is None:
            if not trail:
                return
            node, known = trail.pop()
            if len(states) > len(trail) + 1:
                states.pop()
                if headed and node.mem_id == end:
                    last = len(runs) + AFTER
            elif known[0] <= OTHER:
                walk.breaks = 2
            node = node.next
            continue
        number = node.tag_id
        if number == TEXT_NUMBER:  # more than half of all nodes
            if not node.is_empty_text_node and (text := node.text_content) and not text.isspace():
                walk.text(text)
                if len(runs) >= last:
                    return
            elif not walk.space:
                walk.space = True
                if walk.pieces:
                    walk.pieces.append(" ")
            node = node.next
            continue
        known = KINDS.get(number) or kind_of(node)
        kind = known[0]
        if kind >= SITE and (
            SITE < kind < READING
            or (kind == SITE and headed and _stands_in_story(walk))  # else the site's own
            or (kind == READING and stands_in_brackets(node))
        ):
            trail.append((node, known))
            if kind == TITLE:
                headed = True
            elif kind == CLOCK:
                walk.enter()
                if len(runs) >= last:
                    return
            node = node.first_child
            continue
        if kind == BREAK:
            walk.breaks += 1
        elif kind == PICTURE:
            walk.picture(node)
            if len(runs) >= last:
                return
        elif kind == TEMPLATE:
            walk.templated = True
        node = node.next


def _count(run: Run, size: int, style: int, href: str | None) -> None:
    """Count the characters of a text that are a link, bold or in italics."""
    if style & LINK:
        run.linked += size
        if href and len(run.hrefs) < HREFS and href not in run.hrefs:
            run.hrefs += (href,)
    if style & STRONG:
        run.strong += size
    if style & EMPHASIS:
        run.emphasis += size


def _stands_in_story(walk: _Walk) -> bool:
    return walk.states[-1][0].roles & _STORY > 0 or any(role & _STORY for _, (_, _, role, _) in walk.trail)


def _open(walk: _Walk, node: LexborNode, known: Kind, state: State) -> State:
    """Enter an element: a block gets a box, an inline one only where its class hints at what it holds."""
    kind, tag, own, set_in = known
    box, style, href = state
    if set_in and not walk.marked:  # (under a template bold is no cue: it takes the headings of lists)
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
        if (len(attributes) > 1 or not names) and not TELLING.isdisjoint(attributes):
            own |= roles_of(attributes)
            is_body = is_body or "articleBody" in (attributes.get("itemprop") or "")
            if attributes.get("itemprop") == "comment" or (attributes.get("itemtype") or "").endswith("/Comment"):
                hints |= {Label.COMMENTS}
            block = is_set_apart(node, attributes.get("style") or "")
    if block or kind <= OTHER:
        walk.breaks = 2
        if own:
            if own & Role.CONTROL and box.own & Role.HEADING:  # which folds up what stands under the heading
                own &= ~Role.CONTROL
            walk.tabled = walk.tabled or own & Role.TABLE > 0
            walk.titled = walk.titled or (kind == TITLE and box.roles & Role.CAPTION > 0)
        box = Box(tag, box, own, hints, is_body, names, node.mem_id, len(walk.boxes))
        walk.boxes.append(box)
        return box, style, href
    if tag == "a":
        style, href = style | LINK, attributes.get("href") or ""
    elif tag == "time" or tag == "amp-timeago":
        if walk.breaks or hints or own:
            walk.flush()  # what stands before has its own time or none
        walk.when = walk.when or attributes.get("datetime")
    if hints or own or (tag in _CAPTIONED and box.roles & Role.CAPTION) or (walk.marked and node.mem_id in walk.marked):
        line = box.line
        box = Box(tag, box, own, hints, is_body, names, node.mem_id, len(walk.boxes))
        box.flow_in(line)
        walk.boxes.append(box)
    elif style == state[1] and href is state[2]:
        return state
    return box, style, href
