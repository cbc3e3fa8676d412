"""How much a text is like a person's name. How names are parted from what stands beside them is told in `names`."""

from __future__ import annotations

import re

from extractors.engine.lexicon import Lexicon
from extractors.engine.people.agencies import may_close
from extractors.engine.people.openers import GLUED, openers_of
from extractors.engine.people.titles import ARTICLES, BODIES, DAYS, ENDS, FUNCTIONS, PARTICLES, PLACES, SUFFIXES
from extractors.engine.prose import unspaced

NOBODY, SOMEBODY, PERSON = range(3)  # how much a text is like a name: not at all, one word, first name and surname

_LONGEST = 60  # characters of a person's name
_ADDRESS = re.compile(
    r"https?:|www\.|@|\w\.(?:txt|com|org|net|info|ru|de|fr|uk|ua|il|at|ch)\b"
    r"|\w\w\.(?:es|it|pl|nl|be|pt|br|mx|ar|cl|pe|cz|sk|hu|ro|bg|gr|se|dk|fi|eu|tv|ca|au|nz|za|ie|jp|cn|kr|us)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[A-Z][a-z]{1,20}(?: [A-Z]\.)?(?: [A-Z][a-z]{1,20}){1,2}")
_NO_NAME = re.compile(r"[<>{}=#:]|\d{3}")
_INNER = re.compile(r"[a-zà-ÿ]{1,3}['’-]?[A-ZÀ-Þ]")  # d'Artagnan, al-Hakim
_HANGUL = re.compile("[\uac00-\ud7af]{2,4}")
_NEVER_NAMES = BODIES | FUNCTIONS | ENDS | ARTICLES


def is_plain(name: str, lexicon: Lexicon) -> bool:
    """Tell a name of capitalised words, as most are, from one that has to be looked at closely."""
    if _PLAIN.fullmatch(name) is None:
        return False
    folded = name.lower()
    words = folded.split()
    return (
        folded not in lexicon.agencies
        and folded not in PLACES
        and _NEVER_NAMES.isdisjoint(words)
        and lexicon.staff.isdisjoint(words)
        and openers_of(lexicon.language).words.isdisjoint(words)
        and not folded.startswith(GLUED)
        and not any(word.endswith(SUFFIXES) for word in words)
        and not may_close(words[-1], lexicon)
    )


def rank_of(name: str, folded: str, lexicon: Lexicon, strict: bool) -> int:
    """Tell how much a text is like a person's name."""
    if not 1 < len(name) <= _LONGEST or name[0].isdigit() or not any(c.isalpha() for c in name):
        return NOBODY
    if _NO_NAME.search(name) or is_address(name):
        return NOBODY
    words, lowered = name.split(), folded.split()
    if len(words) > 6 or folded in lexicon.staff:
        return NOBODY
    if any(w in lexicon.staff or w in BODIES or w in FUNCTIONS for w in lowered):
        return NOBODY
    if (folded in DAYS) or (lowered and lowered[0] in ARTICLES and (len(words) > 1 or name.islower())):
        return NOBODY
    if any(word.endswith(SUFFIXES) for word in lowered) or folded in PLACES:
        return NOBODY
    if unspaced(name):
        if len(name) > 12 or name.endswith(lexicon.posts):
            return NOBODY
        label = lexicon.find(folded)
        return NOBODY if label and label.how == "line" else PERSON
    if len(words) == 1:
        if _HANGUL.fullmatch(name):
            return PERSON
        return SOMEBODY if len(name) < 25 else NOBODY
    if any(map(_is_small, words)):
        return NOBODY if strict or len(words) > 3 else SOMEBODY
    return PERSON


def caseless(text: str) -> bool:
    """Tell a text in a script without capitals, where any words may be a name."""
    return text.lower() == text.upper()


def is_address(text: str) -> bool:
    """Tell whether a text has an address of the web or of a person in it."""
    return ("." in text or ":" in text or "@" in text) and _ADDRESS.search(text) is not None


def _is_small(word: str) -> bool:
    """Tell whether a word is in small letters that no name has."""
    first = next((c for c in word if c.isalpha()), "")
    return not first or (
        first.islower() and word.casefold().rstrip("'’") not in PARTICLES and _INNER.match(word) is None
    )
