"""Whose a picture is: the credit without its label, and the caption that closes with it."""

from __future__ import annotations

import re

from extractors.article import Label
from extractors.engine.lexicon import Lexicon
from extractors.engine.lexicon.folding import fold_line
from extractors.text import fold

_WHOSE = (
    r"(?:(?:(?:photo|image|picture)\s)?(?:credits?|sources?|copyright)|photo(?:s|graphs?|graphers?|graphy)?|file photo"
    r"|pictures?|images?|fotos?|fotograf(?:in|ie)?|bild(?:er)?|quellen?|bild(?:quelle|nachweis|rechte)|фото|джерело"
    r"|источник|צילום|תצלום|קרדיט|crédit photo|crédit|写真)"
)
_BY = r"(?:by|courtesy of|courtesy)"
_LEADING = re.compile(  # "picture alliance" and "Image Source" are agencies
    rf"^[\s(\[【（]*+(?:©\s*+)?"
    rf"(?:{_WHOSE}(?:\s*+(?:{_BY}\s*+)?[:：/|]\s*|\s++{_BY}\s+|\s*+(?=©|[)\]】）]*+$))"
    rf"|(?:photo|foto|credit|(?:image )?copyright)s?\s+)?(?:©\s*)?",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"[\s(\[【（]*+(?:{_WHOSE}\s*+(?:[:：]|by\b)|©)", re.IGNORECASE)
_ENDING = re.compile(
    r"(?:^|[.!?…»”\"'’)]\s++|[(\[|]\s*+|\s[–-]\s)(?P<credit>[^\s.:()|\[\]][^.:()|\[\]]{0,28}[:：][^:()\[\]]{2,140})[)\]]?\s*+(?:\.\s*+)?$"
)
_OPENING, _CLOSING = "([【（", (")", "]", "】", "）")
_EDGES = " .|:"
_BRACKETS = 3  # around a credit, at most
_LONGEST = 140  # characters of a credit


def is_labelled(text: str) -> bool:
    """Tell a credit by the words that open it."""
    return _LABELLED.match(text) is not None


def credit_text(text: str) -> str:
    """Return whose a picture is, without the label and the brackets.

    >>> credit_text("(Photo: Ada Quill/Harbour Pool)"), credit_text("((Reuters) )"), credit_text("Bild: © Ada Quill")
    ('Ada Quill/Harbour Pool', 'Reuters', 'Ada Quill')
    """
    text = _LEADING.sub("", fold(text)).strip(_EDGES)
    unopened = sum(map(text.count, _CLOSING)) - sum(map(text.count, _OPENING))  # not its own: "Ada Quill (AFP)"
    for _ in range(min(unopened, _BRACKETS)):
        if text.endswith(_CLOSING):
            text = text[:-1].rstrip(_EDGES)
    return text


def parted(caption: str, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Part a caption that closes with its credit: after a label and a colon, in brackets, or after a copyright sign.

    >>> from extractors.engine.lexicon import lexicon_for
    >>> parted("The old pier at dawn (Photo: Ada Quill)", lexicon_for("en"))
    ('The old pier at dawn', 'Ada Quill')
    >>> parted("The old pier at dawn. (Ada Quill/Getty Images)", lexicon_for("en"))
    ('The old pier at dawn.', 'Ada Quill/Getty Images')
    """
    at = _credit_at(caption, lexicon)
    credit = credit_text(caption[at:]) if at is not None else ""
    if not credit:
        return caption, None
    return caption[:at].rstrip(f" |–-{_OPENING}") or None, credit


def _credit_at(caption: str, lexicon: Lexicon) -> int | None:
    """Return where in a caption its credit begins."""
    found = _ENDING.search(caption) if ":" in caption or "：" in caption else None
    if found is not None and _is_whose(found["credit"], lexicon):
        return found.start("credit")
    text = caption.rstrip(" .")
    if text.endswith(_CLOSING):
        start = max(map(text.rfind, _OPENING)) + 1
        inside = text[start:-1]
        named = " " in inside or "/" in inside or inside.casefold() in lexicon.agencies  # and no "(Archivbild)"
        if start and len(inside) <= _LONGEST and named and _is_whose(inside, lexicon):
            return start
    start = text.rfind("©")
    return start if start >= 0 and len(text) - start <= _LONGEST else None


def _is_whose(text: str, lexicon: Lexicon) -> bool:
    if is_labelled(text):
        return True
    wording = lexicon.find(fold_line(text))
    return wording is not None and wording.label in (Label.CREDIT, Label.AGENCY)
