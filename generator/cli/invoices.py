"""The merchant's verbs about invoices that are issued: what the API does, typed by a person."""

from datetime import datetime
from typing import get_args

import click

from generator.cli.merchant import DAY, Group, cursor, limit, page, say, shaped
from generator.model.credit import Back
from generator.runtime.merchant import asked as shapes
from generator.runtime.merchant import invoices, statements
from generator.runtime.merchant.statements import Days
from generator.runtime.merchant.told import Told
from generator.runtime.parts import Parts

reason = click.option("--reason", required=True, help="Why, in your own words; the customer reads it.")


@click.group(cls=Group)
def invoice() -> None:
    """Read invoices; mark one as paid; give money back, take one back, give one up, or note that it is disputed."""


@invoice.command("show")
@click.argument("number")
def show_invoice(number: str) -> None:
    """Print one invoice."""
    say(lambda parts: invoices.show(parts, number))


@invoice.command("list")
@click.option("--customer", required=True, help="The customer, by your own name for them.")
@limit
@cursor
def list_invoices(customer: str, limit: int, cursor: str) -> None:
    """Print the invoices of a customer, newest first."""
    wanted = page(cursor, limit)
    say(lambda parts: invoices.listed(parts, customer, wanted))


@invoice.command()
@click.argument("number")
@click.option(
    "--on", default=None, type=DAY, help="The day on which the money arrived, YYYY-MM-DD; today, if left out."
)
@click.option("--reference", default="", help="What the bank said of it.")
def received(number: str, on: datetime | None, reference: str) -> None:
    """The money for an invoice has arrived: it is paid."""
    body = shaped(shapes.ReceivedAsked, {"on": on.date() if on else None, "reference": reference})
    say(lambda parts: invoices.receive(parts, number, body))


@invoice.command("refund")
@click.argument("number")
@click.option("--amount", default=None, type=int, help="In minor units, tax included; all that is left, if left out.")
@click.option(
    "--back",
    default=None,
    type=click.Choice(get_args(Back)),
    help="As it was paid, or by a transfer that you make; as it was paid, if left out.",
)
@reason
@click.option("--key", default="", help="The same key again of the same invoice is the same refund.")
def refund_invoice(number: str, amount: int | None, back: Back | None, reason: str, key: str) -> None:
    """Give money back of a paid invoice; a credit note says so."""

    def refunded(parts: Parts) -> Told:
        currency = invoices.show(parts, number).total.currency
        money = None if amount is None else {"minor": amount, "currency": currency}
        body = shaped(shapes.RefundAsked, {"amount": money, "back": back, "reason": reason})
        return invoices.refund(parts, number, body, key)

    say(refunded)


@invoice.command("void")
@click.argument("number")
@reason
def void_invoice(number: str, reason: str) -> None:
    """Take back an invoice that is not paid, by a credit note over all of it."""
    body = shaped(shapes.ReasonAsked, {"reason": reason})
    say(lambda parts: invoices.void(parts, number, body))


@invoice.command("write-off")
@click.argument("number")
@reason
def write_off_invoice(number: str, reason: str) -> None:
    """Expect no more that an invoice will be paid; it stays owed."""
    body = shaped(shapes.ReasonAsked, {"reason": reason})
    say(lambda parts: invoices.write_off(parts, number, body))


@invoice.command("dispute")
@click.argument("number")
@click.option("--won", "ended", flag_value="won", help="It is over, and all is as before.")
@click.option("--lost", "ended", flag_value="lost", help="It is over, and the money is gone.")
@reason
def dispute_invoice(number: str, ended: str | None, reason: str) -> None:
    """The customer, or their bank, objects to an invoice; or, with --won or --lost, does so no more."""
    if ended is None:
        body = shaped(shapes.ReasonAsked, {"reason": reason})
        say(lambda parts: invoices.dispute(parts, number, body))
    else:
        over = shaped(shapes.DisputeEndedAsked, {"won": ended == "won", "reason": reason})
        say(lambda parts: invoices.end_dispute(parts, number, over))


@invoice.command("statement")
@click.option("--customer", required=True, help="The customer, by your own name for them.")
@click.option("--from", "first", default=None, type=DAY, help="The first day; a year before the last, if left out.")
@click.option("--to", "last", default=None, type=DAY, help="The last day; today, if left out.")
def show_statement(customer: str, first: datetime | None, last: datetime | None) -> None:
    """Print what a customer owed, was invoiced, paid and got back."""
    days = Days(first.date() if first else None, last.date() if last else None)
    say(lambda parts: statements.show(parts, customer, days))


@invoice.command("credit-notes")
@click.option("--customer", required=True, help="The customer, by your own name for them.")
@limit
@cursor
def list_credit_notes(customer: str, limit: int, cursor: str) -> None:
    """Print the credit notes of a customer, newest first."""
    wanted = page(cursor, limit)
    say(lambda parts: invoices.credit_notes(parts, customer, wanted))
