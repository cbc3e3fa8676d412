"""A picture that a script tells of, as the figure that it would be in the markup.

The many editors nest a file and what is said of it in objects that only group (`asset`, `fields`, `node`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from extractors.engine.data.payload import plain_key
from extractors.engine.data.schema import text_of

_GROUPS = frozenset("asset file fields node data attributes attrs target image media".split())
_ADDRESSES = frozenset("url src sourceurl originalurl filename".split())
_SHOWN = re.compile(
    r"^(?:main|hero|lead|feature[ds]?|cover|top|primary)?(?:image|picture|photo|cover|img)(?:url|src)?$"
)
_FILE = re.compile(r"^(?:https?:)?/[^\s<>\"']+\.(?:jpe?g|png|webp|avif)(?:[?#][^\s<>\"']*)?$", re.IGNORECASE)
_CAPTIONS = ("caption", "description", "legend")
_CREDITS = ("credit", "credits", "photographer", "copyright", "attribution")
_ALTS = ("alt", "alttext", "alternativetext")
_SAID = frozenset((*_CAPTIONS, *_CREDITS, *_ALTS, "title"))
_WORDS = 12  # that another text of a picture's object has at most
_TITLED = 3  # spaces in a title that tells what a picture shows
_INSIDE = 8  # levels of a picture's object that are looked into
_DEEPEST = 4  # objects inside each other between a picture and its file
_NAMES = 4  # people of a credit that are told
_LONGEST = 600  # characters of a caption


def figure_of(data: dict[str, Any]) -> str | None:
    """Return an object that is a picture as markup, None for any other.

    >>> figure_of({"_type": "image", "asset": {"url": "https://a.example/b.jpg"}, "caption": "A boat"})
    '<figure><img src="https://a.example/b.jpg" alt=""><figcaption>A boat</figcaption></figure>'
    >>> figure_of({"title": "A story", "body": "It was told."})
    """
    told = dict(_told(data, 0))
    address = next((told[name] for name in _ADDRESSES if _is_file(told, name)), None)
    return _figure(address, told) if address is not None and not _tells_more(data, 0) else None


def figures_in(data: dict[str, Any]) -> Iterator[str]:
    """Yield the pictures that an object names by a bare address, with what it says of them under keys of that name."""
    told = {plain_key(name): value for name, value in data.items()}
    for name, value in told.items():
        if _SHOWN.match(name) and _is_file(told, name):
            own = {key.removeprefix(name.removesuffix("url").removesuffix("src")): told[key] for key in told}
            yield _figure(value, own)


def _tells_more(value: Any, depth: int) -> bool:
    """Tell what no picture has: text that is not said of it."""
    if isinstance(value, str):
        return value.count(" ", 0, _LONGEST) > _WORDS
    if depth > _INSIDE or not isinstance(value, dict | list):
        return False
    if isinstance(value, list):
        return any(_tells_more(item, depth + 1) for item in value)
    return any(plain_key(name) not in _SAID and _tells_more(item, depth + 1) for name, item in value.items())


def is_shown(key: str) -> bool:
    """Tell a key under which a story's picture stands, as `featuredImage`."""
    return bool(_SHOWN.match(plain_key(key)))


def _told(data: dict[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
    """Yield what an object and the groups in it say; of two the outer comes last, and so it wins."""
    for name, value in data.items():
        if depth < _DEEPEST and plain_key(name) in _GROUPS and isinstance(value, dict):
            yield from _told(value, depth + 1)
    for name, value in data.items():
        if value:
            yield plain_key(name), value


def _is_file(told: dict[str, Any], name: str) -> bool:
    address = told.get(name)
    if not isinstance(address, str) or len(address) > 2_000:
        return False
    kind = told.get("contenttype") or told.get("mime") or told.get("mimetype")
    return bool(_FILE.match(address)) or (isinstance(kind, str) and kind.startswith("image/") and " " not in address)


def _figure(address: str, told: dict[str, Any]) -> str:
    caption, credit, alt = (
        next(filter(None, (_said(told.get(n)) for n in names)), "") for names in (_CAPTIONS, _CREDITS, _ALTS)
    )
    title = told.get("title")
    if not caption and isinstance(title, str) and title.count(" ") >= _TITLED:
        caption = _said(title)
    under = (escape(caption) if caption else "") + (f' <span class="credit">{escape(credit)}</span>' if credit else "")
    shown = f'<img src="{escape(address)}" alt="{escape(alt)}">'
    return f"<figure>{shown}{f'<figcaption>{under.strip()}</figcaption>' if under else ''}</figure>"


def _said(value: Any, depth: int = 0) -> str:
    """Return what a value says in one line: a string, or the names in it, as of `{"by": [{"name": "Ada Quill"}]}`."""
    if isinstance(value, str):
        return text_of(value[:_LONGEST]) or ""
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_said(item, depth + 1) for item in value[:_NAMES])))
    if isinstance(own := value.get("name") or value.get("text"), str):
        return _said(own)
    return "/".join(filter(None, (_said(item, depth + 1) for item in list(value.values())[:_NAMES])))
