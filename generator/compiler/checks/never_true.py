"""A condition whose parts contradict each other holds for nobody."""

from collections.abc import Iterator

from generator.compiler.contexts import asked
from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """What is shown to nobody is most often a slip of the pen; the payment step's cases have a check of their own."""
    for place, worlds in asked(site):
        if worlds and all(found is None for found in worlds):
            says = "this condition can never hold: no value that its names can have fulfils all of it"
            yield Problem("never-true", place, says, "loosen it, or take away what depends on it")
