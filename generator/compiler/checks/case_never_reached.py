"""A case of the payment step after one that always holds is never asked."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import PaymentStep


def check(site: Site) -> Iterator[Problem]:
    """The first case that holds decides."""
    for workflow in site.workflows:
        for step in workflow.steps:
            if isinstance(step, PaymentStep) and step.origin == workflow.id:
                yield from _check(step)


def _check(step: PaymentStep) -> Iterator[Problem]:
    deciding = ""
    for case in step.cases:
        if deciding:
            says = f'the case "{case.case}" is never reached: "{deciding}" before it has no `when` and always holds'
            yield Problem("case-never-reached", case.place, says, f"give `{deciding}` a `when`, or move it to the end")
        elif case.when == ALWAYS:
            deciding = case.case
