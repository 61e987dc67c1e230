"""`hosted-pages link`: makes an encrypted way in for one customer."""

from datetime import timedelta

import click

from generator.cli import environment
from generator.compiler.nearest import suggestion
from generator.model.site import Site
from generator.runtime import links
from generator.runtime.links import Link


@click.command()
@click.argument("workflow")
@click.option("--customer", required=True, help="The customer, by the merchant's own name for them.")
@click.option("--plan", default="", help="The plan, for a workflow that begins with one.")
@click.option("--language", default="", help="The language to open in, if not the customer's own.")
@click.option("--hours", default=24, show_default=True, type=click.IntRange(1, 24 * 30), help="How long it is good.")
def link(workflow: str, customer: str, plan: str, language: str, hours: int) -> None:
    """Print a link that opens WORKFLOW for one customer and nobody else.

    WORKFLOW is a workflow's id such as subscribe_to_plan, or `portal`, or `portal/invoices`.
    """
    parts = environment.parts()
    site = parts.library.current.site
    _known(workflow, site)
    if parts.biller.customer_by_ref(customer) is None:
        raise click.UsageError(f'there is no customer "{customer}"')
    if workflow == "subscribe_to_plan" and parts.biller.plan(plan) is None:
        refs = [known.ref for known in parts.biller.catalog().plans]
        says = f'there is no plan "{plan}"' if plan else "subscribe_to_plan begins with a plan: say --plan"
        raise click.UsageError(f"{says}; {suggestion(plan, refs)}")
    made = Link(customer, workflow, plan, language)
    click.echo(links.make(made, parts.links, parts.base_url, parts.clock.now(), timedelta(hours=hours)))


def _known(workflow: str, site: Site) -> None:
    pages = ["portal", *(f"portal/{section.id}" for section in site.portal.sections)]
    names = [offered.id for offered in site.workflows] + pages
    if workflow not in names:
        raise click.UsageError(f'"{workflow}" is no workflow of this definition; {suggestion(workflow, names)}')
