"""What the payment step asks, by case and way to pay, and what may come of it: shown by a walk, or ruled out."""

from functools import cache
from typing import get_args

import pytest

from generator.model.workflow import PaymentCase
from generator.rehearsal import performance, script
from generator.rehearsal.stand import stand
from generator.rehearsal.tries import Became, PaidWith, Tried
from tests.support.kept import stands
from tests.support.town import PRICES, ROOT

PAGE = ROOT / "docs" / "payments.md"
WALKS = ROOT / "tests" / "walks"
ASKS = ("register_method", "pay_now")
BECAME = get_args(Became)

SHOWN = {
    ("register_method", "new card", "taken at once"): "subscribe-trial",
    ("register_method", "new card", "bank asks, passed"): "sca-cases",
    ("register_method", "new card", "bank asks, failed"): "sca-cases",
    ("register_method", "new card", "declined"): "sca-cases",
    ("register_method", "new card", "unknown, then repaired"): "saved-card-cases",
    ("register_method", "new card", "given up"): "sca-cases",
    ("register_method", "new mandate", "taken at once"): "sepa-registered",
    ("register_method", "new mandate", "unknown, then repaired"): "sepa-unheard",
    ("register_method", "new mandate", "given up"): "sepa-unheard",
    ("pay_now", "card on file", "taken at once"): "subscribe-saved-card",
    ("pay_now", "card on file", "bank asks, passed"): "sca-cases",
    ("pay_now", "card on file", "bank asks, failed"): "sca-cases",
    ("pay_now", "card on file", "declined"): "saved-card-cases",
    ("pay_now", "card on file", "pending, then paid"): "saved-card-cases",
    ("pay_now", "card on file", "pending, then failed"): "saved-card-cases",
    ("pay_now", "card on file", "unknown, then repaired"): "saved-card-cases",
    ("pay_now", "card on file", "given up"): "sca-cases",
    ("pay_now", "new card", "taken at once"): "subscribe-new-card",
    ("pay_now", "new card", "bank asks, passed"): "subscribe-sca",
    ("pay_now", "new card", "bank asks, failed"): "subscribe-sca-refused",
    ("pay_now", "new card", "declined"): "decline-then-pay",
    ("pay_now", "new card", "pending, then paid"): "subscribe-pending-paid",
    ("pay_now", "new card", "pending, then failed"): "subscribe-pending-refused",
    ("pay_now", "new card", "unknown, then repaired"): "subscribe-unknown-repaired",
    ("pay_now", "new card", "given up"): "subscribe-cancelled-at-bank",
    ("pay_now", "mandate on file", "pending, then paid"): "sepa-saved",
    ("pay_now", "mandate on file", "pending, then failed"): "sepa-saved",
    ("pay_now", "mandate on file", "unknown, then repaired"): "sepa-unheard",
    ("pay_now", "new mandate", "pending, then paid"): "sepa-paid",
    ("pay_now", "new mandate", "pending, then failed"): "sepa-comes-back",
    ("pay_now", "new mandate", "unknown, then repaired"): "sepa-unheard",
    ("pay_now", "new mandate", "given up"): "sepa-typed-wrong",
    ("pay_now", "transfer", "taken at once"): "subscribe-transfer",
}
"""The walk that shows a cell; the test plays it and sees."""


def forbidden(case, paid_with, became):
    """The rule that rules a cell out; empty where it must be shown to work."""
    if case == "register_method" and paid_with == "transfer":
        return "nothing is due that could be transferred"
    if case == "register_method" and paid_with.endswith("on file"):
        return "what is on file need not be given again"
    if paid_with == "transfer" and became != "taken at once":
        return "no bank is asked"
    if case == "register_method" and became.startswith("pending"):
        return "only money is slow"
    if paid_with.endswith("mandate") or paid_with == "mandate on file":
        return _of_debits(case, paid_with, became)
    return ""


def _of_debits(case, paid_with, became):
    if became.startswith("bank asks"):
        return "giving the mandate is the holder's word: no bank asks again"
    if became == "declined":
        return "nothing is debited" if case == "register_method" else "a bank answers a debit days later"
    if case == "pay_now" and became == "taken at once":
        return "a debit is never paid at once"
    if paid_with == "mandate on file" and became == "given up":
        return "a mandate on file needs no page of the bank"
    return ""


@cache
def tried(build, walk):
    """What playing the walk shows."""
    file = WALKS / f"{walk}.walk"
    with stand(build, PRICES) as world:
        played = performance.play(script.read(file.read_text(encoding="utf-8"), file.name), world)
    assert played.failure is None, played.failure
    return played.tries


@pytest.mark.parametrize("case", ASKS)
@pytest.mark.parametrize("paid_with", get_args(PaidWith))
@pytest.mark.parametrize("became", BECAME)
def test_every_cell_is_shown_or_ruled_out(square, case, paid_with, became):
    rule, walk = forbidden(case, paid_with, became), SHOWN.get((case, paid_with, became))

    assert bool(rule) is not bool(walk), rule or "no walk shows it"
    if walk:
        assert Tried(case, paid_with, became) in tried(square.build, walk)


def test_the_table_is_fresh():
    lines = [
        "# What the payment step asks, and what comes of it",
        "",
        "Written by `UPDATE=1` on `tests/house/test_payments.py`, which plays the walks. A cell names the walk in",
        "`tests/walks` that shows it, or the rule that rules it out. In the cases `free` and `pay_later` no bank is",
        "asked: [ways.md](ways.md) names their walks. It is the sandbox's; [stripe.md](stripe.md) says what is",
        "otherwise at Stripe, where none of it was run yet.",
        "",
        f"| case | paid with | {' | '.join(BECAME)} |",
        f"|---|---|{'---|' * len(BECAME)}",
    ]
    assert set(ASKS) < set(get_args(PaymentCase))
    for case in ASKS:
        for paid_with in get_args(PaidWith):
            cells = [
                SHOWN.get((case, paid_with, became)) or f"– {forbidden(case, paid_with, became)}" for became in BECAME
            ]
            lines.append(f"| `{case}` | {paid_with} | {' | '.join(cells)} |")
    lines += [
        "",
        "Besides: five declined tries within an hour make a pause (cool-down, cool-down-windows, cool-down-last-try,",
        "cool-down-transfer), giving up does not (cool-down-not-counted). What was removed, is somebody else's or",
        "not offered is never charged (method-removed-meanwhile, sepa-not-offered, method-expired).",
    ]
    fresh = "\n".join(lines) + "\n"
    assert stands(PAGE, fresh) == fresh
