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
        return _respelled(_read(f"{language}.toml"))
    return {"byline": _read(_BYLINES).get(language or "", {})}


def _respelled(table: Table) -> Table:
    """Add to each phrase how else it is written: in capitals, which lose their accents, or with letters of old."""
    respellings = [str.maketrans(*letters.split()) for letters in table.pop("spelling", {}).get("also", ())]
    for section in table.values() if respellings else ():
        for key, phrases in section.items():
            section[key] = [*dict.fromkeys((*phrases, *(p.translate(r) for r in respellings for p in phrases)))]
    return table


def _read(name: str) -> Table:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
