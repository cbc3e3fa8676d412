"""Whose a picture is, by what announces it: "Photo: Ada Quill", "Foto Ada Quill", "記者游雅筑／攝影", a bracket."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from extractors.text import fold

_TABLE = tomllib.loads(files(__package__).joinpath("photographers.toml").read_text(encoding="utf-8"))
_PICTURE, _SOURCE = (
    f"(?:{'|'.join(sorted(' '.join(_TABLE[kind].values()).split(), reverse=True))})" for kind in ("picture", "source")
)
_PAIR = rf"{_PICTURE}\s?{_SOURCE}|{_SOURCE}\s{_PICTURE}"
_LABEL = rf"(?:(?:file photo|file(?=:)|{_PAIR}|{_PICTURE}|{_SOURCE})\.?)"
_BARE = rf"(?:(?:{_PAIR})(?<!image source)|photos?|fotos?|fot\.|beeld|kuva)"  # that go without a mark too
_BY = r"(?:by|via|courtesy of|courtesy)"
OPENING, CLOSING = "([【（", (")", "]", "】", "）")
_EDGES = " .|:,"
_SHORTENED = (" Co", " Corp", " Inc", " Ltd", " Bros", " Jr", " Sr")  # which end in a full stop of their own
_TAKEN = re.compile(  # "Photo prise lundi par Ada Quill"
    r"(?:prises?|taken|shot|aufgenommen|scattat[ae]|tomadas?|tiradas?|gemaakt|genomen)\s[^.,:()]{0,40}?"
    r"\b(?:par|by|von|da|por|door) (?=\S)"
)
_LEADING = re.compile(  # "picture alliance" and "Image Source" are agencies
    rf"^[\s(\[【（]*+(?:[–—-]\s++)?(?:©\s*+)?"
    rf"(?:{_LABEL}(?:\s*+(?:{_BY}\s*+)?[:：/／|=＝]\s*|\s++{_BY}\s+|\s*+(?=©|[)\]】）,]*+$))"
    rf"|(?:credits?|copyrights?|{_BARE})\s+)?(?:©\s*)?"
)
_LABELLED = re.compile(rf"[\s(\[【（]*+(?:{_LABEL}\s*+(?:[:：]|by\b)|©|fot\.\s)")
_PICTURED = re.compile(rf"[\s(\[【（]*+(?:{_PAIR}|{_PICTURE}|credit|©)")
_LONGEST_LABEL = 60  # characters, with what opens it
_BRACKETS = 3  # around a credit, at most

_CAPITAL = r"[^\W\d_a-zß-ÿа-яёіїєґα-ω]"  # or a letter that has none
_NAME = rf"{_CAPITAL}[\w.'’-]*"
_HOUSE = rf"{_NAME}(?: [\w.'’&-]{{1,20}}){{0,3}}"
_FOR = r"(?:for|para|pour|für|per|voor|för|dla|для)"
_STOP = r"[.!?…»”\"’)]"
_BRACKETED = re.compile(
    rf"\((?P<pair>{_HOUSE} ?[/|] ?{_HOUSE})\)$"
    rf"|\((?P<mail>{_NAME}(?: {_NAME}){{1,3}} ?[/|] ?[a-z][\w.@-]{{2,60}})\)$"
    rf"|\((?P<working>{_NAME}(?: {_NAME}){{1,3}} {_FOR} {_HOUSE})\)$"
    rf"|\[(?P<square>{_HOUSE} ?[/|] ?{_HOUSE}|{_NAME}(?: {_NAME}){{1,3}}(?:, {_HOUSE})?)\]$"
)
_AMID = re.compile(  # a caption without a stop
    r"(?<=\w)(?<!\bImage)(?<!\bPhoto)(?<!\bPicture)"
    rf"\s(?:/ )?(?={_CAPITAL})(?i:{_BARE}|pics?|фото|fotó|beeld|kuva|ảnh|φωτ\.?|credit)\s*[:：]"
    rf"\s*(?P<label>{_NAME}[^.:]{{0,80}})$"
)
_SHOT = re.compile(
    rf"{_STOP}\s(?i:{_BARE}|pics?|фото) (?:(?:de|di|by|/|\|) )?(?P<photo>{_NAME}(?: {_NAME}){{0,4}}(?: / {_HOUSE})?)$"
    r"|(?:^|\s)[Ff]ot\. (?P<fot>[\w©][^:]{0,80})$"
)
_SMALL = r"(?:d[aeiou]s?|du|v[ao]n|der|den|dos|das|la|le|el|y|und|et|e|and|&) "  # words in names, and between two
_PERSONS = rf"{_NAME}(?: (?:{_SMALL}){{0,2}}{_NAME}){{1,5}}"
_ALONE = re.compile(
    rf"(?i:{_BARE}) (?:(?:de|di|by|von) |d[’'])?(?!(?i:of) )"
    rf"(?P<alone>(?:{_PERSONS}|{_NAME}-{_NAME})(?:\s?[/|]\s?{_HOUSE})?)"
)
_UNSTOPPED = re.compile(rf"(?<=[a-zß-ÿ]) (?:Photos?|Fotos?) (?P<amid>{_PERSONS})$")
_SLASHED = re.compile(
    rf"{_STOP}\s(?P<wire>[A-Z]{{2,10}} ?/ ?{_NAME}(?: {_NAME}){{0,3}})$"
    rf"|{_STOP}\s/ ?(?P<bare>{_NAME}(?: {_NAME}){{0,3}})$"
    rf"|\s[–—-] (?P<dash>{_NAME}(?: {_NAME}){{1,3}} ?/ ?{_HOUSE})$"
    rf"|(?<=\w)\s[/|] (?P<capitals>[A-ZÀ-Þ]{{2,20}}(?: [A-ZÀ-Þ.]{{2,20}}){{1,3}})$"
)
_WORKING = re.compile(rf"{_STOP}\s(?P<working>{_NAME}(?: {_NAME}){{1,3}} {_FOR} {_HOUSE})$")
_WHO = r"[^\s＝=、。，,（）()〔〕\[\]／/：:]"
_CJK = re.compile(
    rf"[＝=、。（(]\s*(?:{_WHO}{{0,6}}记者\s?|(?:本報|特派)?記者)?(?P<taken>{_WHO}{{1,12}}(?:\s{_WHO}{{1,12}})?)"
    r"\s?[／/]?\s?(?:撮影|攝影|摄影|攝|摄)[）)]?$"
    rf"|[＝=（(]\s?(?P<lent>{_WHO}{{1,12}})(?<!を)提供[）)]?$"
    rf"|[（(](?:撮影|カメラ)・(?P<shot>{_WHO}{{1,12}}(?:\s{_WHO}{{1,12}})?)[）)]$"
    rf"|[。（(〔【]\s*{_LABEL}\s?[／/：:＝=]\s?(?P<label>[^。（）()【】〔〕]{{2,30}}?)[）)】〕]?$"
    r"|[.\s] ?/ ?(?P<slash>[가-힣][^/.]{1,20})$"
    r"|[.\s] ?/? ?사진\s?[=:]\s?(?P<pictured>[^.=:\[\]()]{2,30})$"
    r"|\.\s(?:(?P<given>\w{2,20}(?:\s\w{2,10})?)\s제공|(?P<filed>\w{2,20}\s자료사진))$"
    r"|\.\s(?P<reporter>[가-힣]{2,4} (?:선임|인턴)?기자)$"
    rf"|\s[\[(]{_LABEL}\s?[ =:]\s?(?P<photo>[^\[\]()]{{2,30}})[\])]$"
)
_LATIN = "\u0590"  # Greek and Cyrillic letters come before it too
_WORKS = re.compile(rf" {_FOR} ")
_STOPS = '.!?…»”"’)。'
LONGEST = 140  # characters of a credit
_WHENCE = "かでにらを日月年時分中"  # what is no name's end: "taken on the fifth", "from the air"


def is_labelled(text: str) -> bool:
    """Tell a credit by the words that open it."""
    return _LABELLED.match(text[:_LONGEST_LABEL].lower()) is not None


def is_of_picture(credit: str) -> bool:
    """Tell a credit that only a picture has: "Photo: Ada Quill", not "Source: Reuters"."""
    return is_labelled(credit) and _PICTURED.match(credit[:_LONGEST_LABEL].lower()) is not None


def credit_text(text: str) -> str:
    """Return whose a picture is, without the label and the brackets.

    >>> credit_text("(Photo: Ada Quill/Harbour Pool)"), credit_text("((Reuters) )"), credit_text("Bild: © Ada Quill")
    ('Ada Quill/Harbour Pool', 'Reuters', 'Ada Quill')
    """
    text = fold(text)
    if len(text) <= LONGEST and (alone := _ALONE.fullmatch(text)):
        return alone["alone"]
    leading = _LEADING.match(text.lower())
    whole = text[leading.end() if leading else 0 :]
    taken = _TAKEN.match(whole)
    text = whole[taken.end() if taken else 0 :].strip(_EDGES)
    unopened = sum(map(text.count, CLOSING)) - sum(map(text.count, OPENING))  # not its own: "Ada Quill (AFP)"
    for _ in range(min(unopened, _BRACKETS)):
        if text.endswith(CLOSING):
            text = text[:-1].rstrip(_EDGES)
    return f"{text}." if text.endswith(_SHORTENED) and f"{text}." in whole else text


def is_by_name(text: str) -> bool:
    """Tell a line that is a word for a picture and a name, and nothing else.

    >>> is_by_name("Photo Ada Quill"), is_by_name("Fotos Ada de la Quill y Jon Falk"), is_by_name("Photo finish")
    (True, True, False)
    """
    return len(text) <= LONGEST and _ALONE.fullmatch(text) is not None


def photographer_amid(caption: str) -> tuple[int, str] | None:
    """Do what `photographer_at` does with a caption without a stop, in a language that writes nouns small.

    >>> photographer_amid("La jetée après la tempête Photo Ada Quill")
    (25, 'Ada Quill')
    """
    found = _UNSTOPPED.search(caption, max(len(caption) - LONGEST, 0))
    return (found.start(), found["amid"]) if found else None


def photographer_at(caption: str) -> tuple[int, str] | None:
    """Return where in a caption its credit begins, with what announces it, and whose the picture is.

    >>> photographer_at("The old pier at dawn. Photo Ada Quill"), photographer_at("徐阿福在攤位前。記者游雅筑／攝影")
    ((21, 'Ada Quill'), (8, '游雅筑'))
    """
    start = max(len(caption) - LONGEST, 0)
    if (alone := _ALONE.fullmatch(caption, start)) is not None:
        return 0, alone["alone"]
    found = _CJK.search(caption, start) if not caption.isascii() and max(caption) > _LATIN else None
    if found is None and caption.endswith((")", "]")):
        found = _BRACKETED.match(caption, max(caption.rfind("("), caption.rfind("["), 1))
    elif found is None:
        found = _AMID.search(caption, start) if ":" in caption or "：" in caption else None
        found = found or _SHOT.search(caption, start)
    if found is None and _WORKS.search(caption, start):
        found = _WORKING.search(caption, start)
    if found is None and ("/" in caption or caption[-3:].isupper()):
        found = _SLASHED.search(caption, start)
    if found is None or found.lastgroup is None:
        return None
    who = found[found.lastgroup]
    if found.lastgroup == "taken" and (who[-1] in _WHENCE or any(map(str.isdigit, who))):
        return None
    return found.start() + (found[0][0] in _STOPS), who
