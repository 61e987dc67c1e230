"""What the merchant tells the biller about customers, subscriptions, invoices and use, and asks of it."""

from datetime import date
from typing import Protocol

from generator.model.catalog import Plan
from generator.model.customer import BillingInfo, Customer, CustomerNews
from generator.model.payment import Key
from generator.model.price_list import PriceList
from generator.model.quote import Options, Refused
from generator.model.subscription import Subscription, SuspendedState
from generator.model.usage import Consumption, NotCounted, Usage
from generator.ports.accounts import Accounts


class Office(Accounts, Protocol):
    """The merchant's side of a biller. Any call may raise `Unavailable`, and may be made again."""

    def price_list(self) -> PriceList:
        """What is sold at present, private plans and promotions too; nothing before anything was."""
        ...

    def sell(self, prices: PriceList) -> None:
        """Sell by this from now on, and nothing else. What is sold already stays as it was sold."""
        ...

    def put_customer(
        self,
        ref: str,
        language: str,
        billing: BillingInfo,
        terms_days: int,
        tags: frozenset[str],
        suspended: bool = False,
    ) -> Customer:
        """Create the customer whom the merchant calls by this name, or make them what is said here."""
        ...

    def tell(self, ref: str, news: CustomerNews) -> Customer:
        """What is new of the customer of this name; who is not known yet is created."""
        ...

    def customers(self, after: str, most: int) -> tuple[Customer, ...]:
        """Customers by their refs, from the first one after this ref on."""
        ...

    def prepare(
        self,
        customer: str,
        plan: Plan,
        options: Options,
        starts: date | None = None,
        key: Key = "",
        payer: str = "",
    ) -> Subscription | Refused:
        """A subscription for one customer, to any plan at any price, which waits until they take it.

        With a payer it waits for that one, who is billed for it; the customer has the rights.
        The same key again of the same customer is the same subscription.
        """
        ...

    def withdraw(self, subscription: str) -> Subscription | Refused:
        """What was prepared and not taken is not offered any more; what is withdrawn already stays so."""
        ...

    def suspend(
        self, subscription: str, state: SuspendedState, on: date | None = None, resumes: date | None = None
    ) -> Subscription | Refused:
        """Put a subscription on hold for this reason, at once or on a later day.

        As `suspended_agent` it may go on by itself, on the day on which it `resumes`.
        """
        ...

    def resume(self, subscription: str) -> Subscription | Refused:
        """What the merchant put on hold goes on within its term; an end or a hold that is still to come does not."""
        ...

    def end(self, subscription: str, at_once: bool) -> Subscription | Refused:
        """End a subscription, at once or when its term is over. Nothing is given back for what is left of that."""
        ...

    def report(self, usage: Usage) -> Usage | NotCounted:
        """Count what was used, once for each key; without `at` it was just now."""
        ...

    def reports(self, subscription: str, after: int, most: int) -> tuple[tuple[int, Usage], ...]:
        """What was reported of a subscription, oldest first, each with its position, from after that position on."""
        ...

    def consumption(self, subscription: str) -> tuple[Consumption, ...]:
        """How much of the options that are counted a subscription has used in its present term."""
        ...
