"""A workflow is continued by one that is about the same."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import PURPOSES, Purpose


def check(site: Site) -> Iterator[Problem]:
    """The steps of the other read its plan or its invoice: whoever comes to them must have one of the same kind."""
    for workflow in site.workflows:
        following = PURPOSES.get(workflow.continues)
        if following is not None and not _fits(workflow.purpose, following):
            says = f'"{workflow.id}" continues "{workflow.continues}", which is about something else'
            fitting = [id for id, other in PURPOSES.items() if id != workflow.id and _fits(workflow.purpose, other)]
            hint = f"continue {' or '.join(f'`{id}`' for id in fitting)}" if fitting else "give it steps of its own"
            yield Problem("wrong-continuation", workflow.place, says, hint)


def _fits(first: Purpose, following: Purpose) -> bool:
    """The one that follows asks for the same, about the same.

    It lets nobody choose a plan a second time, and makes nobody a customer who is one already.
    """
    begins = set(following.about) - {"plan"} == set(first.about) - {"plan"}
    return begins and following.asks == first.asks and following.plan != "chosen" and not following.visitor
