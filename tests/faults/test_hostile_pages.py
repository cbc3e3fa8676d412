"""Group C: pages that hurt a parser are read or marked, always kept as they came, and the crawl goes on."""

from __future__ import annotations

import pytest

from spiders.store.reader import Reader
from tests.faults.conftest import Fetch, Fetched
from tests.misbehaving.news import paragraphs

pytestmark = pytest.mark.faults

STORY = "\n\n".join(paragraphs(1))
NESTED = "/hostile/nested", "/hostile/nested-open", "/hostile/nested?n=300", "/hostile/nested?n=3000"
MISNESTED = "/hostile/misnested", "/hostile/misnested?n=4000"
LONG = "/hostile/paragraphs", "/hostile/links", "/hostile/breaks"
CHARACTERS = "/hostile/less-than", "/hostile/ampersand"
HOSTILE = [*NESTED, *MISNESTED, "/hostile/attributes", *LONG, *CHARACTERS]


@pytest.fixture(scope="module")
def crawled(fetch: Fetch) -> Fetched:
    """One crawl of them all, with an honest page at the end, under the limits that a crawl has by default."""
    return fetch([*HOSTILE, "/news/7"])


@pytest.fixture(scope="module")
def kept(crawled: Fetched) -> dict[str, int]:
    """The length of each page that was kept as it came."""
    with Reader(crawled.store) as reader:
        return {raw.url: len(raw.body) for raw in reader.raws()}


def told(crawled: Fetched, kept: dict[str, int], path: str) -> str:
    """Return what became of a page: its reason, or "read" where its whole story was; it is kept in any case."""
    fate = crawled.outcomes[path]
    assert next(size for url, size in kept.items() if url.endswith(path)) > 10_000
    if fate.state == "failed":
        assert fate.body is None
        assert not fate.again
        return str(fate.reason)
    assert fate.body is not None
    assert fate.body.startswith(STORY)
    return "read"


def test_C5_deep_nesting_is_marked_and_kept(crawled: Fetched, kept: dict[str, int]) -> None:
    for path in NESTED[:2]:
        assert told(crawled, kept, path) == "the page is too deeply nested to be parsed"


def test_C6_an_article_after_3_000_nested_tags_is_read_in_full(crawled: Fetched) -> None:
    assert [crawled.outcomes[path].body for path in NESTED[2:]] == [STORY, STORY]


def test_C7_misnested_formatting_is_marked_and_kept(crawled: Fetched, kept: dict[str, int]) -> None:
    for path in MISNESTED:
        assert told(crawled, kept, path) == "the page is too deeply nested to be parsed"


def test_C8_a_hundred_thousand_attributes_are_marked_and_kept(crawled: Fetched, kept: dict[str, int]) -> None:
    assert told(crawled, kept, "/hostile/attributes") == "the page has a tag with too many attributes to be parsed"


@pytest.mark.parametrize("path", LONG)
def test_C9_megabytes_of_markup_are_read_in_time_or_marked(crawled: Fetched, kept: dict[str, int], path: str) -> None:
    assert told(crawled, kept, path) in ("read", "extraction was stopped: it took more than 2 s")


@pytest.mark.parametrize("path", CHARACTERS)
def test_C13_ten_million_characters_are_read_in_time_or_marked(
    crawled: Fetched, kept: dict[str, int], path: str
) -> None:
    assert told(crawled, kept, path) in ("read", "extraction was stopped: it took more than 2 s")


def test_C5_to_C13_the_crawl_goes_on_and_its_status_says_that_pages_failed(crawled: Fetched) -> None:
    assert crawled.outcomes["/news/7"].body == "\n\n".join(paragraphs(7))
    assert crawled.status == 10
    assert "Traceback" not in crawled.stderr
    assert "fault in Copydesk" not in crawled.stdout
