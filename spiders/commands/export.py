"""`scrapy export --to FILE`: what is stored, as JSON lines, CSV, Parquet or WARC. The store is not changed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Generator, Iterable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.record import Record
    from spiders.store import StoredRaw
    from spiders.store.reader import Reader


class Command(Verb):
    """`scrapy export`: exit status 0, 2 for what the user gave, 3 no room, 4 a store that is missing or damaged."""

    usage = "--to FILE [options]"
    short = "Write what is stored to a file: JSON lines, CSV, Parquet or WARC"
    long = (
        "FILE.jsonl: an article a line, every field. FILE.csv: every field but the blocks, for spreadsheets; a "
        "text that they would take for a formula gets an apostrophe before it. FILE.parquet: every field, typed. "
        "FILE.warc.gz and FILE.warc.zst: the raw responses (chosen by when they were last seen), for archives. The "
        "file is put in place when it is whole; until then, and if anything goes wrong, the one that was there "
        "stays. A crawl may go on meanwhile. Exit status: 3 there is no room, 4 the store is missing or damaged."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        from spiders.verbs.moments import WHEN

        super().add_options(parser)
        parser.add_argument(
            "--to", metavar="FILE", help="the file to write; -:jsonl, -:csv or -:warc.gz write to standard output"
        )
        parser.add_argument("--site", metavar="DOMAIN", help="only of this domain and those under it")
        parser.add_argument("--since", metavar="WHEN", help=f"only published (stored, if undated) since {WHEN}")
        parser.add_argument("--until", metavar="WHEN", help="only published (stored, if undated) until then")
        parser.add_argument("--revisions", action="store_true", help="earlier and flagged versions of articles too")
        parser.add_argument(
            "--raw-csv", action="store_true", help="leave texts in CSV as they are, formulas too; for programs"
        )

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the file, and one sentence about it."""
        from spiders.store.reader import Reader
        from spiders.verbs.domains import expect

        form, since, until = _form(opts), *_range(opts)
        with Reader(self.store_path) as reader:
            expect(reader, opts.site)
            items: Generator[StoredRaw | Record]
            if form.startswith("warc"):
                items = _responses(reader, opts.site, since, until)
            else:
                items = self._articles(reader, opts, since, until)
            with closing(items):  # before the store is
                if opts.to.startswith("-"):
                    self._to_stdout(items, form, neutral=not opts.raw_csv)
                else:
                    self._to_file(Path(opts.to), items, form, neutral=not opts.raw_csv)

    def _to_file(self, path: Path, items: Iterable[Any], form: str, *, neutral: bool) -> None:
        from spiders.exports import failure, write_all, writer
        from spiders.exports.progress import followed
        from spiders.exports.replacement import replacement
        from spiders.surfaces.terminal import counted

        try:
            with replacement(path) as file, followed(items, f"scrapy export: {path.name}") as seen:
                count = write_all(seen, writer(form, file, neutral=neutral), self._fail)
            size = path.stat().st_size
        except OSError as error:
            raise failure(str(path), error) from error
        print(f"{counted(count, _noun(form))} written to {path} ({_size(size)})")
        self._note(count, form)

    def _to_stdout(self, items: Iterable[Any], form: str, *, neutral: bool) -> None:
        from spiders.exports import failure, write_all, writer
        from spiders.surfaces.terminal import counted, let_go

        try:
            count = write_all(items, writer(form, sys.stdout.buffer, neutral=neutral), self._fail)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # `| head` has read enough
            raise
        except OSError as error:
            let_go(sys.stdout)
            raise failure("standard output", error) from error
        self.say(f"{counted(count, _noun(form))} written")
        self._note(count, form)

    def _note(self, count: int, form: str) -> None:
        if not count:
            self.say(f"no {_noun(form)} that is stored fits")

    def _articles(
        self, reader: Reader, opts: argparse.Namespace, since: date | None, until: date | None
    ) -> Generator[Record]:
        """Yield articles by address, each behind its earlier versions where those are asked for."""
        from spiders.errors import StoreDamageError

        for record in reader.records(site=opts.site, since=since, until=until):
            if opts.revisions:
                try:
                    yield from reader.revisions(record.address)
                except StoreDamageError as error:  # of this article's; all others are whole
                    self._fail(error)
            yield record


def _form(opts: argparse.Namespace) -> str:
    """Return the form that the options ask for.

    Raises:
        UsageError: they ask for none that there is, or do not go together.
    """
    from scrapy.exceptions import UsageError

    from spiders.exports import FORMS, form_of

    if not opts.to:
        raise UsageError("name the file to write: --to articles.jsonl; see scrapy export --help")
    if opts.to == "-" or opts.to.startswith("-:"):
        form = opts.to[2:] or "jsonl"
        if form not in FORMS or form == "parquet":
            raise UsageError(f"standard output can be {', '.join(f for f in FORMS if f != 'parquet')}, not {form!r}")
        if form.startswith("warc") and sys.stdout.isatty():
            raise UsageError("an archive is nothing to look at: send standard output to a file or another program")
    elif not (form := form_of(opts.to) or ""):
        raise UsageError(f"{opts.to}: the end of its name tells no form; there are .{', .'.join(FORMS)}")
    if opts.raw_csv and form != "csv":
        raise UsageError("--raw-csv is about CSV")
    if opts.revisions and form.startswith("warc"):
        raise UsageError("--revisions is about articles: an archive holds every response that is kept")
    return form


def _range(opts: argparse.Namespace) -> tuple[date | None, date | None]:
    from spiders.verbs.moments import moment

    now = datetime.now(UTC)
    return opts.since and moment(opts.since, now), opts.until and moment(opts.until, now)


def _responses(reader: Reader, site: str | None, since: date | None, until: date | None) -> Generator[StoredRaw]:
    for response in reader.raws(site=site, since=since):
        when = response.seen if isinstance(until, datetime) else response.seen.astimezone(UTC).date()
        if until is None or when <= until:
            yield response


def _noun(form: str) -> str:
    return "response" if form.startswith("warc") else "article"


def _size(size: float) -> str:
    """Return a size as a person reads it.

    >>> _size(812), _size(2_340_000)
    ('812 bytes', '2.3 MB')
    """
    if size < 1000:
        return f"{size:.0f} bytes"
    units = iter(("KB", "MB", "GB"))
    while (size := size / 1000) >= 999.95:
        next(units)
    return f"{size:.1f} {next(units)}"
