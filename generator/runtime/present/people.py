"""Whose it is and who pays: of somebody else a page says the name and nothing more."""

from generator.model.customer import Customer
from generator.model.live.parts import Already
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.runtime import addresses


def called(customer: Customer) -> str:
    """The name by which others know a customer; empty where we know none."""
    return customer.billing.name or customer.billing.company


def already(subscription: Subscription, language: str) -> Already:
    """What they have of the same plan."""
    begun = subscription.state.startswith(("active", "suspended"))
    return Already(
        title=words_in(subscription.plan.title, language),
        since=subscription.started if begun else None,
        see=addresses.section("subscriptions"),
    )
