"""E2: an index of sitemaps that makes another of itself for each that is read comes to an end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spiders.listings.listing import Listed
from spiders.listings.quota import Quota
from spiders.listings.sitemaps import MAX_DEPTH
from spiders.record import Kind, Link, State
from spiders.status import ExitStatus
from tests.conftest import Run
from tests.newsroom import FEED, FERRY, HOME, edition, outcomes
from tests.test_sitemaps import SITEMAP, Mapped, index, urlset

pytestmark = pytest.mark.faults


class Both(Mapped):
    """The newspaper, read by its feed as well."""

    feeds = (FEED,)


def growing(fan: int, levels: int) -> dict[str, Any]:
    """Return indexes that list `fan` more each, level after level, and a sitemap beside each of them."""
    pages: dict[str, Any] = {SITEMAP: index(*(f"/{n}.xml" for n in range(fan)))}
    names = [str(n) for n in range(fan)]
    for _ in range(levels):
        pages |= {f"{HOME}/{name}.xml": index(*(f"/{name}{n}.xml" for n in range(fan))) for name in names}
        names = [f"{name}{n}" for name in names for n in range(fan)]
    return pages


def test_E2_indexes_are_followed_five_deep_and_the_rest_of_the_site_is_unharmed(run: Run) -> None:
    books = run(edition() | growing(2, MAX_DEPTH), Both)
    assert {way: state for way, (state, _) in outcomes(books).items() if "2026" in way} == {
        "/2026/ferry": State.DONE,
        "/2026/tower": State.DONE,
    }
    sitemaps = [one for one in books.listings if one.url != FEED]
    assert len(sitemaps) == sum(2**depth for depth in range(MAX_DEPTH + 1))
    assert "sitemaps: 64 addresses of www.harbour.example: sitemap indexes are nested more than 5 deep" in books.notes()
    assert (books.status(), books.missing) == (ExitStatus.OK, [])


def test_E2_a_host_is_asked_for_so_many_sitemaps_and_no_more(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.listings.quota.MAX_SITEMAPS", 9)
    pages = growing(5, 2) | {f"{HOME}/00.xml": urlset(FERRY)}
    books = run(edition() | pages, Both)
    assert len(books.listings) == 2 + 9  # its feed and its index are given, not listed
    assert "sitemaps: 36 addresses of www.harbour.example: more than 9 sitemaps of one host" in books.notes()
    assert books.missing == []


def test_E2_the_measure_is_a_thousand_a_host(tmp_path: Path) -> None:
    full = Quota()
    kept: list[Link] = []
    for start in range(0, 3000, 500):
        links = [
            Link(f"https://{host}.example/{n}.xml", Kind.SITEMAP) for n in range(start, start + 500) for host in "ab"
        ]
        told = full.kept(Listed([*links, Link(f"https://a.example/{start}")]))
        kept += told.links
        assert len(told.links) + len(told.passed) == len(links) + 1
    assert [
        sum(link.url.startswith(f"https://{host}.") and link.kind is Kind.SITEMAP for link in kept) for host in "ab"
    ] == [1000, 1000]
    assert sum(link.kind is Kind.ARTICLE for link in kept) == 6
    again = full.kept(Listed([Link("https://a.example/1.xml", Kind.SITEMAP)]))
    assert len(again.links) == 1  # listed twice, asked for once
