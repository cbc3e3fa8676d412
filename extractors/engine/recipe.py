"""A recipe, where the page's data tells of one: its ingredients and steps are story, wherever the page prints them.

They stand in boxes of their own as a shop's do: amounts beside names, steps beside numbers. What is told is looked for
in print; only lines that the page prints are taken, each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.article import Label
from extractors.engine.data.recipes import Recipe
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.pieces import Piece
from extractors.engine.prose import key_of

MORE = 1.5  # times the prose of region and recipe, that a box around both has at most
STEP = 20  # characters of the key of a line that is looked for in the steps
CELLS = 4  # lines that an ingredient is printed in: how much, of what
_NO_STORY = Role.NAV | Role.FOOTER | Role.CONTROL | Role.CAPTION


def around_recipe(outline: Outline, region: Box | None, recipe: Recipe) -> Box | None:
    """Return the box around the region and the recipe; the recipe's own where much else stands between them."""
    if not recipe.steps:
        return region
    runs = [run for run in outline.runs if not run.box.roles & _NO_STORY]
    told = [runs[at] for group in _told([key_of(run.text) for run in runs], recipe) for at in group]
    if not told:
        return region
    first, last = min(run.box.order for run in told), max(run.box.order for run in told)
    alone = told[0].box.widened(first, last)
    if region is None:
        return alone
    around = region.widened(first, last)
    apart = sum(run.mass for run in told if not region.order <= run.box.order <= region.last)
    if around.mass <= MORE * (region.mass + apart):
        return around
    return alone if apart > region.mass and alone.mass <= MORE * apart else region


def settle_recipe(pieces: Sequence[Piece], recipe: Recipe) -> None:
    """Label as story what is a line of the recipe; it stays that, whatever heading or box it stands under."""
    if not (recipe.lines or recipe.steps):
        return
    for group in _told([piece.line.key for piece in pieces], recipe):
        for piece in pieces[group.start : group.stop]:
            if not piece.line.roles & (Role.HEADING | _NO_STORY):
                if not piece.story:
                    piece.set(Label.LIST)
                piece.line.outside, piece.named = False, True


def _told(keys: Sequence[str], recipe: Recipe) -> Iterable[range]:
    """Give the places of lines that the recipe has, in one or several lines each, the first of each."""
    seen: set[str] = set()
    longest = max(map(len, recipe.lines), default=0)
    at = 0
    while at < len(keys):
        size, text = 0, ""
        for count in range(1, min(CELLS, len(keys) - at) + 1) if keys[at] else ():
            text += keys[at + count - 1]
            if (
                text in recipe.lines or (count == 1 and len(text) >= STEP and text in recipe.steps)
            ) and text not in seen:
                size = count
                seen.add(text)
                break
            if len(text) > longest:
                break
        if size:
            yield range(at, at + size)
        at += size or 1
