"""Which subscription at Stripe is which of ours: as it was sold, on our own disk before Stripe is asked."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from generator import record
from generator.adapters.sql.database import Database, won
from generator.adapters.sql.stripe_tables import stripe_sales
from generator.model.payment import Key
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Then:
    """What a subscription becomes on this day, or would have become, where that was `undone`."""

    on: date
    sold: Subscription
    undone: bool = False


@dataclass(frozen=True)
class Sale:
    """`object` is its id at Stripe, empty where it has not begun; `sold` as it was sold."""

    id: str
    key: Key
    object: str
    sold: Subscription
    then: Then | None = None

    @property
    def coming(self) -> Then | None:
        """What it is to become."""
        return None if self.then is None or self.then.undone else self.then

    def by(self, today: date) -> "Sale":
        """What it was to become by then it is."""
        if self.coming is None or self.coming.on > today:
            return self
        fields = {**(self.sold.fields or {}), **(self.coming.sold.fields or {})}
        return replace(self, sold=replace(self.coming.sold, fields=fields), then=None)


class Sales:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, customer: str) -> tuple[Sale, ...]:
        """What this customer has, whoever pays."""
        with self._database.read() as connection:
            rows = connection.execute(select(stripe_sales).where(stripe_sales.c.customer == customer)).all()
        return tuple(_sale(row) for row in rows)

    def paid_by(self, payer: str) -> tuple[Sale, ...]:
        """What others have and this customer pays."""
        own = (stripe_sales.c.payer == payer, stripe_sales.c.customer != payer)
        with self._database.read() as connection:
            rows = connection.execute(select(stripe_sales).where(*own)).all()
        return tuple(_sale(row) for row in rows)

    def one(self, id: str) -> Sale | None:
        """The one of this id, ours or Stripe's."""
        own = or_(stripe_sales.c.id == id, (stripe_sales.c.object == id) & (stripe_sales.c.object != ""))
        with self._database.read() as connection:
            row = connection.execute(select(stripe_sales).where(own)).one_or_none()
        return _sale(row) if row else None

    def name(self, id: str, object: str) -> None:
        """It has become this at Stripe."""
        with self._database.write() as connection:
            connection.execute(update(stripe_sales).where(stripe_sales.c.id == id).values(object=object))

    def change(self, id: str, sold: Subscription, then: Then | None) -> None:
        """It is this now, and what it will be later."""
        row = {"record": record.write(sold), "then": record.write(then) if then else ""}
        with self._database.write() as connection:
            connection.execute(update(stripe_sales).where(stripe_sales.c.id == id).values(row))

    def undo(self, sale: Sale) -> Sale:
        """It stays what it is, and neither rests nor is held; what it would have become is known as undone."""
        then = replace(sale.coming, undone=True) if sale.coming else sale.then
        sold = replace(sale.sold, ends=None, resumes=None)
        undone = replace(sale, sold=replace(sold, state="active_running") if sold.suspended else sold, then=then)
        if undone != sale:
            self.change(sale.id, undone.sold, undone.then)
        return undone


def begin(connection: Connection, sold: Subscription, key: Key) -> None:
    """It waits until it is paid for; the same again is what is there."""
    row = {
        "id": sold.id,
        "customer": sold.customer,
        "payer": sold.billed,
        "key": key,
        "object": "",
        "record": record.write(sold),
        "then": "",
    }
    won(connection, insert(stripe_sales).values(row))


def drop(connection: Connection, id: str) -> None:
    """It never began."""
    connection.execute(delete(stripe_sales).where(stripe_sales.c.id == id, stripe_sales.c.object == ""))


def _sale(row: Row[Any]) -> Sale:
    then = record.read(row.then, Then) if row.then else None
    return Sale(row.id, row.key, row.object, record.read(row.record, Subscription), then)
