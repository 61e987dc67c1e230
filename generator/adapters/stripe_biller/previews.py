"""What Stripe is asked to preview, in its words, and what it answers, in ours."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.drafting import AsOf
from generator.adapters.stripe import amounts
from generator.adapters.stripe.account import Said, asked
from generator.adapters.stripe_biller import lines
from generator.adapters.stripe_biller.shelf import Shelf, chosen, of_setup
from generator.adapters.stripe_biller.sight import Sight
from generator.model.catalog import Plan
from generator.model.promotion import Discount
from generator.model.quote import Line, Options
from generator.model.tax import Tax
from generator.model.text import Words


class Previews:
    """Asks Stripe. Raises what `asked` raises."""

    def __init__(self, v1: Any, shelf: Shelf) -> None:
        self._v1 = v1
        self._shelf = shelf

    def beginning(self, plan: Plan, options: Options, tax: Tax, until: int | None) -> dict[str, Any]:
        """A subscription in Stripe's words, as a preview asks for it."""
        details: dict[str, Any] = {"items": self.items(plan, options)}
        if tax.rate:
            details["default_tax_rates"] = [self._shelf.tax(tax.rate, tax.inclusive)]
        if until:
            details["trial_end"] = until
        return {"subscription_details": details}

    def items(self, plan: Plan, options: Options) -> list[dict[str, Any]]:
        return [{"price": self._shelf.price(part), "quantity": count} for part, count in chosen(plan, options)]

    def once(self, plan: Plan) -> list[dict[str, Any]]:
        """What is paid a single time."""
        return [{"price": self._shelf.price(of_setup(plan)), "discountable": False}] if plan.setup else []

    def each_term(self, plan: Plan, options: Options, sight: Sight) -> tuple[Line, ...]:
        """What every term costs, for who has nothing else and no discount."""
        asking = {**self.beginning(plan, options, sight.tax, None), "preview_mode": "recurring", **sight.whose}
        return self.ask(asking, sight.tax)

    def ask(self, asking: dict[str, Any], tax: Tax, discounts: Sequence[Discount] = ()) -> tuple[Line, ...]:
        """The lines of the invoice that would come of it; a discount on it is called as the first of these."""
        return self.read(self.preview(asking), tax, discounts)

    def preview(self, asking: dict[str, Any]) -> Said:
        return asked(self._v1.invoices.create_preview, asking)

    def read(self, said: Said, tax: Tax, discounts: Sequence[Discount] = ()) -> tuple[Line, ...]:
        """The lines of a preview. What a customer has at Stripe from before is a line too: they pay so much less."""
        words: Words = discounts[0].promotion.title if discounts else {}
        found = lines.read(self._shelf, said, said["lines"]["data"], tax, words)
        credit = said["total"] - said["amount_due"] if said["total"] > 0 else 0
        if credit:
            found = (*found, Line("credit", -amounts.ours(credit, said["currency"]), {"": ""}))
        return found


def swapped(theirs: Said, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a subscription in place of those that it has."""
    there = {item["price"]["id"]: item["id"] for item in theirs["items"]["data"]}
    first = theirs["items"]["data"][0]
    plan, *others = wanted
    items = [{**plan, "id": there.pop(plan["price"], None) or there.pop(first["price"]["id"])}]
    items += [{**one, "id": there.pop(one["price"])} if one["price"] in there else one for one in others]
    return [*items, *({"id": id, "deleted": True} for id in there.values())]


def trial_end(plan: Plan, as_of: AsOf) -> int | None:
    """The same time of day on the day after the trial."""
    return on(after(as_of.day, plan.trial), as_of) if plan.trial else None


def on(day: date, as_of: AsOf) -> int:
    """The same time of day on this day."""
    return int(datetime.combine(day, as_of.moment.astimezone(as_of.zone).timetz()).timestamp())


def ends(said: Said) -> datetime:
    """The end of the term that an invoice is for."""
    seconds = max(int(line["period"]["end"]) for line in said["lines"]["data"])
    return datetime.fromtimestamp(seconds, ZoneInfo("UTC"))
