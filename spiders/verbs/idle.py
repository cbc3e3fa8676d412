"""What of a site file does nothing: each thing it says is left out and the site's pages are read again.

What changes no article on any page is idle. One after the other is left out and stays out where nothing changed, so all
that is called idle can be deleted at once. Compared is what an article says: not where it came from, nor how sure the
extractors are of it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scrapy.exceptions import UsageError

from extractors import AmendError, Article, ExtractionError
from extractors.page import Page
from extractors.registry import load, site_file, site_files, template_of
from extractors.site import FIELDS, Site
from spiders.specimens.pages import Specimen, of_site
from spiders.verbs.domains import meant

_BESIDE = frozenset({"agreement", "missed", "sources", "template", "warnings", "blocks"})
_SAID = tuple(f.name for f in dataclasses.fields(Article) if f.name not in _BESIDE)
_ATTR = re.compile(r"::attr\([^()]*\)")
_PIECE = re.compile(r"""\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|.""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a site file says: a field, a noise selector, `amend`, or one alternative of a selector."""

    template: str
    field: str
    selector: str = ""  # empty for `amend`
    alternative: str = ""  # the one that is meant, where only a part of the selector is

    def __str__(self) -> str:
        where = f"{self.template}.{self.field}"
        if self.alternative:
            return f"{where}: {self.alternative!r} of {self.selector!r}"
        return f"{where} {self.selector!r}" if self.selector else where

    def left_out(self, template: Site) -> Site:
        """Return a template without this; the template itself where it does not say it (any more)."""
        if self.field == "amend":
            return _with(template, amend=Site.amend)
        if self.field == "noise":
            rest = {self._rest(selector): label for selector, label in template.noise.items()}
            return _with(template, noise={selector: label for selector, label in rest.items() if selector})
        return _with(template, **{self.field: self._rest(getattr(template, self.field))})

    def _rest(self, told: str) -> str:
        """Return what is left of a selector, which may have lost other alternatives before."""
        if not self.alternative:
            return "" if told == self.selector else told
        parts = alternatives(told)
        ours = self.alternative in parts and set(parts) <= set(alternatives(self.selector))
        return without(told, self.alternative) if ours and len(parts) > 1 else told

    def touches(self, page: Page) -> bool:
        """Say whether it can matter on a page: its selector is there."""
        if not self.selector:
            return True
        selector = self.alternative or self.selector
        return bool(page.select(selector) if "::" in selector else page.nodes(selector))


@dataclass(frozen=True, slots=True)
class Idleness:
    """What a site file says that changes nothing on `pages` pages, out of `rules` rules.

    `unseen` are the alternatives of selectors that stand on none of the pages, `untried` the templates that read none:
    neither is a fault, nor is it shown to be of use.
    """

    path: Path
    pages: int
    rules: int
    idle: tuple[str, ...]
    unseen: tuple[str, ...]
    untried: tuple[str, ...]


def site_templates(domains: Sequence[str]) -> dict[Path, tuple[Site, ...]]:
    """Return the templates of each site file, or of those of some domains.

    Raises:
        UsageError: there is no file for a domain.
        SiteError: a file says something wrong.
    """
    found: dict[Path, tuple[Site, ...]] = {}
    for host in domains or sorted(site_files()):
        path = site_file(host)
        if path is None:
            why = meant(host, site_files()) or ": docs/sites.md tells how one is written"
            raise UsageError(f"there is no site file for {host}{why}")
        found[path] = load(host)
    return found


def idleness(path: Path, templates: tuple[Site, ...], pages: Iterable[Specimen]) -> Idleness:
    """Try what a site file says on those of the pages that are the site's.

    Args:
        path: the file.
        templates: what it holds, the newest first.
        pages: pages of any site.
    """
    trial = _Trial(templates, of_site(pages, {domain for template in templates for domain in template.domains}))
    tried = [template for template in reversed(templates) if _name(template) in trial.readers]
    idle: list[str] = []
    unseen: list[str] = []
    for template in tried:
        if trial.leaves_out(template):
            idle.append(f"the template {_name(template)}")
    rules = list(dict.fromkeys(rule for t in tried if _name(t) in trial.names for rule in _rules(t)))
    for rule in rules:
        seen = trial.is_seen(rule)
        if rule.alternative and not seen:
            unseen.append(str(rule))
        elif rule.alternative and rule.field == "body":
            continue  # the others may enclose what it names on these pages, and not on others
        elif trial.does_without(rule, seen=seen):
            idle.append(str(rule))
    untried = tuple(_name(template) for template in templates if template not in tried)
    return Idleness(path, len(trial.pages), len(rules), tuple(idle), tuple(unseen), untried)


class _Trial:
    """The templates of a site with less and less in them, on the pages that they read."""

    def __init__(self, templates: tuple[Site, ...], pages: Iterable[Specimen]) -> None:
        self._templates = templates
        self.pages: list[Specimen] = []
        self.readers: set[str] = set()
        self._trees: list[Page] = []
        for specimen in pages:
            try:
                page = specimen.page()
            except ExtractionError:
                continue  # no template reads it
            if reader := template_of(page, templates):
                self.readers.add(_name(reader[0]))
                self.pages.append(specimen)
                self._trees.append(page)
        self._before = [_read(page, templates) for page in self.pages]

    @property
    def names(self) -> set[str]:
        """The templates that are left."""
        return {_name(template) for template in self._templates}

    def leaves_out(self, template: Site) -> bool:
        """Do without a whole template if that changes no field and no body; say whether it does not.

        What stands around the body of a template is another matter: the engine's region may well be larger.
        """
        rest = tuple(t for t in self._templates if t is not template)
        return self._goes_on_with(rest, self.pages, len(_SAID))

    def is_seen(self, rule: Rule) -> bool:
        """Say whether the selector of a rule stands on any of the pages."""
        return any(rule.touches(page) for page in self._trees)

    def does_without(self, rule: Rule, *, seen: bool) -> bool:
        """Do without a rule if that changes nothing; say whether it does not."""
        rest = tuple(map(rule.left_out, self._templates))
        return rest != self._templates and self._goes_on_with(rest, self.pages if seen else [])

    def _goes_on_with(self, templates: tuple[Site, ...], pages: list[Specimen], told: int | None = None) -> bool:
        if any(_read(page, templates)[:told] != self._before[n][:told] for n, page in enumerate(pages)):
            return False
        self._templates = templates
        return True


def without(selector: str, alternative: str) -> str:
    """Return a selector without one of its alternatives.

    >>> without("h1::attr(title), .a:is(b, c), .d", ".a:is(b, c)")
    'h1, .d::attr(title)'
    """
    attribute = next(iter(_ATTR.findall(selector)), "")
    return ", ".join(part for part in alternatives(selector) if part != alternative) + attribute


def alternatives(selector: str) -> list[str]:
    """Return the parts of a selector that commas part, outside brackets and quotation marks, without `::attr()`.

    >>> alternatives('p, a:is(.b, .c)::attr(href), [title="x, y"]')
    ['p', 'a:is(.b, .c)', '[title="x, y"]']
    """
    parts, depth = [""], 0
    for piece in _PIECE.findall(_ATTR.sub("", selector)):
        depth += (piece in "([") - (piece in ")]")
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def _rules(template: Site) -> Iterator[Rule]:
    """Yield what the class of a template says itself, whole rules before alternatives."""
    name, own = _name(template), vars(type(template))
    selectors = [(field, own[field]) for field in FIELDS if own.get(field)]
    selectors += [("noise", selector) for selector in own.get("noise", ())]
    yield from (Rule(name, field, selector) for field, selector in selectors)
    if "amend" in own:
        yield Rule(name, "amend")
    for field, selector in [("body", own.get("body", "")), *selectors]:
        parts = alternatives(selector)
        yield from (Rule(name, field, selector, part) for part in parts if len(parts) > 1)


def _name(template: Site) -> str:
    return type(template).__name__


def _with(template: Site, **told: object) -> Site:
    kind = type(template)
    if all(getattr(kind, name) == value for name, value in told.items()):
        return template
    changed: Site = type(kind.__name__, (kind,), told)()
    return changed


def _read(page: Specimen, templates: tuple[Site, ...]) -> tuple[object, ...]:
    """Return what the article of a page says: the fields of `_SAID`, then its blocks."""
    try:
        article = page.article(templates)
    except AmendError as error:  # it cannot do without a field, or is at fault with all of them
        return (str(error),)
    if isinstance(article, ExtractionError):
        return (str(article),)
    blocks = tuple((block.text, block.label, block.paragraph) for block in article.blocks)
    return (*(getattr(article, name) for name in _SAID), blocks)
