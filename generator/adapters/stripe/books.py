"""What we asked of Stripe, on our own disk before it is asked: a key of ours, and what it became there."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, insert, or_, select, update

from generator import record
from generator.adapters.sql.database import Database, won
from generator.adapters.sql.stripe_tables import stripe_charges, stripe_customers, stripe_refunds
from generator.model.money import Money
from generator.model.payment import Charge, DeclineReason, Key


class Misasked(Exception):
    """The same key came again for something else: a bug of ours."""


@dataclass(frozen=True)
class Asked:
    """A charge that was asked for. `object` is its id at Stripe, empty where there is none; `charge` is as it was asked
    for first, nothing where it was given up before. Where it `ended`, Stripe will never have one."""

    key: Key
    charge: Charge | None
    object: str = ""
    ended: DeclineReason | Literal[""] = ""


@dataclass(frozen=True)
class AskedBack:
    """A refund that was asked for. `refused` says why nothing goes back; empty where something may."""

    key: Key
    charge: Key
    amount: Money
    object: str = ""
    refused: str = ""


class Books:
    def __init__(self, database: Database) -> None:
        self._database = database

    def customer(self, customer: str) -> str:
        """Who that is at Stripe; empty where they were never heard of there."""
        found = select(stripe_customers.c.id).where(stripe_customers.c.customer == customer)
        with self._database.read() as connection:
            return connection.scalar(found) or ""

    def whose(self, id: str) -> str:
        """Who of ours that is; empty where nobody."""
        found = select(stripe_customers.c.customer).where(stripe_customers.c.id == id)
        with self._database.read() as connection:
            return connection.scalar(found) or ""

    def know(self, customer: str, id: str) -> None:
        """From now on they are called this there."""
        row = {"customer": customer, "id": id}
        with self._database.write() as connection:
            if not won(connection, insert(stripe_customers).values(row)):
                own = stripe_customers.c.customer == customer
                connection.execute(update(stripe_customers).where(own).values(id=id))

    def charge(self, key: Key) -> Asked | None:
        with self._database.read() as connection:
            return _charge(connection, key)

    def begin(self, charge: Charge, key: Key) -> Asked:
        """Write down that it is asked for; the same again is what is there. Raises `Misasked`."""
        row = {"key": key, "charge": record.write(charge), "object": "", "payment": "", "ended": ""}
        with self._database.write() as connection:
            if won(connection, insert(stripe_charges).values(row)):
                return Asked(key, charge)
            there = _charge(connection, key)
            assert there is not None, "it is there, or this one would have been the first"
            if there.charge is not None and _moves(there.charge) != _moves(charge):
                raise Misasked(f"{key} is the key of another charge")
            return there

    def name(self, key: Key, object: str) -> bool:
        """It has become this at Stripe. False where it has ended meanwhile."""
        open_ = (stripe_charges.c.key == key, stripe_charges.c.ended == "")
        with self._database.write() as connection:
            return connection.execute(update(stripe_charges).where(*open_).values(object=object)).rowcount == 1

    def end(self, key: Key, why: DeclineReason) -> Asked:
        """Nothing is ever made of it at Stripe, unless that happened already; what has ended stays so."""
        row = {"key": key, "charge": "", "object": "", "payment": "", "ended": why}
        with self._database.write() as connection:
            if not won(connection, insert(stripe_charges).values(row)):
                own = (stripe_charges.c.key == key, stripe_charges.c.object == "", stripe_charges.c.ended == "")
                connection.execute(update(stripe_charges).where(*own).values(ended=why))
            there = _charge(connection, key)
            assert there is not None, "it was written just now"
            return there

    def refund(self, key: Key) -> AskedBack | None:
        with self._database.read() as connection:
            return _refund(connection, key)

    def begin_refund(self, asked: AskedBack) -> AskedBack:
        """Write down that money is to go back; the same again is what is there. Raises `Misasked`."""
        row = {
            "key": asked.key,
            "charge": asked.charge,
            "minor": asked.amount.minor,
            "currency": asked.amount.currency,
            "object": asked.object,
            "refused": asked.refused,
        }
        with self._database.write() as connection:
            if won(connection, insert(stripe_refunds).values(row)):
                return asked
            there = _refund(connection, asked.key)
            assert there is not None, "it is there, or this one would have been the first"
            if (there.charge, there.amount) != (asked.charge, asked.amount):
                raise Misasked(f"{asked.key} is the key of another refund")
            return there

    def note_refund(self, key: Key, object: str = "", refused: str = "") -> None:
        """What became of it: the object that it is at Stripe, or why nothing goes back."""
        own = stripe_refunds.c.key == key
        with self._database.write() as connection:
            connection.execute(update(stripe_refunds).where(own).values(object=object, refused=refused))

    def pays(self, key: Key, payment: str) -> None:
        """It is paid by this payment, which a page of Checkout made: what comes of that later names nothing else."""
        own = (stripe_charges.c.key == key, stripe_charges.c.payment != payment)
        with self._database.write() as connection:
            connection.execute(update(stripe_charges).where(*own).values(payment=payment))

    def key_of(self, object: str) -> Key:
        """The key of ours that belongs to this object at Stripe; empty where none does."""
        of_charge = select(stripe_charges.c.key).where(
            or_(stripe_charges.c.object == object, stripe_charges.c.payment == object)
        )
        of_refund = select(stripe_refunds.c.key).where(stripe_refunds.c.object == object)
        with self._database.read() as connection:
            return connection.scalar(of_charge) or connection.scalar(of_refund) or ""


def _charge(connection: Connection, key: Key) -> Asked | None:
    row = connection.execute(select(stripe_charges).where(stripe_charges.c.key == key)).one_or_none()
    if row is None:
        return None
    return Asked(key, record.read(row.charge, Charge) if row.charge else None, row.object, row.ended)


def _refund(connection: Connection, key: Key) -> AskedBack | None:
    row = connection.execute(select(stripe_refunds).where(stripe_refunds.c.key == key)).one_or_none()
    if row is None:
        return None
    return AskedBack(key, row.charge, Money(row.minor, row.currency), row.object, row.refused)


def _moves(charge: Charge) -> tuple[object, ...]:
    """What a key stands for. The language and the way back may have changed since it was first asked."""
    return charge.order, charge.customer, charge.amount, charge.choice
