"""How much prose each box of a page holds, and how much it counts there.

Each run of prose gives its mass to the boxes around it, less with every step outwards (after the idea of Arc90's
readability). Boxes whose class or role says navigation, comments or related stories hand on only a part of their mass,
which weighs and never decides alone. Which box is the story's is decided in `region`.
"""

from __future__ import annotations

from extractors.article import Label
from extractors.engine.markup.elements import Role
from extractors.engine.markup.outline import Box, Outline, Run
from extractors.engine.prose import LONGEST_HEADING, WIDE, ends_sentence, key_of, unspaced

DECAY = 0.62  # of a box's score, for each step outwards that meets other prose
OPENING = 1.4  # for the boxes around the first paragraph after the headline
WRAPPER = 0.7  # a box with more of the page's prose than this is damped by nothing
HALF = 0.55  # the same for a box that no class calls anything else, only its element: hidden, an aside, in noscript
LEAST = 10  # characters outside links, that prose has
PROSE = 25.0  # of prose mass, the same where words have spaces
LONGER = 30  # characters of a run that is looked for in what the page's data tells
_NO_PROSE = Role.CONTROL | Role.CAPTION
_HARDLY_PROSE = Role.HEADING | Role.TABLE
_DAMPED_ROLES: tuple[tuple[int, float], ...] = (
    (Role.NAV, 0.2),
    (Role.FOOTER, 0.3),
    (Role.FORM, 0.3),
    (Role.ASIDE, 0.4),
    (Role.FIGURE, 0.3),
    (Role.HIDDEN, 0.3),
    (Role.NOSCRIPT, 0.2),
)
_SET_APART = Role.ASIDE | Role.NOSCRIPT | Role.ARTICLE
_ANY_DAMPED = Role.NAV | Role.FOOTER | Role.FORM | Role.ASIDE | Role.FIGURE | Role.HIDDEN | Role.NOSCRIPT
_DAMPING: dict[Label, float] = {
    Label.COMMENTS: 0.1,
    Label.RELATED: 0.35,
    Label.NAV: 0.5,
    Label.LEGAL: 0.2,
    Label.AUTHOR_BIO: 0.4,
    Label.NEWSLETTER: 0.5,
    Label.PROMO: 0.6,
    Label.AD: 0.6,
    Label.SOCIAL: 0.7,
    Label.CAPTION: 0.4,
    Label.STANDFIRST: 0.9,
    Label.TECH: 0.5,
}
_NEVER_STORY = frozenset({Label.COMMENTS, Label.LEGAL})


def prose_mass(run: Run) -> float:
    """Return how much prose a run is: its characters outside links, a fragment's counting for less."""
    text, linked = run.text, run.linked
    size = len(text) - linked
    if size < LEAST or linked > size or (size < PROSE and text.isascii()):
        return 0.0
    roles = run.box.roles
    if roles & _NO_PROSE:
        return 0.0
    mass = float(size)
    if unspaced(text):
        mass *= WIDE
    if mass < PROSE:
        return 0.0
    if roles & _HARDLY_PROSE and (roles & Role.TABLE or size <= LONGEST_HEADING or not ends_sentence(text)):
        return mass * 0.1
    return mass if ends_sentence(text) else mass * (0.35 if mass < 140 else 0.8)


def measure(outline: Outline, headline: str, told: str) -> None:
    """Fill in the `mass` (all prose inside) of the boxes with prose, and the outline's opening.

    `headline` is the key (`key_of`) of the page's, `told` the text which the page's data calls its body, on one line:
    a run that stands in it weighs more.
    """
    outline.holding = _boxes_with_prose(outline.runs, told)
    for box in reversed(outline.holding):
        if box.parent is not None:
            box.parent.mass += box.mass
    outline.opening = _opening(outline.runs, headline)


def weigh(outline: Outline, headline: str, told: str = "") -> None:
    """Do what `measure` does, and fill in the `score` of these boxes: prose, damped by distance and hints.

    Prose right after the headline weighs more.
    """
    measure(outline, headline, told)
    opening = outline.opening
    _score(outline.holding, outline.unfinished, opening.box.order if opening else None)
    here = opening.box if opening else None
    while here is not None:
        here.score *= OPENING
        here = here.parent


def _boxes_with_prose(runs: list[Run], told: str) -> list[Box]:
    """Fill in the `mass` of every run; return the boxes around those with some in page order, each with its own."""
    found: dict[int, Box] = {}
    for run in runs:
        if len(run.text) - run.linked < LEAST or not (mass := prose_mass(run)):
            continue
        run.mass = mass
        box: Box | None = run.box
        while box is not None and box.order not in found:
            found[box.order] = box
            box.mass = box.score = 0.0
            box = box.parent
        if told and len(run.text) > LONGER:
            mass *= 3.0 if stands_in(told, run.text) else 0.4
        run.box.mass += mass
        run.box.score += mass
    return [found[order] for order in sorted(found)]


def stands_in(told: str, text: str) -> bool:
    """Tell whether a text stands in another, by its ends: the middle may be set in other quotes or spaces."""
    return text[4:24] in told and text[-24:-4] in told


def _score(holding: list[Box], unfinished: frozenset[int], opening: int | None) -> None:
    """Hand every box's score on to its parent, damped by distance and hints; then damp what stands inside by these.

    `opening` is the place of the box of the first paragraph after the headline, if that is known.
    """
    total = holding[0].mass if holding else 0.0
    factors: dict[int, float] = {}
    for box in reversed(holding):
        factors[box.order] = factor = _factor(box, total, opening) if box.hints or box.own & _ANY_DAMPED else 1.0
        if (parent := box.parent) is not None:
            # A wrapper around one box costs nothing; there is more in one that the walk has not seen the end of.
            more = parent.mass > box.mass * 1.02 or (parent.order in unfinished and box.order not in unfinished)
            parent.score += box.score * factor * DECAY if more else box.score * factor
    inherited: dict[int, float] = {}
    for box in holding:
        damped = inherited[box.parent.order] * factors[box.order] if box.parent is not None else 1.0
        inherited[box.order] = damped
        box.score *= damped * 1.25 if box.body else damped


def _factor(box: Box, total: float, opening: int | None) -> float:
    """Return the factor that lowers the weight of what a box holds: 1 for one around most of the page's prose.

    One of comments or notices in which the story does not open is no wrapper of it, however long.
    """
    if opening is not None and box.hints & _NEVER_STORY and not box.order <= opening <= box.last:
        return damping_of(box)
    if box.mass > WRAPPER * total or (box.mass > HALF * total and _is_only_set_apart(box)):
        return 1.0
    return damping_of(box)


def _is_only_set_apart(box: Box) -> bool:
    return not box.hints and (box.body or not box.own & ~_SET_APART)


def damping_of(box: Box) -> float:
    """Return the factor (0 to 1) by which a box's own role and hints lower the weight of what it holds."""
    factor = 1.0
    if box.own & _ANY_DAMPED:
        factor = min(f for role, f in _DAMPED_ROLES if box.own & role)
    for hint in box.hints:
        factor *= _DAMPING.get(hint, 1.0)
    return factor


def _opening(runs: list[Run], headline: str) -> Run | None:
    """Return the first real paragraph after the headline as printed on the page.

    One in teasers is it only where no other prose, in an aside perhaps, stands above it and none below.
    """
    after = False
    prose: list[Run] = []
    for run in runs:
        if after:
            if run.mass > 80 and len(run.text) > 30:
                if _is_free(run) and not _in_teasers(run.box):
                    return run
                prose.append(run)
        elif run.box.roles & Role.HEADING:
            text = run.text
            after = run.box.line.tag == "h1" or (headline != "" and len(text) < 300 and key_of(text) == headline)
    return prose[0] if prose and _is_free(prose[0]) else None


def _is_free(run: Run) -> bool:
    return not run.box.hints and not run.box.roles & _ANY_DAMPED


def _in_teasers(box: Box | None) -> bool:
    while box is not None:
        if box.hints and Label.RELATED in box.hints:
            return True
        box = box.parent
    return False
