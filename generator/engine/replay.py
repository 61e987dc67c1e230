"""A walk that began on pages which are gone goes on with what they are now: what still fits of its answers counts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.engine import answers as reading
from generator.engine.path import SHOWN
from generator.model.quote import Answer
from generator.model.rule import ALWAYS
from generator.model.walk import Answers, Open, Walk
from generator.model.workflow import AnyStep, Field, Workflow


def replay(workflow: Workflow, walk: Walk, bundle: str) -> Walk:
    """The walk under today's names, without answers that could not be given any more. What is committed stays."""
    if not isinstance(walk.standing, Open) or walk.bundle == bundle:
        return walk
    given = {_now(workflow, name): value for name, value in walk.given.items()}
    return replace(walk, answers=dict(_answers(workflow, walk.answers)), given=given, bundle=bundle)


def _answers(workflow: Workflow, before: Mapping[str, Answers]) -> Iterator[tuple[str, Answers]]:
    for step in workflow.steps:
        name = _name(before, step.id, step.was)
        if name is not None:
            yield step.id, dict(_kept(step, before[name]))


def _kept(step: AnyStep, before: Answers) -> Iterator[tuple[str, Answer]]:
    """Our own answers as they are, such as the plan; of the merchant's fields what could be typed today."""
    if step.kind in ("catalog", "options"):
        yield from before.items()
    yield from ((name, answer) for name, answer in before.items() if _ours(name))
    for field in step.fields:
        name = _name(before, field.id, field.was)
        if name is not None and _parses(field, now := _renamed(field, before[name])):
            yield field.id, now


def _ours(name: str) -> bool:
    """What we keep beside the merchant's fields: which quote was agreed to, what was chosen of leaving."""
    return "." in name or name == SHOWN


def _renamed(field: Field, answer: Answer) -> Answer:
    """An answer under the names that its options have now."""
    names = {earlier: option.id for option in field.options for earlier in option.was}
    match answer:
        case str():
            return names.get(answer, answer)
        case tuple():
            return tuple(names.get(one, one) for one in answer)
        case _:
            return answer


def _parses(field: Field, answer: Answer) -> bool:
    """Whether it could be typed today. What a link gives is read anew anyway, a region where its country is known."""
    if field.kind in ("hidden", "region"):
        return True
    alone = replace(field, when=ALWAYS, required=False, locked=False)
    found = reading.read((alone,), {field.id: reading.written(answer)}, {})
    return found.answers.get(field.id) == answer


def _now(workflow: Workflow, name: str) -> str:
    """What `<step>.<field>` is called today; what is not there any more keeps its name, and nothing reads it."""
    step, _, field = name.partition(".")
    for one in workflow.steps:
        if step in (one.id, *one.was):
            names = {earlier: asked.id for asked in one.fields for earlier in asked.was}
            return f"{one.id}.{names.get(field, field)}"
    return name


def _name(known: Mapping[str, object], id: str, was: tuple[str, ...]) -> str | None:
    """Under which of its names something is known."""
    return next((name for name in (id, *was) if name in known), None)
