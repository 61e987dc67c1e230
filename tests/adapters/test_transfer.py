"""A merchant moves to another database: everything is there and the same, or nothing was done."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import delete, insert, inspect, select, update

from generator.adapters.archive import SqlArchive
from generator.adapters.clock import TravellingClock
from generator.adapters.ledger.biller import Ledger
from generator.adapters.sql import store_tables, transfer
from generator.adapters.sql.database import Database
from generator.adapters.sql.ledger_tables import customers
from generator.adapters.sql.schema import WrongSchema, check_version
from generator.adapters.sql.transfer import NotMoved
from generator.adapters.store import SqlStore
from generator.model.payment import Promised
from generator.model.quote import Subscribe
from tests.ports import fresh
from tests.ports.shop import HOME, Shop
from tests.ports.test_biller_changes import BIG, SMALL
from tests.ports.test_people import asks, closes, orders
from tests.ports.test_store import MAIL, NOON, WALK
from tests.support import postgresql
from tests.support.town import ROOT

MARCH = datetime(2027, 3, 10, 9, tzinfo=UTC)


def shop_on(database):
    return Shop(Ledger(database, TravellingClock(MARCH), "Europe/Paris"), TravellingClock(MARCH))


def subscribes(shop, ref):
    who = shop.knows(ref, terms_days=30)
    return closes(shop, orders(shop, asks(shop, who, Subscribe("small", {}))), Promised("transfer"))


@pytest.fixture
def used(tmp_path):
    """A SQLite database in which customers have bought, are walking, and are written to."""
    with fresh.sqlite(tmp_path) as database:
        shop = shop_on(database)
        shop.sells(SMALL, BIG)
        for ref, name in (("ada", "Ada 🙂"), ("Åsa", "Åsa ‏"), ("Zoë", "é")):
            shop.knows(ref, replace(HOME, name=name), terms_days=30)
            subscribes(shop, ref)
        store = SqlStore(database)
        store.begin(WALK)
        store.post(MAIL)
        SqlArchive(database).bring("b1", 2, ["logo.svg"], bytes(range(256)), NOON)
        yield database


@pytest.fixture
def empty():
    database = Database(fresh.beside())
    yield database
    database.close()


def rows(database):
    with database.read() as connection:
        return transfer.counted(connection)


def test_everything_comes_over_and_is_the_same(used, empty):
    moved = transfer.transfer(used, empty)

    assert moved == rows(used) == rows(empty)
    assert {one.table for one in moved if one.rows} >= {"customers", "subscriptions", "invoices", "walks", "bundles"}
    assert shop_on(empty).biller.audit() == ()
    assert SqlStore(empty).walk("w1") == SqlStore(used).walk("w1")


def test_a_backup_of_sqlite_that_is_brought_back_has_the_same_books(used, tmp_path):
    """While somebody holds it open, as whoever serves does."""
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(tmp_path / "data.db")) as now, closing(sqlite3.connect(copy)) as then:
        now.backup(then)

    holds_what(used, Database(f"sqlite:///{copy}"))


def test_a_backup_of_postgresql_that_is_brought_back_has_the_same_books(used, tmp_path):
    taken, copy = fresh.beside(), fresh.beside()
    transfer.transfer(used, Database(taken))
    backup = tmp_path / "backup"
    run = partial(subprocess.run, check=True, capture_output=True)
    run([postgresql.program("pg_dump"), "--format=custom", f"--file={backup}", f"--dbname={taken}"])
    run([postgresql.program("pg_restore"), "--exit-on-error", f"--dbname={copy}", backup])

    holds_what(used, Database(copy))


def holds_what(before, after):
    """The same rows, tables of our version, books that fit, and one who goes on buying."""
    check_version(after)
    assert rows(after) == rows(before)
    shop = shop_on(after)
    assert shop.biller.audit() == ()
    subscribes(shop, "late")
    assert [invoice.number for invoice in shop.biller.invoices(shop.knows("late").id)] == ["INV-000004"]
    after.close()


def test_what_begins_afterwards_is_counted_on(used, empty):
    transfer.transfer(used, empty)
    shop = shop_on(empty)

    closed = subscribes(shop, "new")

    assert shop.biller.invoice(closed.invoice).number == "INV-000004"
    assert shop.biller.audit() == ()


def test_the_way_back_is_open(used, empty, tmp_path):
    transfer.transfer(used, empty)
    back = Database(f"sqlite:///{tmp_path / 'back.db'}")

    transfer.transfer(empty, back)

    assert rows(back) == rows(used)
    assert shop_on(back).biller.audit() == ()
    back.close()


def test_a_database_that_holds_anything_is_refused_and_left_as_it_is(used, empty):
    transfer.transfer(used, empty)
    with used.write() as connection:
        connection.execute(delete(store_tables.used_links))
    before = rows(empty)

    with pytest.raises(NotMoved, match="is not empty, its table"):
        transfer.transfer(used, empty)

    assert rows(empty) == before


def test_what_is_not_the_same_afterwards_did_not_happen(used, empty, monkeypatch):
    """As if a row had become another one on its way."""

    def spoils(connection, table):
        if table is customers:
            connection.execute(update(customers).where(customers.c.ref == "ada").values(email="other"))

    with monkeypatch.context() as patch:
        patch.setattr(transfer, "_count_on", spoils)
        with pytest.raises(NotMoved, match="the table customers has 3 rows"):
            transfer.transfer(used, empty)

    assert sum(one.rows for one in rows(empty)) == 2, "the two counters that a new database has"


def test_no_table_is_left_behind(used, empty):
    moved = transfer.transfer(used, empty)

    with empty.read() as connection:
        assert {*inspect(connection).get_table_names()} == {one.table for one in moved} | {"alembic_version"}


def test_a_source_of_another_version_is_refused_with_the_command_to_run(empty, tmp_path):
    with pytest.raises(WrongSchema, match="`hosted-pages db upgrade`"):
        transfer.transfer(Database(f"sqlite:///{tmp_path / 'old.db'}"), empty)


DIES = """
import os, signal, sys
from generator.adapters.sql import transfer
from generator.adapters.sql.database import Database

def dies(connection, table):
    if table.name == "subscriptions":
        os.kill(os.getpid(), signal.SIGKILL)

transfer._count_on = dies
transfer.transfer(Database(sys.argv[1]), Database(sys.argv[2]))
"""


def test_one_that_is_killed_half_way_has_done_nothing_and_is_simply_made_again(used, empty):
    words = [sys.executable, "-c", DIES, fresh.address(used), fresh.address(empty)]
    killed = subprocess.run(words, cwd=ROOT, env=dict(os.environ), check=False)
    assert killed.returncode == -signal.SIGKILL

    moved = transfer.transfer(used, empty)

    assert moved == rows(used)


def test_the_verb_says_what_came_over(used, empty):
    command = [sys.executable, "-m", "generator", "db", "transfer", fresh.address(used), fresh.address(empty)]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    again = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)

    told = {line.split()[0]: line.split()[1] for line in done.stdout.splitlines()}
    assert done.returncode == 0, done.stderr
    assert told["invoices"] == "3"
    assert again.returncode == 2
    assert "is not empty" in again.stderr


def test_rows_that_hold_the_same_in_another_order_have_the_same_hash(empty, tmp_path):
    transfer.schema.upgrade(empty)
    with fresh.sqlite(tmp_path) as other:
        for database, ids in ((empty, "ab"), (other, "ba")):
            with database.write() as connection:
                for id in ids:
                    connection.execute(insert(store_tables.used_links).values(id=id, by="x", until=NOON))
                assert connection.scalar(select(store_tables.used_links.c.until).limit(1)) == NOON
        assert rows(empty) == rows(other)
