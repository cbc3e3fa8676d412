"""Whether a sentence of the main content is noise: only where two independent families of cues say so."""

from __future__ import annotations

import re

from extractors.article import Label
from extractors.engine.lexicon import Lexicon, Wording, wording_among
from extractors.engine.lexicon.folding import fold_line
from extractors.engine.markup.elements import Role
from extractors.engine.noise.cues import CLOSING, FINE_PRINT, Cue, Verdict, evidence_of, verdict_of
from extractors.engine.noise.lines import Line, address_in
from extractors.engine.people.titles import PARTICLES
from extractors.engine.prose import ends_sentence, is_quoted, word_count

# Labels before a colon that open news and advice as often as a note on the text.
NEUTRAL = frozenset(
    """note update updated hinweis anmerkung aktualisierung nota aggiornamento actualización atualização notitie
    uwaga оновлення обновление примітка примечание""".split()
)
# What a story was called elsewhere, printed above or below it.
_OTHER_TITLES = frozenset({"原标题", "原標題", "原题", "原題", "原文标题", "原文標題"})
_AROUND: Cue = (None, "position: opens or closes the story")
LONG = 3  # words of a wording that speaks to the reader itself
_SECONDS = frozenset({"register", "markup", "links", "hint", "structure"})  # families that bear out any wording
_FOLLOWED = frozenset({Label.SOCIAL, Label.NEWSLETTER})
_SUBJECT = 4  # words before what somebody works as
_NOTE = 230  # characters at most of a line that one phrase inside it and an address to the reader make a note
_NAME = re.compile(r"[«„“\"][^«»„“”\"]{2,40}[»”“\"](?:,| [—–-])? (?=\w)")
# What may itself tell what was said.
_QUOTING = frozenset({Label.CORRECTION, Label.AGENCY, Label.CONTRIBUTORS, Label.LEGAL, Label.DISCLOSURE})
_TITLED = frozenset({Label.RELATED, Label.CREDIT, Label.CAPTION})  # what follows their colon has no full stop
_POLLING = frozenset({Label.PROMO, Label.COMMENTS})
_DATED = 60  # characters of a line that says when and nothing else
_CALLING = frozenset({Label.PROMO, Label.NEWSLETTER, Label.SOCIAL, Label.LIVE, Label.COMMENTS})  # to the reader
_EXCLAIMED: Cue = (None, "typography: an exclamation")
_UNENDED: Cue = (None, "typography: no full stop")
_ASKS = "?؟？"
_SITES = ("http", "www")  # where readers can look something up; a mailbox or a handle is whom they can write to
_MARKED_OUT = ("arrow", "brackets", "dash", "mark")  # how no story is set: bold and italic some are


def judge_sentence(
    line: Line, wording: Wording | None, cues: dict[str, Cue], style: str | None, lexicon: Lexicon
) -> Verdict | None:
    """Return the verdict on a sentence with these cues, or None where it is story."""
    strong = [f for f in ("markup", "links", "hint", "structure") if f in cues]
    works = wording is not None and wording.how == "inside" and wording.label is Label.AUTHOR_BIO
    if works and not line.last and not line.tail:
        del cues["wording"]  # a profile of a journalist speaks so in its middle
        wording = None
    if "register" in cues and not (wording and wording.label in _QUOTING) and lexicon.tells(line.folded, wording):
        del cues["register"]  # who speaks there is somebody in the story
    quoted = is_quoted(line.text) and not _is_named(line.text, wording, cues)
    if quoted and not (cues.keys() >= {"markup", "hint"} or cues.keys() >= {"links", "hint"}):
        return None
    if wording is not None and is_neutral(wording) and not strong and not wording_among(lexicon.said_in(line.folded)):
        return None  # news, or advice to the reader
    if wording:
        if wording.how in ("inside", "begin") and len(line.text) > _NOTE and cues.keys() == {"wording", "register"}:
            return None  # a paragraph that somewhere names a newsletter and somewhere says "you can"
        if _is_borne_out(line, wording, cues, style, lexicon):
            return verdict_of(cues)
    # A sentence in a quotation that only stands apart may be the story's own, unless a picture is there.
    apart = line.roles & Role.QUOTE and strong == ["markup", "structure"] and not line.pictured
    if len(strong) >= 2 and cues.keys() & {"links", "hint", "markup"} and not apart:
        return verdict_of(cues)
    if "links" in cues and (cues.keys() & {"typography", "register"}):
        return verdict_of(cues)
    reached = address_in(line.text) if cues.keys() >= {"contact", "register"} else None
    if reached and not reached.startswith(_SITES):
        return verdict_of(cues)
    if wording and wording.label is Label.CREDIT and wording.how == "line" and line.pictured:
        return Verdict(Label.CAPTION, (*evidence_of(cues), "copy: beside its picture"))
    if line.roles & Role.CAPTION and line.pictured:
        return verdict_of(cues, "copy: beside its picture")
    if "hint" in cues and (line.pictured or line.alone) and cues["hint"][0] in (Label.CAPTION, Label.CREDIT):
        return verdict_of(cues, "copy: beside its picture")
    if line.outside and line.alone:
        return Verdict(Label.CAPTION, (*evidence_of(cues), "copy: alone with its picture"))
    return None


def _is_named(text: str, wording: Wording | None, cues: dict[str, Cue]) -> bool:
    """Tell whether what stands in quotation marks is who asks for something behind them: "«Вестник» lives by …"."""
    if wording is None or "register" not in cues or not (wording.how == "inside" or wording.phrase[0] == "*"):
        return False
    name = _NAME.match(text)
    return name is not None and text[name.end()].islower() and wording.phrase not in fold_line(name.group())


def is_neutral(wording: Wording) -> bool:
    """Tell a label that opens news and advice as well as notes, with what stands beside it: "Update, 5 p.m."."""
    return wording.how in ("start", "begin") and wording.phrase.partition(",")[0].rstrip(":") in NEUTRAL


def _is_borne_out(line: Line, wording: Wording, cues: dict[str, Cue], style: str | None, lexicon: Lexicon) -> bool:
    """Tell whether a second family says what the wording does."""
    if style in _MARKED_OUT or not cues.keys().isdisjoint(_SECONDS):
        return True
    if "contact" in cues and (
        (address_in(line.text) and not (wording.how == "inside" and lexicon.tells(line.folded, wording)))
        or (wording.label in _FOLLOWED and wording.how != "inside")
    ):
        return True  # but platforms that are named are in the news as well
    if "position" in cues and _closes(line, wording, lexicon):
        return True
    called = line.text[-1] == "!" and wording.label in _CALLING and wording.how != "begin"
    if called and not lexicon.tells(line.folded, wording):
        cues.setdefault("typography", _EXCLAIMED)
        return True
    if wording.phrase in _OTHER_TITLES and (line.lead or line.first or line.tail or line.last):
        cues.setdefault("position", _AROUND)
        return True
    if wording.how == "start" and wording.label is Label.CORRECTION and " " in wording.phrase:
        told = line.folded.partition(":")[2]
        return any(change in told for change in lexicon.changes)  # what it announces
    unended = line.text[-1].isalnum() and wording.label is not Label.CREDIT  # which may close a caption
    if wording.how == "line" and unended:
        cues.setdefault("typography", _UNENDED)
        return True
    if wording.how != "start":
        return False
    dated = wording.label is Label.TIMESTAMP and len(line.text) <= _DATED
    titled = wording.label in _TITLED
    ended = ends_sentence(line.text)
    if wording.label in _POLLING:
        return line.text[-1] in _ASKS or (not ended and "?" in line.text)
    asking = line.text[-1] in _ASKS and (" " in wording.phrase or wording.label is Label.RELATED)  # as headlines do
    return (titled or dated) and ((titled and asking) or not ended)


def _closes(line: Line, wording: Wording, lexicon: Lexicon) -> bool:
    """Tell whether the wording is one by which stories close and no news is told."""
    long = word_count(wording.phrase) >= LONG
    whole = wording.how == "line" and long
    printed = (wording.how == "inside" and long) or (wording.label is Label.LEGAL and whole)
    if wording.label in FINE_PRINT and printed and not lexicon.tells(line.folded, wording):
        return True
    if wording.label is Label.DISCLOSURE and whole and wording.phrase[0] != "*":
        return True  # all of how it begins is known
    if wording.label is Label.DISCLOSURE and wording.how == "start":
        return True
    if wording.label not in CLOSING or wording.how == "begin":
        return False
    if wording.label is Label.CONTRIBUTORS and wording.how == "start":
        return not line.text.partition(":")[2].lstrip()[:1].islower()  # "Editor: so they called whoever could write."
    if wording.label is not Label.AUTHOR_BIO:
        return True
    if wording.how == "start" and " " not in wording.phrase:
        return not ends_sentence(line.text)  # names have no full stop: "Translation: nobody paid for it."
    subject = line.text[: line.folded.find(wording.phrase)].split() if wording.how == "inside" else []
    # "His mother is a reporter for", but neither "The author" nor "Eva de Boer".
    of_other = 1 < len(subject) <= _SUBJECT and subject[1].islower() and subject[1] not in PARTICLES
    of_other = of_other and not subject[-1].endswith(lexicon.callings)
    return not (of_other or lexicon.tells(line.folded, wording))
