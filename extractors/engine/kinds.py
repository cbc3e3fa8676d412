"""What a page is when it is not an article: a bot wall, a consent page, a section front, an error page, a login.

A page is asked only where no story of ordinary length was found on it, so that an article about consent banners or
bot walls stays an article.
"""

from __future__ import annotations

import re
from typing import Any

from extractors.engine.cards import tells
from extractors.engine.outline import Box, Outline
from extractors.engine.schema import types_of
from extractors.errors import NotArticleError
from extractors.page import Page
from extractors.text import fold

_BOT = re.compile(
    r"enable javascript and cookies to continue|checking (?:if the site connection is secure|your browser)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|just a moment|attention required|are you a robot"
    r"|access (?:to this page has been )?denied|unusual (?:traffic|activity)|captcha|request (?:unsuccessful|blocked)"
    r"|pardon our interruption|ddos protection|bot detection|press (?:&|and) hold", re.IGNORECASE,
)  # fmt: skip
_CONSENT = re.compile(
    r"before you continue|we (?:value|care about) your privacy|accept all|we and our \d* ?partners|your privacy choices"
    r"|cookie (?:consent|settings)|zustimmen und weiter|wir und unsere partner|einwilligung|nous et nos partenaires|"
    r"continuer sans accepter|manage (?:your )?(?:options|choices|preferences)|consent", re.IGNORECASE,
)  # fmt: skip
_GONE = re.compile(
    r"\b404\b|page (?:not|cannot be|could not be|can't be) found|not found|no longer (?:available|exists)"
    r"|has been removed"
    r"|doesn.t exist|does not exist|nicht gefunden|existiert nicht|introuvable|no encontrad|não encontrad|non trovata|"
    r"не найден|не знайден|сторінк[аи] не|הדף לא נמצא|לא נמצא|見つかりません|nie znaleziono", re.IGNORECASE,
)  # fmt: skip
STORY = 400.0  # of prose mass, that a story has on a page of menus
LINKED = 0.1  # of its characters, that are links
_LOGIN = re.compile(r"\b(?:log ?in|sign ?in|anmelden|connexion|iniciar sesión|войти|увійти|התחבר)", re.IGNORECASE)
_FRONTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
_SCRIPT = re.compile(
    r"enable javascript|javascript is (?:required|disabled)|requires javascript|activate javascript", re.IGNORECASE
)


def refuse_other_kinds(page: Page, outline: Outline, data: dict[str, Any], region: Box | None) -> None:
    """Pass an article; `data` is its JSON-LD object, `region` what the engine found.

    Raises:
        NotArticleError: the page is of another kind.
    """
    story = region.mass if region else 0.0
    if story < 800 and (total := sum(len(run.text) for run in outline.runs)) < 6000:
        _refuse_notices(page, outline, data, total, region)
    if not tells(outline, outline.boxes[0]) and not (story > STORY and _unlinked(outline, region)):
        _refuse_fronts(page, outline, data)


def _unlinked(outline: Outline, region: Box | None) -> bool:
    """Tell whether the main content is text and not links, as an official notice in the middle of a site's menus is."""
    runs = [r for r in outline.runs if region and region.order <= r.box.order <= region.last]
    return sum(run.linked for run in runs) < LINKED * sum(len(run.text) for run in runs)


def _refuse_notices(page: Page, outline: Outline, data: dict[str, Any], total: int, region: Box | None) -> None:
    story = region.mass if region else 0.0
    title = fold(node.text()) if (node := page.tree.css_first("title")) else ""
    text = fold(" ".join([run.text for run in outline.runs[:120]]))[:6000] if story < 300 else ""
    if found := _BOT.search(title) or (_BOT.search(text) if total < 2500 else None):
        raise NotArticleError("bot wall", f"it says “{found.group()}”")
    if found := _GONE.search(title) or (_GONE.search(text[:600]) if total < 2500 else None):
        raise NotArticleError("soft 404", f"it says “{found.group()}”")
    if total < 4000 and not data and (found := _CONSENT.search(f"{title} {_asked(outline, region)}")) and _asks(page):
        raise NotArticleError("consent page", f"it says “{found.group()}”")
    if (
        story < 300
        and not data
        and page.tree.css_first("input[type=password]")
        and (found := _LOGIN.search(title + " " + text))
    ):
        raise NotArticleError("login", f"it asks for a password and says “{found.group()}”")
    if story < 200 and (found := _SCRIPT.search(text)):
        raise NotArticleError("needs JavaScript", f"it says “{found.group()}”")


def _asked(outline: Outline, region: Box | None) -> str:
    """Return what the main content says, folded: a banner beside a story asks too."""
    runs = outline.runs if region is None else [r for r in outline.runs if region.order <= r.box.order <= region.last]
    return fold(" ".join(run.text for run in runs[:120]))[:6000]


def _asks(page: Page) -> bool:
    return bool(page.tree.css_first("form, button, [role=dialog], [role=button], input"))


def _refuse_fronts(page: Page, outline: Outline, data: dict[str, Any]) -> None:
    """Refuse a section front: most of its text is links to other pages, and nothing says that it is an article."""
    if data or page.first("og:type") == "article" or page.first("article:published_time"):
        return
    linked = sum(min(run.linked, len(run.text)) for run in outline.runs)
    total = sum(len(run.text) for run in outline.runs) or 1
    headlines = sum(1 for run in outline.runs if run.hrefs and run.linked > 25)
    longest = max((len(run.text) - run.linked for run in outline.runs), default=0)
    listed = any(t in _FRONTS for item in page.jsonld for t in types_of(item))
    if longest < 400 and (
        (headlines >= 12 and linked > 0.5 * total) or (listed and headlines >= 8 and linked > 0.2 * total)
    ):
        raise NotArticleError(
            "section front", f"{headlines} linked headlines, {linked / total:.0%} of its text is links"
        )
