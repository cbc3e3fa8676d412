"""Teasers of other stories, told from a story: each carries a linked headline.

On the page of a short item they hold more prose than the item. Which box is the region is decided in `region`.
"""

from __future__ import annotations

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Run
from extractors.engine.prose import ends_sentence, key_of, word_count

FEWEST = 3  # linked headlines that make a set of cards
SHORT = 15  # characters of a line that may be one
LONG = 2_500.0  # of prose mass: a region with more is not looked at
SPOKEN = 5  # words of a sentence that makes an item
PROSE = 60.0  # of prose mass, that a paragraph has
_ASIDE = Role.NAV | Role.FOOTER | Role.FORM | Role.ASIDE | Role.HIDDEN | Role.NOSCRIPT | Role.CONTROL | Role.CAPTION
_ELSEWHERE = frozenset(
    {Label.RELATED, Label.NAV, Label.COMMENTS, Label.NEWSLETTER, Label.LEGAL, Label.AD, Label.SOCIAL, Label.PROMO}
)


def is_cards(outline: Outline, box: Box) -> bool:
    """Tell whether a box is teasers of other stories: a linked headline to each paragraph, none with three of these."""
    headlines = paragraphs = 0
    for run in outline.runs:
        if box.order <= run.box.order <= box.last and len(run.text) > SHORT:
            headlines += run.linked * 5 > len(run.text) * 4
            paragraphs += run.mass > PROSE
    return headlines >= FEWEST and headlines >= paragraphs and not tells(outline, box)


def tells(outline: Outline, box: Box) -> bool:
    """Tell whether three paragraphs stand in one container inside a box: a story, where a card has one or two."""
    counts: dict[int, int] = {}
    for run in outline.runs:
        if run.mass > PROSE and box.order <= run.box.order <= box.last and run.linked * 4 < len(run.text):
            order = home.order if (home := run.home) is not None else -1
            counts[order] = count = counts.get(order, 0) + 1
            if count >= 3:
                return True
    return False


def story_beside(outline: Outline, region: Box, headline: str) -> Box | None:
    """Return the box of the short story above the cards that were taken for the region; None where they are none.

    `headline` is the key of the page's heading, for pages where that is no `h1`.
    """
    return _story_above(outline, region, headline) if region.mass < LONG and is_cards(outline, region) else None


def _story_above(outline: Outline, cards: Box, headline: str) -> Box | None:
    """Return the box of the lines between the page's heading and the cards; None where there is no sentence."""
    after = False
    told: list[Run] = []
    for run in outline.runs:
        if run.box.order >= cards.order:
            break
        if run.box.line.tag == "h1" or (headline and len(run.text) < 300 and key_of(run.text) == headline):
            after, told = True, []
        elif after and run.linked * 2 < len(run.text) and not run.box.roles & _ASIDE and not _is_elsewhere(run.box):
            told.append(run)
    if not any(ends_sentence(run.text) and word_count(run.text) >= SPOKEN for run in told):
        return None
    first, last = told[0].box, max(run.box.order for run in told)
    first_order = min(run.box.order for run in told)
    box: Box | None = first
    while box is not None and not (box.order <= first_order and last <= box.last):
        box = box.parent
    return box


def _is_elsewhere(box: Box | None) -> bool:
    while box is not None:
        if not box.hints.isdisjoint(_ELSEWHERE):
            return True
        box = box.parent
    return False
