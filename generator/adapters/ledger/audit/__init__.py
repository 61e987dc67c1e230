"""Reads all of the books and says what cannot be: sums, taxes, numbers, credits, charges, states. Changes nothing."""

from sqlalchemy import Connection

from generator import record
from generator.adapters.ledger.audit import charges, credits, invoices, subscriptions
from generator.adapters.ledger.audit.view import Reader, view
from generator.model.finding import Finding


def audit(connection: Connection, read: Reader = record.read) -> tuple[Finding, ...]:
    """All that is wrong, by kind and then in the order of the books."""
    books = view(connection, read)
    kinds = (invoices, credits, subscriptions, charges)
    return tuple(found for kind in kinds for found in kind.findings(books))
