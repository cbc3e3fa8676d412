"""The server that misbehaves, behaving: what the other tests of faults stand on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.faults.conftest import Fetch
from tests.misbehaving import ROUTES, Server
from tests.misbehaving.news import paragraphs

pytestmark = pytest.mark.faults


def test_its_newspaper_is_read_and_what_was_asked_is_known(server: Server, fetch: Fetch) -> None:
    server.reset()
    got = fetch(["/news/7", "/news/8", "/status/404", "/forbidden"])
    assert got.status == 10, got.stderr
    assert got.outcomes["/news/7"].body == "\n\n".join(paragraphs(7))
    assert [got.outcomes[path].state for path in ("/news/8", "/status/404", "/forbidden")] == [
        "done",
        "failed",
        "excluded",
    ]
    assert [server.count(path) for path in ("/robots.txt", "/news/7", "/forbidden")] == [1, 1, 0]
    assert all("user-agent" in headers for _, headers in server.asked)


def test_it_tells_its_routes_to_whoever_runs_it_by_hand() -> None:
    command = [sys.executable, "-m", "tests.misbehaving", "--list"]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert {line.split()[0] for line in lines} == {f"/{name}" for name in ROUTES}
    assert len(lines) >= 40


def test_B15_all_who_wait_for_robots_txt_obey_it(server: Server, fetch: Fetch) -> None:
    server.reset()
    got = fetch(f"/forbidden/{k}" for k in range(6))
    assert {fate.state for fate in got.outcomes.values()} == {"excluded"}
    assert {path for path, _ in server.asked} == {"/robots.txt"}
