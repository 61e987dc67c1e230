"""The payment step has an answer for every customer."""

from collections.abc import Iterator

from generator.compiler import witness
from generator.compiler.contexts import tables
from generator.engine.paths import somebody
from generator.engine.worlds import NotProved
from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import PaymentStep, Workflow


def check(site: Site) -> Iterator[Problem]:
    """Either some case holds for each of them, or there is somebody for whom none does."""
    for uses in tables(site):
        for workflow, step in uses:
            problem = _check(workflow, step, site.currency)
            if problem:
                yield problem
                break


def _check(workflow: Workflow, step: PaymentStep, currency: str) -> Problem | None:
    if not step.cases:
        says = f'the payment step "{step.id}" has no cases: it would not know what to ask'
        return Problem("missing-case", step.place, says, "add `cases:`, its last one without a `when`")
    if any(case.when == ALWAYS for case in step.cases):
        return None
    rules = [case.when for case in step.cases]
    found = somebody(workflow, step, currency, *((rule, False) for rule in rules))
    if found is None:
        return None
    last, hint = step.cases[-1], "end the table with a case that has no `when`"
    says = f'no case is left for a customer for whom "{last.case}" does not hold'
    if isinstance(found, NotProved):
        says = f"{says}; whether there is one was not proved"
        return Problem("missing-case", last.place, says, hint)
    return Problem("missing-case", last.place, f"{says}{witness.whom(found, rules)}", hint)
