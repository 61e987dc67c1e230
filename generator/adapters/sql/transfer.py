"""Moving a merchant's data to another database: all of it or nothing, and compared row by row afterwards."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from generator.adapters.sql import ledger_tables, schema, store_tables, stripe_tables
from generator.adapters.sql.database import Database
from generator.adapters.sql.metadata import metadata

AT_ONCE = 500
"""How many rows are held in memory and written together."""

ROOMS = (ledger_tables, store_tables, stripe_tables)
"""Whoever imports these knows all tables: they are what `metadata` lists."""


class NotMoved(Exception):
    """Nothing was changed in either database; the message says why, and what to do."""


@dataclass(frozen=True)
class Moved:
    """A table: how many rows it has, and a hash over all of them, the same in both databases."""

    table: str
    rows: int
    hash: str


def transfer(source: Database, target: Database) -> tuple[Moved, ...]:
    """Bring everything into a database that has nothing in it. Raises `NotMoved`.

    What the source says is one moment. The target has all of it when this returns and nothing when it does not, however
    it ends: it is one transaction. Nobody should be serving from the source meanwhile, or what they do there is left.
    """
    schema.check_version(source)
    schema.upgrade(target)
    with source.read() as old, target.write() as new:
        schema.take_time(new)
        _refuse_unless_empty(new)
        _clear(new)
        for table in metadata.sorted_tables:
            for rows in _rows(old, table):
                new.execute(insert(table), rows)
            _count_on(new, table)
        before, after = counted(old), counted(new)
        for one, other in zip(before, after, strict=True):
            if one != other:
                raise NotMoved(
                    f"the table {one.table} has {one.rows} rows and came to be {other.rows}, or they differ: nothing "
                    "was changed; look whether somebody writes into the other database, and try again"
                )
    return after


def counted(connection: Connection) -> tuple[Moved, ...]:
    """All tables with how many rows they have and a hash over them."""
    return tuple(_digest(connection, table) for table in metadata.sorted_tables)


def _digest(connection: Connection, table: Table) -> Moved:
    digests, count = 0, 0
    for rows in _rows(connection, table):
        for row in rows:
            # Databases sort text differently: the sum of the rows' hashes is the same in any order.
            digests = (digests + int.from_bytes(hashlib.sha256(_written(row)).digest())) % 2**256
            count += 1
    return Moved(table.name, count, f"{digests:064x}")


def _written(row: Mapping[str, Any]) -> bytes:
    return repr([(name, _plain(value)) for name, value in sorted(row.items())]).encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _rows(connection: Connection, table: Table) -> Iterator[Sequence[dict[str, Any]]]:
    """Some at a time."""
    found = connection.execute(select(table).execution_options(yield_per=AT_ONCE))
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]


def _refuse_unless_empty(connection: Connection) -> None:
    """All that may be there is what the tables were made with: counters that have counted nothing."""
    for table in metadata.sorted_tables:
        rows = connection.execute(select(table).limit(3)).mappings().all()
        if any(table.name != "counters" or row["last"] for row in rows):
            raise NotMoved(f"the database to go to is not empty, its table {table.name} has rows: name a new one")


def _clear(connection: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts positions by a sequence, which does not see what is written with a position of its own."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    last = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
    connection.execute(select(func.setval(sequence, last, False)))
