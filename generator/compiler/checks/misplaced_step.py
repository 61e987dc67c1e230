"""Every workflow ends in one payment step, after a summary, and knows its plan before it speaks of it."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import Workflow

NEED_A_PLAN = ("options", "summary", "payment")


def check(site: Site) -> Iterator[Problem]:
    """A workflow that others continue is checked on its own: its steps stay in their order there."""
    for workflow in site.workflows:
        yield from _ends_in_payment(workflow)
        yield from _knows_its_plan(workflow)


def _ends_in_payment(workflow: Workflow) -> Iterator[Problem]:
    kinds = [step.kind for step in workflow.steps]
    if not kinds or kinds[-1] != "payment":
        says = f'the workflow "{workflow.id}" does not end in a payment step'
        hint = "add `payment: {}` as its last step, or `continues:` a workflow that has one"
        yield Problem("misplaced-step", workflow.place, says, hint)
        return
    if workflow.purpose.priced and "summary" not in kinds:
        says = f'the workflow "{workflow.id}" has no summary: nobody may be charged a price that they have not seen'
        yield Problem("misplaced-step", workflow.place, says, "add `summary: {}` before the payment step")
    for step in workflow.steps[:-1]:
        if step.kind == "payment" and step.origin == workflow.id:
            says = f'the step "{step.id}" asks for payment before the end'
            yield Problem("misplaced-step", step.place, says, "leave one payment step, as the last step")
    first = next((step for step in workflow.steps if step.kind == "summary" and step.origin == workflow.id), None)
    rest = workflow.steps[workflow.steps.index(first) :] if first else ()
    later = [f'"{step.id}"' for step in rest if step.kind in ("catalog", "options", "billing_info")]
    if first and later:
        says = f'the step "{first.id}" shows a price that {", ".join(later)} after it can still change'
        yield Problem("misplaced-step", first.place, says, "move it behind them")


def _knows_its_plan(workflow: Workflow) -> Iterator[Problem]:
    """Where a plan is chosen, there is none until the catalog; other workflows begin with one or never have any."""
    catalogs = [step for step in workflow.steps if step.kind == "catalog"]
    for step in catalogs[1:]:
        says = f'the step "{step.id}" is a second catalog'
        yield Problem("misplaced-step", step.place, says, "leave one catalog in the workflow")
    if workflow.purpose.plan == "none":
        for step in workflow.steps:
            if step.kind in ("catalog", "options", "billing_info") and step.origin == workflow.id:
                says = f'the step "{step.id}" is for a plan, and "{workflow.id}" is about none'
                yield Problem("misplaced-step", step.place, says, "put it in a workflow that is about a plan")
    elif workflow.purpose.plan == "given":
        for step in catalogs[:1]:
            says = f'"{workflow.id}" begins with a plan and cannot ask for one'
            yield Problem("misplaced-step", step.place, says, "put the catalog in `choose_plan`")
    elif not catalogs:
        says = f'the workflow "{workflow.id}" lets nobody choose a plan'
        yield Problem("misplaced-step", workflow.place, says, "add `catalog: {}` to its steps")
    else:
        for step in workflow.steps[: workflow.steps.index(catalogs[0])]:
            if step.kind in NEED_A_PLAN:
                says = f'the step "{step.id}" comes before the plan is chosen'
                yield Problem("misplaced-step", step.place, says, f"place it after `{catalogs[0].id}`")
