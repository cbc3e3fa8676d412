"""`scrapy replay ARCHIVE`: the pages of a WARC file, stored as if they had been crawled. No network."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.archives import Archive
    from spiders.store import Store
    from spiders.verbs.domains import Chosen
    from spiders.verbs.replay import Replay


class Command(Verb):
    """`scrapy replay`: the exit statuses of a crawl; 10 also where the archive is damaged."""

    takes = 1, 1
    operands = "one WARC file"
    usage = "ARCHIVE [options]"
    short = "Store the articles of a WARC file as a crawl would, without the network"
    long = (
        "ARCHIVE is a WARC file of any crawler (.warc, .warc.gz, .warc.zst). Its pages, responses with status 200 "
        "that are HTML, go through today's extractors into the store. A text that is older than the stored one "
        "becomes a flagged revision. What is damaged or cut short is told and not stored. Run it again after an "
        "interruption: what is stored is not read anew. A recording (cassette) is replayed by "
        "scrapy crawl SPIDER -s CASSETTE=PATH. Exit status: as of scrapy crawl, 10 also for a damaged archive."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--site", metavar="DOMAIN", help="only pages of this domain and those under it")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the archive into the store; print what came of it."""
        from spiders.archives import Archive
        from spiders.extensions.storeroom import keeping
        from spiders.extensions.summary import Summary
        from spiders.manners.revisits import revisits
        from spiders.store import Store
        from spiders.verbs.domains import Chosen

        assert self.settings is not None  # Scrapy sets them before it calls run()
        archive = Archive(args[0], limit=self.settings.getint("DOWNLOAD_MAXSIZE"))
        archive.check()
        chosen = Chosen(archive, opts.site, str(archive.path))
        prunes, keep = keeping(self.settings["KEEP_RAW"])
        watch = revisits(self.settings.getdict("REVISIT"))
        with Store(self.store_path, watch=watch) as store:
            replay = asyncio.run(self._replayed(archive, chosen, store))
            if prunes and not replay.ledger.stopped_by:
                store.prune(keep)
        ledger = replay.ledger
        Summary(stderr=False).print(ledger)
        for note in archive.notes():
            self.say(note)
        if replay.repeated:
            self.say(f"{archive.path}: {replay.repeated} more pages have an address that came before, or was forgotten")
        self.exitcode = replay.status
        if ledger.stopped_by:
            self.say(str(ledger.stopped_by))
        elif ledger.reason != "finished":
            self.say("interrupted: run it again to go on")
        else:
            chosen.expect()

    async def _replayed(self, archive: Archive, pages: Chosen, store: Store) -> Replay:
        """Read what was chosen of an archive; return what came of it also where it was stopped."""
        from extractors import CopydeskError
        from spiders.exports.progress import followed
        from spiders.rights.clearance import Clearance
        from spiders.verbs.replay import Replay
        from spiders.workers.pool import Pool

        assert self.settings is not None
        clearance = Clearance(self.settings)
        async with Pool(self.settings) as pool:
            replay = Replay(store, pool, clearance, f"replay {archive.path.name}")
            reason = "stopped"
            try:
                with followed(pages, f"scrapy replay: {archive.path.name}") as seen:
                    await replay.take(seen)
                reason = "finished"
            except asyncio.CancelledError:  # Ctrl-C
                reason = "shutdown"
            except CopydeskError as error:
                replay.ledger.stopped_by = error
            replay.close(reason, damaged=bool(archive.damaged))
        return replay
