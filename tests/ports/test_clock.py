"""The only source of now: aware, in UTC, and never going back by itself."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from generator.adapters.clock import SystemClock, TravellingClock

PARIS_NOON = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture(params=[SystemClock, lambda: TravellingClock(PARIS_NOON)], ids=["system", "travelling"])
def clock(request):
    return request.param()


def test_now_is_aware_and_in_utc(clock):
    assert clock.now().tzinfo is UTC


def test_now_does_not_go_back(clock):
    first, second = clock.now(), clock.now()

    assert first <= second


def test_a_travelling_clock_stands_still_until_it_is_moved():
    clock = TravellingClock(PARIS_NOON)

    assert clock.now() == clock.now() == datetime(2026, 7, 1, 10, tzinfo=UTC)
    clock.travel(timedelta(days=30))
    assert clock.now() == datetime(2026, 7, 31, 10, tzinfo=UTC)
