"""Extraction in a process that may die. Started by `spiders.workers.pool` as `python -m spiders.workers.worker SOCKET`.

What is started is the nursery: it loads the extractors once and forks a worker whenever the pool asks for one, so that
the next page need not wait for imports when a worker was lost. A worker reads a page or a listing, answers, and waits
for the next. JSON and bytes go to and fro; no Scrapy, no Twisted, no network. Both end with the process above them.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from mmap import ACCESS_READ, mmap
from typing import Any, BinaryIO

import orjson
from selectolax.lexbor import SelectolaxError

from extractors import CopydeskError, Hints
from extractors.article import parse_when
from extractors.engine.kinds.walls import walls_in
from extractors.engine.kinds.wallwords import counted
from extractors.engine.lexicon import lexicon_for
from extractors.extraction import read
from extractors.page import Page
from spiders.listings.discovery import read_listing
from spiders.record import Kind
from spiders.surfaces.values import as_utf8
from spiders.workers.tray import taken

# What the pool asks of the nursery, and the length that stands before each message to and from a worker.
FORK, END = b"F", b"E"
ORDER = struct.Struct(">cI")  # FORK and megabytes, with the worker's end of its socket; END and a process
REPLY = struct.Struct(">i")  # to FORK the process, to END its wait status, or `GONE`
GONE = -1  # it was the worker of a nursery before this one, which was lost
LENGTH = struct.Struct(">I")

# Exit statuses of a worker that ends itself.
STARVED = 70  # it reached its memory limit
REACHED_OUT = 71  # code in it asked for the network or another process

_ROWS = 500  # blocks or links in one message: the pool's process reads a message in one piece, and must not stand still
_META, _METAS = 1000, 20  # characters of the content of a meta element, and elements of one name, that are told
_CAUSES = 4  # of an error, each of the one before, that are asked whether memory ran out
_OUTWARD = frozenset(
    {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "os.system"}
    | {"subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"}
)


def main() -> None:
    """Load what workers need, then fork one for each order until the pool is gone."""
    with socket.socket(fileno=int(sys.argv[1])) as control:
        sys.stdout = sys.stderr  # what a site file prints must not get into a feed that goes to standard output
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _load()
        alive: set[int] = set()
        try:
            while order := _order(control):
                control.sendall(REPLY.pack(_obeyed(*order, control, alive)))
        except ConnectionError:
            pass  # the pool is gone in the middle of a word
        for process in alive:
            os.kill(process, signal.SIGKILL)


def _load() -> None:
    """Load what extraction loads where it needs it: the time that takes is no page's."""
    import charset_normalizer  # noqa: F401
    import htmldate  # noqa: F401
    import trafilatura  # noqa: F401

    lexicon_for("en")  # with which pages of every language are read
    walls_in((), ())  # compiles its phrases
    counted((), "en")
    gc.collect()
    gc.freeze()  # a collection in a worker would copy every page of memory that it shares with the nursery


def _order(control: socket.socket) -> tuple[bytes, int, list[int]] | None:
    message, lines, *_ = socket.recv_fds(control, ORDER.size, 2)
    while message and len(message) < ORDER.size:
        message += control.recv(ORDER.size - len(message))
    return (*ORDER.unpack(message), lines) if message else None


def _obeyed(order: bytes, number: int, lines: list[int], control: socket.socket, alive: set[int]) -> int:
    if order == FORK:
        worker = os.fork()
        if worker == 0:
            control.close()
            _live(lines[0], lines[1], number)
        for line in lines:
            os.close(line)
        alive.add(worker)
        return worker
    if number not in alive:
        return GONE
    os.kill(number, signal.SIGKILL)  # it is not waited for yet, so the number is still its own
    alive.remove(number)
    return os.waitpid(number, 0)[1]


def _live(line: int, tray: int, megabytes: int) -> None:
    """Be a worker until the pool hangs up; never return."""
    status = 1
    pool = socket.socket(fileno=line)  # never closed here: the pool would see that before the status is settled
    try:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        sys.addaudithook(_stay_inside)
        _work(pool.makefile("rb"), pool.makefile("wb"), mmap(tray, 0, access=ACCESS_READ), megabytes)
        status = 0
    except MemoryError:
        status = STARVED
    finally:  # also for what a site file may raise to leave: the nursery's loop is not for a worker
        os._exit(status)


def _stay_inside(event: str, _: tuple[object, ...]) -> None:
    if event in _OUTWARD:
        os._exit(REACHED_OUT)  # an error could be caught


def _work(questions: BinaryIO, answers: BinaryIO, tray: mmap, megabytes: int) -> None:
    while length := questions.read(LENGTH.size):
        question = orjson.loads(questions.read(*LENGTH.unpack(length)))
        size, slot = question.pop("size"), question.pop("slot")
        body = questions.read(size) if slot is None else taken(tray, slot, size)
        for message in _answer(question, body, megabytes):
            form = as_utf8(message)
            answers.write(LENGTH.pack(len(form)) + form)
        answers.flush()


def _answer(question: dict[str, Any], body: bytes, megabytes: int) -> Iterator[dict[str, Any]]:
    meta: dict[str, list[str]] = {}
    try:
        head, rows = _listing(question, body) if "kind" in question else _article(question, body, meta)
    except CopydeskError as error:
        _end_if_starved(error, megabytes)
        yield {"error": type(error).__name__, "arguments": error.__reduce__()[1], "meta": meta}
        return
    except Exception as error:  # noqa: BLE001 - whatever the extractors or a site file raise is told to the pool
        _end_if_starved(error, megabytes)
        lines = (str(error).splitlines() or [""])[0][:200]
        yield {
            "fault": f"{type(error).__name__}: {lines}".removesuffix(": "),
            "trace": traceback.format_exc()[-8000:],
            "meta": meta,
        }
        return
    for start in range(0, max(len(rows), 1), _ROWS):
        yield head | {"rows": rows[start : start + _ROWS], "more": len(rows) > start + _ROWS}


def _article(question: dict[str, Any], body: bytes, meta: dict[str, list[str]]) -> tuple[dict[str, Any], list[Any]]:
    """Read an article, and into `meta` those of the page's meta elements that are asked for, whatever becomes of it."""
    when, told = question["fetched_at"], question["hints"]
    hints = told and Hints(
        frozenset(told["titles"]),
        frozenset(told["recurring"]),
        parse_when(told["published"]),
        told["summary"],
        told["headline"],
        told["language"],
    )
    page = Page.parse(body, question["url"], encoding=question["encoding"])
    for name in question["meta"]:
        if contents := page.meta.get(name):
            meta[name] = [content[:_META] for content in contents[:_METAS]]
    article = read(page, fetched_at=datetime.fromisoformat(when) if when else None, hints=hints)
    return {"article": article.as_dict(blocks=False), "meta": meta}, [block.row for block in article.blocks]


def _listing(question: dict[str, Any], body: bytes) -> tuple[dict[str, Any], list[Any]]:
    since = question["since"] and datetime.fromisoformat(question["since"])
    listing = read_listing(body=body, **question | {"kind": Kind(question["kind"]), "since": since})
    passed = [[one.url, None, [one.reason, one.trap, one.dated, one.taken]] for one in listing.passed]
    return {"note": listing.note}, [[link.url, link.kind, link.hints] for link in listing.links] + passed


def _end_if_starved(error: BaseException | None, megabytes: int) -> None:
    """Tell a page that got no memory from one that is odd, or its site file from a wrong one, by what was raised first.

    Lexbor has one error for all that goes wrong. It asks for twice what it has, so half of the limit in use means that
    it was refused the rest.
    """
    for _ in range(_CAUSES):
        if isinstance(error, MemoryError):
            os._exit(STARVED)
        if isinstance(error, SelectolaxError):
            with open("/proc/self/status", encoding="ascii", errors="replace") as status:
                peak = next(int(line.split()[1]) for line in status if line.startswith("VmPeak"))
            if peak >> 10 > megabytes // 2:
                os._exit(STARVED)
        error = error.__cause__ if error is not None else None


if __name__ == "__main__":
    main()
