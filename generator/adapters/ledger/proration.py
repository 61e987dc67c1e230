"""What a part of a term costs, by days."""

from dataclasses import dataclass
from datetime import date

from generator.model.money import Money


@dataclass(frozen=True)
class Term:
    """From the day on which it starts up to, and without, the day on which it ends."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days


def cost(amount: Money, term: Term, first: date, until: date) -> Money:
    """What the days from `first` up to `until` cost of a term that costs `amount`.

    Rounded as a difference of what the term had cost up to each of the two days: however a term is cut, its parts add
    up to the whole, to the minor unit. Days outside the term cost nothing.
    """
    return _up_to(amount, term, until) - _up_to(amount, term, first)


def _up_to(amount: Money, term: Term, day: date) -> Money:
    """What of the term is over on this day, half a minor unit rounded up."""
    if term.days <= 0:
        return Money.zero(amount.currency)
    over = min(max((day - term.start).days, 0), term.days)
    return Money((2 * amount.minor * over + term.days) // (2 * term.days), amount.currency)
