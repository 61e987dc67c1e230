"""Nobody is told of a later payment that never comes."""

from collections.abc import Iterator

from generator.compiler import witness
from generator.compiler.contexts import decided
from generator.model.problem import Problem
from generator.model.rule import All, Is
from generator.model.site import Site
from generator.model.workflow import PaymentStep, Workflow

NOTHING = All((Is("quote.due_now", (0,)), Is("quote.due_later", (0,)), Is("quote.method_required", (False,))))


def check(site: Site) -> Iterator[Problem]:
    """Who owes nothing, now and later, and need give nothing to charge later is told that it is free.

    Where the table has no such case somebody decided that nobody is told.
    """
    for case, world, rules in decided(site, ("pay_later",), NOTHING, _frees):
        says = f'"{case.case}" can be decided where nothing is ever due{witness.whom(world, [*rules, NOTHING])}'
        hint = "put `free` before it: {when: {quote.due_now: 0, quote.due_later: 0, quote.method_required: false}}"
        yield Problem("later-of-nothing", case.place, says, hint, "warning")


def _frees(workflow: Workflow) -> bool:
    tables = (step.cases for step in workflow.steps if isinstance(step, PaymentStep))
    return any(row.case == "free" for table in tables for row in table)
