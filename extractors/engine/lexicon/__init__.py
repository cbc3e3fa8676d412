"""How newspapers label what is not the story: phrases as data, one TOML file a language.

Adding a language is adding a file. Lookups are dictionary hits, prefix tests and substring tests, so no line of input
makes one slow. The format is told at the head of `en.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from extractors.article import Label
from extractors.engine.prose import unspaced

LANGUAGES = tuple(sorted(p.name.removesuffix(".toml") for p in files(__name__).iterdir() if p.name.endswith(".toml")))

_ENDS = " \t\n.,;:!?¿¡·•|/\\-–—―_*#<>«»‹›→←►▶▸◄◀▼▲➤➡⇒»…\"'“”„‘’()[]{}【】「」『』（）：，。、\u200e\u200f+=~"
_SAME = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("`", "'"), ("״", '"'), ("׳", "'"), ("“", '"'), ("”", '"'), ("„", '"'),
         ("\u200e", ""), ("\u200f", ""))  # fmt: skip
_PREFIXING = re.compile("[\u0590-\u06ff]")  # Hebrew and Arabic write prepositions and articles onto the word
_ANY = ""
_LONGEST_HEAD = 48  # characters before a colon that may be a label
_LONGEST_LINE = 160  # characters of a line that may be a label as a whole
LONGEST_SPEECH = 420  # characters of a line that may speak of a newsletter and nothing else


def fold_line(text: str) -> str:
    """Fold a line for look-up: compatibility forms, case, quotes and bidi marks are one; spaces single.

    >>> fold_line("  READ\u00a0More：  ")
    'read more:'
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    for mark, plain in _SAME:
        text = text.replace(mark, plain)
    return " ".join(text.casefold().split())


def bare(folded: str) -> str:
    """Return a folded line without the punctuation, brackets and arrows at its ends."""
    return folded.strip(_ENDS)


@dataclass(frozen=True, slots=True)
class Wording:
    """One hit in the lexicon: the label, how it was found, and the phrase."""

    label: Label
    how: str  # "line", "start", "open" or "inside"
    phrase: str


Said = tuple[str, Label | None]  # a phrase anywhere in a line: of noise of a kind, or of the register (None)


@dataclass(frozen=True, slots=True)
class Speech:
    """What a line says anywhere in it: a phrase of noise, and the phrases by which it speaks to the reader."""

    inside: Wording | None
    register: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Whether it says nothing of either kind."""
        return self.inside is None and not self.register

    def register_beside(self, wording: Wording | None) -> str | None:
        """Return a phrase of the register that is a cue of its own beside the wording: it shares no words with it.

        But for a correction, which speaks of the article itself in the words that announce it.
        """
        told = wording.phrase if wording and wording.label is not Label.CORRECTION else ""
        return next((p for p in self.register if not (told and (p in told or told in p))), None)


SILENT = Speech(None, ())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one language together with those of English, which stand on pages of every language."""

    language: str | None
    lines: dict[str, Label]
    patterns: dict[str, tuple[tuple[re.Pattern[str], Label, str], ...]]  # by the first two characters; as written
    endings: dict[str, Label]
    ends: tuple[str, ...]
    starts: dict[str, Label]
    opens: dict[str, tuple[tuple[str, Label], ...]]  # by the first two characters
    speaking: dict[str, tuple[Said, ...]]  # by first word
    single: tuple[Said, ...]  # of one word, or that punctuation opens: no word of the line need be theirs
    agencies: frozenset[str]
    bylines: tuple[str, ...]
    joiners: tuple[str, ...]
    staff: frozenset[str]

    def find(self, folded: str) -> Wording | None:
        """Look a folded line up; the strongest hit wins: whole line, label before a colon, opening."""
        naked = bare(folded)
        if label := self.lines.get(naked):
            return Wording(label, "line", naked)
        head, colon, _ = folded.lstrip(_ENDS).partition(":")
        if colon and len(head) <= _LONGEST_HEAD:
            label = self.starts.get(bare(head)) or self.starts.get(bare(head.partition(",")[0]))
            if label:
                return Wording(label, "start", head.strip())
        if len(naked) <= _LONGEST_LINE:
            for pattern, label, phrase in (*self.patterns.get(naked[:2], ()), *self.patterns.get(_ANY, ())):
                if pattern.fullmatch(naked):
                    return Wording(label, "line", phrase)
            if naked.endswith(self.ends):
                ending = next(e for e in self.ends if naked.endswith(e))
                return Wording(self.endings[ending], "line", ending)
        opened = folded.lstrip(_ENDS)
        for phrase, label in self.opens.get(opened[:2], ()):
            if opened.startswith(phrase):
                return Wording(label, "open", phrase)
        return None

    def speech_of(self, folded: str) -> Speech:
        """Return the phrases anywhere in a line, of LONGEST_SPEECH at most, that speak of noise or to the reader."""
        words: Iterable[str] = self.speaking
        if not (_PREFIXING.search(folded, 0, 40) or unspaced(folded)):
            words = {word for word in folded.replace("(", " ").split() if word in self.speaking}
        spoken = [said for said in self.single if said[0] in folded]
        spoken += [said for word in words for said in self.speaking[word] if said[0] in folded]
        if not spoken:
            return SILENT
        inside = min(((p, label) for p, label in spoken if label), key=lambda s: folded.find(s[0]), default=None)
        register = tuple(p for p, label in spoken if label is None)
        return Speech(Wording(inside[1], "inside", inside[0]) if inside and inside[1] else None, register)


@lru_cache(maxsize=64)
def lexicon_for(language: str | None) -> Lexicon:
    """Return the lexicon of a language (ISO 639-1); English alone where there is no file for it."""
    names = ["en"] if language is None or language not in LANGUAGES else [language, "en"]
    return _build(language, tuple(table_of(n) for n in dict.fromkeys(names)))


@lru_cache(maxsize=64)
def table_of(name: str) -> dict[str, dict[str, list[str]]]:
    """Return the sections of a language's file."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


_LABELS = {str(label) for label in Label} - {str(Label.BYLINE)}


def _build(language: str | None, tables: tuple[dict[str, dict[str, list[str]]], ...]) -> Lexicon:
    lines: dict[str, Label] = {}
    starts: dict[str, Label] = {}
    opens: dict[str, list[tuple[str, Label]]] = {}
    patterns: dict[str, list[tuple[re.Pattern[str], Label, str]]] = {}
    endings: dict[str, Label] = {}
    insides: list[tuple[str, Label]] = []
    for table in tables:
        for name, section in table.items():
            if name not in _LABELS:
                continue
            label = Label(name)
            for phrase in map(fold_line, section.get("line", ())):
                if phrase.startswith("*") and not {"*", "#"} & set(phrase[1:]):
                    endings.setdefault(phrase[1:].rstrip(_ENDS), label)
                elif "*" in phrase or "#" in phrase:
                    start, pattern = _pattern(phrase)
                    for key in [f"{n}{d}" for n in range(10) for d in " 0123456789/:hm"] if start == "#" else [start]:
                        patterns.setdefault(key, []).append((pattern, label, phrase))
                else:
                    lines.setdefault(bare(phrase), label)
            for phrase in section.get("start", ()):
                starts.setdefault(bare(fold_line(phrase)), label)
            for phrase in section.get("open", ()):
                opened = fold_line(phrase).lstrip(_ENDS)
                opens.setdefault(opened[:2], []).append((opened, label))
            insides += [(fold_line(p), label) for p in section.get("inside", ())]

    def words(section: str, key: str) -> tuple[str, ...]:
        return tuple(p for t in tables for p in t.get(section, {}).get(key, ()))

    spoken: list[Said] = [*insides, *((p.casefold(), None) for p in words("register", "inside"))]
    speaking: dict[str, list[Said]] = {}
    single: list[Said] = []
    for phrase, kind in spoken:
        first, _, more = phrase.strip().partition(" ")
        if more and first[0].isalnum():
            speaking.setdefault(first, []).append((phrase, kind))
        else:
            single.append((phrase, kind))
    return Lexicon(
        language=language, lines=lines, patterns={k: tuple(v) for k, v in patterns.items()},
        endings=endings, ends=tuple(endings), starts=starts, opens={k: tuple(v) for k, v in opens.items()},
        speaking={k: tuple(v) for k, v in speaking.items()}, single=tuple(single),
        agencies=frozenset(a.casefold() for a in words("agencies", "names")),
        bylines=tuple(p.casefold() for p in words("byline", "open")),
        joiners=words("byline", "and"), staff=frozenset(s.casefold() for s in words("byline", "staff")),
    )  # fmt: skip


def _pattern(phrase: str) -> tuple[str, re.Pattern[str]]:
    """Compile a phrase with # (a number) and * (up to 60 characters): anchored and bounded, so linear.

    Returns the pattern with the two characters that open it ("#": a number, "": anything) for look-up.
    """
    naked = phrase.strip(_ENDS.replace("*", "").replace("#", ""))
    start = "#" if naked[0] == "#" else _ANY if {"*", "#"} & set(naked[:2]) else naked[:2]
    escaped = re.escape(naked).replace(r"\#", r"\d{1,6}").replace(r"\*", ".{0,60}")
    return start, re.compile(escaped)
