"""Pauses: bounds that double, an hour at most, and what of a Retry-After can be believed."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Headers

from spiders.manners.pauses import BREAKER, FIRST_HOLD, FIRST_PAUSE, LONGEST, hold, pause, retry_after

NOW = 1_800_000_000.0


def date(seconds: float) -> str:
    return formatdate(NOW + seconds, usegmt=True)


@given(st.integers(1, 2000))
def test_each_try_may_wait_twice_as_long(attempt: int) -> None:
    waits = [pause(attempt) for _ in range(20)]
    bound = min(FIRST_PAUSE * 2 ** min(attempt - 1, 20), LONGEST)
    assert all(0 <= wait <= bound for wait in waits)
    assert len(set(waits)) > 1  # what failed together does not come back together
    assert max(waits) > bound / 100


@given(st.integers(1, 10_000), st.none() | st.floats(1, LONGEST), st.booleans())
def test_a_hold_grows_with_the_failures_and_never_beyond_an_hour(
    failures: int, told: float | None, asked: bool
) -> None:
    seconds = hold(failures, told, asked=asked)
    assert (told or 0) <= seconds <= LONGEST
    assert hold(failures + 1, told, asked=asked) >= seconds
    assert bool(seconds) == (asked or told is not None or failures >= BREAKER)


def test_the_breaker_doubles_what_it_waits() -> None:
    assert [hold(n, None, asked=False) for n in range(BREAKER - 1, BREAKER + 3)] == [
        0,
        *(FIRST_HOLD * k for k in (1, 2, 4)),
    ]
    assert [hold(n, None, asked=True) for n in (1, 2, 3)] == [FIRST_HOLD * k for k in (1, 2, 4)]
    assert hold(1, 7.0, asked=True) == 7.0  # what a host asks for is what it gets


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        (date(90), 90),
        ("Sunday, 17-Jan-26 00:00:00 GMT", None),  # a date of the past, in the form of RFC 850
        (date(-86400), None),
        (date(86400), LONGEST),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST),
        ("99999", LONGEST),
        ("9" * 5000, LONGEST),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("in a moment", None),
        ("Mon, 99 Foo 2027 00:00:00 GMT", None),
        ("", None),
    ],
)
def test_a_retry_after_is_read_in_seconds_or_as_a_date(told: str, seconds: float | None) -> None:
    assert retry_after(Headers({"Retry-After": told}), NOW) == seconds


def test_a_date_is_counted_from_the_clock_of_its_sender() -> None:
    assert retry_after(Headers({"Retry-After": date(7290), "Date": date(7200)}), NOW) == 90
    assert retry_after(Headers({"Retry-After": date(90), "Date": "yesterday"}), NOW) == 90


@given(st.text() | st.binary())
def test_no_header_breaks_it(told: str | bytes) -> None:
    seconds = retry_after(Headers({"Retry-After": told, "Date": told}), NOW)
    assert seconds is None or 0 < seconds <= LONGEST
