"""A report as one page that needs nothing beside it: no script, no request, and every word of a stranger as text.

A page is a template in this folder that extends `page.html`, filled by Jinja2, which escapes all that goes in: here
`report.html`, a table and stories. What is reported is others' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from scrapy.exceptions import UsageError

from spiders.exports import failure
from spiders.exports.replacement import replacement
from spiders.surfaces.scrubbing import scrub_url
from spiders.surfaces.terminal import printable
from spiders.verbs.differences import Difference, Run, shortened

_CONTEXT, _LONG = 25, 400  # words: a page has more room than a terminal
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Story:
    """An article of a report: where it is from, what became of it and why, and what differs."""

    address: str
    verdict: str
    headline: str = ""
    authors: str = ""
    note: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def link(self) -> str | None:
        """The address, where it is one of the web."""
        return web_address(self.address)


def html(
    title: str, about: str, columns: Sequence[str], rows: Iterable[Sequence[object]], stories: Iterable[Story]
) -> Iterator[str]:
    """Yield the page piece by piece, so that a report of many stories need not be in memory."""
    cells = ([printable(str(cell)) for cell in row] for row in rows)
    yield from page("report.html", title=title, about=about, columns=columns, rows=cells, stories=map(_clean, stories))


def page(template: str, **told: object) -> Iterator[str]:
    """Yield a page piece by piece: a template of this folder, filled."""
    yield from _PAGES.get_template(template).generate(told)


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write a page into a file, whole or not at all.

    Raises:
        ExportError: it cannot be written; what was there is as it was.
    """
    try:
        with replacement(path) as file:
            for piece in pieces:
                file.write(piece.encode("utf-8", "replace"))
    except OSError as error:
        raise failure(str(path), error) from error


def page_path(told: str) -> Path:
    """Return where a page is to be written.

    Raises:
        UsageError: there is no such folder.
    """
    if not (path := Path(told)).parent.is_dir():
        raise UsageError(f"there is no folder {path.parent} for the page")
    return path


def web_address(text: str) -> str | None:
    """Return an address that a page may link to, without its secrets; None for what is not http or https.

    >>> web_address("https://ann:pw@news.example/a"), web_address("javascript:alert(1)")
    ('https://news.example/a', None)
    """
    shown = printable(scrub_url(text))
    try:
        parts = urlsplit(shown)
    except ValueError:
        return None
    return shown if parts.scheme in ("http", "https") and parts.hostname and " " not in shown else None


def brief(story: Story) -> Story:
    """Return a story with long texts cut to what differs and a little around it."""
    told = (Difference(d.field, tuple(shortened(d.runs, _CONTEXT, _LONG))) for d in story.differences)
    return replace(story, differences=tuple(told))


def _clean(story: Story) -> Story:
    told = (
        Difference(d.field, tuple(Run(printable(run.text, lines=True), run.fate) for run in d.runs))
        for d in story.differences
    )
    return Story(
        printable(scrub_url(story.address)),
        printable(story.verdict),
        printable(story.headline),
        printable(story.authors),
        printable(story.note),
        tuple(told),
    )
