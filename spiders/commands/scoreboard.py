"""`scrapy scoreboard [SITE…]`: how right each site is on pages whose text a person knows. Nothing is changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.specimens.pages import Specimen
    from spiders.verbs.scoreboard import Past


class Command(Verb):
    """`scrapy scoreboard`: exit status 0, 2 for what the user gave, 4 for a recording or site file that is broken."""

    takes = 0, 1000
    operands = "domains"
    usage = "[SITE ...] [options]"
    short = "Print how right each site is on pages whose text is known, and what that costs"
    long = (
        "Reads the recordings that have an expectation, or the pages of a corpus. A line a site, those first that "
        "have drifted or that have most to mend: pages; how many are right to the last word (exact); F1 over runs "
        "of four words; sentences that are too much (leaked); paragraphs that lack (missing); the median agreement "
        "of template and engine, on these pages or else on the stored; what drifted last, by the store (scrapy "
        "drift tells more); CPU as a multiple of a bare parse, with the engine beside a template as in a crawl "
        "(cost) and without (unchecked). Sites of the store that have no such page follow."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "--recordings", default="cassettes", metavar="FOLDER", help="the recordings (default: cassettes)"
        )
        parser.add_argument(
            "--corpus", action="append", default=[], metavar="FOLDER", help="this corpus instead (may be repeated)"
        )
        parser.add_argument("--json", action="store_true", help="a line of JSON for each site, and nothing else")
        parser.add_argument("--html", metavar="FILE", help="write a page instead, which needs nothing beside it")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the pages; print the table, or write the page."""
        from scrapy.exceptions import UsageError

        from spiders.specimens.pages import of_site
        from spiders.surfaces.terminal import show, working
        from spiders.verbs import scoreboard
        from spiders.verbs.domains import domain
        from spiders.verbs.measurement import readings
        from spiders.verbs.report import page_path, write

        _check(opts)
        path = opts.html and page_path(opts.html)
        with working("scrapy scoreboard"):
            domains = [domain(site) for site in args]
            pages = of_site(_pages(opts), domains) if domains else _pages(opts)
            sites = scoreboard.board(list(readings(pages)), self._pasts(domains))
        _know(domains, [site.name for site in sites])
        if not sites:
            raise UsageError("there is no page whose text is known, nor any in the store")
        if path:
            about = ", ".join(opts.corpus or [opts.recordings])
            write(path, scoreboard.html(sites, about, datetime.now(UTC)))
            print(f"{path} written")
        elif opts.json:
            for site in sites:
                print(scoreboard.as_line(site))
        else:
            show(scoreboard.table(sites))

    def _pasts(self, sites: list[str]) -> dict[str, Past]:
        """Return what the store knows, by site; nothing where nobody has crawled yet."""
        from spiders.store.reader import Reader
        from spiders.verbs.scoreboard import pasts

        if not self.store_path.is_file():
            self.say(f"there is no store at {self.store_path}: what has drifted is not known")
            return {}
        with Reader(self.store_path) as reader:
            return pasts(reader, sites)


def _pages(opts: argparse.Namespace) -> Iterator[Specimen]:
    from spiders.specimens import pages as specimens

    if not opts.corpus:
        yield from specimens.recorded_pages(Path(opts.recordings))
    for folder in opts.corpus:
        yield from specimens.corpus_pages(Path(folder))


def _know(domains: list[str], sites: list[str]) -> None:
    """Make sure that there is something to say of each site that was asked for.

    Raises:
        UsageError: there is nothing of one.
    """
    from scrapy.exceptions import UsageError

    from extractors.registry import site_files
    from spiders.addresses import is_of
    from spiders.verbs.domains import meant

    for one in domains:
        if not any(is_of(f"//{site}", one) or is_of(f"//{one}", site) for site in sites):
            why = f"there is no page of {one} whose text is known (its expectation signed), nor any in the store"
            raise UsageError(why + meant(one, site_files()))


def _check(opts: argparse.Namespace) -> None:
    from scrapy.exceptions import UsageError

    if opts.json and opts.html:
        raise UsageError("--json prints lines, --html writes a page: leave one out")
