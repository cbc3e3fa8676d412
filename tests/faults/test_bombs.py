"""Bodies that are meant to be too much: packed gigabytes, packing in packing, bodies without end: rows C1 to C4."""

from __future__ import annotations

import pytest

from tests.faults.conftest import Fetch, Fetched
from tests.misbehaving import Server
from tests.misbehaving.bodies import bomb

pytestmark = pytest.mark.faults

MIB = 1024  # in KiB
CODINGS = ("br", "gzip", "zstd", "deflate")
BOMBS = [f"/bomb/{coding}" for coding in CODINGS]
ENDLESS = ("/endless", "/endless/chunked?chunked=1", "/large")


@pytest.fixture(scope="module", autouse=True)
def _made() -> None:
    """Make the bombs before the clock runs: the server has one thread."""
    for coding in CODINGS:
        bomb(coding)


@pytest.fixture(scope="module")
def plain(fetch: Fetch) -> Fetched:
    return fetch(["/news/1"])


@pytest.fixture(scope="module")
def bombs(fetch: Fetch) -> Fetched:
    return fetch([*BOMBS, "/news/1"], CONCURRENT_REQUESTS_PER_DOMAIN=1)


@pytest.mark.parametrize("path", BOMBS)
def test_C1_a_gigabyte_in_a_small_body_is_refused(bombs: Fetched, path: str) -> None:
    assert bombs.outcomes[path][:2] == ("failed", "the unpacked body is larger than 10 MiB")
    assert not bombs.outcomes[path].again


def test_C1_bombs_cost_little_memory_and_the_crawl_goes_on(plain: Fetched, bombs: Fetched) -> None:
    assert bombs.outcomes["/news/1"].state == "done"
    assert bombs.peak - plain.peak < 40 * MIB


def test_C2_packing_in_packing_is_undone_twice_and_not_oftener(server: Server, fetch: Fetch) -> None:
    got = fetch(["/stacked/2", "/stacked/3", "/stacked/9", "/bomb/gzip,gzip", "/bomb/br,gzip"])
    assert got.outcomes["/stacked/2"].state == "done"
    assert got.outcomes["/stacked/3"].reason == "the body is packed 3 times over, we unpack 2"
    assert got.outcomes["/stacked/9"].reason == "the body is packed 9 times over, we unpack 2"
    for path in ("/bomb/gzip,gzip", "/bomb/br,gzip"):
        assert got.outcomes[path].reason == "the unpacked body is larger than 10 MiB"


def test_C3_sixteen_bombs_at_once_cost_little_more_than_one(fetch: Fetch) -> None:
    paths = [f"{path}/{k}" for path in BOMBS for k in range(4)]
    got = fetch(paths, CONCURRENT_REQUESTS_PER_DOMAIN=16)
    assert {fate.reason for fate in got.outcomes.values()} == {"the unpacked body is larger than 10 MiB"}
    assert got.peak < 500 * MIB


@pytest.mark.parametrize("path", ENDLESS)
def test_C4_a_body_without_end_is_cut_at_the_limit(bodies: Fetched, server: Server, path: str) -> None:
    assert bodies.outcomes[path][:2] == ("failed", "the body is larger than 10 MiB")
    assert not bodies.outcomes[path].again
    assert server.sent[path] < 30_000_000


def test_C4_a_large_body_below_the_limit_is_read(bodies: Fetched) -> None:
    assert bodies.outcomes["/large/allowed?mb=9"].state == "done"


def test_C4_sixteen_bodies_without_end_at_once_are_borne(fetch: Fetch) -> None:
    got = fetch([f"/endless/{k}" for k in range(16)], CONCURRENT_REQUESTS_PER_DOMAIN=16)
    assert {fate.reason for fate in got.outcomes.values()} == {"the body is larger than 10 MiB"}
    assert got.peak < 500 * MIB


@pytest.fixture(scope="module")
def bodies(server: Server, fetch: Fetch) -> Fetched:
    server.reset()
    return fetch([*ENDLESS, "/large/allowed?mb=9"])
