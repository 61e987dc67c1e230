"""Credit notes and money that goes back, as they are kept."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from generator import record
from generator.adapters.ledger import series, telling
from generator.adapters.sql.database import won
from generator.adapters.sql.ledger_tables import credit_notes, refunds
from generator.model.credit import CreditNote, Refund
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.payment import Key


def issue(connection: Connection, draft: CreditNote) -> CreditNote:
    """The credit note with the next number of its series; nothing slow may follow, see `series.take`."""
    count, number = series.take(connection, "credit_note")
    note = replace(draft, number=number)
    row = {"id": note.id, "customer": note.customer, "invoice": note.invoice}
    connection.execute(insert(credit_notes).values(**row, position=count, record=record.write(note)))
    telling.credit_note(connection, note)
    return note


def numbered(connection: Connection, number: str) -> CreditNote | None:
    count = series.count_in(number, "credit_note")
    if count is None:
        return None
    text = connection.scalar(select(credit_notes.c.record).where(credit_notes.c.position == count))
    return record.read(text, CreditNote) if text else None


def of_customer(connection: Connection, customer: str) -> tuple[CreditNote, ...]:
    """Newest first."""
    found = select(credit_notes.c.record).where(credit_notes.c.customer == customer)
    texts = connection.scalars(found.order_by(credit_notes.c.position.desc()))
    return tuple(record.read(text, CreditNote) for text in texts)


def taken_back(connection: Connection, invoice: Invoice) -> Money:
    """How much of an invoice its credit notes have taken back."""
    found = select(credit_notes.c.record).where(credit_notes.c.invoice == invoice.id)
    notes = (record.read(text, CreditNote) for text in connection.scalars(found))
    return -sum((note.total for note in notes), Money.zero(invoice.total.currency))


def enter(connection: Connection, refund: Refund) -> bool:
    """Money is to go back. False where another customer's goes back with this key."""
    return won(connection, insert(refunds).values(key=refund.key, invoice=refund.invoice, **_kept(refund)))


def keep(connection: Connection, refund: Refund) -> None:
    """What is new of it."""
    connection.execute(update(refunds).where(refunds.c.key == refund.key).values(_kept(refund)))


def refund(connection: Connection, key: Key) -> Refund | None:
    """The refund of this key; who has the account of its invoice is the only one to change it."""
    text = connection.scalar(select(refunds.c.record).where(refunds.c.key == key))
    return record.read(text, Refund) if text else None


def under_way(connection: Connection, invoice: str) -> tuple[Refund, ...]:
    """Money that may still go back for an invoice."""
    found = select(refunds.c.record).where(refunds.c.invoice == invoice, refunds.c.closed.is_(False))
    return tuple(record.read(text, Refund) for text in connection.scalars(found))


def unsettled(connection: Connection, now: datetime, most: int) -> tuple[Refund, ...]:
    """Those that are to be looked after by now, the one that waits longest first."""
    due = (refunds.c.closed.is_(False), refunds.c.next_check <= now)
    found = select(refunds.c.record).where(*due).order_by(refunds.c.next_check).limit(most)
    return tuple(record.read(text, Refund) for text in connection.scalars(found))


def _kept(refund: Refund) -> dict[str, object]:
    return {"closed": refund.closed, "next_check": refund.next_check, "record": record.write(refund)}
