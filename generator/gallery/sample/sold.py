"""What is sold in the gallery: the merchant's own plans, and one of each kind that they do not have."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from generator.adapters.ledger.prices import Prices
from generator.model.catalog import Period, Plan
from generator.model.money import Money
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion

CODE = "SPRING25"
"""A code that every plan may be had for less with; it is in no merchant's list."""


@dataclass(frozen=True)
class Sold:
    """Raises `ValueError` where there is no plan at all: then there is nothing to show."""

    prices: PriceList

    @property
    def plans(self) -> tuple[Plan, ...]:
        return self.prices.catalog.plans

    @property
    def paid(self) -> Plan:
        """What most of its customers have: a price, and little else to think of."""
        return min((plan for plan in self._priced), key=lambda plan: (bool(plan.setup), plan.trial is not None))

    @property
    def rich(self) -> Plan:
        """The plan with the most to choose."""
        return max(self._priced, key=lambda plan: (len(plan.choices), len(plan.consumptions)))

    @property
    def counted(self) -> Plan:
        """A plan of which something is counted, if any is."""
        return max(self._priced, key=lambda plan: len(plan.consumptions))

    @property
    def dearest(self) -> Plan:
        return max(self._priced, key=lambda plan: plan.price.minor)

    @property
    def cheapest(self) -> Plan:
        return min(self._priced, key=lambda plan: plan.price.minor)

    @cached_property
    def _priced(self) -> tuple[Plan, ...]:
        if not self.plans:
            raise ValueError("nothing is sold")
        priced = tuple(plan for plan in self.plans if plan.price)
        return priced or (replace(self.plans[0], price=Money(2900, self.plans[0].price.currency)),)

    def kinds(self) -> Iterator[Plan]:
        """Each plan as it is sold, then in all the ways in which a plan may be sold."""
        plans = [self.sold(ref) for ref in dict.fromkeys(plan.ref for plan in (self.rich, self.paid, *self.plans))]
        yield from plans
        for plan in plans:
            trial = with_trial(plan)
            yield from (gratis(plan), trial, replace(plan, termination=plan.price or None), dear(plan))
            yield replace(trial, trial_price=replace(plan.price, minor=plan.price.minor // 4) or None)
        yield from (replace(plan, options=()) for plan in plans if plan.options)

    def sold(self, ref: str) -> Plan:
        """The plan of this ref."""
        return next(plan for plan in (*self._priced, *self.plans) if plan.ref == ref)

    def with_code(self, plans: PriceList | None = None) -> Prices:
        """The price list, and the code beside it."""
        prices = plans or self.prices
        ours = Promotion(
            CODE, {"en": "Spring: 25% off", "fr": "Printemps : −25 %", "de": "Frühling: 25 % Rabatt"}, 2500
        )
        return Prices(**{**vars(prices), "promotions": (*prices.promotions, replace(ours, terms=3))})


def gratis(plan: Plan) -> Plan:
    nothing = Money.zero(plan.price.currency)
    options = tuple(replace(option, price=nothing) for option in plan.options)
    return replace(plan, price=nothing, setup=nothing, trial_price=None, termination=None, options=options)


def with_trial(plan: Plan) -> Plan:
    """Free for two weeks, with nothing to pay before."""
    return replace(plan, trial=Period(14, "day"), trial_price=None, setup=Money.zero(plan.price.currency))


def dear(plan: Plan) -> Plan:
    """At many times its price."""
    return replace(plan, price=plan.price * 10)
