"""What is not HTML, told by its bytes: other formats are refused by name before anything is parsed."""

from __future__ import annotations

import json
import re

from extractors.errors import UnsupportedContentError

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image, sound or film"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"\0\0\1\0", "an image"),
    (b"PK\3\4", "a ZIP archive or office document"),
    (b"\x1f\x8b", "compressed data"),
    (b"\x28\xb5\x2f\xfd", "compressed data"),
    (b"BZh", "compressed data"),
    (b"7z\xbc\xaf", "compressed data"),
    (b"Rar!", "compressed data"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"\x7fELF", "a program"),
    (b"wOF", "a font"),
    (b"SQLite format 3\0", "a database"),
    (b"WARC/", "a web archive (WARC) of many pages"),
)
# What a browser saves as one file, and mail: the markup in it is packed for the way.
_MESSAGE = re.compile(rb"(?:(?!mime-version:)[a-z-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+mime-version:", re.IGNORECASE)
_PACKED = re.compile(
    rb"\ncontent-(?:type:[ \t]*multipart/|transfer-encoding:[ \t]*(?:quoted-printable|base64))", re.IGNORECASE
)
_ELEMENT = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|main|article|section|header|footer|nav|aside|div|p|"
    rb"span|h[1-6]|ul|ol|li|dl|table|t[rdh]|tbody|figure|img|a|b|i|em|strong|font|center|br|hr|blockquote|pre|form|time)"
    rb"[\s>/])",
    re.IGNORECASE,
)
_ROOT = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*+<(rss|feed|urlset|sitemapindex|rdf:rdf|svg)[\s>]", re.IGNORECASE | re.DOTALL
)


def refuse_binary(data: bytes) -> None:
    """Pass what may be text.

    Raises:
        UnsupportedContentError: its first bytes are those of another format.
    """
    head = data[:1024].lstrip()
    if head.startswith(b"<"):  # as nearly every page does, and nothing of the list
        return
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise UnsupportedContentError(f"not HTML but {kind}")
    if _MESSAGE.match(head) and _PACKED.search(head):
        raise UnsupportedContentError("not HTML but a message or a page saved with all its parts (MHTML)")
    if head[4:8] == b"ftyp":
        raise UnsupportedContentError("not HTML but an image, sound or film")
    if data[257:262] == b"ustar":
        raise UnsupportedContentError("not HTML but an archive of files (tar)")


def refuse_other_text(data: bytes) -> None:
    """Pass text that is HTML, also where a page is cut off or has no head.

    Raises:
        UnsupportedContentError: it is XML, JSON, or has no markup in it.
    """
    if not data or data.isspace():
        raise UnsupportedContentError("the page is empty")
    if root := _ROOT.match(data[:4096]):
        raise UnsupportedContentError(f"not HTML but an XML document ({root[1].decode().lower()})")
    if not _ELEMENT.search(data):
        kind = "JSON" if data.lstrip()[:1] in (b"{", b"[") else "plain text or other data"
        raise UnsupportedContentError(f"not HTML but {kind}: there is no markup in it")
    if data[:1] in b"{[" and _is_json(data):
        raise UnsupportedContentError("not HTML but JSON")


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
