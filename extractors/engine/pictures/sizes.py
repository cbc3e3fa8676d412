"""The sizes that one picture comes in: those of a `srcset`, and those of the sources of a `picture` element."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

Attributes = Mapping[str, str | None]
_PARTING = re.compile(r"(?<=\d[wx]),\s*|,\s+")  # of the sizes of one picture; an address may have commas too
_SIZE = re.compile(r"\d{1,6}(?:\.\d{1,3})?[wx]")
_LEAST_SCREEN = re.compile(r"min-(?:device-)?width:\s?(\d{1,5})(?:\.\d{1,4})?(px|r?em)")
_OTHER_SCREEN = re.compile(r"print|portrait|prefers-|max-(?:device-)?width")  # whose picture is cropped, or another
_WIDTH = re.compile(r"[?&,/](?:w|wid|width)[=_](\d{2,4})(?!\d)")  # in an address
_EM = 16  # points
_DIGITS = 6  # of a number of points
_LATER = ("image/avif", "image/webp")  # kinds of file that not all can open


def largest_of(candidates: str) -> str | None:
    """Return the address of the largest picture of a `srcset`.

    >>> largest_of("/s.jpg 320w, /l.jpg 1200w,/m.jpg 640w"), largest_of("/only.jpg"), largest_of("data:image/gif,R0 1w")
    ('/l.jpg', '/only.jpg', None)
    """
    return max(_sizes(candidates), key=lambda size: size[0], default=(0.0, None))[1]


def larger_of(address: str | None, attributes: Attributes, sources: Sequence[Attributes]) -> str | None:
    """Return the largest file among the sources of a `picture` element, None where none is known to be larger than the
    image's own, or the own may be the file in full.

    >>> larger_of("/a-300.jpg", {"src": "/a-300.jpg"}, [{"srcset": "/a-300.webp 300w, /a-900.webp 900w"}])
    '/a-900.webp'
    >>> larger_of("/a.jpg", {"src": "/a.jpg"}, [{"srcset": "/a.webp", "type": "image/webp"}])
    """
    known = (told for source in sources if (told := _told_by(source, alone=address is None)) is not None)
    best = max(known, key=lambda told: told[:4], default=None)
    if best is None or best[4] == address:
        return None
    wide, screen, density, _, largest = best
    if address is None:
        return largest
    if not wide:
        return largest if (screen or density > 1) and not _is_full(address, largest) else None
    return largest if wide > _width_of(address, attributes) and not _is_full(address, largest) else None


def _told_by(source: Attributes, *, alone: bool) -> tuple[float, int, float, bool, str] | None:
    """Return a source's largest file behind what tells how large it is: its width, the least screen, the density."""
    media = (source.get("media") or "").lower()
    least = max((int(n) * (1 if unit == "px" else _EM) for n, unit in _LEAST_SCREEN.findall(media)), default=0)
    if not alone and not least and _OTHER_SCREEN.search(media):
        return None
    for name, sizes in source.items():
        if sizes and name.endswith("srcset"):
            if (largest := max(_sizes(sizes), default=None, key=lambda told: told[0])) is None:
                continue
            size, address, unit = largest
            wide, dense = (size, 1.0) if unit == "w" else (0.0, size)
            return wide, least, dense, source.get("type") not in _LATER, address
    return None


def _sizes(candidates: str) -> Iterator[tuple[float, str, str]]:
    """Yield the files of a `srcset`: how large each is, its address, in what that is told (`w`, `x`)."""
    for part in _PARTING.split(candidates):
        url, _, size = part.strip().rpartition(" ")
        known = _SIZE.fullmatch(size) is not None
        url, wide, unit = (url.strip(), float(size[:-1]), size[-1]) if known else (part.strip(), 1.0, "x")
        if url and not url.startswith("data:") and wide > 0:
            yield wide, url, unit


def _width_of(address: str, attributes: Attributes) -> float:
    """Return how wide the file is that an image names itself, as far as the page tells; 0 where it does not."""
    told = (sizes for name, sizes in attributes.items() if sizes and name.endswith("srcset"))
    own = max((size for sizes in told for size, url, unit in _sizes(sizes) if unit == "w"), default=0.0)
    named = _WIDTH.search(address)
    return max(own, float(named[1]) if named else 0.0, points_of(attributes.get("width")) or 0)


def points_of(told: str | None) -> int | None:
    """Return a width or height as an attribute tells it, None where that is no plain number."""
    return int(told) if told and len(told) <= _DIGITS and told.isdecimal() else None


def _is_full(address: str, other: str) -> bool:
    """Tell whether a file is the one of which another is a size: `pier.jpg` of `pier-1024.webp`, `pier.jpg?w=1024`."""
    path, sized = (address.rpartition("//")[2].partition("/")[2], other.partition("?")[0])
    if path and path in other and (path != sized[-len(path) :] or len(sized) > len(address.partition("?")[0])):
        return True
    name, size = (a.partition("?")[0].rpartition("/")[2].rpartition(".")[0] for a in (address, other))
    return name != "" and len(name) < len(size) and size.startswith(name) and any(map(str.isdigit, size[len(name) :]))
