"""What the words of a line say of it: the wording that says most, and beside it what speaks to the reader.

A *register* is that second thing: a pronoun, an imperative, the outlet's own name. It is a cue of its own and no word
of the wording's. Which of them make a line noise is decided in `noise`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.article import Label
from extractors.engine.dates.written import is_dated, is_hour
from extractors.engine.lexicon import Lexicon, Said, Wording, wording_among
from extractors.engine.lexicon.folding import ENDS, bare, fold_line
from extractors.engine.markup.elements import Role
from extractors.engine.noise.cues import AT_PICTURES
from extractors.engine.noise.lines import Facts, Line
from extractors.engine.noise.sentences import LONG, is_neutral
from extractors.engine.people.titles import PARTICLES
from extractors.engine.prose import word_count

_QUOTED = re.compile(r"“[^“”]{3,}”|„[^„“”]{3,}[“”]|«[^«»]{3,}»|\"[^\"]{3,}\"|(?<!\w)‘[^‘]{3,}?’(?!\w)")
_QUOTES = frozenset('“„«"‘')
_GENERAL = frozenset({Label.RELATED, Label.SOCIAL})  # what asks for a click; the rest of the line tells to what end
_PARTICULAR = frozenset({Label.NEWSLETTER, Label.PAYWALL, Label.PROMO, Label.COMMENTS})
_OWN = frozenset({Label.PROMO, Label.AUTHOR_BIO})
_BRIEF = frozenset({Label.TIMESTAMP, Label.LIVE, Label.SOCIAL})
_TELEPHONE = re.compile(r"(?:\d-)?\d{3}[-./]\d{3}[-./]\d{3,4}")
_PARTS_WORDS = tuple(" '’„“«")
_OPENS_SENTENCE = frozenset(".!?…:|–—-*•\"“”„«»‚‘’'>")  # what stands before a word that has its capital for that
_PROFILE, _NAMES = 16, 4  # words that tell who writes; of them names
_CELL = 8  # characters
_DATED = 40  # characters of a date with its hour
_DAYS = 160  # characters of a line that says when, at most
_OFFICIAL = frozenset(
    {Label.LEGAL, Label.PLAYER, Label.PAYWALL, Label.COMMENT_POLICY, Label.AD, Label.CORRECTION, Label.DISCLOSURE}
    | {Label.RELATED, Label.LIVE, Label.AGENCY, Label.CONTRIBUTORS, Label.COMMENTS}
)
_TOLD_OF = (Label.CORRECTION, Label.DISCLOSURE)
_TOLD = 3  # words of a wording that no story has, whatever it is about


def weighed(wording: Wording, line: Line, said: Said, lexicon: Lexicon) -> Wording | None:
    """Return the wording that says most of a line, where one was found; None where story is worded so too."""
    if line.roles & Role.TABLE and not line.lead and _is_cell(line.text, wording.label):
        return None  # a result, a mark, an hour of the table's
    if line.text.isdecimal():
        return None  # an age would have its sign
    if wording.label is Label.TIMESTAMP and line.text[-1].isdigit() and _TELEPHONE.fullmatch(line.text):
        return None  # no year has as many digits as that
    if wording.label is Label.TIMESTAMP and wording.how == "start" and len(line.text) > _DAYS:
        return None  # a letter, which opens with its date
    if wording.how == "thing" and line.abroad:  # it is on another site
        return wording_among(said)
    if is_neutral(wording):
        if _is_when(line.text.partition(":")[2].strip()):
            return Wording(Label.TIMESTAMP, wording.how, wording.phrase)
        wording = _of_rest(line.folded, lexicon) or wording
    return _told_most(wording, line, said)


def _is_cell(text: str, label: Label) -> bool:
    """Tell what a table may have in a cell: a few characters, figures without a word."""
    return (len(text) <= _CELL and label in _BRIEF) or not any(map(str.isalpha, text))


def spoken(
    wording: Wording | None, line: Line, said: Said, facts: Facts, lexicon: Lexicon
) -> tuple[Wording | None, str | None]:
    """Return the wording and what speaks to the reader beside it; another wording where only that leaves any."""
    if wording and wording.label is Label.CREDIT and _is_of_wire(wording, line, facts, lexicon):
        wording = Wording(Label.AGENCY, wording.how, wording.phrase)
    register = lexicon.register_beside(wording, said) if said else None
    if wording and said and not register and wording.how == "begin":
        wording, register = _apart(wording, said, lexicon)
    if register and _is_said(line.text, register):
        register = None  # by somebody in the story
    if wording and not register:
        register = (
            lexicon.address_beside(wording, line.text)
            or _spoken_by(wording, lexicon, line.folded)
            or _of_outlet(wording, facts, line)
            or (_reader_beside(wording, _QUOTED.sub(" ", line.text), lexicon) if wording.how == "inside" else None)
        )
        if said and not register and wording.how == "line" and wording.phrase[-1] == "*":
            inside, register = _apart(wording, said, lexicon)  # all that speaks to the reader may be how it opens
            wording = Wording(wording.label, inside.how, inside.phrase) if register else wording
    return wording, register


def profile_in(text: str, lexicon: Lexicon, outlet: str = "") -> Wording | None:
    """Tell a line that opens with a name and goes on with what an author does, or for whom (folded) one writes.

    >>> from extractors.engine.lexicon import lexicon_for
    >>> profile_in("Ada Quill is our night reporter.", lexicon_for("en")).phrase
    'is reporter'
    >>> profile_in("Eva van der Boer is our night reporter.", lexicon_for("en")).phrase
    'is reporter'
    """
    second = text.partition(" ")[2].lstrip(ENDS)
    if not second[:1].isupper() and second.partition(" ")[0] not in PARTICLES:
        return None
    words = [word.strip(ENDS) for word in text.split(" ", _PROFILE)[:_PROFILE]]
    named = next((i for i, word in enumerate(words) if not word[:1].isupper() and not (i and word in PARTICLES)), 0)
    pair = " ".join(words[named : named + 2])
    does = pair if pair in lexicon.being else words[named]
    if not 2 <= named <= _NAMES or does not in lexicon.being or not lexicon.past.isdisjoint(words):
        return None
    work = next((w.casefold() for w in words[named + 1 :] if w.casefold().endswith(lexicon.callings)), None)
    if work is None and does in lexicon.writing and outlet in fold_line(text):
        work = outlet
    return Wording(Label.AUTHOR_BIO, "line", f"{does} {work}") if work else None


def _reader_beside(wording: Wording, text: str, lexicon: Lexicon) -> str | None:
    """Return the word with which a text, as it is printed, addresses its reader beside a wording inside it."""
    told = wording.phrase.split()
    for before, word in pairwise(text.split()):
        named = word.strip(ENDS) in lexicon.reader and before[-1] not in _OPENS_SENTENCE
        if named and fold_line(word).strip(ENDS) not in told:
            return word
    return None


def _told_most(wording: Wording, line: Line, said: Said) -> Wording:
    """Return the wording that says most of a line: what stands inside it, where what opens it is of many kinds."""
    if (wording.label is Label.AGENCY and _is_at_picture(line) and not line.tail) or (
        wording.label is Label.LEGAL and wording.phrase[0] == "©" and (_is_at_picture(line) or _is_credit(line))
    ):
        return Wording(Label.CREDIT, wording.how, wording.phrase)  # a source beside a picture is the picture's
    if wording.label is Label.LEGAL and wording.phrase[0] == "©" and Label.RELATED in line.hints:
        return Wording(Label.RELATED, wording.how, wording.phrase)  # whose the picture of another story is
    if wording.how not in ("start", "open", "begin"):
        return wording
    general = wording.label in _GENERAL and wording.how != "start"
    inside = wording_among(said)
    if inside is None:
        return wording
    same = inside.label is wording.label and (wording.label is Label.AUTHOR_BIO or not line.sentence)
    if (
        (general and inside.label in _PARTICULAR)
        or (wording.how == "begin" and (same or inside.label is Label.DISCLOSURE))
        or (wording.how == "start" and inside.label is Label.LEGAL and is_neutral(wording))
    ):
        return inside
    return wording


def _is_when(rest: str) -> bool:
    """Tell a date or an hour and nothing else: "Updated: 4:35 p.m."."""
    return is_hour(rest) or (len(rest) <= _DATED and rest[-1:].isalnum() and is_dated(rest))


def _of_rest(folded: str, lexicon: Lexicon) -> Wording | None:
    """Return how a note goes on behind its label where that tells of a change, or of interests."""
    rest = lexicon.find(folded.partition(":")[2].strip())
    return rest if rest and rest.label in _TOLD_OF and rest.how != "start" else None


def _apart(wording: Wording, said: Said, lexicon: Lexicon) -> tuple[Wording, str | None]:
    """Return what stands inside a line as its wording where that leaves its opening to speak to the reader."""
    inside = wording_among(said)
    register = lexicon.register_beside(inside, said) if inside else None
    apart = inside and inside.label is not Label.AGENCY  # where a story was printed first is told in it
    return (inside, register) if inside and apart and register else (wording, None)


def _spoken_by(wording: Wording, lexicon: Lexicon, folded: str) -> str | None:
    """Return the wording where a long one speaks, all by itself, of the page or to its reader."""
    words = sum(any(map(str.isalpha, word)) for word in wording.phrase.split())
    # All of how it ends is known, or much of how it begins.
    ended = wording.phrase[-1] != "*" or words >= _TOLD or bare(wording.phrase) == bare(folded)
    closed = wording.how == "line" and ended
    official = wording.how in ("line", "open") and wording.label in _OFFICIAL
    if not (official or closed) or word_count(wording.phrase) < LONG:
        return None
    return wording.phrase if lexicon.speaks(wording.phrase) and not lexicon.tells(folded, wording) else None


def _of_outlet(wording: Wording, facts: Facts, line: Line) -> str | None:
    """Return the outlet's name where a line speaks of it that opens as its offers do, or says what it lives by."""
    if not facts.outlet or wording.label in AT_PICTURES or (wording.how == "inside" and wording.label not in _OWN):
        return None
    if facts.outlet in line.folded:
        return facts.outlet
    own = facts.house and wording.label is not Label.AUTHOR_BIO  # who left it is in the news
    before, named, after = line.text.partition(facts.house) if own else ("", "", "")
    return facts.house if named and before[-1:] in _PARTS_WORDS and not after[:1].isalpha() else None


def _is_of_wire(wording: Wording, line: Line, facts: Facts, lexicon: Lexicon) -> bool:
    """Tell the house beside a wire, whose text that is: "ТАСС / «Вестник»"; at a picture it is the picture's."""
    named = facts.outlet and (facts.outlet in line.folded or (facts.house and facts.house in line.text))
    if not named or _is_at_picture(line) or _is_credit(line):
        return False
    return wording.how == "line" and wording.phrase in lexicon.agencies


def _is_said(text: str, register: str) -> bool:
    """Tell whether an address to the reader stands between quotation marks, and nowhere else in the text."""
    if _QUOTES.isdisjoint(text):
        return False
    return register.strip(' "«') not in fold_line(_QUOTED.sub(" ", text))


def _is_at_picture(line: Line) -> bool:
    return line.pictured or bool(line.roles & Role.FIGURE)


def _is_credit(line: Line) -> bool:
    return bool(line.roles & Role.CAPTION) or not line.hints.isdisjoint(AT_PICTURES)
