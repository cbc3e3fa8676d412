"""The store: what is done is stored, nothing is stored twice, an earlier text is kept."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors import Article, Block, Label
from spiders.addresses import _canonical, key_of
from spiders.claims import address_of
from spiders.errors import StoreError, StoreLockedError
from spiders.lease import Finish, Finished, Lease
from spiders.record import Change, Kind, Link, Raw, State
from spiders.store import MAX_ATTEMPTS, Store
from spiders.store.checks import digest
from spiders.store.reader import Reader
from spiders.store.steps import STEPS
from tests.holdings import finish, raws, records, revisions

URL = "https://news.example/a"
FETCHED = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)


def article(text: str = "One.", url: str = URL, **fields: Any) -> Article:
    return Article(url=url, blocks=(Block(text, Label.BODY, 0),), **fields)


def raw(body: bytes = b"<p>One.</p>", *, url: str = URL) -> Raw:
    return Raw(url, 200, (("Content-Type", "text/html"),), body, FETCHED)


def leased(store: Store, *urls: str) -> list[Lease]:
    """Lease addresses in a new run, behind one that finished: an interrupted one would be gone on with."""
    store.end(store.begin("somebody else", []) - 1, "finished")
    return store.lease(store.begin("harbour", [Link(u) for u in urls or (URL,)]), 50)


def columns(path: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sub" / "store.db"


def test_finish_stores_everything_at_once_and_says_new(path: Path) -> None:
    with Store(path) as store:
        run = store.begin("harbour", [Link(URL, Kind.FEED, {"headline": "H"})])
        (lease,) = store.lease(run, 10)
        assert (lease.url, lease.kind, lease.attempt, lease.hints) == (URL, Kind.FEED, 1, {"headline": "H"})
        links = [Link("https://news.example/b"), Link("https://news.example/b?utm_source=rss")]
        assert finish(store, lease, raw(), links, article("One.\u2028", headline="Head")) is Change.NEW
        (record,) = records(store, URL)
        assert (record.article.headline, record.version) == ("Head", 1)
        assert [r.body for r in raws(store, lease.key)] == [b"<p>One.</p>"]
        assert [n.url for n in store.lease(run, 10)] == ["https://news.example/b"]


def test_body_is_a_plain_column_and_the_row_proves_itself(path: Path) -> None:
    with Store(path) as store:
        finish(store, leased(store)[0], raw(), article=article("Texte écrit.", published=FETCHED, authors=("A. B.",)))
    ((body, published, authors, form, digest),) = columns(
        path, "SELECT body, published, authors, article, sha256 FROM article"
    )
    assert (body, published, json.loads(authors)) == ("Texte écrit.", "2026-05-04T06:30:00+00:00", ["A. B."])
    assert hashlib.sha256(form.encode()).hexdigest() == digest
    assert json.loads(form)["blocks"][0] == {"text": "Texte écrit.", "label": "body", "paragraph": 0}


def test_second_run_says_unchanged_and_adds_nothing(path: Path) -> None:
    with Store(path) as store:
        for expected in (Change.NEW, Change.UNCHANGED, Change.UNCHANGED):
            assert finish(store, leased(store)[0], raw(), article=article()) is expected
        assert len(records(store)) == 1
        assert revisions(store) == []
    assert columns(path, "SELECT count(*) FROM raw") == [(1,)]


def test_changed_text_keeps_the_earlier_one_as_a_revision(path: Path) -> None:
    with Store(path) as store:
        for text, expected in (("One.", Change.NEW), ("Two.", Change.CHANGED), ("One.", Change.CHANGED)):
            assert finish(store, leased(store)[0], raw(text.encode()), article=article(text)) is expected
        (now,) = records(store)
        assert (now.article.body, now.version) == ("One.", 3)
        assert [(r.article.body, r.version) for r in revisions(store, URL)] == [("One.", 1), ("Two.", 2)]


def test_a_field_that_no_reader_sees_changes_without_a_revision(path: Path) -> None:
    with Store(path) as store:
        finish(store, leased(store)[0], article=article(tags=("a",)))
        assert finish(store, leased(store)[0], article=article(tags=("b",))) is Change.UNCHANGED
        (record,) = records(store)
        assert (record.article.tags, record.version) == (("b",), 1)


def test_variants_of_an_address_are_one_article(path: Path) -> None:
    variants = ["http://news.example/a?utm_source=x", "https://NEWS.example/a#top", "https://news.example/a?fbclid=1"]
    with Store(path) as store:
        (lease,) = leased(store, *variants)
        finish(store, lease, raw(), article=article(canonical_url="https://www.news.example/a"))
        assert len(records(store)) == 1


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("https://www.news.example/story", "https://www.news.example/story"),
        ("https://news.example/", URL),  # a template that calls every page the front page
        ("https://other.example/story", URL),  # a syndicated copy
        ("http://[broken", URL),
        (None, URL),
    ],
)
def test_an_article_is_kept_under_an_address_that_can_be_believed(claimed: str | None, kept: str) -> None:
    assert address_of(article(canonical_url=claimed), URL) == kept


POISON = "a\ud800b\x00c\ud83d\ude00d"


def test_poison_strings_cannot_break_the_transaction(path: Path) -> None:
    poisoned = article(POISON, headline=POISON, canonical_url=f"{URL}?{POISON}", sources={POISON: POISON})
    with Store(path) as store:
        (lease,) = store.lease(store.begin("harbour", [Link(URL, hints={"headline": POISON})]), 1)
        header = Raw(URL + POISON, 200, ((POISON, POISON),), b"\x00", FETCHED)
        links = [Link(f"https://news.example/{POISON}", hints={"summary": POISON})]
        assert finish(store, lease, header, links, poisoned, reason=POISON) is Change.NEW
        (record,) = records(store)
        assert record.article.body == record.article.headline == "a\ufffdbc😀d"
    assert columns(path, "SELECT length(body) FROM article") == [(6,)]


def test_numbers_that_json_or_sqlite_lack_are_stored_as_nothing(path: Path) -> None:
    with Store(path) as store:
        finish(store, leased(store)[0], article=article(agreement=float("nan")))
        assert records(store)[0].article.agreement is None


def test_a_failure_keeps_the_raw_response_and_says_why(path: Path) -> None:
    with Store(path) as store:
        (lease,) = leased(store)
        assert finish(store, lease, raw(), state=State.FAILED, reason="no body found") is None
        assert store.counts(lease.run)[State.FAILED] == 1
        assert len(raws(store, lease.key)) == 1
    assert columns(path, "SELECT state, reason FROM url") == [("failed", "no body found")]


def test_of_an_article_that_cannot_be_written_nothing_but_its_page_is(path: Path) -> None:
    with Store(path) as store:
        (lease,) = leased(store)
        broken = article()
        object.__setattr__(broken, "body", 3.5j)  # no row can hold it: a fault of ours
        (finished,) = store.finish_all([Finish(lease, raw(), (Link("https://news.example/b"),), broken)])
        assert finished.state is State.FAILED
        counts = store.counts(lease.run)
        assert (counts[State.FAILED], sum(counts.values())) == (1, 1)  # what it links to is not due
        assert (records(store), raws(store, URL)) == ([], [raw()])


def test_a_lease_ends_once(path: Path) -> None:
    with Store(path) as store:
        (lease,) = leased(store)
        finish(store, lease)
        (again,) = store.finish_all([Finish(lease, raw(), article=article())])
        assert again.state is State.FAILED
        assert "no open lease" in (again.reason or "")
        assert (records(store), raws(store, URL)) == ([], [])
        assert store.counts(lease.run)[State.DONE] == 1


def test_a_dead_run_costs_a_refetch_and_nothing_else(path: Path) -> None:
    urls = [f"https://news.example/{n}" for n in range(4)]
    dead = Store(path)
    first, *_ = leased(dead, *urls)
    finish(dead, first, raw(url=first.url), article=article(url=first.url))
    dead.close()  # as a kill does: three leases are open
    with Store(path) as store:
        again = leased(store)  # resumed: the same three, and the one listed now
        assert sorted(lease.url for lease in again) == sorted([*urls[1:], URL])
        assert {lease.attempt for lease in again if lease.url != URL} == {2}


def test_one_off_run_leaves_what_another_left_undone(path: Path) -> None:
    with Store(path) as store:
        leased(store, "https://news.example/old")
        run = store.begin("harbour", [Link(URL)], resume=False)
        assert [lease.url for lease in store.lease(run, 10)] == [URL]


def test_a_passing_failure_is_due_again_after_its_time_and_not_for_ever(path: Path) -> None:
    now = [1000.0]
    with Store(path, clock=lambda: now[0]) as store:
        (lease,) = leased(store)
        for attempt in range(1, MAX_ATTEMPTS + 1):
            assert lease.attempt == attempt
            finish(store, lease, state=State.FAILED, reason="HTTP 503", retry_in=60)
            assert store.lease(store.begin("harbour", []), 10) == []  # too early
            now[0] += 61
            due = store.lease(store.begin("harbour", []), 10)
            lease = due[0] if due else lease
        assert due == []
        assert [lease.attempt for lease in leased(store)] == [1]  # a new listing begins anew


def test_a_released_lease_is_due_and_does_not_count(path: Path) -> None:
    with Store(path) as store:
        (lease,) = leased(store)
        store.release(lease)
        assert [again.attempt for again in store.lease(lease.run, 1)] == [1]


def test_a_listing_counts_by_what_it_lists(path: Path) -> None:
    with Store(path) as store:
        run = store.begin("harbour", [Link(URL, Kind.FEED), Link("https://news.example/feed2", Kind.FEED)])
        one, two = store.lease(run, 10)
        finish(store, one, raw(), [Link("https://news.example/b")])
        finish(store, two, state=State.FAILED, reason="HTTP 404")
        counts = store.counts(run)
        assert (counts[State.NEW], sum(counts.values())) == (1, 1)
        read, failed = store.listings(run)
    assert (read.state, read.listed, read.used_to) == (State.DONE, 1, 1)
    assert (failed.state, failed.reason, failed.passing, failed.listed) == (State.FAILED, "HTTP 404", False, 0)


def test_a_second_run_is_locked_out_by_name_and_let_in_later(path: Path) -> None:
    store = Store(path)
    with pytest.raises(StoreLockedError, match=r"locked by pid \d+ since 20"):
        Store(path)
    store.close()
    Store(path).close()


def test_an_empty_file_becomes_a_store_and_opens_again(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    Store(path).close()
    Store(path).close()
    assert columns(path, "PRAGMA user_version") == [(len(STEPS),)]
    assert columns(path, "PRAGMA journal_mode") == [("wal",)]


def test_a_newer_schema_is_left_alone(path: Path) -> None:
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match=r"store\.db cannot be used: it was written by a newer Copydesk"):
        Store(path)
    assert columns(path, "PRAGMA user_version") == [(99,)]


def test_a_step_that_fails_leaves_the_version_before_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path).close()
    steps = (*STEPS, ("CREATE TABLE extra (id INTEGER) STRICT", "no SQL at all"))
    monkeypatch.setattr("spiders.store.schema.STEPS", steps)
    with pytest.raises(StoreError):
        Store(path)
    assert columns(path, "PRAGMA user_version") == [(len(STEPS),)]
    assert columns(path, "SELECT name FROM sqlite_master WHERE name = 'extra'") == []
    monkeypatch.setattr("spiders.store.schema.STEPS", (*STEPS, ("CREATE TABLE extra (id INTEGER) STRICT",)))
    Store(path).close()
    assert columns(path, "PRAGMA user_version") == [(len(STEPS) + 1,)]


def test_another_programs_file_is_refused_untouched(tmp_path: Path) -> None:
    text, database = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("these are my notes")
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE mine (id)")
    connection.close()
    for path in (text, database):
        before = path.read_bytes()
        with pytest.raises(StoreError, match=path.name):
            Store(path)
        assert path.read_bytes() == before
    assert not (tmp_path / "notes.txt.lock").exists()
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path)


@example("http://news.example/.")
@example("http://news.example/a/../b")
@example("http://news.example:65536/a")
@given(
    st.from_regex(
        r"https?://[a-z0-9-]{1,9}(\.[a-z0-9-]{1,9}){1,2}(:[0-9]{1,5})?(/[A-Za-z0-9_.-]{0,5}){0,4}", fullmatch=True
    )
)
def test_the_short_way_to_the_key_of_a_plain_address_gives_what_the_long_one_does(url: str) -> None:
    assert key_of(url) == _canonical(url)


def test_key_of_is_stable() -> None:
    for url in ("http://news.example/a?b=2&a=1#x", "https://news.example/é?q=ü", "https://xn--nxa.example/%7ea"):
        assert key_of(key_of(url)) == key_of(url)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["One.", "Two.", "Three."])), max_size=12))
def test_any_order_of_finishes_keeps_one_row_and_every_change(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str]]
) -> None:
    texts: dict[str, list[str]] = {}
    with Store(tmp_path_factory.mktemp("any") / "store.db") as store:
        for number, text in steps:
            url = f"https://news.example/{number}"
            change = finish(store, leased(store, url)[0], raw(url=url), article=article(text, url=url))
            known = texts.setdefault(url, [])
            assert change is (Change.NEW if not known else Change.UNCHANGED if known[-1] == text else Change.CHANGED)
            if change is not Change.UNCHANGED:
                known.append(text)
        assert {r.address: (r.article.body, r.version) for r in records(store)} == {
            url: (known[-1], len(known)) for url, known in texts.items()
        }
        assert [r.article.body for r in revisions(store)] == [t for u in sorted(texts) for t in texts[u][:-1]]


def test_what_is_forgotten_leaves_the_disk_and_never_comes_back(path: Path) -> None:
    canary, canonical = "the name that must go", "https://www.news.example/story"
    with Store(path) as store:
        (lease,) = leased(store)
        told = article(f"{canary}. " * 30, canonical_url=canonical, headline=canary)
        finish(store, lease, raw(canary.encode() * 300), article=told)
        store.end(lease.run, "finished")
        (lease,) = store.lease(store.begin("harbour", [Link(URL, hints={"headline": canary})]), 1)
        finish(store, lease, raw(b"other"), article=article(f"{canary}, again. " * 30, canonical_url=canonical))
        store.end(lease.run, "finished")
        leased(store, "https://news.example/b")
        assert len(revisions(store)) == 1
        assert store.forget(f"{URL}/?utm_source=x") == 1
        assert [*records(store), *revisions(store), *raws(store, URL)] == []
        run = store.begin("harbour", [Link(URL), Link(canonical), Link("https://news.example/alias")])
        assert sorted(link.url for link in store.lease(run, 10)) == [
            *("https://news.example/alias", "https://news.example/b")
        ]
        alias = Lease("https://news.example/alias", "https://news.example/alias", Kind.ARTICLE, run, 1, {})
        assert store.finish_all([Finish(alias, raw(url=alias.url), article=told)]) == [
            Finished(State.EXCLUDED, reason="forgotten", kind="forgotten")
        ]
        assert records(store) == []
    assert columns(path, f"SELECT state, reason FROM url WHERE key = '{URL}'") == [("excluded", "forgotten")]
    for file in path.parent.iterdir():
        assert canary.encode() not in file.read_bytes(), file.name


def test_forgetting_an_address_forgets_the_article_that_once_came_from_it(path: Path) -> None:
    other, canonical = "https://news.example/other", "https://news.example/story"
    with Store(path) as store:
        for url, text in ((URL, TEXT), (other, TEXT), (other, TEXT * 2), ("https://news.example/else", TEXT)):
            (lease,) = leased(store, url)
            own = None if url.endswith("else") else canonical
            finish(
                store, lease, raw(f"{url} {text}".encode(), url=url), article=article(text, canonical_url=own, url=url)
            )
            store.end(lease.run, "finished")
        assert len(revisions(store, canonical)) == 1
        assert store.forget(URL) == 1
        assert [record.address for record in records(store)] == ["https://news.example/else"]
        assert leased(store, URL, other, canonical) == []
    with Reader(path) as reader:
        assert list(reader.damage()) == []
        assert [raw.key for raw in reader.raws()] == ["https://news.example/else"]


def test_a_site_is_forgotten_with_the_hosts_under_it(path: Path) -> None:
    urls = [URL, "https://blog.news.example/c", "https://fakenews.example/d"]
    with Store(path) as store:
        for lease in leased(store, *urls):
            finish(store, lease, raw(url=lease.url), article=article(url=lease.url))
        assert store.forget("News.example") == 2
        assert [record.address for record in records(store)] == urls[2:]
        assert store.forget("https://never.example/seen") == 0
        assert leased(store, "https://never.example/seen") == []


def test_old_bodies_are_pruned_and_what_is_known_of_them_stays(path: Path) -> None:
    clock = [FETCHED.timestamp()]
    with Store(path, clock=lambda: clock[0]) as store:
        old, new = leased(store, URL, "https://news.example/b")
        finish(store, old, raw(b"old" * 200), article=article())
        clock[0] += 31 * 86400
        later = replace(raw(b"new", url=new.url), fetched=datetime.fromtimestamp(clock[0], UTC))
        finish(store, new, later, article=article(url=new.url))
        assert store.prune(timedelta(days=30)) == 1
        assert (raws(store, old.key), [r.body for r in raws(store, new.key)]) == ([], [b"new"])
        store.end(old.run, "finished")
        (again,) = leased(store)
        assert finish(store, again, raw(b"old" * 200), article=article()) is Change.UNCHANGED
        assert [r.body for r in raws(store, old.key)] == [b"old" * 200]  # the same body is kept anew
        assert store.prune(None) == 2
    with Reader(path) as reader:
        assert (list(reader.raws()), list(reader.damage())) == ([], [])
    assert columns(path, "SELECT count(*), sum(length(body)), count(DISTINCT sha256) FROM raw") == [(2, 0, 2)]


TEXT = "Ten words that a reader would read in a text. "


def test_a_response_is_read_anew_by_a_better_extractor(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path) as store:
        one, two = leased(store, URL, "https://news.example/b")
        finish(store, one, raw(), article=article(TEXT))
        finish(store, two, raw(url=two.url), state=State.FAILED, reason="no body was found")
        monkeypatch.setattr("spiders.store.articles.extractor", lambda: "newer")
        with Reader(path) as reader:
            first, second = reader.raws()
        with Reader(path) as reader:
            assert store.revise(first, article(TEXT)) is Change.UNCHANGED
            assert store.revise(next(reader.records()), article(TEXT * 2)) is Change.CHANGED
            assert store.revise(first, article("Cut.")) is Change.KEPT
            assert store.revise(first, None, flag="block page: bot wall") is Change.KEPT
            assert store.revise(second, article(TEXT, url=two.url)) is Change.NEW
        assert store.counts(one.run)[State.DONE] == 2
        assert [(r.version, r.extractor, r.article.body) for r in records(store)] == [
            (2, "newer", (TEXT * 2).strip()),
            (1, "newer", TEXT.strip()),
        ]
        told = [(r.version, r.extractor == "newer", r.flag) for r in revisions(store)]
        assert told == [(1, True, None), (3, True, "shorter: 1 words after 20"), (4, True, "block page: bot wall")]


class Model:
    """What the store ought to say: the state of each address and its run, and the texts of its article."""

    def __init__(self) -> None:
        self.state: dict[str, State] = {}
        self.run_of: dict[str, int] = {}
        self.texts: dict[str, list[str]] = {}
        self.finished: set[int] = set()

    def begin(self, run: int, urls: list[str]) -> None:
        for url, state in self.state.items():
            if state in (State.NEW, State.LEASED):
                self.state[url], self.run_of[url] = State.NEW, run
        for url in urls:
            carried = self.state.get(url) is State.DONE and self.run_of[url] not in self.finished
            self.run_of[url] = run
            self.state[url] = State.DONE if carried else State.NEW

    def counts(self, run: int) -> dict[State, int]:
        return {s: sum(self.state[u] is s for u, r in self.run_of.items() if r == run) for s in State}


_URLS = [f"https://news.example/{n}" for n in range(5)]
_STEPS = st.one_of(
    st.tuples(st.just("begin"), st.lists(st.sampled_from(_URLS), max_size=5)),
    st.tuples(st.just("lease"), st.integers(1, 3)),
    st.tuples(st.just("finish"), st.lists(st.sampled_from([f"{TEXT}{n}" for n in range(3)]), min_size=1, max_size=3)),
    st.tuples(st.just("fail"), st.just(1)),
    st.tuples(st.just("release"), st.just(1)),
    st.tuples(st.just("crash"), st.just(1)),
    st.tuples(st.just("end"), st.just(1)),
)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(_STEPS, max_size=25))
def test_whatever_happens_each_article_is_stored_once_and_the_sum_holds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("model") / "store.db"
    model, leases = Model(), dict[str, Lease]()
    store = Store(path)
    model.begin(run := store.begin("harbour", [Link(u) for u in _URLS[:3]]), _URLS[:3])
    for step, given_ in steps:
        match step:
            case "begin":
                leases.clear()
                model.begin(run := store.begin("harbour", [Link(u) for u in given_]), given_)
            case "lease":
                for lease in store.lease(run, given_):
                    assert model.state[lease.url] is State.NEW
                    model.state[lease.url], leases[lease.url] = State.LEASED, lease
            case "finish":
                ends = [
                    Finish(leases.pop(u), raw(text.encode(), url=u), article=article(text, url=u))
                    for u, text in zip(list(leases), given_, strict=False)
                ]
                for end, finished in zip(ends, store.finish_all(ends), strict=True):
                    assert end.article
                    known = model.texts.setdefault(end.lease.url, [])
                    changed = not known or known[-1] != end.article.body
                    assert finished.change is (
                        Change.NEW if not known else Change.CHANGED if changed else Change.UNCHANGED
                    )
                    known += [end.article.body] * changed
                    model.state[end.lease.url] = State.DONE
            case "fail" if leases:
                url, lease = leases.popitem()
                finish(store, lease, state=State.FAILED, reason="HTTP 404")
                model.state[url] = State.FAILED
            case "release" if leases:
                url, lease = leases.popitem()
                store.release(lease)
                model.state[url] = State.NEW
            case "crash":
                store.close()
                store = Store(path)
                leases.clear()
                model.begin(run := store.begin("harbour", []), [])
            case "end":
                store.end(run, "finished")
                model.finished.add(run)
        assert store.counts(run) == model.counts(run)
        stored = {r.address: (r.article.body, r.version) for r in records(store)}
        assert stored == {u: (texts[-1], len(texts)) for u, texts in model.texts.items()}
    assert [r.article.body for r in revisions(store)] == [t for u in sorted(model.texts) for t in model.texts[u][:-1]]
    store.close()
    with Reader(path) as reader:
        assert list(reader.damage()) == []


_VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(), max_size=40))


@given(st.lists(_VALUES, max_size=6))
@example(["\ud800", 'a\x00\x1f\x7f\u2028"\\/', 2**70, -1, 1e16, float("nan")])
def test_a_checksum_is_that_of_the_json_list_that_python_writes(values: list[Any]) -> None:
    """Those of rows that were written long ago still have to hold."""
    form = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert digest(*values) == hashlib.sha256(form).hexdigest()
