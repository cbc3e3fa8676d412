"""A lexicon, and what it says of a line: which of its phrases the line is, opens with or has in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from extractors.article import Label
from extractors.engine.lexicon.folding import ENDS, bare, fold_line
from extractors.engine.lexicon.phrases import Openings, Sayings
from extractors.engine.prose import unspaced

_NUMBER = re.compile(r"\d{1,6}")
_LABELLING = (":", " | ")  # part a label from what it labels
_LONGEST_HEAD = 48  # characters before a colon that may be a label
_LONGEST_CREDIT = 90
_LONGEST_ASK = 180  # characters of a line that asks the reader to follow a channel
_FRAGMENT = 8  # words: a line of fewer is too short to tell a story
_BRACKETS = frozenset("([（【")
_INITIALS = 4  # letters of an author in a wire's line
_LONGEST_LINE = 160  # characters of a line that may be a label as a whole
LONGEST_SPEECH = 420  # characters of a line that may speak of a newsletter and nothing else


@dataclass(frozen=True, slots=True)
class Wording:
    """One hit in the lexicon: the label, how it was found, and the phrase."""

    label: Label
    how: str  # "line", "start", "open", "begin", "ask" or "inside"
    phrase: str


Said = list[tuple[str, Label | None]]  # phrases of noise with their labels; None: by which a line speaks to the reader


def wording_among(said: Said) -> Wording | None:
    """Return the first phrase of noise."""
    for phrase, label in said:
        if label is not None:
            return Wording(label, "inside", phrase)
    return None


class Entry(NamedTuple):
    """A phrase that opens or closes a line; what stands for # and * is tried where there is any."""

    label: Label
    how: str  # "line", "open" or "begin"
    phrase: str
    rest: str | None = None  # a pattern that the whole line must match; compiled once a line may


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one language together with those of English, which stand on pages of every language."""

    language: str | None = None
    lines: dict[str, Label] = field(default_factory=dict)
    starts: dict[str, Label] = field(default_factory=dict)
    openings: Openings[Entry] = field(default_factory=Openings)
    endings: Openings[Entry] = field(default_factory=Openings)  # by the end of the line, read backwards
    tails: tuple[str, ...] = ()  # which these are, read forwards
    floating: tuple[tuple[str, Entry], ...] = ()  # lines that have neither, by what stands in them
    sayings: Sayings[Label | None] = field(default_factory=Sayings)  # anywhere in a line; None: said to the reader
    noise: Sayings[Label | None] = field(default_factory=Sayings)  # those of them that have a label
    asks: tuple[str, ...] = ()  # how a line opens that asks the reader to do something
    channels: dict[str, Label] = field(default_factory=dict)  # what it asks to follow, by word
    news: frozenset[str] = frozenset()  # what it promises for that, or whose it is
    admits: tuple[str, ...] = ()  # what a correction says of the words that it puts right
    changes: tuple[str, ...] = ()  # what a note says that tells of a change to the text
    address: frozenset[str] = frozenset()  # words for the reader and for the outlet itself
    telling: frozenset[str] = frozenset()  # verbs by which a sentence tells what somebody else said
    agencies: frozenset[str] = frozenset()  # wire services and agencies of pictures
    wires: frozenset[str] = frozenset()  # wire services, as they write themselves
    bylines: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
    staff: frozenset[str] = frozenset()
    posts: tuple[str, ...] = ()  # of these, such as end a word where words have no spaces
    notices: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what a page says of its article, by kind

    def find(self, folded: str) -> Wording | None:
        """Look a folded line up; the strongest hit wins: whole line, label before a colon, opening."""
        opened = folded if folded[:1].isalpha() else folded.lstrip(ENDS)
        naked = opened.rstrip(ENDS) if len(opened) <= _LONGEST_LINE else ""
        if label := self.lines.get(naked):
            return Wording(label, "line", naked)
        if "/" in naked and len(naked) <= _LONGEST_CREDIT and (credit := self._credit(naked)):
            return credit
        head = opened[: _LONGEST_HEAD + 1]
        if (":" in head or " | " in head) and (labelled := self._labelled(head)):
            return labelled
        openings = self.openings.of(opened)
        if opened[:1].isdigit():
            openings += self.openings.of(_NUMBER.sub("#", opened, 1))
        bracketed = opened is not folded and not _BRACKETS.isdisjoint(folded[: len(folded) - len(opened)])
        if naked and (whole := self._whole(naked, openings, bracketed=bracketed)):
            return whole
        if (entry := _longest(openings, "open")) or not opened.startswith(self.asks):
            entry = entry or _longest(openings, "begin")
            return Wording(entry.label, entry.how, entry.phrase) if entry else None
        if asked := self._asked(opened):
            return asked
        return Wording(entry.label, entry.how, entry.phrase) if (entry := _longest(openings, "begin")) else None

    def _labelled(self, head: str) -> Wording | None:
        """Return what stands before a colon or a bar in a line's opening, if it is a label."""
        for mark in _LABELLING:
            label, parted, _ = head.partition(mark)
            if parted and (known := self.starts.get(bare(label)) or self.starts.get(bare(label.partition(",")[0]))):
                return Wording(known, "start", label.strip())
        return None

    def _whole(self, naked: str, openings: list[Entry], *, bracketed: bool) -> Wording | None:
        """Return the longest pattern that a line is as a whole, of those that it opens with and others.

        One that is written in brackets is of lines in brackets: any other may begin with its few letters.
        """
        entries = [entry for entry in openings if entry.how == "line"] if openings else []
        for told, entry in self.floating:
            if told in naked:
                entries.append(entry)
        if naked.endswith(self.tails):
            entries += self.endings.of(naked[::-1])
        if len(entries) > 1:
            entries.sort(key=lambda e: -len(e.phrase))
        for entry in entries:
            if entry.phrase[0] in _BRACKETS and not bracketed:
                continue
            if entry.rest is None or _compiled(entry.rest).fullmatch(naked):
                return Wording(entry.label, "line", entry.phrase)
        return None

    def _asked(self, opened: str) -> Wording | None:
        """Return the channel that a line asks the reader to follow, with a word on what it gives or whose it is."""
        if len(opened) > _LONGEST_ASK and len(opened := opened.partition(". ")[0]) > _LONGEST_ASK:
            return None
        words = {word.strip(ENDS) for word in opened.split()}
        named = sorted(words & self.channels.keys())
        if named and (len(words) < _FRAGMENT or words & self.news):
            return Wording(self.channels[named[0]], "ask", named[0])
        return None

    def _credit(self, naked: str) -> Wording | None:
        """Read "photographer/agency" and "agency/photographer" as a credit, "agency/initials" as the wire's own."""
        head, _, tail = (part.strip(ENDS) for part in naked.rpartition("/"))
        first, _, rest = (part.strip(ENDS) for part in naked.partition("/"))
        for agency, other in ((tail, head), (first, rest)):
            if agency in self.agencies:
                wire = other in self.agencies or len(other) <= _INITIALS
                return Wording(Label.AGENCY if wire else Label.CREDIT, "line", agency)
        return None

    def address_beside(self, wording: Wording, text: str) -> str | None:
        """Return what makes a worded line, as it is printed, speak to the reader or of the outlet beside the wording.

        A pronoun counts only where the line opens with the wording, for any story may say "you" somewhere.
        """
        if wording.how == "ask":
            opened = fold_line(text).lstrip(ENDS)
            return next((ask.strip() for ask in self.asks if opened.startswith(ask)), None)
        if wording.label is Label.CORRECTION:
            folded = fold_line(text)
            if said := next((w for w in self.admits if w in folded and w not in wording.phrase), None):
                return said
        if wording.how not in ("line", "open") or wording.label is Label.CORRECTION or len(text) > _LONGEST_ASK:
            return None
        told = wording.phrase.split()
        rest = text.split()[len(told) :] if wording.how == "open" else text.split()
        for word in (w.strip(ENDS) for w in rest):
            if (word in self.address or (word.islower() and fold_line(word) in self.address)) and (
                wording.how == "open" or fold_line(word) not in told
            ):
                return word
        return None

    def tells(self, folded: str) -> bool:
        """Tell whether a line tells what somebody said, so that an address to a reader in it is not the outlet's."""
        if unspaced(folded):
            return any(word in folded for word in self.telling)
        return any(word.strip(ENDS) in self.telling for word in folded.split())

    def speaks(self, phrase: str) -> bool:
        """Tell whether a phrase speaks, all by itself, to the reader or of the outlet."""
        return not self.address.isdisjoint(phrase.split()) or any(label is None for _, label in self.said_in(phrase))

    def said_in(self, folded: str) -> Said:
        """Return the phrases that stand anywhere in a folded line, those that stand first in it first."""
        return self.sayings.said_in(folded)

    def register_beside(self, wording: Wording | None, said: Said) -> str | None:
        """Return the phrase by which a line speaks to the reader, a cue of its own: no words of the wording's.

        But for a correction, which speaks of the article itself in the words that announce it.
        """
        told = wording.phrase if wording and wording.label is not Label.CORRECTION else ""
        for phrase, label in said:
            if label is None and not (told and (phrase in told or told in phrase)):
                return phrase
        return None


def _longest(openings: list[Entry], how: str) -> Entry | None:
    return max((e for e in openings if e.how == how), key=lambda e: len(e.phrase), default=None) if openings else None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
