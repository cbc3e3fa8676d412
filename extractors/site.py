"""What a site file may say, and which template a page is written in.

A site file holds classes that say in CSS where a site puts things. Dates order the templates of a site, the page's
markup decides: the newest whose `body` is on the page. Sites load by host when a page of theirs comes.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import ClassVar
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from extractors.article import Article, Label
from extractors.errors import SiteError
from extractors.page import Page

__all__ = [
    "Label",
    "Site",
    "amended",
    "load",
    "marks_of",
    "missed",
    "selected",
    "site_file",
    "site_files",
    "template_of",
    "tried",
]

FOLDER = Path(__file__).parent / "sites"
FIELDS = ("headline", "kicker", "standfirst", "byline", "authors", "published", "modified", "section", "tags")
_DATES = frozenset({"published", "modified"})
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


def template_of(page: Page, templates: Iterable[Site] | None = None) -> tuple[Site, list[LexborNode]] | None:
    """Return the newest template of the page's site whose `body` is on the page, and the nodes that this matches.

    None where no site file fits.

    Args:
        page: the page.
        templates: those to choose from, the newest first, in place of the site's own.

    Raises:
        SiteError: the site's file says something wrong.
    """
    if templates is None:
        try:
            host = urlsplit(page.url).hostname or ""
        except ValueError:
            return None  # no address that a site could have
        templates = load(host.lower())
    for template in templates:
        if nodes := page.nodes(template.body):
            return template, nodes
    return None


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
        sources: where each field came from in the end; a date that cannot be read is none.
    """
    named = (name for name in FIELDS if getattr(template, name))
    return tuple(name for name in named if name not in texts or (name in _DATES and sources.get(name) != "site file"))


def amended(template: Site, article: Article, page: Page) -> Article:
    """Return the article as the template's code leaves it.

    Raises:
        SiteError: the code returns something else.
    """
    changed: object = template.amend(article, page)
    if not isinstance(changed, Article):
        raise SiteError(f"{type(template).__name__}.amend returned {changed!r} and not an article")
    return changed


@lru_cache(maxsize=512)
def load(host: str) -> tuple[Site, ...]:
    """Load the templates of a host, the newest first; empty where there is no file for it.

    Raises:
        SiteError: the file cannot be run, or says something wrong.
    """
    path = site_file(host)
    return _templates(_module(path), path) if path else ()


def site_file(host: str) -> Path | None:
    """Return the file of a host's site; None where there is none for it, nor for a domain that it is under."""
    files = site_files()
    labels = host.split(".")
    return next((path for i in range(len(labels) - 1) if (path := files.get(".".join(labels[i:])))), None)


@lru_cache(maxsize=1)
def site_files() -> dict[str, Path]:
    """Return domain -> site file, of the project's own and of the folder that COPYDESK_SITES names (which wins).

    Domains are read without running the files, so that a bad one disturbs only its own site.
    """
    found: dict[str, Path] = {}
    own = os.environ.get("COPYDESK_SITES")
    for folder in (FOLDER, *([Path(own)] if own else [])):
        if not folder.is_dir():
            raise SiteError(f"COPYDESK_SITES names {folder}, which is not a folder")
        for path in sorted(folder.glob("[a-z0-9]*.py")):
            found[path.stem.replace("_", ".")] = path
            found.update(dict.fromkeys(_domains(path), path))
    return found


def _domains(path: Path) -> list[str]:
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return []  # its host still finds it by the file's name, and `load` says what is wrong
    return [
        node.value
        for statement in ast.walk(tree)
        if isinstance(statement, ast.Assign) and any(getattr(t, "id", "") == "domains" for t in statement.targets)
        for node in ast.walk(statement.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def tried(path: Path) -> tuple[Site, ...]:
    """Return the templates of a file that is no site's yet, the newest first.

    Raises:
        SiteError: the file cannot be run, or says something wrong.
    """
    return _templates(_run(path, f"copydesk_tried_{path.stem}"), path)


def _module(path: Path) -> ModuleType:
    name = f"extractors.sites.{path.stem}" if path.parent == FOLDER else f"copydesk_own_site_{path.stem}"
    if name not in sys.modules:
        sys.modules[name] = _run(path, name)
    return sys.modules[name]


def _run(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SiteError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # a site file is code of the user's: whatever it raises is said in one sentence
        raise SiteError(f"{path} cannot be run: {type(error).__name__}: {error}") from error
    return module


def _templates(module: ModuleType, path: Path) -> tuple[Site, ...]:
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Site) and value.__module__ == module.__name__
    ]
    if not classes:
        raise SiteError(f"{path} holds no Site class")
    for cls in classes:
        _check(cls, path)
    for a, b in combinations(classes, 2):
        if (a.since, a.body) == (b.since, b.body):
            raise SiteError(f"{path}: {a.__name__} and {b.__name__} are alike in `since` and `body`; one never answers")
    return tuple(cls() for cls in sorted(classes, key=lambda c: c.since, reverse=True))


def _check(cls: type[Site], path: Path) -> None:
    where = f"{path.name}: {cls.__name__}"
    for name in vars(cls):
        if not name.startswith("_") and name not in _KNOWN:
            raise SiteError(f"{where}.{name}: there is no such field; fields are {', '.join(sorted(_KNOWN))}")
    if not cls.body:
        raise SiteError(f"{where}.body: a template needs a selector for its body")
    if not cls.domains or not all(isinstance(d, str) and "." in d and d == d.lower() for d in cls.domains):
        raise SiteError(f"{where}.domains: a tuple of domain names is needed, such as ('example.com',)")
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
