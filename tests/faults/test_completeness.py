"""Bodies that may not be whole: without a length, cut in their packing, or packed in name only: rows B7 to B9."""

from __future__ import annotations

import pytest

from tests.faults.conftest import Fetch, Fetched
from tests.misbehaving import Server
from tests.misbehaving.news import paragraphs

pytestmark = pytest.mark.faults

CODINGS = ("gzip", "deflate", "br", "zstd")
UNKNOWN = ("/nolength", "/nolength?open=1", "/nolength-cut/a?times=1", "/nolength-cut/b?same=1", "/nolength-cut/c")
PACKED = [f"/coded/{coding}" for coding in (*CODINGS, "gzip,br")]
CUT = [f"/coded-cut/{coding}" for coding in CODINGS]
FALSE = [f"/coded-false/{coding}" for coding in CODINGS]
GARBAGE = [f"/coded-false/{coding}?garbage=1" for coding in CODINGS]
ERROR = "/status/404?coding=gzip"
ARTICLE = "\n\n".join(paragraphs(1))


@pytest.fixture(scope="module")
def first(server: Server, fetch: Fetch) -> Fetched:
    """All of them in one crawl."""
    server.reset()
    once = [f"{path}?times=1" for path in CUT]
    return fetch([*UNKNOWN, *PACKED, *CUT, *once, *FALSE, *GARBAGE, ERROR])


@pytest.fixture(scope="module")
def second(first: Fetched, fetch: Fetch) -> Fetched:
    """And those that were cut once more."""
    return fetch([f"{path}?times=1" for path in CUT], store=first.store)


@pytest.mark.parametrize(
    ("path", "body", "asked"),
    [
        pytest.param("/nolength", ARTICLE, 1, id="its end is seen"),
        pytest.param("/nolength?open=1", ARTICLE, 2, id="no end, but the second fetch agrees"),
        pytest.param("/nolength-cut/a?times=1", ARTICLE, 2, id="cut, but the second fetch is whole"),
        pytest.param("/nolength-cut/b?same=1", ARTICLE[:100], 2, id="cut twice at the same place: who could know?"),
    ],
)
def test_B7_a_body_without_length_is_taken_when_its_end_is_seen_or_a_second_fetch_agrees(
    first: Fetched, server: Server, path: str, body: str, asked: int
) -> None:
    assert first.outcomes[path].state == "done"
    assert (first.outcomes[path].body or "").startswith(body)
    assert server.count(path) == asked


def test_B7_a_body_that_is_cut_twice_at_two_places_is_not_stored(first: Fetched, server: Server) -> None:
    fate = first.outcomes["/nolength-cut/c"]
    assert (fate.state, fate.body, fate.again) == ("failed", None, True)
    assert fate.reason == "the answer tells no length, breaks off, and broke off elsewhere the second time"
    assert server.count("/nolength-cut/c") == 2


@pytest.mark.parametrize("path", PACKED)
def test_B8_a_packed_body_is_read(first: Fetched, path: str) -> None:
    assert (first.outcomes[path].state, first.outcomes[path].body) == ("done", ARTICLE)


@pytest.mark.parametrize("path", CUT)
def test_B8_a_packed_body_that_is_cut_is_refused_and_tried_again(first: Fetched, second: Fetched, path: str) -> None:
    assert first.outcomes[path][:2] == ("failed", "the compressed body breaks off")
    assert (first.outcomes[path].again, first.outcomes[path].body) == (True, None)
    assert first.outcomes[f"{path}?times=1"].state == "failed"
    assert second.outcomes[f"{path}?times=1"].body == ARTICLE


@pytest.mark.parametrize("path", FALSE)
def test_B9_a_page_that_is_packed_in_name_only_is_read(first: Fetched, path: str) -> None:
    assert (first.outcomes[path].state, first.outcomes[path].body) == ("done", ARTICLE)


@pytest.mark.parametrize("path", GARBAGE)
def test_B9_bytes_that_are_neither_are_tried_again(first: Fetched, path: str) -> None:
    fate = first.outcomes[path]
    assert (fate.state, fate.body, fate.again) == ("failed", None, True)
    assert "unpacked" in (fate.reason or "")


def test_B9_an_error_page_that_cannot_be_unpacked_is_an_error_page(first: Fetched) -> None:
    assert first.outcomes[ERROR][:2] == ("failed", "HTTP 404")
