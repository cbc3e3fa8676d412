"""Judge one line of the main content: story, or noise of which kind.

Cues come in families: copy (the same words stand as a caption or a title elsewhere), repetition, wording, register,
contact, links, markup, hint (class names), structure (outside the container of the story), typography, position.
The rule, and all of it:

* a line copied from a caption, from another page's title, or known to recur across the site goes;
* a *fragment* goes on one whole-line wording, or on one cue of markup, links, hint or structure;
* a *sentence* goes only on two independent families, one of which speaks of more than its place;
* quotations stay, whatever their wording, and an address to the reader counts for nothing where the line tells what
  somebody said.

Everything here is a pure function over a `Line` and the page's `Facts`; who fills them in is `blocks` (markup) and
`plain` (text that another scraper left).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.article import Label
from extractors.engine.cues import (
    ANY_MARKUP,
    LINKED,
    WHOLLY_LINKED,
    Cue,
    cues_of,
    evidence_of,
    is_plain,
    label_of,
)
from extractors.engine.dates.written import written_in
from extractors.engine.lexicon import LONGEST_SPEECH, Lexicon, Wording, wording_among
from extractors.engine.lexicon.folding import fold_line
from extractors.engine.lines import Facts, Line, address_in, typography_of
from extractors.engine.markup.elements import Role
from extractors.engine.prose import ends_sentence, is_quoted, key_of, word_count

_STAMP = re.compile(r"1\d{9}(?:\d{3})?")  # a Unix time
_SLOT = re.compile(
    r"(\$\$|%%|##|__)[A-Za-z][\w-]{2,40}\1|\{\{[^{}]{1,60}\}\}|\[\[[\w -]{1,40}\]\]"
)  # that nothing filled
_OFFER = re.compile(r"(?:[\w.&'’-]{1,20} ){0,2}(?:[$€£¥] ?\d[\d.,]*|\d[\d.,]* ?€)")  # of a shop: its name and the price
_QUOTED = re.compile(r"“[^“”]{3,}”|„[^„“”]{3,}[“”]|«[^«»]{3,}»|\"[^\"]{3,}\"|(?<!\w)‘[^‘]{3,}?’(?!\w)")
_QUOTES = frozenset('“„«"‘')
_FIELD_HINTS = (Label.BYLINE, Label.TIMESTAMP, Label.KICKER)


_SOURCED = frozenset({"links", "typography", "contact"})
_STEPS = frozenset({"links", "wording", "register", "position"})
_DATED = 50  # characters of a line that is a date
_BRIEF = 4  # words of an item that may be a button
_PULLED = frozenset({"markup", "structure"})
_STYLED = frozenset({"structure", "typography", "position"})
# What stands at the very end, and how a line is set that is not the story's own: not bold or italic, which may be.
_CLOSING = frozenset({Label.CONTRIBUTORS, Label.AUTHOR_BIO, Label.CORRECTION})
_FINE_PRINT = frozenset({Label.AGENCY, Label.LEGAL, Label.COMMENT_POLICY})  # closes too, but stories open so as well
# Labels before a colon that open news and advice as often as a note on the text.
_NEUTRAL = frozenset(
    """note update updated hinweis anmerkung aktualisierung nota aggiornamento actualización atualização notitie
    uwaga оновлення обновление примітка примечание""".split()
)
_FOLLOWED = frozenset({Label.SOCIAL, Label.NEWSLETTER})
_GENERAL = frozenset({Label.RELATED, Label.SOCIAL})  # what asks for a click; the rest of the line tells to what end
_PARTICULAR = frozenset({Label.NEWSLETTER, Label.PAYWALL, Label.PROMO})
_OFFICIAL = frozenset(
    {Label.LEGAL, Label.PLAYER, Label.PAYWALL, Label.COMMENT_POLICY, Label.AD, Label.CORRECTION, Label.DISCLOSURE}
    | {Label.RELATED}
)
_NOTE = 230  # characters at most of a line that one phrase inside it and an address to the reader make a note
_OPENER = 12  # characters of the words that open a byline, where the name stands in another line
_LONG = 3  # words of a wording that speaks to the reader itself
# What may itself tell what was said.
_QUOTING = frozenset(
    {Label.CORRECTION, Label.AGENCY, Label.CONTRIBUTORS, Label.LEGAL, Label.AUTHOR_BIO, Label.DISCLOSURE}
)
_TITLED = frozenset({Label.RELATED, Label.CREDIT, Label.CAPTION})  # what follows their colon has no full stop
_MARKED_OUT = ("arrow", "brackets", "dash", "mark")


@dataclass(slots=True)
class Verdict:
    """The label of a line that is not story, with its cues as `family: evidence`."""

    label: Label
    why: tuple[str, ...]


def judge(line: Line, facts: Facts, lexicon: Lexicon) -> Verdict | None:
    """Return the verdict on a line, or None where it is story (or a heading, list or quotation of it)."""
    text = line.text
    if facts.known and facts.may_have(text) and (copied := _copied(line, facts)) is not None:
        return copied
    if len(text) < 70 and not text[0].isalpha() and (not line.key or _STAMP.fullmatch(text) or _SLOT.fullmatch(text)):
        return Verdict(Label.TECH, ("typography: no words",))
    spoken = len(text) <= LONGEST_SPEECH
    plain = is_plain(line) if line.plain is None else line.plain
    if plain and not spoken:
        return None
    folded = line.folded
    said = (lexicon.said_in(folded) if line.said is None else line.said) if spoken else []
    wording = lexicon.find(folded) or (wording_among(said) if said else None)
    if plain:
        if not wording:
            return None  # it may speak to the reader, and nothing else
        said = lexicon.said_in(folded)
    if wording and wording.label is Label.AGENCY and _is_at_picture(line) and not line.tail:
        wording = Wording(Label.CREDIT, wording.how, wording.phrase)  # a source beside a picture is the picture's
    if wording and wording.label in _GENERAL and wording.how in ("open", "begin"):
        inside = wording_among(said or lexicon.said_in(folded))
        wording = inside if inside and inside.label in _PARTICULAR else wording
    if wording and said and wording.how == "start" and wording.phrase in _NEUTRAL:
        inside = wording_among(said)
        wording = inside if inside and inside.label is Label.LEGAL else wording
    register = lexicon.register_beside(wording, said) if said else None
    if register and _is_said(text, register):
        register = None  # by somebody in the story
    if wording and not register:
        register = lexicon.address_beside(wording, text) or _spoken_by(wording, lexicon, folded)
    style = None if plain else typography_of(line)
    cues = cues_of(line, wording, register, style)
    return (_judge_sentence if line.sentence else _judge_fragment)(line, wording, cues, style, lexicon)


def _is_at_picture(line: Line) -> bool:
    return line.pictured or bool(line.roles & Role.FIGURE)


def _spoken_by(wording: Wording, lexicon: Lexicon, folded: str) -> str | None:
    """Return the wording where a long one speaks, all by itself, of the page or to its reader."""
    if wording.how not in ("line", "open") or wording.label not in _OFFICIAL or word_count(wording.phrase) < _LONG:
        return None
    return wording.phrase if lexicon.speaks(wording.phrase) and not lexicon.tells(folded) else None


def _is_said(text: str, register: str) -> bool:
    """Tell whether an address to the reader stands between quotation marks, and nowhere else in the text."""
    if _QUOTES.isdisjoint(text):
        return False
    rest = _QUOTED.sub(" ", text)
    return rest != text and register.strip() not in fold_line(rest)


def _copied(line: Line, facts: Facts) -> Verdict | None:
    if len(key := line.key) < 5:
        return None
    # A picture may be named after what the heading over it is about.
    heads = line.roles & Role.HEADING and not (line.lead or line.tail) and Label.CAPTION not in line.hints
    shown, sign, _ = line.text.rpartition("©")  # a caption may close with whose the picture is
    told = key in facts.captions or (sign and key_of(shown) in facts.captions)
    if told and not (line.first or heads) and (line.outside or line.pictured):
        card = line.tail and line.linked > WHOLLY_LINKED  # of another story
        label = Label.AD if _OFFER.fullmatch(line.text) else Label.RELATED if card else Label.CAPTION
        return Verdict(label, ("copy: stands as a caption or alt text on this page",))
    if key in facts.titles:
        return Verdict(Label.RELATED, ("copy: the title of another page of the site",))
    if key in facts.recurring:
        return Verdict(Label.PROMO, ("repetition: recurs across the site",))
    return None


def _judge_sentence(
    line: Line, wording: Wording | None, cues: dict[str, Cue], style: str | None, lexicon: Lexicon
) -> Verdict | None:
    strong = [f for f in ("markup", "links", "hint", "structure") if f in cues]
    works = wording is not None and wording.how == "inside" and wording.label is Label.AUTHOR_BIO
    if works and not line.last and not line.tail:
        del cues["wording"]  # a profile of a journalist speaks so in its middle
        wording = None
    if "register" in cues and not (wording and wording.label in _QUOTING) and lexicon.tells(line.folded):
        del cues["register"]  # who speaks there is somebody in the story
    if is_quoted(line.text) and not (cues.keys() >= {"markup", "hint"} or cues.keys() >= {"links", "hint"}):
        return None
    neutral = wording is not None and wording.how in ("start", "begin") and wording.phrase.rstrip(":") in _NEUTRAL
    if neutral and not strong and not wording_among(lexicon.said_in(line.folded)):
        return None  # news, or advice to the reader
    if wording:
        seconds = ["register", "markup", "links", "hint", "structure"]
        if wording.how in ("inside", "begin") and len(line.text) > _NOTE and cues.keys() == {"wording", "register"}:
            return None  # a paragraph that somewhere names a newsletter and somewhere says "you can"
        if (address_in(line.text) and not (wording.how == "inside" and lexicon.tells(line.folded))) or (
            wording.label in _FOLLOWED and wording.how != "inside"
        ):
            seconds += ["contact"]  # but platforms that are named are in the news as well
        rights = wording.label is Label.LEGAL and wording.how == "line" and len(wording.phrase.split()) >= _LONG
        particular = wording.how == "inside" or rights
        closes = wording.label in _FINE_PRINT and particular and not lexicon.tells(line.folded)
        news = works and lexicon.tells(line.folded.replace(wording.phrase, " "))
        if closes or (wording.label in _CLOSING and wording.how != "begin" and not news):
            seconds += ["position"]
        unstopped = wording.how == "start" and wording.label in _TITLED and not ends_sentence(line.text)
        if any(s in cues for s in seconds) or unstopped or style in _MARKED_OUT:
            return Verdict(label_of(cues), evidence_of(cues))
    # A sentence in a quotation that only stands apart may be the story's own, unless a picture is there.
    apart = line.roles & Role.QUOTE and strong == ["markup", "structure"] and not line.pictured
    if len(strong) >= 2 and cues.keys() & {"links", "hint", "markup"} and not apart:
        return Verdict(label_of(cues), evidence_of(cues))
    if "links" in cues and (cues.keys() & {"typography", "register"}):
        return Verdict(label_of(cues), evidence_of(cues))
    if cues.keys() >= {"contact", "register"} and address_in(line.text):
        return Verdict(label_of(cues), evidence_of(cues))
    if wording and wording.label is Label.CREDIT and wording.how == "line" and line.pictured:
        return Verdict(Label.CAPTION, (*evidence_of(cues), "copy: beside its picture"))
    if line.roles & Role.CAPTION and line.pictured:
        return Verdict(label_of(cues), (*evidence_of(cues), "copy: beside its picture"))
    if "hint" in cues and (line.pictured or line.alone) and cues["hint"][0] in (Label.CAPTION, Label.CREDIT):
        return Verdict(label_of(cues), (*evidence_of(cues), "copy: beside its picture"))
    if line.outside and line.alone:
        return Verdict(Label.CAPTION, (*evidence_of(cues), "copy: alone with its picture"))
    return None


def _judge_fragment(
    line: Line, wording: Wording | None, cues: dict[str, Cue], style: str | None, lexicon: Lexicon
) -> Verdict | None:
    if _is_byline(line, lexicon):
        return Verdict(Label.BYLINE, ("wording: opens as bylines do", "typography: names and nothing else"))
    if _is_step(line, wording, cues):
        return None
    if wording and (
        wording.how in ("line", "open", "ask") or (wording.how == "start" and _start_holds(line, wording, cues))
    ):
        return Verdict(label_of(cues), evidence_of(cues))
    if line.hints and (line.lead or line.tail or line.outside):
        for hint in _FIELD_HINTS:
            if hint in line.hints and not (hint is Label.BYLINE and _is_date(line)):
                return Verdict(hint, (f"hint: class says {hint}",))
    if wording and len(cues) > 1 and not _is_doubtful(line, wording, cues):
        return Verdict(label_of(cues), evidence_of(cues))
    if line.abroad and cues.keys() <= _SOURCED and style != "arrow":
        return None  # a source, or where to buy: links to other stories stay on the site
    if line.roles & (Role.QUOTE | Role.TABLE) and not cues.keys() & {"markup", "hint", "links"}:
        return None
    if line.roles & ANY_MARKUP == Role.ASIDE and line.roles & Role.QUOTE and cues.keys() <= _PULLED:
        return None  # a quotation that stands beside the text to catch the eye
    if "structure" in cues or "markup" in cues or "links" in cues:
        if line.roles & (Role.HEADING | Role.LIST) and cues.keys() <= {"structure", "position"}:
            return None
        if not (line.lead or line.tail) and cues.keys() <= _STYLED and (ends_sentence(line.text) or line.strong > 0.9):
            return None
        return Verdict(label_of(cues), evidence_of(cues))
    if "hint" in cues and (line.pictured or line.lead or line.tail or "typography" in cues):
        return Verdict(label_of(cues), evidence_of(cues))
    if "contact" in cues and ({"register", "position"} & cues.keys() or line.words <= 6):
        return Verdict(label_of(cues), evidence_of(cues))
    if len(line.text) < _OPENER and not line.roles & Role.HEADING and f"{line.folded} " in lexicon.bylines:
        return Verdict(Label.NAV, ("wording: opens a byline", "typography: and nothing else"))
    return None


def _is_step(line: Line, wording: Wording | None, cues: dict[str, Cue]) -> bool:
    """Tell an item that says where on another site to do something, as lists of steps and of offers have it."""
    if not line.abroad or not line.roles & Role.LIST or line.words <= _BRIEF or not cues.keys() <= _STEPS:
        return False
    if wording is None:
        return True
    asks = line.tail or line.linked > LINKED or wording_among(line.said or [])
    return wording.label is Label.NEWSLETTER and not asks


def _is_doubtful(line: Line, wording: Wording, cues: dict[str, Cue]) -> bool:
    """Tell whether real lines have the wording too: they begin so, or are short sentences that close the story."""
    if wording.how == "begin":
        return not _holds(line, cues)
    placed = wording.how == "inside" and cues.keys() == {"wording", "position"} and ends_sentence(line.text)
    return placed and wording.label not in _CLOSING and wording.label not in _FINE_PRINT


def _holds(line: Line, cues: dict[str, Cue]) -> bool:
    """Tell whether a fragment that begins as real lines do as well has a cue that they have not."""
    return bool(cues.keys() - {"wording", "position", "typography"}) or typography_of(line) in ("arrow", "mark")


def _is_byline(line: Line, lexicon: Lexicon) -> bool:
    """Tell a line that is a byline and nothing else: two names at least after the words that open one."""
    if line.roles & Role.HEADING or not line.folded.startswith(lexicon.bylines):
        return False
    opener = max((words for words in lexicon.bylines if line.folded.startswith(words)), key=len)
    names = [name for name in line.text[len(opener) :].split() if name.casefold() not in lexicon.joiners]
    if names and "\u0590" < names[0][0] < "\u0700":  # Hebrew and Arabic have no capitals to tell a name by
        return 2 <= len(names) <= 4 and all(name.isalpha() for name in names)
    return 2 <= len(names) <= 5 and all(name[:1].isupper() and name[-1:].isalpha() for name in names)


def _is_date(line: Line) -> bool:
    """Tell a date and nothing else, which stands in the byline's box as well."""
    text = line.text
    dates = written_in(text) if Label.TIMESTAMP in line.hints and len(text) < _DATED else []
    rest = text[: dates[0].start] + text[dates[0].end :] if len(dates) == 1 else "word"
    return not any(len(word) > 2 and not word.isupper() for word in rest.split() if word.isalpha())


def _start_holds(line: Line, wording: Wording, cues: dict[str, Cue]) -> bool:
    """Tell whether a label before a colon labels noise: captions and credits are short, corrections anything."""
    if wording.label is Label.CORRECTION:
        return bool({"typography", "position"} & cues.keys()) or line.words <= 3
    return line.words <= 30
