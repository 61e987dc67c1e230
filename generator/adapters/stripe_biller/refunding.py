"""Money that goes back for invoices at Stripe: on our disk first, and then a credit note says so."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from generator.adapters.ledger import accounts
from generator.adapters.sql.database import Database
from generator.adapters.stripe.account import asked
from generator.adapters.stripe_biller import credits
from generator.adapters.stripe_biller.issued import Issued
from generator.adapters.stripe_biller.notes import Notes, key_of, total
from generator.adapters.stripe_biller.trouble import unavailable
from generator.model.credit import Back, NotCredited, Refund
from generator.model.invoice import Invoice
from generator.model.invoice_machine import PAID
from generator.model.money import Money
from generator.model.payment import Key, NotRefunded, Refunded, RefundResult, Unknown
from generator.ports.clock import Clock

_AT_STRIPE = ("re_", "pyr_")
"""How the id of a refund begins that was made there."""


@dataclass(frozen=True)
class _Left:
    """How much of an invoice is neither taken back nor, as `reserved` is, about to be."""

    amount: Money
    reserved: Money


class StripeRefunds:
    """What is under way is counted as gone, so that nobody gives it back twice."""

    _v1: Any
    _database: Database
    _clock: Clock
    _issued: Issued
    _notes: Notes

    def refund(
        self, invoice: str, amount: Money | None, back: Back | None, reason: str, key: Key
    ) -> Refund | NotCredited:
        found = self._now(invoice)
        begun = self._begun(found, amount, back, reason, key)
        if isinstance(begun, NotCredited) or begun.back == "gateway" or begun.closed:
            return begun
        return self._given_back(found, begun, Refunded("", begun.amount))

    def _begun(
        self, found: Invoice, amount: Money | None, back: Back | None, reason: str, key: Key
    ) -> Refund | NotCredited:
        with unavailable():
            there = {key_of(one) or one["id"]: total(one) for one in self._notes.of_invoice(found.id)}
            charge = found.charge or self._charged_there(found)
        with self._database.write() as connection:
            accounts.take(connection, found.customer)
            same = credits.with_key(connection, key)
            if same is not None:
                again = same.invoice == found.id and amount in (None, same.amount) and back in (None, same.back)
                return same if again else NotCredited("key_taken")
            left = _left(connection, found, there)
            wanted = left.amount if amount is None else amount
            if found.state not in PAID:
                return NotCredited("not_now")
            if back == "gateway" and not charge:
                return NotCredited("not_charged")
            if left.reserved and amount is None:
                return NotCredited("under_way")
            if not Money.zero(wanted.currency) < wanted or not wanted <= left.amount:
                return NotCredited("too_much", left.amount)
            by: Back = back or ("gateway" if charge else "transfer")
            now = self._clock.now()
            begun = Refund(key, found.id, wanted, by, charge if by == "gateway" else "", reason, now, now, Unknown())
            return begun if credits.enter(connection, begun) else NotCredited("key_taken")

    def _charged_there(self, invoice: Invoice) -> Key:
        """What Stripe charged by itself for a renewal, which has no key of ours: the payment's id. Raises what `asked`
        raises."""
        paid = {"invoice": invoice.id, "status": "paid"}
        found = asked(self._v1.invoice_payments.list, paid)["data"] if invoice.state in PAID else []
        return str(found[0]["payment"].get("payment_intent") or "") if found else ""

    def close_refund(self, key: Key, result: RefundResult, next_check: datetime) -> Refund:
        begun = self.find_refund(key)
        if begun is None:
            raise KeyError(f"no refund {key}")
        if begun.closed:
            if type(result) is not type(begun.result) and not isinstance(result, Unknown):
                raise ValueError(f"refund {key} is closed with {begun.result}, it cannot be closed with {result}")
            return begun
        looked = replace(begun, result=result, checks=begun.checks + 1, next_check=next_check)
        if isinstance(result, Refunded):
            return self._given_back(self._now(begun.invoice), looked, result)
        return self._kept(replace(looked, closed=isinstance(result, NotRefunded)))

    def _given_back(self, invoice: Invoice, refund: Refund, result: Refunded) -> Refund:
        """The money is on its way: a credit note says so."""
        at_stripe = result.reference if result.reference.startswith(_AT_STRIPE) else ""
        with unavailable():
            note = self._notes.issue(
                invoice, refund.amount, "refund", refund.back, refund.reason, refund.key, at_stripe
            )
        return self._kept(replace(refund, result=result, note=note.number, closed=True))

    def _kept(self, refund: Refund) -> Refund:
        """As it is now, unless somebody else has closed it meanwhile."""
        with self._database.write() as connection:
            found = credits.with_key(connection, refund.key)
            if found is not None and found.closed and found.came_back == refund.came_back:
                return found
            credits.keep(connection, refund)
        return refund

    def refund_came_back(self, key: Key) -> Refund:
        begun = self.find_refund(key)
        if begun is None:
            raise KeyError(f"no refund {key}")
        if begun.came_back is not None:
            return begun
        if not begun.note:
            raise ValueError(f"refund {key} is {begun.result}: nothing was on its way back")
        return self._kept(replace(begun, came_back=self._clock.now()))

    def find_refund(self, key: Key) -> Refund | None:
        with self._database.read() as connection:
            return credits.with_key(connection, key)

    def refunds_to_settle(self, now: datetime, most: int) -> tuple[Refund, ...]:
        """What goes back by transfer is done when it is asked for, or asked for again."""
        with self._database.read() as connection:
            by_gateway = (one for one in credits.unsettled(connection, now) if one.back == "gateway")
            return tuple(islice(by_gateway, most))

    def _now(self, invoice: str) -> Invoice:
        found = self._issued.one(invoice)
        if found is None:
            raise KeyError(f"no invoice {invoice}")
        return found


def _left(connection: Connection, invoice: Invoice, there: dict[str, Money]) -> _Left:
    """What went back with a key of ours is counted by that key, whether its credit note was seen or not."""
    mine = credits.of_invoice(connection, invoice.id)
    nothing = Money.zero(invoice.total.currency)
    keys = {one.key for one in mine}
    others = sum((amount for key, amount in there.items() if key not in keys), nothing)
    reserved = sum((one.amount for one in mine if not one.closed), nothing)
    return _Left(invoice.total - others - sum((one.amount for one in mine), nothing), reserved)
