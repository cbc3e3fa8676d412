"""The files of phrases as they stand: one a language, and one with the bylines of the languages that have none."""

from __future__ import annotations

import tomllib
from importlib.resources import files

Table = dict[str, dict[str, list[str]]]  # a language's file: section -> key -> phrases

_BYLINES = "bylines.toml"
LANGUAGES = tuple(
    sorted(p.name[:-5] for p in files(__package__).iterdir() if p.name.endswith(".toml") and p.name != _BYLINES)
)


def table_of(language: str | None) -> Table:
    """Return the phrases of a language; no more than those of its bylines where it has no file."""
    if language in LANGUAGES:
        return _read(f"{language}.toml")
    return {"byline": _read(_BYLINES).get(language or "", {})}


def _read(name: str) -> Table:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
