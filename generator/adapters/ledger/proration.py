"""What a part of a term costs, to the second."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import begins
from generator.adapters.ledger.rounding import share
from generator.model.money import Money
from generator.model.subscription import Subscription

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Term:
    """From the moment at which it starts up to, and without, the one at which it ends.

    In UTC, so that seconds are those that pass: a day on which the clocks change has 23 hours or 25.
    """

    start: datetime
    end: datetime

    @property
    def seconds(self) -> int:
        return (self.end - self.start) // SECOND


def present(subscription: Subscription, zone: ZoneInfo) -> Term:
    """The present term: where it did not begin with its first day, from the moment at which it did."""
    start = subscription.since or begins(subscription.period_start, zone)
    return Term(start, begins(subscription.period_end, zone))


def cost(amount: Money, term: Term, first: datetime, until: datetime) -> Money:
    """What the time from `first` up to `until` costs of a term that costs `amount`.

    Rounded as a difference of what the term had cost up to each of the two moments: however a term is cut, its parts
    add up to the whole, to the minor unit. Time outside the term costs nothing.
    """
    return _up_to(amount, term, until) - _up_to(amount, term, first)


def _up_to(amount: Money, term: Term, moment: datetime) -> Money:
    """What of the term is over at this moment, half a minor unit rounded up."""
    whole = term.seconds
    if whole <= 0:
        return Money.zero(amount.currency)
    over = min(max((moment - term.start) // SECOND, 0), whole)
    return Money(share(amount.minor, over, whole), amount.currency)
