"""Steps, fields and options: what is new, what is gone, what has another name, what takes less than before."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from generator.compiler.versions.change import Change
from generator.model.rule import ALWAYS
from generator.model.workflow import AnyStep, Choosable, Field, PaymentStep, Step, Workflow

T = TypeVar("T", Step, PaymentStep, AnyStep, Field, Choosable)


def changes(old: Workflow, new: Workflow) -> Iterator[Change]:
    """A workflow's own steps; those that it takes over are told where they stand."""
    steps = ("workflows", new.id, "steps")
    before = [step for step in old.steps if step.origin == old.id]
    now = [step for step in new.steps if step.origin == new.id]
    for step in before:
        found = counterpart(step, now)
        if found is None:
            says = f'the step "{step.id}" is gone'
            yield Change("removed", new.id, says, new.place, hint=_told(step.id, "step"), at=(*steps, step.id))
            continue
        if found.id != step.id:
            yield Change("renamed", new.id, f'the step "{step.id}" is now "{found.id}"', found.place)
        yield from _fields(step, found, new.id, (*steps, found.id, "fields"))
    for step in now:
        if origin(step, before) is None:
            yield Change("added", new.id, f'the step "{step.id}" is new', step.place)


def counterpart(one: T, now: Sequence[T]) -> T | None:
    """What it is now: of the same name, or what says that it had that name."""
    return next((other for other in now if other.id == one.id), None) or next(
        (other for other in now if one.id in other.was), None
    )


def origin(one: T, before: Sequence[T]) -> T | None:
    """What it was before; None where it is new."""
    return next((other for other in before if other.id in (one.id, *one.was)), None)


def _fields(old: AnyStep, new: AnyStep, workflow: str, at: tuple[str, ...]) -> Iterator[Change]:
    for field in old.fields:
        name = f"{old.id}.{field.id}"
        found = counterpart(field, new.fields)
        if found is None:
            says, hint = f'the field "{name}" is gone', _told(field.id, "field")
            yield Change("removed", workflow, says, new.place, hint=hint, at=(*at, field.id))
            continue
        if found.id != field.id:
            yield Change("renamed", workflow, f'the field "{name}" is now "{found.id}"', found.place)
        name = f"{new.id}.{found.id}"
        yield from (
            Change("narrowed", workflow, f'the field "{name}" {how}', found.place, hint=_KEPT, at=(*at, found.id))
            for how in _narrowed(field, found)
        )
    for field in new.fields:
        if origin(field, old.fields) is None:
            name = f"{new.id}.{field.id}"
            yield Change("added", workflow, f'the field "{name}" is new', field.place)
            if field.required:
                says = f'the field "{name}" is new and required: who has passed this step is asked again'
                yield Change(
                    "narrowed", workflow, says, field.place, hint="make it optional, or mean it", at=(*at, field.id)
                )


_KEPT = "what was answered before may not fit any more, and is asked again"


def _narrowed(old: Field, new: Field) -> Iterator[str]:
    """What was good before and is not any more."""
    if old.kind != new.kind:
        yield f"was of kind {old.kind}, and is of kind {new.kind}"
    if new.required and not old.required:
        yield "is now required"
    if new.required and old.when != ALWAYS and new.when == ALWAYS:
        yield "is now asked of everybody, and required"
    gone = [option.id for option in old.options if counterpart(option, new.options) is None]
    if gone and new.options:
        yield f"no longer offers {', '.join(gone)}"
    if new.max_length < old.max_length:
        yield f"takes {new.max_length} characters at most, and took {old.max_length}"
    if new.min_length > old.min_length:
        yield f"takes {new.min_length} characters at least, and took {old.min_length or 'any number'}"
    if new.minimum is not None and (old.minimum is None or new.minimum > old.minimum):
        yield f"begins at {new.minimum}, and began at {'any number' if old.minimum is None else old.minimum}"
    if new.maximum is not None and (old.maximum is None or new.maximum < old.maximum):
        yield f"ends at {new.maximum}, and ended at {'any number' if old.maximum is None else old.maximum}"


def _told(id: str, what: str) -> str:
    return f"where it only has another name, say `was: [{id}]` on the {what} that it is now"
