"""What happens to who does not pay: when a charge is tried again, and when patience ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from generator.model.money import Money

Then = Literal["suspend", "end", "leave"]
"""What becomes of a subscription when patience with what is owed for it is over."""


class Owed(Protocol):
    """What an invoice says of itself to whoever is patient with it."""

    @property
    def total(self) -> Money: ...
    @property
    def problem(self) -> bool: ...
    @property
    def acts(self) -> date | None: ...


@dataclass(frozen=True)
class Dunning:
    """All are days. After each charge that fails the next of `retries` is how long the next one waits; after the last
    there is no other. An invoice that is to be transferred is overdue `grace` days after its last day to pay.

    Patience lasts `patience` days from then on. When it is over with more than `above`, any amount where there is none,
    the subscription is suspended or ended, or left as it is.
    """

    retries: tuple[int, ...] = (3, 5, 7)
    grace: int = 10
    patience: int = 7
    above: Money | None = None
    then: Then = "suspend"

    def retry(self, today: date, failed: int) -> date | None:
        """The day of the next try when so many have failed; None where there is no other.

        It is counted from the last try and not from the first: where tries were missed, they are not made up for.
        """
        return today + timedelta(days=self.retries[failed - 1]) if failed <= len(self.retries) else None

    def overdue(self, due: date) -> date:
        """The first day on which an invoice with this last day to pay is overdue."""
        return due + timedelta(days=self.grace + 1)

    def impatient(self, problem: date) -> date:
        """The day on which patience ends with what became a problem on that day."""
        return problem + timedelta(days=self.patience)

    def exhausted(self, owed: Iterable[Owed], day: date) -> bool:
        """Whether patience with these invoices of one subscription is over on this day, whatever follows from it."""
        late = [one.total for one in owed if one.problem and (one.acts is None or one.acts <= day)]
        if not late:
            return False
        if self.above is None or self.above.currency != late[0].currency:
            return True
        return sum(late, Money.zero(self.above.currency)).minor > self.above.minor


USUAL = Dunning()
"""Where the merchant says nothing else."""
