"""Whether what a definition names is sold, plans and promotions, and whether the biller that it names can sell it."""

from collections.abc import Iterable, Iterator

from generator.model.capability import BILLERS, lacking, why_not
from generator.model.catalog import Plan
from generator.model.nearest import nearest, suggestion
from generator.model.price_list import PriceList
from generator.model.problem import Problem
from generator.model.rule import Is, Rule
from generator.model.site import Site


def check(site: Site, prices: PriceList) -> Iterator[Problem]:
    """A warning each for what is named: a plan may have been withdrawn while people have it, or be prepared for one
    customer. What the biller cannot keep books of is an error at its plan."""
    plans = [plan.ref for plan in prices.catalog.plans]
    rules = [
        rule
        for workflow in site.workflows
        for step in workflow.steps
        for rule in (step.rules if step.origin == workflow.id else ())
    ]
    rules += [rule for section in site.portal.sections for rule in section.rules]
    yield from _unsold(rules, plans)
    codes = [promotion.code for promotion in prices.promotions]
    for choice in (choice for workflow in site.workflows for step in workflow.steps for choice in step.choices):
        if choice.promotion and choice.promotion.casefold() not in [code.casefold() for code in codes]:
            says = f'the catalog has no promotion "{choice.promotion}", so it is offered to nobody'
            hint = suggestion(choice.promotion, codes)
            yield Problem("promotion-not-sold", choice.place, says, hint, "warning")
    yield from _unkept(site.biller, prices.catalog.plans)


def _unkept(biller: str, plans: Iterable[Plan]) -> Iterator[Problem]:
    can = BILLERS[biller]
    for plan in plans:
        if lacks := lacking(can, plan):
            whys = "; ".join(f"{what}: {why_not(can, what)}" for what in lacks)
            says = f'the biller "{biller}" cannot keep the plan "{plan.ref}" ({whys})'
            yield Problem("biller-cannot", plan.place, says, "sell it without, or name another biller")


def _unsold(rules: Iterable[Rule], plans: list[str]) -> Iterator[Problem]:
    """Of a plan that somebody may have from earlier only a name that looks mistyped is told."""
    for leaf in (leaf for rule in rules for leaf in rule.leaves if isinstance(leaf, Is)):
        for name in (str(value) for value in leaf.values):
            wrong = leaf.name == "plan.ref" or (leaf.name == "subscription.plan" and nearest(name, plans))
            if wrong and name not in plans:
                says = f'no plan of the catalog is called "{name}"'
                yield Problem("plan-not-sold", leaf.place, says, suggestion(name, plans), "warning")
