"""Bringing a database to the tables of this code, and refusing one that has others."""

import logging
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from generator.adapters.sql.database import Database

MIGRATIONS = "generator.adapters.sql:migrations"
"""The folder of all changes to the tables, as Alembic names it."""


logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)


class WrongSchema(Exception):
    """The tables are not those that this code needs; the message says what to do."""


def upgrade(database: Database) -> None:
    """Make or change all tables, in one transaction: when it fails, the database is as it was before."""
    with database.write_alone() as connection:
        take_time(connection)
        wait_for_others(connection)
        config = _config()
        _refuse_newer(_version(connection), *_versions(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_version(database: Database) -> None:
    """Raise `WrongSchema` unless the tables are exactly those of this code."""
    needed, known = _versions(MIGRATIONS)
    with database.read() as connection:
        version = _version(connection)
    _refuse_newer(version, needed, known)
    if version != needed:
        found = f"is at version {version}" if version else "has no tables yet"
        raise WrongSchema(f"the database {found}, this program needs version {needed}: run `hosted-pages db upgrade`")


def take_time(connection: Connection) -> None:
    """Nobody takes this transaction for one that was left, however long we think in between."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def wait_for_others(connection: Connection) -> None:
    """Several hosts may start at once: one makes the tables, however long that takes, and the others have them then.

    On SQLite any writer is alone, and has waited as long before it got here.
    """
    if connection.dialect.name == "postgresql":
        patience = connection.exec_driver_sql("SHOW lock_timeout").scalar_one()
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('hosted-pages db upgrade'))")
        # Changing a table waits for whoever reads it, and those who come later wait behind: not for long, rather again.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience}'")


def _refuse_newer(version: str | None, needed: str, known: frozenset[str]) -> None:
    if version and version not in known:
        raise WrongSchema(
            f"the database is at version {version}, newer than this program, which knows it up to version {needed}: "
            "run the release of hosted-pages whose `hosted-pages db upgrade` made it so"
        )


@cache
def _versions(migrations: str) -> tuple[str, frozenset[str]]:
    """The version that the migrations in this folder lead to, and all on the way. A proxy asks for them all day."""
    scripts = ScriptDirectory.from_config(_config())
    return scripts.get_current_head() or "", frozenset(script.revision for script in scripts.walk_revisions())


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    return config
