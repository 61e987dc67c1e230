"""The way out takes no more screens and required fields than the way in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import AnyStep, Workflow


@dataclass(frozen=True)
class Length:
    """What a customer goes through."""

    screens: int
    fields: int


def check(site: Site) -> Iterator[Problem]:
    """What somebody may meet on the way out is held against what everybody meets on the way in."""
    ways_in = [shortest(workflow) for workflow in site.workflows if workflow.purpose.asks == "subscribe"]
    if not ways_in:
        return
    way_in = Length(min(way.screens for way in ways_in), min(way.fields for way in ways_in))
    for workflow in site.workflows:
        way_out = longest(workflow)
        if workflow.purpose.asks != "terminate":
            continue
        if way_out.screens > way_in.screens:
            says = f"leaving takes {_counted(way_out.screens, 'screen')}, subscribing {way_in.screens}"
            hint = "leave steps out: whoever wants to go should not have to look for the door"
            yield Problem("longer-way-out", workflow.place, says, hint, "warning")
        if way_out.fields > way_in.fields:
            says = f"leaving takes {_counted(way_out.fields, 'required field')}, subscribing {way_in.fields}"
            hint = "let them be left empty: take `required` away"
            yield Problem("longer-way-out", workflow.place, says, hint, "warning")


def shortest(workflow: Workflow) -> Length:
    """The screens and required fields that nobody is spared."""
    steps = [step for step in workflow.steps if step.when == ALWAYS]
    fields = (field for step in steps for field in step.fields if field.when == ALWAYS)
    return Length(len(steps), sum(field.required for field in fields))


def longest(workflow: Workflow) -> Length:
    """Those that anybody may meet."""
    return Length(len(workflow.steps), sum(_required(workflow.steps)))


def _required(steps: Sequence[AnyStep]) -> Iterator[bool]:
    yield from (field.required for step in steps for field in step.fields)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
