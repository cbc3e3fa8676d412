"""Which charset a page in Latin letters is in, where nothing else tells: by the letters of the languages that use it.

A detector finds "på" and "pĺ" alike, and took half of the Swedish, Spanish and Portuguese pages for Czech ones.
"""

from __future__ import annotations

import re
from collections import Counter

# The codec, and the letters of a language that has them; of languages that fit as well the first is taken.
_LANGUAGES = (
    ("cp1252", "äåéö"),  # Swedish, Finnish
    ("cp1252", "æøåéô"),  # Danish, Norwegian
    ("cp1252", "äöüß"),
    ("cp1252", "àâçéèêëîïôùûüœ"),
    ("cp1252", "áéíóúñü"),
    ("cp1252", "áâãàçéêíóôõúü"),  # Portuguese
    ("cp1252", "àèéìíòóùúçïü"),  # Italian, Catalan
    ("cp1252", "éëïèêçöüàáóú"),  # Dutch, and what English borrows
    ("cp1252", "áðéíóúýþæö"),  # Icelandic
    ("cp1252", "äöüõ"),  # Estonian
    ("cp1250", "ąćęłńóśźż"),
    ("cp1250", "áčďéěíňóřšťúůýž"),  # Czech
    ("cp1250", "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    ("cp1250", "áéíóöőúüű"),
    ("cp1250", "ăâîşţ"),
    ("cp1250", "čćđšž"),  # Croatian, Slovene
    ("iso8859-2", "ąćęłńóśźż"),
    ("iso8859-2", "áčďéěíňóřšťúůýž"),
    ("iso8859-2", "áäčďéíĺľňóôŕšťúýž"),
    ("iso8859-2", "čćđšž"),
    ("cp1254", "çğıöşüâî"),
    ("cp1257", "ąčęėįšųūž"),  # Lithuanian
    ("cp1257", "āčēģīķļņšūž"),  # Latvian
    ("cp1258", "ăâđêôơưáàéíóúù\u0300\u0301\u0303\u0309\u0323"),  # Vietnamese
)
_LETTERS = [(codec, frozenset((small + small.upper()).encode(codec, "ignore"))) for codec, small in _LANGUAGES]
_LETTER = r"A-Za-z\x8a\x8c-\x8f\x9a\x9c-\x9f\xc0-\xff"
# Other bytes stand for signs as well ("nº", "¿Qué"): only inside a word one of them is a letter.
_WORD = re.compile(rf"[{_LETTER}]+(?:[\x80-\x9f\xa1-\xbf]+[{_LETTER}]+)*".encode("latin-1"))


def latin_codec(text: bytes) -> str:
    """Return the codec whose language has most of the letters of a text; windows-1252 where none is better.

    >>> [latin_codec(text.encode(codec)) for text, codec in (("på fjällen", "cp1252"), ("późną jesienią", "cp1250"))]
    ['cp1252', 'cp1250']
    """
    found = Counter(byte for word in _WORD.findall(text) for byte in word if byte > 0x7F)
    return max(_LETTERS, key=lambda told: sum(number for byte, number in found.items() if byte in told[1]))[0]
