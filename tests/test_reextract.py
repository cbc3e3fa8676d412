"""`scrapy reextract` as a person types it: what today's extractors change in what is stored."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from extractors import Article, Block, Label, extract
from spiders.record import Change, Link, Raw, State
from spiders.store import Store
from spiders.store.reader import Reader
from tests.conftest import Command
from tests.gazette import STORY, paragraphs
from tests.holdings import finish
from tests.newsroom import FERRY, HOME, MARKET, TOWER, WHEN, page, shelved
from tests.warcs import PAGES, http, record, responses, written

Run = Callable[..., tuple[int, str, str]]
WALL = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser. Cloudflare Ray ID: 8f</p></body></html>"
FRONT = "<html><body>" + "".join(f"<h3><a href='/{n}'>What the {n} of the harbour is about</a></h3>" for n in range(40))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def reextract(command: Command, path: Path) -> Run:
    return partial(command, "reextract", "-s", f"COPYDESK_STORE={path}")


def misread(path: Path, url: str, html: str, article: Article | None) -> None:
    """Store a page with what extractors of yesterday made of it; None: that it gives no article."""
    with Store(path, clock=WHEN.timestamp) as store:
        run = store.begin("harbour", [Link(url)])
        (lease,) = store.lease(run, 9)
        raw = Raw(url, 200, (("Content-Type", "text/html"),), html.encode(), WHEN)
        if article:
            finish(store, lease, raw, article=article)
        else:
            finish(store, lease, raw, state=State.FAILED, reason="no body")
        store.end(run, "finished")


def noisy(url: str, subject: str = "the ferry", **fields: object) -> Article:
    """Return what an extractor made of a page that took its first paragraph for noise and knew no headline."""
    article = extract(page(subject, url), url)
    paragraphs = article.body.split("\n\n")[1:]
    blocks = tuple(Block(text, Label.BODY, n) for n, text in enumerate([*paragraphs, "Sign up for our newsletter."]))
    return Article(url, headline="Harbour news", blocks=blocks, **fields)  # type: ignore[arg-type]


def test_a_bug_that_was_mended_makes_a_new_version(reextract: Run, path: Path) -> None:
    misread(path, FERRY, page("the ferry", FERRY), noisy(FERRY))
    shelved(path, {TOWER: page("the tower", TOWER)})
    status, out, err = reextract()
    assert (status, err) == (0, "")
    first, headline, body, *table = out.splitlines()
    assert first == f"changed: {FERRY}: version 2 after 1"
    assert headline == "    headline: [-Harbour news-]{+Council keeps the ferry+}"
    assert body.startswith("    body: {+The harbour council decided on Monday")
    assert "[- Sign up for our newsletter.-]" in body
    assert [line.split() for line in table] == [
        ["site", "pages", "unchanged", "changed", "new", "worse", "excluded", "failed"],
        ["harbour.example", "2", "1", "1", "0", "0", "0", "0"],
    ]
    with Reader(path) as reader:
        (record,) = reader.records(FERRY)
        assert (record.version, record.article.headline) == (2, "Council keeps the ferry")
        assert [(r.version, r.article.headline, r.flag) for r in reader.revisions(FERRY)] == [(1, "Harbour news", None)]
    assert reextract()[1].split()[-8:] == ["harbour.example", "2", "2", "0", "0", "0", "0", "0"]


def test_a_dry_run_shows_the_same_and_writes_nothing(reextract: Run, path: Path) -> None:
    misread(path, FERRY, page("the ferry", FERRY), noisy(FERRY))
    before = path.read_bytes()
    status, out, _ = reextract("--dry-run")
    assert status == 0
    assert out.startswith(f"changed: {FERRY}\n    headline: [-Harbour news-]")
    assert path.read_bytes() == before
    with Store(path):  # nor does it wait for a crawl
        assert reextract("--dry-run")[0] == 0
        status, _, err = reextract()
        assert status == 5
        assert "is locked by pid" in err


def test_a_page_that_gave_nothing_gives_an_article_now(reextract: Run, path: Path) -> None:
    misread(path, FERRY, page("the ferry", FERRY), None)
    assert f"new: {FERRY}\n" in reextract("--dry-run")[1]
    status, out, _ = reextract()
    assert status == 0
    assert out.startswith(f"new: {FERRY}\n")
    with Reader(path) as reader:
        assert reader.fate(FERRY) == (State.DONE, None)
        assert [r.version for r in reader.records(FERRY)] == [1]


def test_fields_beside_the_text_change_without_a_version(reextract: Run, path: Path) -> None:
    good = extract(page("the ferry", FERRY), FERRY)
    misread(
        path, FERRY, page("the ferry", FERRY), Article(FERRY, good.headline, authors=("By Ann",), blocks=good.blocks)
    )
    status, out, _ = reextract()
    assert status == 0
    assert out.startswith(f"changed: {FERRY}: version 1 stays: its text is the same\n    authors: [-By Ann-]\n")


@pytest.mark.parametrize(
    ("html", "flag"),
    [
        (page("the ferry", FERRY), "shorter: 87 words after "),
        (WALL, "block page: bot wall"),
        (FRONT, "no article: section front"),
        ("<html><body></body></html>", "empty: "),
    ],
)
def test_what_is_worse_never_replaces_an_article(reextract: Run, path: Path, html: str, flag: str) -> None:
    good = Article(
        FERRY, "Long", blocks=tuple(Block(f"Paragraph {n} of a long story.", Label.BODY, n) for n in range(90))
    )
    misread(path, FERRY, html, good)
    for arguments in (("--dry-run",), (), ()):  # the second time it is the same flagged revision
        status, out, _ = reextract(*arguments)
        assert status == 0
        assert out.startswith(f"worse: {FERRY}: {flag}")
        assert out.split()[-8:] == ["harbour.example", "1", "0", "0", "0", "1", "0", "0"]
    with Reader(path) as reader:
        (record,) = reader.records(FERRY)
        assert (record.version, record.article.headline, record.article.body) == (1, "Long", good.body)
        (flagged,) = reader.revisions(FERRY)
        assert (flagged.flag or "").startswith(flag)


def test_pages_that_are_no_article_and_pages_that_cannot_be_read_are_counted(reextract: Run, path: Path) -> None:
    misread(path, FERRY, FRONT, None)
    misread(path, TOWER, "<div>" * 100_000, None)
    status, out, _ = reextract()
    assert status == 10
    (failed, *table) = out.splitlines()
    assert failed.startswith(f"failed: {TOWER}: ")
    assert "nest" in failed
    assert table[-1].split() == ["harbour.example", "2", "0", "0", "0", "0", "1", "1"]


def test_the_article_stays_with_its_last_page(reextract: Run, path: Path) -> None:
    """An address that answered with a wall last has its article read again from the page that gave it."""
    misread(path, FERRY, page("the ferry", FERRY), noisy(FERRY))
    shelved(path, {FERRY: WALL}, when=WHEN + timedelta(1))
    status, out, _ = reextract()
    assert status == 0
    assert f"changed: {FERRY}: version 3 after 1\n" in out
    assert f"worse: {FERRY}: block page: bot wall\n" in out
    with Reader(path) as reader:
        (record,) = reader.records(FERRY)
        assert record.article.headline == "Council keeps the ferry"


def test_an_older_page_at_another_address_does_not_win(reextract: Run, path: Path) -> None:
    amp = f"{HOME}/amp/ferry"
    shelved(path, {amp: page("the ferry", FERRY)})
    shelved(path, {FERRY: page("the night ferry", FERRY)}, when=WHEN + timedelta(1))
    for _ in range(2):
        assert reextract()[1].split()[-8:] == ["harbour.example", "2", "2", "0", "0", "0", "0", "0"]
    with Reader(path) as reader:
        (record,) = reader.records()
        assert (record.version, record.article.headline) == (2, "Council keeps the night ferry")


def test_two_pages_that_call_themselves_the_same_stay_two(reextract: Run, path: Path) -> None:
    other, third = f"{HOME}/2026/other", f"{HOME}/2026/third"
    pages = {
        FERRY: page("the ferry", FERRY),
        other: re.sub("<p>.*</p>", paragraphs(*STORY), page("a pier", FERRY)),
        third: page("the ferry", FERRY),
    }
    shelved(path, pages)
    with Reader(path) as reader:
        before = {record.address: record.article.body for record in reader.records()}
        assert sorted(before) == [FERRY, other]
    for _ in range(2):
        assert reextract()[1].split()[-8:] == ["harbour.example", "3", "2", "0", "0", "0", "1", "0"]
    with Reader(path) as reader:
        assert {record.address: record.article.body for record in reader.records()} == before
        assert [record.version for record in reader.records()] == [1, 1]


def test_a_damaged_article_costs_its_page(reextract: Run, path: Path) -> None:
    shelved(path, {FERRY: page("the ferry", FERRY), TOWER: page("the tower", TOWER)})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE article SET article = '{}' WHERE key LIKE '%ferry'")
    status, out, _ = reextract()
    assert status == 10
    assert f"failed: {FERRY}: 1 damaged row of" in out
    assert out.split()[-8:] == ["harbour.example", "2", "1", "0", "0", "0", "0", "1"]


def test_the_hints_of_the_listing_are_given_to_the_extractors_again(reextract: Run, path: Path) -> None:
    html = page("the ferry", FERRY)
    with Store(path) as store:
        run = store.begin("harbour", [Link(FERRY, hints={"published": "2026-05-04T06:30:00+00:00"})])
        (lease,) = store.lease(run, 1)
        raw = Raw(FERRY, 200, (("Content-Type", "text/html"),), html.encode(), WHEN)
        assert finish(store, lease, raw, article=noisy(FERRY)) is Change.NEW
    assert "published: {+2026-05-04T06:30:00+00:00+}" in reextract()[1]


def test_site_and_since_choose_pages(reextract: Run, path: Path) -> None:
    other = "https://mill.example/a"
    shelved(path, {FERRY: page("the ferry", FERRY), other: page("the mill", other)})
    shelved(path, {TOWER: page("the tower", TOWER)}, when=WHEN + timedelta(1))
    assert reextract("--site", "mill.example")[1].split()[8:10] == ["mill.example", "1"]
    assert reextract("--since", "2026-05-05")[1].split()[8:10] == ["harbour.example", "1"]
    assert [line.split()[:2] for line in reextract()[1].splitlines()[1:]] == [
        ["harbour.example", "2"],
        ["mill.example", "1"],
        ["all", "3"],
    ]


def test_a_damaged_response_costs_its_page(reextract: Run, path: Path) -> None:
    shelved(path, {FERRY: page("the ferry", FERRY), TOWER: page("the tower", TOWER)})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE raw SET body = x'28b52ffd00' WHERE key LIKE '%ferry'")
    status, out, _ = reextract()
    assert status == 10
    assert f"failed: {FERRY}: the stored response of {FERRY} cannot be read" in out
    assert out.split()[-8:] == ["harbour.example", "2", "1", "0", "0", "0", "0", "1"]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE raw SET seen = 'once' WHERE key LIKE '%ferry'")
    status, out, _ = reextract()
    assert status == 10
    assert out.startswith("failed: response 1: 1 damaged row of the store")


def test_an_interrupt_is_one_sentence_and_leaves_a_whole_store(
    reextract: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    misread(path, FERRY, page("the ferry", FERRY), noisy(FERRY))
    misread(path, TOWER, page("the tower", TOWER), noisy(TOWER, "the tower"))
    real = Store.revise

    def revise(*arguments: object, **options: object) -> object:
        monkeypatch.setattr(Store, "revise", interrupt)
        return real(*arguments, **options)  # type: ignore[arg-type]

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "revise", revise)
    status, out, err = reextract()
    assert (status, err) == (11, "scrapy reextract: interrupted\n")
    assert len([line for line in out.splitlines() if line.startswith("changed: ")]) == 1
    monkeypatch.setattr(Store, "revise", real)
    assert reextract()[1].split()[-8:] == ["harbour.example", "2", "1", "1", "0", "0", "0", "0"]


def test_the_report_is_a_page_of_what_changed(reextract: Run, path: Path, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    misread(path, FERRY, page("the ferry", FERRY), noisy(FERRY, authors=(evil,)))
    shelved(path, {TOWER: page("the tower", TOWER)})
    file = tmp_path / "report.html"
    file.write_text("old")
    status, out, err = reextract("--html", file)
    assert (status, err) == (0, "")
    assert out.endswith(f"{file} written\n")
    tree = LexborHTMLParser(file.read_bytes())
    assert [n.text() for n in tree.css("h2")] == ["Council keeps the ferry"]
    assert [n.text(strip=True) for n in tree.css("dt")] == ["headline", "authors", "body"]
    assert tree.css("script, img, iframe, link") == []
    assert evil in [n.text() for n in tree.css("del")]
    assert [n.text() for n in tree.css("tbody td")] == ["harbour.example", "2", "1", "1", "0", "0", "0", "0"]
    assert json.dumps(sorted(p.name for p in tmp_path.iterdir())).count("part") == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--since", "once"), 2, "'once' is no time"),
        (("now",), 2, "it takes no operands, only options"),
        (("--warc", "nowhere.warc.gz"), 2, "nowhere.warc.gz cannot be read: No such file or directory"),
        (("--warc", "scrapy.cfg"), 2, "the file scrapy.cfg is no WARC archive"),
        (("--html", "nowhere/report.html"), 2, "there is no folder nowhere for the page"),
        (("-s", "COPYDESK_STORE=nowhere.db"), 4, "there is no store at nowhere.db"),
    ],
)
def test_bad_input_is_answered_with_one_sentence(
    reextract: Run, path: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    shelved(path, {MARKET: page("the market", MARKET)})
    ended, out, err = reextract(*arguments)
    assert ended == status
    assert said in err
    assert len(err.splitlines()) == 1
    assert status != 4 or out == ""


def test_an_archive_of_pages_that_the_store_has_fetched_counts_as_its_own(
    reextract: Run, path: Path, tmp_path: Path
) -> None:
    misread(path, FERRY, PAGES[FERRY], noisy(FERRY))
    with Store(path) as store:
        assert store.prune(None) == 1
    assert reextract()[1].splitlines()[0].split()[0] == "site"  # nothing is kept that could be read
    archive = written(tmp_path / "own.warc.gz", record(FERRY, http(PAGES[FERRY])))
    status, out, err = reextract("--warc", archive)
    assert (status, err) == (0, "")
    assert out.startswith(f"changed: {FERRY}: version 2 after 1\n    headline: ")
    with Reader(path) as reader:
        assert [r.version for r in reader.records()] == [2]


def test_an_archive_of_others_is_compared_and_not_written(reextract: Run, path: Path, tmp_path: Path) -> None:
    misread(path, FERRY, page("the night ferry", FERRY), noisy(FERRY))
    forgotten = f"{HOME}/forgotten"
    shelved(path, {forgotten: page("the mill", forgotten)})
    with Store(path) as store:
        store.forget(forgotten)
    before = path.read_bytes()
    pages = [record(FERRY, http(PAGES[FERRY])), record(TOWER, http(PAGES[TOWER]))]
    others = [record(forgotten, http(page("the mill", forgotten))), record(f"{HOME}/x", http("no", status="404 Gone"))]
    archives = written(tmp_path / "a.warc", *pages), written(tmp_path / "b.warc.zst", *others)
    status, out, err = reextract("--warc", *archives)
    assert (status, err) == (0, f"scrapy reextract: {archives[1]}: passed over: 1 HTTP 404\n")
    assert f"changed: {FERRY}: another page than the stored one: not written\n" in out
    assert f"new: {TOWER}: of an archive: scrapy replay stores it\n" in out
    assert out.splitlines()[-1].split() == ["harbour.example", "3", "0", "1", "1", "0", "1", "0"]
    assert path.read_bytes() == before
    sites = (
        reextract("--warc", *archives, "--site", "harbour.example", "--since", "1h"),
        reextract("--warc", *archives, "--since", "1h"),
    )
    assert [(status, len(out.splitlines())) for status, out, _ in sites] == [(0, 1), (0, 1)]
    status, out, err = reextract("--warc", *archives, "--site", "harbor.example")
    assert (status, out) == (2, "")
    assert err.endswith(f" is in {archives[0]} or {archives[1]}; did you mean harbour.example?\n")


def test_a_torn_archive_is_told(reextract: Run, path: Path, tmp_path: Path) -> None:
    shelved(path, {FERRY: PAGES[FERRY]})
    torn = written(tmp_path / "torn.warc.gz", *responses())
    torn.write_bytes(torn.read_bytes()[:-40])
    status, out, err = reextract("--warc", torn)
    assert status == 10
    assert out.splitlines()[-1].split()[:3] == ["harbour.example", "2", "1"]
    assert err.startswith(f"scrapy reextract: {torn}: ")
