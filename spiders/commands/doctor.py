"""`scrapy doctor`: what is loosened, what is missing, how much room there is. Nothing is changed or fetched."""

from __future__ import annotations

import argparse

from spiders.verbs.verb import Verb


class Command(Verb):
    """`scrapy doctor`: exit status 0 when all is fine, 2 for what the user gave, 4 when something is not."""

    short = "Show what is loosened or wrong: settings, libraries, disk, store, site files"
    long = (
        "Looks at every setting that keeps a crawl safe (with -s, as a crawl with the same -s would have it), open "
        "ports, proxies, the versions of libraries with known holes, the room on the disk, the store, and the "
        "site files of COPYDESK_SITES. A line each: fine, loosened or wrong. Exit status 0 when all is fine, 4 "
        "when something is loosened or wrong, or a setting is none that a crawl could use."
    )

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what was found, what is not fine first."""
        from spiders.status import ExitStatus
        from spiders.surfaces.terminal import told
        from spiders.verbs.checkup import State, checks

        assert self.settings is not None  # Scrapy sets them before it calls run()
        found = sorted(checks(self.settings, self.store_path), key=lambda check: check.state is State.FINE)
        for check in found:
            print(told(f"{check.state}: {check.name}: {check.told}"))
        if count := sum(check.state is not State.FINE for check in found):
            self.exitcode = ExitStatus.BROKEN
            self.say(f"{count} of {len(found)} checks found something")
