"""A page as runs of text in boxes: one walk over the tree, every text read once.

A box is an element that breaks the line, or one whose class hints at what it holds; a run is the text between two
breaks. Everything after this walk (region, noise, fields) works on these lists and never asks the tree again.
What a run *is* gets decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from extractors.article import Label
from extractors.engine.hints import NONE, hints_of
from extractors.text import scrub


class Role:
    """What an element says it is, as bits (plain integers: an IntFlag costs more than the rest of the walk).

    A box has its own roles and those of its ancestors.
    """

    FIGURE = 1
    CAPTION = 2
    ASIDE = 4
    NAV = 8
    FOOTER = 16
    HEADER = 32
    FORM = 64
    HIDDEN = 128
    QUOTE = 256
    LIST = 512
    TABLE = 1024
    HEADING = 2048
    CONTROL = 4096
    NOSCRIPT = 8192
    ARTICLE = 16384


LINK, STRONG, EMPHASIS = 1, 2, 4  # styles of inline elements

_SKIP = frozenset(
    """script style svg template iframe object math head select datalist canvas audio video map title meta link
    track source param col colgroup""".split()
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby rb rp rt s samp
    small span strike strong sub sup time tt u var wbr slot picture""".split()
)
_ROLES: dict[str, int] = {
    "figure": Role.FIGURE,
    "figcaption": Role.FIGURE | Role.CAPTION,
    "aside": Role.ASIDE,
    "nav": Role.NAV,
    "footer": Role.FOOTER,
    "header": Role.HEADER,
    "form": Role.FORM,
    "blockquote": Role.QUOTE,
    "li": Role.LIST,
    "dd": Role.LIST,
    "dt": Role.LIST,
    "table": Role.TABLE,
    "button": Role.CONTROL,
    "textarea": Role.CONTROL,
    "noscript": Role.NOSCRIPT,
    "article": Role.ARTICLE,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
}
_ARIA: dict[str, int] = {
    "navigation": Role.NAV,
    "complementary": Role.ASIDE,
    "contentinfo": Role.FOOTER,
    "search": Role.FORM,
    "form": Role.FORM,
    "dialog": Role.HIDDEN,
    "alertdialog": Role.HIDDEN,
    "banner": Role.NAV,
    "button": Role.CONTROL,
    "menu": Role.NAV,
}
_STYLES = {"a": LINK, "b": STRONG, "strong": STRONG, "i": EMPHASIS, "em": EMPHASIS}
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Box:
    """An element that holds runs; `line` is the block that its text flows in (itself, unless it is inline)."""

    tag: str
    parent: Box | None
    own: int  # its own roles
    roles: int  # and those of its ancestors
    hints: frozenset[Label]  # of its own class and id
    body: bool  # its class, id or itemprop names an article's body
    names: str  # class and id as written
    node: int  # the tree's name for the element: `LexborNode.mem_id`
    order: int
    line: Box = field(init=False)
    last: int = 0  # the order of the last box inside it
    mass: float = 0.0
    score: float = 0.0

    def __post_init__(self) -> None:
        self.line = self


@dataclass(slots=True, eq=False)
class Run:
    """A run of text; runs of one `paragraph` stand in one flow. `text` keeps the space or newline that parts them."""

    text: str
    box: Box
    paragraph: int
    linked: int  # characters inside links
    strong: int
    emphasis: int
    hrefs: list[str]
    when: str | None  # the datetime attribute of a <time> inside

    @property
    def line(self) -> str:
        """The text without the white space at its ends."""
        return self.text.strip()


@dataclass(slots=True, eq=False)
class Picture:
    """An image on the page: its box, how many runs stand before it, its attributes."""

    box: Box
    run: int
    attributes: dict[str, str | None]


@dataclass(slots=True)
class Outline:
    """What the walk found, in page order."""

    boxes: list[Box]
    runs: list[Run]
    pictures: list[Picture]


class _Gatherer:
    """Gathers text nodes into runs."""

    def __init__(self, root: Box) -> None:
        self.runs: list[Run] = []
        self.box = root
        self.paragraph = 0
        self.breaks = 2  # 1: a single <br> since the last text; 2: a paragraph's end
        self.space = False
        self.lead = ""
        self.pieces: list[str] = []
        self.linked = self.strong = self.emphasis = 0
        self.hrefs: list[str] = []
        self.when: str | None = None

    def flush(self) -> None:
        """Close the run that is being gathered, if any."""
        if self.pieces:
            text = " ".join(scrub("".join(self.pieces)).split())
            if text:
                self.runs.append(
                    Run(self.lead + text, self.box, self.paragraph, self.linked, self.strong, self.emphasis,
                        self.hrefs, self.when)
                )  # fmt: skip
            self.pieces, self.hrefs, self.when = [], [], None
            self.linked = self.strong = self.emphasis = 0

    def text(self, text: str, box: Box, style: int, href: str | None) -> None:
        """Take a text node that stands in `box`."""
        if text.isspace():
            self.space = True
            if self.pieces:
                self.pieces.append(" ")
            return
        if box is not self.box or self.breaks:
            self.flush()
            if self.breaks > 1 or box.line is not self.box.line:
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
                if href and href not in self.hrefs:
                    self.hrefs.append(href)
            if style & STRONG:
                self.strong += size
            if style & EMPHASIS:
                self.emphasis += size


def outline_of(body: LexborNode, marked: Container[int] = ()) -> Outline:
    """Walk the tree once and return its boxes, runs and pictures in page order. Linear in the number of nodes.

    `marked` names elements (by `mem_id`) that get a box of their own even where they are inline.
    """
    root = Box("body", None, 0, 0, NONE, False, "", body.mem_id, 0)
    boxes, pictures = [root], []
    states: dict[int, tuple[Box, int, str | None]] = {body.mem_id: (root, 0, None)}
    gather = _Gatherer(root)
    for node in body.traverse(include_text=True):
        tag = node.tag
        parent = node.parent
        state = states.get(parent.mem_id) if parent is not None else None
        if state is None:
            continue  # inside something that is skipped, or the root itself
        box, style, href = state
        if tag == "-text":
            gather.text(node.text_content or "", box, style, href)
        elif tag == "br":
            gather.breaks += 1
        elif tag == "img" or tag == "amp-img":
            pictures.append(Picture(box, len(gather.runs) + bool(gather.pieces), node.attributes))
        elif tag is not None and tag not in _SKIP and tag[0] != "-" and tag[0] != "_":
            attributes = node.attributes
            names = attributes.get("class") or ""
            if attributes.get("id"):
                names = f"{names} {attributes['id']}"
            hints, is_body = hints_of(names) if names else (NONE, False)
            if tag in _INLINE or "-" in tag:
                style |= _STYLES.get(tag, 0)
                if tag == "a":
                    href = attributes.get("href") or ""
                elif tag == "time" and gather.when is None:
                    gather.when = attributes.get("datetime")
                if hints or "hidden" in attributes or (marked and node.mem_id in marked):
                    box = _box(tag, box, attributes, hints, is_body, names, node.mem_id, boxes)
                    box.line = box.parent.line if box.parent else box
            else:
                gather.breaks = 2
                box = _box(tag, box, attributes, hints, is_body, names, node.mem_id, boxes)
            states[node.mem_id] = (box, style, href)
    gather.flush()
    for box in reversed(boxes):
        box.last = max(box.last, box.order)
        if box.parent is not None:
            box.parent.last = max(box.parent.last, box.last)
    return Outline(boxes, gather.runs, pictures)


def _box(
    tag: str, parent: Box, attributes: dict[str, str | None], hints: frozenset[Label], is_body: bool, names: str,
    node: int, boxes: list[Box],
) -> Box:  # fmt: skip
    """Open a box inside `parent`."""
    roles = _ROLES.get(tag, 0)
    if attributes:
        if aria := attributes.get("role"):
            roles |= _ARIA.get(aria, 0)
        if "hidden" in attributes or _INVISIBLE.search(attributes.get("style") or ""):
            roles |= Role.HIDDEN
        if "articleBody" in (attributes.get("itemprop") or ""):
            is_body = True
    box = Box(tag, parent, roles, parent.roles | roles, hints, is_body, names, node, len(boxes))
    boxes.append(box)
    return box
