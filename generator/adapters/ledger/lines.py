"""What a plan costs, line by line."""

from collections.abc import Iterable, Mapping

from generator.adapters.ledger.tax import tax_on, tax_within
from generator.adapters.ledger.tiers import cost
from generator.model.catalog import Option, Plan
from generator.model.money import Money
from generator.model.quote import Line, Options
from generator.model.tax import Tax


def each_term(plan: Plan, options: Options) -> tuple[Line, ...]:
    """What every term costs, before tax: the plan, then what was chosen of its options."""
    chosen = (_option_line(option, options[option.ref]) for option in plan.choices)
    return (Line("plan", plan.price, plan.title), *(line for line in chosen if line))


def once(plan: Plan) -> tuple[Line, ...]:
    """What is paid a single time, before tax."""
    return (Line("setup", plan.setup, plan.title),) if plan.setup else ()


def consumed(plan: Plan, used: Mapping[str, int]) -> tuple[Line, ...]:
    """What was used of a plan's options in one term costs, before tax: what is included costs nothing."""
    counted = (_usage_line(option, used.get(option.ref, 0)) for option in plan.consumptions)
    return tuple(line for line in counted if line)


def with_tax(lines: tuple[Line, ...], tax: Tax, currency: str) -> tuple[Line, ...]:
    """The lines, and one for the tax on their sum or within it, where there is any, or a reason why there is none."""
    sum, nothing = total(lines, currency), Money.zero(currency)
    if not sum or not (tax.rate or tax.note):
        return lines
    if not tax.rate:
        return (*lines, Line("tax", nothing, {}, note=tax.note))
    if tax.inclusive:
        return (*lines, Line("tax", nothing, {}, rate=tax.rate, included=tax_within(sum, tax.rate)))
    return (*lines, Line("tax", tax_on(sum, tax.rate), {}, rate=tax.rate))


def total(lines: Iterable[Line], currency: str) -> Money:
    """What the lines add up to."""
    return sum((line.amount for line in lines), Money.zero(currency))


def tax_of(line: Line) -> Money:
    """How much tax a tax line says, on top of the others or within them."""
    return line.amount if line.included is None else line.included


def _option_line(option: Option, value: bool | int) -> Line | None:
    if option.kind == "switch":
        return Line("option", cost(option.scale, 1), option.title) if value else None
    extra = value - option.included
    return Line("option", cost(option.scale, extra), option.title, quantity=extra) if extra > 0 else None


def _usage_line(option: Option, used: int) -> Line | None:
    beyond = used - option.included
    return Line("usage", cost(option.scale, beyond), option.title, quantity=beyond) if beyond > 0 else None
