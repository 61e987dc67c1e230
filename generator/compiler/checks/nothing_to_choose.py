"""Nobody comes to a page of options for a plan that has none."""

from collections.abc import Iterator

from generator.compiler import witness
from generator.engine.paths import somebody
from generator.engine.worlds import NotProved
from generator.model.problem import Problem
from generator.model.rule import Is
from generator.model.site import Site

NONE = Is("plan.has_options", (False,))


def check(site: Site) -> Iterator[Problem]:
    """Told where the step's own condition tells plans with options from others, and lets others through all the same.

    Who does not ask for `plan.has_options` may know that every plan has some.
    """
    for workflow in site.workflows:
        for step in workflow.steps:
            reads = any(leaf.name == NONE.name for leaf in step.when.leaves)
            if step.kind == "options" and step.origin == workflow.id and reads:
                found = somebody(workflow, step, site.currency, (NONE, True))
                if found is not None and not isinstance(found, NotProved):
                    says = f'"{step.id}" is shown to some whose plan has no options'
                    whom = witness.whom(found, [step.when, NONE])
                    hint = "ask `plan.has_options: true` in its `when`, beside all else"
                    yield Problem("nothing-to-choose", step.place, f"{says}{whom}", hint, "warning")
