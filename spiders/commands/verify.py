"""`scrapy verify`: is the store still what was written? What is damaged is named, nothing is mended."""

from __future__ import annotations

import argparse

from spiders.verbs.verb import Verb


class Command(Verb):
    """`scrapy verify`: exit status 0, 2 for what the user gave, 4 for a store that is damaged or missing."""

    short = "Check that the store is what was written to it"
    long = (
        "Checks the checksums of every raw page, article and revision, and the file as SQLite checks it. "
        "Each damage is a line: table, address, fault. Exit status 0 when nothing is damaged, 4 when something is."
    )

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what is damaged, and the sum."""
        from spiders.status import ExitStatus
        from spiders.store.reader import Reader
        from spiders.surfaces.scrubbing import scrub_url
        from spiders.surfaces.terminal import counted, printable, working

        found = 0
        with Reader(self.store_path) as reader, working("checking every row"):
            for damage in reader.damage():
                found += 1
                told = (damage.table, scrub_url(damage.name), damage.fault)
                print(": ".join(printable(part) for part in told if part))
            checked = "" if found else reader.sizes()
        if found:
            self.exitcode = ExitStatus.BROKEN
            self.say(f"the store {self.store_path} is damaged in {counted(found, 'place')}")
        else:
            print(f"nothing is damaged: {checked}")
