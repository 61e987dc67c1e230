"""A condition that holds for everybody is none."""

from collections.abc import Iterator

from generator.compiler.contexts import asked
from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """It hides what its author meant."""
    for place, worlds in asked(site, holds=False):
        if worlds and all(found is None for found in worlds):
            says = "this condition always holds, whatever the values of its names are"
            yield Problem("always-true", place, says, "take it away, or say `always`; or correct it", "warning")
