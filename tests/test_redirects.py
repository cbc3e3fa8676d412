"""Redirects: how far a page may send us, and what travels with us."""

from __future__ import annotations

from typing import ClassVar

import pytest
from scrapy import Request
from scrapy.crawler import Crawler

from spiders.middlewares.redirects import Redirects
from spiders.record import State
from tests.conftest import Run
from tests.newsroom import FEED, FERRY, HOME, Harbour, feed, outcomes, page

OLD = f"{HOME}/old"


def told(run: Run, location: str) -> tuple[State, str | None]:
    """What becomes of an article that redirects."""
    books = run({FEED: feed(OLD), OLD: (302, {"Location": location}, ""), FERRY: page("the ferry", FERRY)})
    return outcomes(books)["/old"]


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://www.harbour.example/2026/ferry", "from https to http"),
        ("https://elsewhere.example/2026/ferry", "out of the site, to elsewhere.example"),
        ("https://harbour.example.elsewhere.example/", "out of the site, to harbour.example.elsewhere.example"),
        ("file:///etc/hostname", "to what is no web address"),
        ("data:text/html,<p>x</p>", "to what is no web address"),
        ("ftp://www.harbour.example/a", "to what is no web address"),
        ("javascript:alert(1)", "to what is no web address"),
        ("https://[broken/", "to what is no web address"),
    ],
)
def test_where_a_page_may_not_send_us(run: Run, location: str, why: str) -> None:
    assert told(run, location) == (State.EXCLUDED, f"refused: it redirects {why}")


def test_the_gate_is_asked_on_each_hop(run: Run) -> None:
    class Anywhere(Harbour):
        domains = ("harbour.example", "127.0.0.1")  # type: ignore[assignment]

    pages = {FEED: feed(OLD), OLD: (302, {"Location": f"{HOME}/2"}, "")}
    pages[f"{HOME}/2"] = (302, {"Location": "https://127.0.0.1/secret"}, "")
    assert outcomes(run(pages, Anywhere))["/old"] == (State.EXCLUDED, "refused: 127.0.0.1 is not a public address")


def test_a_site_may_move_a_page_within_itself_and_to_where_its_listings_are(run: Run) -> None:
    assert told(run, FERRY) == (State.DONE, None)

    class Elsewhere(Harbour):
        feeds: ClassVar[tuple[str, ...]] = (FEED, "https://feeds.example/harbour.xml")

    pages = {
        FEED: (302, {"Location": "https://feeds.example/harbour.xml?a=1"}, ""),
        "https://feeds.example/harbour.xml?a=1": feed(FERRY),
        "https://feeds.example/harbour.xml": feed(FERRY),
        FERRY: page("the ferry", FERRY),
    }
    assert outcomes(run(pages, Elsewhere)) == {"/2026/ferry": (State.DONE, None)}


def test_five_hops_are_followed_and_six_are_not(run: Run) -> None:
    pages = {FEED: feed(f"{HOME}/hop/5", f"{HOME}/jump/6"), FERRY: page("the ferry", FERRY)}
    for way, hops in (("hop", 5), ("jump", 6)):
        for k in range(1, hops + 1):
            pages[f"{HOME}/{way}/{k}"] = (302, {"Location": f"/{way}/{k - 1}" if k > 1 else FERRY}, "")  # type: ignore[assignment]
    found = outcomes(run(pages))
    assert found["/hop/5"] == (State.DONE, None)
    assert found["/jump/6"] == (State.FAILED, "max redirections reached")


HEADERS = {
    "User-Agent": "Copydesk",
    "Accept-Language": "he",
    "Authorization": "PLANTED",
    "Cookie": "PLANTED",
    "X-Api-Key": "PLANTED",
    "X-Our-Own": "PLANTED",
    "Referer": "https://news.example/?token=PLANTED",
}


@pytest.mark.parametrize(
    "last",
    [
        "https://other.example/",
        "https://sub.news.example/",
        "https://news.example:8443/",
        "http://news.example/",
    ],
)
def test_another_host_gets_what_anybody_may_know(last: str) -> None:
    redirects = Redirects.from_crawler(Crawler(Harbour, {}))
    onward = Request(last, headers=HEADERS, meta={"redirect_urls": ["https://news.example/a"]})
    redirects.process_request(onward)
    assert {name.decode() for name in onward.headers} == {"User-Agent", "Accept-Language"}


@pytest.mark.parametrize("first", ["https://news.example/a", "http://news.example/a"])
def test_the_same_host_gets_what_was_meant_for_it(first: str) -> None:
    redirects = Redirects.from_crawler(Crawler(Harbour, {}))
    onward = Request("https://news.example/b", headers=HEADERS, meta={"redirect_urls": [first]})
    redirects.process_request(onward)
    assert {name.decode() for name in onward.headers} == set(HEADERS)
