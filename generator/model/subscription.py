"""A customer's plan with its options, period and state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from generator.model.catalog import Period, Plan
from generator.model.money import Money
from generator.model.promotion import Discount
from generator.model.quote import Answer, Options
from generator.model.states import SubscriptionState as SubscriptionState

SuspendedState = Literal["suspended_agent", "suspended_no_payment_info", "suspended_payment_due"]


@dataclass(frozen=True)
class Subscription:
    """`plan` is the plan as it was sold. `price` is what a term costs with all options, before tax.

    Dates are days in the biller's calendar; `trial_until` is set while the free trial lasts, `ends` once the end is
    decided. `successor` is the subscription that takes over when the present period ends, `next_options` are what then
    applies where the plan stays. `anchor` is the day from which terms are counted, `period_start` where there is none.
    `customer` has the rights that come with it; `payer` is who is billed for it and may change it, where that is
    somebody else.
    `since` is the moment at which the present term began, UTC, where that was within the day of `period_start`; None
    where the day began with it. `termination` is what is invoiced when it ends, before tax: a fee that the customer
    agreed to when they asked for the end.
    `resumes` is the day on which a pause is over, `discounts` are what was promised; where there are any, the biller
    says by `reduced` what the next term costs with them.
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
    ends: date | None = None
    successor: str = ""
    next_options: Options | None = None
    anchor: date | None = None
    payer: str = ""
    resumes: date | None = None
    discounts: tuple[Discount, ...] = ()
    reduced: Money | None = None
    since: datetime | None = None
    termination: Money | None = None

    @property
    def billed(self) -> str:
        """Who is billed for it, and may change it."""
        return self.payer or self.customer

    @property
    def active(self) -> bool:
        return self.state.startswith("active")

    @property
    def suspended(self) -> bool:
        return self.state.startswith("suspended")

    def committed(self, today: date) -> bool:
        """Whether it cannot be left today without staying on until a later day."""
        return self.committed_until is not None and today < self.committed_until

    def in_trial(self, today: date) -> bool:
        return self.trial_until is not None and today < self.trial_until
