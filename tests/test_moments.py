"""Points in time as a person types them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import UsageError

from spiders.verbs.moments import moment, span

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=ZONES))
def test_every_instant_is_read_as_it_was_written(when: datetime) -> None:
    assert moment(when.isoformat(), NOW) == when
    assert moment(when.isoformat(sep=" "), NOW) == when


@given(st.dates())
def test_a_day_stays_a_day(day: date) -> None:
    told = moment(str(day), NOW)
    assert (told, type(told)) == (day, date)


@pytest.mark.parametrize(
    ("text", "before"),
    [("30m", timedelta(minutes=30)), ("12h", timedelta(hours=12)), ("7d", timedelta(7)), ("2w", timedelta(14))],
)
def test_a_span_counts_back_from_now(text: str, before: timedelta) -> None:
    assert span(text) == before
    assert moment(text, NOW) == NOW - before


@pytest.mark.parametrize(
    "text",
    [
        *("", "7", "d", "0d", "-7d", "7 d", "7D", "1.5h", "99999d", "٧d", "yesterday", "7d\n"),
        *("20260504", "2026-5-4", "2026-02-30", "2026-W19-1", "2026-05-04T25:00", "2026-05-04T06", "0000-01-01"),
        *("2026-05-04 06:30 +02:00", "2026-05-04T06:30:00+0200", "2026-05-04T06:30+99:00"),
    ],
)
def test_what_is_no_time_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UsageError, match=r"is no time: write a day") as refused:
        moment(text, NOW)
    assert "\n" not in str(refused.value)
