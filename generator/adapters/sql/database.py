"""One unit of work: all of it or nothing, and one word for a database that does not answer."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Connection, exc
from sqlalchemy.sql.dml import Insert, Update

from generator.adapters.sql.engine import open_engine
from generator.ports.trouble import Unavailable

UNIQUE = "23505"
"""What PostgreSQL says of a second row of the same name."""

READ_ONLY = "25006"
"""What a PostgreSQL that only follows another one says when it is asked to change something."""


class Database:
    """One merchant's data, by its URL."""

    def __init__(self, url: str, patience: timedelta = timedelta(seconds=5)) -> None:
        self._engine = open_engine(url, patience)
        self._writing = self._engine.execution_options(writes=True)
        self._alone = self._writing.execution_options(waits=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Look, and change nothing."""
        with _unavailable_when_down(()), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Change things: committed when the block ends, undone when it raises. Never ask anybody outside in here."""
        with _unavailable_when_down((READ_ONLY,)), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def write_alone(self) -> Iterator[Connection]:
        """As `write`, but its turn is waited for however long others write: on SQLite, where one writes at a time."""
        with _unavailable_when_down((READ_ONLY,)), self._alone.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def won(connection: Connection, insert: Insert | Update) -> bool:
    """Whether this row is the first of its name; False where another such row is already there."""
    try:
        with connection.begin_nested():
            connection.execute(insert)
    except exc.IntegrityError as fault:
        if not _is_there(fault):
            raise
        return False
    return True


def _is_there(fault: exc.IntegrityError) -> bool:
    """Whether such a row is there already, and not another that it needs is missing."""
    if isinstance(fault.orig, sqlite3.Error):
        return fault.orig.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
    return getattr(fault.orig, "sqlstate", None) == UNIQUE


@contextmanager
def _unavailable_when_down(states: tuple[str, ...]) -> Iterator[None]:
    """These states of PostgreSQL are no fault of ours either."""
    try:
        yield
    except exc.TimeoutError as fault:
        raise Unavailable("all connections to the database are in use") from fault
    except exc.DBAPIError as fault:
        if _down(fault) or getattr(fault.orig, "sqlstate", None) in states:
            raise Unavailable("the database does not answer now") from fault
        raise


def _down(fault: exc.DBAPIError) -> bool:
    """Locked, full, unreadable, shut down or out of reach, and not a fault in what we asked."""
    if isinstance(fault.orig, sqlite3.Error):
        # The driver says OperationalError for a table that does not exist, too: that one is plain SQLITE_ERROR.
        return isinstance(fault, exc.OperationalError) and fault.orig.sqlite_errorcode != sqlite3.SQLITE_ERROR
    return isinstance(fault, exc.OperationalError) or fault.connection_invalidated
