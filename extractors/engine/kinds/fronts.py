"""Pages that list articles: fronts of a site or section, pages of a topic or an author, what a search has found.

Most of their text is links to other pages, or cards of other stories with a line or two under each headline. A short
story may stand above as many cards of others: its heading is a headline, and it tells something before the first.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from extractors.engine.addresses import is_front
from extractors.engine.cards import FEWEST, PROSE, tells
from extractors.engine.data.schema import types_of
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Run
from extractors.engine.prose import breadth, ends_sentence, word_count
from extractors.errors import NotArticleError
from extractors.page import Page

STORY = 400.0  # of prose mass, that a story has on a page of menus
LINKED = 0.1  # of its characters, that are links
_FRONTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
_LISTS = frozenset({"SearchResultsPage", "ProfilePage"})
_TEASER, _OPENING = 400, 600  # characters of a paragraph that a section's front has none of, that a site's has none of
_LINE = 25  # characters of a linked headline
_SHORT = 10  # of one that is set as a heading
_LINKS = 2  # of a headline: a card's may be linked in two parts
_CARDS = 5  # headlines that make a page of cards a list of articles
_WORDS = 4  # words of a headline, or of an address that is made of one
_TOLD = 40  # characters of a sentence that a short story has
_ALONE = 80  # of one that is all of it above a list
_OUTSIDE = Role.NAV | Role.FOOTER | Role.ASIDE | Role.HIDDEN
DAYS = ("article:published_time", "publishdate", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued")
_PARTS = re.compile(r"[^\W\d_]+")
_ASKED = re.compile(r"(?:^|&)(?:q|s|query|search|keyword)=")  # of a search
_NUMBER = re.compile(r"\d{5,}|/(?:19|20)\d\d/\d\d?/")
# What folders and pages are called that list articles, where the next part names a topic or an author.
_FOLDERS = frozenset(
    "tag tags tagged topic topics hashtag keyword keywords etiqueta etiquetas etiket schlagwort stichwort thema themen"
    " tema temas motcle mots-cles author authors autor autores autoren auteur auteurs autore autori writer writers"
    " journalist journalists journaliste journalistes contributor contributors yazar yazarlar skribent category"
    " categories categoria categorias categorie kategorie kategorien kategoria kategori rubrik rubriken rubrica"
    " rubrique rubriques sezione seccion section sections archive archives archiv search suche buscar recherche cerca"
    " szukaj buscador sok haku arama".split()
)


def refuse_fronts(page: Page, outline: Outline, data: dict[str, Any], region: Box | None) -> None:
    """Pass a page with a story of its own.

    Raises:
        NotArticleError: it lists articles, and nothing says that it is one. Where a site's main page says so, that is
            of its newest story.
    """
    main = is_front(page.got)  # of a copy that somebody keeps, what it shows counts
    if not main and (data or page.first("og:type") == "article" or page.first(*DAYS)):
        return
    if main or not (tells(outline, outline.boxes[0]) or (story(region) and _unlinked(outline, region))):
        _refuse_links(page, outline, main=main)
    _refuse_cards(page, outline, main=main)


def story(region: Box | None) -> bool:
    """Tell whether the main content is as much as a story on a page of menus."""
    return region is not None and region.mass > STORY


def _unlinked(outline: Outline, region: Box | None) -> bool:
    """Tell whether the main content is text and not links, as an official notice in the middle of a site's menus is."""
    runs = [r for r in outline.runs if region and region.order <= r.box.order <= region.last]
    return sum(run.linked for run in runs) < LINKED * sum(len(run.text) for run in runs)


def _refuse_links(page: Page, outline: Outline, *, main: bool) -> None:
    linked = sum(min(run.linked, len(run.text)) for run in outline.runs)
    total = sum(len(run.text) for run in outline.runs) or 1
    headlines = sum(1 for run in outline.runs if run.hrefs and run.linked > _LINE)
    longest = max((len(run.text) - run.linked for run in outline.runs), default=0)
    measures = [(12, 0.5)] + [(8, 0.2)] * _is_of(page, _FRONTS) + [(20, 0.25)] * main
    most = _OPENING if main else _TEASER
    if longest >= most or not (main or _is_listed(page) or not _opens(outline)):
        return
    if any(headlines >= n and linked > share * total for n, share in measures):
        raise NotArticleError(
            "section front", f"{headlines} linked headlines, {linked / total:.0%} of its text is links"
        )


def _refuse_cards(page: Page, outline: Outline, *, main: bool) -> None:
    """Refuse a page of cards: linked headlines with a line or two under each."""
    runs = [run for run in outline.runs if not run.box.roles & _OUTSIDE]
    headlines = [run for run in runs if is_headline(run)]
    prose = [run for run in runs if run.mass > PROSE and run.linked * 4 < len(run.text)]
    listed = _is_listed(page)
    if len(headlines) < (FEWEST if listed else _CARDS):
        return
    longest = max((len(run.text) for run in prose), default=0)
    if not listed and (longest > _OPENING or len(prose) > len(headlines) + 1 or tells(outline, outline.boxes[0])):
        return
    if not listed and not main and _is_below(runs):
        return
    if listed or main or not (_is_one_of(page.url) or _opens(outline)):
        why = "its address or its data say so" if listed else "with a line or two under each"
        raise NotArticleError("section front", f"{len(headlines)} linked headlines, {why}")


def _is_below(runs: list[Run]) -> bool:
    """Tell whether the headlines are a list with nothing under each, below what the page itself tells."""
    places = [n for n, run in enumerate(runs) if is_headline(run)]
    apart = sum(1 for one, other in pairwise(places) if other - one > 1)
    return apart * 2 < len(places) and any(_is_sentence(run) for run in runs[: places[0]])


def _is_sentence(run: Run) -> bool:
    return breadth(run.text) > _TOLD and ends_sentence(run.text.rstrip())


def is_headline(run: Run) -> bool:
    """Tell whether a run is the linked headline of another story: a menu in one line has more links."""
    least = _SHORT if run.box.line.own & Role.HEADING else _LINE
    return 0 < len(run.hrefs) <= _LINKS and breadth(run.text) > least and run.linked * 5 > len(run.text) * 4


def _is_listed(page: Page) -> bool:
    """Tell whether address or data name a list: a topic, an author, a search."""
    if page.first("og:type") == "profile" or _is_of(page, _LISTS):
        return True
    path, query = _parted(page.url)
    named = not _FOLDERS.isdisjoint(path.lower().strip("/").split("/")[-2:])
    return not _NUMBER.search(page.url) and (named or _ASKED.search(query) is not None)


def _parted(url: str) -> tuple[str, str]:
    """Return path and query of an address, whatever its host is written like."""
    address, _, query = url.partition("#")[0].partition("?")
    return "/" + address.partition("://")[2].partition("/")[2], query


def _is_of(page: Page, types: frozenset[str]) -> bool:
    return any(t in types for item in page.jsonld for t in types_of(item))


def _is_one_of(url: str) -> bool:
    """Tell whether an address is one of many: it is made of a headline, or has a day or a number."""
    path, _ = _parted(url)
    return _NUMBER.search(path) is not None or len(_PARTS.findall(path.rstrip("/").rpartition("/")[2])) >= _WORDS


def _opens(outline: Outline) -> bool:
    """Tell whether a story stands above the cards: a headline, and a sentence before the first that is linked.

    Two paragraphs that stand together are a story under any heading.
    """
    first = next((n for n, run in enumerate(outline.runs) if run.box.line.tag == "h1"), None)
    if first is None:
        return False
    told: list[Run] = []
    for run in outline.runs[first + 1 :]:
        if is_headline(run):
            break
        if _is_sentence(run):
            told.append(run)
    heading = outline.runs[first].text
    alone = bool(told) and len(told[0].text) >= _ALONE
    return len(told) > 1 or (alone and word_count(heading) >= _WORDS)
