"""Whether a fragment of the main content is noise: one whole-line wording is enough, or one cue beside its place."""

from __future__ import annotations

from datetime import datetime

from extractors.article import Label
from extractors.engine.dates.written import is_dated, is_hour, written_in
from extractors.engine.lexicon import Lexicon, Wording, wording_among
from extractors.engine.lexicon.folding import ENDS, bare
from extractors.engine.markup.elements import Role
from extractors.engine.noise.cues import ANY_MARKUP, CLOSING, FINE_PRINT, LINKED, Cue, Verdict, verdict_of
from extractors.engine.noise.lines import Line, typography_of
from extractors.engine.prose import ends_sentence, word_count

_FIELD_HINTS = (Label.BYLINE, Label.TIMESTAMP, Label.KICKER)
_SOURCED = frozenset({"links", "typography", "contact"})
_STEPS = frozenset({"links", "wording", "register", "position"})
_DATED, _DIGITS = 50, 8  # characters of a line that is a date; digits of one with its year and hour
_WHOLE = frozenset({"line", "open", "ask", "thing"})
_TOLD = Role.HEADING | Role.LIST | Role.TABLE | Role.QUOTE
_LONG = 3  # words of a wording that nothing but the page says
_BRIEF = 4  # words of an item that may be a button
_PLACED = frozenset({"wording", "position"})
_FIRM = frozenset(  # what is said of the page in sentences, however short
    {Label.LEGAL, Label.PLAYER, Label.COMMENT_POLICY, Label.DISCLOSURE, Label.CORRECTION, Label.TIMESTAMP, Label.LIVE}
    | {Label.CONTRIBUTORS, Label.AGENCY}
)
# Those of them that no text quotes or retells.
_DOING = frozenset({Label.COMMENT_POLICY, Label.CORRECTION, Label.LIVE, Label.PLAYER})
_SPOKEN = frozenset({"wording", "register", "position"})
_AROUND = frozenset({"structure", "position"})
_PULLED = frozenset({"markup", "structure"})
_STYLED = frozenset({"structure", "typography", "position"})
_NAMED, _SMALL = 14, 4  # words of a line that names who else reported; letters of those between the names
_OPENER = 12  # characters of the words that open a byline, where the name stands in another line


def judge_fragment(
    line: Line, wording: Wording | None, cues: dict[str, Cue], style: str | None, lexicon: Lexicon
) -> Verdict | None:
    """Return the verdict on a fragment with these cues, or None where it is story."""
    if _is_byline(line, lexicon):
        return Verdict(Label.BYLINE, ("wording: opens as bylines do", "typography: names and nothing else"))
    if (line.last or line.tail) and _is_by_others(line, lexicon):
        return Verdict(Label.CONTRIBUTORS, ("typography: names and nothing else", "position: at the story's end"))
    if wording is None and cues.keys() <= _AROUND and _is_stamp(line):
        return Verdict(Label.TIMESTAMP, ("wording: a weekday, a date and its hour", "typography: and nothing else"))
    if _is_step(line, wording, cues):
        return None
    if wording and wording.how == "thing" and line.roles & _TOLD and cues.keys() <= _SPOKEN:
        return None  # steps and crossheads ask for the same things
    if wording and (wording.how in _WHOLE or (wording.how == "start" and _start_holds(line, wording, cues))):
        return None if _is_told(line, wording, cues, lexicon) else verdict_of(cues)
    if line.hints and (line.lead or line.tail or line.outside):
        for hint in _FIELD_HINTS:
            if hint in line.hints and not _is_other(line, hint):
                dated = hint is Label.BYLINE and (is_dated(line.text) or is_hour(line.text))
                hint = Label.TIMESTAMP if dated else hint
                return Verdict(hint, (f"hint: class says {hint}",))
    if wording and len(cues) > 1 and not _is_doubtful(line, wording, cues, lexicon):
        return verdict_of(cues)
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
        return verdict_of(cues)
    if "hint" in cues and (line.pictured or line.lead or line.tail or "typography" in cues):
        return verdict_of(cues)
    if "contact" in cues and ({"register", "position"} & cues.keys() or line.words <= 6):
        return verdict_of(cues)
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


def _is_doubtful(line: Line, wording: Wording, cues: dict[str, Cue], lexicon: Lexicon) -> bool:
    """Tell whether real lines have the wording too: they begin so, are short sentences that close the story, or tell
    who asks: "Listen to your mother, said the priest."."""
    ended = line.words >= _BRIEF and line.text[-1] in ".。" and wording.how != "start"
    if ended and cues.keys() <= _SPOKEN and lexicon.tells(line.folded, wording):
        return True
    if wording.how == "begin":
        return not _holds(line, cues)
    placed = wording.how == "inside" and cues.keys() == {"wording", "position"} and ends_sentence(line.text)
    return placed and wording.label not in CLOSING and wording.label not in FINE_PRINT


def _is_told(line: Line, wording: Wording, cues: dict[str, Cue], lexicon: Lexicon) -> bool:
    """Tell a short sentence that opens as a label does and goes on to tell something: "Follow me, she said."."""
    if line.text[-1] not in ".。" or line.words < _BRIEF:
        return False
    said = lexicon.tells(line.folded, wording)
    vague = wording.label in (Label.LIVE, Label.PLAYER) and word_count(bare(wording.phrase)) < _LONG
    vague = vague or (wording.label is Label.DISCLOSURE and wording.phrase[0] == "*")  # anything belongs to somebody
    if wording.label in _FIRM and not vague and not (said and wording.label in _DOING):
        return False
    if cues.keys() - _PLACED - ({"register"} if said else set()):
        return False
    goes_on = bare(wording.phrase) != bare(line.folded)
    opened = goes_on and (wording.how == "open" or (wording.how == "line" and "*" in wording.phrase))
    closes = "position" in cues and wording.label in CLOSING
    return opened and (not closes or (wording.label is Label.AUTHOR_BIO and said))


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


def _is_by_others(line: Line, lexicon: Lexicon) -> bool:
    """Tell a line that names, with their places, who else reported: "With Ada Quill in Oslo and Eva de Boer"."""
    if line.roles & _TOLD or not line.folded.startswith(lexicon.beside) or line.text[-1] in ".!?:":
        return False
    opener = next(words for words in lexicon.beside if line.folded.startswith(words))
    words = [word.strip(ENDS) for word in line.text[len(opener) :].split()]
    if not 2 <= len(words) <= _NAMED or not (words[0][:1].isupper() and words[1][:1].isupper()):
        return False
    ours = [word for word in words if word in lexicon.address or word.casefold().endswith(lexicon.callings)]
    small = [word for word in words if not word[:1].isupper() and word not in ours]
    return len(small) * 2 < len(words) and all(len(word) <= _SMALL for word in small)


def _is_stamp(line: Line) -> bool:
    """Tell a date with its year and hour, perhaps behind the weekday, and nothing else."""
    if line.roles & _TOLD or len(line.text) > _DATED or sum(map(str.isdigit, line.text)) < _DIGITS:
        return False
    dates = written_in(line.text)
    if len(dates) != 1 or not isinstance(dates[0].value, datetime):
        return False
    return dates[0].end == len(line.text) and len(line.text[: dates[0].start].split()) < 2


def _is_other(line: Line, hint: Label) -> bool:
    """Tell what stands in the box of a field and is none: a date in a byline's, words beside a date, a form's label,
    whose words a quotation is."""
    if hint is Label.TIMESTAMP:
        return not line.lead and not any(map(str.isdigit, line.text)) and line.words > 1
    return hint is Label.BYLINE and (_is_date(line) or bool(line.roles & (Role.FORM | Role.CONTROL | Role.QUOTE)))


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
