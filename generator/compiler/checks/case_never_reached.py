"""A case of the payment step that an earlier one covers, or that contradicts itself, is never asked."""

from collections.abc import Iterator

from generator.compiler.contexts import tables
from generator.engine.paths import deciding, somebody
from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import Case, PaymentStep, Workflow


def check(site: Site) -> Iterator[Problem]:
    """The first case that holds decides. What several workflows share is dead where it is dead in all of them."""
    for uses in tables(site):
        step = uses[0][1]
        deciding_always = next((case for case in step.cases if case.when == ALWAYS), None)
        for at, case in enumerate(step.cases):
            if deciding_always and step.cases.index(deciding_always) < at:
                continue
            if all(_dead(workflow, used, case, site.currency) for workflow, used in uses):
                says = f'"{case.case}" can never be reached: whenever it could hold, {_earlier(step, at)}'
                yield Problem("case-never-reached", case.place, says, "correct its `when`, move it up, or take it away")
        after = step.cases[step.cases.index(deciding_always) + 1 :] if deciding_always else ()
        if deciding_always and after:
            dead = ", ".join(f'"{case.case}"' for case in after)
            says = f'"{deciding_always.case}" has no `when` and always holds: {dead} after it can never be reached'
            yield Problem("case-never-reached", deciding_always.place, says, "give it a `when`, or move it to the end")


def _dead(workflow: Workflow, step: PaymentStep, case: Case, currency: str) -> bool:
    return somebody(workflow, step, currency, *deciding(step, case.case)) is None


def _earlier(step: PaymentStep, at: int) -> str:
    names = [f'"{case.case}"' for case in step.cases[:at]]
    return f"{' or '.join(names)} before it holds already" if names else "something else contradicts it"
