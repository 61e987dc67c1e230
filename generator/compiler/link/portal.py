"""The portal's sections, with the fields and the buttons that they have."""

from collections.abc import Iterator
from typing import cast

from generator.compiler.link import words
from generator.compiler.link.redirects import target
from generator.compiler.link.texts import text
from generator.compiler.nearest import suggestion
from generator.compiler.node import Entry, Map, Node, Scalar
from generator.model.customer import BILLING_FIELDS
from generator.model.portal import BUTTONS, Button, ButtonId, Portal, Section, SectionKind
from generator.model.problem import Problem
from generator.model.site import Redirects
from generator.model.workflow import Field, Workflow


def portal(node: Node | None, workflows: tuple[Workflow, ...], redirects: Redirects, problems: list[Problem]) -> Portal:
    """The sections in their order."""
    sections = []
    for entry in words.entries(node):
        like = words.below(entry.node, "like")
        sections.append(
            Section(
                id=entry.name,
                kind=cast(SectionKind, entry.name),
                title=text(words.below(entry.node, "title")),
                fields=_like(like, workflows, problems) if entry.name == "billing_info" else (),
                buttons=dict(_buttons(entry, redirects, problems)),
                place=entry.key.place,
            )
        )
    return Portal(tuple(sections))


def _buttons(section: Entry, redirects: Redirects, problems: list[Problem]) -> Iterator[tuple[ButtonId, Button]]:
    known = BUTTONS[cast(SectionKind, section.name)]
    for entry in words.entries(words.below(section.node, "buttons")):
        if entry.name not in known:
            says = f'the section "{section.name}" has no button "{entry.name}"'
            problems.append(Problem("unknown-button", entry.key.place, says, suggestion(entry.name, known)))
        elif isinstance(entry.node, Map):
            redirect = entry.node.get("redirect")
            leads = target(redirect, redirects.targets, problems) if redirect is not None else ""
            yield entry.name, Button(True, leads)
        else:
            yield entry.name, Button(shown=False)


def _like(node: Node | None, workflows: tuple[Workflow, ...], problems: list[Problem]) -> tuple[Field, ...]:
    """The fields of the step that a section is like, as far as they make sense without a walk.

    A merchant's own questions belong to the walk that asks them, and a condition on its plan to that walk alone.
    """
    steps = {
        f"{workflow.id}.{step.id}": step
        for workflow in workflows
        for step in workflow.steps
        if step.kind == "billing_info" and step.origin == workflow.id
    }
    written = words.string(node)
    if written not in steps:
        if isinstance(node, Scalar):
            says = f'"{written}" is not a billing-info step'
            problems.append(Problem("unknown-step", node.place, says, suggestion(written, steps)))
        return ()
    return tuple(
        field
        for field in steps[written].fields
        if field.id in BILLING_FIELDS and all(leaf.name.startswith("customer.") for leaf in field.when.leaves)
    )
