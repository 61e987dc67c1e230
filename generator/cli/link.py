"""`hosted-pages link`: makes an encrypted way in for one customer."""

from datetime import timedelta

import click

from generator.cli import environment
from generator.model.customer import Customer
from generator.model.nearest import suggestion
from generator.model.walk import Subject
from generator.model.workflow import PURPOSES
from generator.runtime.parts import Parts
from generator.runtime.ways_in import Unfit, Unlinkable, WaysIn


@click.command()
@click.argument("workflow")
@click.option("--customer", required=True, help="The customer, by the merchant's own name for them.")
@click.option("--plan", default="", help="The plan, for a workflow that begins with one.")
@click.option("--subscription", default="", help="The subscription's id, for a workflow that changes one.")
@click.option("--target", default="", help="The id of a prepared one that is to replace it.")
@click.option("--invoice", default="", help="The invoice's number, for a workflow that is about one.")
@click.option("--recipient", default="", help="Whom it is for, where the customer pays for somebody else.")
@click.option("--promotion", default="", help="A promotion code that is applied from the start.")
@click.option("--language", default="", help="The language to open in, if not the customer's own.")
@click.option(
    "--give", multiple=True, metavar="STEP.FIELD=VALUE", help="A value for a hidden or locked field; may be repeated."
)
@click.option("--hours", type=click.IntRange(1, 24 * 30), help="How long it is good: 24 if not said.")
@click.option("--single-use", is_flag=True, help="Good for one use, by the button of the page that it opens.")
@click.option("--mail", is_flag=True, help="Mail it to the customer instead, good for 7 days, and print the address.")
def link(
    workflow: str,
    customer: str,
    recipient: str,
    promotion: str,
    language: str,
    give: tuple[str, ...],
    hours: int | None,
    single_use: bool,
    mail: bool,
    **about: str,
) -> None:
    """Print a link that opens WORKFLOW for one customer and nobody else.

    WORKFLOW is a workflow's id such as subscribe_to_plan, or `portal`, or `portal/invoices`; the old names such as
    insite-subscribe are understood, too.
    """
    parts = environment.parts()
    ways, who = WaysIn(parts), known_customer(parts, customer)
    if mail and hours:
        raise click.UsageError("a link in a mail is good for 7 days: leave --hours out")
    if workflow in PURPOSES and PURPOSES[workflow].visitor:
        says = f"{workflow} is for visitors, who are no customers yet: its address is {parts.base_url}/start/{workflow}"
        raise click.UsageError(f"{says}?plan=…")
    try:
        given = dict(map(_given, give))
        made = ways.link(
            who, workflow, Subject(**about), language, single_use, recipient=recipient, given=given, promotion=promotion
        )
        if mail:
            ways.mail(who, made)
    except Unfit as fault:
        raise click.UsageError(str(fault)) from fault
    except Unlinkable as fault:
        raise click.UsageError(f"{_says(fault, workflow)}; {suggestion(fault.said, fault.known)}") from fault
    click.echo(who.billing.email if mail else ways.address(made, timedelta(hours=hours) if hours else None))


def known_customer(parts: Parts, ref: str) -> Customer:
    """The customer of this name. Raises `UsageError`."""
    found = parts.biller.customer_by_ref(ref)
    if found is None:
        raise click.UsageError(f'there is no customer "{ref}"')
    return found


def _given(pair: str) -> tuple[str, str]:
    """`source.campaign=spring` in two."""
    name, equals, value = pair.partition("=")
    if not equals or "." not in name:
        raise click.UsageError(f'"{pair}" gives nothing; write it as step.field=value')
    return name, value


def _says(fault: Unlinkable, workflow: str) -> str:
    """What is wrong, in the words of the command line."""
    match fault.thing:
        case "workflow or section":
            return f'"{workflow}" is no workflow of this definition'
        case thing if not fault.known and not fault.said:
            return str(fault)
        case thing if not fault.said:
            return f"{workflow} needs to know: say --{thing}"
        case "plan":
            return str(fault)
        case "recipient":
            return f'{workflow} cannot be for "{fault.said}": there is no such customer, or it is for nobody else'
        case "field":
            return f'{workflow} has no hidden or locked field "{fault.said}"'
        case thing:
            return f'the customer has no {"subscription" if thing == "target" else thing} "{fault.said}"'
