"""Everything in a definition that had another name before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.place import Place
from generator.model.site import Site
from generator.model.workflow import AnyStep, Choosable, Field


@dataclass(frozen=True)
class Past:
    """`what` it is, `where` it stands, what it `was`, what is called how `beside` it, and where that is `said`."""

    what: str
    where: str
    was: tuple[str, ...]
    beside: tuple[str, ...]
    place: Place
    said: str = "was"


def pasts(site: Site) -> Iterator[Past]:
    """Steps, their fields and the options of these; what a workflow takes over is told where it stands."""
    for workflow in site.workflows:
        own = [step for step in workflow.steps if step.origin == workflow.id]
        for step in own:
            yield from _of(f'the step "{step.id}"', workflow.id, step, own)
            for field in step.fields:
                where = f"{workflow.id}.{step.id}"
                yield from _of(f'the field "{field.id}"', where, field, step.fields)
                for option in field.options:
                    yield from _of_option(f"{where}.{field.id}", option, field)


def _of(what: str, where: str, one: AnyStep | Field, beside: Sequence[AnyStep | Field]) -> Iterator[Past]:
    if one.was:
        yield Past(what, where, one.was, tuple(other.id for other in beside), one.place)


def _of_option(where: str, option: Choosable, field: Field) -> Iterator[Past]:
    if option.was:
        beside = tuple(other.id for other in field.options)
        yield Past(f'the option "{option.id}"', where, option.was, beside, field.place, "options_were")
