"""A15: an extractor's bug that is mended later is mended in what is stored too, and the network is not asked."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from spiders.store.reader import Reader
from tests.conftest import ROOT, Command
from tests.newsroom import FERRY, page, recorded

pytestmark = pytest.mark.faults

WRONG, RIGHT = "article p:last-of-type", "article aside"  # what the site file takes for an advertisement
SITE = (
    "from extractors import Label\nfrom extractors.site import Site\n\n\nclass Harbour(Site):\n"
    '    domains = ("harbour.example",)\n    body = "article p"\n    noise = {{"{}": Label.AD}}\n'
)
REACHING_OUT = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"}
_seen: list[list[str]] = []


@cache
def hooked() -> None:
    """Install the hook; Python lets none be taken out again, so it tells nobody unless somebody asks."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if _seen and event in REACHING_OUT and getattr(arguments[0], "family", None) != socket.AF_UNIX:
            _seen[-1].append(f"{event} {arguments[1:]}")

    sys.addaudithook(hook)


@contextmanager
def network_watched() -> Iterator[list[str]]:
    """Give the list of what asks for the network inside the block; sockets to our own workers are not of it."""
    hooked()
    _seen.append([])
    try:
        yield _seen[-1]
    finally:
        _seen.pop()


def crawled(folder: Path, sites: Path) -> None:
    cassette = recorded(folder / "ferry.yaml", {FERRY: page("the ferry", FERRY)})
    options = ["-a", f"url={FERRY}", "-s", f"CASSETTE={cassette}", "-s", f"COPYDESK_STORE={folder / 'store.db'}"]
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "article", *options],
        cwd=ROOT,
        env=os.environ | {"COPYDESK_SITES": str(sites)},
        check=True,
        capture_output=True,
        timeout=120,
    )


def test_A15_the_watch_sees_what_asks_for_the_network() -> None:
    with network_watched() as asked, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
    assert len(asked) == 1


def test_A15_a_mended_bug_makes_the_next_version_without_the_network(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sites := tmp_path / "sites").mkdir()
    file = sites / "harbour_example.py"
    file.write_text(SITE.format(WRONG))
    crawled(tmp_path, sites)
    store = tmp_path / "store.db"
    with Reader(store) as reader:
        (before,) = reader.records()
    assert (before.version, before.template, before.article.body.count("\n\n")) == (1, "Harbour", 2)

    file.write_text(SITE.format(RIGHT))
    monkeypatch.setenv("COPYDESK_SITES", str(sites))
    with network_watched() as asked:
        status, out, err = command("reextract", "-s", f"COPYDESK_STORE={store}")
    assert (status, err, asked) == (0, "", [])
    assert out.startswith(f"changed: {FERRY}: version 2 after 1\n")
    with Reader(store) as reader:
        (after,) = reader.records()
        (earlier,) = reader.revisions()
        assert list(reader.damage()) == []
    assert (after.version, after.article.body.count("\n\n"), after.raw) == (2, 3, before.raw)
    assert (earlier.version, earlier.article.body, earlier.extractor) == (1, before.article.body, before.extractor)
    assert after.extractor not in (None, before.extractor)
