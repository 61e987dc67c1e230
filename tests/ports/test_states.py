"""All fifteen states of a subscription are reached by rules: through the biller's doors and the calendar alone."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from generator.model.customer import CustomerState
from generator.model.customer_machine import CUSTOMER, CustomerEvent
from generator.model.invoice import InvoiceState
from generator.model.invoice_machine import INVOICE, InvoiceEvent
from generator.model.payment import Declined, Promised
from generator.model.quote import ChangePlan, Start, Subscribe, Terminate
from generator.model.subscription import SubscriptionState
from generator.model.subscription_machine import SUBSCRIPTION, SubscriptionEvent
from tests.ports.test_biller import SHOPS
from tests.ports.test_biller_changes import BIG, FREE, SMALL, later
from tests.ports.test_people import asks, closes, orders
from tests.support import pictures
from tests.support.kept import stands
from tests.support.town import ROOT

PAGE = ROOT / "docs" / "states.md"
WALKS = ROOT / "tests" / "walks"
SEASON = replace(SMALL, ref="season", terms=1)
APRIL_10 = date(2027, 4, 10)


@pytest.fixture(params=SHOPS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    with request.param(tmp_path) as shop:
        shop.sells(SMALL, BIG, FREE, SEASON)
        yield shop


def bought(shop, plan="small", terms_days=0):
    ada = shop.knows("ada", terms_days=terms_days)
    order = orders(shop, asks(shop, ada, Subscribe(plan, {})))
    return ada, closes(shop, order, Promised("transfer") if terms_days else None).subscription


def draft_customer(shop):
    return orders(shop, asks(shop, shop.knows("ada"), Subscribe("small", {}))).subscription


def draft_agent(shop):
    return shop.biller.prepare(shop.knows("ada").id, SMALL, {}).id


def draft_delayed_start(shop):
    ada = shop.knows("ada")
    prepared = shop.biller.prepare(ada.id, SMALL, {}, APRIL_10)
    return closes(shop, orders(shop, asks(shop, ada, Start(prepared.id, {})))).subscription


def draft_delayed_upgrade(shop):
    return shop.biller.subscription(active_delayed_upgrade(shop)).successor


def active_running(shop):
    return bought(shop)[1]


def active_delayed_upgrade(shop):
    ada, id = bought(shop, "big")
    return closes(shop, orders(shop, asks(shop, ada, ChangePlan(id, "small", {})))).subscription


def active_delayed_termination(shop):
    ada, id = bought(shop)
    return closes(shop, orders(shop, asks(shop, ada, Terminate(id)))).subscription


def active_delayed_suspension(shop):
    _, id = bought(shop)
    return shop.biller.suspend(id, "suspended_agent", date(2027, 3, 20)).id


def suspended_agent(shop):
    id = active_delayed_suspension(shop)
    passes(shop, date(2027, 3, 20))
    return id


def suspended_no_payment_info(shop):
    _, id = bought(shop)
    passes(shop, APRIL_10)
    return id


def suspended_payment_due(shop):
    _, id = bought(shop, terms_days=10)
    passes(shop, APRIL_10)
    return id


def ended_complete(shop):
    _, id = bought(shop, "season")
    passes(shop, APRIL_10)
    return id


def ended_upgrade(shop):
    ada, id = bought(shop)
    closes(shop, orders(shop, asks(shop, ada, ChangePlan(id, "big", {}))))
    return id


def ended_terminated(shop):
    id = active_delayed_termination(shop)
    passes(shop, APRIL_10)
    return id


def deleted(shop):
    order = orders(shop, asks(shop, shop.knows("ada"), Subscribe("small", {})))
    closes(shop, order, Declined("declined"))
    return order.subscription


def passes(shop, day):
    """The worker does its rounds until this day; nobody has a payment method on file."""
    later(shop, day)
    shop.biller.keep_up(lambda customer: False)


REACHED = {
    draft_customer: ("a customer commits to an order, and its payment is not decided", "draft-customer"),
    draft_agent: ("the merchant prepares it for one customer", "draft-prepared"),
    draft_delayed_start: ("a customer takes what was prepared for a later day", "prepared-later"),
    draft_delayed_upgrade: ("a change is scheduled: the subscription that will take over", "downgrade-undone"),
    active_running: ("its order is closed with success, or its day has come", "subscribe-new-card"),
    active_delayed_upgrade: ("a customer changes to something cheaper: it waits for the next term", "downgrade-undone"),
    active_delayed_termination: ("a customer leaves, and has paid until a later day", "terminate-undone"),
    active_delayed_suspension: ("the merchant puts it on hold from a later day on, or a customer pauses it", ""),
    suspended_agent: ("the merchant puts it on hold, or that day has come", "restart-after-hold"),
    suspended_no_payment_info: ("a term is over, and who pays has no payment method and no terms", "renewal-no-method"),
    suspended_payment_due: ("an invoice of it is not paid, and the patience of the schedule is over", "restart-owed"),
    ended_complete: ("the plan's number of terms is over", ""),
    ended_upgrade: ("another one has taken its place", "upgrade"),
    ended_terminated: ("the day has come on which a customer leaves", "terminate-happens"),
    deleted: ("its order came to nothing, or what it was to follow stays: nobody ever sees it", "draft-customer"),
}
"""How each state is reached, and the walk in which a customer sees it; where there is none, only the test here."""


def table(machine):
    """All that can become of one kind of thing, as the page says it."""
    yield from ("", f"## What becomes of a{'n' * (machine.thing[0] in 'aeiou')} {machine.thing}", "")
    yield from (f"![Each state of a {machine.thing} with those that it can come to](states-{machine.thing}.svg)", "")
    yield from (f"- `{state}`: {means}" for state, means in machine.states.items())
    yield from ("", "| from | event | to | when |", "|---|---|---|---|")
    for one in machine.transitions:
        yield f"| {f'`{one.before}`' if one.before else '–'} | `{one.event}` | `{one.after}` | {one.rule} |"
    yield from (
        "",
        "<details><summary>The same as a diagram</summary>",
        "",
        *pictures.mermaid(machine),
        "",
        "</details>",
    )


@pytest.mark.parametrize("reach", REACHED, ids=lambda reach: reach.__name__)
def test_every_state_is_reached_through_the_doors(shop, reach):
    assert shop.biller.subscription(reach(shop)).state == reach.__name__


@pytest.mark.parametrize(
    ("machine", "states", "events"),
    [
        (SUBSCRIPTION, SubscriptionState, SubscriptionEvent),
        (INVOICE, InvoiceState, InvoiceEvent),
        (CUSTOMER, CustomerState, CustomerEvent),
    ],
    ids=lambda given: getattr(given, "thing", ""),
)
def test_a_machine_has_every_state_and_every_event_and_no_other(machine, states, events):
    assert tuple(machine.states) == get_args(states)
    assert {one.event for one in machine.transitions} == set(get_args(events))


@pytest.mark.parametrize("machine", [SUBSCRIPTION, INVOICE, CUSTOMER], ids=lambda machine: machine.thing)
def test_its_picture_is_fresh(machine):
    drawn, kept = pictures.svg(machine), PAGE.with_name(f"states-{machine.thing}.svg")
    assert stands(kept, drawn) == drawn


def test_the_table_has_every_state_and_is_fresh():
    assert tuple(reach.__name__ for reach in REACHED) == get_args(SubscriptionState)
    lines = [
        "# How a subscription comes to its state",
        "",
        "Written by `UPDATE=1` on `tests/ports/test_states.py`, which reaches each of them through the biller's",
        "doors and the calendar alone. What may be done in each is in [portal.md](portal.md). Below is every",
        "transition there is; a merchant who asks for another one is refused with the reason.",
        "",
        "| state | how it is reached | walk that shows it |",
        "|---|---|---|",
    ]
    for reach, (how, walk) in REACHED.items():
        assert not walk or (WALKS / f"{walk}.walk").is_file()
        lines.append(f"| `{reach.__name__}` | {how} | {walk or '– `tests/ports/test_states.py`'} |")
    lines += [line for machine in (SUBSCRIPTION, INVOICE, CUSTOMER) for line in table(machine)]
    fresh = "\n".join(lines) + "\n"
    assert stands(PAGE, fresh) == fresh
