"""`scrapy reextract`: today's extractors over the pages that are stored, or over an archive, without the network."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.record import Raw
    from spiders.store import Store
    from spiders.store.reader import Reader
    from spiders.verbs.reextraction import Page, Reading
    from spiders.verbs.tally import Tally


class Command(Verb):
    """`scrapy reextract`: exit status 0, 2 to 5 as with every command, 10 where pages failed, 11 interrupted."""

    usage = "[options]"
    short = "Read the stored pages again with today's extractors, and show what that changes"
    long = (
        "A text that differs becomes the article's new version. A shorter text (less than half of the words), a "
        "block page or an empty body does not replace an article: it is kept as a flagged revision. Pages of an "
        "archive that the store fetched itself count as its own; others are compared with what is stored and not "
        "written (scrapy replay stores them). Nothing is fetched. Exit status 10: some pages could not be read."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        from spiders.verbs.moments import WHEN

        super().add_options(parser)
        parser.add_argument("--site", metavar="DOMAIN", help="only pages of this domain and those under it")
        parser.add_argument("--since", metavar="WHEN", help=f"only pages fetched since {WHEN}")
        parser.add_argument("--warc", nargs="+", metavar="FILE", help="read these archives instead of the stored pages")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
        parser.add_argument("--html", metavar="FILE", help="write what is shown to a page as well")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the pages, print what changed and a table of the sites."""
        import asyncio

        from spiders.archives import Archive
        from spiders.status import ExitStatus
        from spiders.store import Store
        from spiders.store.reader import Reader
        from spiders.surfaces.terminal import counted
        from spiders.verbs.domains import Chosen, expect
        from spiders.verbs.report import page_path
        from spiders.verbs.tally import Tally

        path = opts.html and page_path(opts.html)
        archives = [Archive(path) for path in opts.warc or ()]
        chosen = Chosen(chain.from_iterable(archives), opts.site, " or ".join(opts.warc or ()))
        tally = Tally(keep=path is not None)
        with ExitStack() as open_:
            reader = open_.enter_context(Reader(self.store_path))
            if not archives:
                expect(reader, opts.site)
            store = None if opts.dry_run else open_.enter_context(Store(self.store_path))
            asyncio.run(self._read(reader, store, _pages(reader, chosen if archives else None, opts), tally))
            if archives:
                chosen.expect()
            if store and (mended := store.vitals.clear()):
                self.say(f"mended, and in doubt no more (scrapy drift): {counted(mended, 'article')}")
        for line in tally.table():
            print(line)
        for archive in archives:
            for note in archive.notes():
                self.say(note)
        if path:
            _write(path, tally, "what would change" if opts.dry_run else "what changed")
        if tally.failed or any(archive.damaged for archive in archives):
            self.exitcode = ExitStatus.INCOMPLETE

    async def _read(self, reader: Reader, store: Store | None, pages: Iterable[Page], tally: Tally) -> None:
        from spiders.exports.progress import followed
        from spiders.verbs.reextraction import Reextraction
        from spiders.workers.pool import Pool

        assert self.settings is not None  # Scrapy sets them before it calls run()
        with followed(pages, "scrapy reextract") as seen:
            async with Pool(self.settings) as pool:
                async for reading in Reextraction(reader, pool, store).readings(seen):
                    tally.add(reading)
                    for line in _lines(reading):
                        print(line)


def _pages(reader: Reader, archived: Iterable[Raw] | None, opts: argparse.Namespace) -> Iterator[Page]:
    """Yield the pages that the options choose, of the store where there are no archived ones.

    Raises:
        UsageError: there is no such time.
    """
    from spiders.verbs.moments import moment
    from spiders.verbs.reextraction import archived_pages, stored_pages

    since = moment(opts.since, datetime.now(UTC)) if opts.since is not None else None
    if archived is None:
        return stored_pages(reader, reader.pages(opts.site, since))
    first = since if since is None or isinstance(since, datetime) else datetime.combine(since, time(), UTC)
    return archived_pages(reader, (raw for raw in archived if first is None or raw.fetched >= first))


def _lines(reading: Reading) -> Iterator[str]:
    from spiders.surfaces.terminal import told
    from spiders.verbs.reextraction import SHOWN

    if reading.verdict in SHOWN:
        yield told(f"{reading.verdict}: {reading.address}{f': {reading.note}' if reading.note else ''}")
        yield from (f"    {told(difference.marked())}" for difference in reading.differences)


def _write(path: Path, tally: Tally, title: str) -> None:
    """Write the page.

    Raises:
        ExportError: it cannot be written; the one that was there is as it was.
    """
    from spiders.verbs.report import html, write

    header, *rows = tally.rows()
    about = f"Copydesk read {tally.pages} stored pages again on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC."
    write(path, html(f"Reextraction: {title}", about, header, rows, tally.kept))
    print(f"{path} written")
