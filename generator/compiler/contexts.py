"""Where conditions are asked: what one workflow says may stand in several, and is dead where it is dead in all."""

from collections.abc import Callable, Iterator, Sequence

from generator.engine.paths import deciding, given, names_of, somebody
from generator.engine.worlds import Claim, Name, Names, NotProved, World, find
from generator.model.facts import FACTS
from generator.model.place import Place
from generator.model.rule import Rule
from generator.model.site import Site
from generator.model.workflow import Case, PaymentCase, PaymentStep, Workflow

Use = tuple[Workflow, PaymentStep]


def asked(site: Site, holds: bool = True) -> Iterator[tuple[Place, list[World | NotProved | None]]]:
    """Every condition but those of payment cases; for each place that it is in, a world in which it holds (or not)."""
    found: dict[tuple[Place, Rule], list[World | NotProved | None]] = {}
    for rule, names, always in _asked(site):
        if rule.leaves and all(leaf.name in names for leaf in rule.leaves):
            world = find([Claim(rule, holds), *always], names)
            found.setdefault((rule.leaves[0].place, rule), []).append(world)
    for (place, _), worlds in found.items():
        yield place, worlds


def _asked(site: Site) -> Iterator[tuple[Rule, Names, Sequence[Claim]]]:
    for workflow in site.workflows:
        names, always = names_of(workflow, site.currency), given(workflow, site.currency)
        for step in workflow.steps:
            cases = len(step.cases) if isinstance(step, PaymentStep) else 0
            yield from ((rule, names, always) for rule in step.rules[: len(step.rules) - cases])
    names = {name: Name(fact, None, site.currency) for name, fact in FACTS.items()}
    for section in site.portal.sections:
        yield from ((rule, names, ()) for rule in section.rules)


def tables(site: Site) -> list[list[Use]]:
    """Every payment table, with all the steps that decide by it."""
    found: dict[Place, list[Use]] = {}
    for workflow in site.workflows:
        for step in workflow.steps:
            if isinstance(step, PaymentStep):
                found.setdefault(step.cases[0].place if step.cases else step.place, []).append((workflow, step))
    return list(found.values())


def decided(
    site: Site, cases: Sequence[PaymentCase], also: Rule, among: Callable[[Workflow], bool] = lambda _: True
) -> Iterator[tuple[Case, World, Sequence[Rule]]]:
    """Each of these cases that a table can decide for while something else is so, with somebody for whom it is.

    `among` are the workflows that count.
    """
    for every in tables(site):
        uses = [use for use in every if among(use[0])]
        if not uses:
            continue
        for at, case in enumerate(uses[0][1].cases):
            if case.case not in cases:
                continue
            for workflow, step in uses:
                world = somebody(workflow, step, site.currency, *deciding(step, case.case), (also, True))
                if world is not None and not isinstance(world, NotProved):
                    yield case, world, [row.when for row in step.cases[: at + 1]]
                    break
