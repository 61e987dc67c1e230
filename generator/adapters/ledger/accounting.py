"""The merchant's doors to invoices that are issued; each call is one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from generator.adapters.ledger import accounts, books, credit_notes, holding, telling
from generator.adapters.ledger.calendar import day
from generator.adapters.ledger.crediting import credited
from generator.adapters.ledger.holding import Hold
from generator.adapters.ledger.names import new_id
from generator.adapters.sql.database import Database
from generator.model.credit import Back, CreditBack, CreditNote, CreditWhy, NotCredited, Refund
from generator.model.invoice import Invoice
from generator.model.invoice_machine import INVOICE, PAID, InvoiceEvent
from generator.model.money import Money
from generator.model.payment import Key, NotRefunded, Refunded, RefundResult, Unknown
from generator.model.quote import Refused
from generator.model.statement import Span, Statement, statement
from generator.ports.clock import Clock


@dataclass(frozen=True)
class _Left:
    """An invoice, and how much of it was taken back, or may still be by a refund that is under way."""

    invoice: Invoice
    taken: Money
    reserved: Money

    @property
    def amount(self) -> Money:
        return self.invoice.total - self.taken - self.reserved


class LedgerAccounts:
    """What is asked for and cannot be in the state of an invoice is refused; what is done already is answered again."""

    def __init__(self, database: Database, clock: Clock, time_zone: str) -> None:
        self._database = database
        self._clock = clock
        self._zone = ZoneInfo(time_zone)

    def invoice_numbered(self, number: str) -> Invoice | None:
        with self._database.read() as connection:
            return books.numbered(connection, number)

    def receive(self, invoice: str, on: date, reference: str) -> Invoice | Refused:
        with self._database.write() as connection:
            accounts.take_of(connection, invoice)
            if holding.taken(connection, [Hold(invoice)], "", self._clock.now()):
                return Refused("under_way")
            found = books.locked_invoice(connection, invoice)
            if found.state == "paid" and (found.received, found.reference) == (on, reference):
                return found
            if not INVOICE.allows(found.state, "received"):
                return Refused("nothing_to_pay")
            came = {"state": "paid", "due": None, "received": on, "paid_on": on, "reference": reference, "reason": ""}
            return books.becomes(connection, invoice, "received", **came)

    def credit_notes(self, customer: str) -> tuple[CreditNote, ...]:
        with self._database.read() as connection:
            return credit_notes.of_customer(connection, customer)

    def credit_note_numbered(self, number: str) -> CreditNote | None:
        with self._database.read() as connection:
            return credit_notes.numbered(connection, number)

    def statement(self, customer: str, span: Span) -> Statement:
        with self._database.read() as connection:
            invoices = books.invoices_of(connection, customer)
            notes = credit_notes.of_customer(connection, customer)
        return statement(reversed(invoices), reversed(notes), span)

    def refund(
        self, invoice: str, amount: Money | None, back: Back | None, reason: str, key: Key
    ) -> Refund | NotCredited:
        with self._database.write() as connection:
            accounts.take_of(connection, invoice)
            left = _left(connection, invoice)
            same = credit_notes.refund(connection, key)
            if same is not None:
                again = same.invoice == invoice and amount in (None, same.amount) and back in (None, same.back)
                return same if again else NotCredited("key_taken")
            found, wanted = left.invoice, left.amount if amount is None else amount
            if found.state not in PAID:
                return NotCredited("not_now")
            if back == "gateway" and not found.charge:
                return NotCredited("not_charged")
            if left.reserved and amount is None:
                return NotCredited("under_way")
            if not Money.zero(wanted.currency) < wanted or not wanted <= left.amount:
                return NotCredited("too_much", left.amount)
            by: Back = back or ("gateway" if found.charge else "transfer")
            now = self._clock.now()
            charge = found.charge if by == "gateway" else ""
            begun = Refund(key, invoice, wanted, by, charge, reason, now, now, Unknown())
            if not credit_notes.enter(connection, begun):
                return NotCredited("key_taken")
            return begun if by == "gateway" else self._given_back(connection, begun, Refunded("", wanted))

    def close_refund(self, key: Key, result: RefundResult, next_check: datetime) -> Refund:
        with self._database.write() as connection:
            begun = credit_notes.refund(connection, key)
            if begun is None:
                raise KeyError(f"no refund {key}")
            accounts.take_of(connection, begun.invoice)
            found = credit_notes.refund(connection, key) or begun
            if found.closed:
                if type(result) is not type(found.result) and not isinstance(result, Unknown):
                    raise ValueError(f"refund {key} is closed with {found.result}, it cannot be closed with {result}")
                return found
            looked = replace(found, result=result, checks=found.checks + 1, next_check=next_check)
            match result:
                case Refunded():
                    return self._given_back(connection, looked, result)
                case NotRefunded():
                    looked = replace(looked, closed=True)
            credit_notes.keep(connection, looked)
            return looked

    def refund_came_back(self, key: Key) -> Refund:
        with self._database.write() as connection:
            begun = credit_notes.refund(connection, key)
            if begun is None:
                raise KeyError(f"no refund {key}")
            accounts.take_of(connection, begun.invoice)
            found = credit_notes.refund(connection, key) or begun
            if found.came_back is not None:
                return found
            note = credit_notes.numbered(connection, found.note)
            if note is None:
                raise ValueError(f"refund {key} is {found.result}: nothing was on its way back")
            back = replace(found, came_back=self._clock.now())
            credit_notes.keep(connection, back)
            telling.refund_came_back(connection, note)
            return back

    def find_refund(self, key: Key) -> Refund | None:
        with self._database.read() as connection:
            return credit_notes.refund(connection, key)

    def refunds_to_settle(self, now: datetime, most: int) -> tuple[Refund, ...]:
        with self._database.read() as connection:
            return credit_notes.unsettled(connection, now, most)

    def void(self, invoice: str, reason: str) -> Invoice | NotCredited:
        with self._database.write() as connection:
            accounts.take_of(connection, invoice)
            left = self._open_to(connection, invoice, "voided", "void")
            if not isinstance(left, _Left):
                return left
            self._credit(connection, left, left.amount, "void", "nothing", reason)
            return books.becomes(connection, invoice, "voided", state="void", due=None, reason=reason)

    def write_off(self, invoice: str, reason: str) -> Invoice | NotCredited:
        with self._database.write() as connection:
            accounts.take_of(connection, invoice)
            left = self._open_to(connection, invoice, "written_off", "uncollectible")
            if not isinstance(left, _Left):
                return left
            if left.invoice.state == "problem_disputed" and not left.invoice.unpaid:
                return NotCredited("not_now")
            given_up = {"state": "uncollectible", "before_dispute": None, "reason": reason}
            return books.becomes(connection, invoice, "written_off", **given_up)

    def dispute(self, invoice: str, reason: str) -> Invoice | NotCredited:
        with self._database.write() as connection:
            accounts.take_of(connection, invoice)
            left = self._open_to(connection, invoice, "disputed", "problem_disputed")
            if not isinstance(left, _Left):
                return left
            argued = {"state": "problem_disputed", "before_dispute": left.invoice.state, "reason": reason}
            return books.becomes(connection, invoice, "disputed", **argued)

    def end_dispute(self, invoice: str, won: bool, reason: str, amount: Money | None = None) -> Invoice | NotCredited:
        with self._database.write() as connection:
            accounts.take_of(connection, invoice)
            found = books.locked_invoice(connection, invoice)
            if found.state != "problem_disputed" or found.before_dispute is None:
                return NotCredited("not_now")
            if won:
                before = {"state": found.before_dispute, "before_dispute": None, "reason": ""}
                return books.becomes(connection, invoice, "dispute_won", **before)
            left, paid = _left(connection, invoice), not found.unpaid
            over = min(amount, left.amount) if paid and amount is not None else left.amount
            if over:
                self._credit(connection, left, over, "dispute", "bank" if paid else "nothing", reason)
            lost = {"state": "paid_refunded" if paid else "void", "before_dispute": None, "due": None, "reason": reason}
            return books.becomes(connection, invoice, "dispute_lost", **lost)

    def _open_to(
        self, connection: Connection, id: str, event: InvoiceEvent, done: str
    ) -> _Left | Invoice | NotCredited:
        """What is left of the invoice, where this may happen to it now; the invoice, where it has happened already."""
        left = _left(connection, id)
        if left.invoice.state == done:
            return left.invoice
        if holding.taken(connection, [Hold(id)], "", self._clock.now()) or left.reserved:
            return NotCredited("under_way")
        return left if INVOICE.allows(left.invoice.state, event) else NotCredited("not_now")

    def _given_back(self, connection: Connection, refund: Refund, result: Refunded) -> Refund:
        """The money is on its way: a credit note says so, and the invoice is refunded."""
        left = _left(connection, refund.invoice)
        note = self._credit(connection, left, refund.amount, "refund", refund.back, refund.reason)
        if left.invoice.state in PAID:
            books.becomes(connection, refund.invoice, "refunded", state="paid_refunded")
        done = replace(refund, result=result, note=note.number, closed=True)
        credit_notes.keep(connection, done)
        return done

    def _credit(
        self, connection: Connection, left: _Left, amount: Money, why: CreditWhy, back: CreditBack, reason: str
    ) -> CreditNote:
        invoice = left.invoice
        draft = CreditNote(
            id=new_id("credit"),
            number="",
            invoice=invoice.id,
            credits=invoice.number,
            customer=invoice.customer,
            subscription=invoice.subscription,
            issued=self._today,
            lines=credited(invoice, left.taken, amount),
            total=-amount,
            billed_to=invoice.billed_to,
            why=why,
            back=back,
            reason=reason,
        )
        return credit_notes.issue(connection, draft)

    @property
    def _today(self) -> date:
        return day(self._clock.now(), self._zone)


def _left(connection: Connection, id: str) -> _Left:
    """Nobody else can change the invoice, or give back of it, until this transaction ends."""
    invoice = books.locked_invoice(connection, id)
    reserved = (refund.amount for refund in credit_notes.under_way(connection, id))
    taken = credit_notes.taken_back(connection, invoice)
    return _Left(invoice, taken, sum(reserved, Money.zero(invoice.total.currency)))
