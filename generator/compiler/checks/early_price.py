"""Nothing is decided by a price that can still change."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import Workflow


def check(site: Site) -> Iterator[Problem]:
    """What is shown by an early price may vanish, or come up behind the customer, when the price is another one.

    What billing info changes of it is tax: what is asked before that is asked of the price as it is known then.
    """
    for workflow in site.workflows:
        yield from _check(workflow)


def _check(workflow: Workflow) -> Iterator[Problem]:
    plan = workflow.purpose.plan != "chosen"
    for at, step in enumerate(workflow.steps):
        later = [other.id for other in workflow.steps[at:] if other.kind == "options"]
        for leaf in (leaf for rule in step.rules for leaf in rule.leaves):
            if plan and later and step.origin == workflow.id and leaf.name.startswith("quote."):
                changing = f'"{later[-1]}" after it' if later[-1] != step.id else "what is chosen there"
                says = f'"{leaf.name}" is read in "{step.id}", and {changing} can still change the price'
                yield Problem("early-price", leaf.place, says, f"ask it in a step after `{later[-1]}`", "warning")
        plan = plan or step.kind == "catalog"
