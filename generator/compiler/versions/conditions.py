"""What the same customer is asked or offered now and was not before, or no longer is: steps, fields, ways on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.compiler.versions.change import Change, somebody
from generator.compiler.versions.structure import counterpart
from generator.engine.paths import given, names_of
from generator.engine.worlds import Claim, Names, NotProved, find
from generator.model.place import Place
from generator.model.rule import Rule
from generator.model.workflow import AnyStep, Workflow


@dataclass(frozen=True)
class Conditional:
    """A thing that is there for some customers: what it is called, and for whom it was and is."""

    called: str
    before: Rule
    now: Rule
    place: Place


def of_steps(
    old: Workflow, new: Workflow, currency: str, nouns: Mapping[str, str], said: Sequence[Change]
) -> Iterator[Change]:
    """The workflow's own steps and what is in them, but for steps that the screens `said` tell of already."""
    names = {**names_of(old, currency), **names_of(new, currency)}
    for one in _conditionals(old, new):
        if not any(one.called.endswith(f'step "{id}"') for change in said for id in change.screens):
            yield from told(one, names, given(new, currency), new.id, nouns)


def told(
    one: Conditional, names: Names, always: Sequence[Claim], workflow: str, nouns: Mapping[str, str]
) -> Iterator[Change]:
    """Up to two changes: for whom it is there now, and for whom no more. Where too many cases would have to be tried,
    that it may be so."""
    if one.before == one.now:
        return
    for says, holds in (("is there now", False), ("is no longer there", True)):
        found = find([Claim(one.before, holds), Claim(one.now, not holds), *always], names)
        if isinstance(found, NotProved):
            unsure = f"{one.called} {says}, perhaps: there are too many cases to tell"
            yield Change("screens", workflow, unsure, one.place)
        elif found is not None:
            asked = {leaf.name for rule in (one.before, one.now) for leaf in rule.leaves}
            whom = {name: value for name, value in found.items() if name in asked}
            yield Change("screens", workflow, f"{one.called} {says}", one.place, somebody(whom, nouns))


def _conditionals(old: Workflow, new: Workflow) -> Iterator[Conditional]:
    steps = [step for step in new.steps if step.origin == new.id]
    for step in old.steps:
        now = counterpart(step, steps) if step.origin == old.id else None
        if now is None:
            continue
        if step.kind != "payment":
            yield Conditional(f'the step "{now.id}"', step.when, now.when, now.place)
        yield from _within(step, now)


def _within(old: AnyStep, new: AnyStep) -> Iterator[Conditional]:
    for field in old.fields:
        now = counterpart(field, new.fields)
        if now is not None:
            yield Conditional(f'the field "{new.id}.{now.id}"', field.when, now.when, now.place)
    for choice in old.choices:
        other = new.choice(choice.id)
        if other is not None:
            yield Conditional(f'the way on "{choice.id}"', choice.when, other.when, other.place)
