"""A lexicon, and what it says of a line: which of its phrases the line is, opens with or has in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.article import Label
from extractors.engine.lexicon.choices import SIGNS, chosen, pattern_of
from extractors.engine.lexicon.folding import ENDS, bare, fold_line
from extractors.engine.lexicon.hits import Entry, Said, Wording
from extractors.engine.lexicon.phrases import Openings, Sayings
from extractors.engine.lexicon.shapes import home_of, is_initials, is_name, is_signed, parts_of, undated
from extractors.engine.prose import unspaced

_NUMBER = re.compile(r"\d{1,6}")
_LABELLING = (":", " | ")  # part a label from what it labels
_LONGEST_HEAD = 48  # characters before a colon that may be a label
_LONGEST_CREDIT, _LONGEST_LINE = 90, 160  # characters of a line that may be a credit, or a label, as a whole
_LONGEST_ASK = 180  # characters of a line that asks the reader to follow a channel
_LONGEST_USE = 110  # of one that asks to do something with a thing of the page
_FRAGMENT = 8  # words: a line of fewer is too short to tell a story
_BRIEF = 32  # characters of such a line where words have no spaces
_ENDS_SENTENCE = frozenset(".!?…")
_LABEL = 11  # the same where the line has no full stop
_BUTTONS, _ROW = 5, 50  # words of a row of buttons, and characters
_BRACKETS = frozenset("([（【")
_QUOTES = frozenset("\"'«„“‘「『")
_WHOLE = frozenset({"line", "start"})  # what a part of a row is told by
LONGEST_SPEECH = 420  # characters of a line that may speak of a newsletter and nothing else


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one language together with those of English, which stand on pages of every language."""

    language: str | None = None
    lines: dict[str, Label] = field(default_factory=dict)
    starts: dict[str, Label] = field(default_factory=dict)
    openings: Openings[Entry] = field(default_factory=Openings)
    endings: Openings[Entry] = field(default_factory=Openings)  # by the end of the line, read backwards
    floating: dict[str, tuple[Entry, ...]] = field(default_factory=dict)  # that have neither, by what stands in them
    sayings: Sayings[Label | None] = field(default_factory=Sayings)  # anywhere in a line; None: said to the reader
    noise: Sayings[Label | None] = field(default_factory=Sayings)  # those of them that have a label
    asks: tuple[str, ...] = ()  # how a line opens that asks the reader to do something
    channels: dict[str, Label] = field(default_factory=dict)  # what it asks to follow, by word
    news: frozenset[str] = frozenset()  # what it promises for that, or whose it is
    things: dict[str, Label] = field(default_factory=dict)  # of the page, by word, that a reader is asked to use
    used: tuple[str, ...] = ()  # how a line ends that asks for it, where verbs stand last
    where: tuple[str, ...] = ()  # how it ends where the thing is another page
    admits: tuple[str, ...] = ()  # what a correction says of the words that it puts right
    changes: tuple[str, ...] = ()  # what a note says that tells of a change to the text
    address: frozenset[str] = frozenset()  # words for the reader and for the outlet itself
    reader: frozenset[str] = frozenset()  # words for the reader alone, as they are printed within a sentence
    being: frozenset[str] = frozenset()  # how a line goes on behind the name of an author
    writing: frozenset[str] = frozenset()  # which of these says that one writes
    callings: tuple[str, ...] = ()  # what that one is, such as end a word
    past: frozenset[str] = frozenset()  # and what nobody is who still writes
    telling: frozenset[str] = frozenset()  # verbs by which a sentence tells what somebody else said
    agencies: frozenset[str] = frozenset()  # wire services and agencies of pictures
    houses: frozenset[str] = frozenset()  # with what word the name of any other may end
    wires: frozenset[str] = frozenset()  # wire services, as they write themselves
    bylines: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()  # how a line opens that names who else reported
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
        first = self.lines.get(naked.partition(" ")[0]) if len(naked) <= _ROW else None
        if first and (row := self._buttons(naked, first)):
            return row
        if ("|" in naked or "·" in naked or "•" in naked) and (row := self._row(naked)):
            return row
        if len(naked) <= _LONGEST_CREDIT and (">" in naked or "›" in naked or "»" in naked or "|" in naked):
            home = home_of(naked)
            if home and self.lines.get(home) is Label.NAV:
                return Wording(Label.NAV, "line", home)
        if ("/" in naked or " + " in naked) and len(naked) <= _LONGEST_CREDIT:
            if credit := self._credit(naked):
                return credit
            if is_signed(opened):
                return Wording(Label.AGENCY, "line", opened)
        head = opened[: _LONGEST_HEAD + 1]
        if (":" in head or " | " in head) and (labelled := self._labelled(head)):
            return labelled
        openings = self.openings.of(opened)
        if opened[:1].isdigit():
            openings += self.openings.of(_NUMBER.sub("#", opened, 1))
        bracketed = opened is not folded and not _BRACKETS.isdisjoint(folded[: len(folded) - len(opened)])
        if naked and (whole := self._whole(naked, openings, bracketed=bracketed)):
            return whole
        asks = opened.startswith(self.asks)
        if not openings:
            asked = self._asked(opened) if asks else None
            return asked or (self._pointed(folded, opened, naked, "") if naked.endswith(self.used) else None)
        longest: dict[str, Entry] = {}
        for entry in reversed(openings):  # the longest opening first
            longest[entry.how] = entry
        used = longest["use"].phrase if "use" in longest else ""
        return (
            (self._asked(opened) if asks else None)
            or _opened(longest.get("open"))
            or (self._pointed(folded, opened, naked, used) if used or naked.endswith(self.used) else None)
            or _opened(longest.get("begin"))
        )

    def _buttons(self, naked: str, label: Label) -> Wording | None:
        """Read a row of words each of which is a line of its own and has the label of the first: "Share Save"."""
        words = naked.split(" ", _BUTTONS)
        if len(words) > _BUTTONS or any(self.lines.get(word) is not label for word in words):
            return None
        return Wording(label, "line", naked)

    def _row(self, naked: str) -> Wording | None:
        """Read a line parted by bars or dots each part of which is a line of its own: "Log in | Sign up"."""
        parts = parts_of(naked)
        found = [self.find(part) if part and len(parts) > 1 else None for part in parts]
        if all(one is not None and one.how in _WHOLE for one in found) and (first := found[0]):
            return Wording(first.label, "line", naked)
        return None

    def _labelled(self, head: str) -> Wording | None:
        """Return what stands before a colon or a bar in a line's opening, if it is a label."""
        for mark in _LABELLING:
            label, parted, rest = head.partition(mark)
            if parted and (known := self.starts.get(bare(label)) or self.starts.get(bare(label.partition(",")[0]))):
                return Wording(known, "start", label.strip())
            dated = undated(label) if parted and " " in label and not rest[:1].isdigit() else None  # that is an hour
            if dated and " " in dated and self.starts.get(dated) is Label.CORRECTION:
                return Wording(Label.CORRECTION, "start", dated)
        return None

    def _whole(self, naked: str, openings: list[Entry], *, bracketed: bool) -> Wording | None:
        """Return the longest pattern that a line is as a whole, of those that it opens with and others.

        One that is written in brackets is of lines in brackets: any other may begin with its few letters.
        """
        entries = [entry for entry in openings if entry.how == "line"] if openings else []
        entries += [entry for standing in self.floating if standing in naked for entry in self.floating[standing]]
        entries += self.endings.of(naked[::-1])
        told: list[Wording] = []
        for entry in entries:
            if entry.phrase[0] in _BRACKETS and not bracketed:
                continue
            if not entry.opens:
                told.append(Wording(entry.label, "line", entry.phrase))
            elif match := _compiled(entry.phrase).fullmatch(naked):
                told.append(Wording(entry.label, "line", chosen(entry.phrase, match.groups())))
        return max(told, key=lambda wording: len(wording.phrase)) if told else None

    def _asked(self, opened: str) -> Wording | None:
        """Return the channel that a line asks the reader to follow, with a word on what it gives or whose it is."""
        if len(opened) > _LONGEST_ASK and len(opened := opened.partition(". ")[0]) > _LONGEST_ASK:
            return None
        if unspaced(opened):
            channel = _within(opened, self.channels)
            return Wording(self.channels[channel], "ask", channel) if channel else None
        words = {word.strip(ENDS) for word in opened.split()}
        named = sorted(words & self.channels.keys())
        if named and (len(words) < _FRAGMENT or len(named) > 1 or words & self.news):
            return Wording(self.channels[named[0]], "ask", named[0])
        return None

    def _pointed(self, folded: str, opened: str, naked: str, opening: str) -> Wording | None:
        """Return the thing of the page with which a line asks to do something: "Turn captions on", "Video ansehen".

        It is short, or else it says whose the thing is or where.
        """
        if len(opened) > _LONGEST_USE or folded[0] in _QUOTES:
            return None
        if unspaced(opened):
            thing = _within(opened, self.channels) or _within(opened, self.things)
            if not thing or self.tells(opened):
                return None
            return Wording(self.things.get(thing) or self.channels[thing], "thing", thing)
        words = [word.strip(ENDS) for word in opened[len(opening) :].split()]
        named = next((word for word in words if word in self.things), None)
        brief = opened.count(" ") + 1 < (_LABEL if _ENDS_SENTENCE.isdisjoint(opened) else _FRAGMENT)
        if not named or not (brief or (opening and (naked.endswith(self.where) or not self.news.isdisjoint(words)))):
            return None
        return None if self.tells(opened) else Wording(self.things[named], "thing", named)

    def _credit(self, naked: str) -> Wording | None:
        """Read "photographer/agency", either way round, as a credit, "agency/initials", "staff + agency" as a wire."""
        mark = "/" if "/" in naked else " + "
        head, _, tail = (part.strip(ENDS) for part in naked.rpartition(mark))
        first, _, rest = (part.strip(ENDS) for part in naked.partition(mark))
        for agency, other in ((tail, head), (first, rest)):
            if agency in self.agencies:
                both = mark == " + " or {agency, other} <= {name.casefold() for name in self.wires}
                wire = both or (other not in self.agencies and (other in self.staff or is_initials(other)))
                return Wording(Label.AGENCY if wire else Label.CREDIT, "line", agency)
            if agency.partition(" ")[2] in self.houses and is_name(other):
                return Wording(Label.CREDIT, "line", agency)
        return None

    def address_beside(self, wording: Wording, text: str) -> str | None:
        """Return what makes a worded line, as it is printed, speak to the reader or of the outlet beside the wording.

        A pronoun counts only where the line opens with the wording, for any story may say "you" somewhere.
        """
        if wording.how in ("ask", "thing"):
            opened = fold_line(text).lstrip(ENDS)
            used = next((entry.phrase for entry in self.openings.of(opened) if entry.how == "use"), None)
            return next((ask.strip() for ask in self.asks if opened.startswith(ask)), used)
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

    def tells(self, folded: str, wording: Wording | None = None) -> bool:
        """Tell whether a line tells what somebody said, so that an address to a reader in it is not the outlet's.

        A verb of the `wording` itself tells nothing: "What do you say?" stands as it is in the lexicon.
        """
        if wording is not None and wording.how != "line":
            folded = folded.replace(wording.phrase, " ")
        if unspaced(folded):
            return any(word in folded for word in self.telling)
        own = wording.phrase.replace("*", " ").split() if wording is not None and wording.how == "line" else ()
        return any(word.strip(ENDS) in self.telling and word not in own for word in folded.split())

    def speaks(self, phrase: str) -> bool:
        """Tell whether a phrase speaks, all by itself, to the reader or of the outlet."""
        told = phrase.replace("*", " ")
        return not self.address.isdisjoint(told.split()) or any(label is None for _, label in self.said_in(told))

    def said_in(self, folded: str) -> Said:
        """Return the phrases that stand anywhere in a folded line, those that stand first in it first."""
        return self.sayings.said_in(folded)

    def register_beside(self, wording: Wording | None, said: Said) -> str | None:
        """Return the phrase by which a line speaks to the reader, a cue of its own: no words of the wording's.

        But for a correction, which speaks of the article itself in the words that announce it.
        """
        told = wording.phrase if wording and wording.label is not Label.CORRECTION else ""
        for phrase, label in said:
            if label is None and not (told and (phrase.strip() in told or told in phrase)):
                return phrase
        return None


def _within(opened: str, known: Mapping[str, Label]) -> str | None:
    """Return the first of some words that stands in a line without spaces, where it is too short to tell a story.

    What it has in quotation marks is no thing of the page: the steps of a guide name what is to be clicked so.
    """
    if len(opened) > _BRIEF or "。" in opened or not _QUOTES.isdisjoint(opened):
        return None
    return next((word for word in known if word in opened), None)


def _opened(entry: Entry | None) -> Wording | None:
    return Wording(entry.label, entry.how, entry.phrase) if entry else None


@lru_cache(maxsize=4096)
def _compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(pattern_of(phrase.strip(SIGNS)))
