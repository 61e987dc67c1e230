"""`hosted-pages consents`: what a customer agreed to, word for word."""

import json

import click

from generator import record
from generator.cli import environment


@click.command()
@click.option("--customer", required=True, help="The customer, by the merchant's own name for them.")
def consents(customer: str) -> None:
    """Print every box that the customer was shown when they committed to something, one JSON object a line.

    Each has the words that stood beside it, whether it was ticked, the language, the time in UTC, the bundle that
    showed it, and the subscription or invoice that came of it. The oldest comes first; none is ever changed.
    """
    parts = environment.parts()
    who = parts.biller.customer_by_ref(customer)
    if who is None:
        raise click.UsageError(f'there is no customer "{customer}"')
    for agreement in parts.biller.consents(who.id):
        click.echo(json.dumps(json.loads(record.write(agreement)), ensure_ascii=False))
