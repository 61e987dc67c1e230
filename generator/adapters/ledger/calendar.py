"""Days and terms by the merchant's calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from generator.model.catalog import Period


def day(moment: datetime, zone: ZoneInfo) -> date:
    """The day that it is for the merchant at this moment."""
    return moment.astimezone(zone).date()


def begins(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of this day for the merchant, UTC: midnight, or what comes instead where clocks jump over it."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def after(start: date, period: Period, times: int = 1) -> date:
    """The day that is this many periods after the start.

    Always counted from the start, never from the last term, or 31 January, 28 February would go on as 28 March.
    """
    return start + _length(period, times)


def boundary(anchor: date, period: Period, day: date, terms: int) -> date:
    """The day on which so many terms are over that begin on this day; all are counted from the anchor."""
    return after(anchor, period, _begun_before(anchor, period, day) + terms)


def next_end(anchor: date, period: Period, end: date) -> date:
    """The day on which the term ends that follows one that ends on this day."""
    return boundary(anchor, period, end + timedelta(days=1), 0)


def _begun_before(anchor: date, period: Period, day: date) -> int:
    """How many terms have begun before this day, which is so the first of the next one, or in the last of these.

    Estimated, and put right by a step: a daily plan of ten years has thousands of terms.
    """
    count = max(_about(anchor, period, day), 0)
    while count and after(anchor, period, count - 1) >= day:
        count -= 1
    while after(anchor, period, count) < day:
        count += 1
    return count


def _about(anchor: date, period: Period, day: date) -> int:
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    match period.unit:
        case "day":
            return (day - anchor).days // period.count
        case "week":
            return (day - anchor).days // (7 * period.count)
        case "month":
            return months // period.count
        case "year":
            return months // (12 * period.count)


def _length(period: Period, times: int) -> relativedelta:
    count = period.count * times
    match period.unit:
        case "day":
            return relativedelta(days=count)
        case "week":
            return relativedelta(weeks=count)
        case "month":
            return relativedelta(months=count)
        case "year":
            return relativedelta(years=count)
