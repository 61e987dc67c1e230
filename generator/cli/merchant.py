"""The merchant's verbs: what the API does, typed by a person. Data is JSON on stdout, as the API answers it."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from generator.cli import environment
from generator.model.nearest import suggestion
from generator.runtime.merchant import asked as shapes
from generator.runtime.merchant import customers, entitlements, subscriptions, usage, ways
from generator.runtime.merchant.asked import Asked
from generator.runtime.merchant.paging import MOST, Wanted, after
from generator.runtime.merchant.shape import faults
from generator.runtime.merchant.told import Told
from generator.runtime.merchant.wrong import Objection
from generator.runtime.parts import Parts

Shape = TypeVar("Shape", bound=Asked)


class Group(click.Group):
    """A verb that is nearly right is asked about."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            ctx.fail(f'there is no verb "{args[0]}"; {suggestion(args[0], self.commands)}')
        return super().resolve_command(ctx, args)


def say(does: Callable[[Parts], Told]) -> None:
    """Print what is answered. What is refused is said in words, and nothing was done."""
    parts = environment.parts()
    try:
        click.echo(does(parts).model_dump_json(indent=2))
    except Objection as objection:
        raise refused(objection) from objection


def refused(objection: Objection) -> click.ClickException:
    """Exit 2 for what was not said rightly, 1 for what cannot be done now."""
    lines = [
        f"{fault.pointer.strip('/') or 'what was said'}: {fault.says}{'; ' * bool(fault.write)}{fault.write}"
        for fault in objection.faults
    ]
    says = "\n".join(lines or [objection.says])
    known = objection.code.startswith(("unknown", "wrong", "not-offered"))
    return click.UsageError(says) if known else click.ClickException(says)


def shaped(shape: type[Shape], said: Mapping[str, Any]) -> Shape:
    """What was typed in the shape that the API has; what was not typed is not said. Raises `UsageError`."""
    given = {name: value for name, value in said.items() if value not in (None, ())}
    try:
        return shape.model_validate_json(json.dumps(given, default=_written))
    except ValidationError as fault:
        raise refused(Objection("wrong-shape", "", *faults(fault, shape))) from fault


def _written(value: object) -> str:
    assert isinstance(value, date | datetime), "nothing else is typed"
    return value.isoformat()


def _pairs(words: tuple[str, ...]) -> dict[str, Any]:
    """`seats=5`, `support=on`."""
    found: dict[str, Any] = {}
    for word in words:
        name, _, value = word.partition("=")
        known = {"on": True, "true": True, "off": False, "false": False}
        found[name] = known[value] if value in known else int(value) if value.lstrip("-").isdigit() else value
    return found


limit = click.option("--limit", default=25, show_default=True, type=click.IntRange(1, MOST), help="At most so many.")
cursor = click.option("--cursor", default="", help="`next` of the page before.")
DAY = click.DateTime(["%Y-%m-%d"])


def page(cursor: str, limit: int) -> Wanted:
    """Which page of a list."""
    try:
        return Wanted(after(cursor) if cursor else "", limit)
    except Objection as objection:
        raise refused(objection) from objection


@click.group(cls=Group)
def customer() -> None:
    """Create, change and read customers, by your own names for them."""


@customer.command("show")
@click.argument("ref")
def show_customer(ref: str) -> None:
    """Print one customer."""
    say(lambda parts: customers.show(parts, ref))


@customer.command("list")
@limit
@cursor
def list_customers(limit: int, cursor: str) -> None:
    """Print customers, in the order of their refs."""
    wanted = page(cursor, limit)
    say(lambda parts: customers.listed(parts, wanted))


@customer.command("put")
@click.argument("ref")
@click.option("--language", default=None, help="The language in which they are addressed.")
@click.option("--terms-days", default=None, type=int, help="Within how many days they may pay by transfer; 0: not.")
@click.option("--tag", "tags", multiple=True, help="A tag; say it several times. Replaces those of before.")
@click.option("--no-tags", is_flag=True, help="Take all tags away.")
@click.option("--suspended/--not-suspended", default=None, help="On hold, or not.")
@click.option(
    "--billing", multiple=True, metavar="NAME=TEXT", help="Such as --billing city=Lyon; an empty text clears."
)
def put_customer(
    ref: str,
    language: str | None,
    terms_days: int | None,
    tags: tuple[str, ...],
    no_tags: bool,
    suspended: bool | None,
    billing: tuple[str, ...],
) -> None:
    """Create a customer, or change what is said of one and nothing else."""
    said: dict[str, Any] = {"language": language, "terms_days": terms_days, "suspended": suspended}
    said |= {"tags": [] if no_tags else list(tags) or None}
    said |= {"billing": dict(word.partition("=")[::2] for word in billing) or None}
    body = shaped(shapes.CustomerAsked, said)
    say(lambda parts: customers.put(parts, ref, body))


@customer.command("claim")
@click.argument("id")
@click.option("--ref", required=True, help="Your own name for them from now on; nobody else may have it.")
def claim_customer(id: str, ref: str) -> None:
    """Give a customer who came as a visitor your own name for them.

    ID is ours, as it comes back with a redirect as `idc`. Links are made by the new name from then on; one made by the
    name that the visitor had opens nothing any more.
    """
    body = shaped(shapes.ClaimAsked, {"ref": ref})
    say(lambda parts: customers.claim(parts, id, body))


@click.command("entitlements")
@click.argument("ref")
def rights(ref: str) -> None:
    """Print what a customer may use now."""
    say(lambda parts: entitlements.show(parts, ref))


@click.group(cls=Group)
def subscription() -> None:
    """Prepare, read, put on hold and end subscriptions."""


@subscription.command("show")
@click.argument("id")
def show_subscription(id: str) -> None:
    """Print one subscription."""
    say(lambda parts: subscriptions.show(parts, id))


@subscription.command("list")
@click.option("--customer", required=True, help="The customer, by your own name for them.")
@limit
@cursor
def list_subscriptions(customer: str, limit: int, cursor: str) -> None:
    """Print all that a customer has, had or was offered, newest first."""
    wanted = page(cursor, limit)
    say(lambda parts: subscriptions.listed(parts, customer, wanted))


@subscription.command()
@click.option("--customer", required=True, help="The customer, by your own name for them.")
@click.option("--payer", default=None, help="Who takes it and is billed for it, if somebody else.")
@click.option("--plan", required=True, help="The plan that it is made from.")
@click.option(
    "--price", default=None, type=int, help="Of each term before tax, in minor units, in the plan's currency."
)
@click.option("--setup", default=None, type=int, help="Once, likewise.")
@click.option("--commitment", default=None, type=int, help="How many terms it cannot be left early.")
@click.option("--terms", default=None, type=int, help="After so many terms it ends by itself; 0: without end.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="Such as --option seats=5.")
@click.option("--starts", default=None, type=DAY, help="The day on which it begins, YYYY-MM-DD.")
@click.option("--key", default="", help="The same key again of the same customer is the same subscription.")
def prepare(
    customer: str,
    payer: str | None,
    plan: str,
    price: int | None,
    setup: int | None,
    commitment: int | None,
    terms: int | None,
    options: tuple[str, ...],
    starts: datetime | None,
    key: str,
) -> None:
    """Prepare a subscription for one customer, which waits until they take it."""
    said = {
        "customer": customer,
        "payer": payer,
        "plan": plan,
        "commitment": commitment,
        "terms": terms,
        "options": _pairs(options),
    }

    def prepared(parts: Parts) -> Told:
        sold = parts.biller.plan(plan)
        currency = sold.price.currency if sold else parts.library.current.site.currency
        amounts = {"price": price, "setup": setup}
        money = {name: {"minor": minor, "currency": currency} for name, minor in amounts.items() if minor is not None}
        day = {"starts": starts.date()} if starts else {}
        return subscriptions.prepare(parts, shaped(shapes.PreparedAsked, {**said, **money, **day}), key)

    say(prepared)


@subscription.command()
@click.argument("id")
def withdraw(id: str) -> None:
    """Take back what was prepared and is not taken yet."""
    say(lambda parts: subscriptions.withdraw(parts, id))


@subscription.command()
@click.argument("id")
@click.option("--on", default=None, type=DAY, help="From this day on, YYYY-MM-DD; at once, if left out.")
def suspend(id: str, on: datetime | None) -> None:
    """Put a subscription on hold."""
    body = shaped(shapes.HoldAsked, {"on": on.date() if on else None})
    say(lambda parts: subscriptions.suspend(parts, id, body))


@subscription.command()
@click.argument("id")
def resume(id: str) -> None:
    """Let go on what you put on hold, or what was to end or to be put on hold."""
    say(lambda parts: subscriptions.resume(parts, id))


@subscription.command()
@click.argument("id")
@click.option("--now", is_flag=True, help="At once; nothing is given back for what is left of the term.")
def end(id: str, now: bool) -> None:
    """End a subscription when its term is over."""
    body = shapes.EndAsked(when="now" if now else "term")
    say(lambda parts: subscriptions.end(parts, id, body))


@click.group("usage", cls=Group)
def use() -> None:
    """Report what was used of an option, and read it back."""


@use.command()
@click.argument("option")
@click.argument("amount", type=int)
@click.option("--customer", required=True, help="The customer, by your own name for them.")
@click.option("--key", required=True, help="Your own name for this report: the same one again counts nothing more.")
@click.option("--at", default=None, help="When it was used, such as 2026-11-22T12:00:00Z; now, if left out.")
@click.option("--subscription", default=None, help="Needed only where several have this option.")
def report(option: str, amount: int, customer: str, key: str, at: str | None, subscription: str | None) -> None:
    """Count so many units of OPTION; a negative AMOUNT, after `--`, takes some back."""
    said = {"key": key, "option": option, "amount": amount, "at": at, "subscription": subscription}
    body = shaped(shapes.UsageAsked, said)
    say(lambda parts: usage.report(parts, customer, body))


@use.command("list")
@click.argument("subscription")
@limit
@cursor
def list_usage(subscription: str, limit: int, cursor: str) -> None:
    """Print what was reported of a subscription, oldest first."""
    wanted = page(cursor, limit)
    say(lambda parts: usage.listed(parts, subscription, wanted))


@customer.command("links")
@click.argument("ref")
@limit
@cursor
def list_links(ref: str, limit: int, cursor: str) -> None:
    """Print a link for everything that the customer could do now."""
    wanted = page(cursor, limit)
    say(lambda parts: ways.applying(parts, ref, wanted))
