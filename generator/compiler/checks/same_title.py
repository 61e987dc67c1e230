"""Two pages of a workflow, or two tabs, have two titles: by them people know where they are (WCAG 2.4.2)."""

from collections.abc import Iterator
from itertools import combinations

from generator.engine.paths import given, names_of
from generator.engine.worlds import Claim, find
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.text import Text
from generator.model.workflow import AnyStep, StepKind, Workflow

OWN: tuple[StepKind, ...] = ("form", "message")
HINT = "give each a `title` of its own: by it people know where they are"


def check(site: Site) -> Iterator[Problem]:
    """As far as the definition says titles itself; of two steps that one customer may come through."""
    for workflow in site.workflows:
        yield from _steps(workflow, site)
    for first, second in combinations(site.portal.sections, 2):
        if alike := _alike(first.title, second.title, site.languages):
            says = f'the section "{second.id}" has the same title as "{first.id}" before it'
            yield Problem("same-title", _place(second.title, alike, second.place), says, HINT, "warning")


def _steps(workflow: Workflow, site: Site) -> Iterator[Problem]:
    steps = [step for step in workflow.steps if not step.silent]
    for first, second in combinations(steps, 2):
        alike = _alike(first.title, second.title, site.languages)
        if alike and _together(first, second, workflow, site.currency):
            says = f'"{second.id}" has the same title as "{first.id}" before it in "{second.origin}"'
            yield Problem("same-title", _place(second.title, alike, second.place), says, HINT, "warning")


def _alike(first: Text | None, second: Text | None, languages: tuple[str, ...]) -> str:
    """The first language in which they say the same; of what has no title of its own the theme says one."""
    return next((one for one in languages if _in(first, one) and _in(first, one) == _in(second, one)), "")


def _in(title: Text | None, language: str) -> str:
    phrase = title.phrase(language) if title else None
    return " ".join(phrase.says.split()).casefold() if phrase else ""


def _together(first: AnyStep, second: AnyStep, workflow: Workflow, currency: str) -> bool:
    """Whether both surely come to somebody.

    Only a merchant's own kinds of step can stand twice: who gave their billing info is not asked for it again.
    """
    if first.kind == second.kind and first.kind not in OWN:
        return False
    if ALWAYS in (first.when, second.when) or first.when == second.when:
        return True
    claims = (Claim(first.when), Claim(second.when), *given(workflow, currency))
    return isinstance(find(claims, names_of(workflow, currency)), dict)


def _place(title: Text | None, language: str, place: Place) -> Place:
    phrase = title.phrase(language) if title else None
    return phrase.place if phrase else place
