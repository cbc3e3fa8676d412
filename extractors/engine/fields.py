"""The fields of an article, each with its source. What a line of the body is belongs to `blocks`, not here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from extractors.article import Hints
from extractors.engine.addresses import absolute, host_of, is_front, is_same_site, site_name
from extractors.engine.data.recipes import Recipe, recipe_of
from extractors.engine.data.schema import Review, objects_in, pictures_in, review_of, text_of
from extractors.engine.dates.machine import read_date
from extractors.engine.dates.publication import NEVER, When, dates_of
from extractors.engine.headline import headline_of
from extractors.engine.lexicon import Lexicon
from extractors.engine.markup.outline import Outline
from extractors.engine.outlet import outlet_in, outlet_of, without_motto, without_outlet
from extractors.engine.people.byline import Byline, byline_of, credited, people_of
from extractors.engine.people.places import Print, headings_in
from extractors.engine.pictures.files import stem_of
from extractors.engine.pictures.ownership import is_told
from extractors.engine.pieces import Known
from extractors.engine.prose import is_sentence, key_of
from extractors.engine.topics import section_of, tags_of
from extractors.page import Page

# `/2`, `/page/2`, `-page-2`, `,2`, `_2` at the end of a path, before its suffix: the number of a part.
_PART = re.compile(r"(?:[/_,.-](?:page|p|pg|part|seite|teil|pagina)?[/_-]?\d{1,3})?(?:\.[a-z]{3,5})?/?$", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:^|&)(?:page|pg|paged|part|seite|teil|pagina|start|utm_\w+|fbclid)=[^&]*", re.IGNORECASE)
_FILES = 4  # pictures that the data tell of, among which one is looked for on the page
_TOLD_AS = {"byline": "authors"}  # what a field's source stands under
_PRINT = frozenset({"page", "time element"})  # sources of a date that stands in the markup


@dataclass(slots=True)
class Fields:
    """The fields that do not come from the body's own lines."""

    headline: str | None = None
    printed: str | None = None  # the heading on the page, which may be worded otherwise
    byline: Byline = field(default_factory=lambda: Byline(None, (), None, None))
    published: When = field(default_factory=lambda: When(None, None))
    modified: When = field(default_factory=lambda: When(None, None))
    description: str | None = None
    outlet: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    canonical_url: str | None = None
    next_url: str | None = None
    captions: tuple[str, ...] = ()
    picture: str = ""  # the stem of the one that the page's data tell of
    standfirst: str | None = None  # where a template names it
    kicker: str | None = None
    site: str | None = None
    review: Review = field(default_factory=Review)
    recipe: Recipe = field(default_factory=Recipe)
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str | None:
        """The headline as the page prints it, by which its place is found."""
        return self.printed or self.headline

    def known(self, hints: Hints) -> Known:
        """Return what the blocks may know of the page and its site."""
        return Known(
            tuple(dict.fromkeys(filter(None, (self.heading, self.headline)))), self.standfirst or self.description,
            self.byline.authors, self.byline.line, self.captions,
            titles=frozenset(map(key_of, hints.titles)), recurring=frozenset(map(key_of, hints.recurring)),
            outlet=self.outlet, site=self.site, review=self.review, recipe=self.recipe,
        )  # fmt: skip

    def filled(self, page: Page, article: dict[str, Any], beside: dict[str, Any], lexicon: Lexicon) -> Fields:
        """Return the fields with the author and date beside a script's story, where the page's data tell none.

        What is printed on such a page is other stories', and so is its day where it does not print the headline.
        """
        changes: dict[str, Any] = {}
        sources = dict(self.sources)
        if self.printed is None and sources.get("published") in _PRINT:
            del sources["published"]
            changes["published"] = NEVER
        nothing = Print((), (), None)
        if "author" in beside and not self._told("authors"):
            byline = byline_of(page, article | beside, nothing, self.outlet, lexicon)
            changes |= {"byline": byline} if byline.authors else {}
        if "datePublished" in beside and not self._told("published"):
            changes["published"] = dates_of(page, article | beside, (), (), None, lexicon.language)[0]
        told = {_TOLD_AS.get(name, name): "script" for name, value in changes.items() if value is not NEVER}
        return replace(self, **changes, sources=sources | told)

    def _told(self, name: str) -> bool:
        return self.sources.get(name, "").startswith(("json-ld", "meta"))

    def overridden(self, texts: Mapping[str, list[str]], lexicon: Lexicon) -> Fields:
        """Return the fields with what a template's selectors matched in the place of what the engine found."""
        changes: dict[str, Any] = {}
        if "headline" in texts:
            changes["headline"] = without_outlet(texts["headline"][0], self.outlet)
        for name in ("kicker", "section"):
            if name in texts:
                changes[name] = texts[name][0]
        if "standfirst" in texts:
            changes["standfirst"] = " ".join(dict.fromkeys(texts["standfirst"]))
        if "tags" in texts:
            changes["tags"] = tuple(dict.fromkeys(texts["tags"]))
        for name in ("published", "modified"):
            if name in texts and (value := read_date(texts[name][0], lexicon.language)):
                changes[name] = When(value, "site file")
        if byline := self._byline(texts, lexicon):
            changes["byline"] = byline
        sources = self.sources | {_TOLD_AS.get(n, n): "site file" for n in changes}
        return replace(self, **changes, sources=sources)

    def _byline(self, texts: Mapping[str, list[str]], lexicon: Lexicon) -> Byline | None:
        """Return what a template's selectors say of the authors; None where they name nobody: a sentence does not."""
        authors = [text for text in texts.get("authors", ()) if not is_sentence(text)]
        lines = [text for text in texts.get("byline", ()) if not is_sentence(text)]
        people, agency = credited(authors, lexicon) if authors else people_of(lines, self.outlet, lexicon)
        if not people and not agency:
            return None
        return Byline(lines[0] if lines else self.byline.line, people, agency or self.byline.agency, "site file")


def fields_of(page: Page, article: dict[str, Any], outline: Outline, lexicon: Lexicon) -> Fields:
    """Read every field from the page's own data and its print."""
    outlet, outlet_source = outlet_of(page, article)
    headings = headings_in(outline.runs)
    headline = headline_of(page, article, [outline.runs[i] for i in headings], outlet)
    byline = byline_of(page, article, Print(outline.runs, headings, headline.text), outlet, lexicon)
    published, modified = dates_of(page, article, outline.runs, headings, headline.text, lexicon.language)
    if outlet is None and (outlet := outlet_in(page.title, page.url)):
        outlet_source = "title element"
    outlet = without_motto(outlet, page.url)  # its title is without all of it
    section, section_source = section_of(page, article, headline.text, outlet)
    sources = {
        "headline": headline.source, "authors": byline.source, "published": published.source,
        "modified": modified.source, "outlet": outlet_source, "section": section_source,
    }  # fmt: skip
    return Fields(
        headline=headline.text, printed=headline.printed, byline=byline, published=published, modified=modified,
        description=page.first("og:description", "description", "twitter:description")
        or text_of(article.get("description")),
        outlet=outlet, section=section, tags=tags_of(page, article), canonical_url=canonical_of(page),
        next_url=next_of(page),
        captions=_captions(article), picture=_picture(page, article, outline), site=site_name(page.url),
        review=review_of(page), recipe=recipe_of(page),
        sources={name: source for name, source in sources.items() if source},
    )  # fmt: skip


def next_of(page: Page) -> str | None:
    """Return the address of the story's next part: it differs from the page's own in the number of a part alone."""
    address = page.links.get("next")
    full = absolute(base_of(page), address) if address else None
    return full if full and full != page.url and _whole(full) == _whole(page.url) else None


def base_of(page: Page) -> str:
    """Return what the page's relative addresses are relative to."""
    told = page.links.get("base")
    return (absolute(page.url, told) if told else None) or page.url


def _whole(address: str) -> str:
    """Return an address without what numbers the parts of a story in it."""
    path, _, query = address.partition("#")[0].partition("?")
    return f"{_PART.sub('', path)}?{_PARAMETER.sub('', query).strip('&')}"


def canonical_of(page: Page) -> str | None:
    """Return the address by which the page calls itself, if it is one of the same site and, but for its, no front."""
    for address in (page.links.get("canonical"), page.first("og:url")):
        if address and address.startswith(f"{host_of(page.url)}/"):
            address = f"//{address}"  # the page left its scheme out
        if (
            address
            and (full := absolute(base_of(page), address))
            and is_same_site(full, page.url)
            and _is_own(full, page.url)
        ):
            return full
    return None


def _is_own(canonical: str, url: str) -> bool:
    """Tell an address that can be the page's own: publishing systems give their front page's by mistake."""
    return not is_front(canonical) or is_front(url)


def _picture(page: Page, article: dict[str, Any], outline: Outline) -> str:
    """Return the stem of the picture that the page's data tell of: of several files, that of one that it shows."""
    address = page.first("og:image", "twitter:image")
    told = (address, *pictures_in(article.get("image"))[:_FILES])
    stems = list(dict.fromkeys(stem for file in told if file and (stem := stem_of(file))))
    if len(stems) < 2:
        return stems[0] if stems else ""
    return next((stem for stem in stems if any(is_told(picture, stem) for picture in outline.pictures)), stems[0])


def _captions(article: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        text
        for image in objects_in(article.get("image"))
        for name in ("caption", "description")
        if (text := text_of(image.get(name)))
    )
