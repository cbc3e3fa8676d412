"""Which site files there are, and which template a page is written in.

Dates order the templates of a site, the page's markup decides: the newest whose `body` is on the page. Being there is
the registration; a file loads by its host when a page of that comes, so that a bad one disturbs only its own site.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from extractors.engine.addresses import ascii_host
from extractors.errors import SiteError
from extractors.page import Page
from extractors.site import Site, refuse_wrong

FOLDER = Path(__file__).parent / "sites"


def template_of(page: Page, templates: Iterable[Site] | None) -> tuple[Site, list[LexborNode]] | None:
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
        templates = load(host)
    for template in templates:
        if nodes := page.nodes(template.body):
            return template, nodes
    return None


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
    labels = ascii_host(host).split(".")
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
        for path in sorted(folder.glob("[!_.]*.py")):
            names = path.stem.replace("_", "."), *_domains(path)
            found.update(dict.fromkeys(map(ascii_host, names), path))
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
    names = Counter(statement.name for statement in ast.parse(path.read_bytes()).body if hasattr(statement, "name"))
    if twice := next((cls.__name__ for cls in classes if names[cls.__name__] > 1), None):
        raise SiteError(f"{path}: two classes are called {twice}; the first never answers")
    for cls in classes:
        refuse_wrong(cls, path.name)
    for a, b in combinations(classes, 2):
        if (a.since, a.body) == (b.since, b.body):
            raise SiteError(f"{path}: {a.__name__} and {b.__name__} are alike in `since` and `body`; one never answers")
    return tuple(cls() for cls in sorted(classes, key=lambda c: c.since, reverse=True))
