"""The picture: how right each tool's bodies are against what a page costs. The only file that needs matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import Bbox

INK, FAINT, OURS, THEIRS = "#1f2328", "#d1d9e0", "#0969da", "#59636e"
STYLE = {
    "svg.hashsalt": "copydesk",  # the same figures give the same file
    "font.family": "DejaVu Sans",  # comes with matplotlib, and is drawn as outlines: the same everywhere
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
# Where a name may stand beside its point, best first: offset in points, and which side of the name that is.
SIDES = [(9, 0, "left", "center"), (-9, 0, "right", "center")]
for far in (9, 21, 33, 45):
    SIDES += [(0, far, "center", "bottom"), (0, -far, "center", "top")]
    SIDES += [
        (7, far, "left", "bottom"),
        (7, -far, "left", "top"),
        (-7, far, "right", "bottom"),
        (-7, -far, "right", "top"),
    ]


@dataclass(frozen=True)
class Point:
    """One tool in the picture."""

    name: str
    cost: float  # in bare parses
    f1: float
    exact: float
    ours: bool


def draw(file: Path, points: Sequence[Point], title: str) -> None:
    """Write the picture as SVG, on a ground of its own: it can be read on a light page and on a dark one."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9.6, 4.2), facecolor="white", layout="constrained")
        left, right = figure.subplots(1, 2)
        _plot(left, [(p, p.f1) for p in points], "body F1")
        _plot(right, [(p, p.exact) for p in points], "bodies right to the last word")
        figure.suptitle(title, fontsize=10.5)
        figure.supxlabel("CPU time of a page, in bare Lexbor parses of the same page (log scale)", fontsize=10)
        figure.draw_without_rendering()
        for axes in (left, right):
            _name(axes)
        figure.savefig(file, format="svg", metadata={"Date": None, "Title": title})


def _plot(axes: Axes, values: Sequence[tuple[Point, float]], title: str) -> None:
    axes.set_title(title, fontsize=11, fontweight="bold")
    axes.set_xscale("log")
    costs, heights = [p.cost for p, _ in values], [value for _, value in values]
    room = (max(heights) - min(heights) or 0.01) * 0.15
    axes.set_xlim(min(1.0, *costs) * 0.8, max(costs) * 2.4)
    axes.set_ylim(max(0.0, min(heights) - room), min(1.0, max(heights) + room))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}×"))
    axes.grid(color=FAINT, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    for point, value in values:
        colour, size = (OURS, 70) if point.ours else (THEIRS, 36)
        axes.scatter([point.cost], [value], s=size, color=colour, zorder=3, gid=point.name)
        axes.annotate(
            point.name,
            (point.cost, value),
            xytext=(0, 0),
            textcoords="offset points",
            in_layout=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 3},
            color=colour,
            fontsize=9.5,
            fontweight="bold" if point.ours else "normal",
        )


def _name(axes: Axes) -> None:
    """Put every name, the dearest first, where it covers neither a point nor another name, if there is such a place."""
    spots = [axes.transData.transform(note.xy) for note in axes.texts]
    taken = [Bbox.from_extents(x - 5, y - 5, x + 5, y + 5) for x, y in spots]
    for note in sorted(axes.texts, key=lambda note: -note.xy[0]):
        for right, up, across, upright in [*SIDES, SIDES[0]]:
            note.set(position=(right, up), horizontalalignment=across, verticalalignment=upright)
            box = Text.get_window_extent(note).padded(3, 0)  # without the line that leads to the point
            if axes.bbox.containsx(box.x0) and axes.bbox.containsx(box.x1) and not box.count_overlaps(taken):
                break
        taken.append(Text.get_window_extent(note).padded(3, 0))
