"""After so many declined tries there is a pause, which ends by itself."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from generator.model.terms import CoolDown

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
SECONDS = some.integers(-7200, 0).map(lambda seconds: NOON + timedelta(seconds=seconds))
RULES = some.builds(CoolDown, some.integers(2, 20), some.integers(5, 1440))


@given(RULES, some.lists(SECONDS, max_size=30).map(sorted))
def test_there_is_a_pause_exactly_where_that_many_are_within_that_time(rule, declined):
    recent = [at for at in declined if at > NOON - rule.span]
    until = rule.until(declined, NOON)

    assert (until is not None) is (len(recent) >= rule.declines)


@given(RULES, some.lists(SECONDS, max_size=30).map(sorted))
def test_when_the_pause_is_over_there_is_none_and_before_that_there_is(rule, declined):
    until = rule.until(declined, NOON)
    if until is not None:
        assert until > NOON
        assert rule.until(declined, until) is None
        assert rule.until(declined, until - timedelta(microseconds=1)) == until
