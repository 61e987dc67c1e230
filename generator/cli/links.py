"""`hosted-pages links`: what a customer can be linked to now, and an end to all links that they have."""

import click

from generator.cli import environment
from generator.cli.link import known_customer
from generator.runtime import rels
from generator.runtime.ways_in import WaysIn


@click.group()
def links() -> None:
    """List what a customer can be linked to now, or revoke all links that they have."""


@links.command(name="list")
@click.option("--customer", required=True, help="The customer, by the merchant's own name for them.")
def listed(customer: str) -> None:
    """Print everything that makes sense for the customer now, one a line: what, about what, and its old names."""
    parts = environment.parts()
    for way in WaysIn(parts).applying(known_customer(parts, customer)):
        about = " ".join(f"{thing}={what}" for thing, what in way.subject.said.items())
        old = ",".join(rels.rels(way.to, way.subject))
        click.echo("\t".join((way.to, about, old)))


@links.command()
@click.option("--customer", required=True, help="The customer, by the merchant's own name for them.")
def revoke(customer: str) -> None:
    """End all links that were made for the customer until now, and sign them out everywhere."""
    parts = environment.parts()
    WaysIn(parts).revoke(known_customer(parts, customer))
    click.echo(f"no link made for {customer} until now opens anything any more", err=True)
