"""`scrapy articles [ADDRESS]`: what is stored, a line an article, or one article in full. Nothing is changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.store.reader import Reader

# What is said of a list that is empty.
_NOTHING = {"failed": "no address failed", "passed-over": "nothing was passed over", "": "nothing that is stored fits"}


class Command(Verb):
    """`scrapy articles`: exit status 0, 2 for what the user gave, 4 for a store that is missing or broken."""

    takes = 0, 1
    operands = "one address, or none for a list"
    usage = "[ADDRESS] [options]"
    short = "List what is stored, or show one article"
    long = (
        "Without an address: a line an article (published, site, words, headline, address), the latest first. "
        "With the address of an article: all of it. A crawl may go on meanwhile."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        from spiders.verbs.moments import WHEN

        super().add_options(parser)
        parser.add_argument("--site", metavar="DOMAIN", help="only of this domain and those under it")
        parser.add_argument("--since", metavar="WHEN", help=f"only published (stored, if undated) since {WHEN}")
        parser.add_argument("--until", metavar="WHEN", help="only published (stored, if undated) until then")
        parser.add_argument("--words", metavar="WORDS", help="only with all of these words in headline or text")
        parser.add_argument("--run", type=int, metavar="N", help="only of this run")
        parser.add_argument("--suspect", action="store_true", help="only articles in doubt (scrapy drift), and why")
        parser.add_argument("--failed", action="store_true", help="list the addresses that failed, and why, instead")
        parser.add_argument("--passed-over", action="store_true", help="list what looked like no article, and why")
        parser.add_argument("--limit", type=int, default=50, metavar="N", help="lines at most (default: 50)")
        parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="default: text")
        parser.add_argument("--removed", action="store_true", help="of one article: what was taken out, and why")
        parser.add_argument("--revisions", action="store_true", help="of one article: its versions and what changed")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the list or the article."""
        from spiders.store.reader import Reader
        from spiders.verbs import inventory
        from spiders.verbs.domains import expect

        _check(args, opts)
        with Reader(self.store_path) as reader:
            expect(reader, opts.site)
            if not args:
                self._list(_listed(reader, opts), opts.limit, nothing=_NOTHING[_instead(opts)])
                return
            record = inventory.found(reader, args[0])
            shown = inventory.versions(reader, record, opts.format) if opts.revisions else None
            for line in shown or inventory.whole(record, opts.format, removed=opts.removed):
                print(line)

    def _list(self, lines: Iterator[str], limit: int, *, nothing: str) -> None:
        number = 0
        for number, line in enumerate(lines, start=1):
            if number <= limit:
                print(line)
            elif number == limit + 1:
                self.say(f"these are the first {limit}; --limit N shows more")
        if not number:
            self.say(nothing)


def _instead(opts: argparse.Namespace) -> str:
    """Name the list that is asked for instead of that of the articles."""
    return "failed" if opts.failed else "passed-over" if opts.passed_over else ""


def _check(args: list[str], opts: argparse.Namespace) -> None:
    from scrapy.exceptions import UsageError

    from spiders.verbs.options import refuse_number

    chosen = [name for name in ("site", "since", "until", "words", "run") if getattr(opts, name) is not None]
    chosen += ["suspect"] if opts.suspect else []
    instead = _instead(opts)
    if args and (chosen or instead):
        raise UsageError(f"an address names one article: leave out --{(chosen or [instead])[0]}")
    if opts.failed and opts.passed_over:
        raise UsageError("--failed and --passed-over are two lists: leave one out")
    if not args and (opts.removed or opts.revisions):
        raise UsageError("--removed and --revisions are about one article: name its address")
    if (not args or opts.revisions) and opts.format == "markdown":
        raise UsageError("--format markdown shows one article: name its address, without --revisions")
    if opts.removed and opts.revisions:
        raise UsageError("--removed is about one version, --revisions about all: leave one out")
    if instead and (unfit := [name for name in chosen if name not in ("site", "run")]):
        raise UsageError(f"--{instead} goes with --site and --run, not with --{unfit[0]}")
    refuse_number("--limit", opts.limit)
    refuse_number("--run", opts.run)


def _listed(reader: Reader, opts: argparse.Namespace) -> Iterator[str]:
    from spiders.verbs import inventory
    from spiders.verbs.moments import moment

    if opts.failed:
        return inventory.failures(reader, opts.format, site=opts.site, run=opts.run)
    if opts.passed_over:
        return inventory.passed_over(reader, opts.format, site=opts.site, run=opts.run)
    now = datetime.now(UTC)
    since, until = (moment(text, now) if text is not None else None for text in (opts.since, opts.until))
    words = (opts.words or "").split()
    within: dict[str, Any] = {"site": opts.site, "since": since, "until": until, "run": opts.run}
    records = reader.records(**within, words=words, suspect=opts.suspect, newest=opts.limit + 1)
    return inventory.articles(records, opts.format)
