"""How long what a code takes off lasts: for us by terms, at Stripe by months from the day of the order."""

from dataclasses import replace
from datetime import date

from generator.adapters.ledger.calendar import after
from generator.adapters.ledger.discounting import next_term, reduced
from generator.model.catalog import Period, Plan
from generator.model.price_list import PriceList
from generator.model.promotion import Discount, Promotion
from generator.model.subscription import Subscription

_MONTHS = {"month": 1, "year": 12}


def months(promotion: Promotion, plan: Plan) -> int | None:
    """For how many months it lasts with this plan, 0 where nobody has to count; None where Stripe cannot count it."""
    if promotion.terms < 2:
        return 0
    return _MONTHS.get(plan.period.unit, 0) * plan.period.count * promotion.terms or None


def lengths(promotion: Promotion, prices: PriceList) -> tuple[int, ...]:
    """The same with each of the plans that it is for, as far as Stripe can count it."""
    found = (months(promotion, plan) for plan in prices.catalog.plans if promotion.suits(plan.ref))
    return tuple(sorted({length for length in found if length is not None}))


def begun(promotion: Promotion, period: Period, today: date) -> Discount:
    """As it is promised to who begins today, with the first day without it."""
    until = after(today, period, promotion.terms) if promotion.terms else None
    return Discount(promotion, promotion.terms, until=until)


def lasting(stands: Subscription, plan: Plan) -> tuple[Discount, ...]:
    """What goes along to this plan."""
    return tuple(one for one in stands.discounts if one.promotion.suits(plan.ref))


def told(stands: Subscription) -> Subscription:
    """With what is left of its discounts, and what the next term costs with that."""
    left = tuple(one for one in stands.discounts if one.until is None or stands.period_start < one.until)
    counted = tuple(replace(one, left=_terms(stands, one.until)) if one.until else one for one in left)
    if not counted:
        return replace(stands, discounts=())
    options = stands.options if stands.next_options is None else stands.next_options
    return replace(stands, discounts=counted, reduced=reduced(stands.plan, options, next_term(counted)))


def _terms(stands: Subscription, until: date) -> int:
    """How many terms are left of it, the present one too."""
    count = 1
    while after(stands.period_start, stands.period, count) < until:
        count += 1
    return count
