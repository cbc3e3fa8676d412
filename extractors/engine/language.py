"""Which language an article is in: what the page declares where its script agrees, else what the text shows.

Languages are ISO 639-1 codes of two letters. What a language's newspapers say is told in `lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractors.page import Page

_SAMPLE = 2_000  # characters that are looked at
_SHORTEST = 60  # characters that the model needs

_SCRIPTS = {
    name: re.compile(f"[{ranges}]+")
    for name, ranges in {
        "latin": "A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff",
        "cyrillic": "\u0400-\u052f",
        "hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
        "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
        "han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
        "kana": "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f",
        "hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
        "greek": "\u0370-\u03ff\u1f00-\u1fff",
        "thai": "\u0e00-\u0e7f",
        "devanagari": "\u0900-\u097f",
    }.items()
}
_LETTERS = re.compile(r"[^\W\d_]+")
_ONLY = {
    "hebrew": "he",
    "greek": "el",
    "thai": "th",
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
}  # taken without a model
# Languages that are not written in Latin letters, by script; some have two scripts, those of `_BOTH` Latin as well.
_WRITTEN = {
    "cyrillic": "ru uk be bg sr mk kk ky mn tg tt uz az ba cv os ce ab bs sh",
    "hebrew": "he yi",
    "arabic": "ar fa ur ps ku ug sd ks az",
    "han": "zh ja",
    "kana": "ja",
    "hangul": "ko",
    "greek": "el",
    "thai": "th",
    "devanagari": "hi mr ne sa",
}
_WRITTEN_IN = {script: frozenset(languages.split()) for script, languages in _WRITTEN.items()}
_WRITTEN_BY = {
    code: [s for s, codes in _WRITTEN_IN.items() if code in codes] for code in set().union(*_WRITTEN_IN.values())
}
_BOTH = frozenset({"sr", "kk", "uz", "az", "bs", "sh", "ku", "tt", "tg", "mn", "hi"})
_NEVER_LATIN = frozenset().union(*_WRITTEN_IN.values()) - _BOTH
_OTHER_SCRIPTS = frozenset({"ka", "hy", "am", "ti", "ta", "te", "ml", "kn", "bn", "gu", "pa", "si", "km", "lo", "my"})

# A theme's default is English, or the language of its makers: the words that show which without a model.
_ENGLISH = frozenset({"the", "and", "of", "to", "that", "with", "from", "is", "was", "for", "by"})

# Codes that pages write -> the code that is meant; the older and the longer ones, and countries taken for languages.
_MEANT = {"iw": "he", "in": "id", "ji": "yi", "ua": "uk", "gr": "el", "jp": "ja", "cz": "cs", "kr": "ko", "cn": "zh"}
_MEANT |= {"eng": "en", "heb": "he", "ukr": "uk", "rus": "ru", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr"}
_MEANT |= {"spa": "es", "ita": "it", "por": "pt", "pol": "pl", "ara": "ar", "jpn": "ja", "zho": "zh", "chi": "zh"}
_MEANT |= {"english": "en", "hebrew": "he", "ukrainian": "uk", "russian": "ru", "german": "de", "french": "fr"}
_MEANT |= {"spanish": "es", "italian": "it", "portuguese": "pt", "polish": "pl", "arabic": "ar", "japanese": "ja"}
_TAG = re.compile(r"\s*([A-Za-z]{2,12})(?![A-Za-z])")

_OPENING = 60  # characters in which a line shows its script
_USUAL = {"cyrillic": "ru", "arabic": "ar", "han": "zh"}
_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\uffef]")


def declared(page: Page) -> str | None:
    """Return the language that the page claims: html lang, og:locale, JSON-LD inLanguage, content-language."""
    return next((code for claim in _claims(page) if (code := _code(claim))), None)


def script_of(text: str) -> str:
    """Return the script that most letters are in: latin, cyrillic, hebrew …, or other.

    >>> script_of("Привет, world"), script_of("日本の新聞"), script_of("北京市"), script_of("42")
    ('cyrillic', 'kana', 'han', 'other')
    """
    sample = text[:_SAMPLE]
    if sample.isascii() or not (found := _BEYOND_LATIN.search(sample)):
        return "latin" if _LETTERS.search(sample) else "other"
    letters = _count(_LETTERS, sample)
    first = next((name for name, pattern in _SCRIPTS.items() if pattern.match(found[0])), "other")
    if first not in ("other", "han", "kana") and _count(_SCRIPTS[first], sample) * 2 > letters:
        return first
    counts = {name: _count(pattern, sample) for name, pattern in _SCRIPTS.items()}
    if counts["kana"] * 9 >= counts["han"] and counts["kana"]:  # Japanese is written in both
        counts["kana"] += counts.pop("han")
    script = max(counts, key=counts.__getitem__)
    known = sum(counts.values())
    return script if counts[script] and known * 2 >= letters else "other"


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))


def identify(text: str) -> str | None:
    """Return the language that the text itself shows; None where there is too little of it to say.

    Scripts of one language need no model; for the others py3langid is loaded on first use (about a second).
    """
    sample = " ".join(text[:_SAMPLE].split())
    if language := _ONLY.get(script_of(sample)):
        return language
    if len(sample) < _SHORTEST or not _LETTERS.search(sample):
        return None
    words, share = _english(sample)
    if words >= 30 and share > 0.2:
        return "en"  # plainly so, and the model is dear
    from py3langid import classify

    return _code(classify(sample)[0])


def foreign_language(text: str, language: str | None) -> str | None:
    """Return the language of a line in a script that the article's language is not written in, where the script tells.

    >>> foreign_language("3 צפייה בגלריה", "en"), foreign_language("View gallery", "en")
    ('he', None)
    """
    if text.isascii() or not (found := _BEYOND_LATIN.search(text, 0, _OPENING)) or language is None:
        return None
    if any(_SCRIPTS[script].match(found[0]) for script in _WRITTEN_BY.get(language, ())):
        return None  # it opens in the article's own script
    script = script_of(text)
    return None if _allows(script, language) else _ONLY.get(script) or _USUAL.get(script)


def language_of(page: Page | None, text: str) -> str | None:
    """Return the language of an article: the page's claim where its text allows that, else what the text shows."""
    claim = declared(page) if page else None
    script = script_of(text)
    if not claim or not _allows(script, claim):
        return identify(text)
    return (identify(text) or claim) if script == "latin" and _contradicts(text, claim) else claim


def _contradicts(text: str, claim: str) -> bool:
    """Tell whether the text is plainly English where another language is claimed, or plainly not where English is."""
    words, share = _english(text)
    return words >= 40 and (share < 0.03 if claim == "en" else share > 0.15)


def _english(text: str) -> tuple[int, float]:
    """Return the number of words in a sample of the text, and the share of the commonest English ones."""
    words = text[:_SAMPLE].lower().split()
    return len(words), sum(word in _ENGLISH for word in words) / max(len(words), 1)


def _allows(script: str, language: str) -> bool:
    if script == "latin":
        return language not in _NEVER_LATIN and language not in _OTHER_SCRIPTS
    if script == "other":
        return True
    return language in _WRITTEN_IN[script]


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
