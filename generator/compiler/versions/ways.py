"""How customers may pay, and what who leaves may choose instead."""

from collections.abc import Iterator

from generator.compiler.versions.change import Change
from generator.model.workflow import AnyStep, PaymentStep, Workflow


def changes(old: Workflow, new: Workflow) -> Iterator[Change]:
    """Of the workflow's own steps."""
    for step in new.steps:
        before = old.step(step.id)
        if before is None or step.origin != new.id:
            continue
        if isinstance(step, PaymentStep) and isinstance(before, PaymentStep) and step.methods != before.methods:
            says = f"customers may pay by {', '.join(step.methods)}, and might by {', '.join(before.methods)}"
            yield Change("screens", new.id, says, step.place)
        yield from _choices(before, step, new.id)


def _choices(old: AnyStep, new: AnyStep, workflow: str) -> Iterator[Change]:
    for choice in new.choices:
        was = old.choice(choice.id)
        if was is None:
            yield Change("added", workflow, f'the way on "{choice.id}" is new', choice.place)
        elif was.days != choice.days:
            says = f"a pause is {choice.days} days at most, and was {was.days}"
            yield Change("screens", workflow, says, choice.place)
        elif was.promotion != choice.promotion:
            gives, gave = choice.promotion or "nothing", was.promotion or "nothing"
            yield Change("screens", workflow, f"who keeps it is given {gives}, and was given {gave}", choice.place)
    for choice in old.choices:
        if new.choice(choice.id) is None:
            yield Change("screens", workflow, f'the way on "{choice.id}" is gone', new.place)
