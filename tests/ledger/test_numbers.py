"""Numbers have no gap and no twin, whoever races, breaks off or dies; what is issued stays as it is."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from sqlalchemy import select

from generator.adapters.ledger import books, credit_notes, customers, series
from generator.adapters.ledger.accounting import LedgerAccounts
from generator.adapters.ledger.names import new_id
from generator.adapters.sql.ledger_tables import counters
from generator.model.catalog import Period, Plan
from generator.model.customer import BillingInfo, Customer
from generator.model.invoice import FIXED, Invoice
from generator.model.machine import Illegal
from generator.model.money import Money
from generator.model.payment import NotRefunded, Refunded
from generator.model.quote import Line
from generator.model.subscription import Subscription
from tests.ports.fresh import ENGINES, address, again
from tests.ports.together import together
from tests.support.town import ROOT

DAY = date(2027, 3, 10)
TEN = Money(1000, "EUR")
ADA = Customer("ada", "ada", "en", BillingInfo(name="Ada"))
PLAN = Plan("team", {}, {}, TEN, Period(1, "month"), Money.zero("EUR"))
HAS = Subscription("s1", "ada", PLAN, {}, "active_running", TEN, PLAN.period, DAY, DAY, DAY)


NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


class FrozenClock:
    def now(self):
        return NOON


class Undone(Exception):
    """What breaks a transaction off."""


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.__name__)
def database(request, tmp_path):
    with request.param(tmp_path) as database:
        with database.write() as connection:
            customers.put(connection, ADA)
            books.start(connection, HAS, "started")
        yield database


def drafted(state="due_auto", **other):
    draft = Invoice(new_id("invoice"), "", "ada", "s1", state, DAY, DAY, (Line("plan", TEN, {}),), TEN)
    return replace(draft, **other)


def issued(database, **other):
    with database.write() as connection:
        return books.issue(connection, drafted(**other))


def numbers(database):
    with database.read() as connection:
        last = connection.scalar(select(counters.c.last).where(counters.c.name == "invoice"))
        return last, [invoice.number for invoice in reversed(books.invoices_of(connection, "ada"))]


def without_gaps(database):
    last, found = numbers(database)
    return found == [f"INV-{count:06}" for count in range(1, last + 1)]


def test_numbers_have_no_gap_when_several_hosts_race_and_some_break_off(database):
    """Each has connections of its own, as hosts have; a third of all transactions is undone after the number."""
    lots, done = [Random(seed) for seed in range(6)], []
    with ExitStack() as hosts:

        def host(lot):
            own = again(database)
            hosts.callback(own.close)
            for _ in range(12):
                with suppress(Undone), own.write() as connection:
                    invoice = books.issue(connection, drafted())
                    if not lot.randrange(3):
                        raise Undone
                    done.append(invoice.number)

        assert together(*[lambda lot=lot: host(lot) for lot in lots]) == [None] * 6

    assert len(done) == len(set(done)) > 30
    assert without_gaps(database)
    assert numbers(database)[0] == len(done)


def test_credit_notes_count_by_themselves_when_several_hosts_race(database):
    invoices = [issued(database, state="paid", charge="c") for _ in range(5)]
    lots = [Random(seed) for seed in range(5)]
    with ExitStack() as hosts:

        def host(lot, invoice):
            own = again(database)
            hosts.callback(own.close)
            accounts = LedgerAccounts(own, FrozenClock(), "UTC")
            for count in range(6):
                back = "transfer" if lot.randrange(2) else "gateway"
                key = f"{invoice.id}-{count}"
                accounts.refund(invoice.id, Money(10, "EUR"), back, "", key)
                result = Refunded("r", Money(10, "EUR")) if lot.randrange(3) else NotRefunded("refused")
                if back == "gateway":
                    accounts.close_refund(key, result, NOON)

        asked = zip(lots, invoices, strict=True)
        assert together(*[lambda lot=lot, one=one: host(lot, one) for lot, one in asked]) == [None] * 5

    with database.read() as connection:
        last = connection.scalar(select(counters.c.last).where(counters.c.name == "credit_note"))
        notes = credit_notes.of_customer(connection, "ada")
    assert 10 < last < 30
    assert [note.number for note in reversed(notes)] == [f"CN-{count:06}" for count in range(1, last + 1)]


DIES = """
import os, signal, sys
from generator.adapters.ledger import books
from generator.adapters.sql.database import Database
from tests.ledger.test_numbers import drafted
with Database(sys.argv[1]).write() as connection:
    print(books.issue(connection, drafted()).number, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_who_is_killed_with_a_number_in_hands_leaves_no_gap(database):
    issued(database)
    command = [sys.executable, "-c", DIES, address(database)]

    died = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)

    assert (died.returncode, died.stdout) == (-signal.SIGKILL, "INV-000002\n"), died.stderr
    assert issued(database).number == "INV-000002"
    assert without_gaps(database)


@pytest.mark.parametrize("said", ["INV-2", "INV-0000002", "INV-000002 ", "inv-000002", "000002", "INV-", "INV-x", "2"])
def test_a_number_is_written_in_one_way(said):
    assert series.count_in("INV-000002", "invoice") == 2
    assert series.count_in("INV-1234567", "invoice") == 1234567
    assert series.count_in(said, "invoice") is None


OTHER = {
    "id": "invoice-0",
    "number": "INV-000009",
    "customer": "bob",
    "subscription": "s2",
    "issued": date(2027, 3, 11),
    "lines": (),
    "total": Money(999, "EUR"),
    "billed_to": BillingInfo(name="Bob"),
}


@pytest.mark.parametrize("name", FIXED)
def test_what_is_issued_never_changes(database, name):
    invoice = issued(database)

    with pytest.raises(ValueError, match=f"INV-000001 is issued: state, {name} cannot"), database.write() as connection:
        books.becomes(connection, invoice.id, "paid", state="paid", **{name: OTHER[name]})

    with database.read() as connection:
        assert books.invoice(connection, invoice.id) == invoice


def test_only_how_it_stands_may_change():
    """A field that is added to an invoice is fixed, or is named here as one that is not."""
    stands = {"state", "due", "received", "reference", "paid_on", "charge", "before_dispute", "reason"}
    stands |= {"acts", "asked", "failed", "paper"}
    assert set(FIXED) | stands == set(Invoice.__dataclass_fields__)
    assert set(FIXED) == set(OTHER)


def test_issued_invoices_are_written_in_one_place_alone():
    written = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "generator").rglob("*.py")
        if "update(invoices)" in file.read_text(encoding="utf-8") and "versions" not in file.parts
    ]
    assert written == ["generator/adapters/ledger/books.py"]


def test_no_state_is_reached_but_by_its_event(database):
    invoice = issued(database, state="paid")

    with pytest.raises(Illegal, match="invoice: paid --paid--> paid"), database.write() as connection:
        books.settle(connection, invoice.id, DAY, "key")
