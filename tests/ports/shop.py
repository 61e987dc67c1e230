"""What tests of every biller share: a shop, a clock, what a merchant tells it, and who is billed."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from generator.adapters.clock import TravellingClock
from generator.adapters.ledger import Ledger
from generator.model.catalog import Catalog, Plan, Table
from generator.model.customer import BillingInfo
from generator.model.quote import Request, Subscribe
from tests.ports import fresh

MORNING = datetime(2027, 3, 10, 9, tzinfo=UTC)
HOME = BillingInfo("ada@example.com", "Ada", "", "", "1 rue de la Paix", "", "75002", "Paris", "FR")


@dataclass
class Shop:
    """A biller, its clock, and what a merchant tells it."""

    biller: Any
    clock: TravellingClock

    def sells(self, *plans: Plan, tax_rate=2000):
        self.biller.put_catalog(Catalog((Table("all", {"en": "Plans"}, plans),)), tax_rate)

    def knows(self, ref="ada", billing=HOME, terms_days=0, suspended=False):
        return self.biller.put_customer(ref, "en", billing, terms_days, frozenset({"vip"}), suspended)

    def request(self, plan="team", options=None, billing=HOME, ref="ada"):
        customer = self.biller.customer_by_ref(ref) or self.knows(ref)
        return Request(customer.id, Subscribe(plan, options or {}), billing, {"gift.gift": "mug"})

    def quotes(self, plan="team", options=None, **request: Any):
        return self.biller.quote(self.request(plan, options, **request))

    def opens(self, quote, key="k1"):
        return self.biller.open(quote.id, quote.shown, key)

    def orders(self, plan="team", options=None, key="k1", **request: Any):
        return self.opens(self.quotes(plan, options, **request), key)


@contextmanager
def ledger_shop(folder, data=fresh.sqlite):
    clock = TravellingClock(MORNING)
    with data(folder) as database:
        yield Shop(Ledger(database, clock, "Europe/Paris"), clock)


def ledger_on_postgresql(folder):
    return ledger_shop(folder, fresh.postgresql)


SHOPS = (ledger_shop, ledger_on_postgresql)
