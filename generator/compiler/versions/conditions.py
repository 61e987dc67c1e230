"""What the same customer is asked or offered now and was not before, or no longer is: steps, fields, ways on."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from generator.compiler.versions.change import Change, somebody
from generator.compiler.versions.structure import counterpart
from generator.engine.paths import given, names_of
from generator.engine.worlds import Claim, Names, NotProved, find
from generator.model.place import Place
from generator.model.rule import Rule
from generator.model.workflow import AnyStep, Field, Workflow


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
    always, shown = given(new, currency), {id for change in said for id in change.screens}
    for one in _conditionals(old, new, shown):
        yield from told(one, names, always, new.id, nouns)


def of_fields(around: str, old: Sequence[Field], new: Sequence[Field]) -> Iterator[Conditional]:
    """Those that were there and still are, in the step or section of this name."""
    for field in old:
        now = counterpart(field, new)
        if now is not None:
            yield Conditional(f'the field "{around}.{now.id}"', field.when, now.when, now.place)


def told(
    one: Conditional,
    names: Names,
    always: Sequence[Claim] = (),
    workflow: str = "",
    nouns: Mapping[str, str] = MappingProxyType({}),
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


def _conditionals(old: Workflow, new: Workflow, shown: Container[str]) -> Iterator[Conditional]:
    steps = [step for step in new.steps if step.origin == new.id]
    for step in old.steps:
        now = counterpart(step, steps) if step.origin == old.id else None
        if now is None:
            continue
        if step.kind != "payment" and now.id not in shown:
            yield Conditional(f'the step "{now.id}"', step.when, now.when, now.place)
        yield from _within(step, now)


def _within(old: AnyStep, new: AnyStep) -> Iterator[Conditional]:
    yield from of_fields(new.id, old.fields, new.fields)
    for choice in old.choices:
        other = new.choice(choice.id)
        if other is not None:
            yield Conditional(f'the way on "{choice.id}"', choice.when, other.when, other.place)
