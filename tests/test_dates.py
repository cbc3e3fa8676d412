"""When an article was published and modified: as the page says it, with its source, and never one date for another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.gazette import meta, read_with

EAST = timezone(timedelta(hours=3))

INSTANTS = [
    ("2026-05-04T08:30:00Z", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("2026-05-04T08:30:00+03:00", datetime(2026, 5, 4, 8, 30, tzinfo=EAST)),
    ("2026-05-04T08:30:00+0300", datetime(2026, 5, 4, 8, 30, tzinfo=EAST)),
    ("2026-05-04T08:30:00.123+03", datetime(2026, 5, 4, 8, 30, 0, 123000, tzinfo=EAST)),
    ("2026-05-04 08:30:00 +0300", datetime(2026, 5, 4, 8, 30, tzinfo=EAST)),
    ("2026-05-04T08:30:00.1234567Z", datetime(2026, 5, 4, 8, 30, 0, 123456, tzinfo=UTC)),
    ("20260504T083000Z", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("Mon, 04 May 2026 08:30:00 +0300", datetime(2026, 5, 4, 8, 30, tzinfo=EAST)),
    ("Mon, 04 May 2026 08:30:00 GMT", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("1777883400", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("1777883400000", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ("2026-05-04T08:30:00", datetime(2026, 5, 4, 8, 30)),
    ("2026-05-04 08:30", datetime(2026, 5, 4, 8, 30)),
    ("2026-05-04", date(2026, 5, 4)),
    ("20260504", date(2026, 5, 4)),
]  # fmt: skip
NO_DATES = [
    "",
    "soon",
    "0000-00-00",
    "2026-13-40",
    "2026-02-30T10:00:00Z",
    "1970-01-01T00:00:00Z",
    "2026",
    "9" * 400,
    "-",
    "NaN",
    "true",
]


@pytest.mark.parametrize(("text", "when"), INSTANTS)
def test_dates_as_pages_write_them(text: str, when: datetime | date) -> None:
    for found in (
        read_with(meta("article:published_time", text)),
        read_with(data={"datePublished": text}),
        read_with(content=f'<time itemprop="datePublished" datetime="{text}">spring</time>'),
    ):
        assert found.published == when
        assert type(found.published) is type(when)
        if isinstance(when, datetime):
            assert isinstance(found.published, datetime)
            assert found.published.utcoffset() == when.utcoffset()
        assert found.sources["published"]
        assert found.modified is None


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    found = read_with(meta("article:published_time", text), {"datePublished": text, "dateModified": text})
    assert found.published is None
    assert found.modified is None
    assert "published" not in found.sources


@pytest.mark.parametrize("value", [12, 1777883400.5, True, [], {}, ["x"], {"@value": None}, "\\ud800", None])
def test_dates_that_are_not_even_text(value: object) -> None:
    assert read_with(data={"datePublished": value}).published is None


def test_no_date_is_taken_from_another_date() -> None:
    found = read_with(
        meta("article:modified_time", "2026-05-05T10:00:00Z") + meta("og:updated_time", "2026-05-05T10:00:00Z"),
        {"dateModified": "2026-05-05T10:00:00Z", "dateCreated": "2026-05-01", "expires": "2027-01-01"},
    )
    assert found.published is None
    assert found.modified == datetime(2026, 5, 5, 10, tzinfo=UTC)
    found = read_with(data={"datePublished": "2026-05-04T08:30:00Z"})
    assert found.modified is None
    assert read_with(content="<p>In 2019, on 3 March, nothing fell.</p>").published is None


def test_a_date_is_not_taken_from_a_teaser() -> None:
    teaser = '<aside><a href="/x">Lamp for Gull Point</a> <time datetime="2019-01-01T10:00:00Z">2019</time></aside>'
    assert read_with(content=teaser).published is None


def test_the_candidate_that_tells_more_of_the_same_day_wins() -> None:
    head = meta("article:published_time", "2026-05-04T08:30:00+03:00")
    assert read_with(head, {"datePublished": "2026-05-04"}).published == datetime(2026, 5, 4, 8, 30, tzinfo=EAST)
    assert read_with(head, {"datePublished": "2026-05-04T08:30:00"}).published == datetime(
        2026, 5, 4, 8, 30, tzinfo=EAST
    )
    other = read_with(head, {"datePublished": "2024-01-01T12:00:00Z"})
    assert other.published == datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert other.sources["published"] == "json-ld datePublished"
