"""Terms of subscriptions, by Stripe's calendar, which is that of UTC: days, weeks, months or years from a moment on."""

import calendar
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def after(anchor: int, interval: str, times: int) -> int:
    """So many days, weeks, months or years later. A month that has no such day ends with its last."""
    start = datetime.fromtimestamp(anchor, UTC)
    if interval in _DAYS:
        return int((start + timedelta(days=_DAYS[interval] * times)).timestamp())
    months = start.month - 1 + _MONTHS[interval] * times
    year, month = start.year + months // 12, months % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return int(start.replace(year=year, month=month, day=day).timestamp())


def term(anchor: int, recurring: Mapping[str, Any], at: int) -> tuple[int, int]:
    """The term in which this moment lies, counted from the anchor; the one that begins with it where one does."""
    if at < anchor:
        return at, anchor
    interval, each = recurring["interval"], recurring["interval_count"]
    end = next(end for n in count(1) if (end := after(anchor, interval, n * each)) > at)
    start = max(n for n in (after(anchor, interval, k * each) for k in _about(anchor, end, recurring)) if n <= at)
    return start, end


def _about(anchor: int, end: int, recurring: Mapping[str, Any]) -> range:
    """So many terms at most lie between the two."""
    days = {"day": 1, "week": 7, "month": 28, "year": 365}[recurring["interval"]] * recurring["interval_count"]
    return range((end - anchor) // (days * 86400) + 2)
