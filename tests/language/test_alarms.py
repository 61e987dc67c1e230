"""No false alarm: of valid definitions nothing is said, and whoever is named as the one for whom a table fails is one.

`ALARMS=1000` says how many are drawn; `make alarms` draws a thousand.
"""

import os
from random import Random

import pytest

from generator.compiler.build import site_of
from generator.engine import payment
from generator.engine.path import known_at, path
from generator.engine.paths import deciding, paths, somebody
from generator.engine.worlds import NotProved
from generator.model.rule import Compare, Is
from tests.language import replay, written

MANY = int(os.environ.get("ALARMS", "4"))
FREE = ("free", "register_method", "pay_later")
DUE, NOTHING = Compare("quote.due_now", "above", 0), Is("quote.due_now", (0,))


def site(seed, wild, tmp_path):
    file = tmp_path / "workflows.yaml"
    file.write_text(written.definition(Random(seed), wild), encoding="utf-8")
    return site_of(file, "workflows.yaml")


@pytest.mark.parametrize("seed", range(MANY))
def test_of_a_valid_definition_no_error_is_told(seed, tmp_path):
    linked, problems = site(seed, False, tmp_path)

    assert [problem for problem in problems if problem.severity == "error"] == []
    workflow = linked.workflow("subscribe_to_plan")
    for found in paths(workflow, linked.currency).paths[:20]:
        steps, case = replay.ends(workflow, found.world)
        assert ([step.id for step in steps], case) == ([step.id for step in found.steps], found.case)


@pytest.mark.parametrize("seed", range(MANY))
def test_whoever_is_named_in_a_problem_meets_it(seed, tmp_path):
    """In the engine that customers meet: no case holds for them, or one that takes too little, or too much."""
    linked, problems = site(seed, True, tmp_path)
    told = {problem.code for problem in problems}
    workflow = linked.workflow("subscribe_to_plan")
    step = workflow.steps[-1]
    if "missing-case" in told:
        world = somebody(workflow, step, linked.currency, *((case.when, False) for case in step.cases))
        walk = replay.walk_of(workflow, world)
        assert path(workflow, walk)[-1] == step
        with pytest.raises(StopIteration):
            payment.case_of(step, known_at(workflow, walk, step))
    for code, cases, also in (("free-while-due", FREE, DUE), ("charge-of-nothing", ("pay_now",), NOTHING)):
        met = 0
        for case in step.cases if code in told else ():
            world = somebody(workflow, step, linked.currency, *deciding(step, case.case), (also, True))
            if case.case in cases and world is not None and not isinstance(world, NotProved):
                met += 1
                assert replay.ends(workflow, world)[1] == case.case
                assert also.holds(replay.quote_facts(workflow, world))
        assert met or code not in told
