"""One tool in a process of its own: what it makes of a page, and what that costs. `race` starts it and asks.

    python -m benchmarks.trial TOOL

The first line of standard output is `READY`. Then a line of standard input is a page, `{"page": path, "url": address}`,
and a line of standard output is the answer, an object as `Answer` shows it. Each page is parsed by LexborHTMLParser
alone first, so that both costs are taken in the same process, one after the other.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import re
import resource
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from benchmarks.tools import BARE_PARSE, TOOLS, Reader
from spiders.specimens.corpora import html_of

READY = "ready"


@dataclass(frozen=True)
class Answer:
    """What came of a page: `body` is None where the tool refused it, `error` told where it crashed."""

    body: str | None
    error: str | None
    cpu: float  # seconds that the tool took: threads and finished children count
    parse: float  # seconds that the bare parse of the same bytes took
    peak: float  # MiB that this process has needed so far


def cpu_seconds() -> float:
    """Return the CPU time of this process, its threads and its children so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak_mib() -> float:
    """Return the most memory that this process has held at once, in MiB.

    Linux hands a child its parent's peak in `ru_maxrss`, but not in `/proc`.
    """
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"^VmHWM:\s*(\d+) kB", status.read_text("ascii"), re.MULTILINE)):
        return int(found[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def seconds(call: Callable[[], object]) -> float:
    """Return the CPU time that a call takes."""
    start = cpu_seconds()
    call()
    return cpu_seconds() - start


def attempt(read: Reader, html: bytes, url: str) -> Answer:
    """Let a tool read a page, and weigh both."""
    parse = seconds(lambda: LexborHTMLParser(html))
    body, error, start = None, None, cpu_seconds()
    try:
        body = read(html, url)
    except Exception as crash:  # noqa: BLE001 - whatever a tool raises is its own, and goes into the table
        error = f"{type(crash).__name__}: {crash}"
    return Answer(body, error, cpu_seconds() - start, parse, peak_mib())


def main(name: str) -> None:
    """Answer every line of standard input; what a tool prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a tool that dies has printed all the same
    logging.disable()
    warnings.simplefilter("ignore")
    read = (TOOLS | {BARE_PARSE.name: BARE_PARSE})[name].load()
    print(READY, file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = attempt(read, html_of(Path(asked["page"])), asked["url"])
        print(json.dumps(dataclasses.asdict(answer)), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
