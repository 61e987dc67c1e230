"""Every workflow ends in one payment step, after a summary, and has only steps that it is for."""

from collections.abc import Iterator, Mapping

from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import Asks, StepKind, Workflow

NEED_A_PLAN = ("options", "summary", "payment")

FOR: Mapping[StepKind, tuple[Asks, ...]] = {
    "catalog": ("subscribe", "change_plan"),
    "options": ("subscribe", "start", "change_plan", "change_options"),
    "confirm": ("terminate",),
}
"""Kinds of step that only some workflows have a use for."""


def check(site: Site) -> Iterator[Problem]:
    """A workflow that others continue is checked on its own: its steps stay in their order there."""
    for workflow in site.workflows:
        yield from _ends_in_payment(workflow)
        yield from _has_a_use(workflow)
        yield from _meets_its_visitor(workflow)
        yield from _knows_its_plan(workflow)


def _ends_in_payment(workflow: Workflow) -> Iterator[Problem]:
    kinds = [step.kind for step in workflow.steps]
    if not kinds or kinds[-1] != "payment":
        says = f'the workflow "{workflow.id}" does not end in a payment step'
        hint = "add `payment: {}` as its last step, or `continues:` a workflow that has one"
        yield Problem("misplaced-step", workflow.place, says, hint)
        return
    shows = "confirm" if workflow.purpose.asks == "terminate" else "summary"
    if workflow.purpose.priced and shows not in kinds:
        says = f'the workflow "{workflow.id}" has no {shows}: nobody may be charged a price that they have not seen'
        yield Problem("misplaced-step", workflow.place, says, f"add `{shows}: {{}}` before the payment step")
    payment = workflow.steps[-1]
    if payment.when != ALWAYS and shows == "summary" and payment.origin == workflow.id:
        says = f'the payment step of "{workflow.id}" is not for everybody: some would never come to an end'
        hint = "take its `when` away; what is asked there is decided by its `cases`"
        yield Problem("misplaced-step", payment.place, says, hint)
    for step in workflow.steps[:-1]:
        if step.kind == "payment" and step.origin == workflow.id:
            says = f'the step "{step.id}" asks for payment before the end'
            yield Problem("misplaced-step", step.place, says, "leave one payment step, as the last step")
    first = next((step for step in workflow.steps if step.kind == shows and step.origin == workflow.id), None)
    rest = workflow.steps[workflow.steps.index(first) :] if first else ()
    later = [f'"{step.id}"' for step in rest if step.kind in ("catalog", "options", "billing_info")]
    if first and later:
        says = f'the step "{first.id}" shows a price that {", ".join(later)} after it can still change'
        yield Problem("misplaced-step", first.place, says, "move it behind them")


def _meets_its_visitor(workflow: Workflow) -> Iterator[Problem]:
    """Nobody knows a visitor before their billing info is given, and everybody comes to that step."""
    first = workflow.steps[0] if workflow.steps else None
    if workflow.purpose.visitor and (first is None or first.kind != "billing_info" or first.when != ALWAYS):
        says = f'"{workflow.id}" does not begin by asking its visitor who they are'
        hint = "begin with a step of kind `billing_info` that has no `when`"
        yield Problem("misplaced-step", first.place if first else workflow.place, says, hint)


def _has_a_use(workflow: Workflow) -> Iterator[Problem]:
    for step in workflow.steps:
        fitting = FOR.get(step.kind)
        if step.origin == workflow.id and fitting is not None and workflow.purpose.asks not in fitting:
            says = f'a step of kind "{step.kind}" has no use in "{workflow.id}"'
            yield Problem("misplaced-step", step.place, says, "take it away, or put it in a workflow that has one")


def _knows_its_plan(workflow: Workflow) -> Iterator[Problem]:
    """Where a plan is chosen, there is none until the catalog; other workflows begin with one or never have any."""
    catalogs = [step for step in workflow.steps if step.kind == "catalog"]
    for step in catalogs[1:]:
        says = f'the step "{step.id}" is a second catalog'
        yield Problem("misplaced-step", step.place, says, "leave one catalog in the workflow")
    if workflow.purpose.plan == "none":
        return
    if workflow.purpose.plan == "given":
        own = [step for step in catalogs if step.origin == workflow.id]
        for step in own[:1] if workflow.purpose.asks in FOR["catalog"] else ():
            says = f'"{workflow.id}" begins with a plan and cannot ask for one'
            yield Problem("misplaced-step", step.place, says, "put the catalog in `choose_plan` or `change_plan`")
    elif not catalogs:
        says = f'the workflow "{workflow.id}" lets nobody choose a plan'
        yield Problem("misplaced-step", workflow.place, says, "add `catalog: {}` to its steps")
    else:
        for step in workflow.steps[: workflow.steps.index(catalogs[0])]:
            if step.kind in NEED_A_PLAN:
                says = f'the step "{step.id}" comes before the plan is chosen'
                yield Problem("misplaced-step", step.place, says, f"place it after `{catalogs[0].id}`")
