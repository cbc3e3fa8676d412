"""The backstop: what sockets may connect to while a crawl or a replay is on."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from ipaddress import ip_address

import pytest

from spiders.network.backstop import SocketRefusedError, Watch, forbid_sockets, guard_sockets

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1", "127.1", "localhost", "203.0.113.5"])


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """A port that listens; nobody is expected."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.fixture(params=[lambda: guard_sockets(()), forbid_sockets], ids=["guarded", "forbidden"])
def watch(request: pytest.FixtureRequest) -> Iterator[Watch]:
    """The backstop, in force."""
    made: Watch = request.param()
    yield made
    made.lift()


def by_urllib(port: int) -> None:
    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)


def by_asyncio(port: int) -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 5))


def by_name(port: int) -> None:
    with socket.socket() as asking:
        asking.connect(("localhost", port))


def by_a_short_spelling(port: int) -> None:
    with socket.socket() as asking:
        asking.connect(("127.1", port))


def without_an_exception(port: int) -> None:
    with socket.socket() as asking:
        asking.connect_ex(("127.0.0.1", port))


def by_datagram(port: int) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sending:
        sending.sendto(b"x", ("127.0.0.1", port))


@pytest.mark.parametrize(
    "way", [by_urllib, by_asyncio, by_name, by_a_short_spelling, without_an_exception, by_datagram]
)
def test_no_library_gets_past_it(door: socket.socket, watch: Watch, way: Callable[[int], None]) -> None:
    with pytest.raises(OSError, match="refused"):
        way(door.getsockname()[1])
    assert len(watch.refused) >= 1


def test_only_the_pair_that_is_an_exception_passes(door: socket.socket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        watch = guard_sockets({(ip_address("127.0.0.1"), port)})
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        with pytest.raises(SocketRefusedError):
            socket.create_connection(("127.0.0.1", door.getsockname()[1]), timeout=5)
        watch.lift()
        watch.lift()
        socket.create_connection(("127.0.0.1", port), timeout=5).close()


def test_a_replay_does_not_even_ask_an_exception() -> None:
    guard, watch = guard_sockets({(ip_address("203.0.113.5"), 443)}), forbid_sockets()
    try:
        with socket.socket() as asking, pytest.raises(SocketRefusedError, match="a replay asks nobody"):
            asking.connect(("203.0.113.5", 443))
    finally:
        watch.lift()
        guard.lift()


def test_a_replay_does_not_look_up_a_name() -> None:
    watch = forbid_sockets()
    try:
        for ask in (socket.gethostbyname, lambda name: socket.getaddrinfo(name, 80)):
            with pytest.raises(SocketRefusedError, match=r"news\.example"):
                ask("news.example")
        assert socket.gethostbyname("127.0.0.1") == "127.0.0.1"
    finally:
        watch.lift()
    assert len(watch.refused) == 2


def test_pipes_and_event_loops_are_none_of_its_business(watch: Watch) -> None:
    async def ask_a_child() -> bytes:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "print('here')", stdout=asyncio.subprocess.PIPE
        )
        return (await child.communicate())[0]

    here, there = socket.socketpair()
    with here, there:
        here.sendmsg([b"x"])
        assert there.recv(1) == b"x"
    assert asyncio.run(ask_a_child()) == b"here\n"
    assert subprocess.run([sys.executable, "-c", ""], check=False).returncode == 0
    assert watch.refused == []
