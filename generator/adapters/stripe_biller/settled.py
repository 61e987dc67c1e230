"""An order that is settled, with all that it was quoted with."""

from dataclasses import dataclass

from generator.adapters.ledger.drafting import Sale
from generator.adapters.stripe_biller.sight import Sight
from generator.model.catalog import Plan
from generator.model.customer import Customer
from generator.model.payment import Key, Settlement
from generator.model.quote import Quote


@dataclass(frozen=True)
class Settled:
    """An order, and how it ended. `id` is the subscription that it begins, empty where it begins none; `owner` is who
    pays, at Stripe; `sight` is what it was quoted with, at the moment for which it was."""

    sale: Sale
    id: str
    settlement: Settlement
    key: Key
    payer: Customer
    owner: str
    sight: Sight

    @property
    def quote(self) -> Quote:
        return self.sale.quote

    @property
    def plan(self) -> Plan:
        assert self.sale.plan is not None, "it is about a plan"
        return self.sale.plan
