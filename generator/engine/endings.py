"""How a workflow may end, and where each end leads: what can be said of it without a customer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from generator.engine import redirect
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import Outcome, PaymentCase, PaymentStep, Workflow

OF_CASE: Mapping[PaymentCase, tuple[Outcome, ...]] = {
    "free": ("nocharge",),
    "register_method": ("registered",),
    "pay_later": ("nocharge",),
    "pay_now": ("paid", "pending", "due"),
}
"""What may become of each case of the payment step."""


@dataclass(frozen=True)
class Ending:
    """An outcome, the name of the target that it leads to, and its address: both empty where our own page says it."""

    outcome: Outcome
    target: str = ""
    url: str = ""


def of_case(step: PaymentStep, case: PaymentCase) -> tuple[Outcome, ...]:
    """How it may end in this case, by the ways to pay that the step has."""
    possible = set(OF_CASE[case])
    if "transfer" not in step.methods:
        possible.discard("due")
    if not {"card", "sepa"}.intersection(step.methods):
        possible -= {"paid", "pending"}
    return tuple(outcome for outcome in OF_CASE[case] if outcome in possible)


def endings(site: Site, workflow: Workflow) -> tuple[Ending, ...]:
    """Every way in which it may end, in the order of the words."""
    possible = set(_outcomes(workflow))
    return tuple(
        Ending(outcome, redirect.target(site, workflow.id, outcome), redirect.after(site, workflow.id, outcome))
        for outcome in get_args(Outcome)
        if outcome in possible
    )


def _outcomes(workflow: Workflow) -> Iterator[Outcome]:
    for step in workflow.steps:
        if isinstance(step, PaymentStep):
            for case in step.cases:
                yield from of_case(step, case.case)
            if step.when != ALWAYS:
                yield "nocharge"
