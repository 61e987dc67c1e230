"""Opening a database so that what it has committed survives a power cut, and nobody waits for ever."""

import selectors
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, exc, make_url

Begin = Callable[[Connection], None]
"""What is said to the database at the begin of each transaction."""

DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
"""The driver that is ours, where an address names none."""

GONE_AFTER = timedelta(minutes=1)
"""How long a transaction may ask for nothing before it is undone: whoever began it has gone."""

HOWEVER_LONG = timedelta(hours=1)
"""How long whoever must have its turn waits for it on SQLite, which knows no wait without an end."""


def open_engine(url: str, patience: timedelta) -> Engine:
    """An engine that waits for others at most this long, on SQLite and on PostgreSQL alike.

    Values stay out of its error messages: they are personal data, and messages end in logs.
    """
    address = _address(url)
    said = {"pool_timeout": patience.total_seconds(), "hide_parameters": True}
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, **said)
        event.listen(engine, "connect", _prepare_sqlite(patience))
        event.listen(engine, "begin", _begin_sqlite(patience))
        return engine
    engine = _postgresql(address, said)
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "checkout", _refuse_hung_up)
    event.listen(engine, "begin", _begin_postgresql(patience))
    event.listen(engine, "handle_error", _keep_values_out)
    return engine


def _address(url: str) -> URL:
    address = make_url(url)
    address = address.set(drivername=DRIVERS.get(address.drivername, address.drivername))
    match address.get_backend_name():
        case "sqlite" if address.database in (None, "", ":memory:"):
            raise ValueError("a database in memory is another one for each thread: name a file, sqlite:///data.db")
        case "sqlite" | "postgresql":
            return address
        case other:
            raise ValueError(f"{other} is not a database that we know: write sqlite:///… or postgresql://…")


def _prepare_sqlite(patience: timedelta) -> Callable[[Any, Any], None]:
    pragmas = (
        f"PRAGMA busy_timeout = {_milliseconds(patience)}",  # first: the others may have to wait
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
    )

    def prepare(connection: Any, _: Any) -> None:
        # The driver would begin by itself, only before the first change and never IMMEDIATE: `_begin_sqlite` does.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(pragma)
        _log_ahead(connection, patience)

    return prepare


def _log_ahead(connection: sqlite3.Connection, patience: timedelta) -> None:
    """Readers and a writer do not wait for each other: written in the file once, by whoever opens it first.

    Of several that open a new file at the same moment SQLite refuses all but one at once, however long they would wait.
    """
    until = time.monotonic() + patience.total_seconds()
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(patience: timedelta) -> Begin:
    """A writer takes its place at once: two that read first and write later would both fail as locked."""

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("writes", False):
            connection.exec_driver_sql("BEGIN")
        elif options.get("waits", False):
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_milliseconds(HOWEVER_LONG)}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_milliseconds(patience)}")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return begin


def _postgresql(address: URL, said: dict[str, Any]) -> Engine:
    """Nothing is prepared on the server: a pool in between may lend another connection for the next transaction."""
    unprepared = {"prepare_threshold": None}
    try:
        return create_engine(address, use_native_hstore=False, connect_args=unprepared, **said)
    except ModuleNotFoundError as missing:
        raise ValueError(f"{missing.name} speaks with PostgreSQL: pip install 'hosted-pages[serve,postgres]'") from None


def _prepare_postgresql(connection: Any, _: Any) -> None:
    """The driver would begin by itself, which is a message of its own: `_begin_postgresql` says it all in one."""
    connection.autocommit = True


def _refuse_hung_up(connection: Any, *_: Any) -> None:
    """A server that stops says goodbye: to look whether it did costs nothing, to ask whether it is there a message."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection.pgconn.socket, selectors.EVENT_READ)
        if selector.select(0):
            raise exc.InvalidatePoolError("the server has hung up")


def _begin_postgresql(patience: timedelta) -> Begin:
    """Said for each transaction anew: between us and the server may be a pool that gives each another connection.

    What is read is one moment, as on SQLite. What is written locks the rows that it hangs on.
    """
    waits = f"SET LOCAL lock_timeout = {_milliseconds(patience)}"
    gone = f"SET LOCAL idle_in_transaction_session_timeout = {_milliseconds(GONE_AFTER)}"

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(f"BEGIN; {waits}; {gone}")
        else:
            connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return begin


def _keep_values_out(context: ExceptionContext) -> None:
    """PostgreSQL quotes in its details what was in a row: of what it says, its first sentence is enough."""
    fault, wrapped = context.original_exception, context.sqlalchemy_exception
    said = getattr(getattr(fault, "diag", None), "message_primary", None)
    if said and wrapped is not None:
        fault.args = (said,)
        wrapped.args = (f"({type(fault).__name__}) {said}",)


def _milliseconds(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)
