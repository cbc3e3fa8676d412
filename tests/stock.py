"""A stocked store for tests: records of invented articles, and what the exports of them hold."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extractors import Article, Block, Label
from spiders.record import Link, Raw
from spiders.store import Store
from tests.holdings import finish
from tests.newsroom import FERRY, HOME, TOWER, page

WHEN = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)


def article(url: str, *paragraphs: str, **fields: Any) -> Article:
    """Return an article whose body is the paragraphs."""
    blocks = tuple(Block(text, Label.BODY, number) for number, text in enumerate(paragraphs))
    return Article(url, **{"headline": "Council keeps the ferry", "blocks": blocks} | fields)


def stocked(path: Path, articles: Iterable[Article], **response: Any) -> Path:
    """Store articles, each with the page that it might have been read from; `response` changes fields of that."""
    articles = list(articles)
    with Store(path) as store:
        run = store.begin("harbour", [Link(told.url or "") for told in articles])
        for lease, told in zip(store.lease(run, len(articles)), articles, strict=True):
            raw = Raw(lease.url, 200, (), page("the ferry", lease.url).encode(), WHEN)
            finish(store, lease, replace(raw, **response), (), told)
        store.end(run, "finished")
    return path


def two() -> list[Article]:
    """Return two articles."""
    return [article(FERRY, "The ferry stays."), article(TOWER, "The tower goes.", "“Never,” she said.")]


def many(count: int) -> list[Article]:
    """Return articles that take some time to write."""
    return [
        article(f"{HOME}/2026/{number}", *(f"Paragraph {n} of {number}. " * 40 for n in range(8)))
        for number in range(count)
    ]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Read an export back as JSON values, whatever its form; CSV has text only."""
    match path.suffix:
        case ".jsonl":
            return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        case ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows
