"""A case of the payment step after one that always holds is never asked."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import PaymentStep


def check(site: Site) -> Iterator[Problem]:
    """The first case that holds decides: after one that always holds, the others are dead."""
    for workflow in site.workflows:
        for step in workflow.steps:
            if isinstance(step, PaymentStep) and step.origin == workflow.id:
                yield from _check(step)


def _check(step: PaymentStep) -> Iterator[Problem]:
    deciding = next((case for case in step.cases if case.when == ALWAYS), None)
    after = step.cases[step.cases.index(deciding) + 1 :] if deciding else ()
    if deciding and after:
        dead = ", ".join(f'"{case.case}"' for case in after)
        says = f'"{deciding.case}" has no `when` and always holds: {dead} after it can never be reached'
        yield Problem("case-never-reached", deciding.place, says, "give it a `when`, or move it to the end")
