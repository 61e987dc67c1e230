"""A customer's plan with its options, period and state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.catalog import Period, Plan
from generator.model.money import Money
from generator.model.quote import Answer, Options

SubscriptionState = Literal[
    "draft_customer",
    "draft_agent",
    "draft_delayed_start",
    "draft_delayed_upgrade",
    "active_running",
    "active_delayed_upgrade",
    "active_delayed_termination",
    "active_delayed_suspension",
    "suspended_agent",
    "suspended_no_payment_info",
    "suspended_payment_due",
    "ended_complete",
    "ended_upgrade",
    "ended_terminated",
    "deleted",
]


@dataclass(frozen=True)
class Subscription:
    """`plan` is the plan as it was sold. `price` is what a term costs with all options, before tax.

    Dates are days in the biller's calendar; `trial_until` is set while the free trial lasts.
    """

    id: str
    customer: str
    plan: Plan
    options: Options
    state: SubscriptionState
    price: Money
    period: Period
    started: date
    period_start: date
    period_end: date
    trial_until: date | None = None
    committed_until: date | None = None
    fields: Mapping[str, Answer] | None = None

    @property
    def active(self) -> bool:
        return self.state.startswith("active")
