"""Every workflow, by every way in, in every case of the payment step: shown by a walk, or ruled out by a rule."""

from collections import defaultdict
from itertools import takewhile
from typing import get_args

import pytest

from generator.model.workflow import PURPOSES, Outcome, PaymentCase
from generator.rehearsal.stage import Way
from tests.support.kept import stands
from tests.support.town import ROOT

PAGE = ROOT / "docs" / "ways.md"
WALKS = ROOT / "tests" / "walks"
CASES = get_args(PaymentCase)

NO_BUTTON = {
    "change_to_plan": "the portal's button opens the catalog, which `change_plan` begins with",
    "change_to_subscription": "only the merchant knows what they have prepared as a replacement",
    "register_billing_info": "the portal has a section of its own for billing info, and another for the method",
}
"""Workflows that no button of the portal begins, and why."""

NOT_BY_CATALOG = {"choose_plan": "who chose in the public catalog goes on as in `subscribe_to_plan`"}
"""What could be begun in the public catalog and is not."""

NEVER = {
    ("terminate", "register_method"): "who leaves is asked for no method",
    ("terminate", "pay_later"): "a fee is due when leaving is asked for",
    ("pay_invoice", "free"): "an invoice that can be paid is not nothing",
    ("pay_invoice", "register_method"): "an invoice is paid, not promised",
    ("pay_invoice", "pay_later"): "an invoice is due",
    ("register_method", "pay_later"): "nothing is ever due",
    ("register_method", "pay_now"): "nothing is ever due",
}
"""What a workflow of this purpose can never be asked, and why."""


def forbidden(workflow, way, case):
    """The rule that rules a cell out; empty where it must be shown to work."""
    if PURPOSES[workflow].visitor and way != "catalog":
        return "a visitor has no portal, no link and no mail"
    if not PURPOSES[workflow].visitor and way == "catalog" and workflow != "subscribe_to_plan":
        return NOT_BY_CATALOG.get(workflow, "the catalog offers plans to subscribe to, and nothing else")
    if way == "portal" and workflow in NO_BUTTON:
        return NO_BUTTON[workflow]
    if PURPOSES[workflow].visitor and case == "pay_later":
        return "a new customer has no method on file"
    if workflow == "register_payment_method" and case == "free":
        return "it is there to give another method, whatever is on file"
    return NEVER.get((PURPOSES[workflow].asks, case), "")


@pytest.fixture(scope="module")
def shown():
    """The walks that show a cell to work, with how it ended."""
    cells = defaultdict(lambda: defaultdict(list))
    for file in sorted(WALKS.glob("*.out")):
        assert file.with_suffix(".walk").is_file(), f"{file.name} is left over from a walk that is gone"
        for line in takewhile(bool, file.read_text(encoding="utf-8").splitlines()):
            workflow, way, case, outcome = line.split()
            assert outcome in get_args(Outcome)
            cells[workflow, way, case][outcome].append(file.stem)
    return cells


@pytest.mark.parametrize("workflow", PURPOSES)
@pytest.mark.parametrize("way", get_args(Way))
@pytest.mark.parametrize("case", CASES)
def test_every_cell_is_shown_or_ruled_out(shown, workflow, way, case):
    rule = forbidden(workflow, way, case)
    assert bool(rule) is not bool(shown.get((workflow, way, case))), rule or "no walk shows it"


def test_the_table_is_fresh(shown):
    lines = [
        "# Every workflow, by every way in, in every case of the payment step",
        "",
        "Written by `UPDATE=1` on `tests/house/test_ways.py` from what the walks in `tests/walks` brought to an end. A",
        "cell names how it ended and the first walk that shows it, or the rule that rules it out. A catalog is our",
        "public one at `/catalog`, or the merchant's own, in which stands `/start/anonymous_subscription?plan=…`.",
        "",
        f"| workflow | way in | {' | '.join(f'`{case}`' for case in CASES)} |",
        f"|---|---|{'---|' * len(CASES)}",
    ]
    for workflow in PURPOSES:
        for way in get_args(Way):
            cells = " | ".join(_cell(shown, workflow, way, case) for case in CASES)
            lines.append(f"| `{workflow}` | {way} | {cells} |")
    fresh = "\n".join(lines) + "\n"
    assert stands(PAGE, fresh) == fresh


def _cell(shown, workflow, way, case):
    rule = forbidden(workflow, way, case)
    if rule:
        return f"– {rule}"
    return "<br>".join(f"`{outcome}`: {walks[0]}" for outcome, walks in sorted(shown[workflow, way, case].items()))
