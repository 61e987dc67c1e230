"""A condition reads only what is known when it is asked."""

from collections.abc import Iterator

from generator.model.facts import ROOTS
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import Workflow


def check(site: Site) -> Iterator[Problem]:
    """Answers are known after their step, plan and quote once there is a plan. One problem for each place."""
    for workflow in site.workflows:
        yield from _check(workflow)


def _check(workflow: Workflow) -> Iterator[Problem]:
    answered: set[str] = set()
    plan, quote = workflow.purpose.plan == "given", workflow.purpose.plan != "chosen"
    for step in workflow.steps:
        for rule in step.rules:
            for leaf in rule.leaves if step.origin == workflow.id else ():
                root = leaf.name.partition(".")[0]
                if root == "subscription" and "subscription" not in workflow.purpose.about:
                    says = f'"{leaf.name}" is read in a workflow that changes no subscription'
                    yield Problem("early-name", leaf.place, says, "ask about `customer`, `plan` or `quote`")
                elif root == "invoice" and "invoice" not in workflow.purpose.about:
                    says = f'"{leaf.name}" is read in a workflow that is about no invoice'
                    yield Problem("early-name", leaf.place, says, "ask about `customer`, `plan` or `quote`")
                elif root == "plan" and workflow.purpose.plan == "none":
                    says = f'"{leaf.name}" is read in a workflow that is about no plan'
                    yield Problem("early-name", leaf.place, says, "ask about `customer` or `quote`")
                elif (root == "plan" and not plan) or (root == "quote" and not quote):
                    says = f'"{leaf.name}" is read before a plan is chosen'
                    yield Problem("early-name", leaf.place, says, "ask it in a step after the catalog")
                elif root not in ROOTS and root not in answered:
                    says = f'"{leaf.name}" is read before the step "{root}" was answered'
                    yield Problem("early-name", leaf.place, says, f"ask it in a step after `{root}`")
        answered.add(step.id)
        plan, quote = plan or step.kind == "catalog", quote or step.kind == "catalog"
