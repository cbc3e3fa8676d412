"""How a run ends, and what its exit status then says: limits, budgets, rows that cannot be stored."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from spiders.extensions.memory import MemoryBudget
from spiders.record import State
from spiders.status import ExitStatus
from spiders.store import articles
from tests.conftest import Run
from tests.faults.crashes import Press, total
from tests.misbehaving import Server
from tests.newsroom import FERRY, edition, outcomes

pytestmark = pytest.mark.faults


@pytest.fixture
def gazette(server: Server, tmp_path: Path) -> Press:
    """A newspaper of more articles than are under way at a time, not crawled yet."""
    return Press(server, tmp_path, 90)


def test_A1_a_limit_that_the_user_gave_is_no_failure_and_the_next_run_goes_on(gazette: Press) -> None:
    status, out, err = gazette.crawl(CLOSESPIDER_ITEMCOUNT=5, CONCURRENT_REQUESTS_PER_DOMAIN=1)
    assert status == 0, err
    assert "\nended by CLOSESPIDER_ITEMCOUNT: run it again to go on\n" in out
    first = total(out)
    assert first["stored"] >= 5
    assert first["pending"] > 0  # what Scrapy has queued by then, it fetches
    status, out, _ = gazette.crawl()
    assert (status, total(out)["stored"]) == (0, 90)
    gazette.check(kills=0)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("MEMUSAGE_LIMIT_MB", {"MEMUSAGE_LIMIT_MB": 20, "MEMUSAGE_CHECK_INTERVAL_SECONDS": 0.1}),
        ("CLOSESPIDER_TIMEOUT_NO_ITEM", {"CLOSESPIDER_TIMEOUT_NO_ITEM": 1, "DOWNLOAD_DELAY": 3}),
    ],
)
def test_A1_a_budget_that_is_used_up_ends_the_run_and_the_next_goes_on(
    gazette: Press, name: str, settings: dict[str, Any]
) -> None:
    status, out, err = gazette.crawl(CONCURRENT_REQUESTS_PER_DOMAIN=1, **settings)
    assert status == 14, out + err
    assert f"ended by {name}: run it again to go on\n" in out
    total(out)
    status, out, _ = gazette.crawl()
    assert (status, total(out)["stored"]) == (0, 90)
    gazette.check(kills=0)


def test_A12_a_row_that_cannot_be_stored_is_counted_as_failed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put = articles.put

    def poisoned(connection: Any, address: str, *rest: Any, **options: Any) -> Any:
        if address == FERRY:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        return put(connection, address, *rest, **options)

    monkeypatch.setattr(articles, "put", poisoned)
    books = run(edition())
    state, reason = outcomes(books)["/2026/ferry"]
    assert state is State.FAILED
    assert "cannot be stored: OverflowError" in str(reason)
    assert books.sentence() == "1 stored + 1 failed + 0 excluded + 0 pending = 2 discovered"
    assert books.status() is ExitStatus.INCOMPLETE


def test_E6_the_memory_budget_is_of_what_is_held_now() -> None:
    budget = MemoryBudget.from_crawler(get_crawler(settings_dict={"MEMUSAGE_ENABLED": True}))
    block = bytearray(b"x" * 200_000_000)
    held = budget.get_virtual_size()
    del block
    deadline = time.monotonic() + 10
    while budget.get_virtual_size() > held - 150_000_000:
        assert time.monotonic() < deadline, "it goes by the peak"
