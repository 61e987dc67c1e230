"""What of a plan's options is used up: reported by the merchant, counted by the term, never changed afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from generator.model.catalog import Option


@dataclass(frozen=True)
class Usage:
    """So many units of a subscription's option were used at this moment, or just now; less than none takes some back.

    `key` is the merchant's own name for this report: the same one again of the same customer is the same report.
    """

    key: str
    customer: str
    subscription: str
    option: str
    amount: int
    at: datetime | None = None


@dataclass(frozen=True)
class Consumption:
    """How much of an option has been used in the present term."""

    option: Option
    used: int

    @property
    def left(self) -> int:
        """What is included and not used yet."""
        return max(self.option.included - self.used, 0)


@dataclass(frozen=True)
class NotCounted:
    """The report was not taken."""

    reason: Literal["not_running", "no_such_option", "term_over", "not_yet", "below_zero", "key_taken"]
