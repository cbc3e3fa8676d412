"""What a site says of the use of a page, kept with its article and told: store, `scrapy articles`, exports."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extractors import extract
from spiders.lease import Finish
from spiders.record import Link
from spiders.rights.statement import By, Statement, What, stated
from spiders.store import Store
from spiders.store.reader import Reader
from spiders.store.schema import migrate
from spiders.store.steps import STEPS
from tests.conftest import Command
from tests.newsroom import FERRY, HOME, TOWER, WHEN, page
from tests.stock import rows_of
from tests.warcs import http, record, written

SAID = (
    stated(What.ROBOTS, "allowed", By.FILE, f"{HOME}/robots.txt", WHEN.timestamp(), denies=False),
    stated(What.TDM, "reserved (policy: https://x.example/=1)", By.META, FERRY, WHEN.timestamp(), denies=True),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with the ferry's article and what was said of its use."""
    with Store(tmp_path / "store.db", clock=WHEN.timestamp) as store:
        keep(store, SAID)
    return tmp_path / "store.db"


def keep(store: Store, rights: tuple[Statement, ...] | None, subject: str = "the ferry") -> None:
    run = store.begin("harbour", [Link(FERRY)])
    (lease,) = store.lease(run, 1)
    store.finish_all([Finish(lease, None, (), extract(page(subject, FERRY), FERRY), rights=rights)])
    store.end(run, "finished")


def kept(path: Path) -> tuple[Statement, ...]:
    with Reader(path) as reader:
        (record,) = reader.records()
        assert list(reader.damage()) == []
        return record.rights


def test_they_are_kept_with_the_article(path: Path) -> None:
    assert kept(path) == SAID


def test_the_last_fetch_counts_and_reading_anew_leaves_them(path: Path) -> None:
    with Store(path) as store:
        keep(store, None, "the night ferry")
    assert kept(path) == SAID
    with Store(path) as store:
        keep(store, SAID[:1], "the night ferry")
    assert kept(path) == SAID[:1]
    with Store(path) as store:
        keep(store, ())
    assert kept(path) == ()


def test_a_row_whose_rights_were_changed_is_damaged(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("""UPDATE article SET rights = '[]'""")
    connection.commit()
    connection.close()
    with Reader(path) as reader:
        assert [(damage.table, damage.name) for damage in reader.damage()] == [("article", FERRY)]


def test_a_store_that_knew_no_rights_keeps_its_proofs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path, isolation_level=None)
    with monkeypatch.context() as old:
        old.setattr("spiders.store.schema.STEPS", STEPS[:1])
        migrate(connection)
        for name in "whole", "broken":
            connection.execute(
                "INSERT INTO article (address, key, version, content_hash, first_seen, last_seen, body, authors, "
                "template, article, sha256) VALUES (?1, ?1, 1, 'x', '2026', '2026', 'One.', '[]', 'generic', '{}', ?2)",
                (f"{HOME}/{name}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
            )
        old.setattr("spiders.store.schema.STEPS", STEPS[:2])
        migrate(connection)
        connection.execute("UPDATE article SET body = 'Two.' WHERE address LIKE '%broken'")
    migrate(connection)
    connection.close()
    with Reader(path) as reader:
        assert [damage.name for damage in reader.damage() if damage.table == "article" and damage.name] == [
            f"{HOME}/broken"
        ]


def test_scrapy_articles_tells_them(command: Command, path: Path) -> None:
    status, out, err = command("articles", FERRY, "-s", f"COPYDESK_STORE={path}")
    assert (status, err) == (0, "")
    assert [line for line in out.splitlines() if line.startswith("rights: ")] == [
        f"rights: robots: allowed ({HOME}/robots.txt, 2026-05-04T06:30:00+00:00)",
        f"rights: tdm: reserved (policy: https://x.example/=1) (meta element of {FERRY}, 2026-05-04T06:30:00+00:00)",
    ]
    form = json.loads(command("articles", FERRY, "--format", "json", "-s", f"COPYDESK_STORE={path}")[1])
    assert [tuple(one.values()) for one in form["rights"]] == [tuple(one.as_dict().values()) for one in SAID]
    assert form["headline"] == "Council keeps the ferry"


def test_exports_carry_them(command: Command, path: Path, tmp_path: Path) -> None:
    said = [one.as_dict() for one in SAID]
    for form in "jsonl", "csv", "parquet":
        assert command("export", "--to", tmp_path / f"out.{form}", "-s", f"COPYDESK_STORE={path}")[0] == 0
    assert rows_of(tmp_path / "out.jsonl")[0]["rights"] == said
    assert json.loads(rows_of(tmp_path / "out.csv")[0]["rights"]) == said
    assert pq.read_table(tmp_path / "out.parquet").to_pylist()[0]["rights"] == said


def test_an_archive_says_what_its_pages_said_and_a_reserved_one_is_not_stored(command: Command, tmp_path: Path) -> None:
    told = page("the ferry", FERRY).replace("<head>", '<head><meta name="robots" content="noai">')
    reserved = http(page("the tower", TOWER), "TDM-Reservation: 1")
    archive = written(tmp_path / "may.warc.gz", record(FERRY, http(told)), record(TOWER, reserved))
    replay = "replay", archive, "-s", f"COPYDESK_STORE={tmp_path}/store.db"
    status, out, _ = command(*replay)
    assert status == 0
    assert f"excluded: {TOWER}: reserved for text and data mining by its tdm-reservation header" in out
    with Reader(tmp_path / "store.db") as reader:
        assert [(one.what, one.says, one.when) for article in reader.records() for one in article.rights] == [
            ("noai", "noai", "2026-05-04T06:30:00+00:00")
        ]
        assert [raw.url for raw in reader.raws()] == [FERRY]
