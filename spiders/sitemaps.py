"""Sitemaps, news sitemaps and sitemap indexes, read as a stream: one may hold 50 MB, and a hostile one wants more."""

from __future__ import annotations

import gzip
import heapq
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from extractors import UnsupportedContentError
from spiders.listing import (
    MAX_HINT,
    MAX_LINKS,
    Listed,
    children,
    own_links,
    refuse_hostile_growth,
    refuse_hostile_type,
    when,
)
from spiders.record import Kind

MAX_BYTES = 50 * 1024 * 1024  # what the protocol allows, unpacked
MAX_DEPTH = 5  # indexes within indexes; honest ones have one or two
MAX_SITEMAPS = 1_000  # of one index

_ROOTS = {"urlset": Kind.ARTICLE, "sitemapindex": Kind.SITEMAP}
_ENTRIES = {"url", "sitemap"}
_NAME = "sitemap"

_Found = tuple[str, int, str, dict[str, str]]  # date, minus the place in the file, address, hints


def sitemap_links(body: bytes, url: str, domains: Iterable[str], depth: int = 0) -> Listed:
    """Return what a sitemap lists, of the given domains only: the newest `MAX_LINKS`, the newest first.

    A news sitemap's title, publication date and language are the links' hints; `lastmod` only orders them, since it
    is no date of publication. The entries of an index are links of the kind `SITEMAP` whose hint is their depth.

    Args:
        body: the file as it came, gzipped or not.
        depth: how many indexes led to it.
    Raises:
        UnsupportedContentError: it is no sitemap, it is hostile, nested too deep, or the spider's own (`depth` 0) and
            empty.
    """
    stream = _Bounded(gzip.GzipFile(fileobj=io.BytesIO(body)) if body[:2] == b"\x1f\x8b" else io.BytesIO(body.lstrip()))
    events = etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        kind = _kind(events)
        if kind is Kind.SITEMAP and depth >= MAX_DEPTH:
            raise UnsupportedContentError(f"sitemap indexes are nested more than {MAX_DEPTH} deep")
        most = MAX_SITEMAPS if kind is Kind.SITEMAP else MAX_LINKS
        found, count = _newest(_entries(events), most)
        refuse_hostile_growth(events.error_log, _NAME)
    except etree.XMLSyntaxError as error:
        refuse_hostile_growth(events.error_log, _NAME)
        raise UnsupportedContentError(f"the sitemap is not XML: {error}") from error
    except (OSError, EOFError, zlib.error) as error:
        raise UnsupportedContentError(f"the sitemap cannot be unpacked: {error}") from error
    level = {"depth": str(depth + 1)} if kind is Kind.SITEMAP else {}
    links = own_links(((address, hints | level) for _, _, address, hints in found), url, domains, kind)
    if not links and not depth:
        raise UnsupportedContentError("the sitemap lists no page of the site")
    note = f"{url} lists {count:,} addresses; the newest {most:,} are taken" if count > most else None
    return Listed(links, note)


class _Bounded:
    """A file that ends in an error where it grows past `MAX_BYTES`."""

    def __init__(self, file: gzip.GzipFile | BinaryIO) -> None:
        self._file = file
        self._left = MAX_BYTES

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise UnsupportedContentError(f"the sitemap is too large: more than {MAX_BYTES:,} bytes")
        return data


def _kind(events: etree.iterparse) -> Kind:
    for _, root in events:
        kind = _ROOTS.get(etree.QName(root).localname.lower())
        if kind is None:
            raise UnsupportedContentError("the file is neither a sitemap nor an index of sitemaps")
        refuse_hostile_type(root, _NAME)
        return kind
    refuse_hostile_growth(events.error_log, _NAME)
    raise UnsupportedContentError("the sitemap is not XML: there is no element in it")


def _entries(events: etree.iterparse) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield date, address and hints of each entry, and forget its element."""
    for event, element in events:
        if event == "start" or not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:  # only children of the root are entries
            continue
        if etree.QName(element).localname in _ENTRIES:
            hints = _hints(element)
            yield hints.get("published") or _date(_text(element, "lastmod")), _text(element, "loc"), hints
        element.clear()
        while element.getprevious() is not None:
            del parent[0]


def _newest(entries: Iterable[tuple[str, str, dict[str, str]]], most: int) -> tuple[list[_Found], int]:
    """Return the newest entries, the newest first and those without a date last, and how many there were."""
    heap: list[_Found] = []
    count = 0
    for date, address, hints in entries:
        count += 1
        found = (date, -count, address, hints)
        if len(heap) < most:
            heapq.heappush(heap, found)
        elif found > heap[0]:
            heapq.heapreplace(heap, found)
    return sorted(heap, reverse=True), count


def _hints(entry: etree._Element) -> dict[str, str]:
    for news in children(entry, "news"):
        published = when(_text(news, "publication_date"))
        language = next((_text(p, "language") for p in children(news, "publication")), "")
        hints = {"headline": " ".join(_text(news, "title").split()), "language": language[:35]}
        hints["published"] = published.isoformat() if published else ""
        return {name: value[:MAX_HINT] for name, value in hints.items() if value}
    return {}


def _text(element: etree._Element, tag: str) -> str:
    return next(("".join(child.itertext()).strip() for child in children(element, tag)), "")


def _date(value: str) -> str:
    """Return a date in a form that sorts; what begins with no year is as old as can be."""
    return value[:25] if value[:4].isdigit() else ""
