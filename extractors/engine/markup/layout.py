"""What only looks like what it is called: tables that lay a page out, captions that hold its headline.

A cell of such a table holds another table, or the story's paragraphs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Run
from extractors.engine.prose import ends_sentence

PARAGRAPHS = 3  # of a story, at least
_LONG = 60  # characters of one
_CELLS = frozenset({"td", "th"})


def unset_layout(boxes: list[Box], runs: list[Run]) -> None:
    """Take the role of a table from those that lay out the page, and from what stands in them. Linear."""
    tables, cells = [-1], [-1]  # the innermost around each box, by their places
    laid = set[int]()
    for box in boxes[1:]:
        assert box.parent is not None
        table, cell = tables[box.parent.order], cells[box.parent.order]
        if box.own & Role.TABLE:
            laid.add(table)
            table, cell = box.order, -1
        elif box.tag in _CELLS:
            cell = box.order
        tables.append(table)
        cells.append(cell)
    told = Counter(cells[run.box.order] for run in runs if len(run.text) >= _LONG and ends_sentence(run.line))
    most = max(PARAGRAPHS, told.total() // 2 + 1)
    laid.update(tables[cell] for cell, count in told.items() if cell >= 0 and count >= most)
    if laid == {-1}:
        return
    for box in boxes[1:]:
        assert box.parent is not None
        box.own &= ~Role.TABLE if box.order in laid else -1
        box.roles = box.own | box.parent.roles


def unset_captions(boxes: list[Box]) -> None:
    """Take the role of a caption from what holds a headline, as heads of pages do that stand over a picture."""
    titles = [box.order for box in boxes if box.tag == "h1"]
    for box in boxes[1:]:
        assert box.parent is not None
        if box.own & Role.FIGURE and (at := bisect_right(titles, box.order)) < len(titles) and titles[at] <= box.last:
            box.own &= ~(Role.FIGURE | Role.CAPTION)
        box.roles = box.own | box.parent.roles
