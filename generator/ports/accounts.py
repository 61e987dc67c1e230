"""What the merchant does with invoices that are issued: payments that came, money that goes back, and disputes."""

from datetime import date, datetime
from typing import Protocol

from generator.model.credit import Back, CreditNote, NotCredited, Refund
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.payment import Key, RefundResult
from generator.model.quote import Refused
from generator.model.statement import Span, Statement


class Accounts(Protocol):
    """A part of the merchant's side of a biller. Any call may raise `Unavailable`, and may be made again."""

    def invoice_numbered(self, number: str) -> Invoice | None:
        """The invoice with this number, whosever it is."""
        ...

    def receive(self, invoice: str, on: date, reference: str) -> Invoice | Refused:
        """The money for an invoice has arrived outside of any gateway; the same again changes nothing."""
        ...

    def credit_notes(self, customer: str) -> tuple[CreditNote, ...]:
        """All that were issued to the customer, newest first."""
        ...

    def credit_note_numbered(self, number: str) -> CreditNote | None:
        """The credit note with this number, whosever it is."""
        ...

    def statement(self, customer: str, span: Span) -> Statement:
        """What the customer owed, was invoiced, paid and got back in this span."""
        ...

    def refund(
        self, invoice: str, amount: Money | None, back: Back | None, reason: str, key: Key
    ) -> Refund | NotCredited:
        """Give back so much of a paid invoice, or all that is left of it. The same key again is the same refund.

        What goes back through the gateway is only reserved by this: the gateway is asked, with that key, when this is
        on disk, and `close_refund` ends it. By transfer it is done at once. Without `back` it goes as it was paid.
        """
        ...

    def close_refund(self, key: Key, result: RefundResult, next_check: datetime) -> Refund:
        """What the gateway said: done, a credit note is issued; not done, nothing was; `Unknown`, it is asked again.

        The same again changes nothing.
        """
        ...

    def refund_came_back(self, key: Key) -> Refund:
        """The customer's bank did not take what was on its way. The credit note stands: it is owed, by transfer.

        The same again changes nothing.
        """
        ...

    def find_refund(self, key: Key) -> Refund | None:
        """The refund with this key."""
        ...

    def refunds_to_settle(self, now: datetime, most: int) -> tuple[Refund, ...]:
        """Those of which nobody knows yet what became of them, and that are to be looked after by now."""
        ...

    def void(self, invoice: str, reason: str) -> Invoice | NotCredited:
        """Take back an unpaid invoice by a credit note over all of it. What is void already stays so."""
        ...

    def write_off(self, invoice: str, reason: str) -> Invoice | NotCredited:
        """Expect no more that it will be paid; it stays owed. What is given up already stays so."""
        ...

    def dispute(self, invoice: str, reason: str) -> Invoice | NotCredited:
        """The customer, or their bank, objects to an invoice. What is disputed already stays so."""
        ...

    def end_dispute(self, invoice: str, won: bool, reason: str, amount: Money | None = None) -> Invoice | NotCredited:
        """It is as before; or, lost, a credit note is issued over what is left of it: where it had been paid, over this
        amount of that."""
        ...
