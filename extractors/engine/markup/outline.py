"""A page as boxes, runs of text and pictures: all that region, noise and fields know of its markup.

A box is an element that breaks the line, or one whose class hints at what it holds; a run is the text between two
breaks. What a run *is* gets decided elsewhere; the tree is walked in `walk`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.article import Label


class Box:
    """An element that holds runs; `flow` is the order of the block that its text flows in, its own unless it is inline.

    `own` are its own roles, `roles` also those of its ancestors; `hints` come from its own class and id (`names`);
    `body` tells that these name an article's body; `node` is the tree's name for the element (`mem_id`); `order` its
    place among the page's boxes and `last` that of the last box inside it. `region` fills in mass and score.
    """

    __slots__ = (
        "_line", "body", "flow", "hints", "last", "mass", "names", "node", "order", "own", "parent", "roles", "score",
        "tag",
    )  # fmt: skip

    def __init__(
        self,
        tag: str,
        parent: Box | None,
        own: int,
        hints: frozenset[Label],
        body: bool,
        names: str,
        node: int,
        order: int,
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.own = own
        self.hints = hints
        self.body = body
        self.names = names
        self.node = node
        self.roles: int = own if parent is None else own | parent.roles
        self.order = self.flow = self.last = order
        self._line: Box | None = None  # never itself: a cycle would leave every page to the garbage collector
        self.mass = self.score = 0.0

    @property
    def line(self) -> Box:
        """The block that the box's text flows in."""
        return self._line or self

    @property
    def kind(self) -> tuple[str, str]:
        """Its tag and its names, without those that number it: boxes of one kind have the same."""
        names = self.names
        if any(map(str.isdigit, names)):
            names = " ".join(name for name in names.split() if not any(map(str.isdigit, name)))
        return self.tag, names

    def flow_in(self, line: Box) -> None:
        """Make this an inline box: its text flows in `line`."""
        self._line, self.flow = line, line.order

    def widened(self, first: int, last: int) -> Box:
        """Return the smallest box that holds this one and those from `first` to `last`, or the root."""
        around = self
        while around.parent is not None and not (around.order <= first and last <= around.last):
            around = around.parent
        return around


@dataclass(slots=True, eq=False)
class Run:
    """A run of text; runs of one `paragraph` stand in one flow. `text` keeps the space or newline that parts them."""

    text: str
    box: Box
    paragraph: int
    linked: int  # characters inside links
    strong: int
    emphasis: int
    hrefs: tuple[str, ...]
    when: str | None  # the datetime attribute of a <time> inside
    mass: float = 0.0  # how much prose it is; `region` fills it in

    @property
    def line(self) -> str:
        """The text without the white space at its ends."""
        return self.text.strip()

    @property
    def home(self) -> Box | None:
        """The box that its paragraph stands in, past those that hold nothing but the paragraph."""
        box = self.box.line
        home = box.parent
        while home is not None and home.order == box.order - 1 and home.last == box.last:
            box, home = home, home.parent
        return home


@dataclass(slots=True, eq=False)
class Picture:
    """An image on the page: its box, how many runs stand before it, its attributes, where a link around it leads.

    `sources` are the attributes of the sources beside it in a `picture` element.
    """

    box: Box
    run: int
    attributes: dict[str, str | None]
    link: str | None = None
    sources: tuple[dict[str, str | None], ...] = ()


@dataclass(slots=True)
class Outline:
    """What the walk found, in page order."""

    boxes: list[Box]
    runs: list[Run]
    pictures: list[Picture]
    unfinished: frozenset[int] = frozenset()  # boxes (by order) of which the walk has not seen the end
    around: int = 0  # the place of the smallest box around heading and story
    opening: Run | None = None  # the first real paragraph after the heading; `region` finds it
    templated: bool = False  # the walk met a template, which may be a shadow root
    holding: list[Box] = field(default_factory=list)  # the boxes around prose; `region` finds them
