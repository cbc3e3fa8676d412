"""What the store knows of hosts: their notices, who is held, how many of a host's addresses are leased."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.addresses import host_of
from spiders.lease import Lease
from spiders.record import Link, State
from spiders.store import Notice, Store, Wait, hosts
from tests.holdings import finish

ROBOTS = "https://news.example/robots.txt"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def test_a_notice_is_what_an_address_last_said(path: Path) -> None:
    with Store(path) as store:
        assert store.notice(ROBOTS) is None
        store.note_notice(Notice(ROBOTS, 1000.5, 404, b""))
        store.note_notice(Notice(ROBOTS, 2000.5, 200, b"User-agent: *\nDisallow: /\xff\0"))
        store.note_notice(Notice("https://news.example/ai.txt", 2000.5, 200, b"other"))
    with Store(path) as store:
        assert store.notice(ROBOTS) == Notice(ROBOTS, 2000.5, 200, b"User-agent: *\nDisallow: /\xff\0")
        assert store.notice("http://news.example/robots.txt") is None  # another origin may say other things


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def begun(store: Store, *hosts: str, pages: int = 3) -> int:
    return store.begin("harbour", [Link(f"https://{host}/{n}") for n in range(pages) for host in hosts])


def asked(leases: list[Lease]) -> list[str]:
    return [lease.url.removeprefix("https://") for lease in leases]


def test_leases_are_dealt_out_by_host(path: Path, clock: Clock) -> None:
    with Store(path, clock=clock) as store:
        run = begun(store, "a.example", "b.example:8080")
        first = store.lease(run, 50, per_host=2)
        assert asked(first) == ["a.example/0", "b.example:8080/0", "a.example/1", "b.example:8080/1"]
        assert store.lease(run, 50, per_host=2) == []
        finish(store, first[0])
        assert asked(store.lease(run, 50, per_host=2)) == ["a.example/2"]
        assert asked(store.lease(run, 50)) == ["b.example:8080/2"]


def test_where_there_is_little_room_the_hosts_that_have_least_come_first(path: Path, clock: Clock) -> None:
    with Store(path, clock=clock) as store:
        run = begun(store, "a.example", pages=9)
        store.lease(run, 1, per_host=2)
        store.discover(run, [Link("https://b.example/0"), Link("https://c.example/0")])
        assert asked(store.lease(run, 2, per_host=2)) == ["b.example/0", "c.example/0"]


def test_an_address_that_is_put_off_has_its_turn_again_in_the_same_run(path: Path, clock: Clock) -> None:
    with Store(path, clock=clock) as store:
        run = begun(store, "a.example", pages=1)
        (lease,) = store.lease(run, 50)
        store.postpone(lease, 60, "HTTP 503")
        assert (store.lease(run, 50), store.counts(run)[State.NEW]) == ([], 1)
        wait = store.hosts.wait(run)
        assert wait == Wait(60, "a.example", None)
        clock.now += 60
        (again,) = store.lease(run, 50)
        assert (again.url, again.attempt) == (lease.url, 2)
        finish(store, again)
        assert store.hosts.wait(run) is None


def test_a_host_that_is_held_is_not_asked_and_the_others_are(path: Path, clock: Clock) -> None:
    with Store(path, clock=clock) as store:
        run = begun(store, "a.example", "b.example", pages=2)
        store.hosts.hold("a.example", 600, 1, "HTTP 429")
        others = store.lease(run, 50)
        assert asked(others) == ["b.example/0", "b.example/1"]
        for lease in others:
            finish(store, lease)
        assert store.hosts.wait(run) == Wait(600, "a.example", "HTTP 429")
    with Store(path, clock=clock) as store:  # the next run knows it too
        assert store.hosts.failing() == {"a.example": 1}
        run = begun(store, "a.example", pages=2)
        assert store.lease(run, 50) == []
        clock.now += 600
        (probe,) = store.lease(run, 50, per_host=2)  # one, until it has answered
        store.hosts.hold("a.example", 0, 0, None)
        finish(store, probe)
        assert store.hosts.failing() == {}
        assert asked(store.lease(run, 50, per_host=2)) == ["a.example/1"]


def test_what_is_given_up_is_due_for_the_next_run(path: Path, clock: Clock) -> None:
    with Store(path, clock=clock) as store:
        run = begun(store, "a.example", "b.example", pages=2)
        first, *others = store.lease(run, 50)
        store.postpone(first, 900, "no answer in time")
        store.hosts.hold("b.example", 600, 1, "HTTP 429")
        for lease in others:
            store.release(lease)
        given = store.hosts.give_up(run)
        assert [(g.url, g.reason, g.retry_in) for g in given] == [
            ("https://a.example/0", "no answer in time", 900),
            ("https://b.example/0", "not asked: the host is left alone (HTTP 429)", 600),
            ("https://a.example/1", "not asked: the host is left alone (it failed)", 0),
            ("https://b.example/1", "not asked: the host is left alone (HTTP 429)", 600),
        ]
        assert store.counts(run)[State.FAILED] == 4
        store.end(run, "finished")
        clock.now += 700
        again = store.begin("harbour", [])
        assert asked(store.lease(again, 50)) == ["b.example/0", "a.example/1", "b.example/1"]


def test_another_clock_cannot_hold_anybody_for_ever(path: Path, clock: Clock) -> None:
    with Store(path, clock=clock) as store:
        run = begun(store, "a.example", pages=1)
        (lease,) = store.lease(run, 50)
        store.postpone(lease, 60, "HTTP 503")
        store.hosts.hold("a.example", 60, 1, "HTTP 503")
        clock.now -= 86400
        assert store.hosts.wait(run) == Wait(0, "a.example", "HTTP 503")
        assert asked(store.lease(run, 50)) == ["a.example/0"]


def test_turns_are_found_from_the_index_however_long_the_frontier_is(path: Path, clock: Clock) -> None:
    with Store(path, clock=clock) as store:
        run = begun(store, "a.example", pages=1)
        connection = store._database.connection
        given = {"run": run, "now": 0, "farthest": 0, "host": "", "room": 1}
        for query in (hosts._FREE, hosts._TURNS, hosts._FIRST_DUE):
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", given)]
            searched = [step for step in plan if " url" in step]
            assert searched
            assert all("url_by_host (run=? AND state=?" in step for step in searched), plan


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["lease", "finish", "postpone", "hold", "recover", "wait", "give back"]),
        st.integers(0, 2),
        st.sampled_from([1, 30, 700]),
    ),
    max_size=30,
)


@given(STEPS)
@settings(max_examples=8)
def test_whatever_happens_no_host_is_overrun_and_nothing_is_lost(steps: list[tuple[str, int, int]]) -> None:
    clock, names = Clock(), ["a.example", "b.example", "c.example"]
    held: dict[str, float] = {}
    with TemporaryDirectory() as folder, Store(Path(folder) / "store.db", clock=clock) as store:
        run = begun(store, *names, pages=2)
        opened: list[Lease] = []
        for what, number, seconds in steps:
            if what == "lease":
                leases = store.lease(run, number + 1, per_host=2)
                assert all(held.get(host_of(lease.url), 0) <= clock.now for lease in leases)
                opened += leases
            elif what == "hold":
                store.hosts.hold(names[number], seconds, 1, "HTTP 429")
                held[names[number]] = clock.now + seconds
            elif what == "recover":
                store.hosts.hold(names[number], 0, 0, None)
                held[names[number]] = 0
            elif what == "wait":
                clock.now += seconds
            elif opened:
                lease = opened.pop(0)
                if what == "finish":
                    finish(store, lease)
                elif what == "give back":
                    store.release(lease)
                else:
                    store.postpone(lease, seconds, "HTTP 503")
            assert max(Counter(host_of(lease.url) for lease in opened).values(), default=0) <= 2
            assert sum(store.counts(run).values()) == 6
        for lease in opened:
            finish(store, lease)
        while wait := store.hosts.wait(run):  # whoever waits as long as it is told to gets them all
            clock.now += wait.seconds
            leases = store.lease(run, 10, per_host=2)
            assert leases
            for lease in leases:
                finish(store, lease)
        assert store.counts(run)[State.DONE] == 6
