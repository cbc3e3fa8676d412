"""What a script tells of its story beside the text: who wrote it and when it was published, in the words of schema.org.

The many editors name these by a handful of keys; what stands under them is read like the page's own data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.engine.data.payload import plain_key

_AUTHORS = frozenset({"author", "authors", "byline", "writer", "writers", "reporters", "primaryauthor", "credits"})
_DAYS = (  # the one that readers are shown, that of the first version, any; then of an object with headline and story
    frozenset({"displaydate"}),
    frozenset("firstpublished firstpublishedat firstpublishdate firstpublicationdate".split()),
    frozenset(
        """published publishedat publishedon publisheddate publishdate publishtime datepublished publicationdate
        pubdate""".split()
    ),
    frozenset({"date"}),
)
_INSIDE = frozenset({"sys", "fields", "attributes", "frontmatter", "metadata", "meta", "embedded"})
_COLLECTION = "collection"
_NAMED = ("name", "fullName", "full_name", "displayName", "display_name", "display-name", "full-name")
_GIVEN, _FAMILY = ("firstname", "givenname"), ("lastname", "familyname", "surname")
_UNIVERSAL = "dategmt"  # as WordPress names a time without saying its zone
_CLOCK = 19  # characters of a day and a time without a zone
_DEEPEST, _MOST, _LONGEST = 5, 8, 120  # levels under such a key; people; characters of a byline


def told_beside(story: dict[str, Any], *around: dict[str, Any]) -> dict[str, Any]:
    """Return author and date of an object that holds a story, as the page's data would have them.

    What the objects around it tell counts where it tells nothing itself, the innermost first.

    >>> told_beside({"title": "A", "byline": "By Ada Quill", "published_at": "2026-05-04T06:30:00Z"})
    {'author': [{'@type': 'Person', 'name': 'By Ada Quill'}], 'datePublished': '2026-05-04T06:30:00Z'}
    """
    told: dict[str, Any] = {}
    for place in (story, *around):
        named = dict(_named(place))
        if "author" not in told and (names := _authors(named)):
            told["author"] = [{"@type": "Person", "name": name} for name in names]
        if "datePublished" not in told and (day := _day(named)):
            told["datePublished"] = day
    return told


def _named(place: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of an object and of those that only group them, in small letters without marks; the last wins."""
    for key, value in place.items():
        if isinstance(value, dict) and plain_key(key) in _INSIDE:
            yield from ((_name(inner), item) for inner, item in value.items())
    for key, value in place.items():
        if not isinstance(value, int | float):  # the number of an author, say
            yield _name(key), value


def _name(key: str) -> str:
    return plain_key(key).removesuffix(_COLLECTION)


def _authors(named: dict[str, Any]) -> list[str]:
    found = (list(dict.fromkeys(_names(named[key], 0)))[:_MOST] for key in named if key in _AUTHORS)
    return next(filter(None, found), [])


def _day(named: dict[str, Any]) -> str | None:
    if isinstance(gmt := named.get(_UNIVERSAL), str) and len(gmt) == _CLOCK:
        named["date"] = f"{gmt}Z"
    for keys in _DAYS:
        for key, value in named.items():
            if key in keys and isinstance(value, str) and value[:1].isdigit():
                return value
    return None


def _names(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if 1 < len(value) < _LONGEST and "/" not in value:
            yield value
    elif isinstance(value, dict) and depth < _DEEPEST:
        if (name := next((value[key] for key in _NAMED if isinstance(value.get(key), str)), None)) is not None:
            yield name
        elif full := _full(value):
            yield full
        else:
            for item in value.values():
                if isinstance(item, dict | list):
                    yield from _names(item, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for item in value[:_MOST]:
            yield from _names(item, depth + 1)


def _full(value: dict[str, Any]) -> str:
    """Return a name that is told in two parts."""
    told = {plain_key(key): item for key, item in value.items() if isinstance(item, str)}
    parts = [next((told[key] for key in keys if told.get(key)), "") for keys in (_GIVEN, _FAMILY)]
    return " ".join(parts) if all(parts) else ""
