"""What the links of a page say of each other: those of one shape, of one markup, those that lie under one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from statistics import fmean

from spiders.listings.anchors import Place
from spiders.listings.evidence import NEAR_STORIES, Case, is_telling, length_of, says_article
from spiders.listings.shapes import Reading

A_SECTION = "a section: "  # with which the reason of an address begins under which others lie

_FEW, _MANY = 3, 8  # links from which a group, and a page's clear articles, are more than chance
_CHILDREN = 3  # links that lie under an address which makes a section of it
_CLEAR = 3.0  # the score of an article that is beyond doubt
_NEARLY = 0.92
_CARDS = 5  # links of one markup that make a list of stories
_MOSTLY = 0.7  # of them that may be stories
_SPOKEN = 18.0  # characters that their headings have in the mean: those of sections have less
_MOST = 6.0  # that one link may say, for or against


def sections_of(cases: Iterable[Case]) -> Mapping[str, int]:
    """Count the links that lie under each address."""
    below: dict[str, int] = defaultdict(int)
    for case in cases:
        path = case.reading.path
        while (path := path.rpartition("/")[0]).count("/"):
            below[f"{case.reading.host}{path}"] += 1
    return below


def settle_section(case: Case, sections: Mapping[str, int]) -> None:
    """Take an address for a section under which several of the links lie."""
    reading = case.reading
    below = sections.get(f"{reading.host}{reading.path}", 0)
    if below >= _CHILDREN and not is_telling(reading) and not reading.keys:
        case.settled = case.settled or f"{A_SECTION}{below} of the links lie under it"


def compare(cases: Sequence[Case]) -> None:
    """Let links of one shape, and links in one markup, speak for each other, and all for what articles have."""
    scores = [-_MOST if case.settled else max(-_MOST, min(_MOST, case.score)) for case in cases]
    told: list[tuple[int, float, str]] = []
    shapes, markups = _groups(cases, _by_shape), _groups(cases, _by_markup)
    for name, groups in (("shape", shapes), ("markup", markups)):
        for members in groups:
            weight, reason = _of_group([scores[i] for i in members], name)
            told += [(index, weight, reason) for index in members]
    cards = {index for members in markups if _are_cards([cases[i] for i in members]) for index in members}
    told += [(index, 1.5, "a card like those of stories") for index in cards if not cases[index].word]
    told += _unlike(cases, scores, cards)
    for index, weight, reason in told:
        cases[index].evidence.append((weight, reason))


def _groups(cases: Sequence[Case], key: Callable[[Case], str]) -> list[list[int]]:
    """Return the links that have a key in common; what a word of its address settles says nothing of the others.

    But where most are settled so, as in a menu, that is what they are.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for index, case in enumerate(cases):
        groups[key(case)].append(index)
    open_ = ([i for i in members if not cases[i].filed] for members in groups.values())
    pairs = zip(groups.values(), open_, strict=True)
    return [kept for members, few in pairs if len(kept := few if len(few) > len(members) / 2 else members) >= _FEW]


def _of_group(scores: Sequence[float], name: str) -> tuple[float, str]:
    """Weigh the mean of a group, less where its links are of two minds."""
    agreement = abs(sum(scores)) / (sum(map(abs, scores)) or 1.0)
    weight = 0.5 * fmean(scores) * agreement * (1 - 1 / len(scores))
    return weight, f"{'like' if weight > 0 else 'no articles, like'} the {len(scores)} links of its {name}"


def _are_cards(cases: Sequence[Case]) -> bool:
    """Say whether links of one markup are the headings of stories' cards: there are many, and few others."""
    headed = [c.one for c in cases if c.one.place is Place.BODY and (c.one.headed or c.one.timed) and not c.settled]
    if len(headed) < max(_CARDS, _MOSTLY * len(cases)):
        return False
    return all(one.timed for one in headed) or fmean(length_of(one.text) for one in headed) >= _SPOKEN


Test = Callable[[Reading], bool]
# What nearly all of the clear articles of a page have in their addresses, what the others lack, how much that weighs.
_HABITS: tuple[tuple[str, Test, Test, float], ...] = (
    ("date", lambda r: bool(r.dated), lambda r: not r.dated, -2.5),
    ("identifier", lambda r: r.numbered or bool(r.keys), lambda r: not (r.numbered or r.keys), -2.0),
    ("headline", lambda r: r.words >= 2, lambda r: r.words < 2, -1.0),
    ("headline at all", lambda r: r.words >= 3, lambda r: not r.words, -2.0),
    ("folder of articles", says_article, lambda r: not says_article(r), -2.5),
)


def _unlike(cases: Sequence[Case], scores: Sequence[float], cards: Set[int]) -> Iterator[tuple[int, float, str]]:
    """Yield the links that lack what the addresses of a page's clear articles have, nearly all of them."""
    clear = [case.reading for case, score in zip(cases, scores, strict=True) if score >= _CLEAR]
    if len(clear) < _MANY:
        return
    for name, common, lacks, weight in _HABITS:
        if sum(map(common, clear)) >= _NEARLY * len(clear):
            for index, case in enumerate(cases):
                if lacks(case.reading):
                    weighed = weight / 2 if index in cards else weight
                    yield index, weighed, f"no {name} in its address, where articles of the site have one"


def _by_shape(case: Case) -> str:
    """Return the shape without the names of its sections; after a date, a word is a headline as well.

    What stands in a menu says nothing of links in the page's middle.
    """
    *folders, last = case.reading.shape.split("/")[1:]
    forms = [form if "<" in form else "*" for form in folders]
    aside = "" if case.one.place in NEAR_STORIES else "menu "
    return f"{aside}{case.reading.host}/{'/'.join(forms)}/{last.replace('<word>', '<slug>')}"


def _by_markup(case: Case) -> str:
    return f"{case.one.place} {case.one.markup}"
