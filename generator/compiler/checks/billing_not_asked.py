"""Nobody begins to pay for a plan without having said what their invoices need."""

from collections.abc import Iterator

from generator.compiler import witness
from generator.engine.paths import BILLING, somebody
from generator.engine.worlds import NotProved
from generator.model.problem import Problem
from generator.model.rule import Is
from generator.model.site import Site
from generator.model.workflow import Asks, Workflow

BEGINS: tuple[Asks, ...] = ("subscribe", "start", "change_plan")
"""What is asked of the biller where invoices may begin."""

GIVES = "register_billing_info"

LACKING = Is("customer.billing_complete", (False,))


def check(site: Site) -> Iterator[Problem]:
    """Who lacks something is shown a step that asks for it. A workflow that others continue is looked at by itself."""
    for workflow in site.workflows:
        if workflow.steps and workflow.steps[-1].origin == workflow.id and workflow.purpose.asks in BEGINS:
            yield from _check(workflow, site.currency)
        if workflow.id == GIVES and not any(step.kind == "billing_info" for step in workflow.steps):
            says = f'"{workflow.id}" is there to give billing info, and asks for none'
            hint = "add `billing_info: {like: subscribe_to_plan.billing_info}` as its first step"
            yield Problem("billing-not-asked", workflow.place, says, hint, "warning")


def _check(workflow: Workflow, currency: str) -> Iterator[Problem]:
    asking = [step for step in workflow.steps if step.kind == "billing_info"]
    rules = [step.when for step in asking]
    if any(leaf.name.removeprefix("customer.") in BILLING for rule in rules for leaf in rule.leaves):
        return  # what they say there changes what these names stand for
    passed = ((rule, False) for rule in rules)
    found = somebody(workflow, workflow.steps[-1], currency, (LACKING, True), *passed)
    if found is None or isinstance(found, NotProved):
        return
    says = f'some come to pay in "{workflow.id}" whose invoices would lack something{witness.whom(found, rules)}'
    if asking:
        hint = "let its `when` be `{customer.billing_complete: false}`"
    else:
        hint = "add a `billing_info` step before the summary, `when: {customer.billing_complete: false}`"
    yield Problem("billing-not-asked", asking[0].place if asking else workflow.place, says, hint, "warning")
