"""The payment step has an answer for every customer."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import PaymentStep


def check(site: Site) -> Iterator[Problem]:
    """Whatever the earlier cases ask, the last one holds for the rest."""
    for workflow in site.workflows:
        for step in workflow.steps:
            if isinstance(step, PaymentStep) and step.origin == workflow.id:
                yield from _check(step)


def _check(step: PaymentStep) -> Iterator[Problem]:
    if not step.cases:
        says = f'the payment step "{step.id}" has no cases: it would not know what to ask'
        yield Problem("missing-case", step.place, says, "add `cases:`, its last one without a `when`")
    elif all(case.when != ALWAYS for case in step.cases):
        last = step.cases[-1]
        says = f'no case is left for a customer for whom "{last.case}" does not hold'
        yield Problem("missing-case", last.place, says, "end the table with a case that has no `when`")
