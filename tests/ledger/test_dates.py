"""Days and terms, held against what a person found in the calendar: `dates.tsv`."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from generator.adapters.ledger.calendar import after, begins, boundary, day, next_end
from generator.model.catalog import Period

ROWS = [
    row.split("\t")
    for row in Path(__file__).with_name("dates.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]
ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
periods = some.builds(Period, some.integers(1, 40), some.sampled_from(["day", "week", "month", "year"]))
days = some.dates(date(2000, 1, 1), date(2060, 1, 1))


def period(said):
    count, unit = said.split()
    return Period(int(count), unit.removesuffix("s"))


def midnight(day, ahead):
    """UTC, from how far the clocks are ahead."""
    hours, _, minutes = ahead.partition(":")
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) - timedelta(
        hours=int(hours), minutes=int(minutes or 0)
    )


def test_the_table_is_of_sixty_dates_or_more_in_four_zones():
    assert len(ROWS) >= 60
    assert all(len(row) == 3 + len(ZONES) for row in ROWS)


@pytest.mark.parametrize("at", range(len(ZONES)), ids=ZONES)
def test_dates(at):
    zone = ZoneInfo(ZONES[at])
    wrong = []
    for moment, term, count, *cells in ROWS:
        first, last, ahead = cells[at].split()
        began = day(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone)
        ends = after(began, period(term), int(count))
        found = (str(began), str(ends), begins(ends, zone))
        if found != (first, last, midnight(last, ahead)):
            wrong.append(f"{moment} {term} {count}: {found} is not {cells[at]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("zone", "lost", "begun"),
    [("Africa/Cairo", date(2027, 4, 30), 22), ("America/Santiago", date(2027, 9, 5), 4)],
)
def test_a_day_that_has_no_midnight_begins_when_the_clocks_have_jumped(zone, lost, begun):
    """Cairo jumps at midnight from +2 to +3, Santiago from -4 to -3: the day begins at one o'clock."""
    began = begins(lost, ZoneInfo(zone))
    assert began.hour == begun
    assert began.astimezone(ZoneInfo(zone)).hour == 1
    assert day(began, ZoneInfo(zone)) == lost > day(began - timedelta(seconds=1), ZoneInfo(zone))


@settings(max_examples=200, deadline=None)
@given(days, periods, some.integers(0, 900), some.integers(0, 60))
def test_terms_are_counted_as_on_fingers(anchor, term, count, terms):
    """Every boundary is found from any day, and from each end the next."""
    wanted = anchor + timedelta(days=count)
    on_fingers = 0
    while after(anchor, term, on_fingers) < wanted:
        on_fingers += 1
    assert boundary(anchor, term, wanted, terms) == after(anchor, term, on_fingers + terms)
    assert next_end(anchor, term, after(anchor, term, terms)) == after(anchor, term, terms + 1)


def test_a_day_far_from_its_anchor_is_found_at_once(monkeypatch):
    """A plan by the day that runs for ninety years: two looks at the calendar, not thirty thousand."""
    looked = []
    module = "generator.adapters.ledger.calendar.after"
    monkeypatch.setattr(module, lambda *asked: looked.append(asked) or after(*asked))
    assert boundary(date(2027, 1, 1), Period(1, "day"), date(2117, 1, 1), 1) == date(2117, 1, 2)
    assert len(looked) < 5
