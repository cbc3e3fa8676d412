"""Judge one line of the main content: story, or noise of which kind.

Cues come in families: copy (the same words stand as a caption or a title elsewhere), repetition, wording, register,
contact, links, markup, hint (class names), structure (outside the container of the story), typography, position.
The rule, and all of it (`fragments` and `sentences` hold its two halves):

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

from extractors.article import Label
from extractors.engine.cues import WHOLLY_LINKED, Verdict, cues_of, is_plain
from extractors.engine.fragments import judge_fragment
from extractors.engine.lexicon import LONGEST_SPEECH, Lexicon, Said, Wording, wording_among
from extractors.engine.lexicon.folding import bare, fold_line
from extractors.engine.lines import Facts, Line, typography_of
from extractors.engine.markup.elements import Role
from extractors.engine.prose import key_of, word_count
from extractors.engine.sentences import LONG, NEUTRAL, is_neutral, judge_sentence

_STAMP = re.compile(r"1\d{9}(?:\d{3})?")  # a Unix time
_SLOT = re.compile(
    r"(\$\$|%%|##|__)[A-Za-z][\w-]{2,40}\1|\{\{[^{}]{1,60}\}\}|\[\[[\w -]{1,40}\]\]"
)  # that nothing filled
_SITE = re.compile(r"(?:[A-Za-z0-9-]{1,40}\.){1,3}(?:com|org|net|info|news|[a-z]{2})", re.IGNORECASE)
_OFFER = re.compile(r"(?:[\w.&'’-]{1,20} ){0,2}(?:[$€£¥] ?\d[\d.,]*|\d[\d.,]* ?€)")  # of a shop: its name and the price
_QUOTED = re.compile(r"“[^“”]{3,}”|„[^„“”]{3,}[“”]|«[^«»]{3,}»|\"[^\"]{3,}\"|(?<!\w)‘[^‘]{3,}?’(?!\w)")
_QUOTES = frozenset('“„«"‘')
_GENERAL = frozenset({Label.RELATED, Label.SOCIAL})  # what asks for a click; the rest of the line tells to what end
_PARTICULAR = frozenset({Label.NEWSLETTER, Label.PAYWALL, Label.PROMO})
_BRIEF = frozenset({Label.TIMESTAMP, Label.LIVE, Label.SOCIAL})
_TELEPHONE = re.compile(r"(?:\d-)?\d{3}[-./]\d{3}[-./]\d{3,4}")
_CELL = 8  # characters
_BUTTON = 40  # characters of what a button says
_AT_PICTURE = frozenset({Label.CREDIT, Label.CAPTION})
_OFFICIAL = frozenset(
    {Label.LEGAL, Label.PLAYER, Label.PAYWALL, Label.COMMENT_POLICY, Label.AD, Label.CORRECTION, Label.DISCLOSURE}
    | {Label.RELATED}
)


def judge(line: Line, facts: Facts, lexicon: Lexicon) -> Verdict | None:
    """Return the verdict on a line, or None where it is story (or a heading, list or quotation of it)."""
    text = line.text
    if facts.known and facts.may_have(text) and (copied := _copied(line, facts)) is not None:
        return _of_player(line, lexicon) or copied
    if len(text) < 70 and not text[0].isalpha() and (not line.key or _STAMP.fullmatch(text) or _SLOT.fullmatch(text)):
        return Verdict(Label.TECH, ("typography: no words",))
    if len(text) < 70 and " " not in text and _is_bare(line) and _SITE.fullmatch(text):
        return Verdict(Label.TECH, ("typography: the name of a site and nothing else",))
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
    if wording and wording.label in _BRIEF and line.roles & Role.TABLE and len(text) <= _CELL and not line.lead:
        wording = None  # a result, a mark, an hour of the table's
    if wording and wording.label is Label.TIMESTAMP and text[-1].isdigit() and _TELEPHONE.fullmatch(text):
        wording = None  # no year has as many digits as that
    if wording:
        wording = _weighed(wording, line, said, lexicon)
    register = lexicon.register_beside(wording, said) if said else None
    if register and _is_said(text, register):
        register = None  # by somebody in the story
    if wording and not register:
        register = lexicon.address_beside(wording, text) or _spoken_by(wording, lexicon, folded)
    style = None if plain else typography_of(line)
    cues = cues_of(line, wording, register, style)
    verdict = (judge_sentence if line.sentence else judge_fragment)(line, wording, cues, style, lexicon)
    if verdict and wording and verdict.label is wording.label is Label.CORRECTION:
        verdict.label = _of_note(line, wording, lexicon)
    return verdict


def _weighed(wording: Wording, line: Line, said: Said, lexicon: Lexicon) -> Wording:
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
    inside = wording_among(said or lexicon.said_in(line.folded)) if general else wording_among(said)
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


def _of_note(line: Line, wording: Wording, lexicon: Lexicon) -> Label:
    """Return what a note is: one that tells of no change to the text is the house's own, or a link to another story."""
    phrase = bare(wording.phrase)
    note = wording.how == "start" or phrase in lexicon.starts or phrase in NEUTRAL
    if not note or not lexicon.changes:
        return Label.CORRECTION
    if line.linked > WHOLLY_LINKED or Label.RELATED in line.hints:
        return Label.RELATED
    if any(change in line.folded for change in lexicon.changes):
        return Label.CORRECTION
    told = wording_among(lexicon.said_in(line.folded))
    return Label.DISCLOSURE if told and told.label in (Label.AD, Label.DISCLOSURE) else Label.LEGAL


def _is_bare(line: Line) -> bool:
    """Tell whether nothing but its text says what a line is."""
    return not (line.linked or line.roles or line.hints or line.pictured)


def _is_at_picture(line: Line) -> bool:
    return line.pictured or bool(line.roles & Role.FIGURE)


def _is_credit(line: Line) -> bool:
    return bool(line.roles & Role.CAPTION) or not line.hints.isdisjoint(_AT_PICTURE)


def _spoken_by(wording: Wording, lexicon: Lexicon, folded: str) -> str | None:
    """Return the wording where a long one speaks, all by itself, of the page or to its reader."""
    if wording.how not in ("line", "open") or wording.label not in _OFFICIAL or word_count(wording.phrase) < LONG:
        return None
    return wording.phrase if lexicon.speaks(wording.phrase) and not lexicon.tells(folded) else None


def _is_said(text: str, register: str) -> bool:
    """Tell whether an address to the reader stands between quotation marks, and nowhere else in the text."""
    if _QUOTES.isdisjoint(text):
        return False
    rest = _QUOTED.sub(" ", text)
    return rest != text and register.strip() not in fold_line(rest)


def _of_player(line: Line, lexicon: Lexicon) -> Verdict | None:
    """Return the verdict on what a caption's box has beside the caption: "Enlarge this image", a button."""
    if len(line.text) > _BUTTON or not line.roles & Role.CAPTION:
        return None
    wording = lexicon.find(line.folded)
    if wording is not None and wording.label is Label.PLAYER and wording.how == "line":
        return Verdict(Label.PLAYER, (f"wording: line “{wording.phrase}”", "markup: in a figcaption"))
    return Verdict(Label.PLAYER, ("markup: in a button",)) if line.roles & Role.CONTROL else None


def _copied(line: Line, facts: Facts) -> Verdict | None:
    if len(key := line.key) < 5:
        return None
    # A picture may be named after what the heading over it is about.
    heads = line.roles & Role.HEADING and not (line.lead or line.tail) and Label.CAPTION not in line.hints
    shown, sign, _ = line.text.rpartition("©")  # a caption may close with whose the picture is
    told = key in facts.captions or (sign and key_of(shown) in facts.captions)
    cell = line.roles & Role.TABLE and not (line.pictured or line.roles & (Role.CAPTION | Role.FIGURE))
    if told and not (line.first or heads or cell) and (line.outside or line.pictured):
        card = line.tail and line.linked > WHOLLY_LINKED  # of another story
        label = Label.AD if _OFFER.fullmatch(line.text) else Label.RELATED if card else Label.CAPTION
        return Verdict(label, ("copy: stands as a caption or alt text on this page",))
    if key in facts.titles:
        return Verdict(Label.RELATED, ("copy: the title of another page of the site",))
    if key in facts.recurring:
        return Verdict(Label.PROMO, ("repetition: recurs across the site",))
    return None
