"""The customers, as they are kept."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, insert, select, update

from generator import record
from generator.adapters.ledger import telling
from generator.adapters.sql.database import won
from generator.adapters.sql.ledger_tables import customers
from generator.model.answer import Answer
from generator.model.customer import BillingInfo, Customer, CustomerNews, Unclaimed, normal
from generator.model.customer_machine import CUSTOMER, CustomerEvent
from generator.model.machine import NEW


def with_id(connection: Connection, id: str) -> Customer | None:
    text = connection.scalar(select(customers.c.record).where(customers.c.id == id))
    return record.read(text, Customer) if text else None


def with_ref(connection: Connection, ref: str) -> Customer | None:
    text = connection.scalar(select(customers.c.record).where(customers.c.ref == ref))
    return record.read(text, Customer) if text else None


def with_email(connection: Connection, email: str) -> tuple[Customer, ...]:
    """Found by an index; nobody where it is empty."""
    if not normal(email):
        return ()
    same = select(customers.c.record).where(customers.c.email == normal(email)).order_by(customers.c.ref)
    return tuple(record.read(text, Customer) for text in connection.scalars(same))


def claim(connection: Connection, id: str, ref: str) -> Customer | Unclaimed:
    """Another name for who has none of the merchant's yet."""
    text = connection.scalar(select(customers.c.record).where(customers.c.id == id).with_for_update())
    if text is None:
        return Unclaimed("unknown")
    known = record.read(text, Customer)
    if known.ref == ref:
        return known
    if known.claimed:
        return Unclaimed("claimed_already")
    named = replace(known, ref=ref)
    CUSTOMER.check(known.state, "claimed", named.state)
    renamed = update(customers).where(customers.c.id == id).values(**_row(named))
    if not won(connection, renamed):
        return Unclaimed("taken")
    telling.customer(connection, id, "claimed")
    return named


def put(connection: Connection, customer: Customer) -> Customer:
    """Keep a new customer, or change the one whom the merchant calls the same: that one's id and answers stay."""
    if _new(connection, customer):
        return customer
    same = select(customers.c.record).where(customers.c.ref == customer.ref).with_for_update()
    known = record.read(connection.execute(same).scalar_one(), Customer)
    return _change(connection, known, replace(customer, id=known.id, fields=known.fields))


def tell(connection: Connection, new: Customer, news: CustomerNews) -> Customer:
    """What is new of the customer whom the merchant calls the same as `new`, who is kept where there is none."""
    fresh = news.of(new)
    if _new(connection, fresh):
        return fresh
    same = select(customers.c.record).where(customers.c.ref == new.ref).with_for_update()
    known = record.read(connection.execute(same).scalar_one(), Customer)
    return _change(connection, known, news.of(known))


def page(connection: Connection, after: str, most: int) -> tuple[Customer, ...]:
    """In the order of their refs."""
    found = select(customers.c.record).where(customers.c.ref > after).order_by(customers.c.ref).limit(most)
    return tuple(record.read(text, Customer) for text in connection.scalars(found))


def bill(connection: Connection, id: str, billing: BillingInfo) -> Customer:
    """Bill the customer in this way from now on."""
    known = _locked(connection, id)
    return _change(connection, known, replace(known, billing=billing))


def says(connection: Connection, id: str, fields: Mapping[str, Answer]) -> None:
    """Keep what the customer answered to the merchant's own questions, beside what they said before."""
    if fields:
        customer = _locked(connection, id)
        _change(connection, customer, replace(customer, fields={**customer.fields, **fields}))


def answer(connection: Connection, id: str, section: str, answers: Mapping[str, Answer]) -> Customer:
    """Keep what the customer said in one section of the portal, and what they said elsewhere."""
    customer = _locked(connection, id)
    kept = {name: said for name, said in customer.fields.items() if not name.startswith(f"{section}.")}
    said = {f"{section}.{name}": answer for name, answer in answers.items()}
    return _change(connection, customer, replace(customer, fields={**kept, **said}))


def _locked(connection: Connection, id: str) -> Customer:
    text = connection.scalar(select(customers.c.record).where(customers.c.id == id).with_for_update())
    if text is None:
        raise KeyError(f"no customer {id}")
    return record.read(text, Customer)


def _new(connection: Connection, customer: Customer) -> bool:
    """Whether nobody was called so before: then they are kept."""
    if not won(connection, insert(customers).values(id=customer.id, **_row(customer))):
        return False
    event: CustomerEvent = "created" if customer.claimed else "welcomed"
    CUSTOMER.check(NEW, event, customer.state)
    telling.customer(connection, customer.id, event)
    return True


def _change(connection: Connection, before: Customer, customer: Customer) -> Customer:
    if before == customer:
        return customer
    event: CustomerEvent | telling.Changed = "changed"
    if before.state != customer.state:
        event = "suspended" if customer.suspended else "enabled"
        CUSTOMER.check(before.state, event, customer.state)
    connection.execute(update(customers).where(customers.c.id == customer.id).values(**_row(customer)))
    telling.customer(connection, customer.id, event)
    return customer


def _row(customer: Customer) -> dict[str, str]:
    """All but the id, which never changes."""
    return {"ref": customer.ref, "email": normal(customer.billing.email), "record": record.write(customer)}
