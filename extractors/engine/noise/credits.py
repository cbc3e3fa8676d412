"""Lines that are a credit, and captions that close with one; what announces it is in `photographers`."""

from __future__ import annotations

import re

from extractors.article import Label
from extractors.engine.lexicon import Lexicon
from extractors.engine.lexicon.folding import fold_line
from extractors.engine.noise.photographers import (
    CLOSING,
    LONGEST,
    OPENING,
    credit_text,
    is_labelled,
    is_of_picture,
    photographer_amid,
    photographer_at,
)
from extractors.engine.prose import is_quoted, unspaced, word_count

_ENDING = re.compile(
    r"(?:^|[.!?…»”\"'’)]\s++|[(\[|]\s*+|\s[–—-]\s)(?P<credit>[^\s.:()|\[\]–—-][^.:()|\[\]–—-]{0,28}+(?:\b-\b[^.:()|\[\]–—-]{0,28}+){0,2}\.?[:：][^:()\[\]]{2,140})[)\]]?\s*+(?:\.\s*+)?$"
)
_FOT = re.compile(r"(?:[.!?…»”)]\s++|\s[–|/-]\s)(?P<credit>[Ff]ot\.\s\w[^!?:]{1,80})$")  # as Polish papers print it
_SIGNED = re.compile(  # a name of two words and more, and the house
    r"[A-ZÀ-Þ][\w.'’-]{1,20}(?: (?:d[aeiou]|v[ao]n|[A-ZÀ-Þ][\w.'’-]{0,20})){1,3}"
    r" ?/ ?(?:[A-ZÀ-Þ][\w.'’&-]{1,20}(?: [\w.'’&-]{1,20}){0,3}|[a-z]{2,4})"
)
_BRACKETED = re.compile(  # "(foto Ansa)"
    r"(?:[Ff]oto(?:graf[ií]a)?|[Pp]hoto|[Pp]ic|[Фф]ото)s? (?:d[aeio] |by )?[A-ZÀ-ÞЀ-Я](?:[^.:]|(?<=[A-ZÀ-Þ])\.){1,60}$"
)
_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){1,3}")  # a name that closes a caption
# What parts a credit from the caption that it closes: anywhere, near the end of the line, at its end.
_CREDITING, _CREDITED, _CLOSING = (":", "|", "©", "ot. ", " – "), 41, "])】）.："
_LAST = re.compile(r"[.!?)] [A-ZÀ-ÞЀ-Я][^.!?]{3,39}$")
_SENTENCE = re.compile(r"(?<!\b[Ff]ot)[.!?…»”\"'’)\]]\s++(?=\S)")
_SLASHED = re.compile(  # a name behind a caption's last sentence: ". / J. M. Quill", ". PHOTO THE POOL – ADA QUILL"
    r"[.!?»”)] (?:/ ?(?P<name>[A-ZÀ-Þ][\w.'’-]{0,20}(?: (?:d[aeiou]l? )?[A-ZÀ-Þ][\w.'’-]{0,20}){1,3})"
    r"|(?P<shown>(?:PHOTO|FOTO)S? [^a-zß-ÿ.:!?]{4,60}))$"
)
_NOBODYS = ("file ", "stock ")  # pictures
_TAIL = re.compile(r"(?:[.!?)]|\s[–—-])\s+([^.!?|–—]{3,40})$")  # of a line, that may be a credit
_SOLD = re.compile(  # by an agency, behind a caption without a stop: five words or more, letters without spaces
    r"(?:[^\s/|–—-]+ ){5,40}[/|–—-] ?(?P<wire>[^/|–—-]{2,30})|[^＝=／.]{3,200}[＝=／](?P<agency>[^＝=／]{2,12})"
)
_PARTING = re.compile(r"\s?[/|]\s?|,\s|\s[–—-]\s")
_SMALL_NOUNS = frozenset({"es", "fr", "it", "pt"})  # languages in which a capital opens but sentences and names
_UNLABELLED = 70  # of one that nothing announces
_LONGEST_SHOWN = 220  # of a caption that nothing but its credit tells
_NAMED, _SIGNED_BY = 4, 8  # words of a credit: fewer need no capital; at most
_NAME = 2  # words of a name in a script without spaces
_SHORT = 5  # spaces of one that is all of a line; words of a caption before it


def is_signed(text: str) -> bool:
    """Tell a line that is a name and a house: "Ada Quill/Harbour Pool"."""
    return _SIGNED.fullmatch(text.title() if text.isupper() else text) is not None


def is_by_house(text: str, outlet: str) -> bool:
    """Tell a line that is a name and the page's own house (folded), whatever parts them.

    >>> is_by_house("Ada Quill | The Harbour Pool", "the harbour pool"), is_by_house("Harbour Pool/Ada", "harbour pool")
    (True, False)
    """
    text = text.strip("()[]")
    named = len(text) <= _UNLABELLED and outlet.removeprefix("the ") in fold_line(text)
    for part in _PARTING.split(text) if named else ():
        if fold_line(part) in (outlet, outlet.removeprefix("the ")):
            rest = text.replace(part, "").strip(" .|:/,–—-").split()
            return 2 <= len(rest) <= 4 and all(word[0].isupper() and word[-1].isalpha() for word in rest)
    return False


def is_by_agency(text: str, lexicon: Lexicon) -> bool:
    """Tell a name in capitals and an agency behind it, in brackets, from any other line: "ADA QUILL (REUTERS)"."""
    name, bracket, agency = text.rstrip(")").partition(" (")
    return bool(bracket) and name.isupper() and 1 <= name.count(" ") <= 3 and agency.casefold() in lexicon.agencies


def closes_with_credit(text: str) -> bool:
    """Tell a line that closes with a credit after its label, also in brackets, or after a copyright sign."""
    found = _ENDING.search(text) if ":" in text or "：" in text else None
    if found is not None and is_labelled(found["credit"]):
        return True
    if (bare := text.rstrip(" .")).endswith(CLOSING):
        return is_labelled(bare[max(map(bare.rfind, OPENING)) + 1 : -1])
    return text[-1] != "." and 1 < len(text) - text.rfind("©") <= min(_UNLABELLED, len(text))


def shown_by(text: str, lexicon: Lexicon) -> str | None:
    """Return the credit that closes a caption of one sentence at most: in brackets, or after its label.

    >>> from extractors.engine.lexicon import lexicon_for
    >>> shown_by("The old pier at dawn. (Ada Quill/Harbour Pool)", lexicon_for("en"))
    'Ada Quill/Harbour Pool'
    """
    if len(text) > _LONGEST_SHOWN or not _may_credit(text) or is_quoted(text):
        return None
    bare = text.rstrip(" .")
    if bare.endswith(CLOSING):
        start = max(map(bare.rfind, OPENING))
        told, credit = bare[:start], bare[start + 1 : -1]
        whose = is_of_picture(credit) or is_signed(credit) or _is_pictures(credit, lexicon)
        whose = whose or _BRACKETED.match(credit) is not None
        whose = whose and credit not in lexicon.wires  # which close paragraphs as well
    elif (signed := max(text.rfind(" | "), text.rfind(" © "))) > 0 and is_signed(text[signed + 3 :]):
        told, credit, whose = text[:signed], text[signed + 3 :], True
    elif text[-1].isalpha() and (" /" in text or "OTO" in text) and (slashed := _SLASHED.search(text)):
        told, credit, whose = text[: slashed.start() + 1], slashed["name"] or slashed["shown"], True
    elif text[-1] not in ".!?" and (closing := _TAIL.search(text)) and _is_last(closing, lexicon):
        told, credit, whose = text[: closing.start()], closing[1], True
    else:
        found = _ENDING.search(text) if ":" in text or "：" in text else None
        found = found or (_FOT.search(text) if "ot. " in text else None)
        if found is None:
            return None
        told, credit = text[: found.start()], found["credit"]
        name = credit_text(credit)
        words = name.count(" ") + 1
        pictured = found.re is _FOT or is_of_picture(credit)
        whose = pictured and (words < _NAMED or (words <= _SIGNED_BY and not name[:1].islower()))
    one = len(told) > _SHORT and len(_SENTENCE.findall(told)) <= 1
    return credit if whose and one else None


def is_shown_with(text: str, lexicon: Lexicon) -> bool:
    """Tell a credit that closes what its picture shows from one that is all of a line.

    >>> from extractors.engine.lexicon import lexicon_for
    >>> is_shown_with("Boats at the old pier on Monday / Reuters", lexicon_for("en"))
    True
    >>> is_shown_with("Ada Quill / Reuters", lexicon_for("en"))
    False
    """
    if is_labelled(text):
        return False
    shown, credit = parted(text, lexicon)
    return bool(credit and shown) and word_count(shown or "") > (_NAME if unspaced(shown or "") else _NAMED)


def _may_credit(text: str) -> bool:
    end = text[-_CREDITED - 1 :]
    return (
        text[-1] in _CLOSING
        or any(map(text.__contains__, _CREDITING))
        or "/" in end[-_CREDITED:]
        or _LAST.search(end) is not None
    )


def _is_last(closing: re.Match[str], lexicon: Lexicon) -> bool:
    """Tell a credit behind a caption's last sentence: "Foto Ada Quill", "ADA QUILL", and what the lexicon knows."""
    credit = closing[1]
    named = closing[0][0] in ".!?" and not closing.string.isupper() and _CAPITALS.fullmatch(credit) is not None
    return named or _BRACKETED.match(credit) is not None or _is_pictures(credit, lexicon)


def _is_pictures(credit: str, lexicon: Lexicon) -> bool:
    """Tell what the lexicon knows as a credit, and not as a wire service, from other words in brackets."""
    wording = lexicon.find(fold_line(credit))
    return wording is not None and wording.how == "line" and wording.label is Label.CREDIT


def parted(caption: str, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Part a caption that closes with its credit, or is one.

    It stands after a label and a colon, in brackets, after a copyright sign, or is a sentence's only neighbour.

    >>> from extractors.engine.lexicon import lexicon_for
    >>> parted("The old pier at dawn (Photo: Ada Quill)", lexicon_for("en"))
    ('The old pier at dawn', 'Ada Quill')
    >>> parted("The old pier at dawn. (Ada Quill/Getty Images)", lexicon_for("en"))
    ('The old pier at dawn.', 'Ada Quill/Getty Images')
    """
    at = _credit_at(caption, lexicon)
    told = caption.rstrip(" .")
    amid = photographer_amid(told) if lexicon.language in _SMALL_NOUNS else None
    if not at and (taken := photographer_at(told) or amid):
        return caption[: taken[0]].rstrip(f" |–—-{OPENING}") or None, credit_text(taken[1])
    credit = credit_text(caption[at:]) if at is not None else ""
    if not credit:
        return caption, None
    return caption[:at].rstrip(f" |/／＝=–—-{OPENING}") or None, credit


def _credit_at(caption: str, lexicon: Lexicon) -> int | None:
    """Return where in a caption its credit begins."""
    found = _ENDING.search(caption) if ":" in caption or "：" in caption else None
    if found is not None and _is_whose(found["credit"], lexicon):
        return found.start("credit")
    text = caption.rstrip(" .")
    if text.endswith(CLOSING):
        start = max(map(text.rfind, OPENING)) + 1
        inside = text[start:-1]
        named = " " in inside or "/" in inside or inside.casefold() in lexicon.agencies  # and no "(Archivbild)"
        if start and _BRACKETED.match(inside):
            return start
        whose = named and len(inside) <= LONGEST and (_is_whose(inside, lexicon) or _is_named(inside, lexicon))
        if start and (whose or (named and _is_pictures(text[start - 1 :], lexicon))):
            return start
    start = text.rfind("©")
    if start >= 0 and len(text) - start <= LONGEST:
        return start
    return _unlabelled_at(text, lexicon)


def _unlabelled_at(text: str, lexicon: Lexicon) -> int | None:
    """Return where a credit begins that only its words tell: all of a line, after its last sentence, at its end."""
    if text.count(" ") < _SHORT and _is_named(text, lexicon):
        return 0
    if (wired := _SOLD.fullmatch(text)) is not None and fold_line(wired[wired.lastgroup or 0]) in lexicon.agencies:
        return wired.start(wired.lastgroup or 0)
    near = max(len(text) - 2 * _UNLABELLED, 0)
    start = max((found.end() for found in _SENTENCE.finditer(text, near)), default=0)
    if start and len(text) - start <= _UNLABELLED and text[start] not in OPENING and _is_named(text[start:], lexicon):
        return start
    words = text.split(" ")
    via = len(words) - 1 - words[::-1].index("via") if "via" in words[-4:] else 0
    sold, at = " ".join(words[via + 1 :] if via else words[-2:]), (via or len(words) - 1) - 1
    shown = at > _SHORT and words[at - 1][-1:].isalnum()  # and does not go on with the credit
    if not shown or " " not in sold or sold.islower() or sold.casefold() not in lexicon.agencies:
        return None
    return len(text) - len(" ".join(words[at:]))


def _is_named(text: str, lexicon: Lexicon) -> bool:
    """Tell the name of an agency, or a name and a house, from the rest of a caption."""
    if is_signed(text) or text.partition(" for ")[0].casefold() in lexicon.agencies or _is_of_agency(text, lexicon):
        return True
    wording = None if unspaced(text) else lexicon.find(fold_line(text))
    if wording is None or wording.how != "line" or wording.phrase.startswith(_NOBODYS):
        return False
    return wording.label in (Label.CREDIT, Label.AGENCY)


def _is_of_agency(text: str, lexicon: Lexicon) -> bool:
    """Tell a name and an agency behind a comma: "Ada Quill, Associated Press"."""
    name, comma, agency = text.rstrip(".").rpartition(", ")
    if not comma or agency.casefold() not in lexicon.agencies:
        return False
    return 1 <= name.count(" ") <= 3 and all(word[0].isupper() and word[-1].isalpha() for word in name.split(" "))


def _is_whose(text: str, lexicon: Lexicon) -> bool:
    if is_labelled(text):
        return True
    wording = lexicon.find(fold_line(text))
    return wording is not None and wording.label in (Label.CREDIT, Label.AGENCY)
