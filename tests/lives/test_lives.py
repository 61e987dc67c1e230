"""A few lives on each run of the suite; `make lives` lives two thousand."""

import pytest

from generator.model.machine import Machine
from generator.runtime.library import Library
from tests.lives.coverage import MACHINES, NO_STATE, NOT_VISITED
from tests.lives.life import live
from tests.ports.fresh import postgresql, sqlite


@pytest.mark.parametrize(("seed", "fresh", "steps"), [(0, sqlite, 40), (7, postgresql, 10)])
def test_whatever_happens_in_two_years_the_books_are_right_after_each_step(square, seed, fresh, steps):
    visited = live(seed, Library(square.build), fresh, people=2, steps=steps)

    assert visited["subscription", "draft_customer", "started", "active_running"], "nothing happened"


def test_what_no_life_comes_by_is_a_transition_or_a_state_that_there_is():
    machines: dict[str, Machine] = {one.thing: one for one in MACHINES}

    assert all(machines[thing].knows(before, event, after) for thing, before, event, after in NOT_VISITED)
    assert all(state in machines[thing].states for thing, state in NO_STATE)
