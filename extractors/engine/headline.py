"""The headline of a page: what it prints and what its own data says, compared. The standfirst lives in `standfirst`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

from extractors.article import Label
from extractors.engine.data.schema import text_of, types_of
from extractors.engine.markup.outline import Run
from extractors.engine.outlet import SEPARATOR, closing_of, is_masthead, may_part, opened, site_names, without_names
from extractors.engine.prose import key_of
from extractors.page import Page
from extractors.text import fold

_PARTING = " \n\xa0-–—|:/·•"  # between a kicker and the headline
_OPENING, _CLOSING = "(（", ")）"
_PARTS = 24  # of a title, with which it may be put together from its beginning: a hostile one has a million
_SHORTEST_KICKER = 8  # letters: "The" or a number before the headline is part of it
_LABEL, _WORDS = 0.5, 3  # of the headline's length, and words, that a label before it has at most


@dataclass(slots=True)
class Headline:
    """A headline and where it came from; `printed` is the page's own heading, whose wording may be another."""

    text: str | None
    source: str | None
    printed: str | None = None


@dataclass(slots=True)
class _Told:
    """A title that the page's data tells: its text without the outlet's name, and the keys that agree with it."""

    source: str
    text: str
    heads: list[str]  # it and what it is without its last parts
    parts: list[str]  # these and what its separators part

    @property
    def key(self) -> str:
        """The whole title's key."""
        return self.heads[0]


def headline_of(page: Page, article: dict[str, Any], headings_: Sequence[Run], outlet: str | None) -> Headline:
    """Choose the headline: what the page prints as its heading, where the page's own data agrees or is silent.

    A news article's headline that a second source repeats wins over a heading that none repeats (one with a kicker
    glued to it, a part of it, a newer wording). The data names the headline too where the print does not: no heading,
    several that disagree, or the site's name.
    """
    names = site_names(page, outlet)
    first, second = _levels(headings_)
    title, _ = opened(page.title)
    closing = closing_of(title)
    headings = [r for r in first if len(key_of(r.text)) > 1 and not is_masthead(r, names, page.url, closing)]
    names |= {key_of(run.text) for run in set(first).difference(headings)}
    told = _told(page, article, title, names)
    headings = [_without_label(run, told) for run in headings]
    if printed := _repeated(headings or [run for run in second if _tells(run, page.url)], told):
        return _as_printed(printed, names)
    near = next((run for run in headings if any(_agree(key_of(run.text), k) for t in told for k in t.parts)), None)
    better = _news(article, told) or (
        _without_kicker(near, told) or _without_logo(near, told, closing) if near else None
    )
    if better:
        heading = near or (headings[0] if len(headings) == 1 else None)
        return Headline(better.text, better.source, fold(heading.text) if heading else None)
    if near:
        return _as_printed(near, names)
    for run in second:
        key = key_of(run.text)
        above = headings and run.paragraph < headings[0].paragraph  # of a heading inside the story
        if _tells(run, page.url) and any(
            key == t.key or (not headings and key in t.parts) or (above and key in t.heads) for t in told
        ):
            return _as_printed(run, names)
    return _alone(headings, told, names)


def _as_printed(run: Run, names: Collection[str]) -> Headline:
    printed = fold(run.text)
    return Headline(without_names(printed, names), run.box.line.tag, printed)


def _alone(headings: Sequence[Run], told: Sequence[_Told], names: Collection[str]) -> Headline:
    """Choose between headings and titles that have nothing in common."""
    lone = len({key_of(run.text) for run in headings}) == 1
    if headings and (not told or (lone and _reads(headings[0], told))):
        return _as_printed(headings[0], names)
    if not told:
        return Headline(None, None)
    return Headline(told[0].text, told[0].source, fold(headings[0].text) if lone else None)


def _reads(heading: Run, told: Sequence[_Told]) -> bool:
    """Tell whether a lone heading reads like a headline; less is asked where the title element alone speaks."""
    return (10 if told[0].source == "title element" else 20) < len(heading.text) < 250


def _told(page: Page, article: dict[str, Any], title: str | None, names: Collection[str]) -> list[_Told]:
    candidates = (
        (text_of(article.get("headline")), "json-ld headline"),
        (page.first("headline"), "meta headline"),
        (page.first("og:title"), "meta og:title"),
        (page.first("twitter:title"), "meta twitter:title"),
        (title, "title element"),
    )
    read: dict[str, tuple[str, list[str], list[str]]] = {}  # most pages tell one title several times
    told = []
    for text, source in candidates:
        if text:
            if text not in read:
                read[text] = _read(text, names)
            told.append(_Told(source, *read[text]))
    return told


def _read(title: str, names: Collection[str]) -> tuple[str, list[str], list[str]]:
    """Return a title without the outlet's name, the keys of its heads and of its parts."""
    site, _, rest = title.partition(": ")
    if rest and key_of(site) in names:
        title = rest
    text = title
    heads = keys = [key_of(part) for part in SEPARATOR.split(title)] if may_part(title) else [key_of(title)]
    if len(keys) > 1:
        text = without_names(title, names)
        heads = [key_of(text), *accumulate(keys[:_PARTS])]
    if text[-1] in _CLOSING:  # with whose story it is
        heads = [*heads, key_of(text[: max(map(text.rfind, _OPENING), default=0)])]
    return text, heads, heads + keys


def _repeated(headings: Sequence[Run], told: Sequence[_Told]) -> Run | None:
    """Return the heading that most titles repeat, the longest of these."""
    best, most = None, (0, 0)
    for run in headings:
        key = key_of(run.text)
        votes = sum(key in t.heads for t in told)
        if votes and (votes, len(key)) > most:
            best, most = run, (votes, len(key))
    return best


def _news(article: dict[str, Any], told: Sequence[_Told]) -> _Told | None:
    """Return a news article's own headline where another source has it too; Twitter's is a copy of Open Graph's."""
    title = told[0] if told and told[0].source == "json-ld headline" else None
    if title is None or not any("News" in kind for kind in types_of(article)):
        return None
    return title if any(title.key in t.heads for t in told[1:] if t.source != "meta twitter:title") else None


def _without_kicker(heading: Run, told: Sequence[_Told]) -> _Told | None:
    """Return the title that two sources tell where the heading is that title after a kicker.

    What stands before a colon belongs to the headline: a speaker, a quoted word.
    """
    key = key_of(heading.text)
    for title in told:
        kicker = len(key) - len(title.key)
        if kicker < _SHORTEST_KICKER or not key.endswith(title.key):
            continue
        if sum(title.key in t.heads for t in told) > 1 and heading.line[: -len(title.text)].rstrip()[-1:] != ":":
            return title
    return None


def _without_label(heading: Run, told: Sequence[_Told]) -> Run:
    """Return a heading without the words that open it and that a title sets apart from the rest and it does not."""
    key, words = key_of(heading.text), heading.line.split()
    for title in told:
        keys = title.parts[len(title.heads) :]
        label = next((a for a, b in pairwise(keys) if a + b == key and len(a) <= _LABEL * len(b)), None)
        for number in range(1, _WORDS + 1) if label else ():
            if key_of("".join(words[:number])) == label:
                parted = words[number][0] in _PARTING or words[number - 1][-1] in _PARTING
                return heading if parted else replace(heading, text=" ".join(words[number:]))
    return heading


def _tells(run: Run, url: str) -> bool:
    """Tell whether a heading of the second level may be the headline: it is no single word, or links to the page."""
    return len(key_of(run.text)) > 12 or url in run.hrefs


def _without_logo(heading: Run, told: Sequence[_Told], closing: str) -> _Told | None:
    """Return the title that the heading is with what closes the page's title, the site's name, right behind it."""
    key = key_of(heading.text)
    return next((title for title in told if closing and key == title.key + closing), None)


def _agree(a: str, b: str) -> bool:
    """Tell whether two folded headlines are one, a site's name or a kicker at either end aside."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 8 and short in long and len(short) * 2 > len(long)


def _levels(headings: Iterable[Run]) -> tuple[list[Run], list[Run]]:
    """Return the headings of the first and the second level; runs of one heading (an inline box in it) are one."""
    found: dict[str, list[list[Run]]] = {"h1": [], "h2": []}
    for run in headings:
        if (level := found.get(run.box.line.tag)) is not None:
            if level and level[-1][0].box.line is run.box.line:
                level[-1].append(run)
            else:
                level.append([run])
    return [_whole(runs) for runs in found["h1"]], [_whole(runs) for runs in found["h2"]]


def _whole(runs: Sequence[Run]) -> Run:
    """Return the runs of a heading as one, without the kicker whose class says so, and its dash."""
    if len(runs) == 1:
        return runs[0]
    last = runs[-1]
    is_kicked = Label.KICKER in runs[0].box.hints and runs[0].box is not runs[0].box.line
    text = "".join([run.text for run in (runs[1:] if is_kicked else runs)])
    if is_kicked and not (text := text.lstrip(_PARTING)):
        return runs[0]
    linked, hrefs = sum(run.linked for run in runs), tuple(href for run in runs for href in run.hrefs)
    return Run(text, last.box, last.paragraph, linked, 0, 0, hrefs, None)
