"""What a page is when it is not an article: a bot wall, a consent page, a section front, an error page, a login.

A page is asked only where no story of ordinary length was found on it, so that an article about consent banners or
bot walls stays an article.
"""

from __future__ import annotations

import re
from typing import Any

from extractors.engine.cards import FEWEST
from extractors.engine.fronts import DAYS, refuse_fronts
from extractors.engine.lexicon.folding import fold_lines
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Run
from extractors.engine.prose import key_of
from extractors.engine.walls import Wall, guard_in, speaks, spoken_in, told, walls_in
from extractors.errors import NotArticleError
from extractors.page import Page

_SHORT = 800.0  # of prose mass: the story of a page that is asked
_SMALL = 6_000  # characters of its text
_LONG = 14_000  # of a consent page, which may list each purpose
_WHOLE = 2_500  # characters of a page of which all is read, and not the main content alone
_TOLD = 100.0  # characters of sentences that make a story, however short: see `walls.told`
_SHARE = 0.6  # of the text that they are at most, where title, text and markup all say what the page is
_SPEECH = 0.35  # the same for a long consent page
_NOTE = 700  # characters of a page of a guard that says nothing we know
_EMPTY = 60  # characters of a page that has nothing without its scripts
_OUTSIDE = Role.NAV | Role.FOOTER | Role.ASIDE
ASKING = frozenset({"consent page", "login"})  # kinds of boxes that stand beside stories as well
_STRICT = ASKING | {"parked domain", "server error"}  # what is about such a page is no story, whoever is spoken to
_INSTEAD = frozenset(
    {"soft 404", "bot wall", "parked domain", "maintenance", "server error", "rate limit", "waiting room", "geo-block"}
)
_LINE = 25  # characters of a linked headline
_TITLE = 12  # letters of a headline that no other page has
_WORD = re.compile(r"[a-z]{5,}")
_CAPTCHA = "[id*=captcha], [class*=captcha], [id*=challenge], [class*=challenge], [id^=px-], [id*=turnstile]"
_SIGNS = ("time[datetime]", "[class*=byline]", "[rel=author]")  # on a page of its own a story has one of them
_MARKS = f"{_CAPTCHA}, meta[http-equiv=refresh], meta[name=robots][content*=noindex i]"


def refuse_other_kinds(
    page: Page, outline: Outline, data: dict[str, Any], region: Box | None, listed: str | None = None
) -> None:
    """Pass an article; `data` is its JSON-LD object, `region` what the engine found, `listed` a listing's headline.

    Raises:
        NotArticleError: the page is of another kind.
    """
    story = region.mass if region else 0.0
    total = sum([len(run.text) for run in outline.runs])
    short = total < _SMALL and (story < _SHORT or _is_titled(page, data))
    if short or (total < _LONG and not _declared(page, data) and _asks(page)):  # most pages are not: reading costs
        _refuse_walls(page, outline, data, total, region, short=short, listed=listed)
    refuse_fronts(page, outline, data, region)


def _refuse_walls(
    page: Page,
    outline: Outline,
    data: dict[str, Any],
    total: int,
    region: Box | None,
    *,
    short: bool,
    listed: str | None,
) -> None:
    """Refuse a page that says what it is, unless it tells a story. One that is not short may be a consent page."""
    main = [run for run in outline.runs if region and region.order <= run.box.order <= region.last]
    outside = _OUTSIDE | Role.HIDDEN if region and not region.roles & Role.HIDDEN else _OUTSIDE
    around = [run for run in outline.runs if not run.box.roles & outside] if total < _WHOLE or not main else main
    heads = [page.title or "", *(run.text for run in around if run.box.line.tag in ("h1", "h2"))]
    spoken = [run.text for run in around if not _is_linked(run)]
    declared, dated = _declared(page, data), _is_dated(page, data)
    promised, guarded = _is_promised(listed, heads), not dated and guard_in(page.html)
    for wall in walls_in(heads, [run.text for run in around], kinds=None if short else ("consent page",)):
        if promised and wall.kind in _INSTEAD:
            continue
        asking = wall.kind in ASKING
        if asking and (declared or not _asks(page) or not _in(wall.phrase, main or around, wall.in_heads)):
            continue
        if not asking and not _in(wall.phrase, main, wall.in_heads) and _tells(wall, main):
            continue
        if (guarded and wall.in_heads and wall.kind == "bot wall") or _stands(
            page, wall, spoken, _ahead(around), short=short, dated=dated
        ):
            raise NotArticleError(wall.kind, f"it says “{wall.phrase}”")
    if guarded and not declared and total < _NOTE:
        raise NotArticleError("bot wall", "its markup is that of a guard")
    if total < _EMPTY and not declared and page.tree.css_first("script[src]"):
        raise NotArticleError("needs JavaScript", "there is no text without its scripts")
    if not short or declared or promised or dated or _is_named(page.url, heads):
        return
    if page.tree.css_first(_CAPTCHA) and not _tells(Wall("bot wall", "", False), around):
        raise NotArticleError("bot wall", "its markup asks who is reading, and its text tells nothing")
    if (other := spoken_in(heads, spoken)) and (other.kind not in ASKING or _asks(page)):
        raise NotArticleError(other.kind, f"it speaks of nothing but {other.phrase}")


def _is_titled(page: Page, data: dict[str, Any]) -> bool:
    """Tell whether the title names what stands in the place of an article, and nothing calls the page one."""
    if _declared(page, data) or _is_dated(page, data):
        return False
    return any(wall.kind in _INSTEAD for wall in walls_in([page.title or ""], []))


def _tells(wall: Wall, runs: list[Run]) -> bool:
    """Tell whether some of a text is a story: a sentence or two."""
    texts = [run.text for run in runs if not _is_linked(run)]
    amount = told(wall, texts)
    return (sum(map(len, texts)) if amount is None else amount) >= _TOLD / 2


def _is_dated(page: Page, data: dict[str, Any]) -> bool:
    """Tell whether the page says on which day its story came out, or who wrote it: no wall does."""
    if data.get("datePublished") or page.first(*DAYS) or "datePublished" in page.properties:
        return True
    places = page.tree.css("article, main")
    found = ({node.mem_id for place in places for node in place.css(sign)} for sign in _SIGNS)
    return any(len(nodes) == 1 for nodes in found)


def _ahead(runs: list[Run]) -> list[str]:
    """Return what stands below the heading; above the first of the linked headlines, where there are some."""
    first = next((n + 1 for n, run in enumerate(runs) if run.box.line.tag == "h1"), 0)
    links = [n for n in range(first, len(runs)) if len(runs[n].text) > _LINE and _is_linked(runs[n])]
    return [run.text for run in runs[first : links[0] if len(links) >= FEWEST else None] if not _is_linked(run)]


def _is_linked(run: Run) -> bool:
    return run.linked * 2 > len(run.text)


def _stands(page: Page, wall: Wall, spoken: list[str], ahead: list[str], *, short: bool, dated: bool) -> bool:
    """Tell whether a page that names a kind is of the kind: it tells no story, or next to none.

    `ahead` is what it says before it offers other stories.
    """
    amount, size = told(wall, spoken, strict=wall.kind in _STRICT, dated=dated), sum(map(len, spoken))
    if amount is None:  # it speaks to nobody
        return size < _EMPTY
    if not short:
        return amount < _SPEECH * size
    if amount < (_TOLD / 2 if dated else _TOLD):
        return True
    if wall.in_heads and not dated and speaks(ahead) and (told(wall, ahead, strict=True) or 0.0) < _TOLD / 2:
        return True
    return wall.in_heads and amount < _SHARE * size and page.tree.css_first(_MARKS) is not None


def _is_promised(listed: str | None, heads: list[str]) -> bool:
    """Tell whether title or heading are what a listing calls the article: no other page has them."""
    key = key_of(listed or "")
    return len(key) > _TITLE and any(key in key_of(head) for head in heads)


def _is_named(url: str, heads: list[str]) -> bool:
    """Tell whether title or headings have a word of the page's own name in its address."""
    words = set(_WORD.findall(url.rstrip("/").rpartition("/")[2].lower()))
    return not words.isdisjoint(_WORD.findall(" ".join(heads).lower()))


def _in(phrase: str, runs: list[Run], in_heads: bool) -> bool:
    """Tell whether a phrase stands in the headings or in the main content: a banner beside a story asks too."""
    return in_heads or any(phrase in line for line in fold_lines([" ".join(run.text.split()) for run in runs]))


def _declared(page: Page, data: dict[str, Any]) -> bool:
    """Tell whether the page's own data call it an article."""
    return bool(data) or page.first("og:type") == "article"


def _asks(page: Page) -> bool:
    return bool(page.tree.css_first("form, button, [role=dialog], [role=button], input"))
