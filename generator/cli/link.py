"""`hosted-pages link`: makes an encrypted way in for one customer."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NoReturn

import click

from generator.cli import environment
from generator.compiler.nearest import suggestion
from generator.model.site import Site
from generator.model.workflow import PURPOSES, Thing
from generator.runtime import links
from generator.runtime.links import Link


@click.command()
@click.argument("workflow")
@click.option("--customer", required=True, help="The customer, by the merchant's own name for them.")
@click.option("--plan", default="", help="The plan, for a workflow that begins with one.")
@click.option("--subscription", default="", help="The subscription's id, for a workflow that changes one.")
@click.option("--target", default="", help="The id of a prepared one that is to replace it.")
@click.option("--invoice", default="", help="The invoice's number, for a workflow that is about one.")
@click.option("--language", default="", help="The language to open in, if not the customer's own.")
@click.option("--hours", default=24, show_default=True, type=click.IntRange(1, 24 * 30), help="How long it is good.")
def link(
    workflow: str, customer: str, plan: str, subscription: str, target: str, invoice: str, language: str, hours: int
) -> None:
    """Print a link that opens WORKFLOW for one customer and nobody else.

    WORKFLOW is a workflow's id such as subscribe_to_plan, or `portal`, or `portal/invoices`.
    """
    parts = environment.parts()
    site = parts.library.current.site
    _known(workflow, site)
    who = parts.biller.customer_by_ref(customer)
    if who is None:
        raise click.UsageError(f'there is no customer "{customer}"')
    if workflow in PURPOSES and PURPOSES[workflow].visitor:
        says = f"{workflow} is for visitors, who are no customers yet: its address is {parts.base_url}/start/{workflow}"
        raise click.UsageError(f"{says}?plan=…")
    about = PURPOSES[workflow].about if workflow in PURPOSES else ()
    if "plan" in about and parts.biller.plan(plan) is None:
        _unknown(workflow, "plan", plan, [known.ref for known in parts.biller.catalog().plans])
    ids = [known.id for known in parts.biller.subscriptions(who.id)]
    if "subscription" in about and subscription not in ids:
        _unknown(workflow, "subscription", subscription, ids)
    if "target" in about and target not in ids:
        _unknown(workflow, "target", target, ids)
    invoices = {known.number: known.id for known in parts.biller.invoices(who.id)}
    if "invoice" in about and invoice not in invoices:
        _unknown(workflow, "invoice", invoice, list(invoices))
    made = Link(customer, workflow, plan, subscription, target, invoices.get(invoice, ""), language)
    click.echo(links.make(made, parts.links, parts.base_url, parts.clock.now(), timedelta(hours=hours)))


def _unknown(workflow: str, thing: Thing, said: str, known: Sequence[str]) -> NoReturn:
    """The workflow is about a thing that was not said, or that there is none of."""
    kind = "subscription" if thing == "target" else thing
    says = f'there is no plan "{said}"' if thing == "plan" else f'the customer has no {kind} "{said}"'
    raise click.UsageError(f"{says if said else f'{workflow} needs to know: say --{thing}'}; {suggestion(said, known)}")


def _known(workflow: str, site: Site) -> None:
    pages = ["portal", *(f"portal/{section.id}" for section in site.portal.sections)]
    names = [offered.id for offered in site.workflows] + pages
    if workflow not in names:
        raise click.UsageError(f'"{workflow}" is no workflow of this definition; {suggestion(workflow, names)}')
