"""`scrapy export` as a person types it: what each form holds, what is chosen, what is said."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from extractors import Article, Block, Image, Label, Translation
from spiders.archives import Archive
from spiders.exports import FORMS, progress
from spiders.exports.columns import SCHEMA
from spiders.store import Store
from tests.conftest import Command
from tests.newsroom import FERRY, HOME, TOWER, page
from tests.stock import article, rows_of, stocked, two
from tests.test_commands import scrapy

EAST = timezone(timedelta(hours=3))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with two articles."""
    return stocked(tmp_path / "store.db", two())


@pytest.fixture
def export(command: Command, tmp_path: Path) -> Command:
    """Run `scrapy export` over the test's store in this process."""
    return lambda *arguments: command("export", *arguments, "-s", f"COPYDESK_STORE={tmp_path}/store.db")


FULL = article(
    FERRY,
    "The ferry stays.",
    standfirst="All winter",
    authors=("Ann Lee", "Bo Chu"),
    published=datetime(2026, 5, 4, 9, 30, tzinfo=EAST),
    modified=date(2026, 5, 5),
    tags=("sea", "winter"),
    images=(Image("https://img.example/a.jpg", "The quay", "Jon Falk", None),),
    translations=(Translation("he", "כותרת"),),
    paywalled=False,
    visible_share=0.25,
    sources={"headline": "meta", "published": "json-ld"},
    blocks=(Block("The ferry stays.", Label.BODY, 0), Block("More", Label.RELATED, 1, ("wording: start",))),
)


def test_json_lines_hold_the_article_and_what_the_crawl_knows(export: Command, tmp_path: Path) -> None:
    stocked(tmp_path / "store.db", [FULL])
    out = tmp_path / "out.jsonl"
    status, said, err = export("--to", out)
    assert (status, err) == (0, "")
    assert said == f"1 article written to {out} ({out.stat().st_size / 1000:.1f} KB)\n"
    (row,) = rows_of(out)
    crawl = {
        name: row.pop(name)
        for name in ("address", "version", "first_seen", "last_seen", "extractor", "flag", "suspect", "rights")
    }
    assert Article.from_dict(row) == FULL
    assert (crawl["address"], crawl["version"], crawl["flag"], crawl["rights"]) == (FERRY, 1, None, [])
    assert datetime.fromisoformat(crawl["first_seen"]).tzinfo
    assert crawl["extractor"]


def test_csv_has_a_column_a_field(export: Command, tmp_path: Path) -> None:
    stocked(tmp_path / "store.db", [FULL])
    assert export("--to", tmp_path / "out.csv")[0] == 0
    (row,) = rows_of(tmp_path / "out.csv")
    assert set(row) == {f.name for f in fields(Article)} - {"blocks"} | {
        *("address", "version", "first_seen", "last_seen", "extractor", "flag", "suspect", "rights")
    }
    assert (row["headline"], row["body"], row["kicker"]) == (FULL.headline, FULL.body, "")
    assert (row["paywalled"], row["visible_share"], row["version"]) == ("false", "0.25", "1")
    assert row["published"] == "2026-05-04T09:30:00+03:00"
    assert json.loads(row["authors"]) == ["Ann Lee", "Bo Chu"]
    assert json.loads(row["images"])[0]["credit"] == "Jon Falk"


def test_parquet_has_types_from_the_dataclass_and_instants(export: Command, tmp_path: Path) -> None:
    naive = article(
        TOWER, "The tower.", published=datetime(2026, 5, 4, 9, 30), modified=datetime.max.replace(tzinfo=EAST)
    )
    stocked(tmp_path / "store.db", [FULL, naive])
    assert export("--to", tmp_path / "out.parquet")[0] == 0
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.schema.equals(SCHEMA)
    assert {f.name for f in fields(Article)} <= set(SCHEMA.names)
    assert SCHEMA.field("authors").type == pa.list_(pa.string())
    assert SCHEMA.field("paywalled").type == pa.bool_()
    assert SCHEMA.field("published_utc").type == pa.timestamp("us", tz="UTC")
    ferry, tower = table.to_pylist()
    assert (ferry["published"], ferry["modified"]) == ("2026-05-04T09:30:00+03:00", "2026-05-05")
    assert (ferry["published_utc"], ferry["modified_utc"]) == (datetime(2026, 5, 4, 6, 30, tzinfo=UTC), None)
    assert (tower["published"], tower["published_utc"]) == ("2026-05-04T09:30:00", None)
    assert ferry["authors"] == ["Ann Lee", "Bo Chu"]
    assert dict(ferry["sources"]) == FULL.sources
    assert ferry["images"] == [
        {"url": "https://img.example/a.jpg", "caption": "The quay", "credit": "Jon Falk", "alt": None}
    ]
    assert [b["label"] for b in ferry["blocks"]] == ["body", "related"]
    assert ferry["blocks"][1]["why"] == ["wording: start"]
    assert ferry["first_seen"].tzinfo


def test_parquet_is_written_by_row_groups_of_a_bounded_size(export: Command, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("spiders.exports.columns._GROUP", 3)
    monkeypatch.setattr("spiders.exports.columns._GROUP_SIZE", 1000)
    texts = ["short"] * 7 + ["long " * 300] * 2
    stocked(tmp_path / "store.db", [article(f"{HOME}/2026/{n}", text) for n, text in enumerate(texts)])
    assert export("--to", tmp_path / "out.parquet")[0] == 0
    file = pq.ParquetFile(tmp_path / "out.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [3, 3, 2, 1]


def test_warc_names_addresses_without_their_secrets(export: Command, tmp_path: Path) -> None:
    path = stocked(tmp_path / "store.db", two()[:1])
    with closing(sqlite3.connect(path)) as connection, connection:  # as an early Copydesk kept them
        connection.execute("UPDATE raw SET url = ?", (f"{FERRY}?page=2&access_token=q7Zt93kfPw0",))
    assert export("--to", tmp_path / "out.warc.gz")[0] == 0
    with (tmp_path / "out.warc.gz").open("rb") as file:
        _, ferry = (r for r in ArchiveIterator(file, parse_http=False) if r.freeze())
    assert ferry.headers["WARC-Target-URI"].startswith(f"{FERRY}?page=2&access_token=REDACTED")
    assert b"q7Zt93kfPw0" not in gzip.decompress((tmp_path / "out.warc.gz").read_bytes())


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_warc_holds_the_responses_as_archives_have_them(export: Command, tmp_path: Path, packing: str) -> None:
    headers = (("Content-Type", "text/plain"), ("Transfer-Encoding", "chunked"), ("Set-Cookie", "id=1"), ("X-A", "b"))
    stocked(tmp_path / "store.db", two(), headers=headers, server="203.0.113.9")
    out = tmp_path / f"out.warc.{packing}"
    status, said, err = export("--to", out)
    assert (status, err) == (0, "")
    assert said.startswith(f"2 responses written to {out}")
    with out.open("rb") as file:
        about, ferry, tower = (r for r in ArchiveIterator(file, parse_http=False) if r.freeze())
    assert about.record_type == WarcRecordType.warcinfo
    assert ferry.headers["WARC-Target-URI"] == FERRY
    assert ferry.headers["WARC-Date"] == "2026-05-04T06:30:00Z"
    assert ferry.headers["WARC-IP-Address"] == "203.0.113.9"
    assert ferry.headers["WARC-Identified-Payload-Type"] == "text/html"
    assert ferry.verify_block_digest()
    ferry.parse_http()
    assert ferry.verify_payload_digest()
    body = page("the ferry", FERRY).encode()
    assert dict(ferry.http_headers.to_tuples()) == {
        "Content-Type": "text/plain",
        "X-A": "b",
        "Content-Length": str(len(body)),
    }
    assert ferry.reader.read() == body
    assert tower.record_id != ferry.record_id
    assert tower.stream_pos > ferry.stream_pos > 0  # each packed by itself
    assert [(raw.url, raw.body) for raw in Archive(out)] == [(u, page("the ferry", u).encode()) for u in (FERRY, TOWER)]


def test_the_same_store_gives_the_same_file(export: Command, store: Path, tmp_path: Path) -> None:
    for form in ("jsonl", "csv", "parquet"):
        for name in ("one", "two"):
            assert export("--to", tmp_path / f"{name}.{form}")[0] == 0
        assert (tmp_path / f"one.{form}").read_bytes() == (tmp_path / f"two.{form}").read_bytes()


def test_site_since_and_until_choose(export: Command, tmp_path: Path) -> None:
    days = [date(2026, 5, day) for day in (1, 2, 3)]
    told = [article(f"{HOME}/{d.day}", "Text.", published=d) for d in days]
    stocked(tmp_path / "store.db", [*told, article("https://other.example/9", "Text.", published=days[1])])
    out = tmp_path / "out.jsonl"

    def chosen(*arguments: str) -> list[str]:
        assert export("--to", out, *arguments)[0] == 0
        return [row["address"].rpartition("/")[2] for row in rows_of(out)]

    assert chosen("--site", "harbour.example") == ["1", "2", "3"]
    assert sorted(chosen("--since", "2026-05-02")) == ["2", "3", "9"]
    assert sorted(chosen("--until", "2026-05-02", "--site", "harbour.example")) == ["1", "2"]
    assert chosen("--site", "harbour.example", "--since", "2026-06-01") == []
    archive = tmp_path / "out.warc.gz"
    assert export("--to", archive, "--until", "2026-05-03")[1].startswith("0 responses")
    assert export("--to", archive, "--until", "2026-05-04")[1].startswith("4 responses")
    assert export("--to", archive, "--since", "2026-05-05")[1].startswith("0 responses")
    assert export("--to", archive, "--site", "other.example")[1].startswith("1 response written")


def test_revisions_come_before_the_article(export: Command, store: Path, tmp_path: Path) -> None:
    stocked(store, [article(FERRY, "The ferry goes after all.")])
    out = tmp_path / "out.jsonl"
    assert export("--to", out, "--revisions")[1].startswith("3 articles written")
    assert [(row["address"], row["version"], row["body"]) for row in rows_of(out)] == [
        (FERRY, 1, "The ferry stays."),
        (FERRY, 2, "The ferry goes after all."),
        (TOWER, 1, "The tower goes.\n\n“Never,” she said."),
    ]


def test_standard_output(store: Path) -> None:
    run = scrapy("export", "--to", "-", "-s", f"COPYDESK_STORE={store}")
    assert (run.returncode, run.stderr) == (0, "scrapy export: 2 articles written\n")
    assert [json.loads(line)["address"] for line in run.stdout.splitlines()] == [FERRY, TOWER]
    run = scrapy("export", "--to", "-:csv", "-s", f"COPYDESK_STORE={store}")
    assert run.stdout.startswith("address,url,headline,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name the file to write: --to articles.jsonl"),
        (
            ["--to", "out.xlsx"],
            "out.xlsx: the end of its name tells no form; there are .jsonl, .csv, .parquet, .warc.gz",
        ),
        (["--to", "-:parquet"], "standard output can be jsonl, csv, warc.gz, warc.zst, not 'parquet'"),
        (["--to", "out.jsonl", "--raw-csv"], "--raw-csv is about CSV"),
        (["--to", "out.warc.gz", "--revisions"], "--revisions is about articles"),
        (["--to", "out.jsonl", "--since", "soon"], "'soon' is no time"),
        (["--to", "nowhere/out.jsonl"], "nowhere/out.jsonl cannot be written: No such file or directory"),
        (["--to", "out.jsonl", "more"], "it takes no operands"),
        (["--to", "out.jsonl", "--loud"], "unknown option --loud"),
    ],
)
def test_bad_arguments_get_one_sentence(export: Command, store: Path, arguments: list[str], said: str) -> None:
    status, out, err = export(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert not Path("out.jsonl").exists()


def test_a_store_that_is_missing_or_broken_ends_with_4(export: Command, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    status, _, err = export("--to", out)
    assert (status, len(err.splitlines())) == (4, 1)
    assert "there is no store at" in err
    assert not out.exists()


@pytest.mark.parametrize(
    ("form", "change", "said"),
    [
        ("warc.gz", f"UPDATE raw SET body = zeroblob(20) WHERE url = '{FERRY}'", f"the stored response of {FERRY}"),
        ("jsonl", f"UPDATE article SET article = '{{' WHERE address = '{FERRY}'", "1 damaged row of the store"),
    ],
)
def test_what_is_damaged_is_told_and_left_out(
    export: Command, store: Path, tmp_path: Path, form: str, change: str, said: str
) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute(change)
    status, out, err = export("--to", tmp_path / f"out.{form}")
    assert status == 4
    assert out.startswith(("1 response written", "1 article written"))
    assert said in err


def test_nothing_that_must_stay_secret_is_exported(export: Command, tmp_path: Path) -> None:
    secret = "https://ann:pass-word-1@www.harbour.example/a?page=2&token=tok-en-1&X-Amz-Signature=sig-1"
    told = article(secret, "Text.", canonical_url=secret, next_url=secret)
    headers = (("Set-Cookie", "id=cook-ie-1"), ("Location", secret), ("X-Api-Key", "api-key-1"), ("X-A", "b"))
    stocked(tmp_path / "store.db", [told], headers=headers, url=secret)
    for form in ("jsonl", "csv", "parquet"):
        assert export("--to", tmp_path / f"out.{form}")[0] == 0
        written = str(rows_of(tmp_path / f"out.{form}"))
        assert "page=2" in written
        assert not [s for s in ("pass-word-1", "tok-en-1", "sig-1") if s in written]
    assert export("--to", tmp_path / "out.warc.gz")[0] == 0
    with (tmp_path / "out.warc.gz").open("rb") as file:
        record = next(iter(ArchiveIterator(file, record_types=WarcRecordType.response)))
        told_there = str([*record.headers.items(), *record.http_headers.items()])
    assert "page=2" in told_there
    assert not [s for s in ("pass-word-1", "tok-en-1", "sig-1", "cook-ie-1", "api-key-1") if s in told_there]


def test_an_export_reads_beside_a_run(export: Command, store: Path, tmp_path: Path) -> None:
    with Store(store):
        assert export("--to", tmp_path / "out.jsonl")[1].startswith("2 articles")


def test_what_was_there_keeps_its_rights_and_a_link_stays_a_link(export: Command, store: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert export("--to", link)[0] == 0
    assert link.is_symlink()
    assert len(rows_of(real)) == 2
    assert real.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []


def test_long_exports_tell_how_far_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    with progress.followed(range(250), "scrapy export: out.jsonl") as items:
        assert sum(1 for _ in items) == 250
    assert capsys.readouterr().err.splitlines() == [f"scrapy export: out.jsonl: {n}" for n in (0, 100, 200)]


def test_help_tells_every_option_and_form(command: Command) -> None:
    status, out, _ = command("export", "--help")
    assert status == 0
    assert all(f".{form}" in out for form in FORMS)
    assert all(option in out for option in ("--to", "--site", "--since", "--until", "--revisions", "--raw-csv"))
    headings = [above for above, line in pairwise(out.splitlines()) if line.strip("=-") == "" and line]
    assert headings == ["Usage", "Options", "Global Options"]


def test_an_export_of_nothing_is_a_whole_file_and_said(export: Command, store: Path, tmp_path: Path) -> None:
    for form in ("jsonl", "csv", "parquet"):
        status, out, err = export("--to", tmp_path / f"out.{form}", "--since", "2031-01-01")
        assert (status, out[:10]) == (0, "0 articles")
        assert err == "scrapy export: no article that is stored fits\n"
        assert rows_of(tmp_path / f"out.{form}") == []
    status, out, err = export("--to", "-:csv", "--since", "2031-01-01")
    assert err == "scrapy export: 0 articles written\nscrapy export: no article that is stored fits\n"
