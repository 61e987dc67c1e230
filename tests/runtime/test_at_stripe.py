"""Customers pay at Stripe: from our pages to Stripe's and back, with all that comes unasked, late, twice or wrong."""

import itertools
import json
import logging
import re
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import urllib3

from generator.ports.trouble import Unavailable
from generator.rehearsal.stage import KNOWN
from tests.standin import cards, trouble
from tests.standin.delivery import signed
from tests.standin.server import KEY
from tests.standin.world import world as new_world
from tests.support.journeys import CHALLENGED, DECLINED, comes_to_payment, gives_card, said

HTTP = urllib3.PoolManager(timeout=60.0)
CHECKING = "We are checking your payment"


@pytest.fixture
def world(tmp_path, square):
    with new_world(tmp_path, square) as made:
        yield made


@pytest.fixture
def unhooked(tmp_path, square):
    """Stripe says nothing unasked."""
    with new_world(tmp_path, square, hooked=False) as made:
        yield made


def state(world, customer):
    return [one.state for one in world.town.ledger.subscriptions(customer.id)]


def posts(world, body, headers):
    return HTTP.request("POST", world.hook, body=body, headers=headers).status


def test_a_card_is_typed_at_stripe_proved_at_its_bank_and_kept_for_the_next_time(world, visitor):
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada).submit()
    assert visitor.url.startswith(f"{world.stand_in.url}/c/pay/")
    gives_card(visitor, CHALLENGED)
    assert "/3ds/" in visitor.url
    visitor.submit("It is me")

    assert said(visitor)["outcome"] == "paid"
    assert (state(world, ada), world.paid()) == (["active_running"], [5880])
    (method,) = world.town.parts.gateway.methods(ada.id)
    assert (method.label, method.default) == ("Visa •••• 3155", True)


def test_who_is_declined_stays_at_stripe_and_may_come_back_to_pay_otherwise(world, visitor):
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada).submit()
    gives_card(visitor, DECLINED)
    assert "declined" in visitor.text
    visitor.open(visitor.links()["Back"])
    assert visitor.url.startswith(world.town.pages)
    visitor.submit("Pay another way")

    assert visitor.step == "payment"
    gives_card(visitor.submit())
    assert said(visitor)["outcome"] == "paid"
    assert world.paid() == [5880]


def test_who_closes_the_window_after_paying_has_what_they_paid_for(world, visitor):
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada).submit()
    visitor.inside = (world.stand_in.url,)
    gives_card(visitor)
    assert state(world, ada) == ["draft_customer"]

    world.works()
    assert state(world, ada) == ["active_running"]


def test_where_stripe_says_nothing_the_worker_asks(unhooked, visitor):
    ada = unhooked.town.customer(KNOWN)
    comes_to_payment(unhooked.town, visitor, ada).submit()
    visitor.inside = (unhooked.stand_in.url,)
    gives_card(visitor)

    unhooked.town.clock.travel(timedelta(minutes=6))
    unhooked.works()
    assert state(unhooked, ada) == ["active_running"]


@pytest.mark.parametrize(
    ("fails", "ends", "taken"), [("", ["active_running"], [5880]), ("insufficient_funds", [], [])], ids=["paid", "back"]
)
def test_a_debit_is_pending_for_days_and_then_paid_or_comes_back(world, visitor, fails, ends, taken):
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada).submit(method="new:sepa")
    visitor.submit(iban="DE89370400440532013000", holder="Ada")
    assert visitor.title == "Your direct debit is on its way"
    world.works()
    assert state(world, ada) == ["draft_customer"]

    world.bank_decides(fails)
    world.works()
    assert (state(world, ada), world.paid()) == (ends, taken)
    assert len(world.town.parts.gateway.methods(ada.id)) == len(taken)


def test_an_event_that_comes_twenty_times_at_once_has_one_effect(unhooked, visitor):
    ada = unhooked.town.customer(KNOWN)
    comes_to_payment(unhooked.town, visitor, ada).submit()
    visitor.inside = (unhooked.stand_in.url,)
    gives_card(visitor)
    event = next(one for one in unhooked.events() if one["type"] == "checkout.session.completed")
    body, headers = sent(event, unhooked.secret)
    answers = []
    hurry = [threading.Thread(target=lambda: answers.append(posts(unhooked, body, headers))) for _ in range(20)]
    for thread in hurry:
        thread.start()
    for thread in hurry:
        thread.join()

    assert answers == [200] * 20
    assert [hint.id for hint in unhooked.town.parts.store.hints(99)] == [event["id"]]
    unhooked.works()
    assert len(unhooked.town.ledger.invoices(ada.id)) == 1


def test_events_in_whatever_order_end_where_stripe_does(unhooked, visitor):
    """Each order of what a debit that comes back says, with a look in between."""
    ada = unhooked.town.customer(KNOWN)
    comes_to_payment(unhooked.town, visitor, ada).submit(method="new:sepa")
    visitor.submit(iban="DE89370400440532013000", holder="Ada")
    unhooked.bank_decides("insufficient_funds")
    kinds = ("payment_intent.processing", "payment_intent.payment_failed", "checkout.session.completed")
    events = [next(one for one in unhooked.events() if one["type"] == kind) for kind in kinds]

    for count, order in enumerate(itertools.permutations(events)):
        for event in order:
            assert posts(unhooked, *sent({**event, "id": f"{event['id']}-{count}"}, unhooked.secret)) == 200
            unhooked.works()
        assert state(unhooked, ada) == []
    assert unhooked.town.parts.store.hints(99) == []


def sent(event, secret, at=None, **other):
    """As Stripe sends it to our address, or otherwise."""
    return signed({**event, "api_version": "2026-10-28.endive", **other}, secret, at)


EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "payment_intent.succeeded",
    "livemode": False,
    "data": {"object": {"id": "pi_1", "object": "payment_intent", "metadata": {"hosted_pages_key": "nobody-1"}}},
}


@pytest.mark.parametrize("ahead", [timedelta(minutes=-6), timedelta(minutes=6)])
def test_an_event_from_another_time_is_refused(world, ahead):
    body, headers = sent(EVENT, world.secret, datetime.now(UTC) + ahead)
    assert posts(world, body, headers) == 400
    assert world.town.parts.store.hints(99) == []


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda body, headers: (body.replace(b"pi_1", b"pi_2"), headers),
        lambda body, headers: (body, {}),
        lambda body, headers: (body, {"Stripe-Signature": "t=,v1="}),
        lambda body, headers: (body, {"Stripe-Signature": headers["Stripe-Signature"].replace("v1=", "v0=")}),
        lambda body, headers: (b"\xff" + body, headers),
        lambda body, headers: (b"", headers),
    ],
)
def test_what_stripe_did_not_sign_is_refused(world, spoilt):
    assert posts(world, *spoilt(*sent(EVENT, world.secret))) == 400
    assert posts(world, *sent(EVENT, "whsec_somebodyelses")) == 400


def test_what_is_signed_and_is_no_event_is_refused(world):
    for nonsense in ({"object": "event"}, {"id": "evt_1", "type": "a", "data": []}, [1]):
        assert posts(world, *signed(nonsense, world.secret)) == 400


@pytest.mark.parametrize(
    ("other", "aside"),
    [({"api_version": "2024-06-20"}, "other_version"), ({"livemode": True}, "other_mode"), ({}, "unknown")],
)
def test_what_is_not_for_us_is_kept_listed_and_not_acted_on(world, other, aside):
    body, headers = sent(EVENT, world.secret)
    body, headers = signed({**json.loads(body), **other}, world.secret)

    assert posts(world, body, headers) == 200
    world.works()
    assert [(hint.id, hint.aside) for hint in world.town.parts.store.aside(9)] == [("evt_1", aside)]


def test_what_others_do_in_the_same_account_is_none_of_our_business(world):
    theirs = {"amount": 100, "currency": "eur", "payment_method": "pm_card_visa", "confirm": True}
    world.v1.payment_intents.create({**theirs, "allowed_payment_method_types": ["card"]})
    world.works()

    assert world.town.parts.store.aside(9) == []


def test_an_address_for_another_gateway_is_nobodys(world):
    assert HTTP.request("POST", world.hook.replace("stripe", "sandbox"), body=b"{}").status == 404
    assert HTTP.request("GET", world.hook).status == 405
    assert HTTP.request("POST", world.hook, body=b"x" * 300_000).status == 413


FAULTS = {
    "the answer is lost": trouble.lost("/confirm", 3),
    "Stripe is down after it was done": trouble.status("/confirm", 500, 3, done=True),
    "Stripe is down": trouble.status("/confirm", 503, 3),
    "too many requests": trouble.status("/confirm", 429),
    "a page instead of an answer": trouble.page("/confirm"),
    "half an answer": trouble.cut_short("/confirm"),
    "another status": trouble.Fault("/confirm", change=lambda said: said.update(status="perhaps")),
    "another amount": trouble.Fault("/confirm", change=lambda said: said.update(amount_received=1)),
    "another currency": trouble.Fault("/confirm", change=lambda said: said.update(currency="usd")),
    "another payment": trouble.Fault("/confirm", change=lambda said: said.update(metadata={})),
    "the same is being done": trouble.status("/confirm", 409, 3, kind="idempotency_error"),
    "a list": trouble.Fault("/confirm", answer=(200, "[]", {})),
    "nothing": trouble.Fault("/confirm", answer=(200, "{}", {})),
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_answer_that_makes_no_sense_is_neither_paid_nor_refused_and_charged_once(world, visitor, name, caplog):
    caplog.set_level(logging.INFO)
    ada = world.town.customer(KNOWN)
    world.put_card(ada)
    comes_to_payment(world.town, visitor, ada)
    world.stand_in.troubles.add(FAULTS[name])
    visitor.submit()

    assert visitor.title == CHECKING
    world.stand_in.troubles.clear()
    visitor.open(visitor.links()["Check again"])
    assert said(visitor)["outcome"] == "paid"
    assert world.paid() == [5880]
    spoken = caplog.text
    assert any(word in spoken for word in ("stripe-silent", "stripe-senseless", "stripe-refused", "wrong-amount"))
    for secret in (KEY, world.secret, "ada@example.com", "Lovelace", "4242"):
        assert secret not in spoken


@pytest.mark.parametrize(
    "fault",
    [
        trouble.lost("/v1/customers|/v1/checkout", 99, done=False),
        trouble.status("/v1/checkout", 500, 99),
        trouble.status("/v1/checkout", 429, 99, Retry_After="30"),
        trouble.page("/v1/checkout", 99, done=False),
        trouble.status("/v1/", 401, 99),
        trouble.status("/v1/", 403, 99),
        trouble.status("/v1/", 400, 99, kind="invalid_request_error"),
    ],
    ids=["down", "broken", "too many", "a page", "wrong key", "key that may not", "wrong version"],
)
def test_where_stripe_is_away_nothing_is_lost_and_nothing_was_taken(world, visitor, fault):
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada)
    fault.times = 99
    world.stand_in.troubles.add(fault)
    visitor.submit()
    assert visitor.title == CHECKING

    world.stand_in.troubles.clear()
    world.rests()
    visitor.open(visitor.links()["Check again"])
    assert visitor.url.startswith(world.stand_in.url) or "Continue" in str(visitor.links())
    assert world.paid() == []


def goes_down(world):
    """Nobody hears anything of Stripe any more, and it is left alone."""
    world.stand_in.troubles.add(trouble.lost("/v1/", 999, done=False))
    for _ in range(2):
        with pytest.raises(Unavailable):
            world.town.parts.gateway.answers()
    with pytest.raises(Unavailable):
        world.town.parts.gateway.ready()


@pytest.mark.parametrize("on_file", [True, False])
def test_who_wants_to_pay_while_stripe_rests_is_told_at_once_and_nothing_is_begun(world, visitor, on_file, caplog):
    caplog.set_level(logging.INFO)
    ada = world.town.customer(KNOWN)
    if on_file:
        world.put_card(ada)
    comes_to_payment(world.town, visitor, ada)
    form = visitor.url
    goes_down(world)
    before = world.stand_in.troubles.left()
    visitor.submit()

    assert (visitor.status, visitor.title) == (503, "We are having a short break")
    assert world.stand_in.troubles.left() == before
    assert world.town.parts.store.unsettled(world.town.clock.now() + timedelta(days=9), 9) == []
    assert [line.split(":")[0] for line in caplog.messages if line.startswith(("stripe-rests", "stripe-answers"))] == [
        "stripe-rests"
    ]

    world.stand_in.troubles.clear()
    world.rests()
    visitor.open(form).submit()
    if not on_file:
        gives_card(visitor)
    assert said(visitor)["outcome"] == "paid"
    assert world.paid() == [5880]
    assert "stripe-answers-again" in caplog.text


def test_what_is_unknown_when_stripe_goes_down_is_settled_by_the_worker_when_it_is_back(world, visitor):
    ada = world.town.customer(KNOWN)
    world.put_card(ada)
    comes_to_payment(world.town, visitor, ada)
    world.stand_in.troubles.add(trouble.lost("/confirm", 1))
    world.stand_in.troubles.add(trouble.lost("/v1/payment_intents/", 999, done=False))
    visitor.submit()
    assert visitor.title == CHECKING
    for _ in range(3):
        world.town.clock.travel(timedelta(hours=1))
        world.works()
    assert state(world, ada) == ["draft_customer"]

    world.stand_in.troubles.clear()
    world.rests()
    world.town.clock.travel(timedelta(days=1))
    world.works()
    assert state(world, ada) == ["active_running"]
    assert world.paid() == [5880]


def test_what_stripe_says_while_it_does_not_answer_is_not_forgotten(world, visitor):
    """A word of it comes in, and nobody can be asked what it means."""
    ada = world.town.customer(KNOWN)
    comes_to_payment(world.town, visitor, ada).submit(method="new:sepa")
    visitor.submit(iban="DE89370400440532013000", holder="Ada")
    world.works()
    goes_down(world)
    world.bank_decides()
    world.works()
    assert state(world, ada) == ["draft_customer"]

    world.stand_in.troubles.clear()
    world.rests()
    world.works()
    assert state(world, ada) == ["active_running"]


def test_a_key_that_was_revoked_shows_in_the_log_by_name_alone(world, caplog):
    world.stand_in._keys = ("sk_test_another",)
    ada = world.town.customer(KNOWN)
    world.books.know(ada.id, "cus_1")
    with pytest.raises(Exception, match="does not accept our key"):
        world.town.parts.gateway.answers()

    assert "HOSTED_PAGES_STRIPE_KEY" in caplog.text
    assert KEY not in caplog.text


def test_from_the_first_payment_to_an_invoice_that_could_not_be_charged(world, visitor):
    """Subscribe with the bank's question, change the plan in the portal, fail to renew, pay by the link in the mail."""
    town = world.town
    ada = town.customer(KNOWN)
    comes_to_payment(town, visitor, ada).submit()
    visitor.inside = (world.stand_in.url,)
    gives_card(visitor, CHALLENGED).submit("It is me")
    world.works()
    assert state(world, ada) == ["active_running"]

    visitor.inside = ()
    visitor.open(f"{town.pages}/portal/subscriptions")
    visitor.open(visitor.links()["Change plan Studio"]).submit("Choose Business")
    while visitor.step != "payment":
        visitor.submit(**({"terms": "true"} if visitor.step == "summary" else {}))
    visitor.submit()
    assert said(visitor)["outcome"] == "paid"
    (bought, changed) = world.paid()
    assert (bought, changed > bought / 2) == (5880, True)

    (method,) = town.parts.gateway.methods(ada.id)
    world.stand_in.books.aside[method.id] = cards.CARDS["chargeDeclinedInsufficientFunds"].bank
    town.clock.travel(timedelta(days=31))
    world.works()
    (owed,) = [one for one in town.ledger.invoices(ada.id) if one.unpaid]
    assert (owed.state, owed.failed, owed.total.minor) == ("due_auto", 1, 11880)
    assert world.paid() == [bought, changed]

    (link,) = re.findall(r"https?://\S+/l/\S+", mail_about(town, "INV-000003"))
    visitor.open(link)
    for _ in range(4):
        if visitor.step != "payment":
            visitor.submit()
    gives_card(visitor.submit(method="new:card"), CHALLENGED).submit("It is me")
    world.works()
    assert town.ledger.invoice(owed.id).state == "paid"
    assert world.paid() == [bought, changed, 11880]
    assert world.town.parts.store.aside(9) == []


def mail_about(town, words):
    """The text of the mail whose subject has these words."""
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in town.mailbox.glob("*.eml")]
    (found,) = [mail for mail in mails if words in mail["Subject"]] or [[mail["Subject"] for mail in mails]]
    return found.get_body(("plain",)).get_content()
