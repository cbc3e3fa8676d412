"""Sitemaps, news sitemaps and sitemap indexes, read as a stream: one may hold 50 MB, and a hostile one wants more."""

from __future__ import annotations

import gzip
import heapq
import io
import re
import zlib
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from extractors import UnsupportedContentError
from spiders.listings.elements import name_of
from spiders.listings.listing import (
    MAX_HINT,
    MAX_LINKS,
    Listed,
    latest,
    own_links,
    refuse_hostile_growth,
    refuse_hostile_type,
    when,
)
from spiders.listings.mending import mended
from spiders.record import Kind, Passed

MAX_BYTES = 50 * 1024 * 1024  # what the protocol allows, unpacked
MAX_DEPTH = 5  # indexes within indexes; honest ones have one or two
MAX_SITEMAPS = 1_000  # of one index

_TOO_DEEP = f"sitemap indexes are nested more than {MAX_DEPTH} deep"
_ROOTS = {"urlset": Kind.ARTICLE, "sitemapindex": Kind.SITEMAP}
_ROOT = re.compile(rb"(?:<\?.*?\?>|<!--.*?-->|\s)*+<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE | re.DOTALL)
_HEAD = 16_384  # bytes in which the root of a document is looked for
_ENTRIES = "{*}url", "{*}sitemap"
_NAME = "sitemap"

MAX_UNDATED = 10  # sitemaps without a date that are taken of an index, where only what is new is asked for
_NUMBER = re.compile(r"\d+")
# A day or month in a sitemap's name: nothing younger is in it ("sitemap-2026-05.xml", "/2026/05/04/").
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:([-_/]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?)?(?!\d)")

# What sitemaps are called that hold no article: `category-sitemap.xml`, `wp-sitemap-users-1.xml`.
_OTHERS = re.compile(
    r"(?:\b|_)(?:(?:post_?)?tags?|categor(?:y|ies)|taxonom(?:y|ies)|authors?|users?|profiles?|topics?|pages|images?|videos?"
    r"|podcasts?|galler(?:y|ies)|products?|posts-page|page(?=-sitemap))(?:\b|_)",
    re.IGNORECASE,
)
_Entry = tuple[str, str, dict[str, str]]  # date, address, hints
_Found = tuple[str, int, str, dict[str, str]]  # date, minus the place in the file, address, hints


def sitemap_links(
    body: bytes,
    url: str,
    domains: Iterable[str],
    depth: int = 0,
    encoding: str | None = None,
    since: datetime | None = None,
) -> Listed:
    """Return what a sitemap lists, of the given domains only: the newest `MAX_LINKS`, the newest first.

    A news sitemap's title, publication date and language are the links' hints; `lastmod` only orders them, since it
    is no date of publication. The entries of an index are links of the kind `SITEMAP` whose hint is their depth; those
    of one that lies too deep are passed over.

    Args:
        body: the file as it came, gzipped or not.
        depth: how many indexes led to it.
        encoding: the charset of the HTTP header.
        since: take only what is dated then or later, by its publication or its `lastmod`; without a date, all of a news
            sitemap's entries, no other page, and `MAX_UNDATED` sitemaps, none that is called after other pages.
    Raises:
        UnsupportedContentError: it is no sitemap, it is hostile, or the spider's own (`depth` 0) and empty.
    """
    text = mended(_unpacked(body), encoding)
    kind = _kind(text)
    most = MAX_SITEMAPS if kind is Kind.SITEMAP else MAX_LINKS
    others: list[tuple[str, str]] = []
    entries = _entries(text) if since is None else _recent(_of_articles(_entries(text), kind, others), since, kind)
    found, count = _newest(entries, most)
    level = {"depth": str(depth + 1)} if kind is Kind.SITEMAP else {}
    links = own_links(((address, hints | level) for _, _, address, hints in found), url, domains, kind)
    if not links and not depth and since is None:
        raise UnsupportedContentError("the sitemap lists no page of the site")
    note = f"{url} lists {count:,} addresses; the newest {most:,} are taken" if count > most else None
    if kind is Kind.SITEMAP and depth >= MAX_DEPTH:
        return Listed([], passed=[Passed(link.url, _TOO_DEEP, "sitemaps") for link in links])
    passed = [Passed(address, f"a sitemap of other pages ({told})") for address, told in others]
    return Listed(links, note, passed)


def is_sitemap(body: bytes) -> bool:
    """Say whether what should be a front page is a sitemap, or an index of sitemaps.

    >>> is_sitemap(b"<?xml version='1.0'?><urlset></urlset>"), is_sitemap(b"<!doctype html><title>x</title>")
    (True, False)
    """
    return bool(_ROOT.match(mended(body[:_HEAD])))


def _unpacked(body: bytes) -> bytes:
    if body[:2] == b"\x1f\x8b":
        try:
            body = gzip.GzipFile(fileobj=io.BytesIO(body)).read(MAX_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise UnsupportedContentError(f"the sitemap cannot be unpacked: {error}") from error
    if len(body) > MAX_BYTES:
        raise UnsupportedContentError(f"the sitemap is too large: more than {MAX_BYTES:,} bytes")
    return body


def _parsed(text: bytes, **only: Any) -> etree.iterparse:
    return etree.iterparse(
        io.BytesIO(text),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        encoding="utf-8",
        **only,
    )


def _kind(text: bytes) -> Kind:
    """Read as far as the root and say what the file is."""
    events = _parsed(text, events=("start",))
    try:
        _, root = next(events)
    except (etree.XMLSyntaxError, StopIteration) as error:
        refuse_hostile_growth(events.error_log, _NAME)
        raise UnsupportedContentError("the sitemap is not XML: there is no element in it") from error
    kind = _ROOTS.get(name_of(root).lower())
    if kind is None:
        raise UnsupportedContentError("the file is neither a sitemap nor an index of sitemaps")
    refuse_hostile_type(root, _NAME)
    return kind


def _entries(text: bytes) -> Iterator[_Entry]:
    """Yield date, address and hints of each entry, and forget its element."""
    events = _parsed(text, events=("end",), tag=_ENTRIES)
    for _, entry in events:
        root = entry.getparent()
        if root is None or root.getparent() is not None:  # only children of the root are entries
            continue
        parts = _parts(entry)
        hints = _hints(parts["news"]) if "news" in parts else {}
        yield hints.get("published") or _date(_text(parts, "lastmod")), _text(parts, "loc"), hints
        entry.clear()
        while entry.getprevious() is not None:
            del root[0]
    refuse_hostile_growth(events.error_log, _NAME)


def _parts(element: etree._Element) -> dict[str, etree._Element]:
    """Return the first child of each name, whatever namespace it stands in."""
    parts: dict[str, etree._Element] = {}
    for child in element.iterchildren(tag=etree.Element):
        parts.setdefault(name_of(child), child)
    return parts


def _of_articles(entries: Iterable[_Entry], kind: Kind, others: list[tuple[str, str]]) -> Iterator[_Entry]:
    """Pass by the sitemaps of an index that hold no articles, by their names, and note them with what tells that."""
    for entry in entries:
        name = urlsplit(entry[1]).path.rpartition("/")[2]
        if kind is Kind.SITEMAP and (told := _OTHERS.search(name)):
            others.append((entry[1], told[0].strip("_")))
        else:
            yield entry


def _recent(entries: Iterable[_Entry], since: datetime, kind: Kind) -> Iterator[_Entry]:
    """Pass by what is older; a sitemap that its name dates is as old as the end of that day, month or year.

    Of those that tell no date the first and the last of a series are taken before others: sites number them either way.
    """
    untold: list[_Entry] = []
    series: dict[str, list[_Entry]] = {}  # the ends of those that are alike but for their numbers
    for entry in entries:
        dated, address, hints = entry
        if moment := when(dated) or (period(address) if kind is Kind.SITEMAP else None):
            if latest(moment) >= since:
                yield entry
        elif kind is not Kind.SITEMAP:
            if hints:
                yield entry
        else:
            if len(untold) < MAX_UNDATED:
                untold.append(entry)
            if (name := _NUMBER.sub("", address)) in series or len(series) < MAX_UNDATED // 2:
                series.setdefault(name, [entry])[1:] = [entry]
    chosen = {entry[1]: entry for entry in (*chain.from_iterable(series.values()), *untold)}
    yield from list(chosen.values())[:MAX_UNDATED]


def period(address: str) -> date | None:
    """Return the last day of what a sitemap's name says that it holds."""
    told = [found.groups() for found in _PERIOD.finditer(address)]
    if not told:
        return None
    year, _, month, day = told[-1]
    if day:
        return when(f"{year}-{month}-{day}")
    return date(int(year), int(month or 12), monthrange(int(year), int(month or 12))[1])


def _newest(entries: Iterable[_Entry], most: int) -> tuple[list[_Found], int]:
    """Return the newest entries, the newest first and those without a date last, and how many there were."""
    heap: list[_Found] = []
    count = 0
    for dated, address, hints in entries:
        count += 1
        found = (dated, -count, address, hints)
        if len(heap) < most:
            heapq.heappush(heap, found)
        elif found > heap[0]:
            heapq.heapreplace(heap, found)
    return sorted(heap, reverse=True), count


def _hints(news: etree._Element) -> dict[str, str]:
    parts = _parts(news)
    published = when(_text(parts, "publication_date"))
    language = _text(_parts(parts["publication"]), "language") if "publication" in parts else ""
    hints = {"headline": " ".join(_text(parts, "title").split()), "language": language[:35]}
    hints["published"] = published.isoformat() if published else ""
    return {name: value[:MAX_HINT] for name, value in hints.items() if value}


def _text(parts: dict[str, etree._Element], name: str) -> str:
    part = parts.get(name)
    if part is None:
        return ""
    return (("".join(part.itertext()) if len(part) else part.text) or "").strip()


def _date(value: str) -> str:
    """Return a date in a form that sorts; what is none is as old as can be."""
    if value[:4].isdigit():
        return value[:25]
    told = when(value)
    return told.isoformat() if told else ""
