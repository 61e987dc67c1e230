"""`hosted-pages db`: looks after the database."""

import click

from generator import wiring
from generator.adapters.sql import schema
from generator.adapters.sql import transfer as moving
from generator.adapters.sql.database import Database
from generator.cli import environment
from generator.ports.trouble import Unavailable

FORMS = "An address is sqlite:///FILE or postgresql://USER@HOST/NAME; a password is better kept in ~/.pgpass."


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Make the tables, or bring them to this version. Does nothing where nothing is to be done."""
    settings = environment.settings()
    try:
        schema.upgrade(wiring.database(settings))
    except (schema.WrongSchema, wiring.Unset, Unavailable) as fault:
        raise click.UsageError(str(fault)) from fault
    click.echo("the database is up to date", err=True)


@db.command(epilog=FORMS)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def transfer(source: str, target: str) -> None:
    """Bring everything from one database into another that is empty, such as from SQLite to PostgreSQL.

    All of it comes over, or nothing: when it breaks off, do it again. Stop whatever serves from FROM before. Each table
    is printed with its rows and a hash over them, which were the same in both when it was done.
    """
    try:
        moved = moving.transfer(Database(source), Database(target))
    except (schema.WrongSchema, moving.NotMoved, Unavailable, ValueError) as fault:
        raise click.UsageError(str(fault)) from fault
    for one in moved:
        click.echo(f"{one.table:<20}{one.rows:>10}  {one.hash[:16]}")
    click.echo(f"{sum(one.rows for one in moved)} rows in {len(moved)} tables came over", err=True)
