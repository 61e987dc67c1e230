"""Options that customers may change later are offered where they subscribe, too."""

from collections.abc import Iterator

from generator.engine.paths import names_of
from generator.engine.worlds import can_hold
from generator.model.problem import Problem
from generator.model.rule import All, Is
from generator.model.site import Site
from generator.model.workflow import Asks, Workflow

CHOOSES: tuple[Asks, ...] = ("subscribe", "start", "change_plan")
"""What is asked of the biller where somebody comes to a plan."""

HAS = Is("plan.has_options", (True,))


def check(site: Site) -> Iterator[Problem]:
    """Told where nobody who comes to a plan with options sees them, and another workflow shows that there are such."""
    asking = [workflow for workflow in site.workflows if _asks(workflow, site.currency)]
    for workflow in site.workflows:
        own = workflow.steps[-1].origin == workflow.id if workflow.steps else False
        if own and workflow.purpose.asks in CHOOSES and asking and workflow not in asking:
            steps = [step for step in workflow.steps if step.kind == "options"]
            others = " and ".join(f'"{other.id}"' for other in asking[:2])
            says = f'nobody who comes to a plan with options is asked for them in "{workflow.id}", as in {others}'
            hint = "let an `options` step be shown `when: {plan.has_options: true}`"
            yield Problem("options-not-asked", steps[0].place if steps else workflow.place, says, hint, "warning")
        if workflow.purpose.asks == "change_options" and workflow not in asking:
            says = f'"{workflow.id}" is there to change options, and asks for none'
            yield Problem("options-not-asked", workflow.place, says, "add `options: {}` as its first step", "warning")


def _asks(workflow: Workflow, currency: str) -> bool:
    names = names_of(workflow, currency)
    steps = [step for step in workflow.steps if step.kind == "options" and step.origin == workflow.id]
    return any(can_hold(All((step.when, HAS)), names) is not None for step in steps)
