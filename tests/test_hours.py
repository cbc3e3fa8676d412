"""When an entry of a plan is due: on the days on which clocks are changed, too."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from spiders.plans.hours import DAY, WEEK, Quiet, Times

# With a change of an hour and of half an hour, one at midnight, and none.
ZONES = ["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Kolkata", "UTC"]
EVERY = [minutes for minutes in range(5, DAY + 1) if DAY % minutes == 0] + [WEEK]
OSLO = ZoneInfo("Europe/Oslo")

quiets = st.builds(Quiet, st.integers(0, DAY - 1), st.integers(0, DAY - 1)).filter(lambda q: q.begin != q.end)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@st.composite
def plans(draw: st.DrawFn) -> tuple[Times, int]:
    """Draw the times of an entry, and its jitter."""
    every = draw(st.sampled_from(EVERY))
    jitter = draw(st.integers(0, every - 1))
    quiet, zone = draw(st.none() | quiets), ZoneInfo(draw(st.sampled_from(ZONES)))
    try:
        return Times.of(draw(st.text("abc", min_size=1)), every, jitter, quiet, zone), jitter
    except ValueError:
        assume(False)
        raise


@given(plans(), moments)
def test_the_next_time_is_later_is_not_quiet_and_leaves_none_out(plan: tuple[Times, int], moment: datetime) -> None:
    times, jitter = plan
    first, second = times.upcoming(moment, 2)
    assert moment < first < second
    assert not times.is_quiet(first)
    assert not times.is_quiet(second)
    hushed = (times.quiet.end - times.quiet.begin) % DAY if times.quiet else 0
    longest = times.every + times.every // 2 + hushed + jitter + 60  # an hour: the clocks
    assert second - first <= timedelta(minutes=longest)
    assert times.after(first - timedelta(seconds=1)) == first


@given(plans(), moments)
def test_no_jitter_leads_into_quiet_hours(plan: tuple[Times, int], moment: datetime) -> None:
    times, jitter = plan
    assume(times.quiet is not None)
    first = times.after(moment)
    zone = first.astimezone(times.zone)
    assume(zone.utcoffset() == (zone + timedelta(days=1)).utcoffset() == (zone - timedelta(days=1)).utcoffset())
    for delay in {0, jitter // 2, max(jitter - 1, 0)}:
        assert not times.is_quiet(first + timedelta(minutes=delay))


@given(st.sampled_from(EVERY), st.sampled_from(["UTC", "Asia/Kolkata"]), moments)
def test_where_nothing_is_in_the_way_times_are_as_far_apart_as_they_should_be(
    every: int, zone: str, moment: datetime
) -> None:
    first, second, third = Times.of("x", every, 0, None, ZoneInfo(zone)).upcoming(moment, 3)
    assert third - second == second - first == timedelta(minutes=every)


@given(plans(), moments)
def test_a_moment_in_quiet_hours_is_put_off_to_their_end(plan: tuple[Times, int], moment: datetime) -> None:
    times, _ = plan
    allowed = times.allowed(moment)
    assert not times.is_quiet(allowed)
    assert (allowed == moment) == (not times.is_quiet(moment))
    assert moment <= allowed <= moment + timedelta(hours=26)


def told(times: Times, moment: datetime, number: int) -> list[str]:
    return [f"{at.astimezone(times.zone):%H:%M %z}" for at in times.upcoming(moment, number)]


def test_when_the_clocks_are_put_forward_no_time_is_lost_and_none_comes_twice() -> None:
    eve = datetime(2026, 3, 29, 0, 50, tzinfo=OSLO)  # at 2:00 it is 3:00
    assert told(Times(tuple(range(0, DAY, 60)), OSLO, 60), eve, 3) == ["01:00 +0100", "03:00 +0200", "04:00 +0200"]
    assert told(Times(tuple(range(0, DAY, 45)), OSLO, 45), eve, 3) == ["01:30 +0100", "03:00 +0200", "03:45 +0200"]
    assert told(Times((150,), OSLO, DAY), eve, 2) == ["03:30 +0200", "02:30 +0200"]
    night = Times((150,), OSLO, DAY, Quiet.of("03:00-05:00"))
    assert told(night, eve, 1) == ["05:00 +0200"]


def test_when_the_clocks_are_put_back_an_hour_comes_twice_for_those_that_come_often() -> None:
    eve = datetime(2026, 10, 25, 1, 45, tzinfo=OSLO)  # at 3:00 it is 2:00
    half = Times(tuple(range(0, DAY, 30)), OSLO, 30)
    assert told(half, eve, 5) == ["02:00 +0200", "02:30 +0200", "02:00 +0100", "02:30 +0100", "03:00 +0100"]
    daily = Times((150,), OSLO, DAY)
    assert told(daily, eve, 2) == ["02:30 +0200", "02:30 +0100"]
    assert [at.day for at in daily.upcoming(eve, 2)] == [25, 26]
    quiet = Times(tuple(range(0, DAY, 30)), OSLO, 30, Quiet.of("23:00-02:30"))
    assert told(quiet, eve, 4) == ["02:30 +0200", "02:30 +0100", "03:00 +0100", "03:30 +0100"]


def test_quiet_hours_over_midnight_leave_times_out_and_end_with_one() -> None:
    times = Times.of("harbour", 30, 5, Quiet.of("23:00-06:00"), OSLO)
    said = told(times, datetime(2026, 5, 4, 21, 59, tzinfo=OSLO), 4)
    assert said == ["22:28 +0200", "06:00 +0200", "06:28 +0200", "06:58 +0200"]  # 22:58 + 5m would be in them


def test_quiet_hours_that_leave_no_time_out_make_none() -> None:
    times = Times.of("harbour", DAY, 0, None, OSLO)
    (minute,) = times.minutes
    assert Times.of("harbour", DAY, 0, Quiet(minute + 60, minute + 90), OSLO).minutes == (minute,)


def test_a_daily_entry_whose_minute_is_quiet_begins_when_it_is_not() -> None:
    times = Times.of("x", DAY, 10, Quiet.of("06:00-05:00"), OSLO)
    assert times.minutes == (5 * 60,)
    with pytest.raises(ValueError, match="no time"):
        Times.of("x", DAY, 120, Quiet.of("06:00-05:00"), OSLO)


@pytest.mark.parametrize(
    "text", ["", "23-06", "24:00-06:00", "06:00-06:00", "6:00-07:00", "06:00-07:60", "0٦:00-07:00"]
)
def test_what_are_no_quiet_hours(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Quiet.of(text)


def test_jitter_is_less_than_what_it_says() -> None:
    night = Quiet.of("23:00-06:00")
    assert [night.touches(22 * 60 + minute, 5) for minute in (54, 55, 56)] == [False, False, True]


@pytest.mark.parametrize(("after", "kept"), [(30, True), (29, False)])
def test_what_comes_half_a_step_after_the_quiet_hours_is_not_made_up_for_by_their_end(after: int, kept: bool) -> None:
    first, *_ = Times.of("harbour", 60, 0, None, OSLO).minutes
    quiet = Quiet(first + 185, first + 300 - after)
    minutes = Times.of("harbour", 60, 0, quiet, OSLO).minutes
    assert quiet.end in minutes
    assert (first + 300 in minutes) is kept
