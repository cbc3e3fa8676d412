"""The files that a crawl writes (`-O FILE`, `-o FILE`): all that it stored, or a word of what they lack."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from scrapy import signals

from tests.conftest import ROOT
from tests.newsroom import FERRY, MARKET, TOWER, crawled, edition, page, recorded
from tests.test_commands import SCRAPY, scrapy, sentence


@pytest.fixture
def crawl(tmp_path: Path) -> tuple[str, ...]:
    """Return a crawl of two recorded articles into a store of the test's own."""
    cassette = recorded(tmp_path / "two.yaml", {FERRY: page("the ferry", FERRY), TOWER: page("the tower", TOWER)})
    (tmp_path / "urls.txt").write_text(f"{FERRY}\n{TOWER}\n", "utf-8")
    urls = f"urls={tmp_path}/urls.txt"
    return ("crawl", "article", "-a", urls, "-s", f"CASSETTE={cassette}", "-s", f"COPYDESK_STORE={tmp_path}/store.db")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_file_that_finds_no_room_is_told_and_ends_with_3(crawl: tuple[str, ...], tmp_path: Path, form: str) -> None:
    whole = tmp_path / f"whole.{form}"
    end = scrapy(*crawl, "-O", f"/dev/full:{form}", "-O", whole)
    assert end.returncode == 3
    assert sentence(end) == (
        "scrapy crawl: /dev/full does not hold all articles: there is no room; they are in the store, scrapy export "
        "writes them"
    )
    assert end.stdout.splitlines()[-1].startswith("2 stored")
    assert len(rows(whole)) == 2


def test_an_article_is_in_the_file_before_the_next_one_comes(tmp_path: Path) -> None:
    file, seen = tmp_path / "out.jsonl", list[int]()

    def look() -> None:
        seen.append(file.read_text("utf-8").count("\n") if file.exists() else 0)

    def set_up(crawler: Any) -> None:
        crawler.keep = look  # signals hold weak references
        crawler.signals.connect(look, signals.item_scraped)

    crawled(tmp_path, edition(), set_up=set_up, feeds={str(file): {"format": "jsonl"}})
    assert seen == [0, 1]


def test_standard_output_that_nobody_reads_any_more_ends_no_crawl_and_one_without_room_is_told(
    crawl: tuple[str, ...],
) -> None:
    read, gone = os.pipe()
    os.close(read)
    for out, form, status in ((gone, "jsonl", 0), (os.open("/dev/full", os.O_WRONLY), "csv", 3)):
        command = [*SCRAPY, *crawl, "-o", f"-:{form}"]
        end = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
        os.close(out)
        assert (end.returncode, "Traceback" in end.stderr) == (status, False), end.stderr


def test_rows_are_added_to_a_table_that_has_its_header_and_nothing_to_a_list_that_is_whole(
    crawl: tuple[str, ...], tmp_path: Path
) -> None:
    table, told = tmp_path / "all.csv", tmp_path / "all.json"
    first = scrapy(*crawl, "-o", table, "-o", told)
    assert first.returncode == 0, first.stderr
    again = recorded(tmp_path / "third.yaml", {MARKET: page("the market", MARKET)})
    third = (*crawl[:3], f"url={MARKET}", "-s", f"CASSETTE={again}", *crawl[-2:])
    assert sentence(scrapy(*third, "-o", told)) == (
        f"scrapy crawl: {told} is whole as it is, nothing can be added to it: -O replaces it"
    )
    assert scrapy(*third, "-o", table).returncode == 0
    assert [row["headline"].split()[-1] for row in rows(table)] == ["ferry", "tower", "market"]
