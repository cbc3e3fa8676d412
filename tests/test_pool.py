"""The pool: what its workers give back is what the extractors give, and none of them outlives the crawl."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from scrapy.settings import Settings

import spiders.workers.nursery
from extractors import (
    AmendError,
    CopydeskError,
    ExtractionError,
    Hints,
    NotArticleError,
    SiteError,
    UnsupportedContentError,
    extract,
)
from spiders.errors import FaultError, SettingError, WorkerError, WorkerStartError
from spiders.listings.discovery import read_listing
from spiders.record import Kind
from spiders.recordings.tapes import read
from spiders.status import ExitStatus
from spiders.workers.nursery import Nursery
from spiders.workers.pool import Pool
from spiders.workers.tray import SIZE
from tests.conftest import ROOT, Run
from tests.newsroom import FEED, FERRY, HOME, edition, feed, page

T = TypeVar("T")
OWN = ("harbour.example",)
PAGES = [
    (response["body"]["string"], request.uri)
    for file in sorted((ROOT / "cassettes").rglob("*.yaml"))
    for request, response in zip(*read(file), strict=True)
]


def settings(**given: Any) -> Settings:
    """The project's settings, patient enough for a machine that has other things to do."""
    project = Settings()
    project.setmodule("spiders.settings")
    project.setdict({"EXTRACTION_TIMEOUT": 60} | given)
    return project


def pooled(use: Callable[[Pool], Awaitable[T]], **given: Any) -> T:
    """Open a pool, use it, close it."""

    async def main() -> T:
        async with Pool(settings(**given)) as pool:
            return await use(pool)

    return asyncio.run(main())


def extracted(html: str, **given: Any) -> Any:
    """Return the article that a pool gives for one page."""
    return pooled(lambda pool: pool.extract(html.encode(), FERRY), **given)


def test_every_recorded_page_is_read_as_in_this_process() -> None:
    assert len(PAGES) > 10
    hints = Hints(frozenset({"A"}), frozenset({"b", "c"}), date(2026, 5, 4), "s", "h", "en")

    async def use(pool: Pool) -> list[Any]:
        options: dict[str, Any] = {"fetched_at": datetime(2026, 5, 4, tzinfo=UTC), "encoding": "utf-8", "hints": hints}
        asked = [pool.extract(body, url, **options) for body, url in PAGES]
        expected: list[Any] = []
        for body, url in PAGES:
            try:
                expected.append(extract(body, url, **options))
            except ExtractionError as error:
                expected.append((type(error), str(error)))
        told = await asyncio.gather(*asked, return_exceptions=True)
        return [((type(t), str(t)) if isinstance(t, Exception) else t, e) for t, e in zip(told, expected, strict=True)]

    for told, expected in pooled(use, WORKERS=2):
        assert told == expected


def test_an_article_of_thousands_of_blocks_comes_back_whole() -> None:
    html = page("the ferry", FERRY).replace("</article>", "<p>A paragraph of the story, the same as any.</p>" * 3000)
    assert extracted(html) == extract(html, FERRY)


def test_pages_that_the_shared_memory_has_no_room_for_come_between_others() -> None:
    pages = [page(f"ferry {n}", FERRY) + f"<!--{'x' * SIZE * (n % 3 == 1)}-->" for n in range(7)]

    async def use(pool: Pool) -> list[Any]:
        return await asyncio.gather(*(pool.extract(html.encode(), FERRY) for html in pages))

    assert pooled(use, WORKERS=1) == [extract(html, FERRY) for html in pages]


def test_text_that_utf_8_cannot_hold_comes_back_as_it_is_stored(site_file: Callable[..., Path]) -> None:
    site_file("return replace(article, headline='x\\ud800y', byline='a\\x00b')", head="from dataclasses import replace")
    article = extracted(page("the ferry", FERRY))
    assert (article.headline, article.byline) == ("x\ufffdy", "ab")


def test_hints_weigh_in_a_worker() -> None:
    html = "<html><body><article>" + "<p>The council decided on Monday that the ferry will run again.</p>" * 4
    hints = Hints(headline="About the ferry", published=datetime(2026, 5, 4, 6, 30, tzinfo=UTC))
    article = pooled(lambda pool: pool.extract(html.encode(), FERRY, hints=hints))
    assert article == extract(html, FERRY, hints=hints)
    assert article.headline == "About the ferry"


@pytest.mark.parametrize("kind", [Kind.FEED, Kind.SECTION, Kind.SITEMAP])
def test_listings_are_read_as_in_this_process(kind: Kind) -> None:
    body = {
        Kind.FEED: feed(*(f"{HOME}/{n}" for n in range(1200))),
        Kind.SECTION: "".join(f"<h2><a href='/{n}'>{n}</a></h2>" for n in range(1200)),
        Kind.SITEMAP: "<urlset>" + "".join(f"<url><loc>{HOME}/{n}</loc></url>" for n in range(1200)) + "</urlset>",
    }[kind].encode()
    told = pooled(lambda pool: pool.links(kind, body, HOME, OWN, "h2 a"))
    assert told == read_listing(kind, body, HOME, OWN, "h2 a")
    assert len(told.links) == 1200


def test_errors_of_the_extractors_come_back_as_themselves() -> None:
    with pytest.raises(UnsupportedContentError, match="the page is empty"):
        extracted("")
    wall = "<html><title>Just a moment...</title><body><h1>Just a moment...</h1><p>Checking your browser.</p></body>"
    with pytest.raises(NotArticleError) as caught:
        extracted(wall)
    assert caught.value.kind == "bot wall"
    with pytest.raises(SiteError, match="is not CSS"):
        pooled(lambda pool: pool.links(Kind.SECTION, b"<p>x", HOME, OWN, "h2 >>"))
    with pytest.raises(UnsupportedContentError, match="neither RSS nor Atom"):
        pooled(lambda pool: pool.links(Kind.FEED, b"just text", FEED, OWN))


def test_a_fault_comes_back_with_its_name_and_trace(site_file: Callable[..., Path]) -> None:
    site_file("return article", head="import extractors.template\nextractors.template.assemble = None")
    with pytest.raises(FaultError, match=r"^TypeError: 'NoneType' object is not callable") as caught:
        extracted(page("the ferry", FERRY))
    assert "in by_template" in "".join(caught.value.__notes__)


def test_code_of_a_site_file_that_fails_comes_back_as_such(site_file: Callable[..., Path]) -> None:
    site_file("return article.oops")
    with pytest.raises(AmendError, match=rf"at {FERRY}: AttributeError: 'Article' object has no attribute 'oops'"):
        extracted(page("the ferry", FERRY))


def test_what_a_site_file_prints_stays_out_of_standard_output(
    site_file: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    site_file("print('seen'); return article")
    extracted(page("the ferry", FERRY))
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "seen\n")


def test_neither_scrapy_nor_twisted_is_in_a_worker(site_file: Callable[..., Path]) -> None:
    site_file("import sys; return sys.modules['scrapy' if 'scrapy' in sys.modules else 'twisted']")
    with pytest.raises(AmendError, match="KeyError: 'twisted'"):
        extracted(page("the ferry", FERRY))


def test_the_event_loop_goes_on_while_pages_are_read(site_file: Callable[..., Path]) -> None:
    site_file("import time; time.sleep(0.5); return article")

    async def use(pool: Pool) -> int:
        beats = 0
        reading = asyncio.ensure_future(pool.extract(page("the ferry", FERRY).encode(), FERRY))
        while not reading.done():
            await asyncio.sleep(0.005)
            beats += 1
        return beats

    assert pooled(use) > 20


BUSY = "until = time.monotonic() + {}\nwhile time.monotonic() < until: pass\nreturn article"


def test_one_more_worker_comes_only_where_pages_wait(site_file: Callable[..., Path]) -> None:
    site_file("import time\ntime.sleep(0.02)\nreturn article")
    html = page("the ferry", FERRY).encode()

    async def use(pool: Pool) -> list[int]:
        numbers = []
        for at_a_time in (1, 1, 1, 3, 12):
            await asyncio.gather(*(pool.extract(html, FERRY) for _ in range(at_a_time)))
            numbers.append(len(members(pool.group or 0)) - 1)  # the nursery is one of them
        return numbers

    assert pooled(use, WORKERS=2) == [1, 1, 1, 1, 2]


def test_a_worker_that_the_machine_lets_wait_gets_the_time_that_it_has_not_had(
    site_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    site_file(BUSY.format(2.5), head="import time")
    monkeypatch.setattr(spiders.workers.nursery, "cpu_of", lambda process: time.monotonic())
    with pytest.raises(WorkerError, match="it took more than 1 s"):
        extracted(page("the ferry", FERRY), EXTRACTION_TIMEOUT=1)
    monkeypatch.setattr(spiders.workers.nursery, "cpu_of", lambda process: 0.0)
    assert extracted(page("the ferry", FERRY), EXTRACTION_TIMEOUT=1).headline == "Council keeps the ferry"


def test_a_busy_machine_gives_no_page_time_without_end(
    site_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    site_file(BUSY.format(1000), head="import time")
    monkeypatch.setattr(spiders.workers.nursery, "cpu_of", lambda process: 0.0)
    with pytest.raises(WorkerError, match=r"it took more than 0\.3 s"):
        extracted(page("the ferry", FERRY), EXTRACTION_TIMEOUT=0.3)


def test_the_time_of_another_process_is_told() -> None:
    assert spiders.workers.nursery.cpu_of(os.getpid()) == pytest.approx(time.process_time(), abs=0.5)
    with subprocess.Popen(["true"]) as gone:
        pass
    assert spiders.workers.nursery.cpu_of(gone.pid) == 0


def test_a_nursery_that_cannot_start_ends_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site_file: Callable[..., Path]
) -> None:
    (tmp_path / "trafilatura.py").write_text("raise SystemExit(9)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(WorkerStartError, match=r"the process for extraction does not start: exit status 9"):
        extracted(page("the ferry", FERRY))


def test_no_process_to_be_had_ends_the_run(
    run: Run, site_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(site_file("return article")))  # not to be executed
    books = run(edition())
    assert str(books.stopped_by) == "the process for extraction does not start: Permission denied"
    assert books.status() is ExitStatus.BROKEN
    assert books.balanced


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", 0), ("WORKERS", "many"), ("EXTRACTION_TIMEOUT", "nan"), ("EXTRACTION_MEMORY_MB", -1)],
)
def test_a_setting_with_which_nothing_could_be_read_is_refused(run: Run, name: str, value: Any) -> None:
    with pytest.raises(SettingError, match=f"the setting {name} must be a number"):
        run(edition(), set_up=lambda crawler: crawler.settings.set(name, value, priority="cmdline"))


def test_a_nursery_that_was_killed_is_replaced(site_file: Callable[..., Path]) -> None:
    async def use(pool: Pool) -> Any:
        await pool.extract(page("the ferry", FERRY).encode(), FERRY)
        os.killpg(pool.group or 0, signal.SIGKILL)
        with pytest.raises(WorkerError, match="the process died"):
            await pool.extract(page("the ferry", FERRY).encode(), FERRY)
        return await pool.extract(page("the ferry", FERRY).encode(), FERRY)

    assert pooled(use).headline == "Council keeps the ferry"


def test_a_new_nursery_knows_nothing_of_the_workers_of_one_that_was_lost() -> None:
    nursery = Nursery()
    try:
        lost, *_ = nursery.fork(600)
        os.kill(nursery.process or 0, signal.SIGKILL)
        forked = nursery.fork(600)
        second = nursery.process
        assert nursery.end(lost) is None
        assert nursery.fork(600)[0] != forked[0]
        assert nursery.process == second
    finally:
        nursery.close()


def test_a_nursery_that_never_began_can_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr("spiders.workers.nursery.socket.socketpair", none)
    nursery = Nursery()
    with pytest.raises(WorkerStartError, match="there is no socket for a process for extraction"):
        nursery.fork(600)
    nursery.close()


@pytest.mark.parametrize(
    ("taken", "number", "said"),
    [
        ("spiders.workers.nursery.Tray", errno.ENOMEM, "no memory to share with a process for extraction: .*memory"),
        ("spiders.workers.nursery.socket.socketpair", errno.EMFILE, "no socket for a process for extraction: .*files"),
    ],
)
def test_a_worker_that_cannot_be_had_is_told_in_one_sentence(
    taken: str, number: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise OSError(number, os.strerror(number))

    def begun(pool: Pool) -> Any:
        monkeypatch.setattr(taken, none)
        return pool.extract(page("the ferry", FERRY).encode(), FERRY)

    with pytest.raises(WorkerStartError, match=f"there is {said}"):
        pooled(begun)


def test_a_page_goes_through_the_socket_where_no_memory_of_its_size_may_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def kept_small(file: int, _: int) -> bool:
        os.ftruncate(file, 1)
        return False

    monkeypatch.setattr("spiders.workers.tray._grown", kept_small)
    told = pooled(lambda pool: pool.extract(page("the ferry", FERRY).encode(), FERRY))
    assert told.headline == "Council keeps the ferry"


ALONE = """
import asyncio, os, sys
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from spiders.status import ExitStatus
from spiders.workers.pool import Pool
from spiders.workers.tray import SIZE

async def main():
    pool = Pool(Settings({"WORKERS": 1, "EXTRACTION_TIMEOUT": 600, "EXTRACTION_MEMORY_MB": 600}))
    asking = asyncio.ensure_future(pool.extract(sys.stdin.buffer.read(), "https://www.harbour.example/2026/ferry"))
    await asyncio.sleep(0)
    print(pool.group, flush=True)
    print((await asking).headline, flush=True)
    await pool.close()

asyncio.run(main())
"""


@pytest.fixture
def alone(site_file: Callable[..., Path], tmp_path: Path) -> Callable[[str], subprocess.Popen[str]]:
    """Start a process with a pool and one page under way, whose site file has said so in `told` and then does as told."""

    def start(amend: str) -> subprocess.Popen[str]:
        site_file(
            f"import os, pathlib, time\npathlib.Path({str(tmp_path / 'told')!r}).touch()\n{amend}\nreturn article"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", ALONE], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdin
        process.stdin.write(page("the ferry", FERRY))
        process.stdin.close()
        eventually((tmp_path / "told").exists)
        return process

    return start


def eventually(true: Callable[[], bool]) -> None:
    """Wait until something is true."""
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.02)


def members(group: int) -> list[str]:
    """Return the processes of a group that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it has just ended
            continue
        if int(its_group) == group and state != "Z":
            found.append(stat.parent.name)
    return found


def test_workers_die_with_a_crawl_that_is_killed_even_those_that_hang(
    alone: Callable[[str], subprocess.Popen[str]],
) -> None:
    with alone("while True: pass") as process:
        assert process.stdout
        group = int(process.stdout.readline())
        assert len(members(group)) == 2
        process.kill()
        eventually(lambda: members(group) == [])


def test_an_interrupt_from_the_terminal_lets_the_page_under_way_end(
    alone: Callable[[str], subprocess.Popen[str]], tmp_path: Path
) -> None:
    with alone(f"while not os.path.exists({str(tmp_path / 'go')!r}): time.sleep(0.02)") as process:
        assert process.stdout
        group = int(process.stdout.readline())
        assert os.getsid(group) == group  # a terminal sends its signals to its own session
        assert os.getpgid(process.pid) != group
        (tmp_path / "go").touch()
        assert process.stdout.readline() == "Council keeps the ferry\n"


def test_a_closed_pool_leaves_no_process(site_file: Callable[..., Path]) -> None:
    async def use(pool: Pool) -> int:
        assert pool.group
        with pytest.raises(CopydeskError):
            await pool.extract(b"", FERRY)
        assert len(members(pool.group)) == 2
        assert pool.group
        return pool.group

    group = pooled(use)
    eventually(lambda: members(group) == [])
