"""What a script tells of its story beside the text: who wrote it and when it was published, in the words of schema.org.

The many editors name these by a handful of keys; what stands under them is read like the page's own data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_AUTHORS = frozenset({"author", "authors", "byline", "writer", "writers", "reporters"})
_PUBLISHED = frozenset(
    """published publishedat publishedon publisheddate publishdate publishtime datepublished publicationdate pubdate
    firstpublished firstpublishedat firstpublishdate firstpublicationdate""".split()
)
_NAMED = ("name", "fullName", "full_name", "displayName", "display_name")
_DEEPEST, _MOST, _LONGEST = 4, 8, 120  # levels under such a key; people; characters of a byline


def told_beside(story: dict[str, Any]) -> dict[str, Any]:
    """Return author and date of an object that holds a story, as the page's data would have them.

    >>> told_beside({"title": "A", "byline": "By Ada Quill", "published_at": "2026-05-04T06:30:00Z"})
    {'author': [{'@type': 'Person', 'name': 'By Ada Quill'}], 'datePublished': '2026-05-04T06:30:00Z'}
    """
    told: dict[str, Any] = {}
    for key, value in story.items():
        name = key.replace("_", "").lower()
        if name in _AUTHORS and "author" not in told and (names := list(_names(value, 0))[:_MOST]):
            told["author"] = [{"@type": "Person", "name": name} for name in dict.fromkeys(names)]
        elif name in _PUBLISHED and "datePublished" not in told and isinstance(value, str) and value[:1].isdigit():
            told["datePublished"] = value
    return told


def _names(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if 1 < len(value) < _LONGEST and "/" not in value:
            yield value
    elif isinstance(value, dict) and depth < _DEEPEST:
        if (name := next((value[key] for key in _NAMED if isinstance(value.get(key), str)), None)) is not None:
            yield name
        else:
            for item in value.values():
                if isinstance(item, dict | list):
                    yield from _names(item, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for item in value[:_MOST]:
            yield from _names(item, depth + 1)
