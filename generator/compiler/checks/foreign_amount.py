"""Amounts in conditions are in the currency of the site."""

from collections.abc import Iterator

from generator.locale import money
from generator.model.money import Money
from generator.model.problem import Problem
from generator.model.rule import Is, IsKnown, Rule
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """Two currencies have no order: a customer for whom one is asked would stand before an error page."""
    rules = [rule for workflow in site.workflows for rule in workflow.rules]
    rules += [rule for section in site.portal.sections for rule in section.rules]
    for rule in rules:
        yield from _check(rule, site.currency)


def _check(rule: Rule, currency: str) -> Iterator[Problem]:
    for leaf in rule.leaves:
        amounts = () if isinstance(leaf, IsKnown) else leaf.values if isinstance(leaf, Is) else (leaf.bound,)
        for amount in amounts:
            if isinstance(amount, Money) and amount.currency != currency:
                says = f'"{leaf.name}" is in {currency}, and is compared with {money.written(amount)}'
                yield Problem("foreign-amount", leaf.place, says, f"write an amount in {currency}")
