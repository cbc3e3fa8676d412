"""`scrapy idle [SITE…]`: what of the site files changes no article. Nothing is changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.specimens.pages import Specimen
    from spiders.verbs.idle import Idleness

_STORED = 100  # pages of a domain, the last that came: all are in memory while its file is tried
_SHOWN = 20  # of what is no fault, where no site is named


class Command(Verb):
    """`scrapy idle`: exit status 0, 13 where something is idle, 2 and 4 as with every command."""

    takes = 0, 1000
    operands = "domains that have a site file"
    usage = "[SITE ...] [options]"
    short = "Try each rule of the site files blank, and name those that change no article"
    long = (
        "Each template, field, noise selector, amend and alternative of a selector is left out in turn, and the "
        "pages of the site are read again: the recordings in cassettes/, and with --corpus and --stored others as "
        "well. What changes nothing on any page is idle; all that is named can be deleted at once. An alternative "
        "that stands on no page is told apart and is no fault. Exit status 13: something is idle."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "--recordings", default="cassettes", metavar="FOLDER", help="the recordings (default: cassettes)"
        )
        parser.add_argument(
            "--corpus", action="append", default=[], metavar="FOLDER", help="pages of this corpus too (may be repeated)"
        )
        parser.add_argument("--stored", action="store_true", help=f"the last {_STORED} stored pages of a site too")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Try the rules and print what is idle."""
        from spiders.exports.progress import followed
        from spiders.specimens.pages import of_site
        from spiders.status import ExitStatus
        from spiders.surfaces.terminal import counted, told
        from spiders.verbs.domains import domain
        from spiders.verbs.idle import idleness, site_templates

        files = site_templates([domain(site) for site in args])
        results = []
        with ExitStack() as open_, followed(files.items(), "scrapy idle: site files", step=1) as seen:
            domains = sorted({domain for own in files.values() for t in own for domain in t.domains})
            pages = of_site(self._pages(domains, opts, open_), domains)
            for path, templates in seen:
                results.append(result := idleness(path, templates, pages))
                for line in result.idle:
                    print(told(f"{path.name}: {line} changes nothing on {counted(result.pages, 'page')}"))
        for line in _notes(results, whole=bool(args)):
            self.say(line)
        idle = sum(len(result.idle) for result in results)
        rules, read = sum(result.rules for result in results), sum(result.pages for result in results)
        print(f"{counted(len(results), 'site file')}, {counted(rules, 'rule')}, {counted(read, 'page')}: {idle} idle")
        if idle:
            self.exitcode = ExitStatus.AMISS

    def _pages(self, domains: list[str], opts: argparse.Namespace, open_: ExitStack) -> Iterator[Specimen]:
        from spiders.specimens import pages as specimens
        from spiders.store.reader import Reader

        yield from specimens.recorded_pages(Path(opts.recordings))
        for folder in opts.corpus:
            yield from specimens.corpus_pages(Path(folder))
        if opts.stored:
            reader = open_.enter_context(Reader(self.store_path))
            yield from specimens.stored_pages(reader, domains, _STORED)


def _notes(results: list[Idleness], *, whole: bool) -> Iterator[str]:
    """Yield what is no fault: what could not be tried for want of a page."""
    lines = [f"{r.path.name}: {name} reads no page, so it was not tried" for r in results for name in r.untried]
    lines += [f"{r.path.name}: {rule} stands on no page" for r in results for rule in r.unseen]
    yield from lines if whole else lines[:_SHOWN]
    if len(lines) > _SHOWN and not whole:
        yield f"{len(lines) - _SHOWN} more like these: name a site to see all of its"
