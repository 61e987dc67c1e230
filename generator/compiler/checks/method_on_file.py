"""Nobody who buys is asked to register a payment method while one is on file."""

from collections.abc import Iterator

from generator.compiler import witness
from generator.compiler.contexts import decided
from generator.model.problem import Problem
from generator.model.rule import Is
from generator.model.site import Site
from generator.model.workflow import Workflow

ON_FILE = Is("customer.has_method", (True,))


def check(site: Site) -> Iterator[Problem]:
    """A workflow that is there to register a method and nothing else is another matter."""
    for case, world, rules in decided(site, ("register_method",), ON_FILE, _is_about_something_else):
        says = f'"{case.case}" can be decided for who has a method on file{witness.whom(world, [*rules, ON_FILE])}'
        hint = "ask `customer.has_method: false` in its `when`: what is on file can be charged"
        yield Problem("method-on-file", case.place, says, hint, "warning")


def _is_about_something_else(workflow: Workflow) -> bool:
    return workflow.purpose.priced or any(step.kind == "billing_info" for step in workflow.steps)
