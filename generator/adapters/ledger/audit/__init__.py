"""Reads all of the books and says what cannot be: sums, numbers, charges, holds, states. It changes nothing."""

from sqlalchemy import Connection

from generator import record
from generator.adapters.ledger.audit import charges, invoices, subscriptions
from generator.adapters.ledger.audit.view import Reader, view
from generator.model.finding import Finding


def audit(connection: Connection, read: Reader = record.read) -> tuple[Finding, ...]:
    """All that is wrong, by kind and then in the order of the books."""
    books = view(connection, read)
    return (*invoices.findings(books), *subscriptions.findings(books), *charges.findings(books))
