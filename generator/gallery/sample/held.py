"""A subscription in each of the fifteen states."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.lines import each_term, total
from generator.adapters.ledger.options import complete
from generator.gallery.sample.moment import TODAY
from generator.model.catalog import Plan
from generator.model.customer import Customer
from generator.model.promotion import Discount, Promotion
from generator.model.quote import Options
from generator.model.subscription import Subscription, SubscriptionState

LATER = timedelta(days=20)
"""How far away is what was decided for later."""


def running(customer: Customer, plan: Plan, options: Options | None = None, id: str = "sub-1") -> Subscription:
    """It began ten days ago, or today where its term is shorter than that, and all is well."""
    chosen = complete(plan, options or {}) or {}
    start = TODAY - timedelta(days=10)
    start = start if after(start, plan.period) > TODAY else TODAY
    return Subscription(
        id=id,
        customer=customer.id,
        plan=plan,
        options=chosen,
        state="active_running",
        price=total(each_term(plan, chosen), plan.price.currency),
        period=plan.period,
        started=start,
        period_start=start,
        period_end=after(start, plan.period),
        anchor=start,
        committed_until=after(start, plan.period, plan.commitment) if plan.commitment else None,
    )


def in_state(state: SubscriptionState, customer: Customer, plan: Plan, id: str = "sub-1") -> Subscription:
    """The same as it looks in this state, on the days that go with it."""
    of = running(customer, plan, id=id)
    return replace(of, state=state, **_days(of, state))


def _days(of: Subscription, state: SubscriptionState) -> dict[str, Any]:
    """What goes with the state."""
    later, gone = TODAY + LATER, TODAY - timedelta(days=3)
    match state:
        case "draft_customer" | "draft_agent":
            return {"started": TODAY}
        case "draft_delayed_start" | "draft_delayed_upgrade":
            return {"started": later, "period_start": later, "period_end": after(later, of.period)}
        case "active_delayed_upgrade":
            return {"successor": "sub-2"}
        case "active_delayed_termination":
            return {"ends": of.period_end}
        case "active_delayed_suspension":
            return {"ends": of.period_end, "resumes": of.period_end + timedelta(days=45)}
        case "suspended_agent":
            return {"resumes": later}
        case "ended_complete" | "ended_upgrade" | "ended_terminated":
            return {"ends": gone, "period_end": gone}
        case _:
            return {}


def every_state(customer: Customer, plan: Plan) -> Iterator[Subscription]:
    """One for each, in the order of a life."""
    for state in get_args(SubscriptionState):
        yield in_state(state, customer, plan)


def successor(of: Subscription, plan: Plan) -> Subscription:
    """What takes over when its term is over."""
    waits = running(Customer(of.customer, ""), plan, id="sub-2")
    return replace(waits, state="draft_delayed_upgrade", started=of.period_end, period_start=of.period_end)


def reduced(of: Subscription, promotion: Promotion) -> Subscription:
    """The same for less, for some terms."""
    until = after(of.period_start, of.period, promotion.terms)
    price = replace(of.price, minor=of.price.minor * (10_000 - promotion.percent) // 10_000)
    return replace(of, reduced=price, discounts=(Discount(promotion, promotion.terms, until=until),))


def in_trial(of: Subscription) -> Subscription:
    last: date = TODAY + timedelta(days=4)
    return replace(of, trial_until=last, period_end=last)
