"""Which payment methods a customer may let go of, with the rule that keeps the last one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.payment import Method
from generator.model.subscription import Subscription

Keeper = Literal["under_way", "invoice", "renews"]

SAYS: Mapping[Keeper, str] = {
    "under_way": "a payment is under way",
    "invoice": "an unpaid invoice is to be charged to it",
    "renews": "a subscription is to be charged to it",
}
"""Why the last method stays, in words."""

STARTS_LATER = ("draft_delayed_start", "draft_delayed_upgrade")


def kept(
    method: Method,
    methods: Sequence[Method],
    customer: Customer,
    subscriptions: Iterable[Subscription],
    invoices: Iterable[Invoice],
    under_way: bool,
) -> Keeper | None:
    """Why this method stays on file; None where it may go. Of several, any may go: the others do as well."""
    if [other.id for other in methods] != [method.id]:
        return None
    if under_way:
        return "under_way"
    if any(invoice.state in ("due_auto", "problem_auto") for invoice in invoices):
        return "invoice"
    if not customer.terms and any(map(goes_on, subscriptions)):
        return "renews"
    return None


def goes_on(subscription: Subscription) -> bool:
    """Whether it is charged again by itself."""
    lasts = subscription.active and (subscription.ends is None or subscription.ends > subscription.period_end)
    return bool(subscription.price) and (lasts or subscription.state in STARTS_LATER)
