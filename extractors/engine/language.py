"""Which language an article is in: what the page declares where its text does not tell otherwise.

Languages are ISO 639-1 codes of two letters. What letters tell is in `scripts`, what small words tell in `vocabulary`,
what a language's newspapers say in `lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from extractors.engine.lexicon.tables import NEAR
from extractors.engine.markup.outline import Outline
from extractors.engine.prose import WIDE, breadth
from extractors.engine.scripts import SAMPLE, allows, language_by, script_of
from extractors.engine.vocabulary import is_listed, shown_by
from extractors.page import Page

_SHORTEST = 60  # characters that the model needs
_OPENING, _MORE = 300, 3_000  # characters that show a page's language, and where they and its claim disagree
_SHOWING = 60  # characters of a run that shows it
_LONG = 500  # characters of a text without a word of the claimed language that are worth asking the model

# Codes that pages write -> the code that is meant; the older and the longer ones, and countries taken for languages.
_MEANT = {"iw": "he", "in": "id", "ji": "yi", "ua": "uk", "gr": "el", "jp": "ja", "cz": "cs", "kr": "ko", "cn": "zh"}
_MEANT |= {"eng": "en", "heb": "he", "ukr": "uk", "rus": "ru", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr"}
_MEANT |= {"spa": "es", "ita": "it", "por": "pt", "pol": "pl", "ara": "ar", "jpn": "ja", "zho": "zh", "chi": "zh"}
_MEANT |= {"english": "en", "hebrew": "he", "ukrainian": "uk", "russian": "ru", "german": "de", "french": "fr"}
_MEANT |= {"spanish": "es", "italian": "it", "portuguese": "pt", "polish": "pl", "arabic": "ar", "japanese": "ja"}
_TAG = re.compile(r"\s*([A-Za-z]{2,12})(?![A-Za-z])")


def is_listed_as(page: Page, language: str | None, listed: str | None) -> bool:
    """Say whether an article has its language from the listing: the page claims none."""
    return bool(language and listed) and declared(page) is None and _code(listed or "") == language


def declared(page: Page) -> str | None:
    """Return the language that the page claims: html lang, og:locale, JSON-LD inLanguage, content-language."""
    return next((code for claim in _claims(page) if (code := _code(claim))), None)


def identify(text: str) -> str | None:
    """Return the language that the text itself shows; None where there is too little of it to say.

    Script and small words tell most; for what they leave open py3langid is loaded (a second, and 100 MB).
    """
    sample = " ".join(text[:SAMPLE].split())
    script = script_of(sample)
    if (language := language_by(script)) or (language := shown_by(sample).language):
        return language
    if len(sample) < _SHORTEST or not any(map(str.isalpha, sample)):
        return None
    return _modelled(sample)


def _modelled(sample: str) -> str | None:
    from py3langid import classify  # type: ignore[import-untyped]

    return _code(classify(sample)[0])


def language_in(page: Page, outline: Outline, listed: str | None) -> str | None:
    """Return the language of the article of a page, as `language_of` tells it by the page's prose."""
    return language_of(page, _sample_of(outline, _OPENING), lambda: _sample_of(outline, _MORE), listed=listed)


def language_of(
    page: Page | None, text: str, more: Callable[[], str] = str, *, listed: str | None = None
) -> str | None:
    """Return the language of an article: the page's claim where its text allows that, else what the text shows.

    `more` gives the text with what follows it, which must contradict the claim as well: the opening may be a notice.
    Where the page claims none, what the listing says of it (`listed`) is the claim.
    """
    claim = (declared(page) if page else None) or _code(listed or "")
    script = script_of(text)
    if not claim or not allows(script, claim):
        return identify(text)
    if language_by(script) or script == "other":
        return claim
    if not _contradicts(text, claim):
        return claim
    follows = more()[len(text) :]
    return (identify(text) or claim) if len(follows) < _SHORTEST or _contradicts(follows, claim) else claim


def _sample_of(outline: Outline, least: int) -> str:
    """Return enough of the page's prose to tell its language by: so many characters, where there are."""
    texts: list[str] = []
    size = 0
    for run in outline.runs:
        length = len(run.text)
        if length * WIDE <= _SHOWING or run.linked * 2 >= length:
            continue  # in whatever script
        if (wide := breadth(run.text)) > _SHOWING:
            texts.append(run.text)
            size += int(wide)
            if size > least:
                break
    return " ".join(texts or [run.text for run in outline.runs[:60]])


def _contradicts(text: str, claim: str) -> bool:
    """Tell whether a text is plainly in another language than the claimed one."""
    shown = shown_by(text)
    listed = NEAR.get(claim, claim)
    if not is_listed(listed):  # its words may be those of a greater neighbour: only a theme's default is told
        return shown.against(claim) == "en"
    if shown.against(listed):
        return True
    nothing = len(text) > _LONG and shown.known(listed) < 0.03 * shown.words
    return nothing and _modelled(text[:SAMPLE]) not in (claim, listed, None)


def _code(claim: str) -> str | None:
    """Return the two letters of a language tag, or None."""
    if not (tag := _TAG.match(claim)):
        return None
    name = tag[1].lower()
    name = _MEANT.get(name, name)
    return name if len(name) == 2 else None


def _claims(page: Page) -> Iterator[str]:
    root = page.tree.root
    attributes = root.attributes if root is not None else {}
    yield from (value for key in ("lang", "xml:lang") if (value := attributes.get(key)))
    yield from page.meta.get("og:locale", ())
    for item in page.jsonld:
        yield from _names(item.get("inLanguage"))
    yield from (claim for name in ("content-language", "language") for claim in page.meta.get(name, ()))


def _names(value: Any) -> Iterator[str]:
    """Read `inLanguage`: a tag, a list of tags, or an object with a name."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)
    elif isinstance(value, dict):
        yield from (name for key in ("alternateName", "identifier", "name") if isinstance(name := value.get(key), str))
