"""A bound for a day: one by the calendar, or one counted from the day on which somebody is asked."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True)
class DayLimit:
    """`day`, or where that is None so many units from today, before it where `count` is below zero."""

    day: date | None = None
    count: int = 0
    unit: Unit = "day"
