"""`scrapy extract FILE|FOLDER|URL|-`: the article of a page, or of text, on standard output. Nothing is stored."""

from __future__ import annotations

import argparse
import gzip
import os
import re
import sys
import zlib
from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from extractors import Article

_SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".html.gz", ".htm.gz", ".xhtml.gz", ".txt.gz")
_LIMIT = 50_000_000  # bytes of one file, unpacked
_OTHERS = 5  # endings of files that are told
_SAVED = re.compile(rb"<!--\s*+(?:saved from url=\(\d{4}\)|Page saved with SingleFile\s++url:\s*+)(https?://[!-~]++)")


class Command(Verb):
    """`scrapy extract`: exit status 0, 2 what the user gave, 4 a broken cassette or site file, 10 not all was read."""

    takes = 1, 1
    operands = "one file, folder or address, or - for standard input"
    usage = "[options] FILE|FOLDER|URL|-"
    short = "Print the article of a page or text, or what was taken out of it"
    long = (
        "Reads a saved page, every page of a folder (.html, .htm, .xhtml, .txt, packed as .gz too), a page that is "
        "fetched now as a crawl would (robots.txt, the guard; -s CASSETTE=FILE plays a recording), or standard input. "
        "Nothing is stored. With --format json the line of a folder's page names its file; what else is in the folder "
        "is counted at the end. Exit status 0, 2 what you gave is no page or gives no article, 4 a broken setting, "
        "cassette or site file, 10 a page could not be fetched, or one of a folder gave no article."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="default: text")
        parser.add_argument("--plain", action="store_true", help="the input is text that another scraper left")
        parser.add_argument("--removed", action="store_true", help="print what was taken out, and why, instead")
        parser.add_argument("--url", help="where the page came from, when the input is a file")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the article."""
        from scrapy.exceptions import UsageError

        from spiders.addresses import is_web

        source = args[0]
        if "://" in source and not is_web(source):
            raise UsageError(f"{source[:200]!r} is not a web address (https://…)")
        if "://" in source:
            _print(self._visited(source), opts)
        elif source == "-":
            _print(_article(sys.stdin.buffer.read(_LIMIT + 1), "standard input", opts, plain=opts.plain), opts)
        elif Path(source).is_dir():
            self._folder(Path(source), opts)
        else:
            _print(_read(Path(source), opts), opts)

    def _visited(self, address: str) -> Article:
        from scrapy.exceptions import UsageError
        from scrapy.settings import SETTINGS_PRIORITIES, Settings

        from extractors import ExtractionError, extract
        from spiders.challenges import pairs_of
        from spiders.context import charset_in
        from spiders.visit import visit

        assert isinstance(self.settings, Settings)
        if (self.settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        response = visit(address, self.settings)
        try:
            return extract(response.body, response.url, encoding=charset_in(pairs_of(response)))
        except ExtractionError as error:
            raise UsageError(f"{address}: {error}") from error

    def _folder(self, folder: Path, opts: argparse.Namespace) -> None:
        """Print every page of a folder; one that gives no article is told and left out, other files are counted."""
        from scrapy.exceptions import UsageError

        from spiders.exports.progress import followed
        from spiders.status import ExitStatus
        from spiders.surfaces.terminal import counted

        paths, others = self._walked(folder)
        if not paths:
            raise UsageError(f"the folder {folder} has no page ({', '.join(_SUFFIXES)})")
        told = followed(paths, f"scrapy extract: of {counted(len(paths), 'page')}")
        with nullcontext(iter(paths)) if sys.stdout.isatty() else told as seen:
            for number, path in enumerate(seen):
                try:
                    article = _read(path, opts)
                except UsageError as error:
                    self.exitcode = ExitStatus.INCOMPLETE
                    self.say(str(error))
                    continue
                if number and opts.format != "json":
                    print()
                _print(article, opts, str(path.relative_to(folder)))
        if others:
            endings = ", ".join(f"{ending} {n}" for ending, n in others.most_common(_OTHERS))
            more = ", …" if len(others) > _OTHERS else ""
            self.say(f"{counted(others.total(), 'other file')} in {folder} not looked at: {endings}{more}")

    def _walked(self, folder: Path) -> tuple[list[Path], Counter[str]]:
        """Return the pages of a folder and of those in it, in their order, and how many other files end how."""
        from spiders.status import ExitStatus

        def unread(error: OSError) -> None:
            self.exitcode = ExitStatus.INCOMPLETE
            self.say(f"{error.filename}: cannot be read: {error.strerror}")

        pages, others = [], Counter[str]()
        for place, folders, names in os.walk(folder, onerror=unread):
            others["link to a folder"] += sum(Path(place, name).is_symlink() for name in folders)
            for path in (Path(place, name) for name in names):
                if path.name.lower().endswith(_SUFFIXES) and (path.is_file() or not path.exists()):
                    pages.append(path)
                else:
                    ending = path.suffixes[-2 if path.suffix.lower() == ".gz" else -1 :]
                    others["".join(ending).lower() or "without an ending"] += 1
        return sorted(pages), +others


def _read(path: Path, opts: argparse.Namespace) -> Article:
    from scrapy.exceptions import UsageError

    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            data = file.read(_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    text = path.name.lower().removesuffix(".gz").endswith(".txt")
    return _article(data, str(path), opts, plain=opts.plain or text)


def _article(data: bytes, name: str, opts: argparse.Namespace, *, plain: bool) -> Article:
    """Read a page or text.

    Raises:
        UsageError: it gives no article; the message begins with its name.
    """
    from scrapy.exceptions import UsageError

    from extractors import ExtractionError, clean, extract
    from extractors.charset import utf8

    if len(data) > _LIMIT:
        raise UsageError(f"{name}: too large: more than {_LIMIT:,} bytes")
    try:
        if plain:
            return clean(utf8(data).decode(), url=opts.url)
        url = opts.url or _told_by(data)
        article = extract(data, url or "")
    except ExtractionError as error:
        raise UsageError(f"{name}: {error}") from error
    return article if url else replace(article, url=None)


def _told_by(data: bytes) -> str | None:
    """Return the address that a page gives as its own, or that a browser noted; read from its first 64 KB."""
    from selectolax.lexbor import LexborHTMLParser

    from extractors.charset import utf8

    head = LexborHTMLParser(utf8(data[:65536]))
    for selector, attribute in (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")):
        node = head.css_first(selector)
        told = ((node.attributes.get(attribute) or "") if node else "").strip()
        if told.startswith(("http://", "https://")):
            return told
    noted = _SAVED.search(data[:4096])
    return noted[1].decode() if noted else None


def _print(article: Article, opts: argparse.Namespace, file: str | None = None) -> None:
    from spiders.verbs.rendering import render

    if text := render(article, opts.format, removed=opts.removed, file=file):
        print(text)
