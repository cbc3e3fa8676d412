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
from extractors.engine.lexicon import LONGEST_SPEECH, Lexicon, Wording, wording_among
from extractors.engine.lexicon.folding import bare
from extractors.engine.markup.elements import Role
from extractors.engine.noise.credits import is_by_agency, is_by_house, is_shown_with, shown_by
from extractors.engine.noise.cues import WHOLLY_LINKED, Verdict, cues_of, is_plain
from extractors.engine.noise.fragments import judge_fragment
from extractors.engine.noise.lines import Facts, Line, typography_of
from extractors.engine.noise.photographers import is_by_name
from extractors.engine.noise.sentences import NEUTRAL, judge_sentence
from extractors.engine.noise.wordings import profile_in, spoken, weighed
from extractors.engine.prose import key_of

_INITIALS = re.compile(r"[A-Z]{2,4}(?: [A-Z]{2,4}){1,3}")  # of who wrote a wire's text, and edited it
_STAMP = re.compile(r"1\d{9}(?:\d{3})?")  # a Unix time
_SLOT = re.compile(
    r"(\$\$|%%|##|__)[A-Za-z][\w-]{2,40}\1|\{\{[^{}]{1,60}\}\}|\[\[[\w -]{1,40}\]\]"
    r"|\[[A-Z]{2,20}(?:_[A-Z]{2,20}){1,4}\]"
)  # that nothing filled
_TAGS = re.compile(r"(?:[#＃][^\s#＃,|·、]{2,40}[\s,|·、　]*){2,}")
_CODE = re.compile(  # a script's, a style sheet's
    r"\bfunction ?\(|\b(?:window|document|googletag|jQuery|dataLayer)\.\w|!important|@media\b"
    r"|\{ ?[a-z-]{3,30} ?: ?[^{}]{1,80}[;}]"
)
_SITE = re.compile(r"(?:[A-Za-z0-9-]{1,40}\.){1,3}(?:com|org|net|info|news|[a-z]{2})", re.IGNORECASE)
_OFFER = re.compile(r"(?:[\w.&'’-]{1,20} ){0,2}(?:[$€£¥] ?\d[\d.,]*|\d[\d.,]* ?€)")  # of a shop: its name and the price
_QUOTING = Role.QUOTE | Role.TABLE | Role.LIST
_STORY_ROLES = Role.TABLE | Role.LIST | Role.QUOTE | Role.HEADING
_HEAD = 60  # characters in which a label with the outlet's name stands
_BUTTON = 40  # characters of what a button says


def judge(line: Line, facts: Facts, lexicon: Lexicon) -> Verdict | None:
    """Return the verdict on a line, or None where it is story (or a heading, list or quotation of it)."""
    text = line.text
    if facts.known and facts.may_have(text) and (copied := _copied(line, facts)) is not None:
        return _of_player(line, lexicon) or copied
    if len(text) < 70 and not text[0].isalpha() and (not line.key or _STAMP.fullmatch(text) or _SLOT.fullmatch(text)):
        return Verdict(Label.TECH, ("typography: no words",))
    if text[0] in "#＃" and not line.roles & _QUOTING and _TAGS.fullmatch(text):
        return Verdict(Label.NAV, ("typography: hashtags and nothing else",))
    if text.isupper() and (line.last or line.tail) and _INITIALS.fullmatch(text):
        return Verdict(Label.AGENCY, ("typography: initials and nothing else", "position: at the story's end"))
    if text[-1] in ";}" and not line.roles & _QUOTING and _CODE.search(text):
        return Verdict(Label.TECH, ("typography: code of the page",))
    if len(text) < 70 and " " not in text and _is_bare(line) and _SITE.fullmatch(text):
        return Verdict(Label.TECH, ("typography: the name of a site and nothing else",))
    brief = len(text) <= LONGEST_SPEECH
    plain = is_plain(line) if line.plain is None else line.plain
    if plain and not brief:
        return None
    folded = line.folded
    said = (lexicon.said_in(folded) if line.said is None else line.said) if brief else []
    wording = lexicon.find(folded) or (wording_among(said) if said else None) or _elsewhere(folded, facts, lexicon)
    if wording is None and (line.last or line.tail) and brief:
        wording = profile_in(line.text, lexicon, facts.outlet)
    if plain:
        if not wording:
            return None  # it may speak to the reader, and nothing else
        said = lexicon.said_in(folded)
    register = None
    if wording:
        wording = weighed(wording, line, said, lexicon)
    if wording or said:
        wording, register = spoken(wording, line, said, facts, lexicon)
    style = None if plain else typography_of(line)
    cues = cues_of(line, wording, register, style)
    verdict = (judge_sentence if line.sentence else judge_fragment)(line, wording, cues, style, lexicon)
    if verdict and wording and verdict.label is wording.label is Label.CORRECTION:
        verdict.label = _of_note(line, wording, lexicon)
    elif verdict and wording and verdict.label is wording.label is Label.CREDIT and is_shown_with(text, lexicon):
        verdict.label = Label.CAPTION
    return verdict or (None if plain else _shown(line, facts, lexicon))


def _shown(line: Line, facts: Facts, lexicon: Lexicon) -> Verdict | None:
    """Return the verdict on a caption that nothing tells but the credit that closes it, or that is a credit."""
    text = line.text
    if line.roles & _STORY_ROLES:
        return None
    if facts.outlet and not (line.sentence or line.lead) and is_by_house(text, facts.outlet):
        return Verdict(Label.CREDIT, ("register: the outlet's name", "typography: names and nothing else"))
    if lexicon.language != "en" and is_by_name(text):  # whose headings have capitals as names do
        return Verdict(Label.CREDIT, ("wording: a word for a picture", "typography: a name and nothing else"))
    if text[-1] == ")" and not line.lead and is_by_agency(text, lexicon):
        return Verdict(Label.CREDIT, ("wording: an agency in brackets", "typography: a name in capitals"))
    if credit := shown_by(text, lexicon):
        return Verdict(Label.CAPTION, (f"wording: closes with “{credit[:60]}”", "typography: a credit at its end"))
    return None


def _elsewhere(folded: str, facts: Facts, lexicon: Lexicon) -> Wording | None:
    """Return the label that a line has but for the outlet's name, or a site's, behind it: "Also on pool.example: …"."""
    if ":" not in folded[:_HEAD]:
        return None
    head, _, told = folded.partition(":")
    name = facts.outlet.removeprefix("the ")
    at = head.find(name) if name else -1
    if at < 0 and "." in head and _SITE.fullmatch(site := head.rpartition(" ")[2]):
        at = len(head) - len(site)
    if at < 1:
        return None
    label = head[:at].rstrip().removesuffix(" the")
    wording = lexicon.find(f"{label}:{told}")
    return Wording(wording.label, "start", head) if wording and wording.how == "start" else None


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
    # A picture may be named after what the heading over it is about, or after the kicker in it.
    heads = line.roles & Role.HEADING and not (line.lead or line.tail) and Label.CAPTION not in line.hints
    heads = heads or (line.roles & Role.HEADING and Label.KICKER in line.hints)
    shown, sign, _ = line.text.rpartition("©")  # a caption may close with whose the picture is
    told = key in facts.captions or (sign and key_of(shown) in facts.captions)
    cell = line.roles & Role.TABLE and not (line.pictured or line.roles & (Role.CAPTION | Role.FIGURE))
    if told and not (line.first or heads or cell) and (line.outside or line.pictured):
        elsewhere = line.tail or Label.RELATED in line.hints
        card = elsewhere and line.linked > WHOLLY_LINKED  # of another story
        label = Label.AD if _OFFER.fullmatch(line.text) else Label.RELATED if card else Label.CAPTION
        return Verdict(label, ("copy: stands as a caption or alt text on this page",))
    if key in facts.titles:
        return Verdict(Label.RELATED, ("copy: the title of another page of the site",))
    if key in facts.recurring:
        return Verdict(Label.PROMO, ("repetition: recurs across the site",))
    return None
