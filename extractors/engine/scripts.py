"""The scripts that newspapers are set in: which one a text is in, and which languages are written in it."""

from __future__ import annotations

import re

SAMPLE = 2_000  # characters that are looked at

# A script's letters, and the languages that are written in it, the usual one first. (Latin has too many to tell.)
_TABLE = {
    "latin": ("A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff", ""),
    "cyrillic": ("\u0400-\u052f", "ru uk be bg sr mk kk ky mn tg tt uz az ba cv os ce ab bs sh"),
    "hebrew": ("\u0590-\u05ff\ufb1d-\ufb4f", "he yi"),
    "arabic": ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff", "ar fa ur ps ku ug sd ks az"),
    "han": ("\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "zh ja"),
    "kana": ("\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f", "ja"),
    "hangul": ("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", "ko"),
    "greek": ("\u0370-\u03ff\u1f00-\u1fff", "el"),
    "thai": ("\u0e00-\u0e7f", "th"),
    "devanagari": ("\u0900-\u097f", "hi mr ne sa"),
    "bengali": ("\u0980-\u09ff", "bn as"),
    "gurmukhi": ("\u0a00-\u0a7f", "pa"),
    "gujarati": ("\u0a80-\u0aff", "gu"),
    "tamil": ("\u0b80-\u0bff", "ta"),
    "telugu": ("\u0c00-\u0c7f", "te"),
    "kannada": ("\u0c80-\u0cff", "kn"),
    "malayalam": ("\u0d00-\u0d7f", "ml"),
    "sinhala": ("\u0d80-\u0dff", "si"),
    "lao": ("\u0e80-\u0eff", "lo"),
    "burmese": ("\u1000-\u109f", "my"),
    "georgian": ("\u10a0-\u10ff", "ka"),
    "armenian": ("\u0530-\u058f", "hy"),
    "ethiopic": ("\u1200-\u137f", "am ti"),
    "khmer": ("\u1780-\u17ff", "km"),
}
_SCRIPTS = {name: re.compile(f"[{letters}]+") for name, (letters, _) in _TABLE.items()}
_WRITTEN_IN = {script: languages.split() for script, (_, languages) in _TABLE.items() if languages}
_WRITTEN_BY = {
    code: [script for script, codes in _WRITTEN_IN.items() if code in codes]
    for code in set().union(*_WRITTEN_IN.values())
}
_BOTH = frozenset({"sr", "kk", "uz", "az", "bs", "sh", "ku", "tt", "tg", "mn", "hi"})  # in Latin letters as well
_SEVERAL = frozenset({"cyrillic", "arabic", "devanagari"})  # of whose languages none is so usual that the script tells

_LETTERS = re.compile(r"[^\W\d_]+")
_OPENING = 60  # characters in which a line shows its script
BEYOND_LATIN = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\uffef]")


def script_of(text: str) -> str:
    """Return the script that most letters are in: latin, cyrillic, hebrew …, or other.

    >>> script_of("Привет, world"), script_of("日本の新聞"), script_of("北京市"), script_of("42")
    ('cyrillic', 'kana', 'han', 'other')
    """
    sample = text[:SAMPLE]
    if sample.isascii() or not (found := BEYOND_LATIN.search(sample)):
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


def language_by(script: str) -> str | None:
    """Return the language that a script tells without its words: Japanese, Greek …; None where it may be several.

    >>> language_by("greek"), language_by("cyrillic")
    ('el', None)
    """
    return None if script in _SEVERAL or script not in _WRITTEN_IN else _WRITTEN_IN[script][0]


def allows(script: str, language: str) -> bool:
    """Tell whether a language may be written in a script."""
    if script == "latin":
        return language in _BOTH or language not in _WRITTEN_BY
    return script == "other" or language in _WRITTEN_IN[script]


def foreign_language(text: str, language: str | None) -> str | None:
    """Return the language of a line in a script that the article's language is not written in, where the script tells.

    >>> foreign_language("3 צפייה בגלריה", "en"), foreign_language("View gallery", "en")
    ('he', None)
    """
    if text.isascii() or not (found := BEYOND_LATIN.search(text, 0, _OPENING)) or language is None:
        return None
    if any(_SCRIPTS[script].match(found[0]) for script in _WRITTEN_BY.get(language, ())):
        return None  # it opens in the article's own script
    script = script_of(text)
    return None if allows(script, language) else _WRITTEN_IN.get(script, [None])[0]


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))
