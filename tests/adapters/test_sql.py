"""The database under store and ledger: what it survives, whom it lets in, and what it refuses."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from traceback import format_exception

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import exc, insert, inspect, select, update

from generator import record
from generator.adapters.sql import ledger_tables, schema, store_tables, stripe_tables
from generator.adapters.sql.database import Database
from generator.adapters.sql.metadata import metadata
from generator.adapters.sql.schema import WrongSchema, check_version, upgrade
from generator.adapters.store import SqlStore
from generator.model.customer import BillingInfo
from generator.model.quote import Request, Subscribe
from generator.model.walk import Subject, Walk
from generator.ports.trouble import Unavailable
from tests.ports import fresh
from tests.ports.together import together

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
OFFICE = BillingInfo(email="ada@example.com", name="Ada")
SOON = timedelta(milliseconds=50)
COUNTERS = ledger_tables.counters
DELIVERIES = store_tables.deliveries
CHARGES = stripe_tables.stripe_charges


def in_a_file(folder):
    return f"sqlite:///{folder}/data.db"


def on_a_server(_):
    return fresh.beside()


ON_SQLITE = pytest.mark.parametrize("url", [in_a_file], ids=["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("url", [on_a_server], ids=["postgresql"], indirect=True)


@pytest.fixture(params=[in_a_file, on_a_server], ids=["sqlite", "postgresql"])
def url(request, tmp_path):
    return request.param(tmp_path)


@pytest.fixture
def opens(url):
    """Another process, as it were, that opens the same database."""
    with ExitStack() as stack:

        def program(patience=timedelta(seconds=5), url=url):
            database = Database(url, patience)
            stack.callback(database.close)
            return database

        yield program


@pytest.fixture
def database(opens):
    database = opens()
    upgrade(database)
    return database


def count(database, name):
    with database.write() as connection:
        connection.execute(insert(COUNTERS).values(name=name, last=1))


def counted(database):
    with database.read() as connection:
        return set(connection.scalars(select(COUNTERS.c.name)))


# What it survives


@ON_SQLITE
def test_every_connection_is_safe_against_power_cuts_and_wrong_references(database):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    with database.read() as one, database.read() as another, database.write() as third:
        for connection in (one, another, third):
            assert wanted == {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}


def test_a_block_that_raises_is_undone(database):
    def break_off():
        with database.write() as connection:
            connection.execute(insert(COUNTERS).values(name="lost", last=1))
            raise LookupError

    with pytest.raises(LookupError):
        break_off()
    assert counted(database) == {"invoice", "credit_note"}


KILLED = """
import os, signal, sys
from sqlalchemy import insert
from generator.adapters.sql.database import Database
from generator.adapters.sql.ledger_tables import counters

database = Database(sys.argv[1])
for name in ("kept", "lost"):
    with database.write() as connection:
        connection.execute(insert(counters).values(name=name, last=1))
        if name == "lost":
            os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_killed_leaves_what_it_committed_and_nothing_else(database, url):
    killed = subprocess.run([sys.executable, "-c", KILLED, url], cwd=Path(__file__).parents[2])

    assert killed.returncode == -9
    assert counted(database) == {"invoice", "credit_note", "kept"}

    count(database, "after")
    assert counted(database) == {"invoice", "credit_note", "kept", "after"}


# Whom it lets in


@ON_SQLITE
def test_a_second_writer_waits_outside_even_before_the_first_has_written(database, opens):
    with database.write(), pytest.raises(Unavailable), opens(SOON).write():
        pytest.fail("two writers at once")


@ON_SQLITE
def test_a_locked_database_is_unavailable_only_as_long_as_it_is_locked(database, opens):
    other = opens(SOON)
    with database.write(), pytest.raises(Unavailable):
        count(other, "early")
    count(other, "late")

    assert counted(database) == {"invoice", "credit_note", "late"}


@ON_POSTGRESQL
def test_a_locked_row_is_unavailable_only_as_long_as_it_is_locked_and_the_others_are_not(database, opens):
    raised = update(COUNTERS).where(COUNTERS.c.name == "invoice").values(last=COUNTERS.c.last + 1)
    other = opens(SOON)
    with database.write() as connection:
        connection.execute(raised)
        with pytest.raises(Unavailable), other.write() as late:
            late.execute(raised)
        count(other, "meanwhile")
    with other.write() as connection:
        connection.execute(raised)
        assert connection.scalar(select(COUNTERS.c.last).where(COUNTERS.c.name == "invoice")) == 2


@ON_POSTGRESQL
def test_two_who_wait_for_each_other_do_not_wait_for_ever(database, opens):
    first, second = opens(), opens()
    start = Barrier(2)

    def takes(database, *names):
        with database.write() as connection:
            for name in names:
                connection.execute(update(COUNTERS).where(COUNTERS.c.name == name).values(last=1))
                start.wait() if name == names[0] else None

    both = together(
        lambda: takes(first, "invoice", "credit_note"),
        lambda: takes(second, "credit_note", "invoice"),
    )
    assert sorted(type(one).__name__ for one in both) == ["NoneType", "Unavailable"]


@ON_POSTGRESQL
def test_what_is_only_read_cannot_be_changed(database):
    with pytest.raises(exc.InternalError), database.read() as connection:
        connection.execute(insert(COUNTERS).values(name="by mistake", last=1))


def test_a_reader_is_not_kept_waiting_and_sees_one_moment(database):
    with database.read() as connection:
        before = set(connection.scalars(select(COUNTERS.c.name)))
        count(database, "meanwhile")

        assert set(connection.scalars(select(COUNTERS.c.name))) == before
    assert counted(database) == {"invoice", "credit_note", "meanwhile"}


def test_when_all_connections_are_in_use_it_is_unavailable(database, opens):
    busy = opens(SOON)
    with ExitStack() as stack:
        for _ in range(15):
            stack.enter_context(busy.read())
        with pytest.raises(Unavailable):
            stack.enter_context(busy.read())
    assert counted(busy) == {"invoice", "credit_note"}


@ON_SQLITE
def test_a_full_disk_is_unavailable_for_what_is_new_and_not_for_what_is_there(database):
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(Unavailable):
        count(database, "n" * 1_000_000)

    assert counted(database) == {"invoice", "credit_note"}


@pytest.mark.parametrize("url", ["sqlite:///{}/nowhere/data.db", "postgresql://nobody@/nothing?host={}"])
def test_a_database_out_of_reach_is_unavailable(url, tmp_path):
    with pytest.raises(Unavailable), Database(url.format(tmp_path)).read():
        pytest.fail("there is no such folder, and nobody listens in the other")


# What it refuses


def test_our_own_mistakes_are_not_called_unavailable(opens):
    with pytest.raises(exc.DBAPIError, match=r"no such table|does not exist"):
        counted(opens())


def test_personal_data_stays_out_of_error_messages(database):
    """Not even in what the database says by itself of the row, or of the key that was there already."""
    mail = {"id": "ada@example.com", "channel": "mail", "about": "code", "written": NOON, "state": "waiting"}
    mail |= {"due": NOON, "tries": 0, "said": "", "record": "ada@example.com"}
    with database.write() as connection:
        connection.execute(insert(DELIVERIES).values(mail))
    for wrong in (mail, {**mail, "id": "m2", "state": None}):
        with pytest.raises(exc.IntegrityError) as fault, database.write() as connection:
            connection.execute(insert(DELIVERIES).values(wrong))

        assert "deliveries" in str(fault.value)
        assert "ada@example.com" not in "".join(format_exception(fault.value))


def test_a_time_without_a_zone_is_refused(database):
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(exc.StatementError, match="no time zone"), database.read() as connection:
        connection.execute(select(DELIVERIES).where(DELIVERIES.c.due < naive))


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/data"])
def test_a_database_that_would_not_keep_its_word_is_refused(address):
    with pytest.raises(ValueError, match="sqlite:///"):
        Database(address)


# Its tables


def test_the_migrations_make_the_tables_of_the_code(database):
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_an_upgraded_database_is_fit_and_stays_so(database):
    count(database, "kept")
    upgrade(database)
    check_version(database)

    assert counted(database) == {"invoice", "credit_note", "kept"}


def test_a_database_without_tables_is_refused_with_the_command_that_makes_them(opens):
    with pytest.raises(WrongSchema, match=r"has no tables yet.*`hosted-pages db upgrade`"):
        check_version(opens())


HEAD = max(file.name[:4] for file in (Path(schema.__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
"""The version that this program needs."""

LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "later", "{head}"


def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer))
"""


@pytest.fixture
def later(tmp_path, monkeypatch):
    """A program with one more table."""
    folder = shutil.copytree(Path(schema.__file__).parent / "migrations", tmp_path / "later")
    (folder / "versions" / "later.py").write_text(LATER.replace("{head}", HEAD))

    @contextmanager
    def program():
        with monkeypatch.context() as patch:
            patch.setattr(schema, "MIGRATIONS", str(folder))
            yield

    return program


def test_an_older_database_is_refused_until_it_is_upgraded(database, later):
    with later():
        with pytest.raises(WrongSchema, match=rf"is at version {HEAD}.*needs version later.*`hosted-pages db upgrade`"):
            check_version(database)
        upgrade(database)
        check_version(database)


def test_quotes_of_the_first_tables_are_still_understood(opens):
    """What a customer had typed and been quoted before an upgrade is there after it."""
    database = opens()
    money = {"minor": 4900, "currency": "EUR"}
    purchase = {"customer": "c1", "plan": "team", "options": {"seats": 3}, "fields": {}, "billing": asdict(OFFICE)}
    moment = "2027-03-01T12:00:00+00:00"
    quote = {
        "id": "q1",
        "purchase": purchase,
        "as_of": moment,
        "valid_until": moment,
        "lines_now": [],
        "due_now": money,
    }
    quote |= {"lines_later": [], "due_later": money, "later_on": None, "period": {"count": 1, "unit": "month"}}
    quote |= {"trial_until": None, "committed_until": None, "method_required": True}
    walk = record.write(Walk("w1", "subscribe_to_plan", "c1", Subject(), "b", "en", NOON, NOON))
    walk = json.dumps({**json.loads(walk), "quote": quote, "subject": "team"})
    with database.write() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = {
            "id": "w1",
            "customer": "c1",
            "workflow": "subscribe_to_plan",
            "subject": "team",
            "version": 1,
            "state": "open",
        }
        connection.execute(insert(store_tables.walks).values(**row, record=walk))

    upgrade(database)

    with database.read() as connection:
        kept = record.read(connection.scalar(select(store_tables.walks.c.record)), Walk)
    assert kept.quote is not None
    assert kept.quote.request == Request("c1", Subscribe("team", {"seats": 3}), OFFICE, {})
    assert kept.subject == Subject(plan="team")
    assert SqlStore(database).open_walk("c1", "subscribe_to_plan", Subject(plan="team")) == kept
    with database.read() as connection:
        found = connection.execute(select(store_tables.walks.c.bundle, store_tables.walks.c.touched)).one()
    assert tuple(found) == ("b", NOON), "what is in the record is beside it, too"


def test_a_newer_database_is_refused_and_left_alone(database, later):
    with later():
        upgrade(database)
    for use in (check_version, upgrade):
        with pytest.raises(WrongSchema, match="version later, newer than this program"):
            use(database)


def test_an_upgrade_that_breaks_off_leaves_the_database_as_it_was(opens):
    database = opens()
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE counters (in_the_way TEXT)")
    with pytest.raises(exc.DBAPIError):
        upgrade(database)

    with database.read() as connection:
        assert inspect(connection).get_table_names() == ["counters"]


KILLS = """
import os, signal, sys
import sqlalchemy as sa
from generator.adapters.sql import schema
from generator.adapters.sql.database import Database

def dies(table, *_, **__):
    if table.name == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)


sa.event.listen(sa.Table, "after_create", dies)
schema.upgrade(Database(sys.argv[1]))
"""


@pytest.mark.parametrize("table", ["walks", "letters"])
def test_a_migration_that_is_killed_is_simply_made_again(opens, url, table):
    """Whatever it had done until then is undone: nobody has to look how far it came."""
    killed = subprocess.run([sys.executable, "-c", KILLS, url, table], cwd=Path(__file__).parents[2])
    database = opens()
    assert killed.returncode == -9
    with pytest.raises(WrongSchema, match="has no tables yet"):
        check_version(database)

    upgrade(database)

    check_version(database)
    assert counted(database) == {"invoice", "credit_note"}


def test_when_several_hosts_start_at_once_one_makes_the_tables_and_all_have_them(opens):
    hosts = [opens() for _ in range(4)]

    assert together(*[lambda host=host: upgrade(host) for host in hosts]) == [None] * 4
    for host in hosts:
        check_version(host)


@ON_SQLITE
def test_a_new_file_is_opened_by_several_at_the_same_moment(tmp_path, opens):
    """SQLite lets one of them prepare it, and sends the others away however long they would have waited."""

    def opened(url):
        with opens(url=url).read():
            pass

    for number in range(20):
        url = in_a_file(tmp_path / str(number))
        (tmp_path / str(number)).mkdir()
        assert together(*[lambda url=url: opened(url) for _ in range(8)]) == [None] * 8


def test_whoever_brings_the_tables_waits_longer_than_anybody_else(opens):
    """Another host may be at it, and that takes as long as it takes."""
    busy, patient = opens(), opens(timedelta(milliseconds=50))
    with ThreadPoolExecutor(1) as other:
        with busy.write() as connection:
            schema.wait_for_others(connection)
            waits = other.submit(upgrade, patient)
            assert wait([waits], timeout=0.5).not_done

        assert waits.result() is None
    check_version(patient)
