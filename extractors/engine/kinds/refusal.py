"""What a page is when it is not an article: a bot wall, a consent page, a section front, an error page, a login.

A page is asked only where neither its data nor its markup tell an author or a day, so that an article about consent
banners or bot walls stays an article; what then speaks for and against it is weighed in `doubt`.
"""

from __future__ import annotations

from typing import Any

from extractors.engine.cards import FEWEST
from extractors.engine.kinds.doubt import kind_of, points
from extractors.engine.kinds.fronts import DAYS, refuse_fronts
from extractors.engine.kinds.walls import guard_in, walls_in
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Run
from extractors.engine.prose import ends_sentence, key_of
from extractors.errors import NotArticleError
from extractors.page import Page

_STORY = 800.0  # of prose mass, that a story of ordinary length has
_LONG = 14_000  # characters of a page that is read
_NOTE = 700  # characters of a page of a guard that says nothing we know
_EMPTY = 60  # characters of a page that has nothing without its scripts
_TITLE = 12  # letters of a headline that no other page has
_HEAD = 300  # characters of a title that are read: one left open runs to the end of the page
_OUTSIDE = Role.NAV | Role.FOOTER | Role.ASIDE
ASKING = frozenset({"consent page", "login"})  # kinds of boxes that stand beside stories as well
_LOADING = "script[src], script[type=module], link[rel=modulepreload]"
_SIGNS = ("time[datetime]", "[class*=byline]", "[rel=author]")  # on a page of its own a story has one of them


def refuse_other_kinds(
    page: Page,
    outline: Outline,
    data: dict[str, Any],
    region: Box | None,
    language: str | None,
    listed: str | None,
) -> None:
    """Pass an article; `data` is its JSON-LD object, `region` what the engine found, `listed` a listing's headline.

    Raises:
        NotArticleError: the page is of another kind.
    """
    if not (data or _is_dated(page)):  # a page with a sign of an article is one
        total = sum([len(run.text) for run in outline.runs])
        if total < _LONG:
            _refuse_walls(page, outline, total, region, language, listed)
    refuse_fronts(page, outline, data, region)


def _refuse_walls(
    page: Page, outline: Outline, total: int, region: Box | None, language: str | None, listed: str | None
) -> None:
    """Refuse a page that is another's by its guard's marks, for want of any text, or by its words and signs."""
    outside = _OUTSIDE | Role.HIDDEN if region and not region.roles & Role.HIDDEN else _OUTSIDE
    around = [run for run in outline.runs if not run.box.roles & outside]
    if region is None or region.mass < _STORY:
        around = _ahead(around)
    heads = [(page.title or "")[:_HEAD], *(run.text for run in around if run.box.line.tag in ("h1", "h2"))]
    texts = [run.text for run in around if not _is_linked(run)]
    walls = walls_in(heads, texts)
    guarded = total < _NOTE or any(wall.in_heads and wall.kind == "bot wall" for wall in walls)
    if guarded and guard_in(page.html):
        raise NotArticleError("bot wall", "its markup is that of a guard")
    shown = sum(len(run.text) for run in outline.runs if not run.box.roles & (Role.NOSCRIPT | Role.HIDDEN))
    if shown < _EMPTY and total < _NOTE and page.tree.css_first(_LOADING) and not walls:
        raise NotArticleError("needs JavaScript", "there is no text without its scripts")
    if texts and points(page, heads, texts, walls, language) > 0:
        kind = kind_of(heads, texts, walls, language)
        if kind in ASKING or not _is_promised(listed, heads):
            why = f"it says “{walls[0].phrase}”" if walls else "its words are those of such a page"
            raise NotArticleError(kind, why)


def _ahead(runs: list[Run]) -> list[Run]:
    """Return what stands ahead of the stories that a page offers in place of its own, or of others beside that."""
    first = next((n + 1 for n, run in enumerate(runs) if run.box.line.tag == "h1"), 0)
    links = [n for n in range(first, len(runs)) if len(runs[n].line) > _TITLE and _is_linked(runs[n])]
    ahead = runs[: links[0]] if len(links) >= FEWEST else runs
    if 0 < len(ahead) < len(runs) and not ends_sentence(ahead[-1].line):
        ahead = ahead[:-1]  # what names the list
    return ahead if any(ends_sentence(run.line) and not _is_linked(run) for run in ahead[first:]) else runs


def _is_linked(run: Run) -> bool:
    return run.linked * 2 > len(run.text)


def _is_dated(page: Page) -> bool:
    """Tell whether the page says on which day its story came out, or who wrote it: no wall does."""
    if page.first(*DAYS) or "datePublished" in page.properties:
        return True
    places = page.tree.css("article, main")
    found = ({node.mem_id for place in places for node in place.css(sign)} for sign in _SIGNS)
    return any(len(nodes) == 1 for nodes in found)


def _is_promised(listed: str | None, heads: list[str]) -> bool:
    """Tell whether title or heading are what a listing calls the article: no other page has them."""
    key = key_of(listed or "")
    return len(key) > _TITLE and any(key in key_of(head) for head in heads)
