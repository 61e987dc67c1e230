"""A step says nothing that it has no use for: a code where nothing is sold, choices where nobody leaves."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import TAKES_CODE


def check(site: Site) -> Iterator[Problem]:
    """A setting without effect is most often a misunderstanding."""
    for section in site.portal.sections:
        for field in section.fields:
            if field.was or any(option.was for option in field.options):
                says = f'"{field.id}" of the section "{section.id}" had another name: answers in sections do not move'
                hint = "take that away, or give the field its earlier name back where its answers are wanted"
                yield Problem("misplaced-setting", field.place, says, hint)
    for workflow in site.workflows:
        for step in workflow.steps:
            if step.origin != workflow.id:
                continue
            sells = step.kind == "summary" and workflow.purpose.asks in TAKES_CODE
            if step.promotion_code and not sells:
                says = (
                    f'"{step.id}" of "{workflow.id}" asks for a promotion code, and no promotion lowers anything there'
                )
                hint = "take `promotion_code` away; it is for the summary of a new subscription or another plan"
                yield Problem("misplaced-setting", step.place, says, hint)
            if step.choices and step.kind != "confirm":
                says = f'"{step.id}" of "{workflow.id}" has choices, and nobody leaves there'
                yield Problem("misplaced-setting", step.place, says, "put them in the `confirm` of leaving")
