"""The screens of everybody who walked a path of the old version, in the new one."""

from collections.abc import Iterator, Mapping

from generator.compiler.versions.change import Change, somebody
from generator.compiler.versions.structure import counterpart
from generator.engine.paths import paths
from generator.engine.worlds import World
from generator.model.facts import ROOTS
from generator.model.rule import UnknownName
from generator.model.workflow import AnyStep, Workflow


def changes(old: Workflow, new: Workflow, currency: str, nouns: Mapping[str, str]) -> Iterator[Change]:
    """Each difference once, with the first who meets it."""
    told: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for world in _worlds(old, new, currency):
        before, now = _walked(old, world), _walked(new, world)
        if before is None or now is None:
            continue
        names = [(counterpart(step, new.steps) or step).id for step in before]
        more = tuple(step.id for step in now if step.id not in names)
        less = tuple(id for id in names if id not in [step.id for step in now])
        if (more or less) and (more, less) not in told:
            told.add((more, less))
            added = [f"now also {_listed(more)}"] if more else []
            gone = [f"no longer {_listed(less)}"] if less else []
            says = f"{len(before)} screens become {len(now)}: {' and '.join((*added, *gone))}"
            yield Change("screens", new.id, says, new.place, somebody(world, nouns), screens=(*more, *less))


def _worlds(old: Workflow, new: Workflow, currency: str) -> Iterator[World]:
    """Somebody on each path of either: what only one version asks about is decided in its own."""
    for workflow in (old, new):
        yield from (path.world for path in paths(workflow, currency).paths)


def _walked(workflow: Workflow, world: World) -> tuple[AnyStep, ...] | None:
    """The screens that the same customer is shown; None where that hangs on what nobody asked them before."""
    known = {name: value for name, value in world.items() if name.partition(".")[0] in ROOTS}
    answers = {name: value for name, value in world.items() if name not in known}
    shown = []
    for step in workflow.steps:
        try:
            if not step.when.holds(known):
                continue
        except UnknownName:
            return None
        if not step.silent:
            shown.append(step)
        for name in (step.id, *step.was):
            for field in step.fields:
                for earlier in (field.id, *field.was):
                    if f"{name}.{earlier}" in answers:
                        known[f"{step.id}.{field.id}"] = answers[f"{name}.{earlier}"]
                        if step.kind == "billing_info":
                            known[f"customer.{field.id}"] = answers[f"{name}.{earlier}"]
    return tuple(shown)


def _listed(ids: tuple[str, ...]) -> str:
    return " and ".join(f'"{id}"' for id in ids)
