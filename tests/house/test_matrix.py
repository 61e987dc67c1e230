"""The portal's matrix of states and actions: complete, in the docs, and said by `hosted-pages explain`."""

from typing import get_args

import pytest
from click.testing import CliRunner

from generator.cli import hosted_pages
from generator.engine.actions import ACTIONS, BESIDES, SAYS, Rule, by_state
from generator.model.subscription import SubscriptionState
from tests.support.kept import stands
from tests.support.town import ROOT

PAGE = ROOT / "docs" / "portal.md"
STATES = get_args(SubscriptionState)


def test_the_page_is_fresh():
    lines = [
        "# What a customer may do with a subscription",
        "",
        "Written by `UPDATE=1` on `tests/house/test_matrix.py`. The portal's buttons, the links that open a workflow",
        "and the embedded biller all ask this one matrix; `hosted-pages explain STATE` says the same.",
        "",
        f"| state | {' | '.join(f'`{action}`' for action in ACTIONS)} |",
        f"|---|{'---|' * len(ACTIONS)}",
    ]
    for state in STATES:
        decisions = [by_state(state, action) for action in ACTIONS]
        cells = [f"**yes**: {SAYS[one.rule]}" if one.offered else f"– {SAYS[one.rule]}" for one in decisions]
        lines.append(f"| `{state}` | {' | '.join(cells)} |")
    lines += ["", "Besides the state:", ""]
    lines += [f"- `{action}` is not offered where {SAYS[rule]}." for action, rules in BESIDES.items() for rule in rules]
    fresh = "\n".join(lines) + "\n"
    assert stands(PAGE, fresh) == fresh


def test_every_rule_is_said_and_used():
    used = {by_state(state, action).rule for state in STATES for action in ACTIONS}
    used |= {rule for rules in BESIDES.values() for rule in rules}
    assert set(SAYS) == set(get_args(Rule)) == used


@pytest.mark.parametrize("state", [state for state in STATES if state.startswith(("active", "suspended"))])
def test_there_is_always_a_way_out(state):
    decision = by_state(state, "terminate")
    assert decision.offered or decision.rule == "ends_already"


def test_explain_says_one_state_or_all_and_knows_no_others():
    run = CliRunner()
    one = run.invoke(hosted_pages, ["explain", "suspended_agent"])
    assert "restart         yes" in one.stdout
    assert "change_plan     no   it is suspended: restart it first" in one.stdout
    everything = run.invoke(hosted_pages, ["explain"]).stdout
    assert [line for line in everything.splitlines() if line in STATES] == list(STATES)
    wrong = run.invoke(hosted_pages, ["explain", "suspended"])
    assert wrong.exit_code == 2
    assert 'no state of a subscription; did you mean "' in wrong.stderr
