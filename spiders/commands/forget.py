"""`scrapy forget ADDRESS|SITE`: takes an article, or all of a site, out of the store for good."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.record import Record

_SITE = re.compile(r"(?!-)[\w-]{1,63}(\.[\w-]{1,63})+\.?")


class Command(Verb):
    """`scrapy forget`: exit status 0, 2 for what the user gave, 3 to 5 as the store has it."""

    takes = 1, 1
    operands = "the address of one article, or a site (news.example)"
    usage = "ADDRESS|SITE [--yes]"
    short = "Take an article, or all of a site, out of the store for good"
    long = (
        "The article, its revisions and its raw page are deleted, and overwritten in the file; their addresses "
        "are remembered and never fetched again. Exports and copies of the store are not touched. "
        "Exit status 0, 2 what you gave is not in the store, 4 the store is broken, 5 a crawl holds it."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--yes", action="store_true", help="do not ask before a whole site goes")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take it out, and say how much it was."""
        from scrapy.exceptions import UsageError

        from extractors.engine.addresses import is_front
        from spiders.store import Store
        from spiders.store.reader import Reader
        from spiders.surfaces.scrubbing import scrub_url
        from spiders.surfaces.terminal import counted, printable
        from spiders.verbs.domains import domain, expect

        named = args[0]
        web = named.startswith(("http://", "https://"))
        one = web and not is_front(named)
        if not web and not _SITE.fullmatch(named.removesuffix("/")):
            raise UsageError(f"{named[:200]!r} is neither a web address (with https://) nor a site (news.example)")
        named = named if one else domain(named)
        with Reader(self.store_path) as reader:
            expect(reader, None if one else named)
            count = _count(reader.records(named) if one else reader.records(site=named))
            if one and not count and reader.fate(named) is None:
                raise UsageError(f"the store {reader.path} does not know {scrub_url(named)}")
        if not one and not opts.yes and not _agreed(named, count):
            print("nothing was forgotten")
            return
        with Store(self.store_path) as store:
            taken = store.forget(named)
        print(f"forgot {counted(taken, 'article')} of {printable(scrub_url(named))}")


def _count(records: Iterator[Record]) -> int:
    """Count articles; damaged ones, which can be forgotten as well, are left out."""
    from spiders.errors import StoreDamageError

    count = 0
    try:
        for _ in records:
            count += 1
    except StoreDamageError:  # said when all others have passed
        return count
    return count


def _agreed(site: str, count: int) -> bool:
    """Ask on a terminal.

    Raises:
        UsageError: there is nobody to ask.
    """
    from scrapy.exceptions import UsageError

    from spiders.surfaces.terminal import agreed, counted, printable

    question = f"forget all of {printable(site)}, {counted(count, 'article')}, for good"
    if not sys.stdin.isatty():
        raise UsageError(f"--yes is needed to {question}")
    return agreed(f"{question}?")
