"""Answers that do not come, break off, contradict themselves or have no end: rows B4, B5, B6, B10 to B13 and B18."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import Fetch, Fetched
from tests.misbehaving import Server
from tests.misbehaving.news import paragraphs

pytestmark = pytest.mark.faults

TIMEOUT = 2
NEVER = ("/hang", "/drip-header", "/drip-body")
ONCE = ("/reset/a?times=1", "/reset-middle/a?times=1", "/short/a?times=1", "/chunked-cut/a?times=1")
BROKEN = {
    "/reset": "the connection was reset",
    "/reset-middle": "the answer broke off",
    "/short": "the answer broke off",
    "/chunked-cut": "the answer broke off",
    "/not-http": "the answer is not HTTP",
    "/status/206": "the answer is a part (HTTP 206) of what was asked for",
}
LIES = {
    "/length-negative": "the answer's Content-Length is not one number",
    "/length-double": "the answer's Content-Length is not one number",
    "/length-and-chunked": "the answer tells a length and comes in chunks",
}
FLOODS = {
    "/header-line": "the answer's headers are longer than 64 KiB",
    "/headers?n=1500000": "the answer has more than 200 headers",
    "/interim": "the answer has more than 200 headers",
}
LOOPS = ("/redirect-self", "/redirect-endless/1")
COOKIES = ("/cookie-bomb", "/cookie-bomb/large?n=10")
GOOD = ("/news/1", "/news/2", "/chunked", "/headers/many?n=150", "/interim/few?n=3")
WORSE_LATER = ("/not-modified/a?good=1", "/empty/a?good=1")
ARTICLE = "\n\n".join(paragraphs(1))


@pytest.fixture(scope="module")
def crawls(server: Server, fetch: Fetch, tmp_path_factory: pytest.TempPathFactory) -> tuple[Fetched, Fetched]:
    """All of them in one crawl, and then some of them once more."""
    server.reset()
    store: Path = tmp_path_factory.mktemp("download") / "store.db"
    paths = [*NEVER, *ONCE, *BROKEN, *LIES, *FLOODS, *LOOPS, *COOKIES, *GOOD, *WORSE_LATER]
    paths += ["/not-modified", "/empty", "/meta-refresh"]
    first = fetch(paths, store=store, DOWNLOAD_TIMEOUT=TIMEOUT, CONCURRENT_REQUESTS_PER_DOMAIN=8)
    return first, fetch([*ONCE, *WORSE_LATER, COOKIES[0], "/news/3"], store=store)


@pytest.fixture(scope="module")
def first(crawls: tuple[Fetched, Fetched]) -> Fetched:
    return crawls[0]


@pytest.fixture(scope="module")
def second(crawls: tuple[Fetched, Fetched]) -> Fetched:
    return crawls[1]


@pytest.mark.parametrize("path", NEVER)
def test_B4_what_drips_or_never_comes_ends_in_time_and_is_tried_again(first: Fetched, path: str) -> None:
    assert first.outcomes[path][:2] == ("failed", "no answer in time")
    assert first.outcomes[path].again


def test_B4_the_others_are_unharmed(first: Fetched) -> None:
    assert {path: first.outcomes[path].state for path in GOOD} == dict.fromkeys(GOOD, "done")
    assert first.status == 10
    assert f"{len(first.outcomes)} discovered" in first.stdout
    assert "Traceback" not in first.stderr


@pytest.mark.parametrize("path", BROKEN)
def test_B5_B6_B11_an_answer_that_breaks_off_fails_in_passing_with_its_reason(first: Fetched, path: str) -> None:
    assert first.outcomes[path][:2] == ("failed", BROKEN[path])
    assert first.outcomes[path].again


@pytest.mark.parametrize("path", ONCE)
def test_B5_B6_another_try_brings_it_whole(first: Fetched, second: Fetched, path: str) -> None:
    assert (first.outcomes[path].state, first.outcomes[path].body) == ("failed", None)
    assert (second.outcomes[path].state, second.outcomes[path].body) == ("done", ARTICLE)


@pytest.mark.parametrize("path", LOOPS)
def test_B10_a_redirect_without_end_ends_and_is_reported(first: Fetched, server: Server, path: str) -> None:
    assert (first.outcomes[path].state, first.outcomes[path].body) == ("failed", None)
    assert "redirect" in (first.outcomes[path].reason or "")
    asked = {p for p, _ in server.asked if p.startswith(path.removesuffix("/1"))}
    assert sum(server.count(p) for p in asked) == 1 + 5


def test_B10_a_page_that_refreshes_to_itself_is_fetched_once(first: Fetched, server: Server) -> None:
    assert first.outcomes["/meta-refresh"].state in ("failed", "excluded")
    assert server.count("/meta-refresh") == 1


@pytest.mark.parametrize("path", LIES)
def test_B11_an_answer_that_contradicts_itself_is_refused(first: Fetched, path: str) -> None:
    assert first.outcomes[path][:2] == ("failed", LIES[path])
    assert not first.outcomes[path].again


@pytest.mark.parametrize("path", FLOODS)
def test_B12_headers_without_end_are_refused_while_they_come(first: Fetched, server: Server, path: str) -> None:
    assert first.outcomes[path][:2] == ("failed", FLOODS[path])
    assert server.sent[path] < 2_000_000  # of 20 million and more; the rest stayed in the server


def test_B13_after_a_cookie_bomb_the_site_can_still_be_read(first: Fetched, second: Fetched, server: Server) -> None:
    assert first.outcomes["/cookie-bomb"].reason == "the answer's headers are longer than 64 KiB"
    assert first.outcomes["/cookie-bomb/large?n=10"].state == "done"
    assert second.outcomes["/news/3"].state == "done"
    assert not any("cookie" in headers for _, headers in server.asked)


def test_B13_a_site_that_is_allowed_cookies_gets_them_back_until_they_are_a_bomb(server: Server, fetch: Fetch) -> None:
    paths = ["/cookie-bomb/b?n=2", "/news/4", "/cookie-bomb/c?n=10", "/news/5", "/news/6"]
    got = fetch(paths, COOKIES_ENABLED=True, CONCURRENT_REQUESTS=1)
    assert {fate.state for fate in got.outcomes.values()} == {"done"}
    brought = {path: len(headers.get("cookie", "")) for path, headers in server.asked}
    assert [brought[path] > 0 for path in paths] == [False, True, True, False, False]
    assert "39 KiB of cookies; they are forgotten" in got.stderr


@pytest.mark.parametrize(("path", "reason"), [("/not-modified", "HTTP 304"), ("/empty", "the page is empty")])
def test_B18_an_answer_that_says_nothing_is_reported(first: Fetched, path: str, reason: str) -> None:
    assert first.outcomes[path][:2] == ("failed", reason)


@pytest.mark.parametrize("path", WORSE_LATER)
def test_B18_nothing_never_takes_the_place_of_an_article(
    first: Fetched, second: Fetched, server: Server, path: str
) -> None:
    assert first.outcomes[path].body == second.outcomes[path].body == ARTICLE
    assert server.count(path) == 2
    # Who has said which page it is that has not changed is believed; an answer that says nothing is a failure.
    assert second.outcomes[path].state == ("done" if path.startswith("/not-modified") else "failed")


def test_B5_what_broke_off_is_told_once_and_nobody_is_advised_to_take_half_a_page(first: Fetched) -> None:
    assert "DATALOSS" not in first.stderr
