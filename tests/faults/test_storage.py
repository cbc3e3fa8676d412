"""Faults of the disk, the database and the clock: what is done is stored, what is stored is true or said not to be."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from extractors import Article, Block, Label
from spiders.errors import StoreError, StoreFullError
from spiders.lease import Finish, Lease
from spiders.record import Change, Damage, Link, Raw, Record, State
from spiders.store import Store
from spiders.store.reader import Reader
from tests.holdings import finish, raws, records
from tests.newsroom import FEED, FERRY, HOME, TOWER, WHEN, Harbour, crawled, edition, feed, outcomes, page

pytestmark = pytest.mark.faults

FETCHED = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
DAY = 86400.0


def url(number: int | str) -> str:
    return f"https://news.example/{number}"


def raw(address: str, body: bytes | None = None) -> Raw:
    return Raw(address, 200, (("Content-Type", "text/html"),), body or f"<p>{address}</p>".encode() * 20, FETCHED)


def article(address: str, text: str = "", **fields: Any) -> Article:
    text = text or f"What is told at {address} is told in these few words. " * 3
    return Article(url=address, blocks=(Block(text, Label.BODY, 0),), headline=f"About {address}", **fields)


def ending(lease: Lease) -> Finish:
    return Finish(lease, raw(lease.url), article=article(lease.url))


def check(path: Path, urls: list[str]) -> tuple[set[str], set[str]]:
    """Assert that all that is done is stored, and all that is stored whole and single; return both."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        done = {u for (u,) in connection.execute("SELECT url FROM url WHERE state = 'done'")}
        known = {u for (u,) in connection.execute("SELECT url FROM url")}
    finally:
        connection.close()
    with Reader(path) as reader:
        assert list(reader.damage()) == []
        records = {record.address: record for record in reader.records()}
        assert all(r.version == 1 and r.article == article(r.address) for r in records.values())
        assert all(r.body == raw(r.key).body for r in reader.raws())
        assert sorted(r.key for r in reader.raws()) == sorted(records)
    assert done <= set(records) <= known <= set(urls)
    return done, set(records)


def go_on(store: Store, urls: list[str], *, batch: int = 4) -> None:
    """Do as a run does until nothing is due."""
    run = store.begin("harbour", [Link(u) for u in urls])
    while leases := store.lease(run, batch):
        store.finish_all([ending(lease) for lease in leases])
    store.end(run, "finished")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


# --- A4: the write-ahead log is torn --------------------------------------------------------------------------------


def torn(log: bytes, chance: random.Random) -> bytes:
    """Return what a power cut may leave of a log: cut, a bit flipped, or garbage from some place on."""
    place = chance.randrange(len(log))
    match chance.randrange(3):
        case 0:
            return log[:place]
        case 1:
            return log[:place] + bytes([log[place] ^ 1 << chance.randrange(8)]) + log[place + 1 :]
    return log[:place] + chance.randbytes(chance.randrange(1, 5000))


def test_A4_a_torn_log_costs_the_last_pages_at_most(path: Path, tmp_path: Path) -> None:
    urls = [url(n) for n in range(12)]
    whole, log = tmp_path / "whole.db", tmp_path / "whole.db-wal"
    store = Store(whole)
    run = store.begin("harbour", [Link(u) for u in urls])
    while leases := store.lease(run, 3):
        store.finish_all([ending(lease) for lease in leases])
    shutil.copy(whole, tmp_path / "base")
    written = log.read_bytes()
    store.close()
    chance, reached = random.Random(4), set()
    for number in range(200):
        shutil.copy(tmp_path / "base", path)
        path.with_name("store.db-shm").unlink(missing_ok=True)
        path.with_name("store.db-wal").write_bytes(torn(written, chance))
        Store(path).close()  # the log is read, as far as it can be believed
        done, stored = check(path, urls)
        assert done == stored
        reached.add(len(done))
        if number % 20 == 0:
            with Store(path) as opened:
                go_on(opened, urls)
            assert check(path, urls) == (set(urls), set(urls))
    assert len(reached) > 3  # the tears were in many places


# --- A5: bits rot ---------------------------------------------------------------------------------------------------


def content(path: Path) -> tuple[dict[str, list[Any]], list[Damage]]:
    """Return all that can be read of each address, and what is said to be damaged."""
    found: dict[str, list[Any]] = {}
    with Reader(path) as reader:
        damage = list(reader.damage())
        for rows in (reader.records(), reader.revisions(), reader.raws()):
            with suppress(StoreError):  # raised at the end, for the rows that were left out
                for row in rows:
                    if isinstance(row, Record):
                        found.setdefault(row.address, []).append(row)
                        continue
                    with suppress(StoreError):
                        told = replace(row, hints={}), row.body
                        found.setdefault(row.key, []).append(told)
    return found, damage


def test_A5_a_flipped_bit_is_named_and_the_rest_is_usable(path: Path, tmp_path: Path) -> None:
    urls = [url(n) for n in range(8)]
    with Store(path) as store:
        go_on(store, urls)
        run = store.begin("harbour", [Link(urls[0])])
        (lease,) = store.lease(run, 1)
        finish(store, lease, raw(lease.url, b"new" * 50), article=article(lease.url, "Another text. " * 12))
    right, nothing = content(path)
    assert (set(right), nothing) == (set(urls), [])
    data = path.read_bytes()
    used = [place for place, byte in enumerate(data) if byte]
    chance, named, silent, refused, whole = random.Random(9), 0, 0, 0, 0
    for number in range(300):
        place = chance.choice(used)
        rotten = tmp_path / f"rotten{number}.db"
        rotten.write_bytes(data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :])
        try:
            found, damage = content(rotten)
        except StoreError:
            refused += 1
            continue
        finally:
            rotten.unlink()
        names = {d.name for d in damage}
        wrong = {address for address in urls if found.get(address) != right[address]}
        assert not wrong or wrong <= names or "" in names, (place, wrong, damage)
        named, silent, whole = named + bool(damage), silent + (not damage), whole + (len(wrong) <= 1)
    assert named + refused >= 250, (named, silent, refused)
    assert whole >= 200  # nearly always, all but one address can still be read


# --- A12: a row that cannot be stored -------------------------------------------------------------------------------


def test_A12_a_poison_row_is_parked_and_the_others_are_stored(path: Path) -> None:
    urls = [url(n) for n in range(50)]
    with Store(path) as store:
        run = store.begin("harbour", [Link(u) for u in urls])
        finishes = [ending(lease) for lease in store.lease(run, 50)]
        clean = {3: "a lone \ud800 surrogate", 4: "a \x00 in the text"}
        for number, text in clean.items():
            finishes[number] = replace(finishes[number], article=article(urls[number], text * 4))
        finishes[5] = replace(finishes[5], article=replace(article(urls[5]), agreement=float("nan")))
        broken = article(urls[7])
        object.__setattr__(broken, "body", 3.5j)
        finishes[7] = replace(finishes[7], article=broken)
        finishes[20] = replace(finishes[20], raw=replace(raw(urls[20]), status=2**64))
        finishes[30] = replace(finishes[30], links=(Link("http://[half/of/an/address"),))
        results = store.finish_all(finishes)
        parked = {n for n, finished in enumerate(results) if finished.state is State.FAILED}
        assert parked == {7, 20}  # an address that is none costs nothing but itself
        assert all(finished.change is Change.NEW for n, finished in enumerate(results) if n not in parked)
        assert store.counts(run)[State.DONE] == 48
        assert {record.address for record in records(store)} == {u for n, u in enumerate(urls) if n not in parked}
        assert len(raws(store, urls[7])) == 1  # what can be kept of it is
        assert raws(store, urls[20]) == []
    with Reader(path) as reader:
        reasons = {failure.url: failure.reason for failure in reader.failures()}
        assert reasons[urls[20]] == "cannot be stored: OverflowError: Python int too large to convert to SQLite INTEGER"
        assert set(reasons) == {urls[n] for n in parked}
        assert all(failure.due is None for failure in reader.failures())
        assert list(reader.damage()) == []


def test_A12_a_batch_that_is_refused_half_way_gives_what_it_wrote(path: Path) -> None:
    with Store(path) as store:
        leases = store.lease(store.begin("harbour", [Link(url(n)) for n in range(3)]), 3)
        poison = replace(ending(leases[0]), article=article(leases[0].url, agreement=3.5j))
        store._database.connection.execute("PRAGMA max_page_count = 40")
        huge = [replace(ending(x), raw=raw(x.url, random.Random(1).randbytes(500_000))) for x in leases[1:]]
        results = store.finish_all([poison, *huge])
        assert [finished.state for finished in results] == [State.FAILED]
        with pytest.raises(StoreFullError):
            store.finish_all(huge)
        assert store.counts(leases[0].run)[State.LEASED] == 2


# --- A13: locked, full, read-only -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["locked", "full", "read-only"])
def test_A13_a_store_that_cannot_be_written_says_so_and_nothing_is_done(
    path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("spiders.store.connection._WAIT", 0.05)
    urls = [url(n) for n in range(5)]
    with Store(path) as store:
        leases = store.lease(store.begin("harbour", [Link(u) for u in urls]), 5)
        store.finish_all([ending(lease) for lease in leases[:2]])
        other = sqlite3.connect(path, isolation_level=None)
        said = {"locked": "another program has held it", "full": "the disk is full", "read-only": "is read-only"}[how]
        if how == "locked":
            other.execute("BEGIN IMMEDIATE")
        elif how == "full":
            store._database.connection.execute("PRAGMA max_page_count = 1")
        else:
            store._database.connection.execute("PRAGMA query_only = ON")
        huge = [replace(ending(x), raw=raw(x.url, random.Random(1).randbytes(100_000))) for x in leases[2:]]
        for attempt in (
            lambda: store.finish_all(huge),
            lambda: finish(store, leases[2], huge[0].raw, article=article(urls[2])),
        ):
            with pytest.raises(StoreFullError if how == "full" else StoreError, match=said):
                attempt()
        other.close()
        assert check(path, urls) == (set(urls[:2]), set(urls[:2]))
        for pragma in ("max_page_count = 100000", "query_only = OFF"):
            store._database.connection.execute(f"PRAGMA {pragma}")
        store.finish_all([ending(lease) for lease in leases[2:]])
    assert check(path, urls) == (set(urls), set(urls))


# --- A14: every n-th call of the database fails ---------------------------------------------------------------------


class Flaky:
    """A connection that fails at every n-th statement."""

    def __init__(self, connection: sqlite3.Connection, every: int) -> None:
        self._connection, self._every, self._count = connection, every, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, *arguments: Any) -> Any:
        self._count += 1
        if self._count % self._every == 0:
            raise sqlite3.OperationalError("disk I/O error")
        return self._connection.execute(*arguments)


def test_A14_every_nth_call_fails_and_nothing_is_lost_or_doubled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls, connect, failed = [url(n) for n in range(4)], sqlite3.connect, 0
    for every in range(1, 31):
        path = tmp_path / f"{every}.db"
        with monkeypatch.context() as patch:
            patch.setattr(sqlite3, "connect", lambda *a, n=every, **k: Flaky(connect(*a, **k), n))
            for _ in range(3):
                try:
                    with Store(path) as store:
                        go_on(store, urls, batch=2)
                except StoreError:
                    failed += 1
        Store(path).close()
        check(path, urls)
        with Store(path) as store:
            go_on(store, urls)
        assert check(path, urls) == (set(urls), set(urls))
    assert failed >= 60


# --- A16: what is worse replaces nothing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        (page("the ferry", FERRY).partition("<p>Residents")[0], "shorter: "),
        ("<html><title>Access denied</title><body><h1>Access denied</h1><p>Reference 18.2f</p></body></html>", "block"),
        ("", "empty: "),
    ],
    ids=["shorter", "block page", "empty"],
)
def test_A16_what_is_worse_is_a_flagged_revision_and_the_article_stays(tmp_path: Path, answer: str, flag: str) -> None:
    crawled(tmp_path, edition(), at=WHEN)
    path = tmp_path / "store.db"
    with Reader(path) as reader:
        (good,) = reader.records(FERRY)
    for hours in (1, 3):  # the same again adds nothing
        crawled(tmp_path, edition() | {FERRY: answer}, at=WHEN + timedelta(hours=hours))
        with Reader(path) as reader:
            assert list(reader.records(FERRY)) == [good]
            (revision,) = reader.revisions(FERRY)
            assert (revision.flag or "").startswith(flag), revision.flag
            assert revision.version == good.version + 1
            assert [r.body.decode() for r in reader.raws() if r.number == revision.raw] == [answer]
    better_page = page("the ferry", FERRY, more="And one more paragraph of news.")
    books = crawled(tmp_path, edition() | {FERRY: better_page}, at=WHEN + timedelta(hours=8))
    assert books.settled[State.DONE] == 2
    with Reader(path) as reader:
        (better,) = reader.records(FERRY)
        assert better.version == 3
        assert [(r.version, bool(r.flag)) for r in reader.revisions(FERRY)] == [(1, False), (2, True)]


# --- A17: the clock jumps -------------------------------------------------------------------------------------------


def tries(store: Store, now: list[float], seconds: int) -> int:
    """Count how often an address is tried that fails each time, by runs that follow one another."""
    count = 0
    for _ in range(seconds // 10):
        for lease in store.lease(store.begin("harbour", []), 10):
            count += 1
            finish(store, lease, state=State.FAILED, reason="HTTP 503", retry_in=300)
        now[0] += 10
    return count


@pytest.mark.parametrize("jumps", [(-DAY,), (DAY,), (-DAY, DAY), (DAY, -DAY)])
def test_A17_a_clock_that_jumps_loses_no_address_and_makes_none_hot(path: Path, jumps: tuple[float, ...]) -> None:
    now = [1_800_000_000.0]
    with Store(path, clock=lambda: now[0]) as store:
        (lease,) = store.lease(store.begin("harbour", [Link(url(1))]), 10)
        finish(store, lease, state=State.FAILED, reason="HTTP 503", retry_in=300)
        assert tries(store, now, 200) == 0
        for jump in jumps:
            now[0] += jump
            assert 1 <= tries(store, now, 400) <= 2
        (lease,) = store.lease(store.begin("harbour", [Link(url(1))]), 10)
        finish(store, lease, raw(lease.url), article=article(lease.url))
    check(path, [url(1)])


def test_A17_a_run_goes_on_when_the_clock_jumps(path: Path) -> None:
    now, urls = [1_800_000_000.0], [url(n) for n in range(6)]
    with Store(path, clock=lambda: now[0]) as store:
        run = store.begin("harbour", [Link(u) for u in urls])
        for jump in (-DAY, 2 * DAY, -400 * DAY):
            now[0] += jump
            store.finish_all([ending(lease) for lease in store.lease(run, 2)])
        assert store.lease(run, 1) == []
        store.prune(timedelta(days=30))
    assert check(path, urls) == (set(urls), set(urls))


# --- D5: one article under many addresses ---------------------------------------------------------------------------


def test_D5_variants_of_an_address_are_one(path: Path) -> None:
    plain = "https://xn--bcher-kva.example/%C3%A4/story?a=1&b=2"
    variants = [
        "https://bücher.example/ä/story?a=1&b=2",
        "http://BÜCHER.example:80/ä/story?a=1&b=2",
        "https://xn--bcher-kva.example:443/%c3%a4/story/?b=2&a=1",
        "https://Xn--Bcher-Kva.Example/%C3%A4/story?a=1&b=2&utm_source=feed&utm_medium=rss#comments",
        "https://bücher.example/ä/stor%79?a=1&b=2&fbclid=x",
    ]
    with Store(path) as store:
        run = store.begin("harbour", [Link(plain), *(Link(variant) for variant in variants)])
        assert [lease.url for lease in store.lease(run, 10)] == [plain]
        store.end(run, "finished")
        for variant in variants:
            (lease,) = store.lease(store.begin("harbour", [Link(variant)]), 10)
            finish(store, lease, raw(variant), article=article(variant))
            (record,) = records(store, variant)
            assert record.address == plain
            store.end(lease.run, "finished")
        assert len(records(store)) == 1


def test_D5_a_crawl_fetches_and_stores_a_page_once_whatever_its_address(tmp_path: Path) -> None:
    variants = [f"{HOME}/2026/ferry/", FERRY.replace("www", "WWW"), f"{FERRY}?utm_campaign=x", f"{FERRY}#top"]
    one = page("the ferry", FERRY).replace(f'<link rel="canonical" href="{FERRY}">', "")
    books = crawled(tmp_path, {FEED: feed(FERRY, *variants, TOWER), FERRY: one, TOWER: page("the tower", TOWER)})
    assert outcomes(books) == {"/2026/ferry": (State.DONE, None), "/2026/tower": (State.DONE, None)}
    again = crawled(tmp_path, {FEED: feed(*variants)})
    assert (again.known, again.outcomes) == (1, [])


class Books(Harbour):
    """A site whose name is not ASCII."""

    domains = ("bücher.example",)
    feeds: ClassVar[tuple[str, ...]] = ("https://bücher.example/feed.xml",)


def test_D5_a_site_whose_name_is_not_ascii_is_one_site(tmp_path: Path) -> None:
    home, other = "https://xn--bcher-kva.example", "https://bücher.example"
    pages = {f"{home}/feed.xml": feed(f"{other}/ferry", f"{home}/ferry", f"{home}/tower")}
    pages |= {f"{home}/{name}": page(f"the {name}", f"{other}/{name}") for name in ("ferry", "tower")}
    assert crawled(tmp_path, pages, Books).settled[State.DONE] == 2
    with Reader(tmp_path / "store.db") as reader:
        assert [record.address for record in reader.records(site="Bücher.example")] == [
            f"{home}/ferry",
            f"{home}/tower",
        ]
