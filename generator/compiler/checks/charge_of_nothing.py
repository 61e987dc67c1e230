"""Nobody is asked to pay nothing."""

from collections.abc import Iterator

from generator.compiler import witness
from generator.compiler.contexts import decided
from generator.model.problem import Problem
from generator.model.rule import Is
from generator.model.site import Site

NOTHING = Is("quote.due_now", (0,))


def check(site: Site) -> Iterator[Problem]:
    """No bank takes a charge of zero: whoever comes there with nothing due could not go on."""
    for case, world, rules in decided(site, ("pay_now",), NOTHING):
        says = f'"{case.case}" can be decided while nothing is due now{witness.whom(world, [*rules, NOTHING])}'
        hint = (
            "put a case before it that holds when `quote.due_now` is 0, such as `pay_later: {when: {quote.due_now: 0}}`"
        )
        yield Problem("charge-of-nothing", case.place, says, hint)
