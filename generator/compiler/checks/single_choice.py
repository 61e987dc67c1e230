"""A choice has at least two things to choose between."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """Several boxes may be one: that is a box to tick."""
    for fields in site.forms:
        for field in fields:
            if field.kind == "choice" and len(field.options) == 1:
                says = f'"{field.id}" offers "{field.options[0].id}" only: there is nothing to choose'
                yield Problem(
                    "single-choice", field.place, says, "add another option, or take the field away", "warning"
                )
