"""`hosted-pages db`: looks after the database."""

import click

from generator import wiring
from generator.adapters.sql import schema
from generator.cli import environment


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Make the tables, or bring them to this version. Does nothing where nothing is to be done."""
    settings = environment.settings()
    try:
        schema.upgrade(wiring.database(settings))
    except schema.WrongSchema as wrong:
        raise click.UsageError(str(wrong)) from wrong
    click.echo("the database is up to date", err=True)
