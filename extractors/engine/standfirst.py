"""The standfirst that a page prints between its headline and its text; one inside the region is for `blocks`."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.article import Label
from extractors.engine.dates.written import is_dated
from extractors.engine.lexicon import Lexicon
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Run
from extractors.engine.noise.lines import Facts, Line
from extractors.engine.noise.rule import judge
from extractors.engine.people.openers import after_opening
from extractors.engine.prose import ends_sentence, key_of
from extractors.text import fold

_OF_AUTHORS = frozenset({Label.AUTHOR_BIO, Label.BYLINE})
_CLOSE = 2  # boxes whose class speaks of a line whatever else they hold
_TELLING, _OPENING = 20, 80  # letters of a line that may repeat the description; of both that are compared
_SENTENCE = 50  # characters of one right under the headline
_NOT_STANDFIRST = Role.NAV | Role.FOOTER | Role.FORM | Role.CAPTION | Role.CONTROL | Role.LIST | Role.FIGURE


def standfirst_of(above: Sequence[Run], headline: str | None, description: str | None, lexicon: Lexicon) -> str | None:
    """Return the standfirst printed between the headline and the region, if there is one; `above` is all above it.

    It says what the page's description says, its class calls it so (or a teaser, of which no word is a link), or it is
    the second heading after the first, a kicker of some words aside, or else a paragraph right under it. A byline or a
    date is none, whatever its class.
    """
    title, told = key_of(headline or ""), key_of(description or "")
    after = False
    before: Run | None = None
    under: str | None = None
    for i, run in enumerate(above):
        heading = run.box.roles & Role.HEADING
        if not after and (not heading or not title):
            continue
        key, line = key_of(run.text), run.box.line
        if title and (key == title or (line.tag == "h1" and len(key) > 3 and key in title)):
            after, before = True, run
        elif after and 20 <= len(run.text) <= 700 and run.linked * 2 < len(run.text):
            near = [b.hints for b in _around(run)]
            hinted = any(Label.STANDFIRST in hints for hints in near) and all(map(_OF_AUTHORS.isdisjoint, near))
            hinted = hinted or (not run.linked and run.box.tag == "p" and "teaser" in run.box.names.lower())
            second = before is not None and line.tag == "h2"
            apart = run.box.roles & (_NOT_STANDFIRST & ~Role.LIST if heading else _NOT_STANDFIRST)
            copied = repeats(key, told)
            said = copied or hinted or second
            if not apart and (said or before is not None) and not is_dated(run.line):
                said = copied or (said and _is_told(run, lexicon))
                if said and (ends_sentence(run.line) or after_opening(run.line, lexicon) is None):
                    return fold("".join(r.text for r in above[i:] if r.paragraph == run.paragraph and r.box is run.box))
                if before is not None and _is_paragraph(run, lexicon):
                    under = run.line
        if key and not heading:
            before = None
    return under


def repeats(key: str, description: str) -> bool:
    """Tell whether a line and the page's description (keys of both) begin alike: either may go on."""
    if min(len(key), len(description)) < _TELLING:
        return False
    return description.startswith(key[:_OPENING]) or key.startswith(description[:_OPENING])


def _is_paragraph(run: Run, lexicon: Lexicon) -> bool:
    """Tell a paragraph of a sentence or more, of which no word is a link and that is no note of the house's."""
    if run.box.tag != "p" or run.linked or len(run.text) < _SENTENCE or not ends_sentence(run.line):
        return False
    return _is_told(run, lexicon)


def _is_told(run: Run, lexicon: Lexicon) -> bool:
    """Tell what a story says from a pitch or a note of the house's."""
    return judge(Line(run.line), Facts(), lexicon) is None


def _around(run: Run) -> list[Box]:
    """Return the box of a line, the one around it, and those further out that hold nothing else."""
    found = [run.box]
    while (box := found[-1].parent) is not None:
        if len(found) >= _CLOSE and not (box.order == found[-1].order - 1 and box.last == found[-1].last):
            break
        found.append(box)
    return found
