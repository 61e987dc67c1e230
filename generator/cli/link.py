"""`hosted-pages link`: makes an encrypted way in for one customer."""

from collections.abc import Sequence
from datetime import timedelta

import click

from generator.cli import environment
from generator.compiler.nearest import suggestion
from generator.model.invoice import Invoice
from generator.model.site import Site
from generator.runtime import links
from generator.runtime.links import Link


@click.command()
@click.argument("workflow")
@click.option("--customer", required=True, help="The customer, by the merchant's own name for them.")
@click.option("--plan", default="", help="The plan, for a workflow that begins with one.")
@click.option("--invoice", default="", help="The invoice's number, for a workflow that is about one.")
@click.option("--language", default="", help="The language to open in, if not the customer's own.")
@click.option("--hours", default=24, show_default=True, type=click.IntRange(1, 24 * 30), help="How long it is good.")
def link(workflow: str, customer: str, plan: str, invoice: str, language: str, hours: int) -> None:
    """Print a link that opens WORKFLOW for one customer and nobody else.

    WORKFLOW is a workflow's id such as subscribe_to_plan, or `portal`, or `portal/invoices`.
    """
    parts = environment.parts()
    site = parts.library.current.site
    _known(workflow, site)
    who = parts.biller.customer_by_ref(customer)
    if who is None:
        raise click.UsageError(f'there is no customer "{customer}"')
    if workflow == "subscribe_to_plan" and parts.biller.plan(plan) is None:
        refs = [known.ref for known in parts.biller.catalog().plans]
        says = f'there is no plan "{plan}"' if plan else "subscribe_to_plan begins with a plan: say --plan"
        raise click.UsageError(f"{says}; {suggestion(plan, refs)}")
    found = _invoice(parts.biller.invoices(who.id), invoice) if workflow == "pay_invoice" else ""
    made = Link(customer, workflow, plan, found, language)
    click.echo(links.make(made, parts.links, parts.base_url, parts.clock.now(), timedelta(hours=hours)))


def _invoice(invoices: Sequence[Invoice], number: str) -> str:
    """The id of the customer's invoice with this number."""
    ids = {invoice.number: invoice.id for invoice in invoices}
    if number not in ids:
        says = f'the customer has no invoice "{number}"' if number else "pay_invoice is about an invoice: say --invoice"
        raise click.UsageError(f"{says}; {suggestion(number, ids)}")
    return ids[number]


def _known(workflow: str, site: Site) -> None:
    pages = ["portal", *(f"portal/{section.id}" for section in site.portal.sections)]
    names = [offered.id for offered in site.workflows] + pages
    if workflow not in names:
        raise click.UsageError(f'"{workflow}" is no workflow of this definition; {suggestion(workflow, names)}')
