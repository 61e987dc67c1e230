"""Days and terms by the merchant's calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from generator.model.catalog import Period


def day(moment: datetime, zone: ZoneInfo) -> date:
    """The day that it is for the merchant at this moment."""
    return moment.astimezone(zone).date()


def after(start: date, period: Period, times: int = 1) -> date:
    """The day that is this many periods after the start.

    Always counted from the start, never from the last term, or 31 January, 28 February would go on as 28 March.
    """
    return start + _length(period, times)


def boundary(anchor: date, period: Period, day: date, terms: int) -> date:
    """The day on which so many terms are over that begin on this day; all are counted from the anchor."""
    count = 0
    while after(anchor, period, count) < day:
        count += 1
    return after(anchor, period, count + terms)


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
