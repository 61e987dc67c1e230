"""Nobody who owes something now is let go without paying it."""

from collections.abc import Iterator

from generator.compiler import witness
from generator.compiler.contexts import decided
from generator.model.problem import Problem
from generator.model.rule import Compare
from generator.model.site import Site

DUE = Compare("quote.due_now", "above", 0)


def check(site: Site) -> Iterator[Problem]:
    """Of all the cases, `pay_now` alone takes money."""
    for case, world, rules in decided(site, ("free", "register_method", "pay_later"), DUE):
        says = f'"{case.case}" can be decided while money is due now{witness.whom(world, [*rules, DUE])}'
        yield Problem("free-while-due", case.place, says, "ask `quote.due_now: 0` in its `when`")
