"""Invoices that Stripe has issued, as ours."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from generator.adapters.ledger import holding
from generator.adapters.ledger.holding import Hold
from generator.adapters.sql.database import Database
from generator.adapters.stripe.account import Refused, Said, asked
from generator.adapters.stripe_biller import lines, reading
from generator.adapters.stripe_biller.closing import NOTE, subscription_of
from generator.adapters.stripe_biller.owners import Owners
from generator.adapters.stripe_biller.shelf import Shelf
from generator.adapters.stripe_biller.standing import Standing
from generator.adapters.stripe_biller.trouble import every, unavailable
from generator.model.invoice import Invoice
from generator.model.payment import Key
from generator.model.tax import Tax
from generator.ports.clock import Clock


class Issued:
    """Any call may raise `Unavailable`."""

    def __init__(
        self,
        v1: Any,
        database: Database,
        clock: Clock,
        zone: ZoneInfo,
        owners: Owners,
        shelf: Shelf,
        standing: Standing,
    ) -> None:
        self._v1 = v1
        self._database = database
        self._clock = clock
        self._zone = zone
        self._owners = owners
        self._shelf = shelf
        self._standing = standing

    def of(self, customer: str) -> list[Invoice]:
        """All that were issued to the customer; what came to nothing is no invoice."""
        owner = self._owners.known(customer)
        if not owner:
            return []
        with unavailable():
            found = every(self._v1.invoices.list, customer=owner)
            return [self._read(one, customer) for one in found if one["status"] != "draft" and one["total"]]

    def one(self, id: str, key: Key = "") -> Invoice | None:
        """The invoice; with this key comes who may be paying it."""
        if not id.startswith("in_"):
            return None
        with unavailable():
            said = self._said(id)
            whose = self._owners.ours(str(said["customer"])) if said else ""
            return self._read(said, whose, key) if said and whose and said["status"] != "draft" else None

    def _said(self, id: str) -> Said | None:
        try:
            return asked(self._v1.invoices.retrieve, id)
        except Refused as fault:
            if fault.code == "resource_missing":
                return None
            raise

    def under_way(self, id: str, key: Key = "") -> bool:
        """Whether somebody is paying it now, but for who comes with this key."""
        with self._database.read() as connection:
            return holding.taken(connection, [Hold(id)], key, self._clock.now())

    def _read(self, said: Said, whose: str, key: Key = "") -> Invoice:
        sale = self._standing.sale(subscription_of(said))
        promised = sale.sold.discounts[0].promotion.title if sale and sale.sold.discounts else {}
        found = lines.read(self._shelf, said, self._lines(said), _tax(said), promised)
        number = str(said["number"] or "")
        self._shelf.number(number, str(said["id"]))
        of = sale.id if sale else ""
        invoice = reading.invoice(said, found, whose, of, self._zone, self._standing.today)
        if invoice.payable and self.under_way(invoice.id, key):
            return replace(invoice, state="due_pending")
        return invoice

    def _lines(self, said: Said) -> Iterator[Said]:
        def more(last: str) -> Said:
            return asked(self._v1.invoices.line_items.list, said["id"], {"limit": 100, "starting_after": last})

        return iter(lines.every(more, said))


def _tax(said: Said) -> Tax:
    """The rate on the whole invoice, and why there is none."""
    details = (said.get("parent") or {}).get("subscription_details") or {}
    note = (details.get("metadata") or {}).get(NOTE, "")
    rates = said.get("default_tax_rates") or []
    rate = round(float(rates[0]["percentage"]) * 100) if rates else 0
    return Tax(rate, bool(rates and rates[0]["inclusive"]), note)
