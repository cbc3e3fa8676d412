"""A page that tells only the day of its publication, and the listing that tells the instant of that day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from extractors import Hints
from spiders.vitals.vital import vital_of
from tests.gazette import STORY, meta, page, paragraphs, read

DAY = date(2026, 5, 4)
EAST = timezone(timedelta(hours=9))
NOON = datetime(2026, 5, 4, 12, 5, tzinfo=UTC)
PRINTED = page("<p class='date'>4 May 2026</p>" + paragraphs(*STORY))


def dated(first: str, last: str = "") -> str:
    head = meta("article:published_time", first) + (meta("article:modified_time", last) if last else "")
    return page(paragraphs(*STORY), head=head)


@pytest.mark.parametrize("html", [PRINTED, dated("2026-05-04"), dated("2026-05-04T00:00:00Z")])
def test_the_listing_tells_the_time_of_the_day_that_the_page_tells(html: str) -> None:
    article = read(html, hints=Hints(published=NOON))
    assert article.published == NOON
    assert article.sources["published"] == read(html).sources["published"] + ", listing"


def test_the_days_may_agree_on_the_clock_of_the_page() -> None:
    late = datetime(2026, 5, 3, 22, 10, tzinfo=UTC)
    for html in (dated("2026-05-04", "2026-05-06T08:00:00+09:00"), dated("2026-05-04T00:00:00+09:00")):
        article = read(html, hints=Hints(published=late))
        assert isinstance(article.published, datetime)
        assert article.published.isoformat() == "2026-05-04T07:10:00+09:00"
    assert read(PRINTED, hints=Hints(published=late)).published == DAY


@pytest.mark.parametrize(
    "listed",
    [
        datetime(2026, 5, 5, 8, 30, tzinfo=UTC),
        datetime(2026, 5, 4, tzinfo=UTC),
        datetime(2026, 5, 4, tzinfo=EAST),
        datetime(2026, 5, 4, 8, 30),
        datetime(1, 1, 1, 8, 30, tzinfo=EAST),
        datetime(9999, 12, 31, 23, 30, tzinfo=UTC),
        DAY,
    ],
)
def test_another_day_midnight_or_no_zone_tells_no_instant_of_the_day(listed: datetime | date) -> None:
    article = read(PRINTED, hints=Hints(published=listed))
    assert type(article.published) is date
    assert article.published == DAY
    assert not article.sources["published"].endswith("listing")


def test_an_instant_of_the_page_and_a_time_of_it_stay() -> None:
    for text in ("2026-05-04T06:30:00Z", "2026-05-04T06:30:00"):
        assert read(dated(text), hints=Hints(published=NOON)).published == datetime.fromisoformat(text)


def test_the_time_of_a_change_or_one_still_to_come_is_none_of_publication() -> None:
    assert read(dated("2026-05-04", "2026-05-04T12:05:00Z"), hints=Hints(published=NOON)).published == DAY
    assert read(PRINTED, hints=Hints(published=NOON), fetched_at=NOON - timedelta(hours=1)).published == DAY
    assert read(PRINTED, hints=Hints(published=NOON), fetched_at=NOON + timedelta(hours=1)).published == NOON


def test_the_vital_signs_tell_what_the_page_itself_does() -> None:
    vital = vital_of(read(PRINTED, hints=Hints(published=NOON)), {"published": NOON.isoformat()})
    assert (vital.timeless, vital.shifted) == (True, None)
    assert "published" not in vital.empty
