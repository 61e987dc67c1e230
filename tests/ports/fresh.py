"""A fresh database for each test, on SQLite and on PostgreSQL: brought to our tables once, then copied or emptied."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from functools import cache
from itertools import count
from os import getpid
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import sql
from sqlalchemy import insert, make_url, select

from generator.adapters.sql import ledger_tables, store_tables, stripe_tables
from generator.adapters.sql.database import Database
from generator.adapters.sql.metadata import metadata
from generator.adapters.sql.schema import upgrade
from tests.support import postgresql as server

Fresh = Callable[[Path], AbstractContextManager[Database]]
"""Makes a database in this folder, or beside it, with our tables and nothing in them."""

TABLES = (ledger_tables, store_tables, stripe_tables)
"""Imported so that `metadata` knows them."""

_numbers = count(1)
_emptied: list[Database] = []


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """In a file: copying one is thirty times faster than making the tables."""
    file = folder / "data.db"
    file.write_bytes(upgraded())
    database = Database(f"sqlite:///{file}")
    try:
        yield database
    finally:
        database.close()


@contextmanager
def postgresql(folder: Path) -> Iterator[Database]:
    """One that another test has left, emptied, because making one takes ten times as long; else a new one."""
    database = _emptied.pop() if _emptied else Database(beside(upgraded_template()))
    yield database
    _empty(database)
    _emptied.append(database)


ENGINES: tuple[Fresh, ...] = (sqlite, postgresql)


def address(database: Database) -> str:
    """As another process would open it."""
    return database._engine.url.render_as_string(hide_password=False)


def again(database: Database) -> Database:
    """Another host's view of it, with connections of its own and as patient as a machine that does much else needs."""
    return Database(address(database), timedelta(minutes=1))


@cache
def upgraded() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder, "data.db")
        database = Database(f"sqlite:///{file}")
        upgrade(database)
        database.close()
        return file.read_bytes()


def beside(template: str = "template1") -> str:
    """The address of a new database on the run's server, like this one."""
    name = f"d{getpid()}_{next(_numbers)}"
    with server.admin(server.shared()) as connection:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        connection.execute(words.format(sql.Identifier(name), sql.Identifier(template)))
    return server.url(server.shared(), name)


@cache
def upgraded_template() -> str:
    """The name of a database with our tables, which nobody is connected to."""
    url = beside()
    database = Database(url)
    upgrade(database)
    database.close()
    return str(make_url(url).database)


@cache
def _at_first() -> dict[str, list[dict[str, object]]]:
    """What is in the tables when they are made, by table."""
    database = Database(server.url(server.shared(), upgraded_template()))
    with database.read() as connection:
        rows = {name: connection.execute(select(table)).mappings().all() for name, table in metadata.tables.items()}
    database.close()
    return {name: [dict(row) for row in found] for name, found in rows.items() if found}


def _empty(database: Database) -> None:
    """Everything is deleted, which is ten times faster than TRUNCATE for the few rows of a test, and counts anew."""
    first = _at_first()
    with database.write() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        restarted = "SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence"
        connection.exec_driver_sql(restarted)
        for name, rows in first.items():
            connection.execute(insert(metadata.tables[name]), rows)
