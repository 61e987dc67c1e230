"""Every path that is found is one: whoever is said to walk it does so, in the engine that customers meet."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from generator.compiler.build import site_of
from generator.engine.paths import names_of, paths
from generator.engine.worlds import NOT_PROVED, always_holds, can_hold, covers
from generator.model.money import Money
from generator.model.rule import ALWAYS, All, Any, Compare, Is, IsKnown, Not
from tests.language import replay
from tests.support.town import ROOT

SITES = {
    file: site_of(ROOT / file, file)[0]
    for file in ("workflows.yaml", *(f"examples/{n}/workflows.yaml" for n in ("acme", "demo", "short")))
}
WORKFLOWS = {f"{file}: {workflow.id}": (site, workflow) for file, site in SITES.items() for workflow in site.workflows}
SUBSCRIBE = SITES["workflows.yaml"].workflow("subscribe_to_plan")
NAMES = names_of(SITES["examples/acme/workflows.yaml"].workflow("subscribe_to_plan"), "EUR")


@pytest.mark.parametrize("id", WORKFLOWS)
def test_whoever_is_said_to_walk_a_path_walks_it(id):
    site, workflow = WORKFLOWS[id]
    found = paths(workflow, site.currency)

    assert found.complete
    assert found.paths
    for path in found.paths:
        steps, case = replay.ends(workflow, path.world)
        assert ([step.id for step in steps], case) == ([step.id for step in path.steps], path.case)


def test_all_paths_of_a_workflow_are_found():
    walked = {(tuple(step.id for step in path.steps), path.case) for path in paths(SUBSCRIBE, "EUR").paths}
    shown = list(product([False, True], [False, True], ["free", "register_method", "pay_later", "pay_now"]))

    assert walked == {
        ((*(["options"] * options), *(["billing_info"] * billing), "summary", "payment"), case)
        for options, billing, case in shown
    }


NEVER = [
    All((Is("plan.free", (True,)), Is("plan.free", (False,)))),
    All((Is("plan.ref", ("team",)), Not(Is("plan.ref", ("team", "solo"))))),
    All((Compare("quote.due_now", "above", Money(100, "EUR")), Compare("quote.due_now", "below", Money(101, "EUR")))),
    Compare("quote.due_now", "below", 0),
    All((Compare("kickoff.hours", "above", Decimal("1.00")), Compare("kickoff.hours", "below", Decimal("1.01")))),
    Compare("kickoff.hours", "above", Decimal(8)),
    All((IsKnown("customer.country"), Is("customer.country", ("FR",)), IsKnown("customer.country", wanted=False))),
    All(
        (
            Is("kickoff.topics", ("import",)),
            Is("kickoff.topics", ("training",)),
            Is("kickoff.topics", ("migration_help",)),
        )
    ),
    All(
        (
            Compare("kickoff.first_day", "above", date(2026, 1, 1)),
            Compare("kickoff.first_day", "below", date(2026, 1, 2)),
        )
    ),
]


@pytest.mark.parametrize("rule", NEVER, ids=str)
def test_what_contradicts_itself_can_never_hold(rule):
    assert can_hold(rule, NAMES) is None
    assert always_holds(rule, NAMES) is False


SOMETIMES = [
    All((Compare("quote.due_now", "above", Money(100, "EUR")), Compare("quote.due_now", "below", Money(102, "EUR")))),
    All((Is("customer.tags", ("a",)), Is("customer.tags", ("b",)))),
    All((Is("kickoff.topics", ("import",)), Is("kickoff.topics", ("training",)))),
    Not(Is("plan.ref", ("team",))),
    IsKnown("customer.country", wanted=False),
]


@pytest.mark.parametrize("rule", SOMETIMES, ids=str)
def test_what_can_hold_comes_with_a_world_in_which_it_does(rule):
    world = can_hold(rule, NAMES)

    assert rule.holds(world)
    assert always_holds(rule, NAMES) is False


def test_what_always_holds_and_what_is_covered_is_known():
    assert always_holds(Any((Is("plan.free", (True,)), Is("plan.free", (False,)))), NAMES)
    assert always_holds(Compare("quote.due_now", "at_least", 0), NAMES)
    assert covers([Compare("quote.due_now", "above", 0)], Compare("quote.due_now", "above", Money(5, "EUR")), NAMES)
    assert covers([ALWAYS], Is("plan.free", (True,)), NAMES)
    assert not covers([Compare("quote.due_now", "above", Money(5, "EUR"))], Compare("quote.due_now", "above", 0), NAMES)


def test_of_too_many_worlds_nothing_is_claimed():
    words = tuple(f"word{n}" for n in range(40))
    rule = All(tuple(Is("customer.tags", (word,)) for word in words))

    assert can_hold(rule, NAMES) == NOT_PROVED
    assert always_holds(rule, NAMES) == NOT_PROVED
