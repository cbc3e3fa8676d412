"""A robots.txt that fails, drips, grows or moves: row B15. Each kind has a host of its own."""

from __future__ import annotations

import pytest

from tests.faults.conftest import Fetch, Fetched
from tests.misbehaving import Server
from tests.misbehaving.news import ROBOTS

pytestmark = pytest.mark.faults

UNAVAILABLE = {
    "503": "HTTP 503",
    "429": "HTTP 429",
    "hang": "no answer in time",
    "moved-503": "HTTP 503",
    "bomb": "the unpacked body is larger than 10 MiB",
}


@pytest.fixture(scope="module")
def hosts(server: Server) -> dict[str, str]:
    """The hosts by what their robots.txt does."""
    return {kind: server.url("", host) for host, kind in ROBOTS.items()}


@pytest.fixture(scope="module")
def crawled(server: Server, fetch: Fetch, hosts: dict[str, str]) -> Fetched:
    server.reset()
    urls = [f"{host}/{path}" for host in hosts.values() for path in ("news/1", "forbidden", "secret")]
    return fetch(urls, DOWNLOAD_TIMEOUT=2)


@pytest.mark.parametrize("kind", UNAVAILABLE)
def test_B15_a_server_in_trouble_has_not_said_yes(
    crawled: Fetched, server: Server, hosts: dict[str, str], kind: str
) -> None:
    fate = crawled.outcomes[f"{hosts[kind]}/news/1"]
    assert fate[:2] == ("failed", f"robots.txt could not be had: {UNAVAILABLE[kind]}")
    assert fate.again
    host = hosts[kind].removeprefix("http://")
    asked = [path for path, headers in server.asked if headers["host"] == host]
    assert asked[0] == "/robots.txt"
    assert set(asked) <= {"/robots.txt", "/status/503"}


@pytest.mark.parametrize(
    ("kind", "states"),
    [
        pytest.param("large", ("done", "failed", "excluded"), id="the first 500 KiB count"),
        pytest.param("html", ("done", "failed", "failed"), id="HTML forbids nothing"),
        pytest.param("moved", ("done", "excluded", "failed"), id="what it redirects to counts"),
    ],
)
def test_B15_what_can_be_read_is_obeyed(
    crawled: Fetched, hosts: dict[str, str], kind: str, states: tuple[str, ...]
) -> None:
    found = [crawled.outcomes[f"{hosts[kind]}/{path}"].state for path in ("news/1", "forbidden", "secret")]
    assert tuple(found) == states
