"""What a site file may say, and what a template says of a page.

A site file holds classes that say in CSS where a site puts things. Where the files are, and which template a page is
written in, is told in `registry`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from traceback import extract_tb
from typing import ClassVar

from selectolax.lexbor import LexborNode

from extractors.article import Article, Label
from extractors.errors import AmendError, SiteError
from extractors.page import Page
from extractors.text import fold

__all__ = ["Label", "Site", "amended", "marks_of", "missed", "refuse_wrong", "selected"]

FIELDS = ("headline", "kicker", "standfirst", "byline", "authors", "published", "modified", "section", "tags")
_READ = {"published": "published", "modified": "modified", "byline": "authors", "authors": "authors"}  # -> its source
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_KNOWN = frozenset((*FIELDS, "domains", "since", "body", "noise", "amend"))


class Site:
    """One template of one site; a redesign adds a subclass with a later `since`.

    Every field is a CSS selector, with `::attr(name)` for an attribute, or `::data(name)` for a property of the page's
    JSON-LD; an empty one leaves the field to the engine. Of `authors` a desk, an agency or the house stays where the
    page signs so. `body` matches the paragraphs of the story or their container, `noise` labels elements.
    """

    domains: ClassVar[tuple[str, ...]] = ()
    since: ClassVar[date] = date.min
    body: ClassVar[str] = ""
    headline: ClassVar[str] = ""
    kicker: ClassVar[str] = ""
    standfirst: ClassVar[str] = ""
    byline: ClassVar[str] = ""
    authors: ClassVar[str] = ""
    published: ClassVar[str] = ""
    modified: ClassVar[str] = ""
    section: ClassVar[str] = ""
    tags: ClassVar[str] = ""
    noise: ClassVar[Mapping[str, Label]] = {}

    def amend(self, article: Article, page: Page) -> Article:
        """Return the article as it should be, where selectors cannot say it."""
        return article


def marks_of(template: Site, story: Iterable[LexborNode], root: LexborNode) -> dict[int, Label]:
    """Return what a template says of elements: `mem_id` -> label, those of the story as `Label.BODY`.

    `story` are the nodes that its `body` matches; its standfirst and its noise are looked for inside `root`.
    """
    marks = {node.mem_id: Label.BODY for node in story}
    if template.standfirst and "::" not in template.standfirst:
        marks.update((node.mem_id, Label.STANDFIRST) for node in root.css(template.standfirst))
    for selector, label in template.noise.items():
        marks.update((node.mem_id, label) for node in root.css(selector))
    return marks


def selected(template: Site, page: Page) -> dict[str, list[str]]:
    """Return the texts that a template's field selectors match, fields that match nothing left out."""
    found = {name: page.select(getattr(template, name)) for name in FIELDS if getattr(template, name)}
    return {name: texts for name, texts in found.items() if texts}


def missed(template: Site, texts: Mapping[str, list[str]], sources: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields for which a template has a selector that gave nothing.

    Args:
        texts: what `selected` returned.
        sources: where each field came from in the end; a date that cannot be read is none, nor a byline of nobody.
    """
    named = (name for name in FIELDS if getattr(template, name))
    return tuple(n for n in named if n not in texts or (n in _READ and sources.get(_READ[n]) != "site file"))


def amended(template: Site, article: Article, page: Page) -> Article:
    """Return the article as the template's code leaves it.

    Raises:
        AmendError: the code fails, or returns something else.
    """
    where = f"{type(template).__name__}.amend at {page.url}"
    try:
        changed: object = template.amend(article, page)
    except Exception as error:  # code of the user's: whatever it raises is said in one sentence
        code = extract_tb(error.__traceback__)[:2][-1]  # the call above, then the method
        why = str(error) if isinstance(error, SiteError) else f"{type(error).__name__}: {error}".removesuffix(": ")
        raise AmendError(f"{where}: {fold(why)[:200]} ({Path(code.filename).name}, line {code.lineno})") from error
    if not isinstance(changed, Article):
        raise AmendError(f"{where}: it returned {changed!r:.80} and not an article")
    return changed


def refuse_wrong(cls: type[Site], file: str) -> None:
    """Look through what a class of a site file says.

    Raises:
        SiteError: it says something wrong; the message names file, class and field.
    """
    where = f"{file}: {cls.__name__}"
    for name in vars(cls):
        if not name.startswith("_") and name not in _KNOWN:
            raise SiteError(f"{where}.{name}: there is no such field; fields are {', '.join(sorted(_KNOWN))}")
    if not cls.body:
        raise SiteError(f"{where}.body: a template needs a selector for its body")
    if not cls.domains or not all(isinstance(d, str) and _DOMAIN.fullmatch(d) and d == d.lower() for d in cls.domains):
        raise SiteError(
            f"{where}.domains: a tuple of domain names is needed, such as ('example.com',), not {cls.domains!r}"
        )
    if type(cls.since) is not date:
        raise SiteError(f"{where}.since: a date is needed, such as date(2026, 3, 1), not {cls.since!r}")
    if not callable(cls.amend):
        raise SiteError(f"{where}.amend: a method is needed, not {cls.amend!r}")
    for name in ("body", *FIELDS):
        _check_selector(getattr(cls, name), f"{where}.{name}", elements=name == "body")
    if not isinstance(cls.noise, Mapping):
        raise SiteError(f"{where}.noise: pairs of a selector and its label are needed, not {cls.noise!r}")
    for selector, label in cls.noise.items():
        _check_selector(selector, f"{where}.noise", elements=True)
        if not isinstance(label, Label):
            raise SiteError(f"{where}.noise: {selector!r} needs a Label, not {label!r}")


def _check_selector(selector: object, where: str, *, elements: bool) -> None:
    if not isinstance(selector, str):
        raise SiteError(f"{where}: a selector is a string, not {selector!r}")
    if selector:
        page = Page.parse("<p>x</p>", "")
        try:
            page.nodes(selector) if elements else page.select(selector)
        except SiteError as error:
            raise SiteError(f"{where}: {error}") from error
