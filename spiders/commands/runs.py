"""`scrapy runs`: how past crawls fared, what each site gives a day, and which have gone quiet. Nothing is changed."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.verbs.history import Past

_CHARTS = 20  # sites of which a chart is printed


class Command(Verb):
    """`scrapy runs`: exit status 0, 2 for what the user gave, 4 for a store that is missing or broken."""

    usage = "[options]"
    short = "List past crawls, how they ended, and what each site gives a day"
    long = (
        "A line a crawl, the latest first: when it began, how long it took, its spider (and the entry of a plan), "
        "its articles by state, the exit status, its outcomes by kind. Then new articles a day of each site. A "
        "site is named as quiet when it gave fewer new articles within 24 hours than on the same day of any of the "
        "last 8 weeks (3 at least are needed, on which it was asked), and so few that chance alone would do that "
        "on less than one day in a thousand. A crawl may go on meanwhile."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        from spiders.verbs.moments import WHEN

        super().add_options(parser)
        parser.add_argument("--site", metavar="DOMAIN", help="only crawls of this domain and those under it")
        parser.add_argument("--spider", metavar="NAME", help="only of this spider, or for this entry of a plan")
        parser.add_argument("--since", metavar="WHEN", help=f"only begun since {WHEN}")
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="crawls at most (default: 20)")
        parser.add_argument("--json", action="store_true", help="a line of JSON for each crawl, and nothing else")
        parser.add_argument("--html", metavar="FILE", help="write a page instead, which needs nothing beside it")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the runs and the charts, or write the page."""
        from spiders.store.reader import Reader
        from spiders.verbs import history
        from spiders.verbs.domains import expect
        from spiders.verbs.moments import moment
        from spiders.verbs.report import page_path, write

        _check(opts)
        path = opts.html and page_path(opts.html)
        now = datetime.now(UTC)
        since = moment(opts.since, now) if opts.since is not None else None
        with Reader(self.store_path) as reader:
            expect(reader, opts.site)
            fitting = (r for r in reader.runs(opts.site, since) if opts.spider in (None, r.spider, r.entry))
            runs = list(islice(fitting, opts.limit + 1))
            past = history.past(reader, runs[: opts.limit], now, opts.site)
        if path:
            write(path, history.html(past, now))
            print(f"{path} written")
        elif opts.json:
            for run in past.runs:
                print(history.as_line(run))
        elif runs:
            _print(past)
        if not runs:
            self.say("no crawl fits")
        elif len(runs) > opts.limit:
            self.say(f"these are the last {opts.limit}; --limit N shows more")


def _check(opts: argparse.Namespace) -> None:
    from scrapy.exceptions import UsageError

    from spiders.verbs.options import refuse_number

    refuse_number("--limit", opts.limit)
    if opts.json and opts.html:
        raise UsageError("--json prints lines, --html writes a page: leave one out")


def _print(past: Past) -> None:
    from rich.text import Text

    from spiders.surfaces.terminal import console, show
    from spiders.verbs import history

    out = console()
    show(history.table(past, out.width))
    for line in (*history.chart_lines(past, _CHARTS), *history.warnings(past.quiet)):
        out.print(Text(line), soft_wrap=True)
