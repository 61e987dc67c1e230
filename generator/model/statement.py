"""What a customer owed, was invoiced, paid and got back in a span of time, currency by currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.credit import CreditNote
from generator.model.invoice import Invoice
from generator.model.money import Money

EntryKind = Literal["invoice", "payment", "credit_note", "refund"]

_ORDER: tuple[EntryKind, ...] = ("invoice", "payment", "credit_note", "refund")
"""As they stand on one day."""


@dataclass(frozen=True)
class Span:
    """From the first day to the last one, both in it."""

    first: date
    last: date

    @staticmethod
    def year(last: date) -> "Span":
        """The 365 days up to this one: what is shown where nobody says from when."""
        return Span(date.fromordinal(max(last.toordinal() - 364, 1)), last)


@dataclass(frozen=True)
class Entry:
    """`amount` is what it adds to what the customer owes, `balance` what they owe after it; below zero it is owed to
    them. `number` is that of the invoice, or of the credit note.
    """

    day: date
    kind: EntryKind
    number: str
    amount: Money
    balance: Money


@dataclass(frozen=True)
class Account:
    """All of one currency: what was owed before the first day, what happened, and what is owed after the last one."""

    opening: Money
    entries: tuple[Entry, ...]
    closing: Money


@dataclass(frozen=True)
class Statement:
    """`accounts` has one for each currency in which anything ever happened, by its code."""

    span: Span
    accounts: tuple[Account, ...]


def statement(invoices: Iterable[Invoice], notes: Iterable[CreditNote], span: Span) -> Statement:
    """Worked out from what was issued and paid; nothing of it is kept."""
    moves = sorted((*_invoiced(invoices), *_credited(notes)), key=lambda one: (one.day, _ORDER.index(one.kind)))
    reached = [move for move in moves if move.day <= span.last]
    currencies = sorted({move.amount.currency for move in reached})
    return Statement(span, tuple(_account(reached, currency, span.first) for currency in currencies))


def _account(moves: Iterable[Entry], currency: str, first: date) -> Account:
    opening = balance = Money.zero(currency)
    entries = []
    for move in moves:
        if move.amount.currency != currency:
            continue
        balance += move.amount
        if move.day < first:
            opening = balance
        else:
            entries.append(Entry(move.day, move.kind, move.number, move.amount, balance))
    return Account(opening, tuple(entries), balance)


def _invoiced(invoices: Iterable[Invoice]) -> Iterable[Entry]:
    """An invoice is owed from its day on, and owed no more from the day on which it was paid."""
    for invoice in invoices:
        yield _move(invoice.issued, "invoice", invoice.number, invoice.total)
        if invoice.settled:
            paid = invoice.paid_on or invoice.received or invoice.issued
            yield _move(paid, "payment", invoice.number, -invoice.total)


def _credited(notes: Iterable[CreditNote]) -> Iterable[Entry]:
    """What is taken back is owed to the customer, until it is given back; what was never paid is only owed no more."""
    for note in notes:
        yield _move(note.issued, "credit_note", note.number, note.total)
        if note.back != "nothing":
            yield _move(note.issued, "refund", note.number, -note.total)


def _move(day: date, kind: EntryKind, number: str, amount: Money) -> Entry:
    return Entry(day, kind, number, amount, Money.zero(amount.currency))
