"""F12: a rule of a site that would take for ever. Rules are selectors; code is in `amend` alone. Both cost their page.

There is no regular expression in the rules of a site file. Those of our own are attacked in `tests/test_patterns.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors import Article
from spiders.workers.pool import Pool
from tests.newsroom import FERRY, TOWER, page
from tests.test_pool import pooled

pytestmark = pytest.mark.faults

REDOS = "re.search('(a+)+$', 'a' * 40 + '!') if 'ferry' in page.url else None\nreturn article"
STOPPED = "extraction was stopped: it took more than 2 s"


def read(ferry: str) -> tuple[Any, Any]:
    """Read a page at which the rule is aimed, and another one, by the same worker."""

    async def use(pool: Pool) -> list[Any]:
        asked = [pool.extract(ferry.encode(), FERRY), pool.extract(page("the tower", TOWER).encode(), TOWER)]
        return await asyncio.gather(*asked, return_exceptions=True)

    one, other = pooled(use, EXTRACTION_TIMEOUT=2)
    return one, other


def test_F12_a_hostile_pattern_in_a_site_file_costs_its_page(site_file: Callable[..., Path]) -> None:
    site_file(REDOS, head="import re")
    ferry, tower = read(page("the ferry", FERRY))
    assert str(ferry) == STOPPED
    assert isinstance(tower, Article)
    assert tower.template == "Own"


def test_F12_a_hostile_selector_costs_its_page(site_file: Callable[..., Path]) -> None:
    path = site_file("return article", head="from extractors.article import Label")
    rule = "    noise = {':has(~ :has(~ z))': Label.CAPTION}\n"
    path.write_text(path.read_text("utf-8").replace("    body =", rule + "    body ="), "utf-8")
    many = page("the ferry", FERRY).replace("</article>", "<i></i>" * 60_000 + "</article>")
    ferry, tower = read(many)
    assert str(ferry) == STOPPED
    assert isinstance(tower, Article)
