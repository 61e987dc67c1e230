"""Two pages of one workflow have two titles: by them people know where they are (WCAG 2.4.2)."""

from collections.abc import Iterator
from itertools import combinations

from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import AnyStep, StepKind, Workflow

OWN: tuple[StepKind, ...] = ("form", "message")


def check(site: Site) -> Iterator[Problem]:
    """Of two steps that one customer may come through, as far as the definition says their titles itself."""
    for workflow in site.workflows:
        yield from _check(workflow, site.languages)


def _check(workflow: Workflow, languages: tuple[str, ...]) -> Iterator[Problem]:
    steps = [step for step in workflow.steps if not step.silent]
    for first, second in combinations(steps, 2):
        alike = next(
            (one for one in languages if _title(first, one) and _title(first, one) == _title(second, one)), None
        )
        if alike and _together(first, second):
            says = f'"{second.id}" has the same title as "{first.id}" before it in "{second.origin}"'
            hint = "give each a `title` of its own: by it people know where they are"
            yield Problem("same-title", _place(second, alike), says, hint, "warning")


def _title(step: AnyStep, language: str) -> str:
    """In words; of what has no title of its own the theme says one."""
    phrase = step.title.phrase(language) if step.title else None
    return " ".join(phrase.says.split()).casefold() if phrase else ""


def _together(first: AnyStep, second: AnyStep) -> bool:
    """Whether both surely come to one customer; of two conditions that differ nobody says here that both hold.

    Only a merchant's own kinds of step can stand twice: who gave their billing info is not asked for it again.
    """
    if first.kind == second.kind and first.kind not in OWN:
        return False
    return ALWAYS in (first.when, second.when) or first.when == second.when


def _place(step: AnyStep, language: str) -> Place:
    phrase = step.title.phrase(language) if step.title else None
    return phrase.place if phrase else step.place
