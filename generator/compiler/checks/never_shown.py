"""A step that no customer can come to is dead, and most often a slip of the pen."""

from collections.abc import Iterator

from generator.engine.paths import names_of, somebody
from generator.engine.worlds import can_hold
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import AnyStep, Workflow


def check(site: Site) -> Iterator[Problem]:
    """Its condition could hold, and does not for anybody who comes so far. Shared steps are shown if anywhere."""
    places: dict[Place, list[tuple[Workflow, AnyStep]]] = {}
    for workflow in site.workflows:
        for step in workflow.steps:
            if step.when != ALWAYS:
                places.setdefault(step.place, []).append((workflow, step))
    for place, found in places.items():
        if all(_dead(workflow, step, site.currency) for workflow, step in found):
            says = f'nobody can come to the step "{found[0][1].id}": whoever comes so far, its `when` does not hold'
            yield Problem("never-shown", place, says, "loosen its `when`, move it down, or take it away", "warning")


def _dead(workflow: Workflow, step: AnyStep, currency: str) -> bool:
    names = names_of(workflow, currency)
    known = all(leaf.name in names for leaf in step.when.leaves)
    if not known or can_hold(step.when, names) is None:
        return False
    return somebody(workflow, step, currency) is None
