"""The headline, kicker and outlet of a page: visible text first, the page's own data beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extractors.article import Label
from extractors.engine.elements import Role
from extractors.engine.prose import key_of
from extractors.engine.runs import Box, Outline, Run
from extractors.engine.schema import names_of, text_of
from extractors.page import Page
from extractors.text import fold

_SUFFIX = re.compile(r"\s+(?:[|·•»«–—-]|::)\s+")

_NOT_STANDFIRST = Role.NAV | Role.FOOTER | Role.FORM | Role.CAPTION | Role.CONTROL | Role.LIST | Role.FIGURE


@dataclass(slots=True)
class Headline:
    """A headline and where it came from."""

    text: str | None
    source: str | None


def outlet_of(page: Page, article: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the outlet's name as printed, and its source."""
    if name := page.first("og:site_name"):
        return name, "meta og:site_name"
    for name, _ in names_of(article.get("publisher")):
        return name, "json-ld publisher"
    if name := page.first("application-name"):
        return name, "meta application-name"
    return None, None


def headline_of(page: Page, article: dict[str, Any], outline: Outline, outlet: str | None) -> Headline:
    """Choose the headline: what the page prints as its heading, where the page's own data agrees or is silent.

    The data (JSON-LD headline, og:title, title element) names it where the print does not: no heading, several that
    disagree, or a heading that is the outlet's name.
    """
    declared = [
        (text, source)
        for text, source in (
            (text_of(article.get("headline")), "json-ld headline"),
            (page.first("og:title"), "meta og:title"),
            (page.first("twitter:title"), "meta twitter:title"),
            (_title(page), "title element"),
        )
        if text
    ]
    keys = [key for text, _ in declared for key in _parts(text)]
    headings = [r for r in _lines(outline, "h1") if len(key_of(r.text)) > 1 and key_of(r.text) != key_of(outlet or "")]
    for run in headings:
        key = key_of(run.text)
        if any(_agree(key, k) for k in keys):
            return Headline(fold(run.text), "h1")
    for run in _lines(outline, "h2"):
        key = key_of(run.text)
        if len(key) > 12 and key in keys and not headings:
            return Headline(fold(run.text), "h2")
    if len(headings) == 1 and len(headings[0].text) > 15 and not declared:
        return Headline(fold(headings[0].text), "h1")
    if not declared:
        return Headline(fold(headings[0].text), "h1") if headings else Headline(None, None)
    text, source = declared[0]
    if len(headings) == 1 and 20 < len(headings[0].text) < 250:
        return Headline(fold(headings[0].text), "h1")
    return Headline(without_outlet(text, outlet), source)


def without_outlet(text: str, outlet: str | None) -> str:
    """Return a title without the outlet's name at its end or beginning.

    >>> without_outlet("Ferry strikes the pier | The Gazette", "The Gazette")
    'Ferry strikes the pier'
    """
    parts = _SUFFIX.split(text)
    if len(parts) > 1 and outlet:
        name = key_of(outlet)
        while len(parts) > 1 and (key_of(parts[-1]) in name or name in key_of(parts[-1])):
            parts.pop()
        if len(parts) > 1 and key_of(parts[0]) == name:
            parts.pop(0)
        end = text.rfind(parts[-1]) + len(parts[-1])
        return text[text.find(parts[0]) : end]
    return text


def standfirst_of(outline: Outline, region: Box, headline: str | None, description: str | None) -> str | None:
    """Return the standfirst printed between the headline and the region, if there is one.

    It says what the page's description says, its class calls it so, or it is the second heading right after the first.
    """
    title, told = key_of(headline or ""), key_of(description or "")
    after = False
    before: Run | None = None
    for run in outline.runs:
        if run.box.order >= region.order:
            break
        if not after and (run.box.roles & Role.HEADING == 0 or not title):
            continue
        key = key_of(run.text)
        if (
            after
            and 20 <= len(run.text) <= 700
            and run.linked * 2 < len(run.text)
            and not run.box.roles & _NOT_STANDFIRST
        ):
            hinted = any(Label.STANDFIRST in b.hints for b in (run.box, run.box.parent) if b)
            if (
                (told and (key == told or told.startswith(key[:60])))
                or hinted
                or (before is not None and run.box.line.tag == "h2")
            ):
                return fold(run.text)
        if title and key == title and len(run.text) < 400:
            after, before = True, run
        elif key:
            before = None
    return None


def _title(page: Page) -> str | None:
    node = page.tree.css_first("head title") or page.tree.css_first("title")
    return fold(node.text()) or None if node else None


def _parts(title: str) -> list[str]:
    """Return the keys of a title and of what its separators part."""
    return [key_of(part) for part in (title, *_SUFFIX.split(title))]


def _agree(a: str, b: str) -> bool:
    """Tell whether two folded headlines are one, a site's name or a kicker at either end aside."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 8 and short in long and len(short) * 2 > len(long)


def _lines(outline: Outline, tag: str) -> list[Run]:
    """Return the headings of one level; runs of one heading (an inline box inside it) are put together."""
    found: list[Run] = []
    for run in outline.runs:
        if run.box.line.tag == tag:
            if found and found[-1].box.line is run.box.line:
                last = found[-1]
                found[-1] = Run(last.text + run.text, last.box, last.paragraph, 0, 0, 0, (), None)
            else:
                found.append(run)
    return found
