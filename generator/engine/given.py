"""What a link gives to fields that customers cannot change: which there are, and what fits them."""

from collections.abc import Mapping
from dataclasses import replace

from generator.engine import answers
from generator.engine.ground import PLAIN
from generator.model.rule import ALWAYS
from generator.model.workflow import Field, Workflow

MOST = 1000
"""How many letters a link may give in all: it is an address, and addresses must not grow without end."""


def takers(workflow: Workflow) -> Mapping[str, Field]:
    """The fields that a link may give a value to, `<step>.<field>`: hidden and locked ones."""
    return {
        f"{step.id}.{field.id}": field
        for step in workflow.steps
        for field in step.fields
        if field.kind == "hidden" or field.locked
    }


def fits(field: Field, value: str) -> bool:
    """Whether the field would take it, as it is written down."""
    alone = replace(field, when=ALWAYS)
    return bool(answers.held([alone], {}, replace(PLAIN, held={field.id: value})))
