"""`scrapy replay` as a person types it: an archive goes into the store as a crawl would."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from spiders.article import ArticleSpider
from spiders.ledger import SHOWN
from spiders.store import Store
from spiders.store.reader import Reader
from tests.conftest import ROOT, Command
from tests.holdings import raws, records
from tests.newsroom import FEED, FERRY, HOME, MARKET, TOWER, crawled, feed, page
from tests.warcs import PAGES, http, packed, record, responses, written

DAY = "2026-05-{:02}T06:30:00Z"


@pytest.fixture
def replay(command: Command, tmp_path: Path) -> Command:
    """Run `scrapy replay` into the test's store in this process."""
    return lambda *arguments: command("replay", *arguments, "-s", f"COPYDESK_STORE={tmp_path}/store.db")


def bodies(tmp_path: Path) -> dict[str, str]:
    with Reader(tmp_path / "store.db") as reader:
        return {record.address: record.article.body for record in reader.records()}


def test_an_archive_is_stored_as_a_crawl_would(replay: Command, tmp_path: Path) -> None:
    archive = written(tmp_path / "may.warc.gz", *responses())
    status, out, err = replay(archive)
    assert (status, err) == (0, "")
    header, *rows, total = out.splitlines()
    assert header.split() == ["outcome", "words", "removed", "headline"]
    assert [row.split()[0] for row in rows] == ["new"] * 3
    assert total == "3 stored + 0 failed + 0 excluded + 0 pending = 3 discovered"
    assert set(bodies(tmp_path)) == {FERRY, TOWER, MARKET}
    with Store(tmp_path / "store.db") as store:
        (raw,) = raws(store, FERRY)
        assert raw.body.decode() == PAGES[FERRY]
        assert raw.fetched.isoformat() == "2026-05-04T06:30:00+00:00"
    status, out, err = replay(archive)
    assert (status, out.count("unchanged "), err) == (0, 3, "")


def test_what_the_table_has_no_room_for_is_listed_by_the_command_that_it_names(
    replay: Command, command: Command, tmp_path: Path
) -> None:
    urls = [f"{FERRY}-{number}" for number in range(SHOWN + 1)]
    many = [record(url, http(page(f"ferry {number}", url))) for number, url in enumerate(urls)]
    out = replay(written(tmp_path / "many.warc.gz", *many))[1]
    (line,) = [line for line in out.splitlines() if line.startswith("… and 1 more stored: ")]
    named = line.partition("scrapy ")[2].removesuffix(" lists them").split()
    listed = command(*named, "--limit", "99", "-s", f"COPYDESK_STORE={tmp_path}/store.db")
    assert (listed[0], len(listed[1].splitlines())) == (0, SHOWN + 1)


def test_a_young_story_that_is_replayed_goes_on_being_watched(replay: Command, tmp_path: Path) -> None:
    crawled(tmp_path, {FERRY: PAGES[FERRY]}, ArticleSpider, url=FERRY)
    replay(written(tmp_path / "may.warc.gz", *responses()))
    with Store(tmp_path / "store.db", clock=lambda: time.time() + 3600) as store:
        assert [lease.url for lease in store.lease(store.begin("article", []), 10)] == [FERRY]


def test_what_is_no_article_is_told_with_its_reason(replay: Command, tmp_path: Path) -> None:
    wall = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>news.example</h1>"
    wall += "<p>Checking your browser before accessing. Cloudflare Ray ID: 8f</p></body></html>"
    image = record(f"{HOME}/a.png", http(b"\x89PNG", kind="image/png"))
    archive = written(tmp_path / "a.warc.gz", record(f"{HOME}/wall", http(wall)), image, *responses()[:1])
    status, out, err = replay(archive)
    assert status == 10
    assert f"failed: {HOME}/wall: " in out
    assert "1 stored + 1 failed + 0 excluded + 0 pending = 2 discovered" in out
    assert err == f"scrapy replay: {archive}: passed over: 1 not HTML\n"


@pytest.mark.parametrize("form", ["warc.gz", "warc.zst"])
def test_what_export_writes_replay_reads_into_the_same_articles(command: Command, tmp_path: Path, form: str) -> None:
    pages = {FEED: feed(FERRY, TOWER), FERRY: PAGES[FERRY], TOWER: PAGES[TOWER]}
    crawled(tmp_path, pages)
    crawled_bodies, out = bodies(tmp_path), tmp_path / f"out.{form}"
    assert command("export", "--to", out, "-s", f"COPYDESK_STORE={tmp_path}/store.db")[0] == 0
    (tmp_path / "new").mkdir()
    status, told, err = command("replay", out, "-s", f"COPYDESK_STORE={tmp_path}/new/store.db")
    assert (status, told.count("new ")) == (0, 2), err
    assert bodies(tmp_path / "new") == crawled_bodies
    assert command("replay", out, "-s", f"COPYDESK_STORE={tmp_path}/store.db")[1].count("unchanged ") == 2


def test_site_chooses(replay: Command, tmp_path: Path) -> None:
    other = record("https://other.example/2026/ferry", http(page("the ferry", "https://other.example/2026/ferry")))
    archive = written(tmp_path / "a.warc.gz", other, *responses()[:1])
    status, out, _ = replay(archive, "--site", "harbour.example")
    assert (status, set(bodies(tmp_path))) == (0, {FERRY})
    assert "= 1 discovered" in out
    status, _, err = replay(archive, "--site", "harbor.example")
    assert status == 2
    assert err.splitlines()[-1].startswith(
        f"scrapy replay: no page of harbor.example is in {archive}; did you mean harbour.example"
    )


def test_a_replay_is_told_among_the_runs_as_a_crawl_is(command: Command, replay: Command, tmp_path: Path) -> None:
    whole = written(tmp_path / "a.warc.gz", *responses())
    assert replay(whole)[0] == 0
    cut = tmp_path / "b.warc.gz"
    cut.write_bytes(whole.read_bytes()[:-40])
    assert replay(cut)[0] == 10
    lines = command("runs", "--json", "-s", f"COPYDESK_STORE={tmp_path}/store.db")[1].splitlines()
    told = [(run["spider"], run["status"], run["outcomes"]) for run in map(json.loads, lines)]
    assert told[1] == ("replay a.warc.gz", 0, {"stored": len(PAGES)})
    assert told[0][:2] == ("replay b.warc.gz", 10)


def test_what_is_damaged_is_told_and_ends_with_10(replay: Command, tmp_path: Path) -> None:
    archive = tmp_path / "a.warc.gz"
    archive.write_bytes(packed("warc.gz", *responses())[:-60])
    status, out, err = replay(archive)
    assert status == 10
    assert "2 stored + 0 failed" in out
    assert f"{archive}: {MARKET}: it breaks off" in err
    assert set(bodies(tmp_path)) == {FERRY, TOWER}


def test_an_older_text_is_kept_beside_the_newer_one(replay: Command, tmp_path: Path) -> None:
    told = [
        record(FERRY, http(page(what, FERRY)), date=DAY.format(day)) for what, day in (("A", 9), ("B", 3), ("C", 11))
    ]
    paths = [written(tmp_path / f"{n}.warc.gz", one) for n, one in enumerate(told)]
    assert replay(paths[0])[1].splitlines()[1].split()[0] == "new"
    assert replay(paths[1])[1].splitlines()[1].split()[0] == "kept"
    assert "that A will be kept open" in bodies(tmp_path)[FERRY]
    with Reader(tmp_path / "store.db") as reader:
        (old,) = reader.revisions(FERRY)
    assert "that B will" in old.article.body
    assert old.flag == "older: of 2026-05-03 06:30, and the stored text of 2026-05-09 06:30"
    assert replay(paths[2])[1].splitlines()[1].split()[0] == "changed"
    assert "that C will" in bodies(tmp_path)[FERRY]


def test_of_pages_with_one_address_the_first_counts_and_the_rest_is_told(replay: Command, tmp_path: Path) -> None:
    archive = written(tmp_path / "a.warc.gz", *responses()[:1] * 120, *responses()[1:])
    status, out, err = replay(archive)
    assert status == 0
    assert "3 stored + 0 failed + 0 excluded + 0 pending = 3 discovered" in out
    assert "119 more pages have an address that came before, or was forgotten" in err


def test_what_was_forgotten_stays_forgotten(replay: Command, tmp_path: Path) -> None:
    archive = written(tmp_path / "a.warc.gz", *responses())
    replay(archive)
    with Store(tmp_path / "store.db") as store:
        assert store.forget(FERRY) == 1
    status, out, _ = replay(archive)
    assert (status, set(bodies(tmp_path))) == (0, {TOWER, MARKET})
    assert "2 stored" in out


def test_raw_responses_are_kept_as_long_as_the_setting_says(replay: Command, tmp_path: Path) -> None:
    archive = written(tmp_path / "a.warc.gz", *responses())
    status, _, _ = replay(archive, "-s", "KEEP_RAW=none")
    assert (status, len(bodies(tmp_path))) == (0, 3)
    with Reader(tmp_path / "store.db") as reader:
        assert list(reader.raws()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name one WARC file"),
        (["a.warc", "b.warc"], "name one WARC file"),
        (["nowhere.warc.gz"], "the archive nowhere.warc.gz cannot be read: No such file or directory"),
        (["README.md"], "the file README.md is no WARC archive"),
        (["cassettes"], "the archive cassettes cannot be read: Is a directory"),
    ],
)
def test_bad_arguments_get_one_sentence_and_leave_no_store(
    replay: Command, tmp_path: Path, arguments: list[str], said: str
) -> None:
    status, out, err = replay(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_locked_store_ends_with_5(replay: Command, tmp_path: Path) -> None:
    archive = written(tmp_path / "a.warc.gz", *responses())
    with Store(tmp_path / "store.db"):
        status, out, err = replay(archive)
    assert (status, out) == (5, "")
    assert "is locked by pid" in err


SLOWLY = """
from time import sleep

from extractors.site import Site


class Harbour(Site):
    domains = ("harbour.example",)
    body = "article p"

    def amend(self, article, page):
        sleep(0.03)
        return article
"""


@pytest.mark.parametrize(("blow", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 11)])
def test_a_replay_that_is_broken_off_is_gone_on_with(
    replay: Command, tmp_path: Path, blow: signal.Signals, status: int
) -> None:
    urls = [f"{HOME}/2026/{n}" for n in range(1000, 1120)]
    archive = written(tmp_path / "a.warc.gz", *(record(url, http(page(f"pier {url[-4:]}", url))) for url in urls))
    command = [sys.executable, "-m", "scrapy", "replay", str(archive), "-s", f"COPYDESK_STORE={tmp_path}/store.db"]
    (tmp_path / "harbour_example.py").write_text(SLOWLY, "utf-8")
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    # What a shell starts in the background ignores Ctrl-C, and so would the children of tests that are started there.
    pipes["preexec_fn"] = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    own = {**os.environ, "COPYDESK_SITES": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=own, **pipes) as broken:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and broken.poll() is None and stored(tmp_path) < 10:
            time.sleep(0.01)
        broken.send_signal(blow)
        out, err = broken.communicate(timeout=60)
    assert broken.returncode == status, err
    assert 10 <= stored(tmp_path) < 120
    if status == 11:
        assert "interrupted: run it again to go on" in err
        assert " stored + 0 failed + 0 excluded + " in out
    ended, out, _ = replay(archive)
    assert ended == 0
    assert "120 stored + 0 failed + 0 excluded + 0 pending = 120 discovered" in out
    assert "this run went on with one that was interrupted" in out
    assert set(bodies(tmp_path)) == set(urls)
    with Store(tmp_path / "store.db") as store:
        assert {record.version for record in records(store)} == {1}


def stored(tmp_path: Path) -> int:
    """Count the articles of a store that another process writes."""
    if not (tmp_path / "store.db").exists():
        return 0
    try:
        connection = sqlite3.connect(f"file:{tmp_path}/store.db?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return 0
