"""Bringing a database to the tables of this code, and refusing one that has others."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from generator.adapters.sql.database import Database

MIGRATIONS = "generator.adapters.sql:migrations"
"""The folder of all changes to the tables, as Alembic names it."""


class WrongSchema(Exception):
    """The tables are not those that this code needs; the message says what to do."""


def upgrade(database: Database) -> None:
    """Make or change all tables, in one transaction: when it fails, the database is as it was before."""
    with database.write() as connection:
        take_time(connection)
        _wait_for_others(connection)
        config = _config()
        _refuse_newer(connection, ScriptDirectory.from_config(config))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_version(database: Database) -> None:
    """Raise `WrongSchema` unless the tables are exactly those of this code."""
    scripts = ScriptDirectory.from_config(_config())
    with database.read() as connection:
        _refuse_newer(connection, scripts)
        version = _version(connection)
    if version != scripts.get_current_head():
        found = f"is at version {version}" if version else "has no tables yet"
        needed = scripts.get_current_head()
        raise WrongSchema(f"the database {found}, this program needs version {needed}: run `hosted-pages db upgrade`")


def take_time(connection: Connection) -> None:
    """Nobody takes this transaction for one that was left, however long we think in between."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def _wait_for_others(connection: Connection) -> None:
    """Several hosts may start at once: one makes the tables, however long that takes, and the others have them then.

    On SQLite any writer is alone already.
    """
    if connection.dialect.name == "postgresql":
        patience = connection.exec_driver_sql("SHOW lock_timeout").scalar_one()
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('hosted-pages db upgrade'))")
        # Changing a table waits for whoever reads it, and those who come later wait behind: not for long, rather again.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience}'")


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    version = _version(connection)
    if version and version not in {script.revision for script in scripts.walk_revisions()}:
        raise WrongSchema(
            f"the database is at version {version}, newer than this program, which knows it up to version "
            f"{scripts.get_current_head()}: run the release of hosted-pages whose `hosted-pages db upgrade` made it so"
        )


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    return config
