"""A step that asks for billing info asks for all that an invoice cannot do without."""

from collections.abc import Iterator

from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import AnyStep, Field

NEEDED = ("email", "name", "address_line1", "postal_code", "city", "country")
"""What an invoice cannot do without; in a country that has no postal codes nobody is asked for one."""

_HINT = "let it be `required: true`, without a `when`"


def check(site: Site) -> Iterator[Problem]:
    """Else billing info is never complete, and whoever left something out is asked again, each time. What several
    steps share is told of the first."""
    seen: set[tuple[Field, ...]] = set()
    for workflow in site.workflows:
        for step in workflow.steps:
            if step.kind == "billing_info" and step.origin == workflow.id and step.fields not in seen:
                seen.add(step.fields)
                yield from _check(step)


def _check(step: AnyStep) -> Iterator[Problem]:
    asked = {field.id: field for field in step.fields}
    gone = [name for name in NEEDED if name not in asked]
    if gone:
        names = " and ".join(f'"{name}"' for name in gone)
        says = f'"{step.id}" does not ask for {names}, and no invoice can be made out without'
        yield _problem(step.place, says, "keep the field, or ignore this if your application gives it for everybody")
    for name in NEEDED:
        field = asked.get(name)
        if field is not None and not (field.required and field.when == ALWAYS):
            yield _problem(field.place, f'"{name}" may stay empty, and no invoice can be made out without', _HINT)


def _problem(place: Place, says: str, hint: str) -> Problem:
    return Problem("incomplete-billing", place, says, hint, "warning")
