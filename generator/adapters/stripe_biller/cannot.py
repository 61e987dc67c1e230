"""What is asked of every biller and Stripe does not do: each answers that it is not to be had here."""

from datetime import date

from generator.model.catalog import Plan
from generator.model.invoice import Invoice
from generator.model.letter import Letter
from generator.model.payment import Key
from generator.model.quote import Options, Refused
from generator.model.subscription import Subscription
from generator.model.usage import Consumption, NotCounted, Usage


class Cannot:
    """Why not, for each: `generator.model.capability.STRIPE`."""

    def to_charge(self, most: int) -> tuple[Invoice, ...]:
        """Stripe charges by itself."""
        return ()

    def cannot_charge(self, invoice: str) -> None:
        return None

    def letters(self, most: int) -> tuple[tuple[str, Letter], ...]:
        """Stripe writes them."""
        return ()

    def told(self, letter: str) -> None:
        return None

    def prepare(
        self,
        customer: str,
        plan: Plan,
        options: Options,
        starts: date | None = None,
        key: Key = "",
        payer: str = "",
    ) -> Subscription | Refused:
        return Refused("not_now")

    def withdraw(self, subscription: str) -> Subscription | Refused:
        return Refused("not_now")

    def report(self, usage: Usage) -> Usage | NotCounted:
        return NotCounted("no_such_option")

    def reports(self, subscription: str, after: int, most: int) -> tuple[tuple[int, Usage], ...]:
        return ()

    def consumption(self, subscription: str) -> tuple[Consumption, ...]:
        return ()
