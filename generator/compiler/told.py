"""What is told of a definition or a catalog: everything that was wrong with it."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from generator.compiler import ignores
from generator.compiler.codes import MOST_PROBLEMS
from generator.compiler.ignores import Ignore
from generator.model.place import Place
from generator.model.problem import Ignored, Problem
from generator.model.site import Site

LONGEST = 600
"""How long a sentence of a problem may be."""


@dataclass(frozen=True)
class Told:
    """Everything that was wrong, sorted, and one root cause once; and the `site`, where nothing was that stops it.

    `stage` counts the stages that were gone through: after a change that mends something more may come to light.
    `prices` are those of the catalog, a `PriceList`: the file itself, which is no site, or what lies beside the
    definition. All that a price list is made of is not loaded where there is none.
    """

    problems: tuple[Problem, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    stage: int = 0
    prices: Any = None
    site: Site | None = None

    @property
    def good(self) -> bool:
        return not any(problem.severity == "error" for problem in self.problems)


@dataclass
class Found:
    """What has come to light so far."""

    problems: list[Problem] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    stage: int = 0

    def stops(self) -> bool:
        """Whether what follows would only be noise; otherwise one stage more is done."""
        if any(problem.severity == "error" for problem in self.problems):
            return True
        self.stage += 1
        return False

    def told(self, whole: bool, unasked: tuple[str, ...] = ()) -> Told:
        """`whole` says that all stages were gone through; of the `unasked` nothing could come to light."""
        asked = [ignore for ignore in self.ignores if ignore.code not in unasked]
        told, ignored = ignores.apply(_once(self.problems), asked, whole=whole and not self.stops())
        return Told(tuple(sorted(told, key=_order)), ignored, self.stage)


def together(one: Told, other: Told) -> Told:
    """What is told of a definition and of the catalog beside it."""
    problems = tuple(sorted((*one.problems, *other.problems), key=_order))
    return Told(problems, (*one.ignored, *other.ignored), one.stage + other.stage, other.prices, one.site)


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Each place and code once, and no sentence without end: somebody may have written a word of a million letters."""
    once = {(problem.place, problem.code): problem for problem in reversed(list(islice(problems, MOST_PROBLEMS)))}
    return [
        replace(problem, says=_short(problem.says), hint=_short(problem.hint))
        for problem in once.values()
        if not _follows(problem, once)
    ]


def _follows(problem: Problem, known: Container[tuple[Place, str]]) -> bool:
    """Whether it comes of another one: of a mistyped placeholder every other language seems to have lost it."""
    places = (problem.place, *(related.place for related in problem.related))
    return problem.code == "placeholder-differs" and any((place, "unknown-placeholder") in known for place in places)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _order(problem: Problem) -> tuple[Place, str]:
    return problem.place, problem.code
