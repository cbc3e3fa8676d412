"""What may reach a person's terminal, and how wide it is: titles and addresses come from strangers."""

from __future__ import annotations

import logging
import os
import sys
import unicodedata
from contextlib import AbstractContextManager, nullcontext
from typing import IO, Any

from rich.console import Console, RenderableType
from rich.live import Live
from rich.status import Status
from rich.table import Table

from spiders.surfaces.scrubbing import scrub_text

_KEPT = "\n\t\u00ad\u200c\u200d\u200e\u200f"  # of the controls: what spelling and mixed scripts need
_LIBRARIES = "trafilatura", "htmldate", "courlan", "charset_normalizer", "py3langid", "readability"
_PIPED_WIDTH = 120  # columns where nobody's terminal says how many there are


def printable(text: str, *, lines: bool = False) -> str:
    """Return text that cannot move a cursor, colour a line or turn its direction.

    Args:
        lines: keep tabs, and every kind of line break as a plain one; else a run of white space is one space.

    >>> printable("a\\x1b[31mb\\u202ec\\nd")
    'a[31mbc d'
    """
    spaced = "\n".join(text.splitlines()) if lines else " ".join(text.split())
    if spaced.isascii() and spaced.replace("\n", "").isprintable():
        return spaced
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c in _KEPT)


def told(text: str) -> str:
    """Return a sentence of ours, with what strangers wrote in it, for a terminal or a file: printable, no secrets.

    >>> told("https://news.example/?token=abc is not\x1b[2J in the recording")
    'https://news.example/?token=REDACTED is not[2J in the recording'
    """
    return printable(scrub_text(text))


def counted(number: int, noun: str) -> str:
    """Return a number of things.

    >>> counted(1, "page"), counted(2000, "page"), counted(0, "address")
    ('1 page', '2,000 pages', '0 addresses')
    """
    return f"{number:,} {noun}{'' if number == 1 else 'es' if noun.endswith('s') else 's'}"


def agreed(question: str) -> bool:
    """Ask on the terminal; what is no yes is a no."""
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:  # Ctrl-D
        print()
        return False


def settle_streams() -> None:
    """Make standard output take every letter, whatever the locale.

    What this process was started without (`>&-`) leads to nowhere, before a file of ours is given its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(nowhere, True)
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8"))
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def let_go(stream: IO[str]) -> None:
    """Print to nowhere from now on, what waits in the stream's buffer too: its reader has gone (`| head`)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def flush() -> None:
    """Print what waits to be; what nobody reads any more is dropped, and is no fault of the command's."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            let_go(stream)
            if not isinstance(error, BrokenPipeError):
                logging.getLogger(__name__).error("what was to be printed is lost: %s", error.strerror)


class _Status(Status):
    """A line that moves; what is printed meanwhile goes where it should, also where that is a file."""

    def __init__(self, sentence: RenderableType, console: Console) -> None:
        super().__init__(sentence, console=console)
        self._live = Live(self.renderable, console=console, transient=True, redirect_stdout=sys.stdout.isatty())


class _Console(Console):
    """A console whose reader may go (`| head`): what is left to print is dropped, and what is being done goes on."""

    def on_broken_pipe(self) -> None:
        """Print to nowhere from now on; rich would end the process, in the middle of a crawl's last rows."""
        let_go(self.file)

    def status(self, status: RenderableType, **_: Any) -> Status:
        """Return a line that moves on this console."""
        return _Status(status, self)


def console(*, stderr: bool = False) -> Console:
    """Return a console that prints text as it is: no markup, no emoji codes, no highlighting."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return _Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


def show(table: Table) -> None:
    """Print a table on standard output; on a terminal too narrow for it lines are broken, and no figure is cut."""
    out = console()
    least = sum((column.width or column.min_width or 0) + table.padding[1] for column in table.columns)
    out.width = max(out.width, least)
    out.print(table)


def working(sentence: str) -> AbstractContextManager[object]:
    """Show on a terminal that something goes on, while it does; say nothing elsewhere."""
    return console(stderr=True).status(sentence) if sys.stderr.isatty() else nullcontext()


def quiet_libraries() -> None:
    """Keep libraries from logging what they think of a page: what matters of it is raised or in the article."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)
