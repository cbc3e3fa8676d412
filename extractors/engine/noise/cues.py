"""The cues to what a line is, by family: what its words, address, links, markup, class and place say.

Which of them make a line noise is decided in `noise`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.article import Label
from extractors.engine.lexicon import LONGEST_SPEECH, Lexicon, Wording
from extractors.engine.markup.elements import Role
from extractors.engine.noise.lines import Line, address_in, contact_of, fold_all, typography_of
from extractors.engine.prose import ends_sentence

_MARKUP: tuple[tuple[int, Label, str], ...] = (
    (Role.CAPTION, Label.CAPTION, "in a figcaption"),
    (Role.CONTROL, Label.PLAYER, "in a button"),
    (Role.FORM, Label.NEWSLETTER, "in a form"),
    (Role.NAV, Label.NAV, "in a navigation element"),
    (Role.FOOTER, Label.NAV, "in a footer"),
    (Role.ASIDE, Label.PROMO, "in an aside"),
    (Role.NOSCRIPT, Label.TECH, "in a noscript element"),
    (Role.FIGURE, Label.CAPTION, "in a figure"),
    (Role.HIDDEN, Label.TECH, "hidden"),
)
ANY_MARKUP = (
    Role.CAPTION
    | Role.CONTROL
    | Role.FORM
    | Role.NAV
    | Role.FOOTER
    | Role.ASIDE
    | Role.FIGURE
    | Role.HIDDEN
    | Role.NOSCRIPT
)
_HEADED = Role.HEADING | Role.CAPTION
# Hints in order of how much they say; those of fields count only where fields stand.
_HINT_ORDER = (
    Label.CREDIT, Label.CAPTION, Label.NEWSLETTER, Label.COMMENT_POLICY, Label.COMMENTS, Label.RELATED,
    Label.AUTHOR_BIO, Label.SOCIAL, Label.AD, Label.PLAYER, Label.PROMO, Label.NAV, Label.LEGAL, Label.TECH,
)  # fmt: skip
_HINTED = {label: (label, f"hint: class says {label}") for label in _HINT_ORDER}
WHOLLY_LINKED = 0.8  # of a line's characters, that are links where it is one
LINKED = 0.4  # the same for a line that is worded as a link to another story

Cue = tuple[Label | None, str]  # the label it suggests, the evidence
_OUTSIDE: Cue = (Label.NAV, "structure: outside the story's container")
_AFTER: Cue = (None, "position: after the story")
_AT_END: Cue = (None, "position: at the story's end")


def look_through(lines: Iterable[Line], lexicon: Lexicon) -> None:
    """Look for phrases in all lines that are short enough, at less than the cost of each.

    What a plain sentence says to the reader is not looked for: that alone does not speak against it.
    """
    short = [line for line in lines if len(line.text) <= LONGEST_SPEECH]
    fold_all(short)
    plain: list[Line] = []
    other: list[Line] = []
    for line in short:
        line.plain = is_plain(line)
        (plain if line.plain else other).append(line)
    for group, sayings in ((plain, lexicon.noise), (other, lexicon.sayings)):
        for line, said in zip(group, sayings.said_in_each([line.folded for line in group]), strict=True):
            line.said = said


def is_plain(line: Line) -> bool:
    """Tell a sentence in the story's container to which there is no cue, but perhaps its words."""
    return line.sentence and not (
        line.outside or line.hints or line.roles & ANY_MARKUP or line.linked > LINKED or line.last or line.tail
        or typography_of(line) or not ends_sentence(line.text) or address_in(line.text)
    )  # fmt: skip


def cues_of(line: Line, wording: Wording | None, register: str | None, style: str | None) -> dict[str, Cue]:
    """Gather the cues of all families but copy and repetition."""
    cues: dict[str, Cue] = {}
    if wording:
        cues["wording"] = (wording.label, f"wording: {wording.how} “{wording.phrase[:60]}”")
    if register:
        cues["register"] = (None, f"register: “{register.strip()}”")
    if contact := contact_of(line):
        cues["contact"] = (Label.SOCIAL, f"contact: {contact[:60]}")
    if line.linked > (LINKED if wording and wording.label is Label.RELATED else WHOLLY_LINKED):
        cues["links"] = (Label.RELATED, f"links: {line.linked:.0%} of it is a link")
    if roles := line.roles & ANY_MARKUP:
        if "links" in cues and line.roles & _HEADED == _HEADED:
            roles &= ~(Role.CAPTION | Role.FIGURE)  # a card of another story is framed so, with its headline
        if roles:
            cues["markup"] = _markup_of(roles)
    if line.hints and (hint := _hint_of(line.hints)):
        cues["hint"] = hint
    if line.outside:
        cues["structure"] = _OUTSIDE
    if style:
        cues["typography"] = (None, f"typography: {style}")
    if line.tail or line.last:
        cues["position"] = _AFTER if line.tail else _AT_END
    return cues


@lru_cache(maxsize=1024)  # classes are the page's: a hostile one has many
def _hint_of(hints: frozenset[Label]) -> Cue | None:
    return next((_HINTED[label] for label in _HINT_ORDER if label in hints), None)


@cache
def _markup_of(roles: int) -> Cue:
    return next((label, f"markup: {words}") for role, label, words in _MARKUP if roles & role)


@dataclass(slots=True)
class Verdict:
    """The label of a line that is not story, with its cues as `family: evidence`."""

    label: Label
    why: tuple[str, ...]


def verdict_of(cues: dict[str, Cue], *more: str) -> Verdict:
    """Return the verdict that the cues give, with what else was seen."""
    return Verdict(label_of(cues), (*evidence_of(cues), *more))


def evidence_of(cues: dict[str, Cue]) -> tuple[str, ...]:
    """Return the cues as an article tells them, `family: evidence`."""
    return tuple([evidence for _, evidence in cues.values()])


# What stands at the very end of a story; fine print does too, but stories open with it as well.
CLOSING = frozenset({Label.CONTRIBUTORS, Label.AUTHOR_BIO, Label.CORRECTION})
FINE_PRINT = frozenset({Label.AGENCY, Label.LEGAL, Label.COMMENT_POLICY})
AT_PICTURES = frozenset({Label.CAPTION, Label.CREDIT})  # which stand in an aside as well
_VAGUE = frozenset({Label.PLAYER, Label.NEWSLETTER, Label.NAV})  # what a button, a form and a footer are called
_PLAIN = frozenset({Label.RELATED, Label.SOCIAL, Label.COMMENTS, Label.AD})  # what a class says of those better


def label_of(cues: dict[str, Cue]) -> Label:
    """Return the label that the strongest cue suggests."""
    for family in ("wording", "markup", "hint", "links", "structure", "contact"):
        if family in cues and (label := cues[family][0]) is not None:
            hint = cues["hint"][0] if family == "markup" and "hint" in cues else None
            linked = "links" in cues
            if hint is not None and _says_more(hint, label, linked=linked):
                return hint
            return Label.RELATED if linked and family == "markup" and label is Label.PROMO else label
    return Label.PROMO


def _says_more(hint: Label, label: Label, *, linked: bool) -> bool:
    """Tell whether a class says more than the element: an aside may hold anything, and a button shares, or comments."""
    if label is Label.PROMO:
        return hint is not Label.TECH and not (linked and hint in AT_PICTURES)
    if label is Label.CAPTION:  # a figure may frame the card of another story
        return hint is Label.CREDIT or (linked and hint is Label.RELATED)
    return label in _VAGUE and hint in _PLAIN
