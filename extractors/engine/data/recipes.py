"""What the page's data tells of a recipe: ingredients and steps (schema.org `Recipe`, as JSON-LD or in the markup)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from extractors.engine.data.schema import objects_in, text_of
from extractors.engine.prose import key_of
from extractors.page import Page

DEEP = 3  # sections of steps in each other
MOST, LONGEST = 500, 40_000  # lines of a recipe, and characters of its steps, that are read
_INGREDIENTS = ("recipeIngredient", "ingredients")
_STEPS = "recipeInstructions"
_TOLD = frozenset((_STEPS, *_INGREDIENTS))
_MARKED = ("recipeIngredient", "ingredients", "recipeYield", "prepTime", "cookTime", "totalTime")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The lines of a recipe as keys, and all its steps as one."""

    lines: frozenset[str] = frozenset()
    steps: str = ""


def recipe_of(page: Page) -> Recipe:
    """Return what the page's data tells of recipes; an empty one where it tells of none."""
    items = [item for item in page.jsonld if not item.keys().isdisjoint(_TOLD)]
    marked = [node for name in _MARKED for node in page.properties.get(name, ())[:MOST]]
    told = page.properties.get(_STEPS, ())[:MOST]
    if not (items or marked or told):
        return Recipe()
    lines = (text for item in items for name in _INGREDIENTS for text in _texts(item.get(name)))
    steps = (text for item in items for text in _texts(item.get(_STEPS)))
    lines_told = _keys(chain(lines, (node.text() for node in marked)))
    return Recipe(frozenset(lines_told), " ".join(_keys(chain(steps, (node.text() for node in told))))[:LONGEST])


def _keys(texts: Iterable[str]) -> Iterator[str]:
    """Give the keys of the first texts: marked elements may stand in each other, each with the text of all inside."""
    left = LONGEST
    for text in islice(texts, MOST):
        if left <= 0:
            return
        if key := key_of(text[:left]):
            yield key
        left -= len(text)


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """Give the texts of ingredients or steps, which may stand in sections."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str):
            yield from filter(None, [text_of(part)])
    for part in objects_in(value) if depth < DEEP else ():
        yield from filter(None, [text_of(part.get("text"))])
        yield from _texts(part.get("itemListElement"), depth + 1)
