"""The files of phrases as they stand: one a language, and one with the bylines of the languages that have none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files

from extractors.article import Label
from extractors.engine.lexicon.choices import marked, ways
from extractors.engine.lexicon.folding import alike, fold_lines, spelled

_Sections = dict[str, dict[str, list[str]]]  # a language's file: section -> key -> phrases

_BYLINES = "bylines.toml"
LANGUAGES = tuple(
    sorted(p.name[:-5] for p in files(__package__).iterdir() if p.name.endswith(".toml") and p.name != _BYLINES)
)
NEAR = {"nb": "no", "nn": "no", "bs": "hr", "sh": "hr", "ms": "id"}  # languages that have the words of another
_LABELS = {str(label): label for label in Label if label is not Label.BYLINE}


class Table:
    """The phrases of a language; no more than those of its bylines where it has no file."""

    def __init__(self, language: str | None) -> None:
        if language in LANGUAGES:
            self._sections = _respelled(_read(f"{language}.toml"))
        else:
            self._sections = {"byline": _read(_BYLINES).get(language or "", {})}

    def phrases(self, key: str) -> list[tuple[str, Label]]:
        """Return the phrases of noise that are looked for in one way, folded, each with its label.

        Those of whole lines keep their choices.
        """
        written = marked if key == "line" else ways
        sections = [(section, _LABELS[name]) for name, section in self._sections.items() if name in _LABELS]
        told = [(p, label) for section, label in sections for way in section.get(key, ()) for p in written(way)]
        bare = str.lstrip if key in ("open", "begin") else str.strip  # which end a word with a space
        return list(zip(map(bare, fold_lines([p for p, _ in told])), (label for _, label in told), strict=True))

    def keys(self, section: str) -> Iterable[str]:
        """Return the keys of a section."""
        return self._sections.get(section, {})

    def printed(self, section: str, key: str) -> list[str]:
        """Return words as they are printed."""
        return self._sections.get(section, {}).get(key, [])

    def words(self, section: str, key: str) -> list[str]:
        """Return words in all ways in small letters, Arabic ones as they are printed and as they are looked up."""
        words = [alike(word).casefold() for told in self.printed(section, key) for word in ways(told)]
        return [*dict.fromkeys((*words, *map(spelled, words)))]


def _respelled(table: _Sections) -> _Sections:
    """Add to each phrase how else it is written: in capitals, which lose their accents, or with letters of old."""
    respellings = [str.maketrans(*letters.split()) for letters in table.pop("spelling", {}).get("also", ())]
    for section in table.values() if respellings else ():
        for key, phrases in section.items():
            section[key] = [*dict.fromkeys((*phrases, *(p.translate(r) for r in respellings for p in phrases)))]
    return table


def _read(name: str) -> _Sections:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
