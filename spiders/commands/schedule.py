"""`scrapy schedule [PLAN]`: crawls that are repeated: show when, keep them running, or write it down for others."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyHelpFormatter

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.plans.plan import Entry

_EXAMPLE = """\
A plan is a TOML file; without one, SCHEDULE in spiders/settings.py is a list of such tables:

  [[crawl]]
  name = "harbour"                  # its own; letters, digits, - and _
  sites = ["https://news.example"]  # or sites = "FILE", one a line; or spider = "ynetnews_com"
  every = "30m"                     # what divides a day, or 1d or 1w
  jitter = "5m"                     # begins up to so much later
  quiet = "23:00-06:00"             # begins nothing then; made up for at the end
  zone = "Europe/Oslo"              # whose hours these are (default: UTC)
  store = "data/copydesk.db"        # default: COPYDESK_STORE
  settings = { DOWNLOAD_DELAY = 2 } # as -s gives them to scrapy crawl
"""
_PROMISES = """\
Shows when each entry is due. Each begins at a minute of its own, made from its
name. What was missed is made up for, once. A crawl never overlaps another one
of its entry or of its store: they wait for each other. --run ends on SIGTERM or
Ctrl-C as a crawl does; after a kill, start it again: the stores know what is
due. What -s says here is said to each crawl.

Exit status: 0, 2 usage, 4 a broken plan or store.
"""


class _AsWritten(argparse.RawDescriptionHelpFormatter, ScrapyHelpFormatter):
    """Scrapy's help, with the lines of a plan as they are."""


class Command(Verb):
    """`scrapy schedule`: exit status 0, 2 for what the user gave, 4 for a broken plan or store."""

    takes = 0, 1
    operands = "one plan, a TOML file, or none for SCHEDULE of the settings"
    usage = "[PLAN.toml] [options]"
    short = "Show a plan of repeated crawls, keep it running, or print it for systemd or cron"
    long = f"{_EXAMPLE}\n{_PROMISES}"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.formatter_class = _AsWritten
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--run", action="store_true", help="keep the plan running, in the foreground")
        ways.add_argument("--systemd", action="store_true", help="print a service and a timer for each entry")
        ways.add_argument("--cron", action="store_true", help="print lines of a crontab")
        parser.add_argument("--into", metavar="FOLDER", help="with --systemd: write the units there, a file each")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show, run or print the plan."""
        from scrapy.exceptions import UsageError

        if opts.into and not opts.systemd:
            raise UsageError("--into goes with --systemd")
        entries = self._entries(args, opts)
        if opts.run:
            self._run(entries)
        elif opts.systemd:
            self._units(entries, opts.into)
        elif opts.cron:
            self._crontab(entries)
        else:
            self._show(entries)

    def _entries(self, args: list[str], opts: argparse.Namespace) -> list[Entry]:
        from scrapy.exceptions import UsageError
        from scrapy.utils.conf import arglist_to_dict

        from spiders.plans.plan import entries, read
        from spiders.roster import Roster

        assert self.settings is not None  # Scrapy sets them before it calls run()
        if args:
            tables, source = read(Path(args[0])), args[0]
        else:
            tables, source = self.settings["SCHEDULE"], "SCHEDULE in the settings"
            if not isinstance(tables, list | tuple) or not tables:
                raise UsageError(
                    "no crawl is planned: name a plan (scrapy schedule plan.toml), or write SCHEDULE in "
                    "spiders/settings.py; --help shows how"
                )
        roster = Roster(self.settings)
        given = {name: value for name, value in arglist_to_dict(opts.set).items() if name != "COPYDESK_STORE"}
        known = [*roster.list(), *roster.broken]
        return entries(tables, source, spiders=known, store=self.store_path, given=given)

    def _show(self, entries: list[Entry]) -> None:
        from spiders.surfaces.terminal import console
        from spiders.verbs.timetable import last_runs, timetable

        out = console()
        out.print(timetable(entries, last_runs(entries), datetime.now(UTC), out.width))

    def _run(self, entries: list[Entry]) -> None:
        from spiders.plans.daemon import Daemon
        from spiders.verbs.timetable import last_runs

        last = {name: datetime.fromisoformat(run.started) for name, run in last_runs(entries).items()}
        Daemon(entries, last, say=lambda line: self.say(f"{datetime.now():%Y-%m-%d %H:%M:%S} {line}")).run()

    def _units(self, entries: list[Entry], into: str | None) -> None:
        from scrapy.exceptions import UsageError

        from spiders.plans.units import units

        files = list(units(entries, Path.cwd(), _flock()))
        if into is None:
            for name, text in files:
                print(f"# --- {name}\n{text}")
            return
        try:
            Path(into).mkdir(parents=True, exist_ok=True)
            for name, text in files:
                (Path(into) / name).write_text(text, "utf-8")
            for entry in entries:  # systemd starts nothing that may write into a folder that is not there
                entry.store.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"the units cannot be written into {into}: {error.strerror}") from error
        self.say(
            f"{len(files)} files are in {into}: copy them to /etc/systemd/system, then: systemctl enable --now "
            + " ".join(name for name, _ in files if name.endswith(".timer"))
        )

    def _crontab(self, entries: list[Entry]) -> None:
        from spiders.plans.crontab import lines

        for line in lines(entries, Path.cwd(), _flock(), datetime.now().astimezone()):
            print(line)


def _flock() -> str:
    """Return the path of flock(1), with which crawls wait for each other."""
    import shutil

    from scrapy.exceptions import UsageError

    if found := shutil.which("flock"):
        return found
    raise UsageError("there is no flock on this machine: install util-linux")
