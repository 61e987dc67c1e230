"""Opening a database so that what it has committed survives a power cut, and nobody waits for ever."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

Prepare = Callable[[Any, Any], None]
"""What is done to each new connection of the driver."""


def open_engine(url: str, patience: timedelta) -> Engine:
    """An engine that waits for others at most this long, on SQLite and on PostgreSQL alike.

    Values stay out of its error messages: they are personal data, and messages end in logs.
    """
    prepare = _prepare(url, patience)
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=patience.total_seconds(), hide_parameters=True)
    event.listen(engine, "connect", prepare)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare(url: str, patience: timedelta) -> Prepare:
    address = make_url(url)
    match address.get_backend_name():
        case "sqlite" if address.database in (None, "", ":memory:"):
            raise ValueError("a database in memory is another one for each thread: name a file, sqlite:///data.db")
        case "sqlite":
            return _prepare_sqlite(patience)
        case "postgresql":
            return _prepare_postgresql(patience)
        case other:
            raise ValueError(f"{other} is not a database that we know: write sqlite:///… or postgresql+psycopg://…")


def _prepare_sqlite(patience: timedelta) -> Prepare:
    pragmas = (
        f"PRAGMA busy_timeout = {_milliseconds(patience)}",  # first: the others may have to wait
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
    )

    def prepare(connection: Any, _: Any) -> None:
        # The driver would begin by itself, only before the first change and never IMMEDIATE: `_begin_sqlite` does.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(pragma)

    return prepare


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its place at once: two that read first and write later would both fail as locked."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(patience: timedelta) -> Prepare:
    def prepare(connection: Any, _: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {_milliseconds(patience)}")
        connection.commit()

    return prepare


def _milliseconds(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)
