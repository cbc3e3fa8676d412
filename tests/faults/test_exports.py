"""Exports: a full disk, a kill, texts that break a file or become a formula."""

from __future__ import annotations

import csv
import errno
import gc
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from extractors import Article, Image, extract
from spiders.exports import FORMS, write_all, writer
from spiders.exports.cells import neutralised
from spiders.exports.replacement import replacement
from spiders.record import Record
from spiders.store import Store
from spiders.store.reader import Reader
from spiders.surfaces.values import storable
from tests.conftest import ROOT, Command
from tests.holdings import records
from tests.newsroom import FEED, FERRY, HOME, TOWER, crawled, feed, page
from tests.stock import article, many, rows_of, stocked

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose exports take a while to write."""
    return stocked(tmp_path_factory.mktemp("large") / "store.db", many(250))


def exporting(store: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "scrapy", "export", "--to", str(out), "-s", f"COPYDESK_STORE={store}"]


def half_full() -> None:
    """Let no file of this process grow beyond what an export needs: as on a full disk, the write fails half-way."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


@pytest.mark.parametrize("form", FORMS)
def test_A7_a_full_disk_leaves_the_old_export_and_ends_with_3(large: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    out.write_text("the old export")
    run = subprocess.run(
        exporting(large, out), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, preexec_fn=half_full
    )
    assert run.returncode == 3, run.stderr
    assert (
        run.stderr == f"scrapy export: {out} cannot be written: there is no room for it; what was there is as it was\n"
    )
    assert out.read_text() == "the old export"
    assert os.listdir(tmp_path) == [out.name]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_A7_no_step_on_the_way_harms_the_old_export(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: Command,
    call: str,
) -> None:
    store = stocked(tmp_path / "store.db", many(3))
    out = tmp_path / "out.jsonl"
    out.write_text("the old export")

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    if call == "write":
        monkeypatch.setattr("spiders.exports.lines.line_of", full)
    else:
        monkeypatch.setattr(f"spiders.exports.replacement.os.{call}", full)
    status, said, err = command("export", "--to", out, "-s", f"COPYDESK_STORE={store}")
    assert (status, said) == (3, "")
    assert "there is no room for it" in err
    assert out.read_text() == "the old export"
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("form", FORMS)
def test_A8_an_export_that_is_broken_off_says_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command, form: str
) -> None:
    unheard: list[Any] = []
    monkeypatch.setattr("sys.unraisablehook", unheard.append)  # prints a traceback

    def broken_off(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("spiders.exports.write_all", broken_off)
    store = stocked(tmp_path / "store.db", many(3))
    said = command("export", "--to", tmp_path / f"out.{form}", "-s", f"COPYDESK_STORE={store}")
    gc.collect()
    assert said == (11, "", "scrapy export: interrupted\n")
    assert not unheard


def test_A7_standard_output_on_a_full_disk(large: Path) -> None:
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            exporting(large, Path("-")),
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert run.returncode == 3
    assert (
        run.stderr
        == "scrapy export: standard output cannot be written: there is no room for it; what was there is as it was\n"
    )


KILLS = """
import os, random, shutil, signal, sys, time
from pathlib import Path
from spiders.exports import columns, write_all, writer  # all that is heavy, once
from spiders.exports.replacement import replacement
from spiders.store.reader import Reader

store, folder = sys.argv[1], Path(sys.argv[2])
seeded = random.Random(8)
for number in range(30):
    form = ("jsonl", "csv", "parquet")[number % 3]
    out = folder / f"out.{form}"
    child = os.fork()
    if not child:
        while True:
            with Reader(store) as reader, replacement(out) as file:
                write_all(reader.records(), writer(form, file), print)
    deadline = time.monotonic() + 30
    while number < 3 and not out.exists() and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(seeded.uniform(0, 0.1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    shutil.copy(out, folder / f"{number}.{form}")
    print((folder / f".out.{form}.part").exists())
"""


def test_A8_thirty_kills_leave_the_old_file_or_the_new_one_and_never_half(tmp_path: Path) -> None:
    store = stocked(tmp_path / "store.db", many(60))
    folder = tmp_path / "out"
    folder.mkdir()
    killing = [sys.executable, "-c", KILLS, str(store), str(folder)]
    run = subprocess.run(killing, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("True") >= 5, "the kills came between the exports, not in them"
    assert len(list(folder.glob("[0-9]*"))) == 30
    for path in folder.glob("[0-9]*"):
        assert len(rows_of(path)) == 60, path.name
    for form in ("jsonl", "csv", "parquet"):  # what a kill left behind is taken over by the next
        with Reader(store) as reader, replacement(folder / f"out.{form}") as file:
            write_all(reader.records(), writer(form, file), _unexpected)
    assert not list(folder.glob(".*"))


# A page can say anything: half a character, controls, marks that turn the writing, line ends of other times.
JUNK = "a\ud800b\x00c\x1b[31md\u202ee\u2028f\u2029g\x85h\x0bi\x0cj\ufeffk\u200bl\udc00\ud83d\ude00"
CLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\u200b]")


def junk_page(url: str) -> str:
    """Return a page with the junk in its text, its headline, its picture and its data."""
    data = json.dumps({"@type": "NewsArticle", "headline": f"Council {JUNK}", "author": {"name": f"Ann {JUNK} Lee"}})
    figure = f'<figure><img src="/a.jpg" alt="{JUNK}"><figcaption>The quay {JUNK}</figcaption></figure>'
    whole = page("the ferry", url, more=f"It ends as it began, {JUNK}, and nobody in the hall had a word to say of it.")
    return whole.replace("</head>", f'<script type="application/ld+json">{data}</script></head>').replace(
        "</article>", f"{figure}</article>"
    )


def test_D4_what_a_page_smuggles_in_is_cleaned_at_the_gate() -> None:
    whole = junk_page(FERRY)
    for html in (whole, whole.encode("utf-8", "surrogatepass")):
        told = json.dumps(extract(html, FERRY).as_dict(), ensure_ascii=False)
        assert "It ends as it began" in told
        assert not CLEAN.findall(told.replace("\\n", ""))


def test_D4_a_crawled_page_with_all_of_them_is_in_every_export(tmp_path: Path) -> None:
    bad = junk_page(FERRY).encode("utf-8", "surrogatepass")
    feeds = {str(tmp_path / f"feed.{form}"): {"format": form, "overwrite": True} for form in ("jsonl", "csv", "json")}
    pages = {FEED: feed(FERRY, TOWER), FERRY: bad, TOWER: page("the tower", TOWER)}
    books = crawled(tmp_path, pages, feeds=feeds)
    assert books.status() == 0
    with Reader(tmp_path / "store.db") as reader:
        bodies = {record.address: record.article.body for record in reader.records()}
        for form in ("jsonl", "csv", "parquet"):
            with (tmp_path / f"out.{form}").open("wb") as file:
                assert write_all(reader.records(), writer(form, file), _unexpected) == 2
            assert {row["address"]: row["body"] for row in rows_of(tmp_path / f"out.{form}")} == bodies
    for form in ("jsonl", "csv"):
        assert {row["url"]: row["body"] for row in rows_of(tmp_path / f"feed.{form}")} == bodies
    assert {row["url"]: row["body"] for row in json.loads((tmp_path / "feed.json").read_text("utf-8"))} == bodies


def _unexpected(error: Exception) -> None:
    raise error


TEXT = st.text(st.characters(), max_size=30) | st.sampled_from(
    [JUNK, "=1+1", "'=1", "＝1", "\r\n", "-", '"', ",;\t", "NULL"]
)
ARTICLES = st.builds(
    lambda body, headline, name, caption, source: article(
        FERRY, body, headline=headline, authors=(name, "Bo"), images=(Image(caption=caption),), sources={source: name}
    ),
    TEXT,
    TEXT | st.none(),
    TEXT,
    TEXT,
    TEXT,
)


@given(ARTICLES)
@settings(deadline=None, max_examples=40)
def test_D4_any_text_that_is_stored_is_read_back_equal_from_every_export(told: Article) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        stocked(folder / "store.db", [told])
        with Store(folder / "store.db") as store:
            (record,) = records(store)
        (lines,), (cells,), (columns,) = (
            exported(record, folder / f"out.{form}") for form in ("jsonl", "csv", "parquet")
        )
    finally:
        shutil.rmtree(folder)
    form = record.article.as_dict()
    assert form == storable(form)
    assert {name: lines[name] for name in form} == form
    for name in ("headline", "body"):
        assert columns[name] == form[name]
        assert plain(cells[name]) == (form[name] or "")
    assert columns["authors"] == form["authors"]
    assert json.loads(cells["authors"]) == form["authors"]
    assert dict(columns["sources"]) == form["sources"]
    assert columns["images"][0]["caption"] == (form["images"][0].get("caption"))
    assert [block["text"] for block in columns["blocks"]] == [block["text"] for block in form["blocks"]]


def exported(record: Record, path: Path) -> list[dict[str, Any]]:
    """Write one record and read it back."""
    with path.open("wb") as file:
        write_all([record], writer(path.suffix[1:], file), _unexpected)
    return rows_of(path)


def plain(cell: str) -> str:
    """Take off what neutralising put before a text."""
    return cell[1:] if re.match("'+[=+\\-@\t\r\n＝＋－＠]", cell) else cell


FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "=cmd|' /C calc'!A0",
    "'=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_F9_a_text_is_no_formula_in_our_csv_nor_in_a_feed(tmp_path: Path, text: str) -> None:
    told = article(FERRY, text, headline=text, byline=text, authors=(text,), visible_share=-0.5)
    store = stocked(tmp_path / "store.db", [told])
    with Reader(store) as reader:
        (row,) = exported(next(reader.records()), tmp_path / "out.csv")
    fed = io.BytesIO()
    _feed(fed, told)
    (fed_row,) = _read_csv(fed.getvalue())
    for cells in (row, fed_row):
        assert cells["headline"] == cells["byline"] == f"'{text}"
        assert plain(cells["headline"]) == text
        assert json.loads(cells["authors"]) == [text]
        assert not [
            value
            for name, value in cells.items()
            if re.match("[=+\\-@\t\r\n＝＋－＠]", value) and name != "visible_share"
        ]
        assert cells["visible_share"] == "-0.5"  # a number of ours, not a text of theirs


def _feed(file: io.BytesIO, item: Article) -> None:
    project = Settings()
    project.setmodule("spiders.settings", priority="project")
    exporter = load_object(project.getdict("FEED_EXPORTERS")["csv"])(file)
    exporter.start_exporting()
    exporter.export_item(item)
    exporter.finish_exporting()


def _read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_F9_raw_csv_leaves_texts_alone(tmp_path: Path, command: Command) -> None:
    store = stocked(tmp_path / "store.db", [article(FERRY, "=1+1")])
    out = tmp_path / "out.csv"
    assert command("export", "--to", out, "--raw-csv", "-s", f"COPYDESK_STORE={store}")[0] == 0
    assert rows_of(out)[0]["body"] == "=1+1"


@given(st.text(max_size=20))
def test_F9_two_texts_never_become_one(text: str) -> None:
    assert plain(neutralised(text)) == text


@pytest.mark.parametrize("form", ["pickle", "marshal"])
def test_F9_feeds_that_can_run_code_are_not_written(command: Command, form: str) -> None:
    options = ("-a", f"url={HOME}", "-s", "CASSETTE=nowhere.yaml", "-s", "TWISTED_REACTOR_ENABLED=0", "--nolog")
    status, _, err = command("crawl", "article", "-O", f"out.{form}", *options)
    assert status == 2
    assert f"'{form}'" in err
