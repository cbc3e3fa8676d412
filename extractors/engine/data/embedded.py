"""The story of a page whose markup has none: in the data of its scripts, or in its JSON-LD.

Asked only where no container of the markup holds three paragraphs, so that ordinary pages pay nothing. What is found
is turned into markup and read by the same engine; nothing is executed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import chain, repeat
from typing import Any

from extractors.engine.addresses import is_front
from extractors.engine.cards import is_cards, tells
from extractors.engine.data.beside import told_beside
from extractors.engine.data.payload import attributes_in, has_values, values_in
from extractors.engine.data.rendering import MAX_DEPTH, body_of, is_prose, markup_of, paragraphs_of
from extractors.engine.data.schema import objects_in, text_of
from extractors.engine.markup.ground import Ground
from extractors.engine.markup.outline import Box, Outline
from extractors.engine.markup.walk import outline_of
from extractors.engine.prose import key_of
from extractors.engine.region import region_of
from extractors.engine.weight import weigh
from extractors.page import Page

LONG = 4_000.0  # of prose mass: a region with so much needs no other
FEW = 500.0  # of prose mass: with so much in the markup no script is looked into
LEAST = 200.0  # of prose mass, that a story in a script has
CARDS = 0.3  # of the prose of teasers, that counts
CLEARLY = 2.0  # times the markup's prose, that it has too
WHOLE = 0.8  # of what the JSON-LD tells in one piece, that a script's story has at least
MAX_STORIES = 4  # places in the scripts that are read
_ARTICLE_META = ("article:published_time", "article:modified_time", "article:author", "article:section")


@dataclass(slots=True)
class Embedded:
    """A story that stands outside the markup: its outline and region, and where it was."""

    outline: Outline
    region: Box
    source: str
    mass: float  # of prose, what stands there twice counted once
    parted: bool  # into paragraphs
    beside: dict[str, Any] = field(default_factory=dict)  # what the script tells of author and date


def embedded_story(
    page: Page, data: dict[str, Any], outline: Outline, region: Box | None, title: str
) -> Embedded | None:
    """Return the story in the page's data where its markup has none; `title` is the key of its headline."""
    if (region is not None and region.mass >= LONG) or not has_values(page) or tells(outline, outline.boxes[0]):
        return None
    printed = region.mass if region is not None else 0.0
    shown = printed if region is None or not is_cards(outline, region) else printed * CARDS
    told = _told(data, title)
    if shown < FEW and (told is None or not told.parted):
        called = _is_article(page, data)
        scripted = _scripted(page, title, printed >= LEAST) if called or (title and not is_front(page.url)) else None
        if scripted and (called or scripted.beside) and (told is None or scripted.mass > WHOLE * told.mass):
            told = scripted
    return told if told is not None and told.mass >= max(LEAST, CLEARLY * shown) else None


def _is_article(page: Page, data: dict[str, Any]) -> bool:
    """Tell whether the page calls itself an article; the sections and dates of a front page are its newest story's."""
    if data or page.first("og:type") == "article":
        return True
    return any(name in page.meta for name in _ARTICLE_META) and not is_front(page.url)


def _told(data: dict[str, Any], title: str) -> Embedded | None:
    """Return the body that the page's JSON-LD gives."""
    if entries := "".join(_entry_markup(update) for update in objects_in(data.get("liveBlogUpdate"))):
        opening = data.get("articleBody")
        markup = paragraphs_of(opening) if isinstance(opening, str) else ""
        return _read(f"{markup}<section>{entries}</section>", title, "json-ld liveBlogUpdate")
    for name in ("articleBody", "text", "reviewBody"):
        text = data.get(name)
        if isinstance(text, list):
            text = "\n".join(part for part in text if isinstance(part, str))
        if isinstance(text, str) and len(text) >= LEAST:
            return _read(paragraphs_of(text), title, f"json-ld {name}")
    return None


def _entry_markup(update: dict[str, Any]) -> str:
    """Return an entry of a live blog as markup; empty where it has no text."""
    text = update.get("articleBody")
    if not isinstance(text, str) or not text.strip():
        return ""
    when, title = escape(str(update.get("datePublished") or "")), escape(text_of(update.get("headline")) or "")
    clock = f'<time datetime="{when}">{when}</time>' if when else ""
    return f"<article>{clock}{f'<h2>{title}</h2>' if title else ''}{paragraphs_of(text)}</article>"


def _scripted(page: Page, title: str, headed: bool) -> Embedded | None:
    """Return the story that the page's scripts hold: in the smallest object that has the headline and prose.

    `headed` is False where an object of a script without the headline will do as well.
    """
    best: Embedded | None = None
    for value, alone in chain(zip(values_in(page), repeat(not headed)), zip(attributes_in(page), repeat(False))):
        places = list(_places(value, title))[:MAX_STORIES] if title else []
        for place in places or ([(value,)] if alone else []):
            if found := _read(markup_of(place[0], title), title, "script"):
                found.beside = told_beside(*place) if isinstance(place[0], dict) else {}
                best = max(filter(None, (best, found)), key=lambda e: e.mass)
        if places and best and best.mass >= LEAST:
            break
    return best


def _read(markup: str, title: str, source: str) -> Embedded | None:
    if len(markup) < LEAST or (body := body_of(f"<main>{markup}</main>")) is None:
        return None
    outline = outline_of(Ground(body))
    weigh(outline, title)
    region = region_of(outline)
    if region is None:
        return None
    masses = {key_of(run.text): run.mass for run in outline.runs if region.order <= run.box.order <= region.last}
    return Embedded(outline, region, source, sum(masses.values()), len(masses) > 1)


def _places(value: Any, title: str) -> Iterator[tuple[Any, ...]]:
    """Yield the smallest objects that hold the headline as a string and prose enough for a story.

    Each comes with the two objects around it, the inner one first, where no list lies between.
    """
    found: list[tuple[Any, ...]] = []
    _measure(value, title, found, 0, ())
    yield from found


def _measure(
    value: Any, title: str, found: list[tuple[Any, ...]], depth: int, around: tuple[Any, ...]
) -> tuple[int, bool]:
    """Return how much prose a value holds and whether it has the headline, not yet in a place that was found."""
    if isinstance(value, str):
        if len(value) < 400 and len(title) > 8 and key_of(value) == title:
            return 0, True
        return len(value) if is_prose(value) else 0, False
    if not isinstance(value, dict | list) or depth > MAX_DEPTH:
        return 0, False
    size, headed = 0, False
    near = (value, *around[:1]) if isinstance(value, dict) else ()
    for item in value.values() if isinstance(value, dict) else value:
        inside, has = _measure(item, title, found, depth + 1, near)
        size += inside
        headed = headed or has
    if headed and size >= LEAST and isinstance(value, dict):
        found.append((value, *around))
        return size, False
    return size, headed
