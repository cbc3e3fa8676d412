"""Which characters the bytes of a page stand for: one rule, the same for every page.

Here live the order of evidence and the labels of the WHATWG Encoding Standard. Parsing lives in `page`. The rule
never raises: a page may declare what it likes (`rot13`, `idna`, nothing at all) and still comes out as text.
"""

from __future__ import annotations

import codecs
import re

from extractors.latin import latin_codec

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Python's codec -> the codec that browsers use for the same label.
_WIDENED = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Labels of the standard that Python's codec registry does not know.
_LABELS = {
    "unicode-1-1-utf-8": "utf-8",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "logical": "iso8859-8",
    "visual": "iso8859-8",
    "dos-874": "cp874",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    **{f"x-cp125{n}": f"cp125{n}" for n in range(9)},
}
# What a label may lead to. UTF-16 is not here: a page whose label can be read is not in UTF-16, and one in UTF-16
# is known by its mark or its NULs. UTF-7, `unicode_escape` and the like let bytes turn into live markup.
_CODECS = frozenset(
    {"utf-8", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "gb18030", "big5hkscs"}
    | {"euc_jp", "iso2022_jp", "cp932", "cp949", *(f"cp125{n}" for n in range(9))}
    | {f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
)
_LATIN = ("cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "iso8859_2")  # which a detector cannot tell apart
_DETECTED = (
    *(*_LATIN, "cp1251", "cp1253", "cp1255", "cp1256"),
    *("cp874", "koi8_r", "koi8_u", "cp866", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"),
)

_HEAD = 65_536  # bytes in which a declaration is looked for
_PIECE = 16_384  # bytes that are decoded at a time: they and their text stay in the processor's cache
_SAMPLE = 16_384  # bytes of text shown to the detector
_LABEL = re.compile(r"[A-Za-z0-9][\w.:+-]{0,39}", re.ASCII)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(
    rb"""<meta[^>]{1,400}?charset\s*+=\s*+(?:["']\s*+)?([\w.:+-]+)|<\?xml[^>]{1,200}?encoding\s*+=\s*+["']([\w.:+-]+)""",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_WIDE_LE, _WIDE_BE = re.compile(rb"(?:\s\0)*<\0[!-~]\0"), re.compile(rb"(?:\0\s)*\0<\0[!-~]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARK = "\x80"  # the second byte of quotation marks and dashes, taken for a letter of its own
_LEADING = "\xc2", "\xc3"  # the first byte of signs and of letters with accents, taken so


def utf8(data: bytes | str, declared: str | None = None) -> bytes:
    """Return a page as valid UTF-8 without a byte-order mark; the very same bytes where they already are that.

    Order: byte-order mark, the NULs of UTF-16, strictly valid UTF-8 (it wins over any declaration), nearly valid
    UTF-8, `declared` (the HTTP header's charset), the page's own declaration, detection, windows-1252.
    """
    if isinstance(data, str):
        return _once(_encoded(data)) if _MARK in data or _begins_twice(data) else _encoded(data)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            data = data[len(mark) :]
            valid = codec == "utf-8" and _utf8_twice(data) is not None
            return data if valid else _encoded(data.decode(codec, "replace"))
    if wide := _utf16(data):
        return _encoded(data.decode(wide, "replace"))
    twice = _utf8_twice(data)
    if twice is not None:
        if twice:
            return _once(data)
        if b"\x1b" in data and "iso2022_jp" in _declarations(data, declared) and data.isascii():
            return _encoded(data.decode("iso2022_jp", "replace"))
        return data
    return _encoded(_legacy(data, _declarations(data, declared)))


def codec_of(label: str | None) -> str | None:
    """Return the codec that a browser takes for a charset label, or None where the label says nothing.

    >>> codec_of(" ISO-8859-1 "), codec_of("gb2312"), codec_of("rot13"), codec_of("unicode_escape")
    ('cp1252', 'gb18030', None, None)
    """
    name = (label or "").strip(" \t\r\n\f\"'").lower()
    if not _LABEL.fullmatch(name):
        return None
    if name in _LABELS:
        return _LABELS[name]
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    codec = _WIDENED.get(found, found)
    return codec if codec in _CODECS else None


def _utf8_twice(data: bytes) -> bool | None:
    """Return whether a page in UTF-8 has what a second encoding makes; None where it is not UTF-8."""
    if data.isascii():
        return False
    at, twice, known = 0, False, False  # piece by piece: the whole as text may take four times the page's memory
    try:
        while at < len(data):
            text, size = codecs.utf_8_decode(data[at : at + _PIECE], "strict", at + _PIECE >= len(data))
            # The first letter that is not ASCII tells, so the first piece with one does; marks may come later.
            twice, known = twice or _MARK in text or (not known and _begins_twice(text)), known or not text.isascii()
            at += size
    except UnicodeDecodeError:
        return None
    return twice


def _begins_twice(text: str) -> bool:
    return any(letter in text for letter in _LEADING)


def _once(data: bytes) -> bytes:
    """Undo a second encoding of a whole page in UTF-8, whose bytes were taken for latin-1: "itâ\x80\x99s" for "it’s".

    No other page is UTF-8 again from end to end.
    """
    pieces, at = [], 0
    try:
        while at < len(data):
            text, size = codecs.utf_8_decode(data[at : at + _PIECE], "strict", at + _PIECE >= len(data))
            pieces.append(text.encode("latin-1"))
            at += size
    except UnicodeEncodeError:
        return data
    once = b"".join(pieces)
    return data if _utf8_twice(once) is None else once


def _encoded(text: str) -> bytes:
    """Encode text; lone surrogates become U+FFFD, pairs of them the character that they spell."""
    try:
        return text.removeprefix("\ufeff").encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its NULs stand: markup is ASCII, so one byte of each pair is zero."""
    head = data[:2048]
    if b"\0" not in head:
        return None
    even, odd, pairs = head[0::2].count(0), head[1::2].count(0), max(len(head) // 2, 1)
    if (odd > 0.3 * pairs or _WIDE_LE.match(head)) and even < 0.05 * pairs:
        return "utf-16-le"
    if (even > 0.3 * pairs or _WIDE_BE.match(head)) and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _declarations(data: bytes, declared: str | None) -> list[str]:
    """Return the codecs that the header and the page name, in that order."""
    match = _DECLARATION.search(_COMMENT.sub(b"", data[:_HEAD]))
    own = (match[1] or match[2]).decode("ascii", "replace") if match else None
    return [codec for label in (declared, own) if (codec := codec_of(label))]


def _legacy(data: bytes, declared: list[str]) -> str:
    """Decode what is not UTF-8."""
    loose = data.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    good = len(loose) - broken - len(loose.encode("ascii", "ignore"))
    # No other charset looks like UTF-8 for long, so a few broken bytes cannot make it one; what is declared sets
    # how many "a few" are.
    if broken <= (good if "utf-8" in declared or not declared else good // 10):
        return loose
    for codec in declared:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec != "cp1252" or _western(data):
            return text
    return data.decode(_detected(data), "replace")


def _text(data: bytes) -> bytes:
    """Return the text between the tags, from where it stops being ASCII."""
    text = _MARKUP.sub(b" ", data[: 64 * _SAMPLE])
    first = next((m.start() for m in re.finditer(rb"[\x80-\xff]", text)), 0)
    return text[max(0, first - 200) :][:_SAMPLE]


def _western(data: bytes) -> bool:
    """Doubt a declared windows-1252, many a server's default: its languages hardly have words without ASCII."""
    words: list[str] = [w for w in _WORD.findall(_text(data).decode("cp1252", "replace")) if not w.isascii()]
    return sum(min(word) > "\x7f" for word in words) * 2 <= len(words)


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # costs 20 ms; few pages come this far

    text = _text(data)
    best = from_bytes(text, cp_isolation=list(_DETECTED)).best()
    return best.encoding if best and best.encoding not in _LATIN else latin_codec(text)
