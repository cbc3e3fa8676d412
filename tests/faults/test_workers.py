"""C14 to C17 and F15: a page or a site file that kills, starves or hangs its worker costs that page and no other."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from extractors import AmendError, Article, ExtractionError
from spiders.errors import FaultError, WorkerError
from spiders.record import State
from spiders.status import ExitStatus
from spiders.store.reader import Reader
from spiders.workers.pool import Pool
from tests.conftest import Run
from tests.newsroom import FERRY, HOME, TOWER, edition, outcomes, page
from tests.test_pool import PAGES, extracted, pooled

pytestmark = pytest.mark.faults

SEGFAULT = "extraction was stopped: the process died (SIGSEGV)"
MUTATION = """
for node in page.body.traverse(include_text=True):
    if node.tag in ("p", "h1"):
        node.replace_with("gone")
"""
ENDLESS = """
for node in page.body.traverse():
    node.inner_html = "<i>gone</i>"
"""


def fate_of_the_ferry(run: Run, folder: Path, amend: str, site_file: Callable[..., Path], **given: Any) -> str:
    """Crawl an edition whose ferry meets this code; return why it failed. All else is as if nothing had happened."""
    site_file(f"if 'ferry' not in page.url:\n    return article\n{amend}\nreturn article")

    def set_up(crawler: Any) -> None:
        crawler.settings.setdict(given, priority="cmdline")

    books = run(edition(), set_up=set_up)
    told = outcomes(books)
    assert told["/2026/tower"] == (State.DONE, None)
    assert told["/2026/ferry"][0] is State.FAILED
    assert books.status() is ExitStatus.INCOMPLETE
    assert books.balanced
    with Reader(folder / "store.db") as reader:
        assert page("the ferry", FERRY).encode() in [raw.body for raw in reader.raws()]
        assert [record.address for record in reader.records()] == [TOWER]
    return str(told["/2026/ferry"][1])


def test_C14_a_worker_that_segfaults_fails_its_page_alone(
    run: Run, tmp_path: Path, site_file: Callable[..., Path]
) -> None:
    amend = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    assert fate_of_the_ferry(run, tmp_path, amend, site_file) == SEGFAULT


def test_C14_F15_a_site_file_that_changes_the_tree_it_walks_fails_its_page_alone(
    run: Run, tmp_path: Path, site_file: Callable[..., Path]
) -> None:
    assert fate_of_the_ferry(run, tmp_path, MUTATION, site_file) == SEGFAULT


def test_C14_a_worker_is_back_at_once(site_file: Callable[..., Path]) -> None:
    site_file("import os; os.abort()")

    async def use(pool: Pool) -> tuple[list[str], Article]:
        pages = [page("the ferry", FERRY).encode()] * 20
        told = await asyncio.gather(*(pool.extract(html, FERRY) for html in pages), return_exceptions=True)
        return [str(error) for error in told], await pool.extract(pages[0], "https://other.example/a")

    deaths, after = pooled(use, WORKERS=2)
    assert deaths == ["extraction was stopped: the process died (SIGABRT)"] * 20
    assert after.headline == "Council keeps the ferry"


def test_C14_a_worker_that_leaves_by_itself_fails_its_page_alone(site_file: Callable[..., Path]) -> None:
    site_file("raise SystemExit(3)")
    with pytest.raises(WorkerError, match=r"^extraction was stopped: the process died \(exit status 1\)$"):
        extracted(page("the ferry", FERRY))


def test_C15_a_page_that_eats_memory_is_stopped_at_the_limit(
    run: Run, tmp_path: Path, site_file: Callable[..., Path]
) -> None:
    amend = "from selectolax.lexbor import LexborHTMLParser; LexborHTMLParser(''.join(f'<p><b id={n}>' for n in range(20_000)))"
    why = fate_of_the_ferry(run, tmp_path, amend, site_file, EXTRACTION_TIMEOUT=60)
    assert why == "extraction was stopped: it needed more than 600 MB"


def test_C15_a_list_that_grows_without_end_is_stopped_at_the_limit(site_file: Callable[..., Path]) -> None:
    site_file("held = [article]\nwhile True:\n    held += held")
    with pytest.raises(WorkerError, match="it needed more than 300 MB"):
        extracted(page("the ferry", FERRY), EXTRACTION_MEMORY_MB=300)


def test_C15_memory_that_runs_out_in_what_a_site_file_asks_for_is_the_limits_too(
    site_file: Callable[..., Path],
) -> None:
    site_file("raise SiteError('bad selector') from MemoryError()", head="from extractors import SiteError")
    with pytest.raises(WorkerError, match="it needed more than 300 MB"):
        extracted(page("the ferry", FERRY), EXTRACTION_MEMORY_MB=300)


def test_C16_wherever_an_allocation_fails_this_process_lives(site_file: Callable[..., Path]) -> None:
    """The site file sets the limit a little above what is in use, so that each page fails at another place."""
    site_file(
        """
        room = int(page.url.rpartition("=")[2])
        if not room:
            return article
        size = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmSize"))
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, ((size + room) << 10, most))
        again = extract(page.html * 40, "https://elsewhere.example/a")
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        return again
        """,
        head="import resource\nfrom extractors import extract",
    )
    html = page("the ferry", FERRY, more="A long day on the quay went by without any of them. " * 400).encode()

    async def use(pool: Pool) -> list[Any]:
        rooms = [0, *range(200, 30_000, 1_500), 0]
        return await asyncio.gather(
            *(pool.extract(html, f"{FERRY}?room={room}") for room in rooms), return_exceptions=True
        )

    told = pooled(use, WORKERS=2, EXTRACTION_MEMORY_MB=4000)
    assert isinstance(told[0], Article)
    assert isinstance(told[-1], Article)
    assert all(isinstance(t, Article | WorkerError | ExtractionError | AmendError | FaultError) for t in told)
    assert any(isinstance(t, WorkerError) for t in told)


def mutants(count: int, seed: int) -> list[bytes]:
    """Return pages of the recordings with bytes lost, doubled, moved and made up."""
    chance = random.Random(seed)
    pages = [body for body, _ in PAGES if b"<body" in body]
    made = []
    for _ in range(count):
        body = bytearray(chance.choice(pages))
        for _ in range(chance.randint(1, 12)):
            at, size = chance.randrange(len(body)), int(chance.paretovariate(0.5)) % 5_000
            piece = body[at : at + size]
            match chance.randrange(5):
                case 0:
                    del body[at : at + size]
                case 1:
                    body[at:at] = piece * chance.randint(1, 40)
                case 2:
                    body[at : at + size] = chance.randbytes(len(piece))
                case 3:
                    body[at : at + size] = piece[::-1]
                case 4:
                    body[at:at] = chance.choice(
                        (b"<", b">", b"</", b"<!--", b"<script>", b"\0", b'"', b"<b><i>", b"&#0;")
                    )
            body = body or bytearray(b"<p>")
        made.append(bytes(body))
    return made


def test_C17_no_mutated_page_crashes_or_raises_what_it_should_not() -> None:
    """A thousand of them; with 5,000 there were none either."""
    assert told_of(mutants(1_000, seed=4)) == []


def told_of(pages: list[bytes]) -> list[BaseException]:
    """Return what pages raised that is no ExtractionError."""

    async def use(pool: Pool) -> list[Any]:
        asked = (pool.extract(html, f"{HOME}/{n}") for n, html in enumerate(pages))
        return await asyncio.gather(*asked, return_exceptions=True)

    told = pooled(use, WORKERS=2)
    assert sum(isinstance(t, Article) for t in told) > len(pages) // 2
    return [t for t in told if isinstance(t, BaseException) and not isinstance(t, ExtractionError)]


def test_F15_a_site_file_that_never_ends_fails_its_page_alone(
    run: Run, tmp_path: Path, site_file: Callable[..., Path]
) -> None:
    why = fate_of_the_ferry(run, tmp_path, "while True: pass", site_file, EXTRACTION_TIMEOUT=3)
    assert why == "extraction was stopped: it took more than 3 s"


def test_F15_however_a_site_file_blocks_it_is_stopped(site_file: Callable[..., Path]) -> None:
    blocked = {
        "asleep": "time.sleep(1000)",
        "deaf": "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64)); time.sleep(1000)",
        "locked": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
        "growing": ENDLESS.strip(),
    }
    amend = "".join(f"if page.url.endswith('{name}'):\n{indent(code, '    ')}\n" for name, code in blocked.items())
    site_file(f"{amend}return article", head="import signal, threading, time")

    async def use(pool: Pool) -> list[Any]:
        asked = (pool.extract(page("the ferry", FERRY).encode(), f"{HOME}/{name}") for name in (*blocked, "well"))
        return await asyncio.gather(*asked, return_exceptions=True)

    *told, well = pooled(use, WORKERS=4, EXTRACTION_TIMEOUT=3)
    assert well.headline == "Council keeps the ferry"
    assert [str(t) for t in told[:3]] == ["extraction was stopped: it took more than 3 s"] * 3
    assert str(told[3]).startswith("extraction was stopped: it ")  # took too long, or grew too large before


@pytest.mark.parametrize(
    "code",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('news.example', 80)",
        "urllib.request.urlopen('http://127.0.0.1:9/')",
        "os.system('true')",
        "os.fork()",
        "subprocess.run(['true'])",
    ],
)
def test_F15_a_site_file_that_asks_for_the_network_or_a_process_fails_its_page_alone(
    site_file: Callable[..., Path], code: str
) -> None:
    site_file(
        f"with contextlib.suppress(BaseException):\n    {code}\nreturn article",
        head="import contextlib, os, socket, subprocess, urllib.request",
    )
    with pytest.raises(WorkerError, match="code of a site file asked for the network or another process"):
        extracted(page("the ferry", FERRY))
