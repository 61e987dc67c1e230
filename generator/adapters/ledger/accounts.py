"""One at a time: whoever changes what belongs to a customer first takes the customer's account.

SQLite lets one write at a time anyway. On PostgreSQL this is what makes a transaction see all that the one before it
did, and never half of it. Accounts are taken all at once, before anything else is locked and in the order of their ids,
so that no two wait for each other.
"""

from collections.abc import Collection

from sqlalchemy import Connection, literal, select, union_all

from generator.adapters.sql.ledger_tables import customers, invoices, subscriptions
from generator.model.quote import Change, PayInvoice, RegisterMethod, Replace, Request, Subscribe


def take(connection: Connection, *ids: str) -> None:
    """The accounts of these customers, until the transaction ends. Who is unknown has none."""
    _take(connection, ids, ())


def take_of(connection: Connection, *things: str) -> None:
    """The accounts of who has these subscriptions, of who pays them, and of who is billed by these invoices."""
    _take(connection, (), things)


def take_for(connection: Connection, request: Request, *things: str) -> None:
    """All accounts that what is asked for may touch, with those of these subscriptions and invoices."""
    _take(connection, tuple(filter(None, (request.customer, request.recipient))), (*_named(request.change), *things))


def _take(connection: Connection, ids: Collection[str], things: Collection[str]) -> None:
    billed = invoices.join(subscriptions, subscriptions.c.id == invoices.c.subscription)
    theirs = (
        select(subscriptions.c.customer).where(subscriptions.c.id.in_(things)),
        select(subscriptions.c.payer).where(subscriptions.c.id.in_(things)),
        select(invoices.c.customer).where(invoices.c.id.in_(things)),
        select(subscriptions.c.customer).select_from(billed).where(invoices.c.id.in_(things)),
        select(subscriptions.c.payer).select_from(billed).where(invoices.c.id.in_(things)),
    )
    whose = union_all(*(select(literal(id)) for id in ids), *(theirs if things else ()))
    own = select(customers.c.id).where(customers.c.id.in_(whose.scalar_subquery())).order_by(customers.c.id)
    # No more than that: others go on writing what only names the customer.
    connection.execute(own.with_for_update(key_share=True))


def _named(change: Change) -> tuple[str, ...]:
    """The subscriptions and invoices that are to be changed or paid."""
    match change:
        case PayInvoice():
            return (change.invoice,)
        case Replace():
            return (change.subscription, change.target)
        case Subscribe() | RegisterMethod():
            return ()
        case _:
            return (change.subscription,)
