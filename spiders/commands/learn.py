"""`scrapy learn SITE`: lines that recur in the body on many pages of a site, proposed as noise for its site file."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from extractors.site import Site
    from spiders.specimens.pages import Specimen
    from spiders.verbs.lessons import Lesson, Lessons

_PAGES = 300  # the last that came
_LINES = 3  # shown of each proposal, and of what is against it
_WIDTH = 100  # letters shown of a line


class Command(Verb):
    """`scrapy learn`: exit status 0, 2 for what the user gave, 4 for a store or site file that is broken."""

    takes = 1, 1
    operands = "one domain"
    usage = "SITE [options]"
    short = "Propose lines that recur on a site's pages as noise for its site file"
    long = (
        f"Reads the last {_PAGES} stored pages of the site (or recordings, or a corpus) and looks for lines of the "
        "body that stand on three pages or more, and on one in twenty, at the same place. Each place is proposed "
        "as a selector with its label, the lines that it takes out, and the lines that it would take out although "
        "they stand on few pages. At a terminal each proposal is asked for; --accept takes those that it names, or "
        "all that nothing speaks against. Only then the site file is written. --body begins one where there is "
        "none."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--corpus", metavar="FOLDER", help="read the pages of this corpus instead of the stored")
        parser.add_argument("--recordings", metavar="FOLDER", help="read these recordings instead of the stored pages")
        parser.add_argument(
            "--accept", action="append", metavar="SELECTOR", help="write this proposal into the site file, or all"
        )
        parser.add_argument("--body", metavar="SELECTOR", help="begin a site file: where the story's paragraphs are")

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show what the site teaches; write what was accepted."""
        from scrapy.exceptions import UsageError

        from extractors.registry import FOLDER
        from spiders.surfaces.terminal import told, working
        from spiders.verbs import sitefile
        from spiders.verbs.domains import domain
        from spiders.verbs.lessons import lessons

        path, text, templates = _file(site := domain(args[0]), opts.body)
        with ExitStack() as open_, working("scrapy learn"):
            learnt = lessons(templates, self._pages(sorted({d for t in templates for d in t.domains}), opts, open_))
        if not learnt.pages and not learnt.unread:
            raise UsageError(
                f"no page of {site} is in {opts.corpus or opts.recordings or f'the store {self.store_path}'}"
            )
        for line in _summary(path, learnt):
            print(told(line))
        accepted = list(self._accepted(learnt.proposals, opts.accept))
        for lesson in accepted:
            text = sitefile.with_noise(text, lesson.template, {lesson.selector: lesson.label})
        if accepted:
            sitefile.write(path, text)
            print(told(f"{path} written: {len(accepted)} more of noise"))
        if accepted and opts.body and path.parent == FOLDER:
            self.say("docs/sites.md tells what the tests want beside it: a recording, and its twin in spiders/sites")

    def _pages(self, domains: list[str], opts: argparse.Namespace, open_: ExitStack) -> Iterator[Specimen]:
        from scrapy.exceptions import UsageError

        from spiders.specimens import pages as specimens
        from spiders.store.reader import Reader

        if opts.corpus and opts.recordings:
            raise UsageError("--corpus and --recordings: leave one out")
        if opts.corpus:
            return iter(specimens.of_site(specimens.corpus_pages(Path(opts.corpus)), domains))
        if opts.recordings:
            return iter(specimens.of_site(specimens.recorded_pages(Path(opts.recordings)), domains))
        reader = open_.enter_context(Reader(self.store_path))
        return specimens.stored_pages(reader, domains, _PAGES)

    def _accepted(self, proposals: Sequence[Lesson], named: list[str] | None) -> Iterator[Lesson]:
        """Show the proposals; yield those that are accepted."""
        from scrapy.exceptions import UsageError

        from spiders.surfaces.terminal import agreed

        if unknown := set(named or ()) - {"all"} - {lesson.selector for lesson in proposals}:
            raise UsageError(f"nothing proposes {sorted(unknown)[0]!r}; without --accept all proposals are shown")
        asked = named is None and sys.stdin.isatty() and sys.stdout.isatty()
        for number, lesson in enumerate(proposals, start=1):
            for line in _shown(number, lesson):
                print(line)
            if _is_named(lesson, named or ()) or (asked and agreed("   take it into the site file?")):
                yield lesson
        if proposals and named is None and not asked:
            self.say("nothing is written: --accept SELECTOR takes one of these, --accept all what has no “against it”")


def _is_named(lesson: Lesson, named: Sequence[str]) -> bool:
    return lesson.selector in named or ("all" in named and not (lesson.counter_examples or lesson.doubt))


def _file(site: str, body: str | None) -> tuple[Path, str, tuple[Site, ...]]:
    """Return the path and text of a site's file and its templates; those of one to be, where a body is given.

    Raises:
        UsageError: there is no file and no body, or both.
        SiteError: the file says something wrong.
    """
    from scrapy.exceptions import UsageError

    from extractors.registry import load, site_file, site_files
    from spiders.verbs import sitefile
    from spiders.verbs.domains import meant

    path = site_file(site)
    if path and body:
        raise UsageError(f"{path} is there already: --body begins a site file where there is none")
    if path:
        return path, path.read_bytes().decode(), load(site)
    if not body:
        raise UsageError(
            f"there is no site file for {site}: --body SELECTOR (the paragraphs of the story, or the element around "
            f"them) begins one{meant(site, site_files())}"
        )
    path, text = sitefile.path_for(site), sitefile.begun(site, body)
    return path, text, sitefile.check(path, text)


def _summary(path: Path, learnt: Lessons) -> Iterator[str]:
    """Yield what was read, and what recurs at no place that a selector could name."""
    from spiders.surfaces.terminal import counted

    yield f"{path.name}: {counted(learnt.pages, 'page')} read, {counted(len(learnt.proposals), 'proposal')}"
    if learnt.unread:
        yield f"{counted(learnt.unread, 'page')} left out, which no template of the file reads"
    for text, pages in learnt.unplaced[:_LINES]:
        yield f"on {pages} pages, at no place of its own: {_cut(text)}"


def _shown(number: int, lesson: Lesson) -> Iterator[str]:
    """Yield a proposal as lines for a terminal."""
    from spiders.surfaces.terminal import counted, printable, told

    recurring = Counter(line.key for line in lesson.examples)
    where = f"{lesson.selector!r} as {lesson.label} in {lesson.template}"
    yield told(f"{number}. {where}: on {counted(lesson.pages, 'page')}")
    for key, times in recurring.most_common(_LINES):
        alike = [line for line in lesson.examples if line.key == key]
        varied = " with other figures or names," if len({line.text for line in alike}) > 1 else ""
        yield f"   takes out {_cut(alike[0].text)} ({counted(times, 'time')},{varied} as on {told(alike[0].url)})"
    if len(recurring) > _LINES:
        yield f"   and {counted(len(recurring) - _LINES, 'more line')}"
    if lesson.doubt:
        yield f"   against it: {printable(lesson.doubt)}"
    for line in lesson.counter_examples[:_LINES]:
        yield f"   against it: {_cut(line.text)} would go too, on {told(line.url)}"
    if len(lesson.counter_examples) > _LINES:
        yield f"   and {len(lesson.counter_examples) - _LINES} more that stand on few pages"


def _cut(text: str) -> str:
    from spiders.surfaces.terminal import printable

    shown = printable(text)
    return f"“{shown if len(shown) <= _WIDTH else shown[:_WIDTH] + '…'}”"
