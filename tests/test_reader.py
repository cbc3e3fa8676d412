"""What is read beside a crawl; and files that an older Copydesk wrote."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from spiders.edition import VERSION, extractor
from spiders.errors import SettingError, StoreError
from spiders.lease import Finish
from spiders.record import Change, Link, Raw, State
from spiders.store import Store
from spiders.store.reader import Reader
from spiders.store.steps import STEPS
from tests.holdings import finish, revisions
from tests.newsroom import crawled, edition
from tests.test_architecture import PROJECT
from tests.test_store import article

HOME = "https://news.example"
FETCHED = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)


def filled(path: Path, **texts: str) -> None:
    """Store an article for each name under its address, with the day of May 2026 that its length tells."""
    with Store(path) as store:
        run = store.begin("harbour", [Link(f"{HOME}/{name}", hints={"headline": name}) for name in texts])
        for lease in store.lease(run, 50):
            name = lease.url.rpartition("/")[2]
            day = datetime(2026, 5, len(name), 23, tzinfo=timezone(timedelta(hours=2)))
            raw = Raw(lease.url, 200, (("Content-Type", "text/html"),), texts[name].encode(), FETCHED, "192.0.2.7")
            finish(store, lease, raw, article=article(texts[name], lease.url, published=day, headline=name))
        store.end(run, "finished")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def names(reader: Reader, **asked: Any) -> list[str]:
    return [record.address.removeprefix(f"{HOME}/") for record in reader.records(**asked)]


def test_records_by_site_time_and_words(path: Path) -> None:
    filled(path, a="The Ferry sails.", bb="La Straße est fermée.", ccc="100% of ferries sail.")
    with Reader(path) as reader:
        assert names(reader) == ["a", "bb", "ccc"]
        assert names(reader, address=f"{HOME}/bb/#top") == ["bb"]
        assert names(reader, site="news.example") == ["a", "bb", "ccc"]
        assert names(reader, site="ews.example") == []
        assert names(reader, since=date(2026, 5, 2)) == ["bb", "ccc"]
        assert names(reader, until=date(2026, 5, 2)) == ["a", "bb"]
        assert names(reader, until=date.max) == ["a", "bb", "ccc"]
        assert names(reader, until=datetime(2026, 5, 1, 21, tzinfo=UTC)) == ["a"]
        assert names(reader, words=["ferr", "SAIL"]) == ["a", "ccc"]
        assert names(reader, words=["strasse"]) == ["bb"]
        assert names(reader, words=["0%"]) == ["ccc"]


def test_raws_are_read_lazily_with_all_that_is_known_of_them(path: Path) -> None:
    filled(path, a="One.", bb="Two.")
    with Store(path) as store:
        (lease,) = store.lease(store.begin("harbour", [Link(f"{HOME}/a?utm_source=x")]), 1)
        finish(store, lease, Raw(f"{HOME}/a", 200, (), b"Three.", FETCHED + timedelta(days=1)))
        with Reader(path) as reader:  # beside the writer
            first, _, third = reader.raws()
            assert (first.asked, first.url, first.server) == (f"{HOME}/a", f"{HOME}/a", "192.0.2.7")
            assert [raw.body for raw in reader.raws()] == [b"One.", b"Two.", b"Three."]
            assert third.asked == f"{HOME}/a?utm_source=x"
            assert [raw.body for raw in reader.raws(since=date(2026, 5, 5))] == [b"Three."]
            assert list(reader.raws("other.example")) == []


def test_runs_and_failures(path: Path) -> None:
    filled(path, a="One.")
    with Store(path) as store:
        (lease,) = store.lease(store.begin("harbour", [Link(f"{HOME}/b")]), 1)
        finish(store, lease, state=State.FAILED, reason="HTTP 404")
    with Reader(path) as reader:
        second, first = reader.runs()
        assert (second.ended, first.reason, first.counts[State.DONE]) == (None, "finished", 1)
        assert [(f.url, f.reason, f.due) for f in reader.failures()] == [(f"{HOME}/b", "HTTP 404", None)]
        assert list(reader.failures(run=1)) == []


def test_an_article_says_which_copydesk_made_it(path: Path) -> None:
    filled(path, a="One.")
    with Reader(path) as reader:
        (record,) = reader.records()
    assert (record.extractor, record.template) == (extractor(), "generic")
    assert PROJECT["project"]["version"] == VERSION
    assert extractor().startswith(f"{VERSION}+")


def test_there_must_be_a_store(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store at"):
        Reader(path)
    assert not path.exists()
    path.touch()
    with pytest.raises(StoreError, match=f"there is no store at {path}, whose file is empty: a crawl makes one"):
        Reader(path)
    assert [file.stat().st_size for file in path.parent.iterdir()] == [0]


def first_copydesk(path: Path) -> None:
    """Write a store as the first Copydesk did: zlib, no checksums, slashes at the end of addresses."""
    form = json.dumps(article("One.", f"{HOME}/a/").as_dict())
    connection = sqlite3.connect(path)
    for statement in STEPS[0]:
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO run (spider, started) VALUES ('harbour', '2026-05-04T06:30:00+00:00')")
    for name in ("a/", "b", "b/"):
        key = f"{HOME}/{name}"
        connection.execute(
            "INSERT INTO url (key, url, kind, spider, state, run) VALUES (?, ?, 'article', 'harbour', 'done', 1)",
            (key, key),
        )
        values = (key, key, hashlib.sha256(name.encode()).hexdigest(), zlib.compress(name.encode()))
        connection.execute(
            "INSERT INTO raw (key, url, status, headers, sha256, body, fetched, seen) "
            "VALUES (?, ?, 200, '[]', ?, ?, '2026-05-04T06:30:00+00:00', '2026-05-04T06:30:00+00:00')",
            values,
        )
        connection.execute(
            "INSERT INTO article (address, key, raw, version, content_hash, first_seen, last_seen, body, authors, "
            "template, article, sha256) VALUES (?, ?, 1, 2, 'x', '2026-05-04', '2026-05-04', 'One.', '[]', 'generic', "
            "?, ?)",
            (key, key, form, hashlib.sha256(form.encode()).hexdigest()),
        )
        connection.execute(
            "INSERT INTO article_revision (address, version, raw, content_hash, first_seen, last_seen, body, article, "
            "sha256) VALUES (?, 1, 1, 'y', '2026-05-04', '2026-05-04', 'One.', ?, ?)",
            (key, form, hashlib.sha256(form.encode()).hexdigest()),
        )
    connection.commit()
    connection.close()


def test_a_store_of_the_first_copydesk_is_brought_forward_with_all_that_is_in_it(path: Path) -> None:
    first_copydesk(path)
    with Reader(path) as reader:
        assert reader.schema_version == len(STEPS)
        assert names(reader) == ["a", "b", "b/"]  # where both forms are taken, the second stays as it was
        assert [(r.address, r.version, r.extractor, r.flag) for r in reader.revisions(f"{HOME}/a")] == [
            (f"{HOME}/a", 1, None, None)
        ]
        assert [raw.body for raw in reader.raws()] == [b"a/", b"b", b"b/"]
        assert list(reader.damage()) == []
    with Store(path) as store:
        (lease,) = store.lease(store.begin("harbour", [Link(f"{HOME}/a")]), 1)
        change = store.finish_all([Finish(lease, article=article("Two.", f"{HOME}/a"))])[0].change
        assert change is Change.CHANGED
        assert [r.version for r in revisions(store, f"{HOME}/a")] == [1, 2]


@pytest.mark.parametrize(("keep", "kept"), [("all", 3), ("30d", 3), ("none", 0)])
def test_a_run_keeps_raw_bodies_as_long_as_it_is_told(tmp_path: Path, keep: str, kept: int) -> None:
    def set_up(crawler: Any) -> None:
        crawler.settings.set("KEEP_RAW", keep, priority="cmdline")

    crawled(tmp_path, edition(), set_up=set_up)
    with Reader(tmp_path / "store.db") as reader:
        assert len(list(reader.raws())) == kept
        assert len(list(reader.records())) == 2


def test_what_keep_raw_may_be(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="KEEP_RAW is '30': it may be all, none, or a number of days such as 30d"):
        crawled(tmp_path, edition(), set_up=lambda crawler: crawler.settings.set("KEEP_RAW", "30", priority="cmdline"))


@pytest.mark.parametrize("log", [(), ("store.db-wal",)])  # a reader leaves an empty one, a copy may hold no more of it
def test_a_folder_that_nobody_may_write_to_can_be_read_all_the_same(log: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory() as name:  # not pytest's, which only its owner may enter
        folder = Path(name)
        filled(folder / "store.db", a="One.")
        for left in log:
            (folder / left).touch()
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        with a_stranger():
            with Reader(folder / "store.db") as reader:
                assert names(reader) == ["a"]
                assert list(reader.damage()) == []
            with pytest.raises(StoreError, match="cannot be opened: Permission denied"):
                Store(folder / "store.db")
        folder.chmod(0o755)


@contextmanager
def a_stranger() -> Iterator[None]:
    """Be somebody whom the rights of a file hold back; root is not."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)
