"""Code of ours, or of a user's own, that raises whatever it is asked: row E5."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from extractors import Article
from spiders.article import ArticleSpider
from spiders.outcomes import SITE_FILE
from spiders.record import State
from spiders.status import ExitStatus
from spiders.store import Store
from tests.conftest import Run
from tests.holdings import raws
from tests.newsroom import FEED, FERRY, TOWER, Harbour, edition, outcomes, page

pytestmark = pytest.mark.faults

ELSEWHERE = "https://www.elsewhere.example/2026/quay"


class Raising(Harbour):
    """A spider that raises in every callback."""

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Article]:
        """Raise."""
        raise RuntimeError("parse is broken")
        yield  # what makes it a generator, as Scrapy wants it


def test_E5_a_site_file_that_raises_on_every_page_costs_its_own_pages_and_no_other(
    site_file: Callable[..., Path], run: Run, store: Callable[[], Store], tmp_path: Path
) -> None:
    site_file("raise ValueError('amend is broken')")
    pages = edition() | {ELSEWHERE: page("the quay", ELSEWHERE)}
    (tmp_path / "urls.txt").write_text("\n".join([FERRY, ELSEWHERE, TOWER]), "utf-8")
    books = run(pages, ArticleSpider, urls=str(tmp_path / "urls.txt"))
    assert books.sentence() == "1 stored + 2 failed + 0 excluded + 0 pending = 3 discovered"
    assert (books.faults, books.kinds[SITE_FILE], books.status()) == (0, 2, ExitStatus.BROKEN)
    told = outcomes(books)
    assert told[ELSEWHERE] == (State.DONE, None)
    assert "amend is broken" in str(told["/2026/ferry"][1])
    with store() as opened:
        assert [raw.body.decode() for raw in raws(opened, FERRY) + raws(opened, TOWER)] == [pages[FERRY], pages[TOWER]]


def test_E5_a_spider_that_raises_in_every_callback_keeps_what_came_and_the_others_run(
    run: Run, store: Callable[[], Store]
) -> None:
    books = run(edition(), Raising)
    assert (books.faults, books.status()) == (1, ExitStatus.FAULT)
    assert outcomes(books) == {"/feed.xml": (State.FAILED, "fault in Copydesk: RuntimeError: parse is broken")}
    with store() as opened:
        assert [raw.body.decode() for raw in raws(opened, FEED)] == [edition()[FEED]]
    assert run(edition()).status() is ExitStatus.OK
