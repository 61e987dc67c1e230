"""What a term costs with its discounts, and how that goes on from term to term."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.adapters.ledger.calendar import boundary
from generator.adapters.ledger.lines import each_term, total
from generator.adapters.ledger.rounding import share
from generator.model.catalog import Period, Plan
from generator.model.money import Money
from generator.model.promotion import Discount, Promotion
from generator.model.quote import Line, LinePart, Options

Discounts = tuple[Discount, ...]

HUNDREDTHS = 10_000
"""Of a percent, in a whole."""


@dataclass(frozen=True)
class Charge:
    """One line of a term, and what is left of its amount after each discount in turn."""

    line: Line
    left: tuple[Money, ...]

    def off(self, at: int, cost: Callable[[Money], Money]) -> Money:
        """What this discount changes, measured by what of an amount is charged at all; never more than that."""
        before = self.left[at - 1] if at else self.line.amount
        return cost(self.left[at]) - cost(before)


@dataclass(frozen=True)
class Bill:
    """What a term costs, line by line, before tax."""

    charges: tuple[Charge, ...]
    discounts: Discounts

    @property
    def lines(self) -> tuple[Line, ...]:
        """The whole term: plan and options, and below them what each discount takes off."""
        return (*(charge.line for charge in self.charges), *self._discounted(lambda amount: amount, "whole"))

    def share(self, cost: Callable[[Money], Money], part: LinePart) -> tuple[Line, ...]:
        """A part of the term, where `cost` says what that part costs of an amount.

        What is left after a discount is measured as a line is: a part of a discount never exceeds its part of the line,
        and however a term is cut, the parts add up.
        """
        lines = (replace(charge.line, amount=cost(charge.line.amount), part=part) for charge in self.charges)
        return (*lines, *self._discounted(cost, part))

    def without(self, other: "Bill") -> "Bill":
        """What this has and the other has not."""
        return replace(self, charges=tuple(charge for charge in self.charges if charge not in other.charges))

    def _discounted(self, cost: Callable[[Money], Money], part: LinePart) -> Iterator[Line]:
        for at, discount in enumerate(self.discounts):
            offs = [charge.off(at, cost) for charge in self.charges]
            if off := sum(offs[1:], offs[0]) if offs else None:
                yield Line("discount", off, discount.promotion.title, part=part)


NO_BILL = Bill((), ())


def bill(plan: Plan, options: Options, discounts: Discounts) -> Bill:
    """A term of this plan with these options; discounts that wait take nothing off yet."""
    lines, counting = each_term(plan, options), present(discounts)
    left = [[line.amount] for line in lines]
    for discount in counting:
        for amounts, net in zip(left, _less([amounts[-1] for amounts in left], discount.promotion), strict=True):
            amounts.append(net)
    charges = (Charge(line, tuple(amounts[1:])) for line, amounts in zip(lines, left, strict=True))
    return Bill(tuple(charges), counting)


def trial(plan: Plan) -> Bill:
    """The time before the first term, where that has a price: no discount lowers it."""
    if plan.trial is None or not plan.trial_price:
        return NO_BILL
    return Bill((Charge(Line("trial", plan.trial_price, plan.title), ()),), ())


def present(discounts: Discounts) -> Discounts:
    """Those that lower the present term."""
    return tuple(discount for discount in discounts if not discount.waits)


def next_term(discounts: Discounts) -> Discounts:
    """As they are in the term that follows."""
    return tuple(_advanced(discounts))


def carried(discounts: Discounts, plan: Plan) -> Discounts:
    """What goes along to another plan, with the terms that are left of it: discounts that are for that plan, too."""
    return tuple(discount for discount in discounts if discount.promotion.suits(plan.ref))


@dataclass(frozen=True)
class Phase:
    """From this day on, each term has these lines."""

    first: date
    lines: tuple[Line, ...]


def phases(plan: Plan, options: Options, discounts: Discounts, first: date, anchor: date) -> tuple[Phase, ...]:
    """The terms to come, `discounts` being those of the one that begins on that day: a phase for each price."""
    found = [Phase(first, bill(plan, options, discounts).lines)]
    while ending := [discount.left for discount in discounts if discount.left]:
        terms = min(ending)
        discounts = tuple(
            replace(discount, left=discount.left - terms if discount.left else 0)
            for discount in discounts
            if discount.left != terms
        )
        first = boundary(anchor, plan.period, first, terms)
        found.append(Phase(first, bill(plan, options, discounts).lines))
    return tuple(found)


def told(discounts: Discounts, period_end: date, anchor: date, period: Period) -> Discounts:
    """The same with the day on which each is over, if the terms go on as they do now."""
    return tuple(
        replace(discount, until=boundary(anchor, period, period_end, discount.left - (0 if discount.waits else 1)))
        if discount.left
        else discount
        for discount in discounts
    )


def reduced(plan: Plan, options: Options, discounts: Discounts) -> Money:
    """What a term costs with them, before tax."""
    return total(bill(plan, options, discounts).lines, plan.price.currency)


def _advanced(discounts: Discounts) -> Iterator[Discount]:
    for discount in discounts:
        if discount.waits:
            yield replace(discount, waits=False)
        elif discount.left != 1:
            yield replace(discount, left=max(discount.left - 1, 0))


def _less(amounts: list[Money], promotion: Promotion) -> Iterator[Money]:
    """What is left of each. A percentage is rounded on the running sum, half a unit up: it takes off the whole what it
    would take off the sum. A fixed amount is used up by the first lines first."""
    if promotion.percent:
        summed = 0
        for amount in amounts:
            before, summed = share(summed, promotion.percent, HUNDREDTHS), summed + amount.minor
            off = share(summed, promotion.percent, HUNDREDTHS) - before
            yield Money(amount.minor - off, amount.currency)
        return
    rest = promotion.amount.minor if promotion.amount else 0
    for amount in amounts:
        off = min(rest, amount.minor)
        rest -= off
        yield Money(amount.minor - off, amount.currency)
