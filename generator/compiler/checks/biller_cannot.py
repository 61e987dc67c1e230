"""What customers can do here the biller can keep books of: where it cannot, that is known before anybody tries."""

from collections.abc import Iterator

from generator.model.capability import BILLERS, Capabilities, why_not
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import Workflow


def check(site: Site) -> Iterator[Problem]:
    """Asked of a definition that says which biller it is for, and that is not our own."""
    biller = BILLERS[site.biller]
    for workflow in site.workflows:
        why = why_not(biller, workflow.purpose.asks)
        if why:
            says = f'the biller "{site.biller}" cannot do what "{workflow.id}" is for: {why}'
            yield Problem("biller-cannot", workflow.place, says, f"leave it out: `{workflow.id}: false`")
        else:
            yield from _choices(site.biller, biller, workflow)


def _choices(name: str, biller: Capabilities, workflow: Workflow) -> Iterator[Problem]:
    """Of the ways on from a confirmation."""
    for step in workflow.steps:
        for choice in step.choices:
            if why := why_not(biller, choice.id):
                says = f'the biller "{name}" cannot do what the choice "{choice.id}" is for: {why}'
                yield Problem("biller-cannot", choice.place, says, f"leave it out: `{choice.id}: false`")
