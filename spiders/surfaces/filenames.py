"""The names of files that are made from what a stranger wrote: an address, a headline, a header.

A name is lower-case ASCII letters, digits, ".", "_" and "-", at most 100 bytes, and means a plain file on every
system. Whatever cannot be said so is left out, and a hash of the whole tells the name from others that look like it.
Writing the files is the business of who names them.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

MAX_BYTES = 100

_NOT_ALLOWED = re.compile(r"[^a-z0-9._-]+")
# Names that Windows gives to devices, whatever follows the first dot.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])(?:\.|$)")
_MARKED = re.compile(r"-[0-9a-f]{8}$")  # a name that ends so already could be that of something else


def file_name(text: str) -> str:
    """Return a name for one file: `text` itself where that is one, else what can be said of it and its hash.

    >>> file_name("news.example"), file_name("../../etc/passwd"), file_name("CON")
    ('news.example', 'etc-passwd-3754d6cb', 'file-con-a3dbc4b6')
    """
    plain = unicodedata.normalize("NFKD", text).lower()
    name = _NOT_ALLOWED.sub("-", "".join(c for c in plain if not unicodedata.combining(c)))
    name = re.sub(r"\.{2,}", ".", name).strip(".-_")
    if not name or _DEVICE.match(name):
        name = f"file-{name}".rstrip("-")
    if name == text and len(name) <= MAX_BYTES and not _MARKED.search(name):
        return name
    mark = "-" + digest(text)
    return name[: MAX_BYTES - len(mark)].rstrip(".-_") + mark


def slug(text: str, length: int) -> str:
    """Return the words of a text as part of a name: letters and digits, joined by "-", at most `length` characters.

    >>> slug("Sea-Wall opens: “at last”", 48)
    'sea-wall-opens-at-last'
    """
    plain = unicodedata.normalize("NFKD", text).lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:length].strip("-")


def digest(text: str) -> str:
    """Return eight characters that tell a text from others."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
