"""What the store knows of hosts: their notices, who is held, how many of a host's addresses are leased."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from spiders.store import Notice, Store
from spiders.store.writer import Writer

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


def test_a_crawl_reads_and_writes_notices_through_its_writer(path: Path) -> None:
    async def main() -> Notice | None:
        writer = Writer(Store(path))
        await writer.note_notice(Notice(ROBOTS, 1000.0, 200, b"x"))
        found = await writer.notice(ROBOTS)
        await writer.close()
        return found

    assert asyncio.run(main()) == Notice(ROBOTS, 1000.0, 200, b"x")
