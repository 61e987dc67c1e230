"""Subscriptions from the merchant's side: prepared, withdrawn, put on hold, ended."""

from dataclasses import replace
from datetime import date
from typing import Literal

from generator.model.catalog import Period, Plan
from generator.model.money import Money
from generator.model.quote import Refused
from generator.model.subscription import Subscription
from generator.runtime.merchant import customers, told
from generator.runtime.merchant.asked import EndAsked, HoldAsked, MoneyAsked, PeriodAsked, PreparedAsked
from generator.runtime.merchant.paging import Wanted, of_all
from generator.runtime.merchant.told import Page, SubscriptionTold
from generator.runtime.merchant.wrong import Fault, Objection, not_offered, unknown
from generator.runtime.parts import Parts


def find(parts: Parts, id: str) -> Subscription:
    """The subscription with this id. Raises `Objection`."""
    found = parts.biller.subscription(id)
    if found is None:
        raise unknown("unknown-subscription", "subscription", id)
    return found


def show(parts: Parts, id: str) -> SubscriptionTold:
    return _tell(parts, find(parts, id))


def listed(parts: Parts, ref: str, wanted: Wanted) -> Page[SubscriptionTold]:
    """All that the customer has, had or was offered, newest first."""
    customer = customers.find(parts, ref)
    all = parts.biller.subscriptions(customer.id)
    return of_all(all, wanted, lambda one: _tell(parts, one), lambda one: one.id)


def prepare(parts: Parts, asked: PreparedAsked, key: str = "") -> SubscriptionTold:
    """A subscription for one customer at the merchant's price; the same key again is the same one."""
    customer = customers.find(parts, asked.customer)
    payer = customers.find(parts, asked.payer) if asked.payer else customer
    plan = _plan(parts, asked)
    _offered(plan, asked)
    prepared = parts.biller.prepare(customer.id, plan, asked.options, asked.starts, key, payer.id)
    if isinstance(prepared, Refused):
        says = f'the plan "{plan.ref}" does not offer these options in these quantities'
        raise Objection("not-offered", says, Fault("/options", says, "keep to the minimum, maximum and step of each"))
    return _tell(parts, prepared)


def withdraw(parts: Parts, id: str) -> SubscriptionTold:
    """What was prepared and is not taken yet."""
    done = parts.biller.withdraw(find(parts, id).id)
    return _done(parts, id, done, "only what was prepared and is not taken yet is withdrawn")


def suspend(parts: Parts, id: str, asked: HoldAsked) -> SubscriptionTold:
    done = parts.biller.suspend(find(parts, id).id, "suspended_agent", asked.on)
    return _done(parts, id, done, "only what runs is put on hold")


def resume(parts: Parts, id: str) -> SubscriptionTold:
    done = parts.biller.resume(find(parts, id).id)
    says = "only what you put on hold goes on, within its term, and what is still to end; else the customer restarts it"
    return _done(parts, id, done, says)


def end(parts: Parts, id: str, asked: EndAsked) -> SubscriptionTold:
    done = parts.biller.end(find(parts, id).id, at_once=asked.when == "now")
    return _done(parts, id, done, "only what runs or is on hold is ended")


def _plan(parts: Parts, asked: PreparedAsked) -> Plan:
    """The plan as it is sold, but for what the merchant says of it. Raises `Objection`."""
    plan = parts.biller.plan(asked.plan)
    if plan is None:
        known = [one.ref for one in parts.biller.catalog().plans]
        raise not_offered("/plan", f'there is no plan "{asked.plan}"', asked.plan, known)
    currency = plan.price.currency
    return replace(
        plan,
        price=_money(asked.price, "price", currency) or plan.price,
        setup=_money(asked.setup, "setup", currency) or plan.setup,
        period=_period(asked.period) or plan.period,
        trial=_period(asked.trial) or plan.trial,
        commitment=plan.commitment if asked.commitment is None else asked.commitment,
        terms=plan.terms if asked.terms is None else asked.terms,
    )


def _money(asked: MoneyAsked | None, name: Literal["price", "setup"], currency: str) -> Money | None:
    if asked is not None and asked.currency != currency:
        says = f"the plan is sold in {currency}, not in {asked.currency}"
        raise not_offered(f"/{name}/currency", says, asked.currency, [currency])
    return None if asked is None else Money(asked.minor, asked.currency)


def _period(asked: PeriodAsked | None) -> Period | None:
    return None if asked is None else Period(asked.count, asked.unit)


def _offered(plan: Plan, asked: PreparedAsked) -> None:
    """Every option that is said is one of the plan's. Raises `Objection`."""
    names = [option.ref for option in plan.choices]
    for ref in asked.options:
        if ref not in names:
            says = f'the plan "{plan.ref}" has no option "{ref}" to choose'
            raise not_offered(f"/options/{ref}", says, ref, names)
    if asked.starts is not None and not date(2000, 1, 1) <= asked.starts <= date(2200, 1, 1):
        raise Objection("not-offered", "starts is out of reach", Fault("/starts", "this day is out of reach"))


def _done(parts: Parts, id: str, done: Subscription | Refused, otherwise: str) -> SubscriptionTold:
    """What came of it. Raises `Objection` where it was refused."""
    if isinstance(done, Subscription):
        return _tell(parts, done)
    if done.reason == "under_way":
        raise Objection("under-way", "a customer is changing or paying for this at this moment: try again in a while")
    raise Objection("not-now", f"the subscription is {find(parts, id).state}: {otherwise}")


def _tell(parts: Parts, subscription: Subscription) -> SubscriptionTold:
    customer = customers.ref_of(parts, subscription.customer)
    payer = customers.ref_of(parts, subscription.payer) if subscription.payer else customer
    return told.subscription(subscription, customer, payer)
